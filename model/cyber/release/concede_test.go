package release_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
	"interlocal/model/partnership"
)

// TestWhatJoiningConcedes: with everybody on the lists and nothing else, a
// city's status on an item is certain to others in exactly the cases that the
// consent screen names.
func TestWhatJoiningConcedes(t *testing.T) {
	for _, out := range [][]partnership.PartnerID{nil, {5}} {
		s := plainScene("PR.AA-01")
		s.out = out
		n := 5 - len(out)
		worlds := enumerate(randomWorld(rand.New(rand.NewPCG(4, 4)), 1), 0)
		for _, coalition := range [][]partnership.PartnerID{{1}, {1, 2}} {
			groups := map[string][]world{}
			for _, w := range worlds {
				key := told(s, w, coalition)
				groups[key] = append(groups[key], w)
			}
			for key, group := range groups {
				certain, worst := certainty(group, partnership.PartnerID(n))
				below := 0
				for _, p := range coalition {
					if lacks(group[0], p) {
						below++
					}
				}
				listed := strings.Contains(key, "true")
				others := n - len(coalition)
				want := !listed && below >= 1 || listed && others <= 2-below
				if certain != want {
					t.Errorf(
						"%d cities, coalition %v, %d of it below, listed %v: a city is certain: %v, conceded: %v (%v)",
						n, coalition, below, listed, certain, want, worst)
				}
			}
		}
	}
}

func lacks(w world, p partnership.PartnerID) bool {
	v, ok := w[p][0].Value()
	return ok && v < 5
}

// certainty says whether the last city has the same status in all worlds of a
// group.
func certainty(group []world, p partnership.PartnerID) (bool, world) {
	for _, w := range group[1:] {
		if lacks(w, p) != lacks(group[0], p) {
			return false, w
		}
	}
	return true, group[0]
}

// TestOneCitysReleaseDependsOnItAlone: whatever the other cities answer, a
// city's release is the same; whatever a city answers in a function it does
// not let out, its release is the same.
func TestOneCitysReleaseDependsOnItAlone(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 200 {
		s := randomScene(r, "PR.AA-01", "DE.CM-01")
		s.out = nil
		w, o := randomWorld(r, 2), randomWorld(r, 2)
		o[1] = w[1]
		if a, b := fmt.Sprint(*s.releases(w)[0]), fmt.Sprint(*s.releases(o)[0]); a != b {
			t.Fatalf("the release of city 1 changed with the others:\n%s\n%s", a, b)
		}
		if s.consents[1].For("DE") == cyber.SharesNothing {
			o[1] = []cyber.Level{w[1][0], cyber.Optimized}
			if a, b := fmt.Sprint(*s.releases(w)[0]), fmt.Sprint(*s.releases(o)[0]); a != b {
				t.Fatalf("the release of city 1 tells of a function it does not let out:\n%s\n%s", a, b)
			}
		}
	}
}

// TestPreviewsSayAllThatIsHanded: what any partner is handed of a city was in
// the preview that the city saw before it released.
func TestPreviewsSayAllThatIsHanded(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	handed := 0
	for range 300 {
		s := randomScene(r, "PR.AA-01", "PR.AA-02", "DE.CM-01", "GV.PO-01")
		w := randomWorld(r, 4)
		pubs := honest(s, w)
		for _, v := range s.releases(w) {
			reader := handedTo(s, w, nil, v.Partner)
			for _, p := range release.Previews(reader, v) {
				text := strings.Join(p.Lines, "\n")
				for _, fact := range factsOf(v, pubs, p.To) {
					handed++
					if !strings.Contains(text, fact) {
						t.Fatalf("partner %d is handed %q of city %d; the preview says\n%s", p.To, fact,
							v.Partner, text)
					}
				}
			}
		}
	}
	if handed < 500 {
		t.Errorf("only %d facts were looked at", handed)
	}
}

// factsOf lists what results tell a partner of one city, as the preview would
// word it.
func factsOf(v *cyber.Release, pubs []*cyber.Publication, to partnership.PartnerID) []string {
	var out []string
	for _, p := range pubs {
		if !slices.Contains(p.Audience, to) {
			continue
		}
		if p.Sort == cyber.PublishedList && slices.Contains(p.Joined, v.Partner) {
			out = append(out, p.Function)
			for _, item := range p.Items {
				if slices.Contains(v.Below, item) {
					out = append(out, item)
				}
			}
		}
		if p.City != v.Partner {
			continue
		}
		for _, b := range p.Bands {
			out = append(out, ": "+string(b.Band))
		}
		for _, s := range p.Scores {
			if s.Score > 0 {
				out = append(out, fmt.Sprint(s.Item, " ", s.Score))
			}
		}
	}
	return out
}
