package partnership

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// IdeaID identifies an idea.
type IdeaID = field.ID[Idea]

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
	ID       field.ID[Idea]
	Title    string
	Partner  field.ID[Partner]
	Body     bool // it came from the governing body itself
	Date     value.Opt[value.Day]
	Status   IdeaStatus
	Program  field.ID[Program] // what it became
	Detail   string
	Response string
}

// KindIdeas names the kind whose records are of type [Idea].
const KindIdeas = "ideas"

// KindName is "ideas".
func (Idea) KindName() string { return KindIdeas }

// Waiting reports whether nobody has answered the idea yet.
func (i *Idea) Waiting() bool { return i.Status == IdeaNew }

// DescribeIdea describes ideas.
func DescribeIdea() *field.Kind {
	return field.Def[Idea]{
		Tag: 6, One: "idea", Title: "Ideas", Scope: field.ScopeCity,
		Purpose:   "What councils and partners would like to do together; an idea can become a program.",
		ID:        func(i *Idea) *field.ID[Idea] { return &i.ID },
		Label:     func(i *Idea) string { return i.Title },
		Recognise: [][]string{{"title", "partner"}},
		Parties:   func(_ field.Reader, i *Idea) []field.Party { return []field.Party{field.Party(i.Partner)} },
		Due:       dueIdea,
		Check: func(c *field.Checking, _, i *Idea) {
			if i.Status == IdeaDeclined && i.Response == "" {
				c.Warn("response", "say why it was declined, so that the briefing can tell the council")
			}
		},
		Fields: []field.Field[Idea]{
			field.Text(1, "title", "Idea", func(i *Idea) *string { return &i.Title }).Required().Width(34).
				Example("One street-sweeping contract for all"),
			field.Ref(2, "partner", "From", func(i *Idea) *field.ID[Partner] { return &i.Partner }).Width(16).
				Example("Grandview"),
			field.Bool(3, "from_body", "From the governing body", func(i *Idea) *bool { return &i.Body }).
				HiddenByDefault(),
			field.OnDay(4, "date", "Date", func(i *Idea) *value.Opt[value.Day] { return &i.Date }).
				Example("Mar 4, 2027"),
			field.Word(5, "status", "Status", func(i *Idea) *IdeaStatus { return &i.Status },
				field.Choice{Value: "new", Title: "New"}, field.Choice{Value: "under study", Title: "Under study"},
				field.Choice{Value: "adopted", Title: "Adopted"},
				field.Choice{Value: "declined", Title: "Declined"}).Required().Width(11).Example("New"),
			field.Ref(6, "program", "Became program", func(i *Idea) *field.ID[Program] { return &i.Program }).Width(24),
			field.Long(7, "detail", "Detail", func(i *Idea) *string { return &i.Detail }).HiddenByDefault(),
			field.Long(8, "response", "Response", func(i *Idea) *string { return &i.Response }).HiddenByDefault().
				Help("What the partners answered; it stands in the next briefing."),
		},
	}.Kind()
}
