// Package intake takes a file's rows into the store: the part of an import that
// the dashboard and the commands share.
//
// Package exchange reads the file and says what each row would do; this package
// gives it what only the store knows (what records were like when the file was
// written) and carries the plan out in one update, so that one undo takes the
// whole file back. Good rows are kept when others are refused.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/exchange"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/forms"
	"interlocal/model/value"
	"interlocal/store"
)

// historyLimit is how many changes of a record are looked through for the state
// that a file was written from.
const historyLimit = 500

// Records is where a plan looks existing records up: a view, or a transaction
// in which other kinds have been taken in already.
type Records interface {
	field.Reader
	RevOf(kind string, id uint64) uint64
}

// Plan works out what a sheet would do to the records a viewer has.
func Plan(me *store.Session, have Records, today value.Day, s *exchange.Sheet, m *exchange.Mapping) (*exchange.Plan, error) {
	return PlanPart(me, have, today, s, m, false)
}

// PlanPart is Plan for a part of a file that holds several kinds; elsewhere says
// that another part has shown the file's numbers not to be the ones used here.
func PlanPart(me *store.Session, have Records, today value.Day, s *exchange.Sheet, m *exchange.Mapping, elsewhere bool) (*exchange.Plan, error) {
	k := m.Kind
	if forms.IsSignupForm(m) {
		return PlanSignups(have, today, s, m, NextEvent(have, today))
	}
	env := field.NewEnv(have, today)
	env.Clock = me.Now
	env.Elsewhere = elsewhere
	return exchange.NewPlan(s, m, k, env, exchange.PlanOptions{
		RevOf: func(id uint64) uint64 { return have.RevOf(k.Name, id) },
		Base:  func(id, rev uint64) (any, bool) { return asOf(me, k.Name, id, rev) },
	})
}

// asOf gives a record as the viewer would have seen it at a revision.
func asOf(me *store.Session, kind string, id, rev uint64) (any, bool) {
	changes, err := me.History(kind, id, historyLimit)
	if err != nil {
		return nil, false
	}
	for _, c := range changes {
		if c.Rev <= rev {
			return c.After, c.After != nil
		}
	}
	return nil, false
}

// Outcome is what an import did, in rows.
type Outcome struct {
	Added, Changed, Same, Refused int
	Faults                        []exchange.Fault // why rows were left out; one row may have several
}

// String says the outcome in one line.
func (o Outcome) String() string {
	return fmt.Sprintf("%d added, %d changed, %d the same, %d refused", o.Added, o.Changed, o.Same, o.Refused)
}

// Apply carries a plan out. A row that the store refuses is left out and
// reported like one that could not be read; the others are kept. The error is
// for an import that could not be carried out at all.
func Apply(ctx context.Context, st *store.Store, id access.Identity, p *exchange.Plan) (Outcome, error) {
	var out Outcome
	_, err := st.Update(ctx, id, op(st, p), func(tx *store.Tx) error {
		out = Take(tx, p)
		return nil
	})
	return out, err
}

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// Rehearse carries a plan out as [Apply] does and takes it back at once, so that
// what it tells is what would happen.
func Rehearse(ctx context.Context, st *store.Store, id access.Identity, p *exchange.Plan) (Outcome, error) {
	var out Outcome
	_, err := st.Update(ctx, id, op(st, p), func(tx *store.Tx) error {
		out = Take(tx, p)
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return out, err
}

func op(st *store.Store, p *exchange.Plan) store.Op {
	return store.Op{Title: "import " + p.File + " into " + p.Kind.Name + Unconfirmed(st, p.Kind)}
}

// Unconfirmed is what the title of a change adds when it brings releases into a
// file without logins, where none can confirm that a city sent its own.
func Unconfirmed(st *store.Store, kinds ...*field.Kind) string {
	releases := cyber.Release{}.KindName()
	if !slices.ContainsFunc(kinds, func(k *field.Kind) bool { return k.Name == releases }) {
		return ""
	}
	if accounts.HasUsers(st.As(access.Identity{Role: access.Keeper}).View()) {
		return ""
	}
	return ", releases not confirmed by a login of their city"
}

// Take carries a plan out as part of a larger change.
func Take(tx *store.Tx, p *exchange.Plan) Outcome {
	out := Outcome{Faults: slices.Clone(p.Faults)}
	for i := range p.Rows {
		out.take(tx, p.Kind, &p.Rows[i])
	}
	return out
}

// take carries one row out.
func (o *Outcome) take(tx *store.Tx, k *field.Kind, row *exchange.Planned) {
	var err error
	if form, ok := row.Mine.(*shadowing.SignupLine); ok {
		o.takeSignup(tx, row, form)
		return
	}
	switch row.Action {
	case exchange.Add:
		if err = add(tx, k, row); err == nil {
			o.Added++
		}
	case exchange.Change:
		if err = change(tx, k, row); err == nil {
			o.Changed++
		}
	case exchange.Same, exchange.Duplicate:
		o.Same++
	case exchange.Bad:
		o.Refused++
	}
	if err != nil {
		o.Refused++
		o.Faults = append(o.Faults, fault(row, err))
	}
}

// add adds a row's record. One that others refer to by number alone keeps the
// number that the file gives it, or they would come to refer to another.
func add(tx *store.Tx, k *field.Kind, row *exchange.Planned) error {
	if k.Numbered && row.FileID != 0 {
		return tx.TryAs(k.Name, row.FileID, row.Mine)
	}
	_, err := tx.Try(k.Name, row.Mine)
	return err
}

// change merges a row with what its record says now.
func change(tx *store.Tx, k *field.Kind, row *exchange.Planned) error {
	now := tx.Get(k.Name, row.ID)
	if now == nil {
		return failure.New(failure.NotFound, k.Label(row.Mine)+" was deleted meanwhile")
	}
	merged, clash := k.Merge(row.Base, row.Mine, now)
	if len(clash) > 0 {
		return &failure.Error{Code: failure.Conflict, Problems: failure.Problems{{Field: clash[0].Name}},
			Message: clash[0].Title + " was changed meanwhile; export again and make the change there"}
	}
	k.SetID(merged, row.ID)
	_, err := tx.Try(k.Name, merged)
	return err
}

// fault reports a row that the store refused.
func fault(row *exchange.Planned, err error) exchange.Fault {
	f := exchange.Fault{Line: row.Line, Reason: "could not be saved"}
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

// Remembered gives the mapping that a user settled for a kind's earlier files.
func Remembered(st *store.Store, user, kind string) map[string]string {
	var m map[string]string
	if json.Unmarshal(st.Pref(user, prefKey(kind)), &m) != nil {
		return nil
	}
	return m
}

// Remember keeps a mapping for the next file.
func Remember(st *store.Store, user string, m *exchange.Mapping) error {
	known := Remembered(st, user, m.Kind.Name)
	if known == nil {
		known = map[string]string{}
	}
	for heading, target := range m.Remember() {
		known[heading] = target
	}
	data, err := json.Marshal(known)
	if err != nil {
		return err
	}
	return st.SetPref(user, prefKey(m.Kind.Name), data)
}
