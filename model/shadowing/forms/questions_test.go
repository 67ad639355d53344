package forms

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// given is what somebody answers to a question: one choice, several, or words.
type given []string

// builtIn is a builder: the columns that it puts before the questions, what it
// writes there, and how it writes several answers.
type builtIn struct {
	name        string
	heads, says []string
	join        string // between several answers; "" has a column for each choice
	secondRow   bool
	tail        string // behind several answers

}

func formBuilders() []builtIn {
	return []builtIn{
		{name: "Google", heads: []string{"Timestamp"}, says: []string{"2/3/2027 9:05:40"}, join: ", "},
		{name: "Microsoft", heads: []string{"Id", "Start time", "Completion time", "Email", "Name",
			"Last modified time"}, says: []string{"7", "2/3/27 9:02:11", "2/3/27 9:05:40", "anonymous", "", ""},
			join: ";",
			tail: ";"},
		{name: "SurveyMonkey", heads: []string{"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address",
			"Email Address", "First Name", "Last Name", "Custom Data 1"},
			says: []string{"118012345678", "441", "02/03/2027 " +
				"09:02:11 AM", "02/03/2027 09:05:40 AM", "203.0.113.9", "", "", "", ""}, secondRow: true},
	}
}

// export writes answers as a builder does.
func (b builtIn) export(questions []Question, rows [][]given) string {
	var first, second []string
	line := func(cells []string) string {
		for i, c := range cells {
			cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		return strings.Join(cells, ",") + "\n"
	}
	first, second = slices.Clone(b.heads), make([]string, len(b.heads))
	for _, q := range questions {
		first, second = append(first, q.Text), append(second, "Open-Ended Response")
		if len(q.Choices) > 0 {
			second[len(second)-1] = "Response"
		}
		if b.join == "" && q.Sort == manyAnswers {
			second[len(second)-1] = q.Choices[0]
			for _, c := range q.Choices[1:] {
				first, second = append(first, ""), append(second, c)
			}
		}
	}
	out := line(first)
	if b.secondRow {
		out += line(second)
	}
	for _, row := range rows {
		cells := slices.Clone(b.says)
		for i, q := range questions {
			switch {
			case q.Sort == manyAnswers && b.join == "":
				for _, c := range q.Choices {
					if !slices.Contains(row[i], c) {
						c = ""
					}
					cells = append(cells, c)
				}
			case q.Sort == manyAnswers:
				cells = append(cells, strings.Join(row[i], b.join)+b.tail)
			default:
				cells = append(cells, strings.Join(row[i], ""))
			}
		}
		out += line(cells)
	}
	return out
}

// The form that is handed out comes back from three builders without any question,
// and what is stored is what was ticked.
func TestTheFormThatIsHandedOutComesBackWithoutAQuestion(t *testing.T) {
	r := rand.New(rand.NewPCG(20270309, 2))
	m := newMemory()
	addPartners(m)
	event := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9)),
		Until: value.Some(value.Date(2027, 3, 10)), State: shadowing.EventOpen}
	m.put("events", event)
	questions := Questions(event, []string{"Blue Springs", "Grandview", "Independence", "Lee's Summit", "Raytown"})
	roles := []shadowing.SignupRole{shadowing.SignupVisit, shadowing.SignupHost, shadowing.SignupBoth}
	lengths := []shadowing.Length{shadowing.HalfDay, shadowing.FullDay, shadowing.EitherOfTwo}
	for _, b := range formBuilders() {
		var rows [][]given
		var want []shadowing.Signup
		for i := range 60 {
			role, length, s := r.IntN(3), r.IntN(3), shadowing.Signup{}
			s.Role, s.Length = roles[role], lengths[length]
			var when given
			for n, slot := range event.HalfDays() {
				if i>>n&1 == 1 || i%16 == 0 {
					when, s.Available = append(when, questions[8].Choices[n]), append(s.Available, slot)
				}
			}
			if len(when) == len(event.HalfDays()) {
				s.Available = nil
			}
			answer := make([]given, len(questions))
			for n, said := range []given{{named(i)}, {mail(i)}, {questions[2].Choices[i%5]}, {"Public Works"},
				{"Clerk, Senior"}, {"Permits; plan review\nand the counter"}, {questions[6].Choices[role]},
				{questions[7].Choices[length]}, when, {questions[9].Choices[i%4]}, {questions[10].Choices[i%2]},
				{"How you run the counter"}, {"No"}} {
				answer[n] = said
			}
			rows, want = append(rows, answer), append(want, s)
		}
		k := m.schema.Kind("signups")
		s, err := spreadsheet.Read(strings.NewReader(b.export(questions, rows)), "form.csv",
			spreadsheet.ReadOptions{Kind: k})
		if err != nil {
			t.Fatal(b.name, err)
		}
		form := spreadsheet.ReadAs(k, s.Headings)
		mapping := spreadsheet.MapSheet(form, s, m.env(), nil)
		p, err := NewSignupPlan(s, mapping, m.env(), 1)
		if err != nil {
			t.Fatal(b.name, err)
		}
		if q := p.Questions(); len(q)+len(p.Faults)+len(p.Warnings)+len(p.Aside) > 0 {
			t.Errorf("%s asks %v, refuses %v, warns of %v, leaves out %v", b.name, q, p.Faults, p.Warnings, p.Aside)
		}
		for i := range p.Rows {
			l, ok := p.Rows[i].Mine.(*shadowing.SignupLine)
			if !ok || l.Signup.Role != want[i].Role || l.Signup.Length != want[i].Length ||
				!slices.Equal(l.Signup.Available, want[i].Available) || l.Person.Name != named(i) ||
				l.Person.Email != mail(i) || l.Person.Title != "Clerk, Senior" || len(l.Person.Duties) != 3 ||
				l.Signup.Wishes != "How you run the counter" || l.Signup.Needs != "" {
				t.Fatalf("%s, row %d: %+v is stored as %+v", b.name, i, rows[i], l)
			}
		}
		if unknown := slices.DeleteFunc(mapping.Unknown(),
			func(h string) bool { return slices.Contains(b.heads, h) }); len(
			unknown) > 0 {
			t.Errorf("%s: %q is not understood", b.name, unknown)
		}
	}
}

// The text lists every question, and each choice on a line of its own.
func TestTheFormAsText(t *testing.T) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9))}
	got := FormText(e, []string{"Grandview", "Raytown"})
	for _, want := range []string{"Spring: sign-up\n", "1. Your full name  [short text, required]\n",
		"3. Which city do you work for?  [choice, one answer, required]\nGrandview\nRaytown\n",
		"\nTuesday March 9 morning\nTuesday March 9 afternoon\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Count(got, "[") != 13 {
		t.Errorf("%d questions", strings.Count(got, "["))
	}
}
