package model

// PersonID identifies a person.
type PersonID = ID[Person]

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

func contactRoles() []Choice {
	return []Choice{{"city manager", "City manager"}, {"liaison", "Liaison"}, {"it lead", "IT lead"},
		{"hr lead", "HR lead"}, {"fleet lead", "Fleet lead"}, {"purchasing lead", "Purchasing lead"},
		{"training lead", "Training lead"}, {"city clerk", "City clerk"}, {"counsel", "Counsel"}}
}

// Person is one human in one partner's service. A sign-up, an operator, an
// assessor and a login refer to it.
type Person struct {
	ID             ID[Person]
	Partner        ID[Partner]
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
	Issued  Opt[Day]
	Expires Opt[Day]
}

// KindName is "people".
func (Person) KindName() string { return "people" }

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
func (p *Person) Qualified(name string, on Day) bool {
	for _, q := range p.Qualifications {
		if FoldName(q.Name) == FoldName(name) && (!q.Expires.Set || q.Expires.V >= on) {
			return true
		}
	}
	return false
}

func personKind() *Kind {
	return Def[Person]{
		Tag: 3, One: "person", Title: "People", Realm: RealmCity,
		Purpose:   "Staff of the partners: who does what, and how to reach them.",
		ID:        func(p *Person) *ID[Person] { return &p.ID },
		Label:     func(p *Person) string { return p.Name },
		Recognise: [][]string{{"email", "name"}, {"partner", "name", "title"}},
		Parties:   func(_ Reader, p *Person) []Party { return []Party{Party(p.Partner)} },
		Check: func(c *Checking, _, p *Person) {
			for _, q := range p.Qualifications {
				if q.Name == "" {
					c.Add("qualifications", "a qualification has a name")
				}
				if q.Issued.Set && q.Expires.Set && q.Expires.V < q.Issued.V {
					c.Add("qualifications", q.Name+" expires before it was issued")
				}
			}
		},
		Fields: personFields(),
	}.Kind()
}

func personFields() []Field[Person] {
	return []Field[Person]{
		Text(1, "name", "Name", func(p *Person) *string { return &p.Name }).Need().Wide(22).Eg("Dana Reyes"),
		Ref(2, "partner", "Partner", func(p *Person) *ID[Partner] { return &p.Partner }).Need().Wide(16).Eg("Raytown"),
		Text(3, "department", "Department", func(p *Person) *string { return &p.Department }).Wide(18).Eg("Public Works"),
		Text(4, "title", "Title", func(p *Person) *string { return &p.Title }).Wide(24).Eg("Street Superintendent"),
		Phone(5, "phone", "Phone", func(p *Person) *string { return &p.Phone }).Wide(14).Eg("816-555-0142"),
		Email(6, "email", "E-mail", func(p *Person) *string { return &p.Email }).Wide(26).Eg("dana@city.example"),
		Words(7, "roles", "Contact for", func(p *Person) *[]ContactRole { return &p.Roles }, contactRoles()...).Wide(16).
			Eg("Fleet lead").Say("What colleagues in other cities look this person up for."),
		Texts(8, "duties", "Duties", func(p *Person) *[]string { return &p.Duties }).Tucked().
			Say("One duty per line; job-shadowing matches are made from them."),
		Tags(9, "tags", "Tags", func(p *Person) *[]string { return &p.Tags }).Tucked().Say("Short labels, such as gis, snow, payroll."),
		Rows(10, "qualifications", "Qualifications", func(p *Person) *[]Qualification { return &p.Qualifications },
			[]Field[Qualification]{
				Text(1, "name", "Qualification", func(q *Qualification) *string { return &q.Name }).Eg("CDL class B"),
				OnDay(2, "issued", "Issued", func(q *Qualification) *Opt[Day] { return &q.Issued }),
				OnDay(3, "expires", "Expires", func(q *Qualification) *Opt[Day] { return &q.Expires }),
			}).Tucked(),
		Phone(11, "mobile", "Mobile", func(p *Person) *string { return &p.Mobile }).Private().Tucked().
			Say("Seen by the person's own city and the facilitator."),
		Long(12, "note", "Note", func(p *Person) *string { return &p.Note }).Private().Tucked().
			Say("Seen by the person's own city and the facilitator."),
		Bool(13, "left", "Left service", func(p *Person) *bool { return &p.Left }).Tucked(),
		Tags(14, "languages", "Languages", func(p *Person) *[]string { return &p.Languages }).Tucked().
			Say("Spoken beside English, such as Spanish or sign language."),
		Text(15, "supervisor", "Supervisor", func(p *Person) *string { return &p.Supervisor }).Tucked().
			Say("Who approves a sign-up for job shadowing: a name or an e-mail address."),
	}
}
