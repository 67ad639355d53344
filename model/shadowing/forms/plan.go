package forms

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/exchange"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// NewSignupPlan works out what a sign-up form would do: whom of the people on
// record each row means, by e-mail address or by name and city, who is new, and
// what each signs up for. A row that names no event is for the one given. Blanks
// of a form never take anything away. It changes nothing.
func NewSignupPlan(s *exchange.Sheet, m *exchange.Mapping, env *field.Env, event shadowing.EventID) (*exchange.Plan, error) {
	if m.Position("name") < 0 && m.Position("name:1") < 0 && m.Position("name:3") < 0 {
		return nil, failure.New(failure.Invalid, "no heading of "+s.File+" is known for the name; say which column holds it")
	}
	if err := s.Headless(m); err != nil {
		return nil, err
	}
	if field.Get(env.Reader, event) == nil && m.Position("event") < 0 {
		return nil, failure.New(failure.Invalid, "say for which event these people sign up")
	}
	p := &exchange.Plan{Form: true, Kind: m.Kind, File: s.File, Rows: make([]exchange.Planned, s.Len()), Notes: slices.Clone(s.Notes),
		Ignored: m.Unknown(), Warnings: slices.Clone(s.Warnings)}
	w := signupPlanner{plan: p, env: env, event: event, byEmail: map[string]partnership.PersonID{}, byName: map[string][]partnership.PersonID{},
		line: map[string]int{}}
	w.reader = exchange.NewRowReader(s, m, m.Kind, env, func(f exchange.Fault) { p.Warnings = append(p.Warnings, f) })
	w.index()
	for i := range p.Rows {
		p.Rows[i].Line = s.Line(i)
		w.row(i)
		p.Counts[p.Rows[i].Action]++
		if l, ok := p.Rows[i].Mine.(*shadowing.SignupLine); ok && l.Person.ID == 0 {
			w.added++
		}
	}
	if w.added > 0 {
		p.Notes = append(p.Notes, exchange.Counted(w.added, "row")+" for people who are not on record yet; they are added")
	}
	return p, nil
}

type signupPlanner struct {
	plan    *exchange.Plan
	reader  *exchange.RowReader
	env     *field.Env
	event   shadowing.EventID
	byEmail map[string]partnership.PersonID
	byName  map[string][]partnership.PersonID // by folded name and city
	line    map[string]int                    // of each person of the file
	added   int                               // rows for new people
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
	w.plan.Faults = append(w.plan.Faults, exchange.Fault{Line: w.plan.Rows[i].Line, Column: column, Value: exchange.Shorten(value), Reason: why})
}

func (w *signupPlanner) warn(i int, field, value, why string) {
	w.plan.Warnings = append(w.plan.Warnings, exchange.Fault{Line: w.plan.Rows[i].Line, Column: w.reader.Heading(w.plan.Kind.Column(field)),
		Value: exchange.Shorten(value), Reason: why})
}

// row reads one row into what it would add or change.
func (w *signupPlanner) row(i int) {
	st := &exchange.RowState{}
	if faults := w.reader.Read(i, st); len(faults) > 0 {
		for _, f := range faults {
			f.Line = w.plan.Rows[i].Line
			w.plan.Faults = append(w.plan.Faults, f)
		}
		w.plan.Rows[i].Action = exchange.Bad
		return
	}
	l := st.Record.(*shadowing.SignupLine)
	l.Name = turned(l.Name)
	event, ok := w.eventOf(i, l)
	if !ok || !w.who(i, l) || !w.once(i, l, event) {
		return
	}
	w.what(i, l, event)
}

// turned puts "Reyes, Dana" the usual way round.
func turned(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	last, first, ok := strings.Cut(name, ", ")
	if ok && first != "" && !strings.Contains(first, ",") && !strings.Contains(last, " ") {
		return first + " " + last
	}
	return name
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
		id, err := w.env.Resolve(partnership.KindPartners, cityName(l.Partner))
		if err != nil {
			w.refuse(i, "partner", l.Partner, strconv.Quote(l.Partner)+" is not a partner; partners are "+w.partners())
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

func (w *signupPlanner) partners() string {
	var names []string
	for p := range field.All[partnership.Partner](w.env.Reader) {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// known fills in what the record of somebody lacks.
func (w *signupPlanner) known(i int, l *shadowing.SignupLine, id partnership.PersonID, city partnership.PartnerID) bool {
	l.Person = *field.Get(w.env.Reader, id)
	if city != 0 && city != l.Person.Partner {
		w.refuse(i, "partner", l.Partner, l.Person.Name+" is on record with "+w.env.Label(partnership.KindPartners, uint64(l.Person.Partner))+"; correct one or the other")
		return false
	}
	if field.FoldName(l.Name) != field.FoldName(l.Person.Name) {
		w.warn(i, "name", l.Name, "taken for "+l.Person.Name+", who has the same e-mail address")
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
	l.Person = partnership.Person{Name: l.Name, Partner: city, Department: l.Department, Title: l.Title, Duties: lines(l.Duties),
		Tags: lines(l.Tags), Languages: lines(l.Languages), Supervisor: l.Supervisor}
	return w.reach(i, l)
}

// reach reads the address and the telephone number by the rules of people's
// fields, where the record has none.
func (w *signupPlanner) reach(i int, l *shadowing.SignupLine) bool {
	people := w.env.Reader.Schema().Kind(partnership.KindPeople)
	for _, f := range []struct{ field, have, said string }{{"email", l.Person.Email, l.Email}, {"phone", l.Person.Phone, l.Phone}} {
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

// once refuses somebody who is in the file twice.
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
	if first, twice := w.line[key]; twice {
		w.refuse(i, "name", l.Name, l.Person.Name+" is on line "+strconv.Itoa(first)+" already; keep one of the two")
		return false
	}
	w.line[key] = w.plan.Rows[i].Line
	return true
}

// IsSignupForm reports whether a mapping is of a sign-up form.
func IsSignupForm(m *exchange.Mapping) bool {
	_, form := m.Kind.New().(*shadowing.SignupLine)
	return form
}

// cityName takes away what people put around a city's name.
func cityName(s string) string {
	s = strings.TrimSpace(s)
	folded := strings.ToLower(s)
	for _, prefix := range []string{"the city of ", "city of "} {
		if strings.HasPrefix(folded, prefix) {
			s = s[len(prefix):]
			folded = folded[len(prefix):]
		}
	}
	for _, suffix := range []string{", missouri", ", mo", " mo", ", mo."} {
		if strings.HasSuffix(folded, suffix) {
			s = s[:len(s)-len(suffix)]
			break
		}
	}
	return strings.TrimSpace(s)
}
