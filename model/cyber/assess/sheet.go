package assess

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
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
	Faults  []spreadsheet.Fault
}

// String sums it up.
func (r Returned) String() string {
	says := text.Counted(r.Changed, "answer changed", "answers changed") + ", " + strconv.Itoa(r.Same) + " as they were"
	if n := len(r.Clashes); n > 0 {
		says += ", " + text.Counted(n, "field was changed on both sides", "fields were changed on both sides")
	}
	if n := len(r.Faults); n > 0 {
		says += ", " + text.Counted(n, "row left out", "rows left out")
	}
	return says + "."
}

// SheetIn is a colleague's sheet on its way in.
type SheetIn struct {
	Of
	By     string         // who filled it in, by whom the answers count as confirmed
	Plan   *exchange.Plan // what its rows would do
	Theirs []Clash        // of what both sides changed: where the file's value is taken
	All    bool           // it is taken everywhere
}

// OwnHeadings lists the columns of a colleague's sheet that are there to be
// read and say nothing.
func OwnHeadings() []string { return []string{"it_asks", "next_level_takes", "level_last_year"} }

func sheetAct() *field.Act {
	return field.ActOn[field.Alone, SheetIn]{Name: "assess.take", Title: "Take a colleague's sheet in",
		Makes: "answers", ByFile: true,
		Help: "Takes in the sheet that a colleague filled in. What only one side changed is merged; rows of " +
			"another city or cycle are left out.",
		Args: append(ofFields(func(s *SheetIn) *Of { return &s.Of }),
			field.Text(1, "filled_in_by", "Filled in by", func(s *SheetIn) *string { return &s.By }).Required()),
		May:  ofSomeCity,
		Fill: func(v field.Viewpoint, _ *field.Alone, s *SheetIn) { s.Of = usual(v) },
		History: func(_ field.Viewpoint, _ *field.Alone, s *SheetIn) string {
			return "take in answers from " + s.By
		},
		Do: func(w field.Writer, _ *field.Alone, s *SheetIn, _ any) (field.Result, error) {
			if s.Plan == nil {
				return field.Result{}, errNoFile()
			}
			in := returning{SheetIn: s, w: w, kind: w.Schema().Kind(cyber.KindAnswers),
				env: field.NewEnv(w, w.Now().Day())}
			in.Faults = slices.Clone(s.Plan.Faults)
			for i := range s.Plan.Rows {
				in.row(&s.Plan.Rows[i])
			}
			return field.Result{Text: in.Returned.String(), Detail: in.Returned}, nil
		}}.Act()
}

func errNoFile() error {
	return failure.New(failure.Invalid, "this is done with a file; say which")
}

// returning is a colleague's file on its way in.
type returning struct {
	*SheetIn
	Returned
	w    field.Writer
	kind *field.Kind
	env  *field.Env
}

func (t *returning) row(row *exchange.Planned) {
	mine, _ := row.Mine.(*cyber.Answer)
	switch {
	case row.Action == exchange.Bad:
		return
	case row.Action == exchange.Same || row.Action == exchange.Duplicate:
		t.Same++
		return
	case mine.Cycle != t.Cycle || mine.Partner != t.Partner:
		t.fault(row, "this row is of another city or cycle")
		return
	case row.Action == exchange.Add && mine.Level == "" && mine.Note == "" && mine.Reason == "":
		t.Same++ // a question that nobody has answered yet
		return
	}
	var rec any = t.confirmed(row, mine)
	if row.Action == exchange.Change {
		if rec = t.merged(row, rec); rec == nil {
			return
		}
	}
	if _, err := field.Try(t.w, t.kind.Name, rec); err != nil {
		t.fault(row, err.Error())
		return
	}
	t.Changed++
}

// confirmed gives what a row says, with who gave an answer that it brings.
func (t *returning) confirmed(row *exchange.Planned, mine *cyber.Answer) *cyber.Answer {
	out := t.kind.Clone(mine).(*cyber.Answer)
	base, _ := row.Base.(*cyber.Answer)
	if mine.Level != "" && (base == nil || base.Level != mine.Level || base.Inherited()) {
		out.ConfirmedBy, out.Confirmed = t.By, value.Some(t.w.Now().Day())
	}
	return out
}

// merged puts the file's changes into the record as it is now.
func (t *returning) merged(row *exchange.Planned, mine any) any {
	now := t.w.Get(t.kind.Name, row.ID)
	if now == nil {
		t.fault(row, "this answer was deleted meanwhile")
		return nil
	}
	merged, clashes := t.kind.Merge(row.Base, mine, now)
	t.kind.SetID(merged, row.ID)
	for _, c := range clashes {
		if c.Name == "confirmed" || c.Name == "confirmed_by" {
			continue // follows from the level
		}
		clash := Clash{Item: t.kind.Label(now), Field: strings.ToLower(c.Title),
			Here: string(c.Show(nil, now, t.env)), There: string(c.Show(nil, mine, t.env))}
		t.Clashes = append(t.Clashes, clash)
		if t.All || slices.Contains(t.Theirs, clash) {
			c.Copy(merged, mine)
		}
	}
	return merged
}

func (t *returning) fault(row *exchange.Planned, reason string) {
	t.Faults = append(t.Faults, spreadsheet.Fault{Line: row.Line, Reason: reason})
}
