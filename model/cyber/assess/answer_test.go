package assess_test

import (
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// item names a question of city 2's sheet.
func (h *hall) item(name string) assess.Question {
	return assess.Question{Of: assess.Of{Cycle: h.now, Partner: 2}, Item: name}
}

// onFile gives city 2's answer to a question.
func (h *hall) onFile(name string) cyber.Answer {
	for a := range field.Of[cyber.Answer](h.st.As(city(2)).View(), "cycle", h.now) {
		if a.Partner == 2 && a.Item == name {
			return *a
		}
	}
	return cyber.Answer{}
}

// TestWhatStoodBehindAnotherLevelGoes: the reason and the acceptance of a risk
// belong to the level that they were given for; a note and a flag to the
// question.
func TestWhatStoodBehindAnotherLevelGoes(t *testing.T) {
	h := newHall(t)
	q := h.item("PR.AA-01")
	give := func(level cyber.Level, reason string) {
		t.Helper()
		h.must(city(2), "answer.give", 0, func(args any) {
			*args.(*assess.Answering) = assess.Answering{Question: q, Level: level, Reason: reason}
		})
	}
	give(cyber.RiskAccepted, "")
	h.must(city(2), "answer.accept-risk", 0, func(args any) {
		*args.(*assess.Accepting) = assess.Accepting{Question: q, Approver: "Sam", Reason: "no money",
			Until: value.Some[value.Day](21000)}
	})
	h.must(city(2), "answer.note", 0,
		func(args any) { *args.(*assess.Noting) = assess.Noting{Question: q, Note: "room 12"} })
	h.must(city(2), "answer.flag", 0, func(args any) { *args.(*assess.Flagging) = assess.Flagging{Question: q} })
	if a := h.onFile(q.Item); a.Reason != "no money" || a.Acceptance.Approver != "Sam" || !a.Flag ||
		a.ConfirmedBy != "Ana" {
		t.Errorf("%+v", a)
	}
	give(cyber.Documented, "")
	if a := h.onFile(q.Item); a.Reason != "" || a.Acceptance != (cyber.Acceptance{}) || a.Note != "room 12" || !a.Flag {
		t.Errorf("%+v", a)
	}
	give(cyber.NotApplicable, "the county runs it")
	if a := h.onFile(q.Item); a.Reason != "the county runs it" || a.Level != cyber.NotApplicable {
		t.Errorf("%+v", a)
	}
}

// TestOnlyACityAnswers its own questions, and whoever is of no city none.
func TestOnlyACityAnswers(t *testing.T) {
	h := newHall(t)
	for _, id := range []access.Identity{city(3), marc(), {User: "a", Role: access.Admin},
		{User: "e", Role: access.Editor, Partner: 2},
		{User: "n", Role: access.Assessor}} {
		_, err := h.act(id, "answer.give", 0, func(args any) {
			*args.(*assess.Answering) = assess.Answering{Question: h.item("PR.AA-01"), Level: cyber.Documented}
		})
		if failure.CodeOf(err) != failure.Forbidden {
			t.Errorf("%s of %d answers for city 2: %v", id.Role, id.Partner, err)
		}
	}
}

// TestARemedyGoesOnAfterTheLock, when no answer changes any more.
func TestARemedyGoesOnAfterTheLock(t *testing.T) {
	h := newHall(t)
	h.complete(2, cyber.Informal)
	h.must(city(2), "answer.remedy", 0, func(args any) {
		*args.(*assess.Remedying) = assess.Remedying{Question: h.item("PR.AA-01"),
			Remedy: cyber.Remedy{Step: "patch", Owner: "IT lead"}}
	})
	if a := h.onFile("PR.AA-01"); a.Remedy.State != cyber.RemedyOpen || a.Remedy.Step != "patch" ||
		a.Level != cyber.Informal {
		t.Errorf("%+v", a)
	}
}

// TestARemedyKeepsWhatIsNotSaidAnew: a step further takes nothing away of what
// was noted; the whole of it, as a form gives it, does.
func TestARemedyKeepsWhatIsNotSaidAnew(t *testing.T) {
	h := newHall(t)
	h.complete(2, cyber.Informal)
	say := func(x assess.Remedying) cyber.Remedy {
		x.Question = h.item("PR.AA-01")
		h.must(city(2), "answer.remedy", 0, func(args any) { *args.(*assess.Remedying) = x })
		return h.onFile("PR.AA-01").Remedy
	}
	noted := cyber.Remedy{Step: "patch", Owner: "IT lead", Due: value.Some[value.Day](20700),
		Cost:  value.Some[value.Cents](900),
		State: cyber.RemedyOpen}
	say(assess.Remedying{Remedy: noted})
	noted.State = cyber.RemedyStarted
	if got := say(assess.Remedying{Remedy: cyber.Remedy{State: cyber.RemedyStarted}}); got != noted {
		t.Errorf("started: %+v", got)
	}
	noted.Owner = "Dana Reyes"
	if got := say(assess.Remedying{Remedy: cyber.Remedy{Owner: "Dana Reyes"}}); got != noted {
		t.Errorf("somebody else does it: %+v", got)
	}
	bare := cyber.Remedy{Step: "patch", State: cyber.RemedyDone}
	if got := say(assess.Remedying{Remedy: bare, Whole: true}); got != bare {
		t.Errorf("all of it anew: %+v", got)
	}
}

// TestStepsFollowEachOther: a step that is not due says what is.
func TestStepsFollowEachOther(t *testing.T) {
	h := newHall(t)
	h.must(city(2), "assess.begin", 0, func(args any) { args.(*assess.Beginning).Of = h.item("").Of })
	for _, name := range []string{"assess.approve", "assess.lock", "assess.reopen", "assess.return"} {
		_, err := h.act(city(2), name, h.assessment(2), nil)
		if err == nil || err.Error() == "" || failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%s of a draft: %v", name, err)
		}
	}
	h.must(city(2), "assess.submit", h.assessment(2), nil)
	_, err := h.act(city(2), "assess.release", h.assessment(2), nil)
	if failure.CodeOf(err) != failure.Invalid {
		t.Errorf("released before the lock: %v", err)
	}
}

// TestSuggestionsAreAddedOnce, by whoever speaks for all.
func TestSuggestionsAreAddedOnce(t *testing.T) {
	h := newHall(t)
	set := func(args any) { args.(*assess.Suggesting).Framework = framework.CSF20 }
	first, again := h.must(marc(), "solution.suggest", 0, set), h.must(marc(), "solution.suggest", 0, set)
	if first.Detail == 0 || again.Detail != 0 {
		t.Errorf("added %v, then %v", first.Detail, again.Detail)
	}
	if _, err := h.act(city(2), "solution.suggest", 0, set); failure.CodeOf(err) != failure.Forbidden {
		t.Errorf("a city adds them: %v", err)
	}
}
