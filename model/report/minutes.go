package report

import (
	"strconv"
	"strings"

	"interlocal/model"
	"interlocal/model/minutes"
	"interlocal/model/text"
)

// recordWord names a record as files and agendas do: agreements/3.
func recordWord(kind string, id uint64) string { return kind + "/" + strconv.FormatUint(id, 10) }

// meetingAsked finds the meeting that a report is about: the one named, or the
// one that fits best.
func meetingAsked(r model.Reader, about About, better func(a, b *model.Meeting) bool) (*model.Meeting, error) {
	if about.Record != 0 {
		if m := model.Get(r, model.MeetingID(about.Record)); m != nil {
			return m, nil
		}
		return nil, model.Fail(model.NotFound, "there is no such meeting")
	}
	var best *model.Meeting
	for m := range model.All[model.Meeting](r) {
		if better(m, best) {
			best = m
		}
	}
	if best == nil {
		return nil, model.Fail(model.NotFound, "no meeting is recorded for this; add one in the Meetings tab")
	}
	return best, nil
}

// agendaOf makes the agenda of the meeting at hand: the open one, else the next.
func agendaOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	m, err := meetingAsked(r, about, func(a, b *model.Meeting) bool {
		switch {
		case a.Over():
			return false
		case b == nil || a.State == model.MeetingOpen:
			return true
		}
		return b.State != model.MeetingOpen && a.Start.V < b.Start.V
	})
	if err != nil {
		return nil, err
	}
	return Agenda(r, m, now), nil
}

// Agenda makes a meeting's agenda, with the actions still open from earlier
// meetings.
func Agenda(r model.Reader, m *model.Meeting, now model.Wall) *Document {
	doc := &Document{Title: "Agenda: " + m.Name, Subtitle: whenAndWhere(m)}
	t := Table{Head: []string{"", "Item", "Presented by", "Time"}, Right: []bool{true, false, false, true}}
	var total int64
	for i, item := range model.AgendaOf(r, m.ID) {
		minutes, by := "", ""
		if item.Minutes.Set {
			minutes = count(int(item.Minutes.V), "minute", "minutes")
			total += item.Minutes.V
		}
		if item.Presenter != 0 {
			by = personName(r, item.Presenter)
		}
		t.Rows = append(t.Rows, []Text{plain(strconv.Itoa(i + 1)), plain(item.Title), plain(by), plain(minutes)})
	}
	section := Section{Heading: "Items"}
	if len(t.Rows) == 0 {
		section.Blocks = []Block{Paragraph{plain("Nothing is on the agenda yet.")}}
	} else {
		section.Blocks = []Block{t}
	}
	if total > 0 {
		section.Blocks = append(section.Blocks, Remark{plain(count(int(total), "minute", "minutes") + " are set aside in all.")})
	}
	doc.Sections = []Section{section, openActions(r, now.Day())}
	return doc
}

// whenAndWhere says when a meeting is planned and where.
func whenAndWhere(m *model.Meeting) string { return timeAndPlace(m.Start, m) }

// heldAndWhere says when a meeting was held and where.
func heldAndWhere(m *model.Meeting) string { return timeAndPlace(m.Held(), m) }

func timeAndPlace(at model.Opt[model.Wall], m *model.Meeting) string {
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
func openActions(r model.Reader, today model.Day) Section {
	t := Table{Head: []string{"Action", "Owner", "Due"}}
	for _, o := range Owners(r, today) {
		for a := range model.All[model.Action](r) {
			if a.State != model.ActionOpen || a.Who != o.Person {
				continue
			}
			due := Text{{Text: "no day set"}}
			if a.Due.Set {
				due = plain(when(today, a.Due.V))
			}
			t.Rows = append(t.Rows, []Text{plain(a.What), plain(o.Name), due})
		}
	}
	if len(t.Rows) == 0 {
		return Section{"Open actions", []Block{Paragraph{plain("No action is open.")}}}
	}
	return Section{"Open actions", []Block{t}}
}

// actionsOf lists the open actions by owner.
func actionsOf(r model.Reader, _ About, now model.Wall) (*Document, error) {
	doc := &Document{Title: "Open actions", Subtitle: subtitle(model.SettingsOf(r), now.Day())}
	for _, o := range Owners(r, now.Day()) {
		doc.Sections = append(doc.Sections, Section{text.Capital(o.Name), []Block{List{taskItems(r, o.Person, now.Day())}}})
	}
	if len(doc.Sections) == 0 {
		doc.Sections = []Section{{"Actions", []Block{Paragraph{plain("No action is open.")}}}}
	}
	return doc, nil
}

// taskItems lists one owner's open actions.
func taskItems(r model.Reader, who model.PersonID, today model.Day) []Text {
	var out []Text
	for a := range model.All[model.Action](r) {
		if a.State != model.ActionOpen || a.Who != who {
			continue
		}
		text := a.What
		if a.Due.Set {
			text += ", by " + when(today, a.Due.V)
		}
		if m := model.Get(r, a.Meeting); m != nil && m.Held().Set {
			text += " (" + m.Name + " of " + m.Held().V.Day().Long() + ")"
		}
		out = append(out, plain(text))
	}
	return out
}

// Tasks writes one person's open actions as text to paste into mail; it is empty
// when there are none.
func Tasks(r model.Reader, who model.PersonID, today model.Day) string {
	var b strings.Builder
	for _, item := range taskItems(r, who, today) {
		b.WriteString("- " + textRuns(item) + "\n")
	}
	if b.Len() == 0 {
		return ""
	}
	p := model.Get(r, who)
	hello := "Hello,"
	if p != nil {
		first, _, _ := strings.Cut(p.Name, " ")
		hello = "Hello " + first + ","
	}
	return hello + "\n\nthis is what you took on:\n\n" + b.String()
}

// minutesOf makes the minutes of the meeting that closed last.
func minutesOf(r model.Reader, about About, _ model.Wall) (*Document, error) {
	m, err := meetingAsked(r, about, func(a, b *model.Meeting) bool {
		return a.Over() && (b == nil || a.Held().V > b.Held().V)
	})
	if err != nil {
		return nil, err
	}
	kept := model.MinutesOf(r, m.ID)
	if kept == nil {
		return nil, model.Fail(model.Invalid, "“"+m.Name+"” has not been closed, so it has no minutes yet; close it in the Meetings tab")
	}
	return Minutes(r, m, kept.Lines), nil
}

// Minutes makes the minutes of a meeting from their lines: who came, what was
// recorded under each item, decisions, votes and actions.
func Minutes(r model.Reader, m *model.Meeting, lines []model.MinuteLine) *Document {
	doc := &Document{Title: "Minutes: " + m.Name, Subtitle: heldAndWhere(m)}
	doc.Sections = append(doc.Sections, Section{"Standing", []Block{Paragraph{plain(standing(r, m))}}}, attendance(r, m))
	doc.Sections = append(doc.Sections, itemSections(r, m, lines)...)
	for _, s := range gathered(r, m, lines) {
		if len(s.Blocks) > 0 {
			doc.Sections = append(doc.Sections, s)
		}
	}
	if kept := model.MinutesOf(r, m.ID); kept != nil && len(kept.Amendments) > 0 {
		var l List
		for _, a := range kept.Amendments {
			text := a.Text
			if a.On.Set {
				text = a.On.V.Long() + ": " + text
			}
			l.Items = append(l.Items, plain(text))
		}
		doc.Sections = append(doc.Sections, Section{"Amendments", []Block{l}})
	}
	doc.Notes = []string{"Private details of people and the answers of self-assessments are left out."}
	return doc
}

// standing says whether the minutes have been approved.
func standing(r model.Reader, m *model.Meeting) string {
	text := "Draft, not approved yet."
	kept := model.MinutesOf(r, m.ID)
	switch {
	case m.State == model.MeetingOpen:
		text = "The meeting is open."
	case kept != nil && kept.Approved.Set && len(kept.Amendments) > 0:
		text = "Approved on " + kept.Approved.V.Long() + ", amended since."
	case kept != nil && kept.Approved.Set:
		text = "Approved on " + kept.Approved.V.Long() + "."
	}
	if m.Opened.Set {
		text += " Called to order at " + m.Opened.V.Long()
		switch {
		case m.Closed.Set && m.Closed.V.Day() != m.Opened.V.Day():
			text += ", adjourned at " + m.Closed.V.Long()
		case m.Closed.Set:
			text += ", adjourned at " + clock(m.Closed.V)
		}
		text += "."
	}
	if m.Opened.Set && m.Start.Set && m.Start.V.Day() != m.Opened.V.Day() {
		text += " It was planned for " + m.Start.V.Long() + "."
	}
	if m.Chair != 0 {
		text += " Chair: " + personName(r, m.Chair) + "."
	}
	return text
}

func attendance(r model.Reader, m *model.Meeting) Section {
	if len(m.Attendance) == 0 {
		return Section{"Attendance", []Block{Paragraph{plain("Attendance: " + NotRecorded + ".")}}}
	}
	var blocks []Block
	if !m.RollCalled() {
		text := "The roll was not called, so who was present is " + NotRecorded + ". Expected:"
		if !m.Over() {
			text = "The roll has not been called, so who is present is " + NotRecorded + ". Expected:"
		}
		blocks = append(blocks, Paragraph{plain(text)})
	}
	t := Table{Head: []string{"Partner", "Person", ""}}
	for _, a := range m.Attendance {
		partner, who := "", a.Guest
		if a.Partner != 0 {
			partner = partnerName(r, a.Partner)
		}
		if a.Person != 0 {
			who = personName(r, a.Person)
		}
		t.Rows = append(t.Rows, []Text{plain(partner), plain(who), plain(presence(a))})
	}
	return Section{"Attendance", append(blocks, t)}
}

// presence says whether somebody came, as far as the roll tells.
func presence(a model.Attendee) string {
	if a.Presence == model.NotCalled {
		return "not called"
	}
	return string(a.Presence)
}

// itemSections puts the lines under the items they were recorded under.
func itemSections(r model.Reader, m *model.Meeting, lines []model.MinuteLine) []Section {
	byItem := map[model.AgendaItemID]*List{}
	for _, l := range lines {
		if byItem[l.Item] == nil {
			byItem[l.Item] = &List{}
		}
		byItem[l.Item].Items = append(byItem[l.Item].Items, plain(lineText(l)))
	}
	var out []Section
	if l := byItem[0]; l != nil {
		out = append(out, Section{"Opening", []Block{*l}})
	}
	for i, item := range model.AgendaOf(r, m.ID) {
		s := Section{Heading: strconv.Itoa(i+1) + ". " + item.Title}
		if l := byItem[item.ID]; l != nil {
			s.Blocks = []Block{*l}
		} else {
			s.Blocks = []Block{Paragraph{plain("Nothing was recorded under this item.")}}
		}
		out = append(out, s)
		delete(byItem, item.ID)
	}
	delete(byItem, 0)
	var gone List
	for _, l := range lines {
		if byItem[l.Item] != nil {
			gone.Items = append(gone.Items, plain(lineText(l)))
		}
	}
	if len(gone.Items) > 0 {
		out = append(out, Section{"Items taken off the agenda", []Block{gone}})
	}
	return out
}

// lineText writes a line with its time; what was taken back says so.
func lineText(l model.MinuteLine) string {
	text := l.Text
	if l.Struck {
		text = "Struck: " + text
	}
	if l.At.Set {
		text = clock(l.At.V) + "  " + text
	}
	return text
}

// gathered lists decisions, motions and actions once more, as the lines have
// them: what becomes of them after the meeting does not change its minutes.
// Minutes that do not say which line is which have them from the records.
func gathered(r model.Reader, m *model.Meeting, lines []model.MinuteLine) []Section {
	of, told := map[model.LineSort]*List{model.LineDecision: {}, model.LineMotion: {}, model.LineAction: {}}, false
	for _, l := range lines {
		told = told || l.Sort != "" && l.Sort != model.LineChange // every meeting is at least called to order
		if list := of[l.Sort]; list != nil && !l.Struck {
			text := strings.TrimPrefix(strings.TrimPrefix(l.Text, "Decided: "), "Action: ")
			list.Items = append(list.Items, plain(text))
		}
	}
	if !told {
		return []Section{decided(r, m), voted(r, m), undertaken(r, m)}
	}
	return []Section{listed("Decisions", *of[model.LineDecision]), listed("Motions and votes", *of[model.LineMotion]),
		listed("Actions", *of[model.LineAction])}
}

func decided(r model.Reader, m *model.Meeting) Section {
	var l List
	for d := range model.Of[model.Decision](r, "meeting", m.ID) {
		l.Items = append(l.Items, plain(d.Text))
	}
	return listed("Decisions", l)
}

func voted(r model.Reader, m *model.Meeting) Section {
	var l List
	env := model.NewEnv(r, 0)
	for v := range model.Of[model.Motion](r, "meeting", m.ID) {
		l.Items = append(l.Items, plain(minutes.MotionText(env, v)))
	}
	return listed("Motions and votes", l)
}

func undertaken(r model.Reader, m *model.Meeting) Section {
	var l List
	env := model.NewEnv(r, 0)
	for a := range model.Of[model.Action](r, "meeting", m.ID) {
		l.Items = append(l.Items, plain(minutes.ActionText(env, a)))
	}
	return listed("Actions", l)
}

// listed makes a section of a list, or an empty one when nothing is on it.
func listed(heading string, l List) Section {
	if len(l.Items) == 0 {
		return Section{}
	}
	return Section{heading, []Block{l}}
}
