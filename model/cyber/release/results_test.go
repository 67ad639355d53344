package release_test

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// everySort is a scene in which the second city shares bands and the third scores,
// with the first and the facilitator.
func everySort() (*scene, world) {
	s := plainScene("PR.AA-01")
	s.consents[2].Level = cyber.SharesBands
	s.consents[3].Level, s.consents[3].With = cyber.SharesScores, []partnership.PartnerID{facilitator, 1, facilitator}
	var w world
	for p := 1; p <= 5; p++ {
		w[p] = []cyber.Level{cyber.NotPerformed}
	}
	return s, w
}

// A result bears the number of its place among all that there could be: what others
// were handed is not told by the gaps. The results of each cycle begin at a thousand
// of their own.
func TestNumbersOfResultsTellNothing(t *testing.T) {
	s, w := everySort()
	pubs := honest(s, w)
	want := map[cyber.PublicationID]string{1: "list GV", 2: "list ID", 3: "list PR", 4: "list DE", 5: "list RS",
		6: "list RC", 8: "bands 2", 9: "bands 3", 14: "scores 3"}
	if len(pubs) != len(want) {
		t.Errorf("%d results", len(pubs))
	}
	for _, p := range pubs {
		got := string(p.Sort) + " " + p.Function
		if p.City != 0 {
			got += string(rune('0' + p.City))
		}
		if got != want[p.ID] {
			t.Errorf("#%d is %s, not %s", p.ID, got, want[p.ID])
		}
	}
	if got := pubs[8].Audience; !slices.Equal(got, []partnership.PartnerID{1, 3, facilitator}) {
		t.Errorf("scores go to %v", got)
	}
	if got := pubs[6].Audience; !slices.Equal(got, []partnership.PartnerID{2, facilitator}) {
		t.Errorf("bands go to %v", got)
	}
	for last, first := range map[cyber.PublicationID]cyber.PublicationID{0: 1, 14: 1001, 1000: 1001, 1001: 2001} {
		if got := release.Numbered(honest(s, w), last); got[0].ID != first || got[8].ID != first+13 {
			t.Errorf("behind #%d they are #%d to #%d", last, got[0].ID, got[8].ID)
		}
	}
	if alone := release.Publish(s.cycle(), s.releases(w), nil, 0); len(alone) != 7 || alone[6].ID != 14 ||
		!slices.Equal(alone[0].Audience, []partnership.PartnerID{1, 2, 3, 4, 5}) {
		t.Errorf("without a facilitator: %d results", len(alone))
	}
}

// A viewer is handed what has it in the audience, and whoever holds the file all.
func TestWhatAViewerIsHanded(t *testing.T) {
	s, w := everySort()
	r := fieldtest.NewMemory(theSchema)
	y := s.cycle()
	y.Published = value.Some(value.Day(20000))
	r.Add(y)
	r.Add(&cyber.Publication{ID: 900, Cycle: 2, Sort: cyber.PublishedList, Audience: []partnership.PartnerID{1}})
	for _, p := range honest(s, w) {
		r.Add(p)
	}
	for viewer, want := range map[partnership.PartnerID][3]int{0: {6, 2, 1}, 1: {6, 0, 1}, 2: {6, 1, 0}, 3: {6, 1, 1},
		4: {6, 0, 0}, facilitator: {6, 2, 1}, 7: {}} {
		h := release.Handed(r, 1, viewer)
		if got := [3]int{len(h.Lists), len(h.Bands), len(h.Scores)}; got != want {
			t.Errorf("%d is handed %v, want %v", viewer, got, want)
		}
		if none := viewer == 7; (h.Why == "Results of the 2026 cycle have been shared, and none of them with you.") !=
			none || !none && h.Why != "" {
			t.Errorf("%d is told %q", viewer, h.Why)
		}
	}
	h := release.Handed(r, 1, 1)
	if items := h.Items(); !slices.Equal(items, []string{"PR.AA-01"}) {
		t.Errorf("on the lists are %v", items)
	}
	if score, ok := h.Scores[3]["PR.AA-01"]; !ok || score != 1 || len(h.Scores[3]) != len(theFramework.Items) {
		t.Errorf("the scores of 3 are %v", h.Scores[3])
	}
	if bands := release.Handed(r, 1, 2).Bands[2]; len(bands) != 6 || bands[0] != (cyber.FunctionBand{Function: "GV",
		Band: cyber.BandNone}) {
		t.Errorf("the bands of 2 are %v", bands)
	}
	levels := h.Levels(theFramework, 3)
	if i, _ := theFramework.Index("PR.AA-01"); levels.At(i) != cyber.NotPerformed || levels.At(i+1) != "" {
		t.Errorf("the levels of 3 are %v", levels)
	}
}

// Until results are shared the page says whom they wait for.
func TestWhomResultsWaitFor(t *testing.T) {
	in := func(p partnership.PartnerID, released bool) cyber.CycleCity {
		c := cyber.CycleCity{Partner: p, Part: cyber.TakesPart}
		c.Released.Set = released
		return c
	}
	out := cyber.CycleCity{Partner: 2, Part: cyber.StaysOut}
	for name, c := range map[string]struct {
		cities []cyber.CycleCity
		want   string
	}{
		"nobody declared": {nil, "Nobody has said yet which cities take part in the 2026 cycle."},
		"all stay out": {[]cyber.CycleCity{out}, "Nobody has said yet which cities take part in the 2026 " +
			"cycle."},
		"all released": {[]cyber.CycleCity{in(1, true), out, in(3, true)},
			"Every city has released; the results are being put together."},
		"one is missing": {[]cyber.CycleCity{in(1, true), out, in(3, false)}, "Results are shared when every city " +
			"that takes part has released. Waiting for C."},
		"two are missing": {[]cyber.CycleCity{in(1, false), in(3, false)}, "Results are shared when every city " +
			"that takes part has released. Waiting for A and C."},
		"three and one that is gone": {[]cyber.CycleCity{in(1, false), in(2, false), in(3, false), in(9, false)},
			"Results are shared when every city that takes part has released. Waiting for A, B and C."},
	} {
		r := fieldtest.NewMemory(theSchema)
		for _, name := range []string{"A", "B", "C"} {
			r.Add(&partnership.Partner{Name: name})
		}
		r.Add(&cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20, Cities: c.cities})
		if got := release.Handed(r, 1, 1).Why; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := release.Handed(r, 2, 1); got.Cycle != nil || got.Why != "There is no such cycle." {
			t.Errorf("of another cycle: %q", got.Why)
		}
	}
}

// One solution may serve some cities only; the nameless ones of a list may be among
// them. What a list names that is known already counts once.
func TestWhomASolutionServes(t *testing.T) {
	for _, c := range []struct {
		ceiling int64
		scores  map[partnership.PartnerID]int // of the listed item, as shared with the viewer
		cities  []partnership.PartnerID
		serves  []int // the solution that is for cities 1 and 3
	}{
		{5, nil, []partnership.PartnerID{0, 0}, []int{0, 1}},
		{5, map[partnership.PartnerID]int{3: 2}, []partnership.PartnerID{3, 0, 0}, []int{0, 1, 2}},
		{5, map[partnership.PartnerID]int{2: 2, 3: 2}, []partnership.PartnerID{2, 3}, []int{1}},
		{5, map[partnership.PartnerID]int{2: 5, 3: 2}, []partnership.PartnerID{2, 3, 0, 0}, []int{1, 2, 3}},
		{5, map[partnership.PartnerID]int{2: 0, 3: 4}, []partnership.PartnerID{2, 3, 0, 0}, []int{1, 2, 3}},
	} {
		r := fieldtest.NewMemory(theSchema)
		s := plainScene("PR.AA-01")
		r.Add(s.cycle())
		r.Add(&cyber.Publication{ID: 1, Cycle: 1, Sort: cyber.PublishedList, Items: []string{"PR.AA-01"},
			Audience: []partnership.PartnerID{1}})
		for p, score := range c.scores {
			r.Add(&cyber.Publication{Cycle: 1, Sort: cyber.PublishedScores, City: p,
				Audience: []partnership.PartnerID{1}, Scores: []cyber.ItemScore{{Item: "PR.AA-01", Score: score}}})
		}
		r.Add(&cyber.Solution{Name: "All", Lifts: []cyber.SolutionLift{{Part: "PR.AA-01", By: value.Some[int64](2)}}})
		r.Add(&cyber.Solution{Name: "Some", Cities: []partnership.PartnerID{1, 3}})
		got, err := release.Joint(r, 1, 1, packetDay)
		if err != nil || !slices.Equal(got.Cities, c.cities) {
			t.Fatalf("%v: cities %v, %v", c.scores, got.Cities, err)
		}
		all, some := got.Problem.Solutions[0], got.Problem.Solutions[1]
		if all.Cities != nil || len(all.Lifts) != 1 || all.Lifts[0].By != 2 || !slices.Equal(some.Cities, c.serves) {
			t.Errorf("%v: all %+v, some %+v", c.scores, all, some)
		}
		for i, city := range c.cities {
			at, _ := theFramework.Index("PR.AA-01")
			if v, ok := got.Problem.Cities[i].Levels.At(at).Value(); city == 0 && ok && v != 4 {
				t.Errorf("%v: a nameless city is at %d", c.scores, v)
			}
		}
	}
}

// A share of the costs by population takes every city's.
func TestSharesByPopulation(t *testing.T) {
	r := fieldtest.NewMemory(theSchema)
	for p := partnership.PartnerID(1); p <= 5; p++ {
		r.Add(&partnership.Partner{ID: p, Name: "City", Population: value.Some(int64(p))})
	}
	bought := portfolio.Portfolio{Cost: 15_00}
	c := &release.Case{Serves: []partnership.PartnerID{1, 2, 3, 4, 5}}
	shares := func(rule cyber.CostRule) ([]value.Cents, error) { return c.Shares(r, bought, rule) }
	if got, err := shares(cyber.CostByPopulation); err != nil || !slices.Equal(got, []value.Cents{1_00, 2_00, 3_00,
		4_00, 5_00}) {
		t.Errorf("%v, %v", got, err)
	}
	for p := partnership.PartnerID(1); p <= 5; p++ {
		r.Get("partners", uint64(p)).(*partnership.Partner).Population.V = 0
	}
	if _, err := shares(cyber.CostByPopulation); failure.CodeOf(err) != failure.Invalid ||
		!strings.Contains(err.Error(), "every figure is zero") {
		t.Errorf("cities without people: %v", err)
	}
	r.Get("partners", 2).(*partnership.Partner).Population.Set = false
	if _, err := shares(cyber.CostByPopulation); err == nil || !strings.Contains(err.Error(), "is not recorded") {
		t.Errorf("a population that is not recorded: %v", err)
	}
	r.Remove("partners", 2)
	if _, err := shares(cyber.CostByPopulation); err == nil || !strings.Contains(err.Error(), "is not recorded") {
		t.Errorf("a city that is not on file: %v", err)
	}
	if got, err := shares(cyber.CostEqually); err != nil || got[4] != 3_00 {
		t.Errorf("equally: %v, %v", got, err)
	}
	c.Serves = nil
	if _, err := shares(cyber.CostEqually); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("among nobody: %v", err)
	}
}

// What a city gives away is said level by level.
func TestWhatAConsentConcedes(t *testing.T) {
	has := func(lines []string, part string) bool {
		return slices.ContainsFunc(lines, func(s string) bool { return strings.Contains(s, part) })
	}
	none := release.Concedes(&cyber.Consent{Level: cyber.SharesNothing}, &cyber.Cycle{Framework: framework.CSF20})
	if len(none) != 1 || !has(none, "Nothing leaves the city") {
		t.Errorf("%q", none)
	}
	for _, c := range []struct {
		level, function      cyber.ConsentLevel
		small                bool
		facilitator, partner bool
	}{
		{cyber.SharesList, "", false, false, false}, {cyber.SharesList, "", true, false, false},
		{cyber.SharesBands, "", false, true, false}, {cyber.SharesScores, "", true, true, true},
		{cyber.SharesNothing, cyber.SharesBands, false, true, false},
		{cyber.SharesNothing, cyber.SharesScores, false, true, true},
		{cyber.SharesScores, cyber.SharesNothing, false, true, true},
	} {
		s := &cyber.Consent{Level: c.level, SmallToo: c.small}
		if c.function != "" {
			s.Functions = []cyber.FunctionConsent{{Function: "RC", Level: c.function}}
		}
		lines := release.Concedes(s, &cyber.Cycle{Framework: framework.CSF20})
		if has(lines, "Among three cities") != c.small || has(lines, "The facilitator learns") != c.facilitator ||
			has(lines, "The partners you name") != c.partner || !has(lines, "Five cities are not anonymous") ||
			!has(lines, "none of this can be called back") {
			t.Errorf("%+v: %q", c, lines)
		}
	}
}

// Each of the others is told what of a release reaches it, and as whom.
func TestWhatAReleaseTellsWhom(t *testing.T) {
	s, w := everySort()
	r := fieldtest.NewMemory(theSchema)
	for p := partnership.PartnerID(1); p <= facilitator; p++ {
		rec := &partnership.Partner{ID: p, Name: "City", Kind: partnership.City, Status: partnership.Member}
		if p == facilitator {
			rec.Kind = partnership.Facilitator
		}
		r.Add(rec)
	}
	s.out = []partnership.PartnerID{5}
	r.Add(s.cycle())
	for _, v := range s.releases(w)[:3] {
		var to []partnership.PartnerID
		for _, p := range release.Previews(r, v) {
			to = append(to, p.To)
			lines := strings.Join(p.Lines, "\n")
			for part, want := range map[string]bool{"as the facilitator": p.To == facilitator,
				"if it joins the same functions":                p.To != facilitator,
				"Band for Protect: too few answers":             p.To == facilitator && v.Partner != 1,
				"Scores for Protect: PR.AA-01 1, PR.AA-02 none": v.Partner == 3 && (p.To == 1 || p.To == facilitator)} {
				if strings.Contains(lines, part) != want {
					t.Errorf("of city %d, %d is told %q: %v\n%s", v.Partner, p.To, part, !want, lines)
				}
			}
		}
		want := slices.DeleteFunc([]partnership.PartnerID{1, 2, 3, 4, facilitator},
			func(p partnership.PartnerID) bool { return p == v.Partner })
		if !slices.Equal(to, want) {
			t.Errorf("of city %d hear %v", v.Partner, to)
		}
	}
	s.consents[1].Level = cyber.SharesNothing
	for _, p := range release.Previews(r, s.releases(w)[0]) {
		if !slices.Equal(p.Lines, []string{"Nothing"}) {
			t.Errorf("of a city that shares nothing %d is told %q", p.To, p.Lines)
		}
	}
	w[2][0] = cyber.Optimized
	for _, p := range release.Previews(r, s.releases(w)[1]) {
		if !strings.HasSuffix(p.Lines[0], ": nothing of this city is on it") {
			t.Errorf("of a city without a deficiency %d is told %q", p.To, p.Lines)
		}
	}
}

// A release is made from a locked assessment and a consent, and a function without a
// level of its own shares nothing.
func TestWhatAReleaseIsMadeFrom(t *testing.T) {
	r := fieldtest.NewMemory(theSchema)
	r.Add(&partnership.Partner{ID: 1, Name: "A", Kind: partnership.City})
	r.Add((&scene{}).cycle())
	refused := func(says string) {
		t.Helper()
		if _, err := release.Make(r, 1, 1, "Ana", packetDay); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
	if _, err := release.Make(r, 2, 1, "Ana", packetDay); err == nil {
		t.Error("made for a cycle that is not there")
	}
	refused("lock the assessment first")
	s := &cyber.Assessment{ID: 1, Cycle: 1, Partner: 1, State: cyber.AssessmentApproved}
	r.Add(s)
	refused("lock the assessment first")
	s.State = cyber.AssessmentLocked
	refused("sharing consent first")
	r.Add(&cyber.Consent{Cycle: 1, Partner: 1,
		Functions: []cyber.FunctionConsent{{Function: "PR", Level: cyber.SharesList}}})
	v, err := release.Make(r, 1, 1, "Ana", packetDay)
	if err != nil || len(v.Functions) != 6 || !v.Sealed(r) {
		t.Fatalf("%+v, %v", v, err)
	}
	for _, f := range v.Functions {
		if want := map[bool]cyber.ConsentLevel{true: cyber.SharesList, false: cyber.SharesNothing}[f.Function ==
			"PR"]; f.Level != want {
			t.Errorf("%s shares %q", f.Function, f.Level)
		}
	}
}

// A packet says everything, in whole, and nothing else.
func TestWhatAPacketHasToSay(t *testing.T) {
	r, v := storyPacket(t)
	v.SmallToo = true
	v = release.Seal(r, v)
	text := v.Text(r)
	p, err := release.Read([]byte(text))
	if err != nil || !p.SmallToo {
		t.Fatalf("%v: agrees to a small circle: %v", err, p)
	}
	seal := func(body string) []byte { return []byte(body + "Seal: " + cyber.SealText(body) + "\n") }
	body := v.Body(r)
	lines := strings.SplitAfter(body, "\n")
	for name, c := range map[string]struct{ body, told string }{
		"an edition that is not known": {strings.Replace(body, "Framework: CSF 2.0", "Framework: CSF 9", 1), "9"},
		"a function of none":           {strings.Replace(body, "  GV 2\n", "  XX 2\n", 1), "XX"},
		"a level of two figures":       {strings.Replace(body, "  GV 2\n", "  GV 22\n", 1), "GV"},
		"a function without a level":   {strings.Replace(body, "  GV 2\n", "  GV\n", 1), "GV"},
		"neither yes nor no": {strings.Replace(body, "fewer than four cities: yes", "fewer than four cities: so", 1),
			"so"},
		"a day written otherwise": {strings.Replace(body, "Made on: "+v.Made.V.String(), "Made on: Sep 1 2026",
			1),
			"Sep 1 2026"},
		"a day that is none": {strings.Replace(body, "Made on: ", "Made on: x", 1), "x" + v.Made.V.String()},
		"a band of none":     {strings.Replace(body, " GV 3 to below 5", " GV high", 1), "high"},
		"of the head alone":  {strings.Join(lines[:3], ""), "Framework: CSF "},
		"of one line":        {lines[0], "City: "},
		"more at its end":    {body + "Grades: 1\n", "Grades: 1"},
	} {
		if c.body == body {
			t.Errorf("%s: the packet has no such line:\n%s", name, body)
			continue
		}
		_, err := release.Read(seal(c.body))
		if err == nil || !strings.Contains(err.Error(), `does not know: "`+c.told+`"`) {
			t.Errorf("%s: %v, want %q", name, err, c.told)
		}
	}
}
