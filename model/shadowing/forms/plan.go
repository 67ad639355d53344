package forms

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// NewSignupPlan works out what a sign-up form would do: whom of the people on
// record each row means, by e-mail address or by name and city, who is new, and
// what each signs up for. A row that names no event is for the one given. Blanks
// of a form never take anything away. It changes nothing.
func NewSignupPlan(s *spreadsheet.Sheet, m *spreadsheet.Mapping, env *field.Env,
	event shadowing.EventID) (*exchange.Plan, error) {
	if !m.Has("name") {
		return nil, failure.New(failure.Invalid, "no heading of "+s.File+
			" is known for the name; say which column holds it")
	}
	if err := s.Headless(m); err != nil {
		return nil, err
	}
	if field.Get(env.Reader, event) == nil && !m.Has("event") {
		return nil, failure.New(failure.Invalid, "say for which event these people sign up")
	}
	p := &exchange.Plan{Form: true, Kind: m.Kind, File: s.File, Rows: make([]exchange.Planned, s.Len()),
		Notes:   slices.Clone(s.Notes),
		Ignored: m.Unknown(), Warnings: slices.Clone(s.Warnings)}
	w := signupPlanner{plan: p, env: env, event: event, byEmail: map[string]partnership.PersonID{},
		byName: map[string][]partnership.PersonID{},
		rows:   map[string]int{}, names: map[int]string{}, sheet: s}
	w.reader = exchange.NewRowReader(s, m, m.Kind, env,
		func(f spreadsheet.Fault) { p.Warnings = append(p.Warnings, f) })
	w.reader.Tell("partner", "role", "length", "capacity", "available", "approved", "event")
	w.index()
	for i := range p.Rows {
		p.Rows[i].Line = s.Line(i)
		w.row(i)
	}
	w.count()
	if w.added > 0 {
		p.Notes = append(p.Notes, spreadsheet.Counted(w.added, "row")+
			" for people who are not on record yet; they are added")
	}
	return p, nil
}

// count sums up, once it is known which answers later ones replace.
func (w *signupPlanner) count() {
	for i := range w.plan.Rows {
		row := &w.plan.Rows[i]
		w.plan.Counts[row.Action]++
		if l, ok := row.Mine.(*shadowing.SignupLine); ok && l.Person.ID == 0 {
			w.added++
		}
	}
	slices.SortStableFunc(w.plan.Faults, func(a, b spreadsheet.Fault) int { return a.Line - b.Line })
	w.plan.Columns = w.reader.Columns()
}

type signupPlanner struct {
	plan    *exchange.Plan
	reader  *exchange.RowReader
	env     *field.Env
	event   shadowing.EventID
	byEmail map[string]partnership.PersonID
	byName  map[string][]partnership.PersonID // by folded name and city
	rows    map[string]int                    // of each person of the file
	names   map[int]string                    // as the rows of those people say
	sheet   *spreadsheet.Sheet
	added   int // rows for new people
}

func nameKey(city partnership.PartnerID, name string) string {
	return strconv.FormatUint(uint64(city), 10) + " " + field.FoldName(name)
}

func (w *signupPlanner) index() {
	for p := range field.All[partnership.Person](w.env.Reader) {
		if p.Left {
			continue
		}
		if p.Email != "" {
			w.byEmail[strings.ToLower(p.Email)] = p.ID
		}
		k := nameKey(p.Partner, p.Name)
		w.byName[k] = append(w.byName[k], p.ID)
	}
}

// refuse notes what is wrong with a row under the heading of a field.
func (w *signupPlanner) refuse(i int, field, value, why string) {
	w.plan.Rows[i].Action = exchange.Bad
	column := ""
	if c := w.plan.Kind.Column(field); c != nil {
		column = w.reader.Heading(c)
	}
	w.plan.Faults = append(w.plan.Faults, spreadsheet.Fault{Line: w.plan.Rows[i].Line, Column: column,
		Value: spreadsheet.Shorten(value), Reason: why,
		Field: field})
	w.reader.Stored(field, value, "")
}

func (w *signupPlanner) warn(i int, field, value, why string) {
	w.plan.Warnings = append(w.plan.Warnings,
		spreadsheet.Fault{Line: w.plan.Rows[i].Line, Column: w.reader.Heading(w.plan.Kind.Column(field)),
			Value: spreadsheet.Shorten(value), Reason: why, Field: field})
}

// note tells what was made of a value of which nothing is to be asked.
func (w *signupPlanner) note(i int, field, value, why string) {
	w.warn(i, field, value, why)
	w.plan.Warnings[len(w.plan.Warnings)-1].Field = ""
}

// row reads one row into what it would add or change.
func (w *signupPlanner) row(i int) {
	st := &exchange.RowState{}
	faults, aside := w.reader.Read(i, st)
	if aside != "" {
		w.plan.Rows[i].Action = exchange.LeftOut
		w.plan.Aside = append(w.plan.Aside, spreadsheet.Fault{Line: w.plan.Rows[i].Line, Reason: aside})
		return
	}
	if len(faults) > 0 {
		for _, f := range faults {
			f.Line = w.plan.Rows[i].Line
			w.plan.Faults = append(w.plan.Faults, f)
		}
		w.plan.Rows[i].Action = exchange.Bad
		return
	}
	l := st.Record.(*shadowing.SignupLine)
	l.Name, _ = partnership.NameInOrder(l.Name)
	event, ok := w.eventOf(i, l)
	if !ok || !w.who(i, l) || !w.once(i, l, event) {
		return
	}
	w.what(i, l, event)
}

func (w *signupPlanner) eventOf(i int, l *shadowing.SignupLine) (*shadowing.Event, bool) {
	id := w.event
	if l.Event != "" {
		found, err := w.env.Resolve(shadowing.KindEvents, l.Event)
		if err != nil {
			w.refuse(i, "event", l.Event, err.Error())
			return nil, false
		}
		id = shadowing.EventID(found)
	}
	e := field.Get(w.env.Reader, id)
	if e == nil {
		w.refuse(i, "event", "", "say for which event the person signs up")
	}
	return e, e != nil
}

// who finds the person a row means, or makes a new one.
func (w *signupPlanner) who(i int, l *shadowing.SignupLine) bool {
	if l.Name == "" {
		w.refuse(i, "name", "", "the name is missing")
		return false
	}
	city := partnership.PartnerID(0)
	if l.Partner != "" {
		id, err := w.env.Resolve(partnership.KindPartners, l.Partner)
		if err != nil {
			w.refuse(i, "partner", l.Partner, strconv.Quote(l.Partner)+" is not a partner; partners are "+
				strings.Join(w.partners(), ", "))
			last := &w.plan.Faults[len(w.plan.Faults)-1]
			last.Suggest = exchange.Likely(l.Partner, w.partners())
			return false
		}
		city = partnership.PartnerID(id)
	}
	known := w.byEmail[strings.ToLower(l.Email)]
	if l.Email == "" {
		known = 0
	}
	if known == 0 && city != 0 {
		same := w.byName[nameKey(city, l.Name)]
		if len(same) > 1 {
			w.refuse(i, "name", l.Name, "several people of "+l.Partner+" are called "+l.Name+"; add the e-mail address")
			return false
		}
		if len(same) == 1 {
			known = same[0]
		}
	}
	if known != 0 {
		return w.known(i, l, known, city)
	}
	if city == 0 {
		w.refuse(i, "partner", "", "the city is missing, and nobody on record has this name and address")
		return false
	}
	return w.fresh(i, l, city)
}

func (w *signupPlanner) partners() (names []string) {
	for p := range field.All[partnership.Partner](w.env.Reader) {
		names = append(names, p.Name)
	}
	return names
}

// known fills in what the record of somebody lacks.
func (w *signupPlanner) known(i int, l *shadowing.SignupLine, id partnership.PersonID,
	city partnership.PartnerID) bool {
	l.Person = *field.Get(w.env.Reader, id)
	if city != 0 && city != l.Person.Partner {
		w.refuse(i, "partner", l.Partner, l.Person.Name+" is on record with "+w.env.Label(partnership.KindPartners,
			uint64(l.Person.Partner))+"; correct one or the other")
		return false
	}
	if !partnership.SamePerson(l.Name, l.Person.Name) {
		w.refuse(i, "name", l.Name, "has the e-mail address of "+l.Person.Name+"; answer "+l.Person.Name+
			" if that is who it is, or correct the address")
		return false
	}
	if field.FoldName(l.Name) != field.FoldName(l.Person.Name) {
		w.note(i, "name", l.Name, "taken for "+l.Person.Name+", who has the same e-mail address")
	}
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	l.Person.Duties = slices.Clone(l.Person.Duties)
	if len(l.Person.Duties) == 0 {
		l.Person.Duties = lines(l.Duties)
	}
	if len(l.Person.Tags) == 0 {
		l.Person.Tags = lines(l.Tags)
	}
	if len(l.Person.Languages) == 0 {
		l.Person.Languages = lines(l.Languages)
	}
	fill(&l.Person.Department, l.Department)
	fill(&l.Person.Title, l.Title)
	fill(&l.Person.Supervisor, l.Supervisor)
	return w.reach(i, l)
}

func (w *signupPlanner) fresh(i int, l *shadowing.SignupLine, city partnership.PartnerID) bool {
	l.Person = partnership.Person{Name: l.Name, Partner: city, Department: l.Department, Title: l.Title,
		Duties: lines(l.Duties),
		Tags:   lines(l.Tags), Languages: lines(l.Languages), Supervisor: l.Supervisor}
	return w.reach(i, l)
}

// reach reads the address and the telephone number by the rules of people's
// fields, where the record has none.
func (w *signupPlanner) reach(i int, l *shadowing.SignupLine) bool {
	people := w.env.Reader.Schema().Kind(partnership.KindPeople)
	for _, f := range []struct{ field, have, said string }{{"email", l.Person.Email, l.Email},
		{"phone", l.Person.Phone, l.Phone}} {
		if f.have != "" || f.said == "" {
			continue
		}
		if err := people.Column(f.field).Parse(&l.Person, f.said, w.env); err != nil {
			w.refuse(i, f.field, f.said, err.Error())
			return false
		}
	}
	return true
}

// lines parts a text into its lines or the items between semicolons.
func lines(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '\n' || r == '•' }) {
		part = strings.Trim(strings.TrimSpace(part), "-*· ")
		if part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// once settles which answer counts of somebody who is in the file twice: the
// later one, also where it is not understood, since the earlier no longer holds.
// It reports whether the row counts.
func (w *signupPlanner) once(i int, l *shadowing.SignupLine, e *shadowing.Event) bool {
	key := strconv.FormatUint(uint64(e.ID), 10)
	switch {
	case l.Person.ID != 0:
		key += " #" + strconv.FormatUint(uint64(l.Person.ID), 10)
	case l.Email != "":
		key += " " + strings.ToLower(l.Email)
	default:
		key += " " + nameKey(l.Person.Partner, l.Person.Name)
	}
	other, twice := w.rows[key]
	if !twice {
		w.rows[key], w.names[i] = i, l.Name
		return true
	}
	if !partnership.SamePerson(l.Name, w.names[other]) {
		w.refuse(i, "name", l.Name, "has the e-mail address of "+w.names[other]+" on line "+
			strconv.Itoa(w.plan.Rows[other].Line)+
			"; answer "+w.names[other]+" if that is who it is, or correct the address")
		return false
	}
	earlier, later := other, i
	if w.answeredBefore(i, other) {
		earlier, later = i, other
	}
	w.rows[key], w.names[later] = later, l.Name
	w.replaced(earlier, later)
	return later == i
}

// replaced leaves an answer out that a later one replaces, and says so.
func (w *signupPlanner) replaced(earlier, later int) {
	row := &w.plan.Rows[earlier]
	row.Action, row.Mine = exchange.LeftOut, nil
	w.plan.Faults = slices.DeleteFunc(w.plan.Faults, func(f spreadsheet.Fault) bool { return f.Line == row.Line })
	w.plan.Aside = append(w.plan.Aside, spreadsheet.Fault{Line: row.Line, Value: w.names[later],
		Reason: "answered again on line " + strconv.Itoa(w.plan.Rows[later].Line) + ", which holds"})
}

// answeredBefore reports whether a row was handed in before another that stands
// above it, as far as the form says when.
func (w *signupPlanner) answeredBefore(i, other int) bool {
	mine, ok := w.answeredAt(i)
	theirs, both := w.answeredAt(other)
	return ok && both && mine.Before(theirs)
}

func (w *signupPlanner) answeredAt(i int) (time.Time, bool) {
	for j, h := range w.sheet.Headings {
		switch field.FoldName(h) {
		case "timestamp", "completion time", "end date", "date submitted", "submitted", "submission date",
			"submitted at", "date completed":
		default:
			continue
		}
		said := strings.Join(strings.Fields(w.sheet.Cell(i, j)), " ")
		if words := strings.Fields(said); len(words) == 4 { // with a zone, which is the same for all
			said = strings.Join(words[:3], " ")
		}
		for _, layout := range []string{"1/2/2006 15:04:05", "1/2/06 15:04:05", "2006/01/02 3:04:05 PM",
			"2006-01-02 15:04:05", "2006-01-02 15:04",
			"1/2/2006 3:04:05 PM", "1/2/2006 15:04", "1/2/06 15:04", time.RFC3339} {
			if at, err := time.Parse(layout, said); err == nil {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

// IsSignupForm reports whether a mapping is of a sign-up form.
func IsSignupForm(m *spreadsheet.Mapping) bool {
	_, form := m.Kind.New().(*shadowing.SignupLine)
	return form
}
