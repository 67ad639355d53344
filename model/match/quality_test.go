package match

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// sharedFile finds a file of the test data that lies beside the repository, and
// skips the test when it is not there.
func sharedFile(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
			continue
		}
		path := filepath.Join(dir, "..", "shared", name)
		if _, err := os.Stat(path); err != nil {
			t.Skip("no " + name + " beside the repository")
		}
		return path
	}
	t.Skip("not inside a repository")
	return ""
}

// twoAtATime runs on two goroutines.
func twoAtATime(n int, f func(int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range 2 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// judged reads the yardstick: sign-ups made from the O*NET tables of the US
// Department of Labor (CC BY 4.0), and each one's occupation.
func judged(t testing.TB) ([]Person, []string) {
	t.Helper()
	path := sharedFile(t, "onet/people-dev.csv")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	people, err := ReadPeople(f)
	if err != nil {
		t.Fatal(err)
	}
	g, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	rows, err := csv.NewReader(g).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "occupation")
	var occupation []string
	for _, r := range rows[1:] {
		occupation = append(occupation, r[at])
	}
	return people, occupation
}

// gain says how much a peer is worth: the same occupation, the same minor
// group, the same broad group.
func gain(a, b string) float64 {
	switch {
	case a == b:
		return 2
	case a[:7] == b[:7]:
		return 1
	case a[:6] == b[:6]:
		return .5
	}
	return 0
}

// quality returns nDCG@10 and recall@30, averaged over the people asked.
func quality(people []Person, occupation []string, ranks [][]Peer, ask func(i int) bool) (ndcg, recall float64) {
	var asked float64
	for i := range people {
		if !ask(i) {
			continue
		}
		var gains []float64
		var same float64
		for j := range people {
			if g := gain(occupation[i], occupation[j]); people[j].City != people[i].City && g > 0 {
				gains = append(gains, g)
				if g == 2 {
					same++
				}
			}
		}
		if same == 0 {
			continue
		}
		slices.SortFunc(gains, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
		var best, got, found float64
		for k, g := range gains[:min(10, len(gains))] {
			best += (math.Exp2(g) - 1) / math.Log2(float64(k)+2)
		}
		for k, p := range ranks[i] {
			g := gain(occupation[i], occupation[p.Index])
			if k < 10 {
				got += (math.Exp2(g) - 1) / math.Log2(float64(k)+2)
			}
			if g == 2 {
				found++
			}
		}
		asked++
		ndcg += got / best
		recall += found / same
	}
	return ndcg / asked, recall / asked
}

func TestRankingQuality(t *testing.T) {
	people, occupation := judged(t)
	s := NewSimilarity(people, SimilarityOptions{Parallel: twoAtATime})
	ndcg, recall := quality(people, occupation, s.RankAll(30), func(int) bool { return true })
	t.Logf("nDCG@10 %.4f  Recall@30 %.4f", ndcg, recall)
	if ndcg < 0.64 || recall < 0.90 {
		t.Errorf("nDCG@10 %.4f, Recall@30 %.4f; want at least 0.64 and 0.90", ndcg, recall)
	}
}

// Fewer people leave less to learn from; the ranking must not live on there
// being many.
func TestRankingQualityOnAPartOfThePeople(t *testing.T) {
	people, occupation := judged(t)
	for part := range 3 {
		var some []Person
		var theirs []string
		for i, o := range occupation {
			if (int(o[1])+int(o[3])+int(o[5]))%3 == part {
				some, theirs = append(some, people[i]), append(theirs, o)
			}
		}
		s := NewSimilarity(some, SimilarityOptions{Parallel: twoAtATime})
		ndcg, recall := quality(some, theirs, s.RankAll(30), func(int) bool { return true })
		t.Logf("part %d, %d people: nDCG@10 %.4f  Recall@30 %.4f", part, len(some), ndcg, recall)
		if ndcg < 0.65 || recall < 0.90 {
			t.Errorf("part %d: nDCG@10 %.4f, Recall@30 %.4f", part, ndcg, recall)
		}
	}
}

func BenchmarkSimilarity10000(b *testing.B) {
	people, _ := judged(b)
	many := make([]Person, 10_000)
	for i := range many {
		p, q := people[i%len(people)], people[(i*7+i/len(people)*31)%len(people)]
		p.Duties = p.Duties[:len(p.Duties)/2] + " " + q.Duties[len(q.Duties)/2:]
		many[i] = p
	}
	b.ReportAllocs()
	for b.Loop() {
		NewSimilarity(many, SimilarityOptions{Parallel: twoAtATime}).RankAll(30)
	}
}
