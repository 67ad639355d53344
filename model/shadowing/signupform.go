package shadowing

import (
	"regexp"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// SignupLine is a row of a sign-up form: somebody, as the form describes them,
// and what they sign up for. Forms word things their own way, so all but the
// city is text of which a plan of the form makes sense.
type SignupLine struct {
	ID         field.ID[SignupLine]
	Event      string
	Name       string
	Partner    string
	Email      string
	Phone      string
	Department string
	Title      string
	Duties     string
	Tags       string
	Languages  string
	Supervisor string
	Role       string
	Length     string
	Capacity   string
	Available  string
	Approved   string
	Wanted     string
	Avoid      string
	Wishes     string
	Needs      string

	// Person and Signup are what a plan made of the row; Person has number 0 when
	// it is new.
	Person partnership.Person
	Signup Signup
}

// KindName is that of the sign-ups a form is read for.
func (SignupLine) KindName() string { return Signup{}.KindName() }

// SignupForm describes the rows of a sign-up form, for mapping its headings. It
// is no kind of record.
func SignupForm() *field.Kind {
	line := func(tag int, name, title string, lens func(*SignupLine) *string) field.Field[SignupLine] {
		return field.Text(tag, name, title, lens)
	}
	long := func(tag int, name, title string, lens func(*SignupLine) *string) field.Field[SignupLine] {
		return field.Long(tag, name, title, lens)
	}
	return field.Def[SignupLine]{
		Headings: signupHeadings(nil),
		Tag:      1, One: "sign-up", Title: "Sign-ups", Scope: field.ScopeCity,
		ID:    func(l *SignupLine) *field.ID[SignupLine] { return &l.ID },
		Label: func(l *SignupLine) string { return l.Name },
		Fields: []field.Field[SignupLine]{
			line(1, "name", "Name", func(l *SignupLine) *string { return &l.Name }).Required(),
			line(2, "partner", "City", func(l *SignupLine) *string { return &l.Partner }).Required(),
			line(3, "email", "E-mail", func(l *SignupLine) *string { return &l.Email }),
			line(4, "phone", "Phone", func(l *SignupLine) *string { return &l.Phone }),
			line(5, "department", "Department", func(l *SignupLine) *string { return &l.Department }),
			line(6, "title", "Title", func(l *SignupLine) *string { return &l.Title }),
			long(7, "duties", "Duties", func(l *SignupLine) *string { return &l.Duties }),
			line(8, "tags", "Tags", func(l *SignupLine) *string { return &l.Tags }),
			line(9, "languages", "Languages", func(l *SignupLine) *string { return &l.Languages }),
			line(10, "supervisor", "Supervisor", func(l *SignupLine) *string { return &l.Supervisor }),
			line(11, "role", "Would", func(l *SignupLine) *string { return &l.Role }),
			line(12, "length", "Length", func(l *SignupLine) *string { return &l.Length }),
			line(13, "capacity", "Hosts at once", func(l *SignupLine) *string { return &l.Capacity }),
			line(14, "available", "Half days", func(l *SignupLine) *string { return &l.Available }),
			line(15, "approved", "Approved", func(l *SignupLine) *string { return &l.Approved }),
			line(16, "wanted", "Asked for", func(l *SignupLine) *string { return &l.Wanted }),
			line(17, "avoid", "Not with", func(l *SignupLine) *string { return &l.Avoid }),
			long(18, "wishes", "Wishes", func(l *SignupLine) *string { return &l.Wishes }),
			long(19, "needs", "Needs", func(l *SignupLine) *string { return &l.Needs }),
			line(20, "event", "Event", func(l *SignupLine) *string { return &l.Event }),
		},
	}.Kind()
}

// signupHeadings are how sign-ups come in files: as ours, or on a form.
func signupHeadings(form func() *field.Kind) field.Headings {
	return field.Headings{Words: formWords(), Asked: asked, Form: form, FormHas: []string{"partner", "email"},
		Names: map[string]string{"partner": partnership.KindPartners, "event": KindEvents}, Told: toldByValues(),
		Answers: map[string][]string{"role": {"visit", "host", "both"}, "length": {"half day", "full day", "either"},
			"available": {"morning", "afternoon", "all day"}, "approved": {"yes", "no"}, "capacity": {"1", "2", "3"}}}
}

// toldByValues finds the questions that are put in other words by what is
// answered.
func toldByValues() map[string]func(string) bool {
	role := regexp.MustCompile(`(?i)\b(?:hosts?|hosting|visit(?:s|ing|ors?)?|shadow(?:s|ing|ed|er)?)\b`)
	half := regexp.MustCompile(
		`(?i)\b(?:am|pm|mornings?|afternoons?|all day|any ?time|(?:mon|tues|wednes|thurs|fri)day)\b`)
	clock := regexp.MustCompile(`\d:\d\d:\d\d`) // when an answer was handed in, which says AM as well
	return map[string]func(string) bool{"role": role.MatchString,
		"available": func(s string) bool { return half.MatchString(s) && !clock.MatchString(s) }}
}

// formWords are the words by which forms head the columns of a sign-up.
func formWords() []field.HeadingWords {
	return []field.HeadingWords{
		{Field: "name", Words: "name, your name, full name, employee, employee name, participant, participant name, " +
			"person, staff name"},
		{Field: "name:1", Words: "first name, first, given name"},
		{Field: "name:3", Words: "last name, last, surname, family name"},
		{Field: "partner", Words: "your city, which city do you work for, city you work for, city or agency"},
		{Field: "email", Words: "your e-mail, your email address, email address, username"},
		{Field: "department", Words: "dept, your department, department or division, division, work unit"},
		{Field: "title", Words: "job title, position, position title, your job title, your title"},
		{Field: "duties", Words: "job duties, responsibilities, main duties, what do you do, what are your main " +
			"duties, your main duties, describe your duties, tasks"},
		{Field: "languages", Words: "language, languages spoken, other languages"},
		{Field: "supervisor", Words: "supervisor name, supervisor e-mail, supervisors name, manager, your supervisor"},
		{Field: "role", Words: "i would like to, would you like to, visit or host, host or visit, participation, " +
			"participate as, interested in, how would you like to take part, role"},
		{Field: "length", Words: "half or full day, half day or full day, how long, duration, preferred length, " +
			"length of visit"},
		{Field: "capacity", Words: "how many visitors, how many visitors at once, visitors at once, number of " +
			"visitors, how many can you host, how many visitors can you host at once, capacity, max visitors"},
		{Field: "available", Words: "availability, when are you available, when can you come, available times, times " +
			"available, half days, sessions"},
		{Field: "approved", Words: "supervisor approved, supervisor approval, approved by supervisor, approval, " +
			"approved, has your supervisor approved"},
		{Field: "wanted", Words: "who would you like to meet, person requested, requested host, asked for"},
		{Field: "wishes", Words: "what would you like to see, what would you like to learn, interests, wishes, " +
			"topics, comments"},
		{Field: "needs", Words: "accommodations, accessibility, special needs, do you need any accommodations, " +
			"dietary needs, access needs, needs"},
		{Field: "event", Words: "event, event name"},
	}
}

// asked finds what a question on a sign-up form, squeezed, is about when no list
// of headings has it word for word.
func asked(question string) string {
	has := func(words ...string) bool {
		for _, w := range words {
			if !strings.Contains(question, w) {
				return false
			}
		}
		return true
	}
	switch {
	case has("supervisor", "email"), has("supervisor", "name"), has("manager", "name"):
		return "supervisor"
	case has("howmany", "visitor"), has("howmany", "host"), has("howmany", "shadow"):
		return "capacity"
	case has("visit", "host"), has("shadow", "host"):
		return "role"
	case has("half", "full"):
		return "length"
	case has("supervisor", "approv"), has("manager", "approv"):
		return "approved"
	case has("whenareyou"), has("whenyouare"), has("availab"), has("whichtimes"), has("whattimes"), has("whichsession"),
		has("whichdate"):
		return "available"
	case has("supervisor"), has("manager"), has("howdidyou"):
		return ""
	case has("yourfullname"), has("yourname"), has("firstandlast"):
		return "name"
	case has("your", "email"), has("work", "email"):
		return "email"
	case has("whichcity"), has("yourcity"), has("whatcity"), has("city", "workfor"):
		return "partner"
	case has("your", "jobtitle"), has("yourtitle"), has("yourposition"):
		return "title"
	case has("your", "department"), has("department", "areyou"), has("department", "doyou"):
		return "department"
	case has("your", "phone"):
		return "phone"
	}
	return ""
}
