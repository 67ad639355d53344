package report

import (
	"strconv"
	"strings"

	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report/overview"
	"interlocal/model/text"
	"interlocal/model/value"
)

// recordWord names a record as files and agendas do: agreements/3.
func recordWord(kind string, id uint64) string { return kind + "/" + strconv.FormatUint(id, 10) }

// meetingAsked finds the meeting that a report is about: the one named, or the
// one that fits best.
func meetingAsked(r field.Reader, about About, better func(a, b *meeting.Meeting) bool) (*meeting.Meeting, error) {
	if about.Record != 0 {
		if m := field.Get(r, meeting.MeetingID(about.Record)); m != nil {
			return m, nil
		}
		return nil, failure.New(failure.NotFound, "there is no such meeting")
	}
	var best *meeting.Meeting
	for m := range field.All[meeting.Meeting](r) {
		if better(m, best) {
			best = m
		}
	}
	if best == nil {
		return nil, failure.New(failure.NotFound, "no meeting is recorded for this; add one in the Meetings tab")
	}
	return best, nil
}

// agendaOf makes the agenda of the meeting at hand: the open one, else the next.
func agendaOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	m, err := meetingAsked(r, about, func(a, b *meeting.Meeting) bool {
		switch {
		case a.Over():
			return false
		case b == nil || a.State == meeting.MeetingOpen:
			return true
		}
		return b.State != meeting.MeetingOpen && a.Start.V < b.Start.V
	})
	if err != nil {
		return nil, err
	}
	return Agenda(r, m, now), nil
}

// Agenda makes a meeting's agenda, with the actions still open from earlier
// meetings.
func Agenda(r field.Reader, m *meeting.Meeting, now value.Wall) *document.Document {
	doc := &document.Document{Title: "Agenda: " + m.Name, Subtitle: whenAndWhere(m)}
	t := document.Table{Head: []string{"", "Item", "Presented by", "Time"}, Right: []bool{true, false, false, true}}
	var total int64
	for i, item := range meeting.AgendaOf(r, m.ID) {
		minutes, by := "", ""
		if item.Minutes.Set {
			minutes = text.Counted(int(item.Minutes.V), "minute", "minutes")
			total += item.Minutes.V
		}
		if item.Presenter != 0 {
			by = partnership.PersonName(r, item.Presenter)
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(strconv.Itoa(i + 1)), document.Plain(item.Title),
			document.Plain(by), document.Plain(minutes)})
	}
	section := document.Section{Heading: "Items"}
	if len(t.Rows) == 0 {
		section.Blocks = []document.Block{document.Paragraph{Text: document.Plain("Nothing is on the agenda yet.")}}
	} else {
		section.Blocks = []document.Block{t}
	}
	if total > 0 {
		section.Blocks = append(section.Blocks,
			document.Remark{Text: document.Plain(text.Counted(int(total), "minute", "minutes") +
				" are set aside in all.")})
	}
	doc.Sections = []document.Section{section, openActions(r, now.Day())}
	return doc
}

// whenAndWhere says when a meeting is planned and where.
func whenAndWhere(m *meeting.Meeting) string { return timeAndPlace(m.Start, m) }

// heldAndWhere says when a meeting was held and where.
func heldAndWhere(m *meeting.Meeting) string { return timeAndPlace(m.Held(), m) }

func timeAndPlace(at value.Opt[value.Wall], m *meeting.Meeting) string {
	var parts []string
	if at.Set {
		parts = append(parts, at.V.Long())
	}
	if m.Place != "" {
		parts = append(parts, m.Place)
	}
	return strings.Join(parts, ", ")
}

// openActions lists what is still to be done, overdue first.
func openActions(r field.Reader, today value.Day) document.Section {
	t := document.Table{Head: []string{"Action", "Owner", "Due"}}
	for _, o := range overview.Owners(r, today) {
		for a := range field.All[meeting.Action](r) {
			if a.State != meeting.ActionOpen || a.Who != o.Person {
				continue
			}
			due := document.Text{{Text: "no day set"}}
			if a.Due.Set {
				due = document.Plain(a.Due.V.When(today))
			}
			t.Rows = append(t.Rows, []document.Text{document.Plain(a.What), document.Plain(o.Name), due})
		}
	}
	if len(t.Rows) == 0 {
		return document.Section{Heading: "Open actions",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("No action is open.")}}}
	}
	return document.Section{Heading: "Open actions", Blocks: []document.Block{t}}
}

// actionsOf lists the open actions by owner.
func actionsOf(r field.Reader, _ About, now value.Wall) (*document.Document, error) {
	doc := &document.Document{Title: "Open actions", Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	for _, o := range overview.Owners(r, now.Day()) {
		doc.Sections = append(doc.Sections, document.Section{Heading: text.Capital(o.Name),
			Blocks: []document.Block{document.List{Items: taskItems(r, o.Person, now.Day())}}})
	}
	if len(doc.Sections) == 0 {
		doc.Sections = []document.Section{{Heading: "Actions",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("No action is open.")}}}}
	}
	return doc, nil
}

// taskItems lists one owner's open actions.
func taskItems(r field.Reader, who partnership.PersonID, today value.Day) []document.Text {
	var out []document.Text
	for a := range field.All[meeting.Action](r) {
		if a.State != meeting.ActionOpen || a.Who != who {
			continue
		}
		said := a.What
		if a.Due.Set {
			said += ", by " + a.Due.V.When(today)
		}
		if m := field.Get(r, a.Meeting); m != nil && m.Held().Set {
			said += " (" + m.Name + " of " + m.Held().V.Day().Long() + ")"
		}
		out = append(out, document.Plain(said))
	}
	return out
}

// Tasks writes one person's open actions as text to paste into mail; it is empty
// when there are none.
func Tasks(r field.Reader, who partnership.PersonID, today value.Day) string {
	var b strings.Builder
	for _, item := range taskItems(r, who, today) {
		b.WriteString("- " + document.TextRuns(item) + "\n")
	}
	if b.Len() == 0 {
		return ""
	}
	p := field.Get(r, who)
	hello := "Hello,"
	if p != nil {
		first, _, _ := strings.Cut(p.Name, " ")
		hello = "Hello " + first + ","
	}
	return hello + "\n\nthis is what you took on:\n\n" + b.String()
}

// minutesOf makes the minutes of the meeting that closed last.
func minutesOf(r field.Reader, about About, _ value.Wall) (*document.Document, error) {
	m, err := meetingAsked(r, about, func(a, b *meeting.Meeting) bool {
		return a.Over() && (b == nil || a.Held().V > b.Held().V)
	})
	if err != nil {
		return nil, err
	}
	kept := meeting.MinutesOf(r, m.ID)
	if kept == nil {
		return nil, failure.New(failure.Invalid, "“"+m.Name+"” has not been closed, so it has no minutes yet; close "+
			"it in the Meetings tab")
	}
	return Minutes(r, m, kept.Lines), nil
}

// Minutes makes the minutes of a meeting from their lines: who came, what was
// recorded under each item, decisions, votes and actions.
func Minutes(r field.Reader, m *meeting.Meeting, lines []meeting.MinuteLine) *document.Document {
	doc := &document.Document{Title: "Minutes: " + m.Name, Subtitle: heldAndWhere(m)}
	doc.Sections = append(doc.Sections, document.Section{Heading: "Standing",
		Blocks: []document.Block{document.Paragraph{Text: document.Plain(standing(r, m))}}}, attendance(r, m))
	doc.Sections = append(doc.Sections, itemSections(r, m, lines)...)
	for _, s := range gathered(r, m, lines) {
		if len(s.Blocks) > 0 {
			doc.Sections = append(doc.Sections, s)
		}
	}
	if kept := meeting.MinutesOf(r, m.ID); kept != nil && len(kept.Amendments) > 0 {
		var l document.List
		for _, a := range kept.Amendments {
			said := a.Text
			if a.On.Set {
				said = a.On.V.Long() + ": " + said
			}
			l.Items = append(l.Items, document.Plain(said))
		}
		doc.Sections = append(doc.Sections, document.Section{Heading: "Amendments", Blocks: []document.Block{l}})
	}
	doc.Notes = []string{"Private details of people and the answers of self-assessments are left out."}
	return doc
}

// standing says whether the minutes have been approved.
func standing(r field.Reader, m *meeting.Meeting) string {
	said := "Draft, not approved yet."
	kept := meeting.MinutesOf(r, m.ID)
	switch {
	case m.State == meeting.MeetingOpen:
		said = "The meeting is open."
	case kept != nil && kept.Approved.Set && len(kept.Amendments) > 0:
		said = "Approved on " + kept.Approved.V.Long() + ", amended since."
	case kept != nil && kept.Approved.Set:
		said = "Approved on " + kept.Approved.V.Long() + "."
	}
	if m.Opened.Set {
		said += " Called to order at " + m.Opened.V.Long()
		switch {
		case m.Closed.Set && m.Closed.V.Day() != m.Opened.V.Day():
			said += ", adjourned at " + m.Closed.V.Long()
		case m.Closed.Set:
			said += ", adjourned at " + m.Closed.V.TimeOfDay().Long()
		}
		said += "."
	}
	if m.Opened.Set && m.Start.Set && m.Start.V.Day() != m.Opened.V.Day() {
		said += " It was planned for " + m.Start.V.Long() + "."
	}
	if m.Chair != 0 {
		said += " Chair: " + partnership.PersonName(r, m.Chair) + "."
	}
	return said
}

func attendance(r field.Reader, m *meeting.Meeting) document.Section {
	if len(m.Attendance) == 0 {
		return document.Section{Heading: "Attendance",
			Blocks: []document.Block{document.Paragraph{Text: document.Plain("Attendance: " +
				document.NotRecorded + ".")}}}
	}
	var blocks []document.Block
	if !m.RollCalled() {
		said := "The roll was not called, so who was present is " + document.NotRecorded + ". Expected:"
		if !m.Over() {
			said = "The roll has not been called, so who is present is " + document.NotRecorded + ". Expected:"
		}
		blocks = append(blocks, document.Paragraph{Text: document.Plain(said)})
	}
	t := document.Table{Head: []string{"Partner", "Person", ""}}
	for _, a := range m.Attendance {
		partner, who := "", a.Guest
		if a.Partner != 0 {
			partner = partnership.PartnerName(r, a.Partner)
		}
		if a.Person != 0 {
			who = partnership.PersonName(r, a.Person)
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(partner), document.Plain(who),
			document.Plain(presence(a))})
	}
	return document.Section{Heading: "Attendance", Blocks: append(blocks, t)}
}

// presence says whether somebody came, as far as the roll tells.
func presence(a meeting.Attendee) string {
	if a.Presence == meeting.NotCalled {
		return "not called"
	}
	return string(a.Presence)
}

// itemSections puts the lines under the items they were recorded under.
func itemSections(r field.Reader, m *meeting.Meeting, lines []meeting.MinuteLine) []document.Section {
	byItem := map[meeting.AgendaItemID]*document.List{}
	for _, l := range lines {
		if byItem[l.Item] == nil {
			byItem[l.Item] = &document.List{}
		}
		byItem[l.Item].Items = append(byItem[l.Item].Items, document.Plain(lineText(l)))
	}
	var out []document.Section
	if l := byItem[0]; l != nil {
		out = append(out, document.Section{Heading: "Opening", Blocks: []document.Block{*l}})
	}
	for i, item := range meeting.AgendaOf(r, m.ID) {
		s := document.Section{Heading: strconv.Itoa(i+1) + ". " + item.Title}
		if l := byItem[item.ID]; l != nil {
			s.Blocks = []document.Block{*l}
		} else {
			s.Blocks = []document.Block{document.Paragraph{Text: document.Plain("Nothing was recorded under " +
				"this item.")}}
		}
		out = append(out, s)
		delete(byItem, item.ID)
	}
	delete(byItem, 0)
	var gone document.List
	for _, l := range lines {
		if byItem[l.Item] != nil {
			gone.Items = append(gone.Items, document.Plain(lineText(l)))
		}
	}
	if len(gone.Items) > 0 {
		out = append(out, document.Section{Heading: "Items taken off the agenda", Blocks: []document.Block{gone}})
	}
	return out
}

// lineText writes a line with its time; what was taken back says so.
func lineText(l meeting.MinuteLine) string {
	said := l.Text
	if l.Struck {
		said = "Struck: " + said
	}
	if l.At.Set {
		said = l.At.V.TimeOfDay().Long() + "  " + said
	}
	return said
}

// gathered lists decisions, motions and actions once more, as the lines have
// them: what becomes of them after the meeting does not change its minutes.
// Minutes that do not say which line is which have them from the records.
func gathered(r field.Reader, m *meeting.Meeting, lines []meeting.MinuteLine) []document.Section {
	of, told := map[meeting.LineSort]*document.List{meeting.LineDecision: {}, meeting.LineMotion: {},
		meeting.LineAction: {}}, false
	for _, l := range lines {
		told = told || l.Sort != "" && l.Sort != meeting.LineChange // every meeting is at least called to order
		if list := of[l.Sort]; list != nil && !l.Struck {
			said := strings.TrimPrefix(strings.TrimPrefix(l.Text, "Decided: "), "Action: ")
			list.Items = append(list.Items, document.Plain(said))
		}
	}
	if !told {
		return []document.Section{decided(r, m), voted(r, m), undertaken(r, m)}
	}
	return []document.Section{listed("Decisions", *of[meeting.LineDecision]),
		listed("Motions and votes", *of[meeting.LineMotion]),
		listed("Actions", *of[meeting.LineAction])}
}

func decided(r field.Reader, m *meeting.Meeting) document.Section {
	var l document.List
	for d := range field.Of[meeting.Decision](r, "meeting", m.ID) {
		l.Items = append(l.Items, document.Plain(d.Text))
	}
	return listed("Decisions", l)
}

func voted(r field.Reader, m *meeting.Meeting) document.Section {
	var l document.List
	env := field.NewEnv(r, 0)
	for v := range field.Of[meeting.Motion](r, "meeting", m.ID) {
		l.Items = append(l.Items, document.Plain(meeting.MotionText(env, v)))
	}
	return listed("Motions and votes", l)
}

func undertaken(r field.Reader, m *meeting.Meeting) document.Section {
	var l document.List
	env := field.NewEnv(r, 0)
	for a := range field.Of[meeting.Action](r, "meeting", m.ID) {
		l.Items = append(l.Items, document.Plain(meeting.ActionText(env, a)))
	}
	return listed("Actions", l)
}

// listed makes a section of a list, or an empty one when nothing is on it.
func listed(heading string, l document.List) document.Section {
	if len(l.Items) == 0 {
		return document.Section{}
	}
	return document.Section{Heading: heading, Blocks: []document.Block{l}}
}
