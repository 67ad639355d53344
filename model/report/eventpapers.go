package report

import (
	"strconv"

	"interlocal/model/document"
	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
)

// certificatesOf writes a certificate for everybody who visited.
func certificatesOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Certificates")
	if p == nil {
		return none, err
	}
	for _, m := range p.ordered() {
		if p.Event.Live() && m.State != shadowing.MatchHeld {
			continue
		}
		v, h := p.person(m.Visitor), p.person(m.Host)
		if about.Partner != 0 && v.Partner != about.Partner {
			continue
		}
		p.section(v.Name, document.Paragraph{Text: document.Plain("This is to certify that " + v.Name + ", " + work(v) +
			", " + p.City(v.ID) + ", spent " +
			spell(m) + " with " + h.Name + ", " + work(h) + ", at the City of " + p.City(h.ID) + " on " + m.When() +
			", as part of " + p.Event.Name + ".")},
			document.Paragraph{Text: document.Plain("Signed: ______________________   Date: ____________")})
	}
	if len(p.doc.Sections) == 0 {
		p.section("Visits", document.Paragraph{Text: document.Plain("No visit is recorded as held. Certificates are " +
			"written once the event was.")})
	}
	return p.doc, nil
}

func spell(m *shadowing.Match) string {
	if m.Full() {
		return "a day"
	}
	return "half a day"
}

// feedbackFormOf writes the sheet that people fill in after a visit. Its
// questions are in the order in which they are entered.
func feedbackFormOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "How was it?")
	if p == nil {
		return none, err
	}
	grades := func(question string) []document.Text {
		return []document.Text{document.Plain(question), document.Plain("☐ 1   ☐ 2   ☐ 3   ☐ 4   ☐ 5")}
	}
	p.section("About you", document.Paragraph{Text: document.Plain("Answering is up to you. Single sheets are read " +
		"by the facilitator alone; the cities see averages of at least " +
		strconv.Itoa(shadowing.FewestSheets) + " sheets.")},
		document.Paragraph{Text: document.Plain("I was   ☐ a visitor   ☐ a host        Visit (may be left out): " +
			"______________________")})
	p.section("Your grades", document.Table{Head: []string{"From 1 (no) to 5 (very much)", "Grade"},
		Rows: [][]document.Text{
			grades("Was the visit useful?"), grades("Was the work similar enough to yours?"), grades("Would you take " +
				"part again?")}})
	line := document.Paragraph{Text: document.Plain("______________________________________________________________")}
	p.section("In your words", document.Paragraph{Text: document.Plain("What do you take home?")}, line, line,
		document.Paragraph{Text: document.Plain("What could be better?")}, line, line)
	return p.doc, nil
}

// signInRows are blank lines on a page of the sign-in sheet.
const signInRows = 20

// signInOf writes the paper on which people sign up or sign in, a page for each
// city, its columns in the order of entry.
func signInOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Sign-in sheet")
	if p == nil {
		return none, err
	}
	for _, c := range partnership.Cities(r) {
		if about.Partner != 0 && c.ID != about.Partner {
			continue
		}
		t := document.Table{Head: []string{"No.", "Name", "Title", "Department", "Visit, host or both", "Takes at once",
			"Half, full or either", "Wishes"}}
		for i := range signInRows {
			row := []document.Text{document.Plain(strconv.Itoa(i + 1))}
			for range 7 {
				row = append(row, document.Plain(" "))
			}
			t.Rows = append(t.Rows, row)
		}
		p.section(c.Name, t, document.Paragraph{Text: document.Plain("Lines filled on this page: ______")})
	}
	p.doc.Notes = []string{"The columns are in the order in which they are typed in, so that the sheet can be " +
		"entered line by line."}
	return p.doc, nil
}

// qualityOf writes the statement of how good an event's matches are, after
// checking the kept proof again.
func qualityOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Proof of quality")
	if p == nil {
		return none, err
	}
	q, bad := pairing.CheckProof(p.Proof)
	if bad != nil {
		p.section("Result", document.Paragraph{Text: document.Plain(sentence(bad.Error()) + ".")})
		return p.doc, nil
	}
	c := &citations{r: r}
	id := uint64(p.Proof.ID)
	p.section("Result", document.Paragraph{Text: document.Text{{Text: "When the matches were made"},
		{Text: " on " + p.Proof.Made.V.Long() + ", they were "},
		c.run(q.Words(), shadowing.KindProofs, id, "value", "bound"), {Text: ": " + q.Numbers() + "."}}})
	p.section("How this is known", document.Paragraph{Text: document.Plain("Each match is worth the points by which " +
		"two people's work is alike, more when one asked for the other, and nine fifths of that for a full day. " +
		"With the matches the program keeps a certificate: prices for people's time and hosts' places under which no " +
		"other plan could be worth more than the figure above. " +
		"For this page the certificate was checked again, by a separate small piece of the program that adds whole " +
		"numbers only and knows nothing of the search.")})
	if q.Among > 0 {
		p.section("What it does not cover", document.Paragraph{Text: document.Plain("So many take part that pairs " +
			"were considered only among each person's " +
			strconv.Itoa(q.Among) + " most similar colleagues; the figures are about those pairs.")})
	}
	p.doc.Sources = c.sources()
	return p.doc, nil
}

// VisitCalendar gives an event's visits as appointments: one person's when a
// person is given, else everybody's and the event itself.
func VisitCalendar(r field.Reader, event shadowing.EventID, person partnership.PersonID) ([]export.Appointment,
	error) {
	p, _, err := aboutEvent(r, About{Record: uint64(event)}, 0, "")
	if p == nil {
		return nil, err
	}
	var out []export.Appointment
	if person == 0 {
		out = p.eventDays()
	}
	for _, m := range append(p.ordered(), p.Gone...) {
		if person != 0 && m.Visitor != person && m.Host != person || len(m.Slots) == 0 ||
			!m.Live() && len(m.ToldVisitor)+len(m.ToldHost) == 0 {
			continue
		}
		out = append(out, p.appointment(m, person))
	}
	return out, nil
}

// eventDays gives an entry for every day of the event.
func (p *eventPaper) eventDays() []export.Appointment {
	var out []export.Appointment
	slots := p.Slots
	for i := 0; i < len(slots); {
		j := i
		for j < len(slots) && slots[j].Day() == slots[i].Day() {
			j++
		}
		from, until := p.span(slots[i:j])
		out = append(out, export.Appointment{Key: "event-" + key(uint64(p.Event.ID)) + "-" + slots[i].Day().String(),
			Summary: p.Event.Name, Place: p.Event.Place, Description: p.Event.Note, From: from, Until: until})
		i = j
	}
	return out
}

func key(id uint64) string { return strconv.FormatUint(id, 10) }

func (p *eventPaper) span(slots []value.Slot) (from, until value.Wall) {
	start, _ := p.Event.Hours.Of(slots[0].Half())
	_, end := p.Event.Hours.Of(slots[len(slots)-1].Half())
	return slots[0].Day().At(0, int(start)), slots[len(slots)-1].Day().At(0, int(end))
}

// appointment is a visit as one of the two sees it, or as an onlooker does.
func (p *eventPaper) appointment(m *shadowing.Match, person partnership.PersonID) export.Appointment {
	v, h := p.person(m.Visitor), p.person(m.Host)
	a := export.Appointment{Key: "match-" + key(uint64(m.ID)), Place: "City of " + p.City(h.ID), Cancelled: !m.Live()}
	a.From, a.Until = p.span(m.Slots)
	switch person {
	case v.ID:
		a.Summary = "Visit " + h.Name + ", " + p.City(h.ID)
		a.Description = p.Event.Name + "\n" + work(h) + reached(h)
	case h.ID:
		a.Summary = v.Name + ", " + p.City(v.ID) + ", visits"
		a.Description = p.Event.Name + "\n" + work(v) + reached(v)
		if m.Needs != "" {
			a.Description += "\nNeeds: " + m.Needs
		}
	default:
		a.Summary = v.Name + " visits " + h.Name
		a.Description = p.Event.Name + "\n" + p.City(v.ID) + " to " + p.City(h.ID)
	}
	return a
}
