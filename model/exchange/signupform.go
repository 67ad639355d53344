package exchange

import (
	"strings"

	"interlocal/model"
)

// SignupLine is a row of a sign-up form: somebody, as the form describes them,
// and what they sign up for. Forms word things their own way, so all but the
// city is text that [NewSignupPlan] makes sense of.
type SignupLine struct {
	ID         model.ID[SignupLine]
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
	Person model.Person
	Signup model.Signup
}

// KindName is that of the sign-ups a form is read for.
func (SignupLine) KindName() string { return model.Signup{}.KindName() }

// SignupForm describes the rows of a sign-up form, for mapping its headings. It
// is no kind of record.
func SignupForm() *model.Kind {
	line := func(tag int, name, title string, lens func(*SignupLine) *string) model.Field[SignupLine] {
		return model.Text(tag, name, title, lens)
	}
	long := func(tag int, name, title string, lens func(*SignupLine) *string) model.Field[SignupLine] {
		return model.Long(tag, name, title, lens)
	}
	return model.Def[SignupLine]{
		Tag: 1, One: "sign-up", Title: "Sign-ups", Realm: model.RealmCity,
		ID:    func(l *SignupLine) *model.ID[SignupLine] { return &l.ID },
		Label: func(l *SignupLine) string { return l.Name },
		Fields: []model.Field[SignupLine]{
			line(1, "name", "Name", func(l *SignupLine) *string { return &l.Name }).Need(),
			line(2, "partner", "City", func(l *SignupLine) *string { return &l.Partner }).Need(),
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

// ReadAs gives the kind to read a file for a kind as: sign-ups may come on a
// form, whose headings name the person's city or address instead of a person on
// record.
func ReadAs(k *model.Kind, headings []string) *model.Kind {
	if k.Name != (SignupLine{}).KindName() || len(headings) == 0 {
		return k
	}
	form := SignupForm()
	m := Map(form, headings, nil)
	if m.at("partner") >= 0 || m.at("email") >= 0 {
		return form
	}
	return k
}

// IsSignupForm reports whether a mapping is of a sign-up form.
func (m *Mapping) IsSignupForm() bool {
	_, form := m.Kind.New().(*SignupLine)
	return form
}

// formWords are the words by which forms head the columns of a sign-up.
func formWords() []synonym {
	return []synonym{
		{"signups", "name", "name, your name, full name, employee, employee name, participant, participant name, person, staff name"},
		{"signups", "name:1", "first name, first, given name"},
		{"signups", "name:3", "last name, last, surname, family name"},
		{"signups", "partner", "your city, which city do you work for, city you work for, city or agency"},
		{"signups", "email", "your e-mail, your email address, email address, username"},
		{"signups", "department", "dept, your department, department or division, division, work unit"},
		{"signups", "title", "job title, position, position title, your job title, your title"},
		{"signups", "duties", "job duties, responsibilities, main duties, what do you do, what are your main duties, your main duties, describe your duties, tasks"},
		{"signups", "languages", "language, languages spoken, other languages"},
		{"signups", "supervisor", "supervisor name, supervisor e-mail, supervisors name, manager, your supervisor"},
		{"signups", "role", "i would like to, would you like to, visit or host, host or visit, participation, participate as, interested in, how would you like to take part, role"},
		{"signups", "length", "half or full day, half day or full day, how long, duration, preferred length, length of visit"},
		{"signups", "capacity", "how many visitors, how many visitors at once, visitors at once, number of visitors, how many can you host, how many visitors can you host at once, capacity, max visitors"},
		{"signups", "available", "availability, when are you available, when can you come, available times, times available, half days, sessions"},
		{"signups", "approved", "supervisor approved, supervisor approval, approved by supervisor, approval, approved, has your supervisor approved"},
		{"signups", "wanted", "who would you like to meet, person requested, requested host, asked for"},
		{"signups", "wishes", "what would you like to see, what would you like to learn, interests, wishes, topics, comments"},
		{"signups", "needs", "accommodations, accessibility, special needs, do you need any accommodations, dietary needs, access needs, needs"},
		{"signups", "event", "event, event name"},
	}
}

// asked finds what a question on a sign-up form, squeezed, is about when no list
// of headings has it word for word.
func asked(k *model.Kind, question string) string {
	if k.Name != (SignupLine{}).KindName() {
		return ""
	}
	has := func(words ...string) bool {
		for _, w := range words {
			if !strings.Contains(question, w) {
				return false
			}
		}
		return true
	}
	switch {
	case has("howmany", "visitor"), has("howmany", "host"):
		return "capacity"
	case has("visit", "host"), has("shadow", "host"):
		return "role"
	case has("half", "full"):
		return "length"
	case has("supervisor", "approv"), has("manager", "approv"):
		return "approved"
	case has("whenareyou"), has("whenyouare"), has("availab"):
		return "available"
	}
	return ""
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
