package release_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
)

const packetDay value.Day = 20700

// storyPacket gives the sample partnership and a release of its open cycle.
func storyPacket(t testing.TB) (*fieldtest.Memory, *cyber.Release) {
	r := sample.Story(packetDay).Reader()
	v := cyber.ReleaseOf(r, 2, 4)
	if v == nil {
		t.Fatal("the sample has no release in its open cycle")
	}
	return r, v
}

func TestAPacketComesBackAsItWent(t *testing.T) {
	r, v := storyPacket(t)
	text := v.Text(r)
	for _, sent := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), "\ufeff" + text + "\n\n  \n"} {
		p, err := release.Read([]byte(sent))
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Into(r, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text(r) != text || got.Partner != v.Partner || got.Cycle != v.Cycle || !got.Sent {
			t.Errorf("came back as\n%s", got.Text(r))
		}
	}
}

// TestEveryCharacterOfAPacketCounts: changing, dropping or doubling any one
// character is noticed, unless it only concerns line ends.
func TestEveryCharacterOfAPacketCounts(t *testing.T) {
	r, v := storyPacket(t)
	text := v.Text(r)
	for i := 0; i < len(text); i++ {
		changed := []string{text[:i] + text[i+1:], text[:i], text[:i] + "x" + text[i+1:]}
		for _, bad := range changed {
			if strings.TrimRight(bad, "\n") == strings.TrimRight(text, "\n") || bad == text {
				continue
			}
			p, err := release.Read([]byte(bad))
			if err == nil {
				t.Fatalf("taken although changed at %d: %+v", i, p)
			}
		}
	}
}

func TestPacketsThatDoNotFit(t *testing.T) {
	r, v := storyPacket(t)
	text := v.Text(r)
	reseal := func(body string) string {
		body = body[:strings.Index(body, "Seal: ")]
		return body + "Seal: " + cyber.SealText(body) + "\n"
	}
	for name, c := range map[string]struct{ file, want string }{
		"empty":        {"", "not a release"},
		"another file": {"name,partner\n", "not a release"},
		"cut short":    {text[:len(text)/2], "cut short"},
		"edited":       {strings.Replace(text, "GV.OC-01", "GV.OC-02", 1), "edited or damaged"},
		"too large":    {strings.Repeat("x", 1<<17), "too large"},
		"a line too many": {reseal(strings.Replace(text, "Bands by function", "Grades:\nBands by function", 1)),
			"does not know"},
		"level 8":         {reseal(strings.Replace(text, " GV 2\n", " GV 8\n", 1)), "does not know"},
		"a score of 9":    {reseal(strings.Replace(text, "PR.AA-01 3\n", "PR.AA-01 9\n", 1)), "does not know"},
		"an unknown item": {reseal(strings.Replace(text, "  GV.OC-01\n", "  GV.XX-01\n", 1)), "does not know"},
		"a minimum of 0":  {reseal(strings.Replace(text, "Minimum: 5", "Minimum: 0", 1)), "does not know"},
		"another cycle": {reseal(strings.Replace(text, "Cycle: 2026", "Cycle: 2019", 1)), "2019 cycle, which is " +
			"not on file"},
		"an unknown city": {reseal(strings.Replace(text, "City: Grandview", "City: Springfield", 1)),
			"no partner is called"},
		"an unknown to": {reseal(strings.Replace(text, "Scores go to: Raytown", "Scores go to: Springfield", 1)),
			"no partner is called"},
		"written by hand":  {reseal(strings.Replace(text, "Made by: ", "Made by:  ", 1)), ""},
		"the future's own": {strings.Replace(text, "release 1", "release 2", 1), "not a release"},
	} {
		p, err := release.Read([]byte(c.file))
		if err == nil {
			_, err = p.Into(r, 0)
		}
		if c.want == "" {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || failure.CodeOf(err) == "" {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	p, err := release.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Into(r, 1); err == nil || !strings.Contains(err.Error(), "for the 2026 cycle, not for 2025") {
		t.Errorf("expected for another cycle: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	r, v := storyPacket(f)
	f.Add([]byte(v.Text(r)))
	f.Add([]byte("interlocal release 1\nCity: x\nCycle: 2026\n"))
	body := "interlocal release 1\nCity: A\nCycle: 2026\nFramework: CSF 2.0\nMinimum: 5\nMade on: 2026-01-02\nMade " +
		"by: x\n\nSharing consent by function\n  GV 1\n"
	f.Add([]byte(body + "Seal: " + cyber.SealText(body)))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := release.Read(data)
		if err != nil {
			if failure.CodeOf(err) == "" {
				t.Errorf("no sentence: %v", err)
			}
			return
		}
		if _, err := p.Into(r, 0); err != nil && failure.CodeOf(err) == "" {
			t.Errorf("no sentence: %v", err)
		}
	})
}

// TestPublishWaits: nothing is published while a city that takes part is
// missing, one that stays out stalls nobody, and nothing is published twice.
func TestPublishWaits(t *testing.T) {
	s := plainScene("PR.AA-01")
	w := world{}
	for p := 1; p <= 5; p++ {
		w[p] = []cyber.Level{cyber.NotPerformed}
	}
	all := s.releases(w)
	y := s.cycle()
	for missing := range all {
		some := append(append([]*cyber.Release{}, all[:missing]...), all[missing+1:]...)
		if got := release.Publish(y, some, nil, 0); got != nil {
			t.Errorf("published without city %d", missing+1)
		}
		out := s.cycle()
		out.Cities[missing].Part = cyber.StaysOut
		if got := release.Publish(out, some, nil, 0); len(got) != 6 {
			t.Errorf("city %d stays out and stalls the others: %d results", missing+1, len(got))
		}
	}
	y.Published = value.Some(value.Day(1))
	if release.Publish(y, all, nil, 0) != nil {
		t.Error("published twice")
	}
	if release.Publish(&cyber.Cycle{Framework: framework.CSF20}, all, nil, 0) != nil {
		t.Error("published although nobody takes part")
	}
}

// TestSmallCircles: below four cities that keep their scores to themselves a
// list takes everybody's word.
func TestSmallCircles(t *testing.T) {
	for _, c := range []struct {
		out, scored int
		agree       int // how many agree to a small circle
		list        bool
	}{
		{0, 0, 0, true}, {1, 0, 0, true}, {2, 0, 0, false}, {2, 0, 2, false}, {2, 0, 3, true}, {3, 0, 2, true},
		{3, 0, 1, false},
		{4, 0, 1, false}, {0, 1, 0, true}, {0, 2, 0, false}, {0, 2, 5, true}, {1, 1, 0, false},
	} {
		s := plainScene("PR.AA-01")
		for p := partnership.PartnerID(1); p <= 5; p++ {
			if int(p) > 5-c.out {
				s.out = append(s.out, p)
			}
			s.consents[p].SmallToo = int(p) <= c.agree
			if int(p) <= c.scored {
				s.consents[p].Level, s.consents[p].With = cyber.SharesScores, []partnership.PartnerID{facilitator}
			}
		}
		var w world
		for p := 1; p <= 5; p++ {
			w[p] = []cyber.Level{cyber.NotPerformed}
		}
		listed := false
		for _, p := range honest(s, w) {
			if p.Sort == cyber.PublishedList && p.Function == "PR" {
				listed = p.Withheld == "" && len(p.Items) == 1
				if !listed && (p.Withheld == "" || p.Items != nil) {
					t.Errorf("%+v: neither a list nor a reason: %+v", c, p)
				}
			}
		}
		if listed != c.list {
			t.Errorf("%+v: listed %v", c, listed)
		}
	}
}

// TestBandsSettleNoAnswer: whatever the band of a function with as many
// answers as a band needs, each of them may be below 5 or not.
func TestBandsSettleNoAnswer(t *testing.T) {
	f, _ := framework.Lookup(framework.CSF20)
	levels := []cyber.Level{"1", "2", "3", "4", "5p", "6", "7"}
	at, _ := f.Index("RC.RP-01")
	seen := map[cyber.Band][2]bool{}
	for n := range 7 * 7 * 7 * 7 {
		ls := make(cyber.Levels, len(f.Items))
		for k, m := 0, n; k < 4; k, m = k+1, m/7 {
			ls[at+k] = levels[m%7]
		}
		v := release.Of(f, ls, &cyber.Cycle{ID: 1, Framework: framework.CSF20},
			&cyber.Consent{Level: cyber.SharesBands}, 1, "x", 0)
		band := v.Bands[5].Band
		value, _ := ls[at].Value()
		pair := seen[band]
		pair[value/5] = true
		seen[band] = pair
	}
	for band, both := range seen {
		if both != [2]bool{true, true} {
			t.Errorf("the band %q settles whether an answer is below 5", band)
		}
	}
	if len(seen) != 3 {
		t.Errorf("bands %v", seen)
	}
}

// TestSharesByBenefitTakeAllScores and add up to the cent otherwise.
func TestShares(t *testing.T) {
	r := sample.Story(packetDay).Reader()
	for _, viewer := range []partnership.PartnerID{0, 4, 5, 6} {
		c, err := release.Joint(r, 1, viewer, packetDay)
		if err != nil {
			t.Fatal(err)
		}
		c.Problem.Budget = 300_000_00
		p, err := c.Problem.Best(0, nil)
		if err != nil || !p.Proved() || len(p.Chosen) == 0 {
			t.Fatalf("viewer %d: %+v %v", viewer, p, err)
		}
		shares, err := c.Shares(r, p, cyber.CostEqually)
		var sum value.Cents
		for _, s := range shares {
			sum += s
		}
		if err != nil || sum != p.Cost || len(shares) != 5 {
			t.Errorf("viewer %d: shares %v of %v: %v", viewer, shares, p.Cost, err)
		}
		if _, err := c.Shares(r, p, cyber.CostByBenefit); (err == nil) != c.Complete || c.Complete != (viewer == 0) {
			t.Errorf("viewer %d: complete %v, by benefit: %v", viewer, c.Complete, err)
		}
	}
}

// TestSolutionsFollowTheirNames: what a solution needs or excludes is found by
// name, and a name that is nobody's is passed over.
func TestSolutionsFollowTheirNames(t *testing.T) {
	r := sample.Story(packetDay).Reader()
	training := cyber.SolutionNamed(r, "phishing training")
	training.Requires, training.Conflicts = []string{"Joint tabletop exercise",
		"nothing"}, []string{"SHARED SECURITY OFFICER"}
	c, err := release.Joint(r, 1, 5, packetDay)
	if err != nil {
		t.Fatal(err)
	}
	at := c.Problem.Solutions[4]
	if at.Name != training.Name || len(at.Requires) != 1 || at.Requires[0] != 3 || len(at.Conflicts) != 1 ||
		at.Conflicts[0] != 2 {
		t.Errorf("%+v", at)
	}
}

// BenchmarkJoint puts the case together for one city of five.
func BenchmarkJoint(b *testing.B) {
	r := sample.Story(packetDay).Reader()
	for b.Loop() {
		if _, err := release.Joint(r, 1, 5, packetDay); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAnAcceptanceThatRanOutIsBelowTheMinimum in what a city releases and in the
// joint plan.
func TestAnAcceptanceThatRanOutIsBelowTheMinimum(t *testing.T) {
	const city, item = 5, "PR.AA-01"
	for day, below := range map[value.Day]bool{packetDay: false, packetDay + 1: true} {
		s := sample.Story(packetDay)
		for _, a := range s.Answers {
			if a.Partner == city && a.Cycle == 1 && a.Item == item {
				a.Level, a.Confirmed, a.Carried = cyber.RiskAccepted, value.Some(packetDay), 0
				a.Acceptance = cyber.Acceptance{Approver: "Manager", Expires: value.Some(packetDay)}
			}
		}
		r := s.Reader()
		v, err := release.Make(r, 1, city, "Ana", day)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Contains(v.Below, item); got != below {
			t.Errorf("on %s the release names it: %v", day, got)
		}
		c, err := release.Joint(r, 1, city, day)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := framework.Lookup(v.Framework)
		i, _ := f.Index(item)
		value, _ := c.Problem.Cities[0].Levels.At(i).Value()
		if (value == 4) != below || (value == 5) == below {
			t.Errorf("on %s the joint plan counts %d", day, value)
		}
	}
}
