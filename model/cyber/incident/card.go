// Package incident holds what the partners need of each other when a system burns:
// whom to call in each city, over what if the network is down, and what each city
// can lend.
//
// A [Card] is private to the partners: everybody who is of one sees all of them,
// nobody else does, and they leave the file on one paper alone, the wallet card.
// Numbers that nobody has tried for [StaleDays] are stale and come due.
package incident

import (
	"strconv"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// StaleDays is for how many days numbers count as verified.
const StaleDays = 90

// staleAhead is how many days before it does a number presses.
const staleAhead = 14

// Card is one city's branch of the call tree.
type Card struct {
	ID       field.ID[Card]
	Partner  partnership.PartnerID
	Contacts []Contact
	Lends    []Lend
	Note     string
}

// Contact is who is called for a role: the first, else the second, and a number
// that works when the city's own network and telephones do not.
type Contact struct {
	Role, First, FirstPhone, Second, SecondPhone, OutOfBand string
	Verified                                                value.Opt[value.Day] // when all of them were last tried
}

// Lend is something that a city can lend in an incident.
type Lend struct {
	What      string
	Hours     value.Opt[int64] // a day
	Kit       string
	Clearance string
}

// KindCalltrees names the kind whose records are of type [Card].
const KindCalltrees = "calltrees"

// KindName is "calltrees".
func (Card) KindName() string { return KindCalltrees }

// Good gives the last day on which a contact's numbers count as verified.
func (c *Contact) Good() (last value.Day, ok bool) { return c.Verified.V + StaleDays, c.Verified.Set }

// Stale reports whether nobody has tried a contact's numbers for too long.
func (c *Contact) Stale(on value.Day) bool {
	last, ok := c.Good()
	return !ok || on > last
}

// DescribeCard describes call trees.
func DescribeCard() *field.Kind {
	return field.Def[Card]{
		Tag: 90, One: "call tree", Title: "Call trees", Scope: field.ScopePartners,
		Purpose: "Whom to call in each city when a system burns, and what each can lend; on paper by: " +
			"interlocal report calltree.",
		ID:      func(c *Card) *field.ID[Card] { return &c.ID },
		Label:   func(*Card) string { return "" },
		Unique:  [][]string{{"partner"}},
		Parties: func(_ field.Reader, c *Card) []field.Party { return []field.Party{field.Party(c.Partner)} },
		Check:   checkCard, Due: dueCard,
		Fields: []field.Field[Card]{
			field.Ref(1, "partner", "City", func(c *Card) *partnership.PartnerID { return &c.Partner }).Required().
				Width(16).Example("Raytown"),
			field.Rows(2, "contacts", "Contacts", func(c *Card) *[]Contact { return &c.Contacts },
				contactFields()).Private().Width(40).
				Help("The out-of-band number works when the city's own network and " +
					"telephones do not."),
			field.Rows(3, "lends", "Can lend", func(c *Card) *[]Lend { return &c.Lends }, lendFields()).Private().
				Width(30),
			field.Long(4, "note", "Note", func(c *Card) *string { return &c.Note }).Private().HiddenByDefault(),
		},
	}.Kind()
}

func contactFields() []field.Field[Contact] {
	return []field.Field[Contact]{
		field.Text(1, "role", "For", func(c *Contact) *string { return &c.Role }).Example("IT lead on call"),
		field.Text(2, "first", "First", func(c *Contact) *string { return &c.First }).Example("Dana Reyes"),
		field.Phone(3, "first_phone", "Phone", func(c *Contact) *string { return &c.FirstPhone }),
		field.Text(4, "second", "Second", func(c *Contact) *string { return &c.Second }),
		field.Phone(5, "second_phone", "Phone of the second", func(c *Contact) *string { return &c.SecondPhone }),
		field.Phone(6, "out_of_band", "Out of band", func(c *Contact) *string { return &c.OutOfBand }),
		field.OnDay(7, "verified", "Verified on", func(c *Contact) *value.Opt[value.Day] { return &c.Verified }),
	}
}

func lendFields() []field.Field[Lend] {
	return []field.Field[Lend]{
		field.Text(1, "what", "What", func(l *Lend) *string { return &l.What }).Example("Forensics"),
		field.OptInt(2, "hours", "Hours a day", func(l *Lend) *value.Opt[int64] { return &l.Hours }),
		field.Text(3, "kit", "Kit", func(l *Lend) *string { return &l.Kit }),
		field.Text(4, "clearance", "Clearance", func(l *Lend) *string { return &l.Clearance }),
	}
}

func checkCard(c *field.Checking, _, card *Card) {
	for _, x := range card.Contacts {
		switch {
		case x.Role == "" || x.First == "" || x.FirstPhone == "" && x.OutOfBand == "":
			c.Add("contacts", "each contact says what it is for, who is called first and by which number")
		case x.Verified.Set && x.Verified.V > c.Today:
			c.Add("contacts", "numbers are verified on a day that has come")
		}
	}
	for _, l := range card.Lends {
		if l.What == "" || l.Hours.Or(0) < 0 || l.Hours.Or(0) > 24 {
			c.Add("lends", "each line says what can be lent; hours a day are from 0 to 24")
		}
	}
}

// dueCard tells a city of numbers that are stale, or will be soon. It names no
// number and nobody.
func dueCard(v field.Viewpoint, c *Card, yield func(field.Due)) {
	today, n, first := v.Now.Day(), 0, value.Opt[value.Day]{}
	for i := range c.Contacts {
		last, ok := c.Contacts[i].Good()
		if !ok {
			last = today - 1 // never tried
		}
		if v.Nearness(last, staleAhead) == field.Later {
			continue
		}
		if n++; !first.Set || last < first.V {
			first = value.Some(last)
		}
	}
	if n == 0 {
		return
	}
	yield(field.Due{On: first, Urgency: v.Nearness(first.V, staleAhead),
		For: []field.Party{field.Party(c.Partner)}, Line: func() string {
			return partnership.PartnerName(v, c.Partner) + ": the numbers of " +
				text.Counted(n, "contact", "contacts") + " in its call tree have to be tried, as every " +
				strconv.Itoa(StaleDays) + " days; then: interlocal calltree verify"
		}})
}
