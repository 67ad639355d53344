package report

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/text"
	"interlocal/model/value"
)

// eventPaper is a document about an event being written.
type eventPaper struct {
	*pairing.Board
	r     field.Reader
	today value.Day
	doc   *document.Document
}

// aboutEvent begins a document about an event: the one asked about, else the
// next that is not over, else the latest. Where there is no event at all it
// gives a document that says so.
func aboutEvent(r field.Reader, about About, now value.Wall, title string) (p *eventPaper, none *document.Document,
	err error) {
	id := shadowing.EventID(about.Record)
	if id == 0 {
		id = eventAtHand(r, now.Day())
	}
	if id == 0 {
		none = &document.Document{Title: title,
			Sections: []document.Section{{Heading: "Events",
				Blocks: []document.Block{document.Paragraph{Text: document.Plain("Events: " + document.NotRecorded +
					".")}}}}}
		return nil, none, nil
	}
	b, err := pairing.Load(r, id)
	if err != nil {
		return nil, nil, err
	}
	p = &eventPaper{Board: b, r: r, today: now.Day(), doc: &document.Document{Title: title}}
	p.doc.Subtitle = b.Event.Name
	if b.Event.Date.Set {
		p.doc.Subtitle += ", " + b.Event.Date.V.Long()
		if b.Event.Until.Set && b.Event.Until.V != b.Event.Date.V {
			p.doc.Subtitle += " to " + b.Event.Until.V.Long()
		}
	}
	if b.Event.Place != "" {
		p.doc.Subtitle += ", " + text.OneLine(b.Event.Place)
	}
	return p, nil, nil
}

func eventAtHand(r field.Reader, today value.Day) shadowing.EventID {
	var next, latest *shadowing.Event
	for e := range field.All[shadowing.Event](r) {
		day := e.Until.Or(e.Date.V)
		if e.Live() && (!e.Date.Set || day >= today) &&
			(next == nil || e.Date.Set && (!next.Date.Set || e.Date.V < next.Date.V)) {
			next = e
		}
		if latest == nil || e.Date.V >= latest.Date.V {
			latest = e
		}
	}
	switch {
	case next != nil:
		return next.ID
	case latest != nil:
		return latest.ID
	}
	return 0
}

// section adds a section.
func (p *eventPaper) section(heading string, blocks ...document.Block) {
	p.doc.Sections = append(p.doc.Sections, document.Section{Heading: heading, Blocks: blocks})
}

// hours gives the times of a visit: 8:30 am to 4:30 pm.
func (p *eventPaper) hours(slots []value.Slot) string {
	if len(slots) == 0 {
		return document.NotRecorded
	}
	from, _ := p.Event.Hours.Of(slots[0].Half())
	_, until := p.Event.Hours.Of(slots[len(slots)-1].Half())
	return from.Long() + " to " + until.Long()
}

func (p *eventPaper) when(m *shadowing.Match) string { return m.When() + ", " + p.hours(m.Slots) }

// person looks somebody up; an empty record for nobody.
func (p *eventPaper) person(id partnership.PersonID) *partnership.Person {
	if one := field.Get(p.r, id); one != nil {
		return one
	}
	return &partnership.Person{Name: document.NotRecorded}
}

// work describes somebody's work: title, department.
func work(p *partnership.Person) string {
	out := strings.Trim(text.OneLine(p.Title)+", "+text.OneLine(p.Department), ", ")
	if out == "" {
		return "title " + document.NotRecorded
	}
	return out
}

// ordered lists the visits by time, visitor's city and name.
func (p *eventPaper) ordered() []*shadowing.Match {
	list := slices.Clone(p.Matches)
	slices.SortStableFunc(list, func(a, b *shadowing.Match) int {
		return cmp.Or(cmp.Compare(firstSlot(a), firstSlot(b)), cmp.Compare(p.City(a.Visitor), p.City(b.Visitor)),
			cmp.Compare(p.Name(a.Visitor), p.Name(b.Visitor)))
	})
	return list
}

func firstSlot(m *shadowing.Match) value.Slot {
	if len(m.Slots) == 0 {
		return 0
	}
	return m.Slots[0]
}

// scheduleOf writes an event's visits city by city: who is away and who comes.
func scheduleOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Schedule by city")
	if p == nil {
		return none, err
	}
	for _, c := range p.Cities {
		away, comes := p.cityTables(c)
		p.section(c.Name, document.Paragraph{Text: document.Plain("Away visiting")}, away,
			document.Paragraph{Text: document.Plain("Visitors who come")}, comes)
	}
	if len(p.Cities) == 0 {
		p.section("Visits", document.Paragraph{Text: document.Plain("Sign-ups: " + document.NotRecorded + ".")})
	}
	p.doc.Notes = []string{"Needs are shown only to those who may see them; this copy may name some."}
	return p.doc, nil
}

func (p *eventPaper) cityTables(c pairing.City) (away, comes document.Block) {
	out := document.Table{Head: []string{"When", "Who", "Visits", "Of", "Phone"}}
	in := document.Table{Head: []string{"When", "Host", "Visitor", "Of", "Phone", "Needs"}}
	for _, m := range p.ordered() {
		v, h := p.person(m.Visitor), p.person(m.Host)
		if v.Partner == c.ID {
			out.Rows = append(out.Rows, []document.Text{document.Plain(p.when(m)), document.Plain(v.Name),
				document.Plain(h.Name), document.Plain(p.City(h.ID)), known(h.Phone)})
		}
		if h.Partner == c.ID {
			in.Rows = append(in.Rows, []document.Text{document.Plain(p.when(m)), document.Plain(h.Name),
				document.Plain(v.Name + ", " + work(v)), document.Plain(p.City(v.ID)),
				known(v.Phone), document.Plain(m.Needs)})
		}
	}
	away, comes = out, in
	if len(out.Rows) == 0 {
		away = document.Paragraph{Text: document.Plain("Nobody is away.")}
	}
	if len(in.Rows) == 0 {
		comes = document.Paragraph{Text: document.Plain("Nobody comes.")}
	}
	return away, comes
}

// invitationsOf writes what each person is told, ready to be sent.
func invitationsOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Invitations")
	if p == nil {
		return none, err
	}
	for _, e := range p.Entries {
		blocks := p.invitation(e)
		if blocks == nil || about.Partner != 0 && e.Partner != about.Partner {
			continue
		}
		heading := e.Person.Name + ", " + e.City
		p.section(heading, blocks...)
	}
	if len(p.doc.Sections) == 0 {
		p.section("Visits", document.Paragraph{Text: document.Plain("Nobody has a visit yet. Make the matches first.")})
	}
	return p.doc, nil
}

// invitation is the text for one person, nil for somebody without a visit.
func (p *eventPaper) invitation(e *pairing.Entry) []document.Block {
	var visits, guests []document.Text
	for _, m := range p.ordered() {
		switch e.Person.ID {
		case m.Visitor:
			h := p.person(m.Host)
			visits = append(visits, document.Plain(p.when(m)+": "+h.Name+", "+work(h)+", "+p.City(h.ID)+reached(h)))
		case m.Host:
			v := p.person(m.Visitor)
			line := p.when(m) + ": " + v.Name + ", " + work(v) + ", " + p.City(v.ID) + reached(v)
			if m.Needs != "" {
				line += ". Needs: " + text.OneLine(m.Needs)
			}
			guests = append(guests, document.Plain(line))
		}
	}
	if len(visits)+len(guests) == 0 {
		return nil
	}
	blocks := []document.Block{document.Paragraph{Text: document.Plain("To: " + addressOf(e.Person))},
		document.Paragraph{Text: document.Plain("Dear " + e.Person.Name + ", thank you for taking part in " +
			p.Event.Name + ".")}}
	if len(visits) > 0 {
		blocks = append(blocks, document.Paragraph{Text: document.Plain("You visit:")}, document.List{Items: visits})
	}
	if len(guests) > 0 {
		blocks = append(blocks, document.Paragraph{Text: document.Plain("You host:")}, document.List{Items: guests})
	}
	if p.Event.Note != "" {
		blocks = append(blocks, document.Paragraph{Text: document.Plain(p.Event.Note)})
	}
	return append(blocks, document.Paragraph{Text: document.Plain("Please say at once if you cannot come, so that " +
		"the place can go to somebody who waits.")})
}

// reached gives how to reach somebody, in brackets.
func reached(p *partnership.Person) string {
	out := strings.Trim(p.Phone+", "+p.Email, ", ")
	if out == "" {
		return ""
	}
	return " (" + out + ")"
}

func addressOf(p *partnership.Person) string {
	if p.Email == "" {
		return p.Name + " (e-mail address " + document.NotRecorded + ")"
	}
	return p.Name + " <" + p.Email + ">"
}

// tellAgainOf lists who must be told of what has changed.
func tellAgainOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Who must be told")
	if p == nil {
		return none, err
	}
	t := document.Table{Head: []string{"Told", "Who", "City", "Phone", "E-mail", "What to say"}}
	for _, one := range p.Tell() {
		t.Rows = append(t.Rows, []document.Text{document.Plain("☐"), document.Plain(one.Name), document.Plain(one.City),
			known(one.Phone), known(one.Email),
			document.Plain(strings.Join(one.Lines, " "))})
	}
	if len(t.Rows) == 0 {
		p.section("Changes", document.Paragraph{Text: document.Plain("Everybody has been told how things are now.")})
		return p.doc, nil
	}
	p.section(text.Counted(len(t.Rows), "person", "people")+" to tell", t)
	return p.doc, nil
}
