package forms

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// Hours stand for the half of the day that they are meant for; those that fill none
// are asked about.
func TestWhichHoursAreAHalfDay(t *testing.T) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9)),
		Until: value.Some(value.Date(2027, 3, 10))}
	const am, pm = "2027-03-09 AM", "2027-03-09 PM"
	for said, want := range map[string]string{
		"7-12": am, "9:30-12": am, "9:31-12": "", "8-12:30": am, "8-12:31": "", "8-11:30": am, "8-11:29": "",
		"12-5": pm, "11:59-17": "", "13:30-16": pm, "13:31-17": "", "12-16:00": pm, "13-15:59": "", "13-18": pm,
		"13-18:01": "", "1-6": pm, "7-5pm": am + "; " + pm, "10-5": "", "12-12:15": "", "06-12": "",
		"12am-5pm": "", "8am-12am": "", "12pm-5pm": pm, "noon to 5": pm, "8 until noon": am,
		"7:00": am, "9:30": am, "9:31": "", "11:59": "", "12:00": pm, "13:30": pm, "13:31": "", "1:00": pm, "6:59": "",
		"12:00 AM": "", "12:30 PM": pm,
	} {
		got, err := SlotsSaid("3/9 "+said, e, value.Date(2027, 2, 1))
		if slotWords(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", said, slotWords(got), err, want)
		}
	}
}

// The day in front of hours is no hour.
func TestADayInFrontOfHours(t *testing.T) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9))}
	for _, said := range []string{"March 9 - 8:00 AM - 12:00 PM", "3/9 – 8:00-12:00", "March 9 — 8:00 to noon"} {
		if got, err := SlotsSaid(said, e, today); err != nil || slotWords(got) != "2027-03-09 AM" {
			t.Errorf("%q is %q (%v)", said, slotWords(got), err)
		}
	}
}

// A date without a year is the event's, whenever the answer is read; of an event
// without a day there is no half day.
func TestDatesAreOfTheEvent(t *testing.T) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 13))}
	for _, today := range []value.Day{value.Date(2025, 7, 1), value.Date(2027, 2, 1), value.Date(2029, 1, 1)} {
		for _, said := range []string{"3/13 AM", "Saturday AM", "sat morning", "Saturdays AM", "the 13th AM"} {
			if got, err := SlotsSaid(said, e, today); err != nil || slotWords(got) != "2027-03-13 AM" {
				t.Errorf("%q, read on %s, is %q (%v)", said, today, slotWords(got), err)
			}
		}
	}
	if got, err := SlotsSaid("AM", &shadowing.Event{Name: "Some day"}, today); err == nil {
		t.Errorf("of an event without a day AM is %q", slotWords(got))
	}
}

// What is said and taken back is not understood; of a span the most counts.
func TestLengthsAndNumbersAtTheirBounds(t *testing.T) {
	for said, want := range map[string]shadowing.Length{"half day, not half": "", "full, not full": "",
		"half or full, not full": "", "full day, not half": shadowing.FullDay, "whole": shadowing.FullDay,
		"any, not half": "", "": "", "½ day": shadowing.HalfDay, "8 hrs": shadowing.FullDay,
		"don't mind": shadowing.EitherOfTwo} {
		if got, ok := lengthSaid(said); got != want && ok || ok != (want != "") {
			t.Errorf("%q is %q (%v), want %q", said, got, ok, want)
		}
	}
	for said, want := range map[string]int64{"9": 9, "zero": 0, "ten": 10, "eleven": -1, "0-2": 2, "2-2": 2, "3-2": -1,
		"-2-3": -1, "2-": -1, "2–4": 4, "100": 100, "2-101": -1, "": -1, "3 or 2": 3, "2.": 2,
		"1 to 3 people": 3, "99999999999": -1, "2 visitors, maximum three": 3} {
		if got, ok := capacitySaid(said); ok != (want >= 0) || ok && got != want {
			t.Errorf("%q is %d (%v), want %d", said, got, ok, want)
		}
	}
}

// People sign up for the only event that is not over, or for the next that is open.
func TestForWhichEventPeopleSignUp(t *testing.T) {
	on := func(state shadowing.EventState, days ...int) *shadowing.Event {
		e := &shadowing.Event{State: state}
		if len(days) > 0 {
			e.Date = value.Some(today + value.Day(days[0]))
		}
		if len(days) > 1 {
			e.Until = value.Some(today + value.Day(days[1]))
		}
		return e
	}
	type list = []*shadowing.Event
	const draft, open = shadowing.EventDraft, shadowing.EventOpen
	for name, c := range map[string]struct {
		events list
		want   shadowing.EventID
	}{
		"none":                           {nil, 0},
		"one to come":                    {list{on(draft, 9)}, 1},
		"one without a day":              {list{on(draft)}, 1},
		"one that was held":              {list{on(shadowing.EventHeld, 9)}, 0},
		"one that is over":               {list{on(open, -1)}, 0},
		"one today":                      {list{on(open, 0)}, 1},
		"one whose last day is today":    {list{on(open, -1, 0)}, 1},
		"one whose last day was":         {list{on(open, -3, -1)}, 0},
		"one behind one that is over":    {list{on(open, -9), on(draft, 9)}, 2},
		"two, of which one is open":      {list{on(draft, 3), on(open, 9)}, 2},
		"two that are open":              {list{on(open, 3), on(open, 9)}, 0},
		"two of which neither is open":   {list{on(draft, 3), on(shadowing.EventMatched, 9)}, 0},
		"one open beside one over, open": {list{on(open, -3), on(open, 9)}, 2},
	} {
		m := newMemory()
		for _, e := range c.events {
			m.put("events", e)
		}
		if got := NextEvent(m, today); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// A row adds whom nobody knows, fills in what a record lacks, and leaves a record
// that lacks nothing alone; the sign-up is of that person.
func TestARowIsCarriedOut(t *testing.T) {
	for name, c := range map[string]struct {
		person partnership.Person
		writes int // people that are put
		id     partnership.PersonID
	}{
		"somebody new":         {partnership.Person{Name: "Kim"}, 1, 2},
		"somebody known":       {partnership.Person{ID: 1, Name: "Dana"}, 0, 1},
		"somebody known, more": {partnership.Person{ID: 1, Name: "Dana", Title: "Clerk"}, 1, 1},
	} {
		w := &counting{fieldtest.NewWriter(NewSchema(), today.At(9, 0)), 0}
		w.Add(&partnership.Person{Name: "Dana"})
		l := &shadowing.SignupLine{Person: c.person, Signup: shadowing.Signup{Event: 1, Role: shadowing.SignupHost}}
		if err := Answer(w, l); err != nil {
			t.Fatal(err)
		}
		s := field.Get(w, shadowing.SignupID(1))
		p := field.Get(w, c.id)
		if w.people != c.writes || s.Person != c.id || s.Role != shadowing.SignupHost || p.Title != c.person.Title {
			t.Errorf("%s: %d written, %+v, %+v", name, w.people, s, p)
		}
	}
}

// counting counts the people that are written.
type counting struct {
	*fieldtest.Writer
	people int
}

func (c *counting) Put(kind string, rec any) (uint64, error) {
	if kind == partnership.KindPeople {
		c.people++
	}
	return c.Writer.Put(kind, rec)
}

// planOf plans the rows of a form for an event, 0 for none said.
func planOf(t *testing.T, m *memory, file string, event shadowing.EventID) *exchange.Plan {
	t.Helper()
	s := read(t, "form.csv", file)
	k := spreadsheet.ReadAs(m.schema.Kind("signups"), s.Headings)
	p, err := NewSignupPlan(s, spreadsheet.Map(k, s.Headings, nil), m.env(), event)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Which event a row is for is said by the row, or else for the whole form.
func TestWhichEventARowIsFor(t *testing.T) {
	m := springs(t)
	m.put("events", &shadowing.Event{Name: "Autumn", Date: value.Some(value.Date(2027, 9, 20)),
		State: shadowing.EventOpen})
	const head = "Name,City,I would like to…,Event\n"
	for row, want := range map[string]struct {
		event, form shadowing.EventID
		fault       string
	}{
		"Kim Ito,Raytown,Visit,Autumn\n": {2, 1, ""},
		"Kim Ito,Raytown,Visit,\n":       {1, 1, ""},
		"Kim Ito,Raytown,Visit, \n":      {0, 0, "say for which event"},
		"Kim Ito,Raytown,Visit,Winter\n": {0, 1, "Winter"},
	} {
		p := planOf(t, m, head+row, want.form)
		if want.fault != "" {
			if len(p.Faults) != 1 || !strings.Contains(p.Faults[0].String(), want.fault) {
				t.Errorf("%q: %v", row, p.Faults)
			}
			continue
		}
		if l, ok := p.Rows[0].Mine.(*shadowing.SignupLine); !ok || l.Signup.Event != want.event || len(p.Columns) != 4 {
			t.Errorf("%q: %v, %+v", row, p.Faults, l)
		}
	}
}

// Somebody's address in another's name is asked about; their own name put otherwise
// is told and taken.
func TestANameAndAnAddressThatDoNotAgree(t *testing.T) {
	m := springs(t)
	p := planForm(t, m, "x,Kim Ito,dana@raytown.example,,,,Visit,,,,,,\n")
	if len(p.Faults) != 1 || !strings.Contains(p.Faults[0].String(),
		"has the e-mail address of Dana Reyes; answer Dana Reyes if that is who it is") {
		t.Errorf("%v", p.Faults)
	}
	p = planForm(t, m, "x,D. Reyes,dana@raytown.example,,,,Visit,,,,,,\n")
	if len(p.Faults) != 0 || len(p.Warnings) != 1 || p.Warnings[0].Field != "" ||
		!strings.Contains(p.Warnings[0].String(), "taken for Dana Reyes, who has the same e-mail address") {
		t.Errorf("%v %v", p.Faults, p.Warnings)
	}
	p = planForm(t, m, "x,Kim Ito,,Raytwon,,,Visit,,,,,,\n")
	if len(p.Faults) != 1 || p.Faults[0].Suggest != "Raytown" {
		t.Errorf("%+v", p.Faults)
	}
}

// A row that says nothing of visiting or hosting is asked about, unless the person has
// signed up before; an approval that is not understood costs the approval alone.
func TestARowThatLeavesThingsOpen(t *testing.T) {
	m := springs(t)
	p := planForm(t, m, "x,Kim Ito,,Raytown,,,,,,,,,\n")
	if len(p.Faults) != 1 || !strings.Contains(p.Faults[0].String(), "nothing is said of visiting or hosting") {
		t.Errorf("%v", p.Faults)
	}
	m.put("signups", &shadowing.Signup{Event: 1, Person: 2, Role: shadowing.SignupHost,
		State: shadowing.SignupReceived, Capacity: value.Some[int64](2), Wanted: []partnership.PersonID{1}})
	p = planForm(t, m, "x,Lena Forsythe,,Independence,,,,half,,,perhaps,Kim Ito,\n")
	if len(p.Faults) != 0 || len(p.Warnings) != 2 ||
		!strings.Contains(p.Warnings[0].String(), "kept among the wishes") ||
		!strings.Contains(p.Warnings[1].String(), "says neither yes nor no") {
		t.Errorf("%v %v", p.Faults, p.Warnings)
	}
	l, ok := p.Rows[0].Mine.(*shadowing.SignupLine)
	if !ok || l.Signup.Role != shadowing.SignupHost || l.Signup.State != shadowing.SignupReceived ||
		l.Signup.Length != shadowing.HalfDay || l.Signup.Capacity.V != 2 || !slices.Equal(l.Signup.Wanted,
		[]partnership.PersonID{1}) || l.Signup.Wishes != "Asked for Kim Ito" {
		t.Errorf("%v: %+v", p.Rows, l)
	}
	if got := lines("a; b\n- a • c;;* b "); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q", got)
	}
}

// Of two answers the later by the form's own time counts, a zone behind it or not.
func TestTheLaterAnswerByItsTimeCounts(t *testing.T) {
	m := springs(t)
	const head = "Timestamp,Name,City,I would like to…\n"
	for times, later := range map[[2]string]int{
		{"2027/03/01 9:00:00 AM CST", "2027/03/01 8:00:00 AM CST"}: 0,
		{"2027/03/01 8:00:00 AM CST", "2027/03/01 9:00:00 AM CST"}: 1,
		{"3/1/2027 9:00:00", "3/1/2027 9:00:00"}:                   1,
		{"3/1/2027 9:00:00", ""}:                                   1,
		{"", "3/1/2027 9:00:00"}:                                   1,
		{"2027-03-02 09:00", "2027-03-01 10:00"}:                   0,
	} {
		p := planOf(t, m, head+times[0]+",Kim Ito,Raytown,Visit\n"+times[1]+",Kim Ito,Raytown,Host\n", 1)
		if p.Rows[later].Action != exchange.Add || p.Rows[1-later].Action != exchange.LeftOut || len(p.Aside) != 1 {
			t.Errorf("%v: %v %v", times, p.Rows, p.Faults)
		}
	}
}
