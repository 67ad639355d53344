package assess

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
)

// Clash is one field that both the colleague and somebody here have changed.
type Clash struct {
	Item  string
	Field string
	Here  string
	There string // in the file
}

// String says the clash in one line.
func (c Clash) String() string {
	return c.Item + ", " + c.Field + ": here " + strconv.Quote(c.Here) + ", in the file " + strconv.Quote(c.There)
}

// Returned is what came of a colleague's file.
type Returned struct {
	Changed int
	Same    int
	Clashes []Clash // fields that both sides changed
	Faults  []exchange.Fault
}

// String sums it up.
func (r Returned) String() string {
	text := plural(r.Changed, "answer changed", "answers changed") + ", " + strconv.Itoa(r.Same) + " as they were"
	if n := len(r.Clashes); n > 0 {
		text += ", " + plural(n, "field was changed on both sides", "fields were changed on both sides")
	}
	if n := len(r.Faults); n > 0 {
		text += ", " + plural(n, "row left out", "rows left out")
	}
	return text + "."
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// TakeBackFrom takes in the sheet that a colleague filled in, as one change.
// What only one side changed is merged; for a field that both changed, theirs
// decides whether the file's value is taken. Rows of another city or cycle are
// left out. Answers that come in with a level count as confirmed by whom the
// caller names.
func TakeBackFrom(ctx context.Context, st *store.Store, id access.Identity, s *exchange.Sheet, cycle cyber.CycleID, partner partnership.PartnerID,
	by string, theirs func(Clash) bool) (Returned, error) {
	k := model.NewSchema().Kind("answers")
	view := st.As(id).View()
	m := exchange.Map(k, s.Headings, nil)
	for _, h := range []string{"it_asks", "next_level_takes", "level_last_year"} {
		if slices.Contains(s.Headings, h) {
			if err := m.Set(h, exchange.Ignored); err != nil {
				return Returned{}, err
			}
		}
	}
	var out Returned
	_, err := st.Update(ctx, id, store.Op{Title: "take in answers from " + by}, func(tx *store.Tx) error {
		plan, err := run.NewFiles(st, id, exchange.Rules{}).Plan(view, tx.Today(), s, m)
		if err != nil {
			return err
		}
		t := returning{tx: tx, k: k, env: field.NewEnv(tx, tx.Today()), cycle: cycle, partner: partner, by: by, theirs: theirs}
		t.Faults = slices.Clone(plan.Faults)
		for i := range plan.Rows {
			t.row(&plan.Rows[i])
		}
		out = t.Returned
		return nil
	})
	return out, err
}

// returning is a colleague's file on its way in.
type returning struct {
	Returned
	tx      *store.Tx
	k       *field.Kind
	env     *field.Env
	cycle   cyber.CycleID
	partner partnership.PartnerID
	by      string
	theirs  func(Clash) bool
}

func (t *returning) row(row *exchange.Planned) {
	mine, _ := row.Mine.(*cyber.Answer)
	switch {
	case row.Action == exchange.Bad:
		return
	case row.Action == exchange.Same || row.Action == exchange.Duplicate:
		t.Same++
		return
	case mine.Cycle != t.cycle || mine.Partner != t.partner:
		t.fault(row, "this row is of another city or cycle")
		return
	case row.Action == exchange.Add && mine.Level == "" && mine.Note == "" && mine.Reason == "":
		t.Same++ // a question that nobody has answered yet
		return
	}
	t.confirm(row, mine)
	rec := row.Mine
	if row.Action == exchange.Change {
		if rec = t.merged(row); rec == nil {
			return
		}
	}
	if _, err := t.tx.Try(t.k.Name, rec); err != nil {
		t.fault(row, err.Error())
		return
	}
	t.Changed++
}

// confirm notes who gave an answer that the file brings.
func (t *returning) confirm(row *exchange.Planned, mine *cyber.Answer) {
	base, _ := row.Base.(*cyber.Answer)
	if mine.Level != "" && (base == nil || base.Level != mine.Level || base.Inherited()) {
		mine.ConfirmedBy, mine.Confirmed = t.by, value.Some(t.tx.Today())
	}
}

// merged puts the file's changes into the record as it is now.
func (t *returning) merged(row *exchange.Planned) any {
	now := t.tx.Get(t.k.Name, row.ID)
	if now == nil {
		t.fault(row, "this answer was deleted meanwhile")
		return nil
	}
	merged, clashes := t.k.Merge(row.Base, row.Mine, now)
	t.k.SetID(merged, row.ID)
	for _, c := range clashes {
		if c.Name == "confirmed" || c.Name == "confirmed_by" {
			continue // follows from the level
		}
		clash := Clash{Item: t.k.Label(now), Field: strings.ToLower(c.Title), Here: string(c.Show(nil, now, t.env)), There: string(c.Show(nil, row.Mine, t.env))}
		t.Clashes = append(t.Clashes, clash)
		if t.theirs != nil && t.theirs(clash) {
			c.Copy(merged, row.Mine)
		}
	}
	return merged
}

func (t *returning) fault(row *exchange.Planned, reason string) {
	t.Faults = append(t.Faults, exchange.Fault{Line: row.Line, Reason: reason})
}
