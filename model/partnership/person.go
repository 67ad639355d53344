package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// PersonID identifies a person.
type PersonID = field.ID[Person]

// ContactRole is a task for which colleagues in other cities look a person up.
type ContactRole string

// Contact roles.
const (
	RoleManager    ContactRole = "city manager"
	RoleLiaison    ContactRole = "liaison"
	RoleIT         ContactRole = "it lead"
	RoleHR         ContactRole = "hr lead"
	RoleFleet      ContactRole = "fleet lead"
	RolePurchasing ContactRole = "purchasing lead"
	RoleTraining   ContactRole = "training lead"
	RoleClerk      ContactRole = "city clerk"
	RoleCounsel    ContactRole = "counsel"
)

func contactRoles() []field.Choice {
	return []field.Choice{{Value: "city manager", Title: "City manager"}, {Value: "liaison", Title: "Liaison"},
		{Value: "it lead", Title: "IT lead"},
		{Value: "hr lead", Title: "HR lead"}, {Value: "fleet lead", Title: "Fleet lead"},
		{Value: "purchasing lead", Title: "Purchasing lead"},
		{Value: "training lead", Title: "Training lead"}, {Value: "city clerk", Title: "City clerk"},
		{Value: "counsel", Title: "Counsel"}}
}

// Person is one human in one partner's service. A sign-up, an operator, an
// assessor and a login refer to it.
type Person struct {
	ID             field.ID[Person]
	Partner        field.ID[Partner]
	Name           string
	Department     string
	Title          string
	Duties         []string
	Tags           []string
	Email          string
	Phone          string
	Roles          []ContactRole
	Qualifications []Qualification
	Mobile         string // private
	Note           string // private
	Left           bool   // no longer in service
	Languages      []string
	Supervisor     string
}

// Qualification is a licence, certificate or course with its expiry.
type Qualification struct {
	Name    string
	Issued  value.Opt[value.Day]
	Expires value.Opt[value.Day]
}

// KindPeople names the kind whose records are of type [Person].
const KindPeople = "people"

// KindName is "people".
func (Person) KindName() string { return KindPeople }

// Has reports whether the person holds a contact role.
func (p *Person) Has(role ContactRole) bool {
	for _, r := range p.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// Qualified reports whether the person holds the qualification on a day; an
// expiry that is not recorded does not end it.
func (p *Person) Qualified(name string, on value.Day) bool {
	for _, q := range p.Qualifications {
		if field.FoldName(q.Name) == field.FoldName(name) && (!q.Expires.Set || q.Expires.V >= on) {
			return true
		}
	}
	return false
}

// DescribePerson describes people.
func DescribePerson() *field.Kind {
	return field.Def[Person]{
		Tag: 3, One: "person", Title: "People", Scope: field.ScopeCity,
		Purpose:   "Staff of the partners: who does what, and how to reach them.",
		ID:        func(p *Person) *field.ID[Person] { return &p.ID },
		Label:     func(p *Person) string { return p.Name },
		Recognise: [][]string{{"email", "name"}, {"partner", "name", "title"}},
		Parties:   func(_ field.Reader, p *Person) []field.Party { return []field.Party{field.Party(p.Partner)} },
		Due:       duePerson,
		Check: func(c *field.Checking, _, p *Person) {
			for _, q := range p.Qualifications {
				if q.Name == "" {
					c.Add("qualifications", "a qualification has a name")
				}
				if q.Issued.Set && q.Expires.Set && q.Expires.V < q.Issued.V {
					c.Add("qualifications", q.Name+" expires before it was issued")
				}
			}
		},
		Headings: personHeadings(),
		Fields:   personFields(),
	}.Kind()
}

func personFields() []field.Field[Person] {
	return []field.Field[Person]{
		field.Text(1, "name", "Name", func(p *Person) *string { return &p.Name }).Required().Width(22).
			Example("Dana Reyes"),
		field.Ref(2, "partner", "Partner", func(p *Person) *field.ID[Partner] { return &p.Partner }).Required().
			Width(16).Example("Raytown"),
		field.Text(3, "department", "Department", func(p *Person) *string { return &p.Department }).Width(18).
			Example("Public Works"),
		field.Text(4, "title", "Title", func(p *Person) *string { return &p.Title }).Width(24).
			Example("Street Superintendent"),
		field.Phone(5, "phone", "Phone", func(p *Person) *string { return &p.Phone }).Width(14).Example("816-555-0142"),
		field.Email(6, "email", "E-mail", func(p *Person) *string { return &p.Email }).Width(26).
			Example("dana@city.example"),
		field.Words(7, "roles", "Contact for", func(p *Person) *[]ContactRole { return &p.Roles }, contactRoles()...).
			Width(16).
			Example("Fleet lead").Help("What colleagues in other cities look this person up for."),
		field.Texts(8, "duties", "Duties", func(p *Person) *[]string { return &p.Duties }).HiddenByDefault().
			Help("One duty per line; job-shadowing matches are made from them."),
		field.Tags(9, "tags", "Tags", func(p *Person) *[]string { return &p.Tags }).HiddenByDefault().
			Help("Short labels, such as gis, snow, payroll."),
		field.Rows(10, "qualifications", "Qualifications",
			func(p *Person) *[]Qualification { return &p.Qualifications },
			[]field.Field[Qualification]{
				field.Text(1, "name", "Qualification", func(q *Qualification) *string { return &q.Name }).
					Example("CDL class B"),
				field.OnDay(2, "issued", "Issued", func(q *Qualification) *value.Opt[value.Day] { return &q.Issued }),
				field.OnDay(3, "expires", "Expires",
					func(q *Qualification) *value.Opt[value.Day] { return &q.Expires }),
			}).HiddenByDefault(),
		field.Phone(11, "mobile", "Mobile", func(p *Person) *string { return &p.Mobile }).Private().HiddenByDefault().
			Help("Seen by the person's own city and the facilitator."),
		field.Long(12, "note", "Note", func(p *Person) *string { return &p.Note }).Private().HiddenByDefault().
			Help("Seen by the person's own city and the facilitator."),
		field.Bool(13, "left", "Left service", func(p *Person) *bool { return &p.Left }).HiddenByDefault(),
		field.Tags(14, "languages", "Languages", func(p *Person) *[]string { return &p.Languages }).HiddenByDefault().
			Help("Spoken beside English, such as Spanish or sign language."),
		field.Text(15, "supervisor", "Supervisor", func(p *Person) *string { return &p.Supervisor }).HiddenByDefault().
			Help("Who approves a sign-up for job shadowing: a name or an e-mail address."),
	}
}

// PersonName gives a person's name, or nothing when it is not recorded.
func PersonName(r field.Reader, id field.ID[Person]) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}
