package model

// IdeaID identifies an idea.
type IdeaID = ID[Idea]

// IdeaStatus is what has become of an idea.
type IdeaStatus string

// From offered to decided.
const (
	IdeaNew      IdeaStatus = "new"
	IdeaStudied  IdeaStatus = "under study"
	IdeaAdopted  IdeaStatus = "adopted"
	IdeaDeclined IdeaStatus = "declined"
)

// Idea is a suggestion for joint work from a governing body or a partner.
type Idea struct {
	ID       ID[Idea]
	Title    string
	Partner  ID[Partner]
	Body     bool // it came from the governing body itself
	Date     Opt[Day]
	Status   IdeaStatus
	Program  ID[Program] // what it became
	Detail   string
	Response string
}

// KindName is "ideas".
func (Idea) KindName() string { return "ideas" }

// Waiting reports whether nobody has answered the idea yet.
func (i *Idea) Waiting() bool { return i.Status == IdeaNew }

func ideaKind() *Kind {
	return Def[Idea]{
		Tag: 6, One: "idea", Title: "Ideas", Realm: RealmCity,
		Purpose:   "What councils and partners would like to do together; an idea can become a program.",
		ID:        func(i *Idea) *ID[Idea] { return &i.ID },
		Label:     func(i *Idea) string { return i.Title },
		Recognise: [][]string{{"title", "partner"}},
		Parties:   func(_ Reader, i *Idea) []Party { return []Party{Party(i.Partner)} },
		Check: func(c *Checking, _, i *Idea) {
			if i.Status == IdeaDeclined && i.Response == "" {
				c.Warn("response", "say why it was declined, so that the briefing can tell the council")
			}
		},
		Fields: []Field[Idea]{
			Text(1, "title", "Idea", func(i *Idea) *string { return &i.Title }).Need().Wide(34).Eg("One street-sweeping contract for all"),
			Ref(2, "partner", "From", func(i *Idea) *ID[Partner] { return &i.Partner }).Wide(16).Eg("Grandview"),
			Bool(3, "from_body", "From the governing body", func(i *Idea) *bool { return &i.Body }).Tucked(),
			OnDay(4, "date", "Date", func(i *Idea) *Opt[Day] { return &i.Date }).Eg("Mar 4, 2027"),
			Word(5, "status", "Status", func(i *Idea) *IdeaStatus { return &i.Status },
				Choice{"new", "New"}, Choice{"under study", "Under study"}, Choice{"adopted", "Adopted"},
				Choice{"declined", "Declined"}).Need().Wide(11).Eg("New"),
			Ref(6, "program", "Became program", func(i *Idea) *ID[Program] { return &i.Program }).Wide(24),
			Long(7, "detail", "Detail", func(i *Idea) *string { return &i.Detail }).Tucked(),
			Long(8, "response", "Response", func(i *Idea) *string { return &i.Response }).Tucked().
				Say("What the partners answered; it stands in the next briefing."),
		},
	}.Kind()
}
