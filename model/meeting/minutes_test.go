package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

var today = value.Date(2026, 11, 22)

// book records a meeting as the store would: each call is one revision.
type book struct {
	t       testing.TB
	r       *fieldtest.Memory
	entries []field.Entry
	minute  int
}

func newBook(t testing.TB) *book {
	r := fieldtest.NewMemory(model.NewSchema())
	r.Put("partners", &partnership.Partner{ID: 1, Name: "Raytown"})
	r.Put("partners", &partnership.Partner{ID: 2, Name: "Grandview"})
	r.Put("people", &partnership.Person{ID: 1, Partner: 1, Name: "Peg Whitlock", Mobile: "816-555-0100"})
	r.Put("people", &partnership.Person{ID: 2, Partner: 2, Name: "Dana Reyes"})
	r.Put("meetings", &meeting.Meeting{ID: 1, Name: "Staff", State: meeting.MeetingPlanned})
	r.Put("agenda", &meeting.AgendaItem{ID: 1, Meeting: 1, Title: "Loans"})
	r.Put("agenda", &meeting.AgendaItem{ID: 2, Meeting: 1, Title: "Hotline", Order: 1})
	return &book{t: t, r: r}
}

// put records a change of one record, after being nil for its deletion.
func (b *book) put(kind string, id uint64, after any) uint64 {
	k := b.r.Schema().Kind(kind)
	before := b.r.Get(kind, id)
	if after == nil {
		b.r.Remove(kind, id)
	} else {
		b.r.Put(kind, after)
	}
	return b.add(field.Entry{Verb: field.Changed,
		Changes: []field.RecordChange{{Kind: k, ID: id, Before: before, After: after}}})
}

func (b *book) add(e field.Entry) uint64 {
	b.minute++
	e.Rev, e.At = uint64(len(b.entries)+1), today.At(9, b.minute)
	b.entries = append(b.entries, e)
	return e.Rev
}

// back takes a revision back.
func (b *book) back(verb field.Verb, of uint64) uint64 {
	return b.add(field.Entry{Verb: verb, Of: of, Title: "a change"})
}

func (b *book) lines() []meeting.Line { return meeting.Lines(field.NewEnv(b.r, today), 1, b.entries) }

// texts gives the lines as "2| text", struck ones as "2|- text".
func (b *book) texts() []string {
	var out []string
	for _, l := range b.lines() {
		mark := "| "
		if l.Struck {
			mark = "|- "
		}
		out = append(out, string(rune('0'+l.Item))+mark+l.Text)
	}
	return out
}

func (b *book) want(want ...string) {
	b.t.Helper()
	if got := b.texts(); !slices.Equal(got, want) {
		b.t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAMeetingBecomesItsMinutes(t *testing.T) {
	b := newBook(t)
	b.put("meetings", 1, &meeting.Meeting{ID: 1, Name: "Staff", State: meeting.MeetingOpen})
	b.put("agenda", 1, &meeting.AgendaItem{ID: 1, Meeting: 1, Title: "Loans", State: meeting.ItemNow})
	b.put("equipment", 1, &lending.Equipment{ID: 1, Tag: "RT-1", Name: "Loader", Owner: 1,
		Status: lending.EquipmentActive})
	b.put("notes", 1, &meeting.Note{ID: 1, Meeting: 1, Text: "The chipper is noisy"})
	b.put("agenda", 2, &meeting.AgendaItem{ID: 2, Meeting: 1, Title: "Hotline", State: meeting.ItemNow})
	b.put("decisions", 1, &meeting.Decision{ID: 1, Meeting: 1, Text: "Renew for a year"})
	b.put("actions", 1, &meeting.Action{ID: 1, What: "Ask for prices", Who: 2, Due: value.Some(today + 3),
		State: meeting.ActionOpen})
	b.put("motions", 1, &meeting.Motion{ID: 1, Meeting: 1, Text: "Renew", Mover: 1, Seconder: 2,
		Outcome: meeting.Carried,
		Votes:   []meeting.Ballot{{Partner: 1, Vote: meeting.VoteRecused}, {Partner: 2, Vote: meeting.VoteYes}}})
	b.put("meetings", 1, &meeting.Meeting{ID: 1, Name: "Staff", State: meeting.MeetingClosed})
	b.want("0| Called to order", "1| Raytown: Added unit RT-1 Loader", "1| The chipper is noisy",
		"2| Decided: Renew for a year", "2| Action: Dana Reyes: Ask for prices, by Nov 25, 2026",
		"2| Motion: Renew (moved by Peg Whitlock, seconded by Dana Reyes). 1 yes, 0 no; recused: Raytown. Carried",
		"2| Adjourned")
}

func TestAnswersAreCountedAndNotTold(t *testing.T) {
	b := newBook(t)
	for i := range 40 {
		a := &cyber.Answer{ID: cyber.AnswerID(i + 1), Partner: 1, Item: "GV.OC-01", Level: cyber.Informal,
			Was: cyber.Informal}
		if i < 9 {
			a.Was = cyber.NotPerformed
		} else if i < 11 {
			a.Was = cyber.Tested
		}
		b.put("answers", uint64(a.ID), a)
	}
	b.want("0| Raytown: 40 answers, 9 raised, 2 lowered")
	for _, line := range b.texts() {
		if strings.Contains(line, "GV.OC") {
			t.Errorf("%q names an item", line)
		}
	}
}

// Minutes that are kept go to every city: nothing of one city's answers, not even
// how many there were, stands in them.
func TestKeptMinutesTellNothingOfAnswers(t *testing.T) {
	b := newBook(t)
	b.put("equipment", 1, &lending.Equipment{ID: 1, Tag: "RT-1", Name: "Loader", Owner: 1})
	b.put("answers", 1, &cyber.Answer{ID: 1, Partner: 1, Item: "GV.OC-01", Level: cyber.Tested})
	b.put("publications", 1, &cyber.Publication{ID: 1, Sort: cyber.PublishedList, Function: "PR"})
	kept := meeting.Keep(b.lines())
	if len(kept) != 2 ||
		!strings.Contains(kept[0].Text, "Loader") || kept[1].Text != "Shared results added" {
		t.Errorf("what is kept is %+v", kept)
	}
}

func TestFewAnswersDoNotTellWhichWay(t *testing.T) {
	for n, want := range map[int]string{1: "1 answer", 19: "19 answers", 20: "20 answers"} {
		b := newBook(t)
		for i := range n {
			b.put("answers", uint64(i+1), &cyber.Answer{ID: cyber.AnswerID(i + 1), Partner: 1, Item: "GV.OC-01",
				Level: cyber.Tested, Was: cyber.Informal})
		}
		b.want("0| Raytown: " + want) // of 20 all went up, which tells each of them
	}
}

func TestWhatNotEverybodySeesHasNoTitle(t *testing.T) {
	b := newBook(t)
	k := b.r.Schema().Kind("answers")
	a := &cyber.Answer{ID: 1, Partner: 1, Item: "PR.AA-01", Level: cyber.Informal}
	for _, verb := range []field.Verb{field.TakenBack, field.MadeAgain} {
		b.add(field.Entry{Verb: verb, Of: 99, Title: "PR.AA-01: 2 informally performed",
			Changes: []field.RecordChange{{Kind: k, ID: 1, Before: a, After: nil}}})
	}
	b.put("publications", 1, &cyber.Publication{ID: 1, Sort: cyber.PublishedList, Function: "PR",
		Audience: []partnership.PartnerID{1}, Items: []string{"PR.AA-01"}})
	b.put("users", 1, &accounts.User{ID: 1, Name: "Peg"})
	b.want("0| Raytown: 1 answer deleted", "0| Shared results added")
}

func TestAnUndoOfSomethingEarlierCanBeTakenBack(t *testing.T) {
	b := newBook(t)
	k := b.r.Schema().Kind("programs")
	p := &partnership.Program{ID: 1, Name: "Snow school"}
	undo := b.add(field.Entry{Verb: field.TakenBack, Of: 99,
		Changes: []field.RecordChange{{Kind: k, ID: 1, Before: p, After: nil}}})
	b.want("0| Deleted program Snow school")
	b.back(field.MadeAgain, undo)
	b.want("0|- Deleted program Snow school")
}

func TestHiddenFieldsNeverReachTheMinutes(t *testing.T) {
	b := newBook(t)
	b.put("people", 1, &partnership.Person{ID: 1, Partner: 1, Name: "Peg Whitlock", Mobile: "816-555-0199"})
	b.put("people", 1, &partnership.Person{ID: 1, Partner: 1, Name: "Peg Whitlock", Mobile: "816-555-0199",
		Phone: "816-555-0111"})
	b.put("people", 3, &partnership.Person{ID: 3, Partner: 1, Name: "New Hire", Mobile: "816-555-0777"})
	b.put("people", 3, nil)
	text := strings.Join(b.texts(), "\n")
	if strings.Contains(text, "0199") || strings.Contains(text, "0777") {
		t.Errorf("a private number is in %s", text)
	}
	for _, want := range []string{"details that are not shown here", "phone nothing → 816-555-0111",
		"Added person New Hire", "Deleted person New Hire"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
}

func TestWhatIsTakenBackIsStruck(t *testing.T) {
	b := newBook(t)
	unit := func(id uint64, tag string) uint64 {
		return b.put("equipment", id, &lending.Equipment{ID: lending.EquipmentID(id), Tag: tag, Name: "Unit", Owner: 1})
	}
	unit(1, "A")
	wrong := unit(2, "B")
	undo := b.back(field.TakenBack, wrong)
	unit(3, "C")
	b.want("0| Raytown: 2 equipment added: A Unit; C Unit", "0|- Raytown: Added unit B Unit")
	b.back(field.MadeAgain, undo)
	b.want("0| Raytown: 3 equipment added: A Unit; B Unit; C Unit")
	k, before := b.r.Schema().Kind("equipment"), &lending.Equipment{ID: 9, Tag: "Z", Name: "Old", Owner: 2, Note: "a"}
	b.add(field.Entry{Verb: field.TakenBack, Of: 77, Title: "secret words",
		Changes: []field.RecordChange{{Kind: k, ID: 9, Before: before, After: nil}}})
	if got := b.texts(); got[len(got)-1] != "0| Grandview: Deleted unit Z Old" {
		t.Errorf("what was done before the meeting and is taken back in it: %v", got)
	}
}

func TestACaptureIsCorrectedInPlace(t *testing.T) {
	b := newBook(t)
	b.put("decisions", 1, &meeting.Decision{ID: 1, Meeting: 1, Text: "Renew for two year"})
	b.put("decisions", 1, &meeting.Decision{ID: 1, Meeting: 1, Text: "Renew for two years"})
	b.put("notes", 1, &meeting.Note{ID: 1, Meeting: 1, Text: "Not this"})
	b.put("notes", 1, nil)
	b.r.Put("actions", &meeting.Action{ID: 9, What: "Old promise", Who: 1, State: meeting.ActionOpen})
	b.put("actions", 9, &meeting.Action{ID: 9, What: "Old promise", Who: 1, State: meeting.ActionDone})
	b.want("0| Decided: Renew for two years", "0|- Not this", "0| Done: Action: Peg Whitlock: Old promise")
}

// However entries are mixed and taken back, each change stands in exactly one
// line, and a line is struck just when all that made it was taken back.
func TestEveryChangeStandsInOneLine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBook(t)
		kinds := []string{"equipment", "notes"}
		stands := map[uint64]bool{} // revisions that changed a record
		var revs []uint64
		for range rapid.IntRange(1, 25).Draw(rt, "changes") {
			if len(revs) > 0 && rapid.IntRange(0, 3).Draw(rt, "undo") == 0 {
				of := revs[len(revs)-1]
				revs = revs[:len(revs)-1]
				stands[of] = false
				b.back(field.TakenBack, of)
				continue
			}
			var rev uint64
			id := uint64(len(b.entries) + 1)
			switch rapid.SampledFrom(kinds).Draw(rt, "kind") {
			case "equipment":
				rev = b.put("equipment", id, &lending.Equipment{ID: lending.EquipmentID(id), Tag: "T", Name: "U",
					Owner: partnership.PartnerID(1 + id%2)})
			default:
				rev = b.put("notes", id, &meeting.Note{ID: field.ID[meeting.Note](id), Meeting: 1, Text: "said"})
			}
			stands[rev] = true
			revs = append(revs, rev)
		}
		seen := map[uint64]int{}
		for _, l := range b.lines() {
			for _, rev := range l.Revs {
				seen[rev]++
				if l.Struck == stands[rev] {
					rt.Fatalf("revision %d stands: %v, but its line is struck: %v", rev, stands[rev], l.Struck)
				}
			}
		}
		for rev := range stands {
			if seen[rev] != 1 {
				rt.Fatalf("revision %d is in %d lines", rev, seen[rev])
			}
		}
	})
}

func TestCapturesAreRead(t *testing.T) {
	env := field.NewEnv(newBook(t).r, today)
	for _, c := range []struct {
		line, what string
		who        partnership.PersonID
		due        value.Day
	}{
		{"dana: ask three vendors by Dec 18", "ask three vendors", 2, value.Date(2026, 12, 18)},
		{"reyes: call", "call", 2, 0},
		{"stop by the yard", "stop by the yard", 0, 0},
		{"ratio 3:1 is enough", "ratio 3:1 is enough", 0, 0},
		{"peg w: send it, by tomorrow", "send it", 1, today + 1},
		{"dana:", "dana:", 0, 0},
	} {
		a := meeting.ReadAction(env, c.line)
		if a.What != c.what || a.Who != c.who || a.Due.Or(0) != c.due || a.State != meeting.ActionOpen {
			t.Errorf("%q: %+v", c.line, a)
		}
	}
	if m := meeting.ReadMotion(env, "peg/dana: renew"); m.Mover != 1 || m.Seconder != 2 || m.Text != "renew" {
		t.Errorf("%+v", m)
	}
	if m := meeting.ReadMotion(env, "peg/nobody: renew"); m.Mover != 0 || m.Text != "peg/nobody: renew" {
		t.Errorf("%+v", m)
	}
}

func FuzzCapture(f *testing.F) {
	for _, s := range []string{"dana: call by fri", ":", " by ", "a/b:c", "ümlaut: x by 2026-99-99", "x by y by dec 1",
		"\xe3 BY f", "İİİ BY fri"} {
		f.Add(s)
	}
	env := field.NewEnv(newBook(f).r, today)
	f.Fuzz(func(t *testing.T, line string) {
		a, m := meeting.ReadAction(env, line), meeting.ReadMotion(env, line)
		if strings.TrimSpace(line) != "" && (a.What == "" || m.Text == "") {
			t.Errorf("%q: nothing is left of what was typed: %q %q", line, a.What, m.Text)
		}
	})
}

// Who may sign in, with which key, is nowhere in minutes, whatever was done with
// it; neither is what a release or an assessment holds.
func TestUsersAndResultsAreNotInTheMinutes(t *testing.T) {
	b := newBook(t)
	user := accounts.User{ID: 1, Login: "peg.w", Name: "Peg W", Role: accounts.UserEditor, Partner: 1}
	b.put("users", 1, &user)
	keyed := user
	keyed.Keys = []accounts.UserKey{{Fingerprint: "SHA256:abc", Comment: "peg@home"}}
	rev := b.put("users", 1, &keyed)
	b.back(field.TakenBack, rev)
	b.add(field.Entry{Verb: field.TakenBack, Of: 99, Title: "key of peg.w",
		Changes: []field.RecordChange{{Kind: b.r.Schema().Kind("users"), ID: 1, Before: &keyed, After: &user}}})
	b.put("users", 1, nil)
	b.want()
	b.put("assessments", 1, &cyber.Assessment{ID: 1, Partner: 1})
	b.put("assessments", 2, &cyber.Assessment{ID: 2, Partner: 2})
	b.put("consents", 1, &cyber.Consent{ID: 1, Partner: 1})
	b.want("0| Raytown: 1 assessment added", "0| Grandview: 1 assessment added", "0| Raytown: 1 sharing consent added")
}

// What becomes of an action of an earlier meeting is told, and is no action of
// this one.
func TestWhatWasDoneSinceIsNoNewAction(t *testing.T) {
	b := newBook(t)
	old := meeting.Action{ID: 7, Meeting: 4, What: "Ask for prices", Who: 2, State: meeting.ActionOpen}
	b.r.Put("actions", &old)
	done := old
	done.State = meeting.ActionDone
	b.put("actions", 7, &done)
	if l := b.lines(); len(l) != 1 || l[0].Sort != meeting.Work ||
		l[0].Text != "Done: Action: Dana Reyes: Ask for prices" {
		t.Errorf("%+v", l)
	}
}

// Lines come back from the record as they went into it.
func TestKeptLinesComeBack(t *testing.T) {
	var lines []meeting.Line
	for s := meeting.Work; s <= meeting.Order; s++ {
		lines = append(lines, meeting.Line{At: today.At(9, int(s)), Item: 1, Sort: s, Text: "x",
			Struck: s == meeting.Moved})
	}
	got := meeting.Kept(meeting.Keep(lines))
	for i := range lines {
		if got[i].Sort != lines[i].Sort || got[i].Text != lines[i].Text || got[i].Struck != lines[i].Struck ||
			got[i].At != lines[i].At {
			t.Errorf("%+v came back as %+v", lines[i], got[i])
		}
	}
}

func TestAMotionSaysWhoMissesAndWhatItNeeded(t *testing.T) {
	env := field.NewEnv(newBook(t).r, today)
	for want, m := range map[string]*meeting.Motion{
		"Motion: Renew (moved by Peg Whitlock, not seconded). No vote was taken": {Text: "Renew", Mover: 1},
		"Motion: Renew (mover and seconder not recorded). No vote was taken":     {Text: "Renew"},
		"Motion: Renew (seconded by Dana Reyes). 1 yes, 0 no. Failed (needed: a majority of all members)": {Text: "Renew", Seconder: 2,
			Threshold: meeting.MajorityMembers, Outcome: meeting.Failed,
			Votes: []meeting.Ballot{{Partner: 1, Vote: meeting.VoteYes}}},
	} {
		if got := meeting.MotionText(env, m); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
