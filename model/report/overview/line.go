package overview

import (
	"cmp"
	"slices"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Tab is the part of the program in which a record is at home.
type Tab string

// The tabs.
const (
	TabPartners  Tab = "partners"
	TabPrograms  Tab = "programs"
	TabShadowing Tab = "shadowing"
	TabEquipment Tab = "equipment"
	TabCyber     Tab = "cyber"
	TabMeetings  Tab = "meetings"
)

// Line is one thing that needs attention, and the record in which to see to it.
type Line struct {
	Kind    string
	ID      uint64
	Urgency field.Urgency
	Due     value.Opt[value.Day]
	Text    string // one sentence
	How     string // how the day was found; "" where it is as recorded
	Tab     Tab
	For     []field.Party // whose it is to see to; none is the whole partnership
	// Closed says that it speaks of what not everybody who reads an agenda may
	// know.
	Closed bool
}

// Tile is one figure. Value is what to show; Number is its worth, in cents
// when Money is set, and is unset when the figure is not recorded.
type Tile struct {
	Name   string
	Value  string
	Number value.Opt[int64]
	Money  bool
	Note   string // how it is counted
	Tab    Tab
}

// Coming is something that happens on a day of the next month.
type Coming struct {
	Day  value.Day
	Kind string
	ID   uint64
	Text string
	Tab  Tab
}

// Contribution is what one tab has to say.
type Contribution struct {
	Attention []Line
	Tiles     []Tile
	Coming    []Coming
	More      int // lines left out of Attention because there were too many
	Later     int // entries left out of Coming
}

// Contributor looks through the records for what a tab has to say to somebody
// at a local time.
type Contributor func(v field.Viewpoint) Contribution

// orderLines puts the most urgent first, then the earliest, then by text;
// lines without a day come after those with one.
func orderLines(a, b Line) int {
	return cmp.Or(
		cmp.Compare(a.Urgency, b.Urgency),
		value.CompareDays(a.Due, b.Due),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.ID, b.ID),
	)
}

// orderComing puts the earliest first.
func orderComing(a, b Coming) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.ID, b.ID))
}

// gathering is a contribution being put together. Sentences are written only
// for what is kept, since a large file may hold thousands of candidates.
type gathering struct {
	field.Viewpoint
	today  value.Day
	tab    Tab
	lines  []draftLine
	coming []draftComing
	tiles  []Tile
}

type draftLine struct {
	Line
	due field.Due
}

type draftComing struct {
	Coming
	text func() string
}

// gather begins a tab's contribution with what is due from its kinds.
func gather(v field.Viewpoint, tab Tab, kinds ...string) *gathering {
	g := &gathering{Viewpoint: v, today: v.Now.Day(), tab: tab}
	for d := range v.Due(kinds...) {
		if d.Line != nil && d.Urgency != field.Later {
			g.asks(d)
		}
		if d.Event != nil && d.On.Set && d.On.V >= g.today && d.On.V <= g.today+comingDays {
			g.coming = append(g.coming, draftComing{Coming{Day: d.On.V, Kind: d.Kind, ID: d.ID, Tab: tab}, d.Event})
		}
	}
	return g
}

// asks adds something that needs attention.
func (g *gathering) asks(d field.Due) {
	g.lines = append(g.lines,
		draftLine{Line{Kind: d.Kind, ID: d.ID, Urgency: d.Urgency, Due: d.On, Tab: g.tab, For: d.For,
			Closed: d.Sensitivity != field.Open}, d})
}

// written gives the line with its sentences.
func (d *draftLine) written(v field.Viewpoint) Line {
	d.Text = d.due.Line() + stopping(v, d.Line)
	if d.due.How != nil {
		d.How = d.due.How()
	}
	return d.Line
}

// stopping counts the loans that would be without an agreement that is near its
// end.
func stopping(v field.Viewpoint, l Line) string {
	if l.Kind != partnership.KindAgreements || l.Urgency != field.DueSoon {
		return ""
	}
	if n := len(loans.Stopping(v, field.Get(v, partnership.AgreementID(l.ID)), v.Now)); n > 0 {
		return "; " + text.Counted(n, "loan", "loans") + " would be without an agreement"
	}
	return ""
}

// tile adds a figure that is known.
func (g *gathering) tile(name string, n int, note string) {
	g.tiles = append(g.tiles, Tile{Name: name, Value: text.Thousands(int64(n)), Number: value.Some(int64(n)),
		Note: note, Tab: g.tab})
}

// blank adds a figure that is not recorded.
func (g *gathering) blank(name, note string) {
	g.tiles = append(g.tiles, Tile{Name: name, Value: document.NotRecorded, Note: note, Tab: g.tab})
}

// contribution orders what was gathered, leaves out what is beyond the caps
// and writes the sentences of the rest.
func (g *gathering) contribution() Contribution {
	out := Contribution{Tiles: g.tiles, More: max(0, len(g.lines)-maxLines), Later: max(0, len(g.coming)-maxComing)}
	slices.SortFunc(g.lines, func(a, b draftLine) int { return orderLines(a.Line, b.Line) })
	for i := range g.lines[:min(len(g.lines), maxLines)] {
		out.Attention = append(out.Attention, g.lines[i].written(g.Viewpoint))
	}
	slices.SortFunc(g.coming, func(a, b draftComing) int { return orderComing(a.Coming, b.Coming) })
	for _, d := range g.coming[:min(len(g.coming), maxComing)] {
		d.Coming.Text = d.text()
		out.Coming = append(out.Coming, d.Coming)
	}
	return out
}
