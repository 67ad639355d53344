package assess

import (
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/value"
)

// onAssessment is an act on a city's assessment.
type onAssessment[A any] = field.ActOn[cyber.Assessment, A]

// of gives whose assessment of which cycle a record is.
func of(s *cyber.Assessment) Of { return Of{s.Cycle, s.Partner} }

// into completes an act that takes an assessment to a state: from the states
// that come before it, noting what change notes.
func into[A any](d onAssessment[A], to cyber.AssessmentState,
	change func(w field.Writer, next *cyber.Assessment, a *A)) *field.Act {
	d.May = func(_ field.Viewpoint, s *cyber.Assessment) error { return s.State.MayBecome(to) }
	title := strings.ToLower(d.Title)
	d.History = func(v field.Viewpoint, s *cyber.Assessment, _ *A) string { return title + ": " + titleOf(v, of(s)) }
	before := d.Do
	d.Do = func(w field.Writer, s *cyber.Assessment, a *A, plan any) (field.Result, error) {
		err := field.Change(w, s.ID, func(next *cyber.Assessment) error {
			next.State = to
			change(w, next, a)
			return nil
		})
		if err == nil && before != nil {
			_, err = before(w, s, a, plan)
		}
		return field.Done(titleOf(w, of(s)) + " is " + string(to) + "."), err
	}
	return d.Act()
}

// Preparing is who prepared an assessment that goes to review.
type Preparing struct{ By string }

func submitAct() *field.Act {
	return into(onAssessment[Preparing]{Name: "assess.submit", Title: "Send it for review",
		Words: []string{"submit an assessment"},
		Help:  "Sends a city's assessment to whoever approves it.",
		Args: []field.Field[Preparing]{
			field.Text(1, "prepared_by", "Prepared by", func(p *Preparing) *string { return &p.By }),
		},
		Fill: func(v field.Viewpoint, _ *cyber.Assessment, p *Preparing) { p.By = v.By.Name },
	}, cyber.AssessmentInReview, func(w field.Writer, next *cyber.Assessment, p *Preparing) {
		next.Submitted = value.Some(w.Now().Day())
		if by := w.Actor(); by.SignedIn {
			next.SentBy, next.SentLogin = by.User, by.Name
		}
		if next.PreparedBy == "" {
			next.PreparedBy = p.By
		}
	})
}

// Because is the reason for a way back.
type Because struct{ Reason string }

func because(help string) []field.Field[Because] {
	reason := field.Text(1, "reason", "Reason", func(b *Because) *string { return &b.Reason })
	return []field.Field[Because]{reason.Required().Help(help)}
}

func returnAct() *field.Act {
	return into(onAssessment[Because]{Name: "assess.return", Title: "Return it",
		Words: []string{"send it back"}, Rest: "reason",
		Args: because("Why is it returned?"),
		Help: "Sends an assessment back to those who prepare it, with a reason. Answers can change again."},
		cyber.AssessmentReturned, func(_ field.Writer, next *cyber.Assessment, b *Because) {
			next.Returned = b.Reason
			unsign(next)
		})
}

// unsign takes a sign-off away.
func unsign(s *cyber.Assessment) {
	s.ApprovedBy, s.Office, s.Approved, s.SignLogin, s.Alone = "", "", value.Opt[value.Day]{}, "", ""
}

// alone reports whether the login that sent an assessment for review would approve
// it too.
func alone(w field.Writer, s *cyber.Assessment) bool {
	by := w.Actor()
	return by.SignedIn && s.SentBy != "" && s.SentBy == by.User
}

// Signing is who approves an assessment.
type Signing struct{ Name, Office string }

func approveAct() *field.Act {
	return into(onAssessment[Signing]{Name: "assess.approve", Title: "Approve it",
		Words: []string{"sign off"}, Effect: field.Final,
		Help: "Records the sign-off by the city's official, by another login than sent it. " +
			"It is refused, naming what is missing, while an answer " +
			"is open, " +
			"inherited or lacks what has to stand behind it.",
		Args: []field.Field[Signing]{
			field.Text(1, "name", "Approved by", func(s *Signing) *string { return &s.Name }).Required().
				Help("Who approves it?"),
			field.Text(2, "office", "Office", func(s *Signing) *string { return &s.Office }).Example("City manager"),
		},
		Do: func(w field.Writer, s *cyber.Assessment, _ *Signing, _ any) (field.Result, error) {
			if !alone(w, s) {
				return field.Result{}, nil
			}
			return field.Result{}, field.Unanswered(w,
				field.Doubt{About: "second", Sentence: "you sent this for review " +
					"yourself, and a sign-off takes two logins: let another of your city record it"})
		}}, cyber.AssessmentApproved, func(w field.Writer, next *cyber.Assessment, s *Signing) {
		next.ApprovedBy, next.Office, next.Approved = s.Name, s.Office, value.Some(w.Now().Day())
		if w.Actor().SignedIn {
			next.SignLogin = w.Actor().Name
		}
		if o := w.Override(); alone(w, next) && o != nil {
			next.Alone = o.Name + ", " + o.Reason
		}
	})
}

func lockAct() *field.Act {
	return into(onAssessment[field.NoArgs]{Name: "assess.lock", Title: "Lock it",
		Words: []string{"fix the answers"}, Effect: field.Final,
		Help: "Fixes an approved assessment: no answer changes any more, and a release becomes possible."},
		cyber.AssessmentLocked, func(w field.Writer, next *cyber.Assessment, _ *field.NoArgs) {
			next.Locked = value.Some(w.Now().Day())
		})
}

func reopenAct() *field.Act {
	return into(onAssessment[Because]{Name: "assess.reopen", Title: "Reopen it", Words: []string{"unlock"},
		Rest:   "reason",
		Effect: field.Final, Trusted: true, Args: because("Why is it reopened? The reason stays in its history."),
		Help: "Opens a locked assessment again, for a reason. A release made from it is taken back unless " +
			"results have been shared already; those stay as they were.",
		Do: func(w field.Writer, s *cyber.Assessment, _ *Because, _ any) (field.Result, error) {
			v, y := cyber.ReleaseOf(w, s.Cycle, s.Partner), field.Get(w, s.Cycle)
			if v == nil || y == nil || y.Published.Set {
				return field.Result{}, nil
			}
			if err := field.Delete(w, v.ID); err != nil {
				return field.Result{}, err
			}
			if err := recalled(w, s.Cycle, s.Partner); err != nil {
				return field.Result{}, err
			}
			return field.Result{}, share(w, s.Cycle)
		}}, cyber.AssessmentReopened, func(_ field.Writer, next *cyber.Assessment, b *Because) {
		next.Reopened, next.Locked = b.Reason, value.Opt[value.Day]{}
		unsign(next)
	})
}
