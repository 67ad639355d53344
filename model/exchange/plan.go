package exchange

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// Action is what a row of a file would do.
type Action uint8

// The actions a plan knows.
const (
	Add       Action = iota // a new record
	Change                  // a record that exists says something else
	Same                    // nothing to do
	Duplicate               // an earlier row of the file says the same record
	Bad                     // left out, with reasons
	LeftOut                 // no record, such as a line of totals; listed
)

// String gives the word used in reports.
func (a Action) String() string {
	return [...]string{"add", "change", "same", "duplicate", "bad", "left out"}[a]
}

// PlanOptions gives a plan what a reader does not know: revisions and history.
type PlanOptions struct {
	// RevOf gives the revision at which a record was last changed. Without it the
	// column rev is not heeded.
	RevOf func(id uint64) uint64
	// Base gives a record as it was at a revision, for rows of files that were
	// written before the record was last changed.
	Base func(id, rev uint64) (rec any, ok bool)
	// GivenUp reports whether a revision is of changes that were given up when the
	// records went back to a backup: a file with it is ours, and says what nobody
	// has any more. A row with it is compared value by value, and asked about.
	GivenUp func(rev uint64) bool
	// Strict leaves a row out as a whole for one wrong cell, for rows that count as
	// a whole; otherwise a wrong cell that is not needed stays empty.
	Strict bool
	// Stop is asked now and then whether to go on; an error ends the planning. Nil
	// goes on.
	Stop func() error
	// Index finds existing records; nil makes one.
	Index *Index
}

// Planned is what one row would do. A row that changes a record is saved as a
// merge: Base is what its writer had seen, Mine what the row makes of it.
type Planned struct {
	Line      int
	Action    Action
	ID        uint64          // the record meant; 0 when it is new
	FileID    uint64          // the number in the file, kept when a new record can have it
	FileRev   uint64          // the revision in the file; 0 when it has none
	BaseRev   uint64          // revision of Base; 0 when the file does not say
	Base      any             // shared, not to be changed; nil for a new record
	Mine      any             // for Add and Change
	Columns   []*field.Column // those the row has a say in
	Changed   []*field.Column // those in which Mine differs from Base
	Conflicts []*field.Column // those that were meanwhile changed otherwise
	First     int             // of a duplicate: the line it repeats
	Asked     string          // why it is taken only if somebody answers for it; "" of other rows
}

// Copied reports whether a row bears the number and the revision of an export:
// it is then a record as it stood elsewhere, and no news of something done.
func (p *Planned) Copied() bool { return p.FileID != 0 && p.FileRev != 0 }

// Plan is what a file would do, row by row.
type Plan struct {
	Kind     *field.Kind
	File     string
	Rows     []Planned
	Counts   [LeftOut + 1]int    // by action
	Faults   []spreadsheet.Fault // of bad rows, in the order of lines
	Warnings []spreadsheet.Fault // of rows taken all the same
	Aside    []spreadsheet.Fault // rows that are no records, and why
	Columns  []ColumnRead        // what each heading was taken for
	Notes    []string            // how the file was read
	Ignored  []string            // headings whose columns are left out
	// Elsewhere says that the file's numbers are not the ones used here.
	Elsewhere bool
	// Form says that the rows are answers to a form's questions, and no records.
	Form bool
}

// NewPlan works out what a sheet would do to the records that env's reader has.
// It changes nothing. It fails only when no heading stands for a field.
func NewPlan(s *spreadsheet.Sheet, m *spreadsheet.Mapping, k *field.Kind, env *field.Env,
	o PlanOptions) (*Plan, error) {
	if !m.Any() {
		return nil, failure.New(failure.Invalid, "no heading of "+s.File+" is known for "+k.Name+"; say which column "+
			"is which, or check the file")
	}
	if err := s.Headless(m); err != nil {
		return nil, err
	}
	if o.Index == nil {
		o.Index = NewIndex(k, env.Reader)
	}
	p := &Plan{Kind: k, File: s.File, Rows: make([]Planned, s.Len()), Notes: slices.Clone(s.Notes),
		Ignored: m.Unknown(), Warnings: slices.Clone(s.Warnings)}
	w := planner{plan: p, sheet: s, kind: k, env: env, now: env.Now(), options: o, rows: make([]RowState, s.Len()),
		kept: map[*field.Column]int{}}
	coming := &arriving{Reader: env.Reader, kind: k, numbers: map[uint64]bool{}}
	own := env
	if k.Numbered {
		own = field.NewEnv(coming, env.Today)
		own.Elsewhere, own.Listed = env.Elsewhere, env.Listed
	}
	w.reader = NewRowReader(s, m, k, own, p.warn)
	w.reader.lenient = w.reader.outside && !o.Strict
	if k.Numbered {
		coming.note(w.reader)
	}
	for i := range p.Rows {
		if w.goesOn(i) {
			w.read(i)
		}
	}
	if w.stopped == nil {
		w.recognise()
	}
	for i := range p.Rows {
		if w.goesOn(i) && w.taken(i) && !w.rows[i].done {
			w.classify(i)
		}
	}
	if w.stopped != nil {
		return nil, w.stopped
	}
	w.count()
	p.Columns = w.reader.Columns()
	return p, nil
}

// rowsBetween is how many rows are planned before it is asked whether to go on.
const rowsBetween = 64

// goesOn reports whether row i is to be planned.
func (w *planner) goesOn(i int) bool {
	if i%rowsBetween == 0 && w.stopped == nil && w.options.Stop != nil {
		w.stopped = w.options.Stop()
	}
	return w.stopped == nil
}

// planner works a plan out.
type planner struct {
	stopped error // why the planning has been called off
	plan    *Plan
	sheet   *spreadsheet.Sheet
	kind    *field.Kind
	env     *field.Env
	now     value.Wall
	options PlanOptions
	reader  *RowReader
	rows    []RowState
	sets    []keySet
	claimed map[uint64]int   // rows by the record they mean
	seen    []map[string]int // rows that add a record by their key, for each key set
	whole   map[string]int   // rows that nothing identifies, by all they say
	faults  map[int][]spreadsheet.Fault
	kept    map[*field.Column]int // how often a blank left a value as it is that few may see
}

// RowState is what is known of a row while planning.
type RowState struct {
	Record any    // the values read from the row
	blank  uint64 // bit i: the i-th column read is blank or absent
	known  bool   // ID is settled
	done   bool   // the action is
	// byNumber says that the record has the row's number, so that the revision in
	// the row is the record's as well.
	byNumber bool
	current  any // the record meant, as it is now
}

// refuse leaves a row out.
func (w *planner) refuse(i int, column, value, reason string) {
	if w.faults == nil {
		w.faults = map[int][]spreadsheet.Fault{}
	}
	w.plan.Rows[i].Action = Bad
	w.rows[i].Record = nil
	w.faults[i] = append(w.faults[i], spreadsheet.Fault{Line: w.sheet.Line(i), Column: column,
		Value:  spreadsheet.Shorten(value),
		Reason: reason})
}

// refuseCell leaves a row out for a cell of which nobody can tell what it means
// until somebody answers.
func (w *planner) refuseCell(i int, f spreadsheet.Fault) {
	w.refuse(i, f.Column, f.Value, f.Reason)
	last := &w.faults[i][len(w.faults[i])-1]
	last.Field, last.Suggest = f.Field, f.Suggest
}

// taken reports whether a row is a record that can be read.
func (w *planner) taken(i int) bool {
	return w.plan.Rows[i].Action != Bad && w.plan.Rows[i].Action != LeftOut
}

// read takes a row's cells.
func (w *planner) read(i int) {
	row := &w.plan.Rows[i]
	row.Line = w.sheet.Line(i)
	if f, bad := w.sheet.Unread(i); bad {
		w.refuse(i, f.Column, f.Value, f.Reason)
		return
	}
	st := &w.rows[i]
	faults, aside := w.reader.Read(i, st)
	if aside != "" {
		row.Action = LeftOut
		w.plan.leaveOut(spreadsheet.Fault{Line: row.Line, Value: spreadsheet.Shorten(w.reader.named(i)), Reason: aside})
		return
	}
	for _, f := range faults {
		w.refuseCell(i, f)
	}
	if len(faults) > 0 {
		return
	}
	row.Columns = w.reader.present(i)
	var err error
	if row.FileID, err = w.reader.number(i, export.IDColumn); err != nil {
		w.refuse(i, export.IDColumn, w.reader.cell(i, export.IDColumn), err.Error())
	}
	if row.FileRev, err = w.reader.number(i, export.RevColumn); err != nil {
		w.refuse(i, export.RevColumn, w.reader.cell(i, export.RevColumn), err.Error())
	}
}

// classify decides what a row does to the record it means.
func (w *planner) classify(i int) {
	row, st := &w.plan.Rows[i], &w.rows[i]
	if row.ID == 0 {
		w.classifyNew(i)
		return
	}
	if !w.chooseBase(i) {
		return
	}
	row.Changed = w.changes(i)
	if len(row.Changed) == 0 {
		row.Action = Same
		return
	}
	mine := w.kind.Clone(row.Base)
	for _, c := range row.Changed {
		c.Copy(mine, st.Record)
	}
	merged := mine
	if row.Base != st.current {
		merged, row.Conflicts = w.kind.Merge(row.Base, mine, st.current)
		if len(row.Conflicts) == 0 && w.kind.Equal(merged, st.current) {
			row.Action = Same
			return
		}
	}
	if w.foreign(i) || !w.check(i, st.current, merged) || !w.unique(i, merged) {
		return
	}
	row.Action, row.Mine = Change, w.own(mine)
}

func (w *planner) classifyNew(i int) {
	row, st := &w.plan.Rows[i], &w.rows[i]
	if first, ok := w.earlier(i); ok {
		w.duplicate(i, first)
		return
	}
	if w.asks(i) {
		return
	}
	if w.reader.outside {
		w.freshen(st.Record)
	}
	if w.check(i, nil, st.Record) {
		row.Action, row.Mine = Add, w.own(st.Record)
		w.remember(i)
	}
}

// freshen fills in what a new record needs and lists of its kind do not have.
func (w *planner) freshen(rec any) {
	for name, text := range w.kind.Headings.Fresh {
		if c := w.kind.Column(name); c != nil && c.Empty(rec) && !w.reader.has(c) {
			_ = c.Parse(rec, text, w.env) // the check tells of what is still missing
		}
	}
}

// changes lists the columns in which a row differs from its base. A blank cell
// clears a value only where the writer had seen that value: in a file of ours
// that states the revision, and in a column everyone sees.
func (w *planner) changes(i int) []*field.Column {
	row, st := &w.plan.Rows[i], &w.rows[i]
	var out []*field.Column
	for n := range w.reader.sources {
		src := &w.reader.sources[n]
		if blank := st.blank>>n&1 != 0; blank && (row.BaseRev == 0 || !w.reader.said(i, src)) {
			continue
		} else if src.col.Equal(row.Base, st.Record) || row.BaseRev == 0 && src.col.Overtaken(row.Base, st.Record) {
			continue
		} else if blank && src.col.Sensitivity != field.Open {
			w.kept[src.col]++
			continue
		}
		out = append(out, src.col)
	}
	return out
}

// chooseBase finds what the row's writer had seen of a record.
func (w *planner) chooseBase(i int) bool {
	row, st := &w.plan.Rows[i], &w.rows[i]
	row.Base = st.current
	if w.givenUp(row.FileRev) {
		row.Asked = w.differences(i)
		return true
	}
	if !st.byNumber || row.FileRev == 0 || w.options.RevOf == nil {
		return true
	}
	now := w.options.RevOf(row.ID)
	row.BaseRev = row.FileRev
	switch {
	case now == row.FileRev:
		return true
	case now < row.FileRev:
		w.refuse(i, export.RevColumn, strconv.FormatUint(row.FileRev, 10),
			"this revision is not known here, so the file "+
				"comes from elsewhere; take the columns id and rev out to go by names")
		return false
	}
	if w.options.Base != nil {
		if base, ok := w.options.Base(row.ID, row.FileRev); ok {
			row.Base = base
			return true
		}
	}
	if len(w.changes(i)) == 0 {
		return true
	}
	w.refuse(i, export.RevColumn, strconv.FormatUint(row.FileRev, 10), "the "+w.kind.One+" has changed since this "+
		"file was "+
		"written, and what it was then is no longer kept; export it again")
	return false
}

// differences says in which values a row of a way that was given up differs from its
// record; "" when in none.
func (w *planner) differences(i int) string {
	row, st := &w.plan.Rows[i], &w.rows[i]
	var parts []string
	for _, c := range w.changes(i) {
		show := func(rec any) string { return strconv.Quote(spreadsheet.Shorten(string(c.Show(nil, rec, w.env)))) }
		parts = append(parts, strings.ToLower(c.Title)+" "+show(st.Record)+", here "+show(row.Base))
	}
	if len(parts) == 0 {
		return ""
	}
	return "this was exported before the records went back to a backup, and says " + strings.Join(parts, "; ")
}

// Asks reports whether there are rows that are taken only if somebody answers for
// them.
func (p *Plan) Asks() bool {
	return slices.ContainsFunc(p.Rows, func(r Planned) bool { return r.Action == Change && r.Asked != "" })
}

// givenUp reports whether a revision was given up; see [PlanOptions].
func (w *planner) givenUp(rev uint64) bool {
	return w.options.GivenUp != nil && rev != 0 && w.options.GivenUp(rev)
}

// foreign refuses a row whose number is another record's here, in a file most
// of whose numbers are right.
func (w *planner) foreign(i int) bool {
	row := &w.plan.Rows[i]
	if !w.rows[i].byNumber || !w.strange(i, row.Base) {
		return false
	}
	w.refuse(i, export.IDColumn, strconv.FormatUint(row.FileID, 10), "#"+strconv.FormatUint(row.FileID, 10)+" is "+
		spreadsheet.Shorten(w.kind.Label(row.Base))+
		" here, and most of the row differs; take the number out to add another "+
		w.kind.One)
	return true
}

// check applies the kind's rules to a record as it would be saved.
func (w *planner) check(i int, before, after any) bool {
	ok := true
	for _, p := range w.kind.CheckAt(w.env.Reader, w.now, before, after) {
		column, value := p.Field, ""
		if c := w.kind.Column(p.Field); c != nil {
			column, value = w.reader.Heading(c), spreadsheet.Shorten(string(c.Show(nil, after, w.env)))
		}
		if p.Warning {
			w.plan.warn(spreadsheet.Fault{Line: w.sheet.Line(i), Column: column, Value: value, Reason: p.Message})
			continue
		}
		w.refuse(i, column, value, p.Message)
		ok = false
	}
	return ok
}

// own detaches a record's texts from the file's, which would otherwise stay in
// memory for as long as the record.
func (w *planner) own(rec any) any {
	w.kind.Texts(rec, strings.Clone)
	return rec
}

func (p *Plan) leaveOut(f spreadsheet.Fault) {
	if len(p.Aside) < spreadsheet.MaxNoted {
		p.Aside = append(p.Aside, f)
	}
}

func (p *Plan) warn(f spreadsheet.Fault) {
	if len(p.Warnings) < spreadsheet.MaxNoted {
		p.Warnings = append(p.Warnings, f)
	}
}

// count sums up.
func (w *planner) count() {
	for i := range w.plan.Rows {
		w.plan.Counts[w.plan.Rows[i].Action]++
		w.plan.Faults = append(w.plan.Faults, w.faults[i]...)
	}
	for _, c := range w.reader.columns {
		if n := w.kept[c]; n > 0 {
			w.plan.Notes = append(w.plan.Notes, "blank cells under "+strconv.Quote(w.reader.Heading(c))+" leave "+
				strconv.Itoa(n)+" values as they are, since not everyone who writes such a file can see them")
		}
	}
}

// Count gives the number of rows with an action.
func (p *Plan) Count(a Action) int { return p.Counts[a] }
