package assess_test

import (
	"context"
	"slices"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// desk is a Writer at which city 5 answers the newest of two cycles.
func desk() *fieldtest.Writer {
	w := fieldtest.NewWriter(model.NewSchema(), fieldtest.Saturday.At(9, 0))
	w.By = field.Actor{Partner: 5, Name: "Ana"}
	for _, rec := range []any{
		&partnership.Partner{ID: 5, Name: "Raytown", Kind: partnership.City, Status: partnership.Member},
		&partnership.Partner{ID: 6, Name: "MARC", Kind: partnership.Facilitator, Status: partnership.Member},
		&cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20},
		&cyber.Cycle{ID: 2, Year: 2025, Framework: framework.CSF11},
	} {
		w.Add(rec)
	}
	return w
}

func viewOf(w *fieldtest.Writer) field.Viewpoint {
	return field.Viewpoint{Reader: w, By: w.By, Now: w.At}
}

func asked(item string) assess.Question {
	return assess.Question{Of: assess.Of{Cycle: 1, Partner: 5}, Item: item}
}

// TestHistoryNamesTheQuestion and what was done about it, and an assessment by its
// city and year.
func TestHistoryNamesTheQuestion(t *testing.T) {
	w := desk()
	q := asked("PR.AA-01")
	w.Add(&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: cyber.AssessmentDraft})
	w.Add(&cyber.Assessment{ID: 2, Cycle: 9, Partner: 9, State: cyber.AssessmentDraft})
	for _, c := range []struct {
		act  string
		id   uint64
		args any
		want string
	}{
		{"answer.give", 0, &assess.Answering{Question: q}, "answer PR.AA-01"},
		{"answer.note", 0, &assess.Noting{Question: q}, "note on PR.AA-01"},
		{"answer.flag", 0, &assess.Flagging{Question: q}, "flag PR.AA-01"},
		{"answer.flag", 0, &assess.Flagging{Question: q, Off: true}, "take the flag off PR.AA-01"},
		{"answer.tested", 0, &assess.Testing{Question: q}, "test date of PR.AA-01"},
		{"answer.accept-risk", 0, &assess.Accepting{Question: q}, "risk acceptance of PR.AA-01"},
		{"answer.remedy", 0, &assess.Remedying{Question: q}, "remedy for PR.AA-01"},
		{"answer.remedy", 0, &assess.Remedying{Question: q, Remedy: cyber.Remedy{State: cyber.RemedyOpen}},
			"remedy for PR.AA-01"},
		{"answer.remedy", 0, &assess.Remedying{Question: q, Remedy: cyber.Remedy{State: cyber.RemedyDone}},
			"done: PR.AA-01"},
		{"assess.submit", 1, &assess.Preparing{}, "send it for review: Raytown 2026"},
		{"assess.lock", 2, &field.NoArgs{}, "lock it: the city"},
		{"assess.begin", 0, &assess.Beginning{Of: q.Of}, "begin Raytown's self-assessment"},
	} {
		a := assess.Acts().Named(c.act)
		var rec any
		if a.On != "" {
			rec = w.Get(a.On, c.id)
		}
		if got := a.HistoryTitle(viewOf(w), rec, c.args); got != c.want {
			t.Errorf("%s: %q, want %q", c.act, got, c.want)
		}
	}
}

// TestAFormBeginsWithOnesOwn: one's own city and the newest cycle.
func TestAFormBeginsWithOnesOwn(t *testing.T) {
	w := desk()
	v := viewOf(w)
	if got := assess.Acts().Named("answer.give").NewArgs(v, nil).(*assess.Answering); got.Of !=
		(assess.Of{Cycle: 1, Partner: 5}) {
		t.Errorf("an answer begins with %+v", got)
	}
	if got := assess.Acts().Named("assess.begin").NewArgs(v, nil).(*assess.Beginning); got.By != "Ana" ||
		got.Cycle != 1 || got.Carry {
		t.Errorf("an assessment begins with %+v", got)
	}
	if got := assess.Acts().Named("solution.suggest").NewArgs(v, nil).(*assess.Suggesting); got.Framework !=
		framework.CSF20 {
		t.Errorf("suggestions are for %+v", got)
	}
	w.Add(&cyber.Cycle{ID: 3, Year: 2027, Framework: framework.CSF11})
	if got := assess.Acts().Named("solution.suggest").NewArgs(v, nil).(*assess.Suggesting); got.Framework !=
		framework.CSF11 {
		t.Errorf("suggestions are for %+v where the newest cycle asks by CSF 1.1", got)
	}
}

// TestAnAnswerIsOneRecord: each step with a question changes the answer of its city
// and cycle, and begins one where there is none.
func TestAnAnswerIsOneRecord(t *testing.T) {
	w := desk()
	w.Add(&cyber.Answer{ID: 1, Cycle: 2, Partner: 5, Item: "PR.AA-01", Note: "last year"})
	w.Add(&cyber.Answer{ID: 2, Cycle: 1, Partner: 6, Item: "PR.AA-01", Note: "another's"})
	do := func(name string, args any) *cyber.Answer {
		t.Helper()
		a := assess.Acts().Named(name)
		if err := a.May(viewOf(w), nil); err != nil {
			t.Fatal(err)
		}
		plan, err := a.Plan(context.Background(), viewOf(w), nil, args)
		if err != nil {
			t.Fatal(err)
		}
		done, err := a.Do(w, 0, args, plan)
		if err != nil {
			t.Fatal(err)
		}
		return w.Get("answers", done.ID).(*cyber.Answer)
	}
	first := do("answer.note", &assess.Noting{Question: asked("PR.AA-01"), Note: "room 12"})
	if first.ID != 3 || first.Cycle != 1 || first.Partner != 5 || first.Item != "PR.AA-01" || first.Note != "room 12" {
		t.Errorf("%+v", first)
	}
	if got := do("answer.flag", &assess.Flagging{Question: asked("PR.AA-01")}); got.ID != 3 || !got.Flag ||
		got.Note != "room 12" {
		t.Errorf("flagged: %+v", got)
	}
	if got := do("answer.flag", &assess.Flagging{Question: asked("PR.AA-01"), Off: true}); got.Flag {
		t.Errorf("the flag is on still: %+v", got)
	}
	if got := do("answer.flag", &assess.Flagging{Question: asked("PR.AA-02")}); got.ID != 4 || got.Note != "" {
		t.Errorf("another question: %+v", got)
	}
	if got := do("answer.tested", &assess.Testing{Question: asked("PR.AA-01"), On: fieldtest.On(-3)}); got.Tested !=
		fieldtest.On(-3) {
		t.Errorf("%+v", got)
	}
	given := do("answer.give", &assess.Answering{Question: asked("PR.AA-01"), Level: cyber.Documented,
		Was: cyber.Informal})
	if given.Level != cyber.Documented || given.Was != cyber.Informal || given.ConfirmedBy != "Ana" ||
		given.Confirmed != fieldtest.On(0) {
		t.Errorf("%+v", given)
	}
	if again := do("answer.give", &assess.Answering{Question: asked("PR.AA-01"), Level: cyber.Tested}); again.Was !=
		cyber.Informal {
		t.Errorf("last year's level is lost: %+v", again)
	}
	accepted := do("answer.accept-risk", &assess.Accepting{Question: asked("PR.AA-02"), Approver: "Manager",
		Reason: "old pump", Until: fieldtest.On(9)})
	if accepted.Reason != "old pump" ||
		accepted.Acceptance != (cyber.Acceptance{Approver: "Manager", Expires: fieldtest.On(9)}) {
		t.Errorf("%+v", accepted)
	}
	w.By = field.Actor{Name: "Nobody"}
	if err := assess.Acts().Named("answer.give").May(viewOf(w), nil); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("somebody of no city answers: %v", err)
	}
}

// TestOnlyCitiesAssess, each once in a cycle.
func TestOnlyCitiesAssess(t *testing.T) {
	w := desk()
	begin := func(of partnership.PartnerID) (field.Result, error) {
		return assess.Acts().Named("assess.begin").
			Do(w, 0, &assess.Beginning{Of: assess.Of{Cycle: 1, Partner: of}, By: "Ana"}, nil)
	}
	first, err := begin(5)
	if err != nil || w.Get("assessments", first.ID).(*cyber.Assessment).PreparedBy != "Ana" {
		t.Fatalf("%+v %v", first, err)
	}
	if again, err := begin(5); err != nil || again.ID != first.ID {
		t.Errorf("begun twice: %+v %v", again, err)
	}
	for _, of := range []partnership.PartnerID{6, 99} {
		if _, err := begin(of); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("begun by %d: %v", of, err)
		}
	}
}

// TestEveryMemberCityIsInvited, but those of which the cycle says something already.
func TestEveryMemberCityIsInvited(t *testing.T) {
	w := desk()
	w.Add(&partnership.Partner{ID: 7, Name: "Oak Mills", Kind: partnership.City, Status: partnership.Withdrawn})
	w.Add(&partnership.Partner{ID: 8, Name: "Grandview", Kind: partnership.City, Status: partnership.Member})
	w.Add(&cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20,
		Cities: []cyber.CycleCity{{Partner: 8, Part: cyber.StaysOut, Reason: "new server"}}})
	done, err := assess.Acts().Named("cycle.invite").Do(w, 1, nil, nil)
	if err != nil || done.Text != "All member cities take part: 1 city." {
		t.Errorf("%+v %v", done, err)
	}
	want := []cyber.CycleCity{{Partner: 8, Part: cyber.StaysOut, Reason: "new server"},
		{Partner: 5, Part: cyber.TakesPart}}
	if got := w.Get("cycles", 1).(*cyber.Cycle).Cities; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// TestStepsOfAnAssessmentAreNoted: who prepared, returned, approved, locked and
// reopened it, and when; a way back takes the sign-off away.
func TestStepsOfAnAssessmentAreNoted(t *testing.T) {
	w := desk()
	w.Add(&cyber.Assessment{ID: 1, Cycle: 1, Partner: 5, State: cyber.AssessmentDraft})
	take := func(name string, args any) *cyber.Assessment {
		t.Helper()
		a := assess.Acts().Named(name)
		if err := a.May(viewOf(w), w.Get(a.On, 1)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := a.Do(w, 1, args, nil); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return w.Get("assessments", 1).(*cyber.Assessment)
	}
	today := fieldtest.On(0)
	if s := take("assess.submit", &assess.Preparing{By: "Ana"}); s.State != cyber.AssessmentInReview ||
		s.PreparedBy != "Ana" || s.Submitted != today {
		t.Errorf("submitted: %+v", s)
	}
	if s := take("assess.return", &assess.Because{Reason: "PR.AA is thin"}); s.State != cyber.AssessmentReturned ||
		s.Returned != "PR.AA is thin" {
		t.Errorf("returned: %+v", s)
	}
	if s := take("assess.submit", &assess.Preparing{By: "Bo"}); s.PreparedBy != "Ana" {
		t.Errorf("who prepared it first is lost: %+v", s)
	}
	if s := take("assess.approve", &assess.Signing{Name: "Cy", Office: "Manager"}); s.State !=
		cyber.AssessmentApproved || s.ApprovedBy != "Cy" ||
		s.Office != "Manager" || s.Approved != today {
		t.Errorf("approved: %+v", s)
	}
	if s := take("assess.lock", &field.NoArgs{}); s.State != cyber.AssessmentLocked || s.Locked != today {
		t.Errorf("locked: %+v", s)
	}
	s := take("assess.reopen", &assess.Because{Reason: "a typing error"})
	if s.State != cyber.AssessmentReopened || s.Reopened != "a typing error" || s.Locked.Set || s.Approved.Set ||
		s.ApprovedBy != "" || s.Office != "" {
		t.Errorf("reopened: %+v", s)
	}
	if s := take("assess.submit", &assess.Preparing{}); s.State != cyber.AssessmentInReview {
		t.Errorf("submitted again: %+v", s)
	}
	if s := take("assess.return", &assess.Because{}); s.Approved != (value.Opt[value.Day]{}) {
		t.Errorf("%+v", s)
	}
}
