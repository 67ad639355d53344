package run

import (
	"errors"
	"slices"
	"strconv"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store"
)

// Save stores a record as somebody filled it in on a form, by the act for which
// that stands where there is one: a form is no way around a rule. A doubt comes
// back as an error, and override is what somebody put to it.
func Save(tx *store.Tx, acts field.Acts, k *field.Kind, e store.Edit, o *field.Override) (uint64, error) {
	if e.ID == 0 {
		a := acts.ForRow(tx, e.Mine, false)
		if a == nil {
			return tx.Save(k.Name, e)
		}
		id, args := a.Rows.Read(e.Mine)
		if a.On != "" && id == 0 {
			return tx.Save(k.Name, e) // the form says what is missing
		}
		return doFor(tx, a, k.Name, id, args, o)
	}
	base := e.Base
	if base == nil {
		base = tx.Get(k.Name, e.ID)
	}
	if base == nil {
		return tx.Save(k.Name, e)
	}
	a, err := acts.ForStep(k.Name, base, e.Mine)
	if err != nil {
		return 0, err
	}
	if a == nil {
		return tx.Save(k.Name, e)
	}
	rest := e
	rest.Mine = k.Clone(e.Mine)
	a.Steps.Rest(base, rest.Mine)
	if _, err := tx.Save(k.Name, rest); err != nil {
		return 0, err
	}
	_, err = doFor(tx, a, k.Name, e.ID, a.Steps.Read(e.Mine), o)
	return e.ID, err
}

// doFor is do for a change that is nothing more: what others rely on at once makes
// it final. A file may be taken back as a whole, until somebody has built on it.
func doFor(tx *store.Tx, a *field.Act, kind string, id uint64, args any, o *field.Override) (uint64, error) {
	if a.Effect == field.Final {
		tx.Final()
	}
	return do(tx, a, kind, id, args, o)
}

// do does an act as part of a change, and gives the record of a kind that comes of
// it, or 0.
func do(tx *store.Tx, a *field.Act, kind string, id uint64, args any, o *field.Override) (uint64, error) {
	by := tx.Identity()
	if err := May(tx, by, a, id, tx.Now()); err != nil {
		return 0, err
	}
	if err := a.CheckArgs(ViewOf(tx, by, a, tx.Now()), args); err != nil {
		return 0, err
	}
	done, err := a.Do(NewWriter(tx, a, o), id, args, nil)
	if err != nil {
		return 0, err
	}
	if done.Kind == kind {
		return done.ID, nil
	}
	return 0, nil
}

// taking is a file on its way in.
type taking struct {
	*Files
	Outcome
	tx    *store.Tx
	kind  *field.Kind
	form  bool   // rows are answers to a form's questions
	at    int    // of the rows
	empty bool   // nothing of the kind was there before
	last  uint64 // the greatest number that a row may keep where there was something
}

// row carries one row out.
func (t *taking) row(row *exchange.Planned) {
	var err error
	switch row.Action {
	case exchange.Add:
		if err = t.add(row); err == nil {
			t.Added++
		}
	case exchange.Change:
		if err = t.change(row); err == nil {
			t.Changed++
			t.note(row.ID)
		}
	case exchange.Same, exchange.Duplicate:
		if t.Answer != nil {
			t.open(row, row.ID)
		}
		t.Same++
		t.note(row.ID)
	case exchange.Bad:
		t.Refused++
	}
	if err != nil {
		t.Refused++
		t.Faults = append(t.Faults, fault(row, err))
	}
}

// gap is how many numbers may be left out where the first records of a kind keep
// those they had elsewhere.
const gap = 100_000

// add does what a new row says: an act, or the record.
func (t *taking) add(row *exchange.Planned) error {
	if t.form {
		return t.tx.Checked(func() error { return t.rules.Answer(t.tx, row.Mine) })
	}
	first := !t.kind.Numbered && t.empty && row.FileID >= t.tx.Next(t.kind.Name) && row.FileID < t.last+gap
	if row.FileID == 0 || !t.kind.Numbered && !first {
		return t.bring(row)
	}
	if !t.empty && row.FileID > t.last {
		return failure.New(failure.Conflict, "number "+strconv.FormatUint(row.FileID, 10)+" does not follow on the "+
			t.kind.Name+" here; take the columns id and rev out to add the row under a number of its own")
	}
	return t.tx.Under(t.kind.Name, row.FileID, func() error { return t.bring(row) })
}

// bring does the act of a new row, or adds its record. A copy leaves the doubts
// that are open where it comes from.
func (t *taking) bring(row *exchange.Planned) error {
	a := t.rules.Acts.ForRow(t.tx, row.Mine, row.Copied())
	if a == nil {
		id, err := t.tx.Try(t.kind.Name, row.Mine)
		if err != nil {
			return err
		}
		t.note(id)
		t.open(row, id)
		return nil
	}
	id, args := a.Rows.Read(row.Mine)
	return t.doubtful(row, func(o *field.Override) error {
		return t.tx.Checked(func() error {
			made, err := do(t.tx, a, t.kind.Name, id, args, o)
			if err == nil {
				t.note(made)
			}
			return err
		})
	})
}

// note keeps which record the row brought, for a file to come that counts rows.
func (t *taking) note(id uint64) {
	if t.kind.Numbered && id != 0 {
		t.brought = t.brought.with(uint64(t.at+1), id)
	}
}

// doubtful does what may raise doubts. What has happened comes in all the same:
// somebody answers for it, or it is told as open.
func (t *taking) doubtful(row *exchange.Planned, do func(*field.Override) error) error {
	err := do(t.Answer)
	var doubts field.Doubts
	if !errors.As(err, &doubts) {
		return err
	}
	t.raise(doubts)
	if err = do(&field.Override{Later: true}); err == nil {
		t.tell(row, doubts)
	}
	return err
}

// raise keeps each doubt once.
func (t *taking) raise(doubts field.Doubts) {
	for _, d := range doubts {
		if !slices.Contains(t.Raised, d) {
			t.Raised = append(t.Raised, d)
		}
	}
}

func (t *taking) tell(row *exchange.Planned, doubts field.Doubts) {
	for _, d := range doubts {
		t.Doubts = append(t.Doubts, spreadsheet.Fault{Line: row.Line, Reason: d.Sentence})
	}
}

// open has who answers for the doubts of a file answer for those of a record that
// is there as the row says, or tells them.
func (t *taking) open(row *exchange.Planned, id uint64) {
	rec := t.tx.Get(t.kind.Name, id)
	if rec == nil {
		return
	}
	for _, a := range t.rules.Acts {
		if a.Doubts == nil {
			continue
		}
		on, doubts := a.Doubts(t.tx, rec)
		if len(doubts) == 0 {
			continue
		}
		err := error(doubts)
		if t.Answer != nil {
			err = t.tx.Checked(func() error { _, err := do(t.tx, a, t.kind.Name, on, nil, t.Answer); return err })
		}
		if err != nil {
			t.tell(row, doubts)
		}
	}
}

// givenUp is the doubt of a file of a way that was given up.
func givenUp() field.Doubt {
	return field.Doubt{About: "timeline", Sentence: "the file was exported before the records went back to a backup, " +
		"and some rows say otherwise than the records do now"}
}

// asked refuses a row that somebody has to answer for and nobody has.
func (t *taking) asked(row *exchange.Planned) error {
	if row.Asked == "" || t.Answer.Unanswered(givenUp()) == nil {
		return nil
	}
	t.Asked++
	t.raise(field.Doubts{givenUp()})
	return &failure.Error{Code: failure.Conflict, Problems: failure.Problems{{Field: "rev"}},
		Message: row.Asked + "; it is taken if somebody answers for it with a name and a reason"}
}

// change merges a row with what its record says now, by the act by which it comes
// to that. A row of a form that says more than is known does what one for somebody
// new does.
func (t *taking) change(row *exchange.Planned) error {
	if t.form {
		return t.add(row)
	}
	if err := t.asked(row); err != nil {
		return err
	}
	k := t.kind
	now := t.tx.Get(k.Name, row.ID)
	if now == nil {
		return failure.New(failure.NotFound, k.Label(row.Mine)+" was deleted meanwhile")
	}
	merged, clash := k.Merge(row.Base, row.Mine, now)
	if len(clash) > 0 {
		return &failure.Error{Code: failure.Conflict, Problems: failure.Problems{{Field: clash[0].Name}},
			Message: clash[0].Title + " was changed meanwhile; export again and make the change there"}
	}
	k.SetID(merged, row.ID)
	a, err := t.rules.Acts.ForStep(k.Name, now, merged)
	if err != nil {
		return err
	}
	if a == nil {
		_, err := t.tx.Try(k.Name, merged)
		return err
	}
	args := a.Steps.Read(merged)
	a.Steps.Rest(now, merged)
	return t.doubtful(row, func(o *field.Override) error {
		return t.tx.Checked(func() error {
			if !k.Equal(merged, now) {
				if _, err := t.tx.Try(k.Name, merged); err != nil {
					return err
				}
			}
			_, err := do(t.tx, a, k.Name, row.ID, args, o)
			return err
		})
	})
}
