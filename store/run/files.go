package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"interlocal/model/access"
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
)

// Files takes files in for somebody: what the dashboard and the commands share
// of an import.
//
// Package exchange reads a file and says what each row would do; Files gives it
// what only the store knows (what records were like when the file was written)
// and carries the plan out in one update, so that one undo takes the whole file
// back. A row that comes from elsewhere does what an act declares for its kind:
// an imported hand-over hands over. A row that bears the number and the revision
// of an export is copied. Good rows are kept when others are refused.
type Files struct {
	store *store.Store
	me    *store.Session
	rules exchange.Rules
	// Answer is what somebody puts to the doubts that rows raise; nil lets them
	// stand, since what has happened is recorded all the same, and tells them.
	Answer *field.Override
	// Stop is asked now and then whether to go on; an error ends the work. Nil goes on.
	Stop func() error
}

// NewFiles takes files in as an identity, by the rules given.
func NewFiles(st *store.Store, id access.Identity, rules exchange.Rules) *Files {
	return &Files{store: st, me: st.As(id), rules: rules}
}

// historyLimit is how many changes of a record are looked through for the state
// that a file was written from.
const historyLimit = 500

// Records is where a plan looks existing records up: a view, or a transaction
// in which other kinds have been taken in already.
type Records interface {
	field.Reader
	RevOf(kind string, id uint64) uint64
}

// Plan works out what a sheet would do to the records somebody has.
func (f *Files) Plan(have Records, today value.Day, s *spreadsheet.Sheet,
	m *spreadsheet.Mapping) (*exchange.Plan, error) {
	return f.PlanPart(have, today, s, m, false)
}

// PlanPart is Plan for a part of a file that holds several kinds; elsewhere says
// that another part has shown the file's numbers not to be the ones used here.
func (f *Files) PlanPart(have Records, today value.Day, s *spreadsheet.Sheet, m *spreadsheet.Mapping, elsewhere bool) (
	*exchange.Plan, error) {
	env := field.NewEnv(have, today)
	env.Clock = f.me.Now
	env.Elsewhere, env.Listed = elsewhere, f.listed()
	if f.rules.Form != nil {
		if p, err := f.rules.Form(s, m, env); p != nil || err != nil {
			return p, err
		}
	}
	return exchange.NewPlan(s, m, m.Kind, env, exchange.PlanOptions{
		Strict: f.Doubting(m.Kind.Name) || m.Kind.Numbered || m.Kind.Final || m.Kind.Scope == field.ScopeAnswers ||
			m.Kind.Scope == field.ScopeReleased,
		RevOf:   func(id uint64) uint64 { return f.me.Stamp(have.RevOf(m.Kind.Name, id)) },
		Base:    func(id, rev uint64) (any, bool) { return asOf(f.me, m.Kind.Name, id, rev) },
		GivenUp: f.me.GivenUp,
		Stop:    f.Stop,
	})
}

// asOf gives a record as the viewer would have seen it when a file with its stamp
// left. A file that left before this one went back to a backup is of no use for that.
func asOf(me *store.Session, kind string, id, stamp uint64) (any, bool) {
	rev, ok := me.Revision(stamp)
	if !ok {
		return nil, false
	}
	changes, err := me.History(kind, id, historyLimit)
	if err != nil {
		return nil, false
	}
	for _, c := range changes {
		if c.Rev <= rev {
			return c.After, c.After != nil
		}
		if c.BeforeRev == rev { // what made it so may be purged
			return c.Before, c.Before != nil
		}
	}
	return nil, false
}

// Outcome is what an import did, in rows.
type Outcome struct {
	Added, Changed, Same, Refused int
	Asked                         int                 // of the rows refused, those that nobody has answered for
	Faults                        []spreadsheet.Fault // why rows were left out; one row may have several
	Doubts                        []spreadsheet.Fault // of rows taken all the same, which nobody has answered

	Raised field.Doubts // each doubt of theirs once, and of rows left out for want of an answer

	brought runs // of a kind that is known by its numbers: the record of each row
}

// String says the outcome in one line.
func (o Outcome) String() string {
	s := fmt.Sprintf("%d added, %d changed, %d the same, %d refused", o.Added, o.Changed, o.Same, o.Refused)
	if len(o.Doubts) > 0 {
		s += ", " + spreadsheet.Counted(len(o.Doubts), "doubt") + " that nobody has answered"
	}
	return s
}

// PlanWithout works out what a sheet would do to the records of a kind, leaving
// out the columns that were written for whoever filled it in.
func (f *Files) PlanWithout(kind string, s *spreadsheet.Sheet, headings []string) (*exchange.Plan, error) {
	view := f.me.View()
	m := spreadsheet.Map(view.Schema().Kind(kind), s.Headings, nil)
	for _, h := range headings {
		if slices.Contains(s.Headings, h) {
			if err := m.Set(h, spreadsheet.Ignored); err != nil {
				return nil, err
			}
		}
	}
	return f.Plan(view, f.me.Now().Day(), s, m)
}

// Doubting reports whether rows of a kind may raise doubts: they do acts.
func (f *Files) Doubting(kind string) bool {
	return slices.ContainsFunc(f.rules.Acts, func(a *field.Act) bool {
		return a.Rows != nil && a.Rows.Kind == kind || a.Steps != nil && a.On == kind
	})
}

// Apply carries a plan out. A row that the store refuses is left out and
// reported like one that could not be read; the others are kept. The error is
// for an import that could not be carried out at all.
func (f *Files) Apply(ctx context.Context, p *exchange.Plan) (out Outcome, err error) {
	_, err = f.store.Update(ctx, f.me.Identity(), store.Op{Title: f.title(p)}, func(tx *store.Tx) error {
		out = f.take(ctx, tx, p)
		return ctx.Err()
	})
	if err == nil {
		f.list(p.Kind, out.brought)
	}
	return out, err
}

// Rehearse says what Apply would do, and changes nothing.
func (f *Files) Rehearse(ctx context.Context, p *exchange.Plan) (out Outcome, err error) {
	_, err = f.store.Rehearse(ctx, f.me.Identity(), store.Op{Title: f.title(p)}, func(tx *store.Tx) error {
		out = f.take(ctx, tx, p)
		return ctx.Err()
	})
	return out, err
}

func (f *Files) title(p *exchange.Plan) string {
	title := "import " + p.File + " into " + p.Kind.Name + f.Remark(p.Kind)
	if p.Asks() && f.Answer.Unanswered(givenUp()) == nil {
		title += ", also what was given up: " + f.Answer.Name + ": " + f.Answer.Reason
	}
	return title
}

// Remark is what history adds to the title of a file that holds some kinds.
func (f *Files) Remark(kinds ...*field.Kind) string {
	if f.rules.Remark == nil {
		return ""
	}
	return f.rules.Remark(f.store.As(access.Identity{Role: access.Owner}).View(), kinds)
}

// Take carries a plan out as part of a larger change.
func (f *Files) Take(tx *store.Tx, p *exchange.Plan) Outcome {
	return f.take(context.Background(), tx, p)
}

// rowsBetween is how many rows are taken before it is asked whether to go on.
const rowsBetween = 64

// take carries a plan out until it is called off, when nothing is kept.
func (f *Files) take(ctx context.Context, tx *store.Tx, p *exchange.Plan) Outcome {
	t := taking{Files: f, tx: tx, kind: p.Kind, form: p.Form, last: tx.Next(p.Kind.Name) + uint64(len(p.Rows))}
	t.empty = true
	for range tx.Scan(p.Kind.Name) {
		t.empty = false
		break
	}
	t.Faults = slices.Clone(p.Faults)
	for i := range p.Rows {
		if i%rowsBetween == 0 && (ctx.Err() != nil || f.Stop != nil && f.Stop() != nil) {
			break
		}
		t.at = i
		t.row(&p.Rows[i])
	}
	return t.Outcome
}

// fault reports a row that the store refused.
func fault(row *exchange.Planned, err error) spreadsheet.Fault {
	f := spreadsheet.Fault{Line: row.Line, Reason: "could not be saved"}
	var e *failure.Error
	if errors.As(err, &e) {
		f.Reason = e.Message
		if len(e.Problems) > 0 {
			f.Column = e.Problems[0].Field
		}
	}
	return f
}

// prefKey names the remembered mapping of a kind.
func prefKey(kind string) string { return "mapping:" + kind }

// answersKey names what was answered about values of a kind.
func answersKey(kind string) string { return "answers:" + kind }

// Remembered gives the mapping that a user settled for a kind's earlier files.
func Remembered(st *store.Store, user, kind string) map[string]string {
	var m map[string]string
	if json.Unmarshal(st.Pref(user, prefKey(kind)), &m) != nil {
		return nil
	}
	return m
}

// Recall puts into a mapping what a user answered about values of earlier files.
func Recall(st *store.Store, user string, m *spreadsheet.Mapping) {
	var answers map[string]map[string]string
	if json.Unmarshal(st.Pref(user, answersKey(m.Kind.Name)), &answers) != nil {
		return
	}
	for name, values := range answers {
		for said, means := range values {
			_ = m.Answer(name, said, means) // a field that is no more has no answers
		}
	}
}

// Remember keeps a mapping, and what was answered about values, for the next
// file.
func Remember(st *store.Store, user string, m *spreadsheet.Mapping) error {
	known := Remembered(st, user, m.Kind.Name)
	if known == nil {
		known = map[string]string{}
	}
	for heading, target := range m.Remember() {
		known[heading] = target
	}
	if err := keep(st, user, prefKey(m.Kind.Name), known); err != nil || len(m.Answers) == 0 {
		return err
	}
	answers := map[string]map[string]string{}
	for name, values := range m.Answers {
		answers[name] = maps.Clone(values)
		delete(answers[name], field.FoldName(spreadsheet.YearAsked))
	}
	return keep(st, user, answersKey(m.Kind.Name), answers)
}

func keep(st *store.Store, user, key string, what any) error {
	data, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return st.SetPref(user, key, data)
}
