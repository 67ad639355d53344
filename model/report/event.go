package report

import (
	"cmp"
	"slices"
	"strings"

	"interlocal/model"
	"interlocal/model/pairing"
)

// eventPaper is a document about an event being written.
type eventPaper struct {
	*pairing.Board
	r     model.Reader
	today model.Day
	doc   *Document
}

// aboutEvent begins a document about an event: the one asked about, else the
// next that is not over, else the latest. Where there is no event at all it
// gives a document that says so.
func aboutEvent(r model.Reader, about About, now model.Wall, title string) (p *eventPaper, none *Document, err error) {
	id := model.EventID(about.Record)
	if id == 0 {
		id = eventAtHand(r, now.Day())
	}
	if id == 0 {
		none = &Document{Title: title, Sections: []Section{{"Events", []Block{Paragraph{plain("Events: " + NotRecorded + ".")}}}}}
		return nil, none, nil
	}
	b, err := pairing.Load(r, id)
	if err != nil {
		return nil, nil, err
	}
	p = &eventPaper{Board: b, r: r, today: now.Day(), doc: &Document{Title: title}}
	p.doc.Subtitle = b.Event.Name
	if b.Event.Date.Set {
		p.doc.Subtitle += ", " + b.Event.Date.V.Long()
		if b.Event.Until.Set && b.Event.Until.V != b.Event.Date.V {
			p.doc.Subtitle += " to " + b.Event.Until.V.Long()
		}
	}
	if b.Event.Place != "" {
		p.doc.Subtitle += ", " + oneLine(b.Event.Place)
	}
	return p, nil, nil
}

func eventAtHand(r model.Reader, today model.Day) model.EventID {
	var next, latest *model.Event
	for e := range model.All[model.Event](r) {
		day := e.Until.Or(e.Date.V)
		if e.Live() && (!e.Date.Set || day >= today) && (next == nil || e.Date.Set && (!next.Date.Set || e.Date.V < next.Date.V)) {
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
func (p *eventPaper) section(heading string, blocks ...Block) {
	p.doc.Sections = append(p.doc.Sections, Section{heading, blocks})
}

// hours gives the times of a visit: 8:30 am to 4:30 pm.
func (p *eventPaper) hours(slots []model.Slot) string {
	if len(slots) == 0 {
		return NotRecorded
	}
	from, _ := p.Event.Hours.Of(slots[0].Half())
	_, until := p.Event.Hours.Of(slots[len(slots)-1].Half())
	return from.Long() + " to " + until.Long()
}

func (p *eventPaper) when(m *model.Match) string { return m.When() + ", " + p.hours(m.Slots) }

// person looks somebody up; an empty record for nobody.
func (p *eventPaper) person(id model.PersonID) *model.Person {
	if one := model.Get(p.r, id); one != nil {
		return one
	}
	return &model.Person{Name: NotRecorded}
}

// work describes somebody's work: title, department.
func work(p *model.Person) string {
	out := strings.Trim(oneLine(p.Title)+", "+oneLine(p.Department), ", ")
	if out == "" {
		return "title " + NotRecorded
	}
	return out
}

// ordered lists the visits by time, visitor's city and name.
func (p *eventPaper) ordered() []*model.Match {
	list := slices.Clone(p.Matches)
	slices.SortStableFunc(list, func(a, b *model.Match) int {
		return cmp.Or(cmp.Compare(firstSlot(a), firstSlot(b)), cmp.Compare(p.City(a.Visitor), p.City(b.Visitor)),
			cmp.Compare(p.Name(a.Visitor), p.Name(b.Visitor)))
	})
	return list
}

func firstSlot(m *model.Match) model.Slot {
	if len(m.Slots) == 0 {
		return 0
	}
	return m.Slots[0]
}

// scheduleOf writes an event's visits city by city: who is away and who comes.
func scheduleOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	p, none, err := aboutEvent(r, about, now, "Schedule by city")
	if p == nil {
		return none, err
	}
	for _, c := range p.Cities {
		away, comes := p.cityTables(c)
		p.section(c.Name, Paragraph{plain("Away visiting")}, away, Paragraph{plain("Visitors who come")}, comes)
	}
	if len(p.Cities) == 0 {
		p.section("Visits", Paragraph{plain("Sign-ups: " + NotRecorded + ".")})
	}
	p.doc.Notes = []string{"Needs are shown only to those who may see them; this copy may name some."}
	return p.doc, nil
}

func (p *eventPaper) cityTables(c pairing.City) (away, comes Block) {
	out := Table{Head: []string{"When", "Who", "Visits", "Of", "Phone"}}
	in := Table{Head: []string{"When", "Host", "Visitor", "Of", "Phone", "Needs"}}
	for _, m := range p.ordered() {
		v, h := p.person(m.Visitor), p.person(m.Host)
		if v.Partner == c.ID {
			out.Rows = append(out.Rows, []Text{plain(p.when(m)), plain(v.Name), plain(h.Name), plain(p.City(h.ID)), known(h.Phone)})
		}
		if h.Partner == c.ID {
			in.Rows = append(in.Rows, []Text{plain(p.when(m)), plain(h.Name), plain(v.Name + ", " + work(v)), plain(p.City(v.ID)),
				known(v.Phone), plain(m.Needs)})
		}
	}
	away, comes = out, in
	if len(out.Rows) == 0 {
		away = Paragraph{plain("Nobody is away.")}
	}
	if len(in.Rows) == 0 {
		comes = Paragraph{plain("Nobody comes.")}
	}
	return away, comes
}

// invitationsOf writes what each person is told, ready to be sent.
func invitationsOf(r model.Reader, about About, now model.Wall) (*Document, error) {
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
		p.section("Visits", Paragraph{plain("Nobody has a visit yet. Make the matches first.")})
	}
	return p.doc, nil
}

// invitation is the text for one person, nil for somebody without a visit.
func (p *eventPaper) invitation(e *pairing.Entry) []Block {
	var visits, guests []Text
	for _, m := range p.ordered() {
		switch e.Person.ID {
		case m.Visitor:
			h := p.person(m.Host)
			visits = append(visits, plain(p.when(m)+": "+h.Name+", "+work(h)+", "+p.City(h.ID)+reached(h)))
		case m.Host:
			v := p.person(m.Visitor)
			line := p.when(m) + ": " + v.Name + ", " + work(v) + ", " + p.City(v.ID) + reached(v)
			if m.Needs != "" {
				line += ". Needs: " + oneLine(m.Needs)
			}
			guests = append(guests, plain(line))
		}
	}
	if len(visits)+len(guests) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{plain("To: " + addressOf(e.Person))},
		Paragraph{plain("Dear " + e.Person.Name + ", thank you for taking part in " + p.Event.Name + ".")}}
	if len(visits) > 0 {
		blocks = append(blocks, Paragraph{plain("You visit:")}, List{visits})
	}
	if len(guests) > 0 {
		blocks = append(blocks, Paragraph{plain("You host:")}, List{guests})
	}
	if p.Event.Note != "" {
		blocks = append(blocks, Paragraph{plain(p.Event.Note)})
	}
	return append(blocks, Paragraph{plain("Please say at once if you cannot come, so that the place can go to somebody who waits.")})
}

// reached gives how to reach somebody, in brackets.
func reached(p *model.Person) string {
	out := strings.Trim(p.Phone+", "+p.Email, ", ")
	if out == "" {
		return ""
	}
	return " (" + out + ")"
}

func addressOf(p *model.Person) string {
	if p.Email == "" {
		return p.Name + " (e-mail address " + NotRecorded + ")"
	}
	return p.Name + " <" + p.Email + ">"
}

// tellAgainOf lists who must be told of what has changed.
func tellAgainOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	p, none, err := aboutEvent(r, about, now, "Who must be told")
	if p == nil {
		return none, err
	}
	t := Table{Head: []string{"Told", "Who", "City", "Phone", "E-mail", "What to say"}}
	for _, one := range p.Tell() {
		t.Rows = append(t.Rows, []Text{plain("☐"), plain(one.Name), plain(one.City), known(one.Phone), known(one.Email),
			plain(strings.Join(one.Lines, " "))})
	}
	if len(t.Rows) == 0 {
		p.section("Changes", Paragraph{plain("Everybody has been told how things are now.")})
		return p.doc, nil
	}
	p.section(count(len(t.Rows), "person", "people")+" to tell", t)
	return p.doc, nil
}
