package report

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Urgency ranks what needs attention.
type Urgency uint8

// From what is late to what is good to know.
const (
	Overdue Urgency = iota // its day has passed
	DueSoon                // its day is near
	Waiting                // somebody waits for somebody
	Note                   // no day presses
)

// String gives the word used in plain text and JSON.
func (u Urgency) String() string {
	return [...]string{"overdue", "due soon", "waiting", "note"}[u]
}

// Tab is the part of the program in which a record is at home.
type Tab string

// The tabs.
const (
	TabPartners  Tab = "partners"
	TabPrograms  Tab = "programs"
	TabShadowing Tab = "shadowing"
	TabEquipment Tab = "equipment"
	TabCyber     Tab = "cyber"
)

// Line is one thing that needs attention, and the record in which to see to it.
type Line struct {
	Kind    string
	ID      uint64
	Urgency Urgency
	Due     value.Opt[value.Day]
	Text    string // one sentence
	Tab     Tab
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

// Contributor looks through the records for what a tab has to say at a local
// time.
type Contributor func(r field.Reader, now value.Wall) Contribution

// orderLines puts the most urgent first, then the earliest, then by text;
// lines without a day come after those with one.
func orderLines(a, b Line) int {
	return cmp.Or(
		cmp.Compare(a.Urgency, b.Urgency),
		cmpDay(a.Due, b.Due),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.ID, b.ID),
	)
}

func cmpDay(a, b value.Opt[value.Day]) int {
	switch {
	case a.Set && b.Set:
		return cmp.Compare(a.V, b.V)
	case a.Set:
		return -1
	case b.Set:
		return 1
	}
	return 0
}

// orderComing puts the earliest first.
func orderComing(a, b Coming) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// gathering is a contribution being put together. Sentences are written only
// for what is kept, since a large file may hold thousands of candidates.
type gathering struct {
	r      field.Reader
	now    value.Wall
	today  value.Day
	tab    Tab
	lines  []draftLine
	coming []draftComing
	tiles  []Tile
}

type draftLine struct {
	Line
	text func() string
}

type draftComing struct {
	Coming
	text func() string
}

func gather(r field.Reader, now value.Wall, tab Tab) *gathering {
	return &gathering{r: r, now: now, today: now.Day(), tab: tab}
}

// line adds something that needs attention.
func (g *gathering) line(kind string, id uint64, u Urgency, due value.Opt[value.Day], text func() string) {
	g.lines = append(g.lines, draftLine{Line{Kind: kind, ID: id, Urgency: u, Due: due, Tab: g.tab}, text})
}

// happens adds something that happens on a day, if the day is within a month.
func (g *gathering) happens(on value.Opt[value.Day], kind string, id uint64, text func() string) {
	if on.Set && on.V >= g.today && on.V <= g.today+comingDays {
		g.coming = append(g.coming, draftComing{Coming{Day: on.V, Kind: kind, ID: id, Tab: g.tab}, text})
	}
}

// tile adds a figure that is known.
func (g *gathering) tile(name string, n int, note string) {
	g.tiles = append(g.tiles, Tile{Name: name, Value: text.Thousands(int64(n)), Number: value.Some(int64(n)), Note: note, Tab: g.tab})
}

// blank adds a figure that is not recorded.
func (g *gathering) blank(name, note string) {
	g.tiles = append(g.tiles, Tile{Name: name, Value: NotRecorded, Note: note, Tab: g.tab})
}

// contribution orders what was gathered, leaves out what is beyond the caps
// and writes the sentences of the rest.
func (g *gathering) contribution() Contribution {
	out := Contribution{Tiles: g.tiles, More: max(0, len(g.lines)-maxLines), Later: max(0, len(g.coming)-maxComing)}
	slices.SortFunc(g.lines, func(a, b draftLine) int { return orderLines(a.Line, b.Line) })
	for _, d := range g.lines[:min(len(g.lines), maxLines)] {
		d.Line.Text = d.text()
		out.Attention = append(out.Attention, d.Line)
	}
	slices.SortFunc(g.coming, func(a, b draftComing) int { return orderComing(a.Coming, b.Coming) })
	for _, d := range g.coming[:min(len(g.coming), maxComing)] {
		d.Coming.Text = d.text()
		out.Coming = append(out.Coming, d.Coming)
	}
	return out
}
