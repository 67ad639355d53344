package forms

import (
	"strings"
	"testing"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
)

// springs makes a reader with five cities, an open event over two days and a
// few people.
func springs(t *testing.T) *memory {
	t.Helper()
	m := newMemory()
	addPartners(m)
	m.put("events", &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 4, 20)),
		Until: value.Some(value.Date(2027, 4, 21)), State: shadowing.EventOpen})
	m.put("people", &partnership.Person{Name: "Dana Reyes", Partner: 5, Email: "dana@raytown.example",
		Title: "Street Superintendent"})
	m.put("people", &partnership.Person{Name: "Lena Forsythe", Partner: 3})
	m.put("people", &partnership.Person{Name: "Pat Lee", Partner: 3})
	m.put("people", &partnership.Person{Name: "Pat Lee", Partner: 3})
	return m
}

const formHead = "Timestamp,Name,Email Address,Which city do you work for?,Job Title,What do you do?,I would like " +
	"to…,Half or full day?,How many visitors can you host at once?,When are you available?,Has your supervisor " +
	"approved?,Who would you like to meet?,Do you need any accommodations?\n"

func planForm(t *testing.T, m *memory, rows string) *exchange.Plan {
	t.Helper()
	s := read(t, "form.csv", formHead+rows)
	k := spreadsheet.ReadAs(m.schema.Kind("signups"), s.Headings)
	p, err := NewSignupPlan(s, spreadsheet.Map(k, s.Headings, nil), m.env(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAFormsRowsBecomeSignups(t *testing.T) {
	m := springs(t)
	p := planForm(t, m,
		`4/1 9:00,"REYES, Dana",DANA@raytown.example,City of Raytown,Superintendent,Snow,Both,either,up to 2,AM,Yes,Lena Forsythe,none
4/1 9:05,Lena  Forsythe,lena@independence.example,"Independence, MO",GIS Manager,"Maps; Web maps",Host,,3,"4/20 AM, 4/21",no,,Step-free access
4/1 9:07,Kim Ito,kim@grandview.example,Grandview,Clerk,Minutes,Visit another city,Full day,,All day,,Somebody Unknown,
`)
	if len(p.Faults) > 0 || p.Counts[exchange.Add] != 3 {
		t.Fatalf("%v %v", p.Counts, p.Faults)
	}
	line := func(i int) *shadowing.SignupLine { return p.Rows[i].Mine.(*shadowing.SignupLine) }
	dana, lena, kim := line(0), line(1), line(2)
	if dana.Person.ID != 1 || dana.Person.Title != "Street Superintendent" ||
		dana.Signup.Role != shadowing.SignupBoth || dana.Signup.Length != shadowing.EitherOfTwo ||
		dana.Signup.Capacity != value.Some[int64](2) || dana.Signup.State != shadowing.SignupApproved ||
		len(dana.Signup.Wanted) != 1 || dana.Signup.Needs != "" {
		t.Errorf("Dana: %+v %+v", dana.Person, dana.Signup)
	}
	if got := slotWords(dana.Signup.Available); got != "2027-04-20 AM; 2027-04-21 AM" {
		t.Errorf("mornings: %s", got)
	}
	if lena.Person.ID != 2 || lena.Person.Title != "GIS Manager" || len(lena.Person.Duties) != 2 ||
		lena.Signup.Needs != "Step-free access" || lena.Signup.State != shadowing.SignupReceived {
		t.Errorf("Lena: %+v %+v", lena.Person, lena.Signup)
	}
	if got := slotWords(lena.Signup.Available); got != "2027-04-20 AM; 2027-04-21 AM; 2027-04-21 PM" {
		t.Errorf("a morning and a day: %s", got)
	}
	if kim.Person.ID != 0 || kim.Person.Partner != 2 || kim.Signup.Length != shadowing.FullDay ||
		kim.Signup.Available != nil || !strings.Contains(kim.Signup.Wishes, "Somebody Unknown") {
		t.Errorf("Kim: %+v %+v", kim.Person, kim.Signup)
	}
	if len(p.Ignored) != 1 || p.Ignored[0] != "Timestamp" {
		t.Errorf("left out: %q", p.Ignored)
	}
}

func slotWords(list []value.Slot) string {
	var out []string
	for _, s := range list {
		out = append(out, s.String())
	}
	return strings.Join(out, "; ")
}

func TestAFormsWrongRowsNameTheirCell(t *testing.T) {
	m := springs(t)
	for row, want := range map[string]string{
		"x,Kim Ito,,Kansas City,,,Visit,,,,,,":                      `"Which city do you work for?": "Kansas City" is not a partner; partners are`,
		"x,,kim@x.example,Raytown,,,Visit,,,,,,":                    `"Name": the name is missing`,
		"x,Kim Ito,,,,,Visit,,,,,,":                                 `"Which city do you work for?": the city is missing`,
		"x,Kim Ito,kim,Raytown,,,Visit,,,,,,":                       `"Email Address": "kim" is not an e-mail address`,
		"x,Pat Lee,,Independence,,,Visit,,,,,,":                     `"Name": "Pat Lee": several people of Independence are called Pat Lee`,
		"x,Dana Reyes,dana@raytown.example,Grandview,,,Visit,,,,,,": `"Which city do you work for?": "Grandview": Dana Reyes is on record with Raytown`,
		"x,Kim Ito,,Raytown,,,Perhaps,,,,,,":                        `"I would like to…": "Perhaps" says neither visit nor host`,
		"x,Kim Ito,,Raytown,,,Host,,-1,,,,":                         `"How many visitors can you host at once?": "-1" is not a number of visitors`,
		"x,Kim Ito,,Raytown,,,Host,,many,,,,":                       `"many" is not a number of visitors`,
		"x,Kim Ito,,Raytown,,,Host,,,4/22 AM,,,":                    `"When are you available?": "4/22 AM" is no half day of Spring`,
		"x,Kim Ito,,Raytown,,,Host,fortnight,,,,,":                  `"Half or full day?": "fortnight" is neither`,
	} {
		p := planForm(t, m, row+"\n")
		if len(p.Faults) != 1 || !strings.Contains(p.Faults[0].String(), want) || p.Counts[exchange.Bad] != 1 {
			t.Errorf("%s\n got %v\nwant %s", row, p.Faults, want)
		}
	}
}

// Who answers again means the later answer, wherever it stands, and also where
// it is not understood: the earlier one no longer holds.
func TestALaterAnswerReplacesTheEarlier(t *testing.T) {
	m := springs(t)
	const first, second = "4/1/2027 9:00:00,Kim Ito,,Raytown,,,Visit,,,,,,\n",
		"4/2/2027 9:00:00,\"Ito, Kim\",,raytown,,,Host,,,,,,\n"
	for rows, line := range map[string]string{first +
		second: "line 2: \"Kim Ito\": answered again on line 3, which holds",
		second + first: "line 3: \"Kim Ito\": answered again on line 2, which holds"} {
		p := planForm(t, m, rows)
		if p.Counts[exchange.Add] != 1 || p.Counts[exchange.LeftOut] != 1 || len(p.Aside) != 1 ||
			p.Aside[0].String() != line {
			t.Errorf("%v %v, want %s", p.Counts, p.Aside, line)
		}
		for _, row := range p.Rows {
			if l, ok := row.Mine.(*shadowing.SignupLine); ok && l.Signup.Role != shadowing.SignupHost {
				t.Errorf("the earlier answer is kept: %v", l.Signup.Role)
			}
		}
	}
	unread := planForm(t, m, first+strings.Replace(second, "Host", "Mentor", 1))
	if unread.Counts[exchange.Add] != 0 || unread.Counts[exchange.Bad] != 1 {
		t.Errorf("an answer that was taken back is stored: %v", unread.Counts)
	}
	two := planForm(t, m, "x,Kim Ito,desk@raytown.example,Raytown,,,Visit,,,,,,\nx,Lou "+
		"Ames,desk@raytown.example,Raytown,,,Host,,,,,,\n")
	if two.Counts[exchange.Add] != 1 || len(two.Faults) != 1 ||
		!strings.Contains(two.Faults[0].String(), "has the e-mail address of Kim Ito on line 2") {
		t.Errorf("two people with one address: %v %v", two.Counts, two.Faults)
	}
}

func TestAFormReadAgainChangesNothing(t *testing.T) {
	m := springs(t)
	row := "x,Dana Reyes,dana@raytown.example,Raytown,,,Visit,Half,,AM,,,\n"
	p := planForm(t, m, row)
	s := p.Rows[0].Mine.(*shadowing.SignupLine).Signup
	m.put("signups", &s)
	if again := planForm(t, m, row); again.Counts[exchange.Same] != 1 {
		t.Errorf("%v", again.Counts)
	}
	if later := planForm(t, m, strings.Replace(row, "Half", "Full", 1)); later.Counts[exchange.Change] != 1 {
		t.Errorf("%v", later.Counts)
	}
}

func TestOurOwnSignupsAreNotTakenForAForm(t *testing.T) {
	k := NewSchema().Kind("signups")
	var own []string
	for _, c := range k.Columns {
		own = append(own, c.Name)
	}
	if spreadsheet.ReadAs(k, own) != k || spreadsheet.ReadAs(NewSchema().Kind("people"), []string{"Name", "City"}).
		Name != "people" {
		t.Error("taken for a form")
	}
	if got := spreadsheet.ReadAs(k, []string{"Full name", "City", "Role"}); got == k {
		t.Error("a form is not known")
	}
}

// What is said of days and halves is read as a careful clerk would read it, and
// what can be read in two ways is asked about.
func TestWhenSomebodyCanCome(t *testing.T) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 3, 9)),
		Until: value.Some(value.Date(2027, 3, 10))}
	const am9, pm9, am10, pm10 = "2027-03-09 AM", "2027-03-09 PM", "2027-03-10 AM", "2027-03-10 PM"
	for said, want := range map[string][]string{
		"Tuesday, March 9 AM":         {am9},
		"Tuesday, March 9: morning":   {am9},
		"Tue, Mar 9 (morning)":        {am9},
		"Tuesday, March 9, 2027, AM":  {am9},
		"March 9, AM":                 {am9},
		"March 9, Tuesday, AM and PM": {am9, pm9},
		"Tuesday AM, PM":              {am9, pm9},
		"Tuesday":                     {am9, pm9},
		"Tues. AM, Weds. PM":          {am9, pm10},
		"3/9/2027 AM;3/10/2027 PM;":   {am9, pm10},
		"March 10th (afternoon only)": {pm10},
		"Mornings":                    {am9, am10},
		"3/9 all day":                 {am9, pm9},
		"Both days":                   nil,
		"Both days, AM":               {am9, am10},
		"Tuesday, Wednesday":          nil,
		"Any time":                    nil,
		"Tuesday, March 9 - Morning, Wednesday, March 10 - Afternoon": {am9, pm10},
		"Tuesday morning, Tuesday afternoon, Wednesday morning":       {am9, pm9, am10},
		"Tuesday, March 9 (AM), Tuesday, March 9 (PM)":                {am9, pm9},
		"8am-12pm":                            {am9, am10},
		"Tuesday March 9, 8:00 AM - 12:00 PM": {am9},
		"Tue, Mar 9 - Morning (8-12)":         {am9},
		"2027-03-09 08:00, 2027-03-10 13:00":  {am9, pm10},
		"3/9 1-5":                             {pm9},
		"3/9 8am to 5pm":                      {am9, pm9},
		"3/9 8 a.m. to noon":                  {am9},
		"Not Tuesday":                         {am10, pm10},
		"not available 3/10 PM":               {am9, pm9, am10},
		"I can't do Tuesday":                  {am10, pm10},
		"Anytime except Wednesday":            {am9, pm9},
		"Anytime except Wednesday afternoon":  {am9, pm9, am10},
		"any day but Tuesday":                 {am10, pm10},
		"Tuesday but not the morning":         {pm9},
		"I am available Tuesday":              {am9, pm9},
		"Morning of the 9th":                  {am9},
		"AM or PM on the 10th":                {am10, pm10},
		"Tuesday AM/PM":                       {am9, pm9},
		"No preference":                       nil,
		"Tuesday March 9: Morning, Afternoon; Wednesday March 10: Afternoon": {am9, pm9, pm10},
	} {
		got, err := SlotsSaid(said, e, value.Date(2027, 2, 1))
		if err != nil || slotWords(got) != strings.Join(want, "; ") {
			t.Errorf("%q is %q (%v), want %q", said, slotWords(got), err, want)
		}
	}
	for said, why := range map[string]string{
		"Tuesday, March 10 AM":     "more than one way",
		"Tuesday, Wednesday AM":    "more than one way",
		"AM, March 10":             "more than one way",
		"March 9, March 10, PM":    "more than one way",
		"Tuesday March 10 AM":      "no half day",
		"Thursday, March 11 AM":    "no half day",
		"Not available":            "no half day",
		"Not Tuesday or Wednesday": "no half day",
		"3/9 morning (1-5)":        "no half day",
		"3/9 10-2":                 "no half day",
		"Tuesday if possible":      "no half day",
		"prefer mornings":          "no half day",
		"Tuesday at 9 am":          "no half day",
		"March 9-10":               "no half day",
		"not unavailable Tuesday":  "no half day",
		"not Tuesday except AM":    "no half day",
		"None":                     "no half day",
		"only":                     "no half day",
	} {
		if got, err := SlotsSaid(said, e, value.Date(2027, 2, 1)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q is taken for %q (%v)", said, slotWords(got), err)
		}
	}
}

// A word that names a role in one answer names the other side of it in the
// next; and who cannot host is no host.
func TestWhatSomebodySignsUpFor(t *testing.T) {
	for said, want := range map[string]shadowing.SignupRole{
		"Host a shadow": shadowing.SignupHost, "Job Shadow Host": shadowing.SignupHost,
		"I'd like to host, not visit": shadowing.SignupHost,
		"Yes, I will host":            shadowing.SignupHost, "Be shadowed by someone": shadowing.SignupHost,
		"Have someone shadow me":    shadowing.SignupHost,
		"Host (I will be shadowed)": shadowing.SignupHost, "Host a visitor": shadowing.SignupHost,
		"No, I'd rather host":                                shadowing.SignupHost,
		"I am willing to host an employee from another city": shadowing.SignupHost, "Hosting": shadowing.SignupHost,
		"Shadow a host in another city": shadowing.SignupVisit, "Visit only (cannot host)": shadowing.SignupVisit,
		"Visit":                 shadowing.SignupVisit,
		"Visiting, not hosting": shadowing.SignupVisit, "I can't host but would visit": shadowing.SignupVisit,
		"Shadower": shadowing.SignupVisit,
		"I want to shadow an employee in another city": shadowing.SignupVisit,
		"Observe another employee":                     shadowing.SignupVisit,
		"Both":                                         shadowing.SignupBoth, "Visit and host": shadowing.SignupBoth,
		"Shadow someone;Host a shadow;": shadowing.SignupBoth, "either": shadowing.SignupBoth,
		"Cannot host": "", "Not hosting": "", "Neither": "", "Mentor": "", "Shadowee": "", "not both": "",
		"Host: no": "", "Host (no)": "",
		"Maybe host": "", "Visit if I can't host": "", "No": "", "Neither host nor visit": "",
		"Host, but I cannot host in March": "",
	} {
		if got, ok := roleSaid(said); got != want && ok || ok != (want != "") {
			t.Errorf("%q is %q (%v), want %q", said, got, ok, want)
		}
	}
}

// Lengths, numbers of visitors and approvals are read word by word; one word
// that is not known makes a question of the answer.
func TestHowLongHowManyAndWhetherApproved(t *testing.T) {
	for said, want := range map[string]shadowing.Length{
		"Half day (4 hours)": shadowing.HalfDay, "half-day": shadowing.HalfDay, "4 hrs": shadowing.HalfDay,
		"1/2 day":            shadowing.HalfDay,
		"Full day (8 hours)": shadowing.FullDay, "All day": shadowing.FullDay, "Either is fine": shadowing.EitherOfTwo,
		"Half or full day": shadowing.EitherOfTwo,
		"No preference":    shadowing.EitherOfTwo, "Half day, not a full day": shadowing.HalfDay,
		"both": shadowing.EitherOfTwo,
		"Many": "", "Not a half day": "", "Company decides": "", "fortnight": "", "2 hours": "", "not either": "",
		"half day, maybe full": "",
	} {
		if got, ok := lengthSaid(said); got != want || ok != (want != "") {
			t.Errorf("%q is %q (%v), want %q", said, got, ok, want)
		}
	}
	for said, want := range map[string]int64{"2": 2, "2-3": 3, "up to 2": 2, "1 person": 1, "one": 1,
		"2 or 3": 3, "0": 0,
		"many": -1, "-1": -1, "more than 2": -1, "none at all": -1, "at least 2": -1, "101": -1, "not sure": -1,
		"1 (2 if needed)": -1} {
		if got, ok := capacitySaid(said); ok != (want >= 0) || ok && got != want {
			t.Errorf("%q is %d (%v), want %d", said, got, ok, want)
		}
	}
	for said, want := range map[string]string{"Yes": "yes", "y": "yes", "Yes - approved by J. Birch": "yes", "No": "no",
		"Not yet": "no", "Pending": "no",
		"": "no", "N/A": "no", "Yes, pending": "?", "Yes if HR agrees": "?", "I asked": "?", "Yesterday": "?"} {
		approved, ok := approvedSaid(said)
		if got := map[bool]map[bool]string{true: {true: "yes", false: "no"},
			false: {true: "?", false: "?"}}[ok][approved]; got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// Cells under an empty heading refuse a file as a whole, of people and of
// sign-ups, unless it is settled what they stand for.
func TestCellsUnderAnEmptyHeading(t *testing.T) {
	m := springs(t)
	for _, kind := range []string{"people", "signups"} {
		s := read(t, "people.csv", "Name,City,Title,,\nKim Ito,Raytown,Clerk,816-555-0142,\nSam Idle,Raytown,Clerk,,\n")
		k := spreadsheet.ReadAs(m.schema.Kind(kind), s.Headings)
		plan := func(mapping *spreadsheet.Mapping) (*exchange.Plan, error) {
			if IsSignupForm(mapping) {
				return NewSignupPlan(s, mapping, m.env(), 1)
			}
			return exchange.NewPlan(s, mapping, k, m.env(), exchange.PlanOptions{})
		}
		mapping := spreadsheet.Map(k, s.Headings, nil)
		if IsSignupForm(mapping) {
			if err := mapping.Fix("role", "visit"); err != nil {
				t.Fatal(err)
			}
		}
		if len(s.Headings) != 4 { // nothing stands in the fifth
			t.Errorf("%s: headings %q", kind, s.Headings)
		}
		_, err := plan(mapping)
		if err == nil || !strings.Contains(err.Error(),
			`people.csv, line 2: "816-555-0142" stands under an empty heading (column 4)`) {
			t.Errorf("%s: %v", kind, err)
		}
		if err := mapping.Set("column 4", spreadsheet.Ignored); err != nil {
			t.Fatal(err)
		}
		if p, err := plan(mapping); err != nil || p.Counts[exchange.Add] != 2 {
			t.Errorf("%s: left out: %v", kind, err)
		}
	}
}

// FuzzSlotsSaid feeds what people may type about when they can come.
func FuzzSlotsSaid(f *testing.F) {
	e := &shadowing.Event{Name: "Spring", Date: value.Some(value.Date(2027, 4, 20)),
		Until: value.Some(value.Date(2027, 4, 21))}
	for _, s := range []string{"AM", "morning and afternoon", "all day", "4/20 AM; 4/21", "Tue (PM)", "either", ";;",
		"20 AM 21 PM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slots, err := SlotsSaid(s, e, value.Date(2027, 4, 1))
		for i, slot := range slots {
			if err != nil || slot.Day() < e.Date.V || slot.Day() > e.Until.V || i > 0 && slots[i-1] >= slot {
				t.Errorf("%q gives %v %v", s, slots, err)
			}
		}
	})
}

// Questions are recognised by what they are about, however they are put; those
// about something else are left alone.
func TestQuestionsOnAForm(t *testing.T) {
	k := shadowing.SignupForm()
	for question, want := range map[string]string{
		"Would you like to visit, host, or both?":                      "role",
		"Do you want to shadow someone or host a visitor?":             "role",
		"How many visitors can you host at a time?":                    "capacity",
		"Would you prefer a half or a full day?":                       "length",
		"Please mark the times at which you are available on Dec 1":    "available",
		"Does your supervisor approve of your taking part?":            "approved",
		"Would you like lunch?":                                        "",
		"How did you hear about this?":                                 "",
		"Which half of your work would you rather give to a colleague": "",
	} {
		if got := spreadsheet.Map(k, []string{"City", "Name", question}, nil).Targets[2]; got != want {
			t.Errorf("%q is %q, want %q", question, got, want)
		}
	}
}
