package forms

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// answered is what somebody meant, and how a form's export wrote it.
type answered struct {
	role      shadowing.SignupRole
	length    shadowing.Length
	available []value.Slot // nil is all of them
	roleSaid  string
	lenSaid   string
	said      []string // what stands in the columns for availability
	unclear   bool     // a person could not tell either: it must be asked
}

// builder is a form builder with its quirks: its headings, and how it writes
// the half days that somebody ticked.
type builder struct {
	name     string
	headings string
	row      func(i int, a answered) []string
	halves   func(r *rand.Rand, slots []value.Slot) []string
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// Days of the event, as people and builders write them.
func dayWords(r *rand.Rand, d value.Day) string {
	_, _, n := d.Date()
	weekday := d.Weekday().String()
	return pick(r, fmt.Sprintf("%s, March %d", weekday, n), fmt.Sprintf("%s %d", "Mar", n), fmt.Sprintf("3/%d", n),
		fmt.Sprintf("3/%d/2027", n),
		fmt.Sprintf("%s March %d", weekday[:3], n), fmt.Sprintf("March %dth", n), d.String(), weekday)
}

func halfWords(r *rand.Rand, h value.Half) string {
	if h == value.Morning {
		return pick(r, "AM", "morning", "Morning", "a.m.", "8am-12pm", "8:00 AM - 12:00 PM", "(morning)",
			"Morning (8-12)")
	}
	return pick(r, "PM", "afternoon", "Afternoon", "p.m.", "1pm-5pm", "1:00 PM - 5:00 PM", "(afternoon)",
		"Afternoon (1-5)")
}

// ticked writes each half day apart.
func ticked(r *rand.Rand, slots []value.Slot, separator string) string {
	var parts []string
	for _, s := range slots {
		parts = append(parts, dayWords(r, s.Day())+pick(r, " ", ": ", " - ")+halfWords(r, s.Half()))
	}
	return strings.Join(parts, separator)
}

func builders() []builder {
	return []builder{
		{name: "Google", headings: "Timestamp,Email Address,Full name,City,Would you like to visit or host?,Half or " +
			"full day?,When are you available?",
			row: func(i int, a answered) []string {
				return []string{"2/3/2027 9:05:40", mail(i), named(i), "Raytown", a.roleSaid, a.lenSaid, a.said[0]}
			},
			halves: func(r *rand.Rand, slots []value.Slot) []string {
				return []string{ticked(r, slots, pick(r, ", ", "; "))}
			}},
		{name: "Microsoft", headings: "Id,Start time,Completion time,Email,Name,Your full name,Your work email " +
			"address,Which city do you work for?,I would like to:,Half or full day?,Which times work for you?",
			row: func(i int, a answered) []string {
				return []string{fmt.Sprint(i + 1), "2/3/27 9:02:11", "2/3/27 9:05:40", "anonymous", "", named(i),
					mail(i), "City of Raytown", a.roleSaid + ";", a.lenSaid, a.said[0]}
			},
			halves: func(r *rand.Rand, slots []value.Slot) []string { return []string{ticked(r, slots, ";") + ";"} }},
		{name: "grid", headings: "Timestamp,Email Address,First Name,Last Name,City,\"Do you want to visit, host, or " +
			"both?\",Half or full day?," +
			"When are you available? [Tuesday March 9],When are you available? [Wednesday March 10]",
			row: func(i int, a answered) []string {
				first, last, _ := strings.Cut(named(i), " ")
				return []string{"2027/02/03 9:05:40 AM CST", mail(i), first, last, "Raytown", a.roleSaid, a.lenSaid,
					a.said[0], a.said[1]}
			},
			halves: func(r *rand.Rand, slots []value.Slot) []string {
				out := make([]string, 2)
				for _, s := range slots {
					at := 0
					if s.Day() == value.Date(2027, 3, 10) {
						at = 1
					}
					if out[at] != "" {
						out[at] += ", "
					}
					out[at] += pick(r, map[value.Half][]string{value.Morning: {"Morning", "AM"},
						value.Afternoon: {"Afternoon", "PM"}}[s.Half()]...)
				}
				return out
			}},
	}
}

func named(i int) string {
	letters := func(n int) string { return string([]byte{byte('a' + n%26), byte('a' + n/26%26), byte('a' + n/676%26)}) }
	return "P" + letters(i) + " Q" + letters(i*7+3)
}

func mail(i int) string { return fmt.Sprintf("p%d@raytown.example", i) }

// meant draws what somebody means and how they say it.
func meant(r *rand.Rand, b builder, all []value.Slot) answered {
	a := answered{role: pick(r, shadowing.SignupVisit, shadowing.SignupHost, shadowing.SignupBoth),
		length: pick(r, shadowing.HalfDay, shadowing.FullDay, shadowing.EitherOfTwo)}
	a.roleSaid = pick(r, map[shadowing.SignupRole][]string{
		shadowing.SignupVisit: {"Visit", "Shadow someone", "Visit only (cannot host)", "I want to shadow an employee " +
			"in another city", "Visitor", "Visiting, not hosting"},
		shadowing.SignupHost: {"Host", "Host a shadow", "Host a visitor", "Be shadowed by someone",
			"I am willing to host an employee from another city", "I'd like to host, not visit"},
		shadowing.SignupBoth: {"Both", "Visit and host", "Shadow someone;Host a shadow", "Either"},
	}[a.role]...)
	a.lenSaid = pick(r, map[shadowing.Length][]string{
		shadowing.HalfDay:     {"Half day", "half", "Half day (4 hours)", "1/2 day"},
		shadowing.FullDay:     {"Full day", "full", "All day", "Full day (8 hours)"},
		shadowing.EitherOfTwo: {"Either", "No preference", "Either is fine", "Half or full day"}}[a.length]...)
	var slots []value.Slot
	for len(slots) == 0 {
		for _, s := range all {
			if r.IntN(2) == 0 {
				slots = append(slots, s)
			}
		}
	}
	a.said = b.halves(r, slots)
	if !slices.Equal(slots, all) {
		a.available = slots
	}
	if r.IntN(20) == 0 {
		a.unclear = true
		if r.IntN(2) == 0 {
			a.roleSaid = pick(r, "Neither", "Mentor", "Maybe host", "Not sure", "Cannot host", "Depends")
		} else {
			a.said[0] = pick(r, "If I can", "Tuesday March 10 AM", "Thursday, March 11 AM", "mornings preferably",
				"10-2", "Not available", "ask me")
		}
	}
	return a
}

// TestNoAnswerIsStoredAsSomethingElse reads ten thousand rows of three form
// builders: what is stored is what was meant. What the grammar cannot read is
// asked, which is counted.
func TestNoAnswerIsStoredAsSomethingElse(t *testing.T) {
	r := rand.New(rand.NewPCG(20270309, 1))
	m := newMemory()
	addPartners(m)
	event := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9)),
		Until: value.Some(value.Date(2027, 3, 10)), State: shadowing.EventOpen}
	m.put("events", event)
	rows, asked, wrong, each := 0, 0, 0, 3400
	if testing.Short() {
		each = 700
	}
	for _, b := range builders() {
		var answers []answered
		var file strings.Builder
		file.WriteString(b.headings + "\n")
		for i := range each {
			a := meant(r, b, event.HalfDays())
			answers = append(answers, a)
			for j, cell := range b.row(i, a) {
				if j > 0 {
					file.WriteByte(',')
				}
				file.WriteString(`"` + cell + `"`)
			}
			file.WriteByte('\n')
		}
		s, err := spreadsheet.Read(strings.NewReader(file.String()), "form.csv",
			spreadsheet.ReadOptions{Kind: m.schema.Kind("signups")})
		if err != nil {
			t.Fatal(err)
		}
		k := spreadsheet.ReadAs(m.schema.Kind("signups"), s.Headings)
		p, err := NewSignupPlan(s, spreadsheet.MapSheet(k, s, m.env(), nil), m.env(), 1)
		if err != nil {
			t.Fatal(b.name, err)
		}
		for i := range p.Rows {
			rows++
			l, stored := p.Rows[i].Mine.(*shadowing.SignupLine)
			a := answers[i]
			switch {
			case !stored:
				asked++
				if !a.unclear && asked < 5 {
					t.Logf("%s asks: %q %q %q", b.name, a.roleSaid, a.lenSaid, a.said)
				}
			case a.unclear, l.Signup.Role != a.role, l.Signup.Length != a.length,
				!slices.Equal(l.Signup.Available, a.available):
				if wrong++; wrong < 10 {
					t.Errorf("%s: %q %q %q is stored as %s, %s, %q", b.name, a.roleSaid, a.lenSaid, a.said,
						l.Signup.Role, l.Signup.Length,
						slotWords(l.Signup.Available))
				}
			}
		}
	}
	if rows < 3*each || asked > rows/4 {
		t.Errorf("%d rows, %d asked, %d stored as something else", rows, asked, wrong)
	}
	t.Logf("%d rows, %d asked, %d stored as something else", rows, asked, wrong)
}
