package report

import (
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report/overview"
	"interlocal/model/sample"
	"interlocal/model/value"
)

// TestClosedPaper: every score of the paper leads to how it was worked out, and
// what is accepted, below or out of line is named.
func TestClosedPaper(t *testing.T) {
	r := sample.Story(today).Reader()
	d, err := Assessment(r, field.Get(r, partnership.PartnerID(5)), 0, morning())
	if err != nil {
		t.Fatal(err)
	}
	txt, _, _ := written(t, d)
	txt = strings.ReplaceAll(txt, "\\_", "_")
	for _, want := range []string{"CLOSED", "draft for counsel", "Section ______", "GV Govern", "Overall",
		"By category", "Could be", "Since",
		"Warren Ispas", "Nothing of this assessment has been released"} {
		if !strings.Contains(strings.ToLower(txt), strings.ToLower(want)) {
			t.Errorf("%q is missing", want)
		}
	}
	explained := 0
	for _, s := range d.Sources {
		if strings.Contains(s.Text, "÷") {
			explained++
		}
	}
	if explained < 4 {
		t.Errorf("%d scores say how they were worked out", explained)
	}
	if strings.Contains(txt, "No token for the two") || strings.Contains(txt, "IT share, folder") {
		t.Error("a note or a piece of evidence is in the paper")
	}
}

// TestPapersForOthers: somebody who may not see a city's answers gets papers
// that do not depend on them.
func TestPapersForOthers(t *testing.T) {
	one, other := sample.Story(today), sample.Story(today)
	for i, a := range other.Answers {
		if a.Partner == 5 {
			a.Level = []cyber.Level{cyber.NotPerformed, cyber.Optimized}[i%2]
		}
	}
	for _, id := range []access.Identity{{Role: access.Assessor, Partner: 4}, {Role: access.Editor, Partner: 5},
		{Role: access.Coordinator, Partner: 6}, {Role: access.Admin}} {
		for _, name := range []string{"assessment", "council", "form"} {
			rep, _ := ReportNamed(name)
			var said [2]string
			for i, s := range []*sample.Set{one, other} {
				d, err := rep.Build(seenBy(s.Reader(), id), About{Partner: 5}, morning())
				if err != nil {
					t.Fatal(err)
				}
				md, page, txt := written(t, d)
				said[i] = md + page + txt
			}
			if said[0] != said[1] {
				t.Errorf("%s for %s of %d depends on Raytown's answers", name, id.Role, id.Partner)
			}
		}
	}
}

// TestWhatIsLeftToDo: lines about a city's own remedies and acceptances reach
// those who see its answers.
func TestWhatIsLeftToDo(t *testing.T) {
	s := sample.Story(today)
	for _, a := range s.Answers {
		if a.Partner == 5 && a.Cycle == 2 && a.Item == "GV.RM-01" {
			a.Remedy = cyber.Remedy{Step: "buy", State: cyber.RemedyOpen, Due: value.Some(today - 3)}
		}
	}
	for _, st := range s.Assessments {
		if st.Partner == 5 && st.Cycle == 2 {
			st.State = cyber.AssessmentInReview
		}
	}
	wants := []string{"Raytown: 1 remedy is past due", "Raytown: 1 risk acceptance has run out",
		"Raytown's 2026 self-assessment waits for approval"}
	for _, c := range []struct {
		id   access.Identity
		told bool
	}{{access.Identity{Role: access.Assessor, Partner: 5}, true},
		{access.Identity{Role: access.Assessor, Partner: 4}, false},
		{access.Identity{Role: access.Coordinator, Partner: 6}, false},
		{access.Identity{Role: access.Viewer, Partner: 5}, false}} {
		var said strings.Builder
		for _, l := range overview.Cyber(at(seenBy(s.Reader(), c.id))).Attention {
			said.WriteString(l.Text + "\n")
		}
		for _, want := range wants {
			if strings.Contains(said.String(), want) != c.told {
				t.Errorf("%s of %d: %q told %v:\n%s", c.id.Role, c.id.Partner, want, !c.told, said.String())
			}
		}
	}
}

// TestAgendaDoesNotTellHowACityStands: an agenda is read by everybody, so what
// is put on it from what is due says nothing of a city's answers.
func TestAgendaDoesNotTellHowACityStands(t *testing.T) {
	s := sample.Story(today)
	for _, a := range s.Answers {
		if a.Partner == 5 && a.Cycle == 2 && a.Item == "GV.RM-01" {
			a.Remedy = cyber.Remedy{Step: "buy", State: cyber.RemedyOpen, Due: value.Some(today - 3)}
		}
	}
	for _, st := range s.Assessments {
		if st.Partner == 5 && st.Cycle == 2 {
			st.State, st.Returned = cyber.AssessmentReturned, "the firewall is not what you say"
		}
	}
	about := 0
	for _, p := range Proposals(s.Reader(), &meeting.Meeting{ID: 99}, morning()) {
		if strings.HasPrefix(p.About, "assessments/") {
			t.Errorf("%q leads to an assessment", p.Title)
		}
		if !strings.HasPrefix(p.About, "cycles/") {
			continue
		}
		about++
		for _, leak := range []string{"Raytown", "remed", "accept", "firewall", "returned", " of 106"} {
			if strings.Contains(p.Title, leak) || strings.Contains(p.Why, leak) {
				t.Errorf("the agenda would say %q (%s)", p.Title, p.Why)
			}
		}
	}
	if about == 0 {
		t.Error("nothing of the self-assessments is proposed")
	}
}

// TestPapersOfAnEarlierCycle: each paper is made of the cycle that is asked for.
func TestPapersOfAnEarlierCycle(t *testing.T) {
	r := sample.Story(today).Reader()
	for _, name := range []string{"assessment", "council", "form"} {
		rep, _ := ReportNamed(name)
		if rep.Of != "cycles" {
			t.Errorf("%s is about %q", name, rep.Of)
		}
		for id, year := range map[uint64]string{0: "2026", 1: "2025", 2: "2026"} {
			d, err := rep.Build(r, About{Partner: 5, Record: id}, morning())
			if err != nil || !strings.Contains(d.Title, year) {
				t.Errorf("%s about cycle %d: %v, %v", name, id, d, err)
			}
		}
		if _, err := rep.Build(r, About{Partner: 5, Record: 99}, morning()); failure.CodeOf(err) != failure.NotFound {
			t.Errorf("%s about no cycle: %v", name, err)
		}
	}
}

// TestACitySeesWhoMayReadItsAnswers, new keys and invitations first, and no
// other city's.
func TestACitySeesWhoMayReadItsAnswers(t *testing.T) {
	m := sample.Story(today).Reader()
	key := func(day value.Day) []accounts.UserKey {
		return []accounts.UserKey{{Fingerprint: "SHA256:x", Added: value.Some(day)}}
	}
	m.Put("users", &accounts.User{ID: 1, Login: "old", Role: accounts.UserAssessor, Partner: 5, Keys: key(today - 300)})
	m.Put("users", &accounts.User{ID: 2, Login: "lee", Role: accounts.UserAssessor, Partner: 5, Keys: key(today - 2)})
	m.Put("users", &accounts.User{ID: 3, Login: "sam", Role: accounts.UserAssessor, Partner: 5,
		Invite: accounts.Invitation{Hash: "x", Until: value.Some((today + 2).At(9, 0)), By: "Ada"}})
	m.Put("users", &accounts.User{ID: 4, Login: "out", Role: accounts.UserAssessor, Partner: 5, Disabled: true,
		Keys: key(today)})
	m.Put("users", &accounts.User{ID: 5, Login: "kim", Role: accounts.UserEditor, Partner: 5, Keys: key(today)})
	m.Put("users", &accounts.User{ID: 6, Login: "pat", Role: accounts.UserAssessor, Partner: 5, Keys: key(today),
		Reading: accounts.Standing{Waits: value.Some(today)}})
	m.Put("users", &accounts.User{ID: 7, Login: "ann", Role: accounts.UserAssessor, Partner: 5, Keys: key(today - 90),
		Reading: accounts.Standing{Agreed: value.Some(today - 3), By: "Lee"}})
	for role, partners := range map[access.Role][]partnership.PartnerID{access.Viewer: {5, 4}, access.Editor: {5, 4},
		access.Assessor:    {5, 4},
		access.Coordinator: {5, 6}} {
		for _, p := range partners {
			var said strings.Builder
			for _, l := range overview.Cyber(at(seenBy(m, access.Identity{Role: role, Partner: field.Party(p)}))).
				Attention {
				said.WriteString(l.Urgency.String() + ": " + l.Text + "\n")
			}
			for _, want := range []string{"note: 4 logins may read the answers of Raytown: old, lee, sam and ann",
				"soon: pat waits since", "an assessor says interlocal user agree pat, or refuse",
				"by Lee to ann, who may read",
				"waiting: A key was added on",
				"to lee, who may read", "waiting: An invitation by Ada is open until", "for sam, who may read"} {
				if strings.Contains(said.String(), want) != (p == 5) {
					t.Errorf("%s of %d, %q:\n%s", role, p, want, said.String())
				}
			}
			for _, word := range []string{"to old", "out", "kim"} {
				if strings.Contains(said.String(), " "+word+",") {
					t.Errorf("%s of %d is told of %s:\n%s", role, p, word, said.String())
				}
			}
		}
	}
}
