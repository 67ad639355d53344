package records

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// detail shows one record: its fields, what it refers to and what refers to it,
// and its latest changes. Lines that lead somewhere can be walked through.
type detail struct {
	d    *app.App
	kind *field.Kind
	id   uint64
	rec  any

	history []store.Change
	loaded  uint64 // revision of the record for which history was read

	others string       // who else is editing it, as the lines say
	lines  []detailLine // shared by those who see the same
	width  int
	link   int // index among the lines that lead somewhere, -1 before the first
	top    int
	height int
}

// detailLine is a line of the record's page.
type detailLine struct {
	label string
	text  string
	wide  bool // the text takes the whole width, without a label's column
	ink   inkOf
	place app.Route // where Enter leads
	url   string    // what o opens
}

// inkOf names an ink, looked up when drawing so that a change of theme shows.
type inkOf func(*theme.Theme) theme.Style

func inkText(t *theme.Theme) theme.Style { return t.Text }

func inkDim(t *theme.Theme) theme.Style { return t.Dim }

func inkTitle(t *theme.Theme) theme.Style { return t.Title }

func inkHeading(t *theme.Theme) theme.Style { return t.Heading }

func inkWarn(t *theme.Theme) theme.Style { return t.Warn }

func inkLink(t *theme.Theme) theme.Style { return t.Link }

// relatedShown is how many referring records a page lists of each kind.
const relatedShown = 6

// relatedCounted is how far they are counted.
const relatedCounted = 999

// historyShown is how many changes a page lists.
const historyShown = 12

func (l detailLine) leads() bool { return l.place.Kind != "" || l.url != "" }

// show turns to a record; 0 shows nothing. It returns work that reads the
// record's history.
func (p *detail) show(kind *field.Kind, id uint64) tea.Cmd {
	same := p.kind == kind && p.id == id
	p.kind, p.id = kind, id
	p.rec = nil
	if id != 0 {
		p.rec = p.d.View().Get(kind.Name, id)
	}
	if !same {
		p.history, p.loaded, p.top, p.link = nil, 0, 0, -1
	}
	p.width = 0
	if p.rec == nil {
		return nil
	}
	rev := p.d.View().RevOf(kind.Name, id)
	if p.loaded == rev {
		return nil
	}
	moved := same && p.loaded != 0
	p.loaded = rev
	me := p.d.Me
	if changes, ok := me.HistoryKept(kind.Name, id, historyShown); ok {
		p.take(changes, moved)
		return nil
	}
	return p.d.Background(func() func() tea.Cmd {
		changes, err := me.History(kind.Name, id, historyShown)
		return func() tea.Cmd {
			if p.kind != kind || p.id != id || p.loaded != rev {
				return nil
			}
			if err != nil {
				p.loaded = 0
				p.d.Fail(err)
				return nil
			}
			p.take(changes, moved)
			return nil
		}
	})
}

// take takes up a record's history; of a record that has changed under the eyes
// of its reader it says so.
func (p *detail) take(changes []store.Change, moved bool) {
	p.history, p.width = changes, 0
	if moved {
		tellChange(p.d, p.kind, changes)
	}
}

// pageKey names the lines of a page, which are the same for all who see the same
// of the record and of its history.
type pageKey struct {
	kind   string
	id     uint64
	width  int
	now    value.Wall
	latest *store.Change
	of     int
}

// layout works the lines out for a width.
func (p *detail) layout(width int) {
	others := ""
	if p.rec != nil {
		others = p.d.Editing(p.kind.Name, p.id)
	}
	if p.width == width && p.others == others {
		return
	}
	p.width, p.others, p.lines = width, others, nil
	switch {
	case p.rec == nil:
		return
	case others != "" || p.d.Projected():
		p.compose()
	default:
		key := pageKey{p.kind.Name, p.id, width, p.d.Now(), nil, len(p.history)}
		if key.of > 0 {
			key.latest = &p.history[0]
		}
		p.lines = p.d.View().Keep(key, func() any { p.compose(); return p.lines }).([]detailLine)
	}
	p.link = min(p.link, p.links()-1)
}

// compose writes the lines.
func (p *detail) compose() {
	others, env := p.others, p.d.Env()
	p.add(detailLine{text: env.Title(p.kind, p.rec), ink: inkTitle, wide: true})
	p.add(detailLine{text: p.subtitle(), ink: inkDim, wide: true})
	if others != "" {
		p.add(detailLine{text: "✎ " + others, ink: inkWarn, wide: true})
	}
	section := ""
	for _, c := range p.kind.Columns {
		if c.Section != section {
			section = c.Section
			if p.filled(section) {
				p.heading(section)
			}
		} else if c == p.kind.Columns[0] {
			p.add(detailLine{})
		}
		p.field(c, env)
	}
	p.related(env)
	p.changes(env)
}

// filled reports whether a section has a line to show.
func (p *detail) filled(section string) bool {
	return slices.ContainsFunc(p.kind.Columns, func(c *field.Column) bool {
		return c.Section == section && (!c.Empty(p.rec) || !c.Hidden || c.Required)
	})
}

func (p *detail) add(l detailLine) {
	if l.ink == nil {
		l.ink = inkText
	}
	p.lines = append(p.lines, l)
}

func (p *detail) heading(s string) {
	p.add(detailLine{})
	p.add(detailLine{text: s, ink: inkHeading, wide: true})
}

// subtitle tells what the record is and whose.
func (p *detail) subtitle() string {
	s := text.Capital(p.kind.One) + " #" + strconv.FormatUint(p.id, 10)
	for _, party := range p.kind.Parties(p.d.View(), p.rec) {
		if name := p.d.Env().Label("partners", uint64(party)); name != p.kind.Label(p.rec) {
			s += " · " + name
		}
	}
	return s
}

// labelWidth is how wide labels are for a page of a width.
func labelWidth(width int) int { return min(max(width/3, 12), 24) }

func (p *detail) field(c *field.Column, env *field.Env) {
	if c.Empty(p.rec) {
		if (!c.Hidden || c.Required) && c.Shape != field.ShapeBool { // a no is not unknown
			p.add(detailLine{label: c.Title, text: "not recorded",
				ink: func(t *theme.Theme) theme.Style { return t.Placeholder }})
		}
		return
	}
	room := max(p.width-labelWidth(p.width)-2, 8)
	if c.Shape == field.ShapeRef {
		c.Refs(p.rec, func(kind string, id uint64) {
			p.wrapped(c.Title, env.Label(kind, id), room,
				detailLine{ink: inkLink, place: app.Route{Kind: kind, ID: id}})
		})
		return
	}
	if c.Shape == field.ShapeList || c.Shape == field.ShapeRows {
		p.listItems(c, room, env)
		return
	}
	line := detailLine{}
	value := string(c.Show(nil, p.rec, env))
	if c.Shape == field.ShapeURL {
		line.url, line.ink = value, inkLink
	}
	if c.Unit != "" {
		value += " " + c.Unit
	}
	p.wrapped(c.Title, value, room, line)
}

// listItems adds a list's elements one below the other.
func (p *detail) listItems(c *field.Column, room int, env *field.Env) {
	label := c.Title
	if c.Target != "" {
		c.Refs(p.rec, func(kind string, id uint64) {
			p.wrapped(label, env.Label(kind, id), room, detailLine{ink: inkLink, place: app.Route{Kind: kind, ID: id}})
			label = ""
		})
		return
	}
	for part := range strings.SplitSeq(string(c.Show(nil, p.rec, env)), "; ") {
		p.wrapped(label, part, room, detailLine{})
		label = ""
	}
}

// wrapped adds a value over as many lines as it needs.
func (p *detail) wrapped(label, value string, room int, like detailLine) {
	for para := range strings.SplitSeq(value, "\n") {
		for _, part := range text.Wrap(para, room) {
			l := like
			l.label, l.text = label, part
			p.add(l)
			label = ""
			like.place, like.url = app.Route{}, ""
		}
	}
}

// links counts the lines that lead somewhere.
func (p *detail) links() int {
	n := 0
	for _, l := range p.lines {
		if l.leads() {
			n++
		}
	}
	return n
}

// linkLine gives the index of the line that holds the link under the cursor.
func (p *detail) linkLine() int {
	n := 0
	for i, l := range p.lines {
		if l.leads() {
			if n == p.link {
				return i
			}
			n++
		}
	}
	return -1
}

// update answers a key while the page has the keys.
func (p *detail) update(msg tea.KeyPressMsg) tea.Cmd {
	k := p.d.Keys
	switch {
	case key.Matches(msg, k.Down):
		p.move(1)
	case key.Matches(msg, k.Up):
		p.move(-1)
	case key.Matches(msg, k.PageDown):
		p.scroll(p.height - 1)
	case key.Matches(msg, k.PageUp):
		p.scroll(1 - p.height)
	case key.Matches(msg, k.Home):
		p.top, p.link = 0, -1
	case key.Matches(msg, k.End):
		p.scroll(len(p.lines))
	case key.Matches(msg, k.Open):
		if i := p.linkLine(); i >= 0 {
			if l := p.lines[i]; l.url == "" {
				return p.d.Open(l.place)
			}
			return p.d.Browse(p.lines[i].url)
		}
	}
	return nil
}

// move goes to the next line that leads somewhere, or scrolls when that is out
// of sight.
func (p *detail) move(n int) {
	before := p.link
	p.link = max(min(p.link+n, p.links()-1), -1)
	i := p.linkLine()
	if i >= 0 && p.link != before && i >= p.top-1 && i <= p.top+p.height {
		p.top = min(max(p.top, i-p.height+1), i)
		return
	}
	p.link = before
	p.scroll(n)
	if i >= p.top && i < p.top+p.height {
		p.link += n
		p.link = max(min(p.link, p.links()-1), -1)
	}
}

func (p *detail) scroll(n int) { p.top = max(min(p.top+n, len(p.lines)-p.height), 0) }

// url gives the address under the cursor, or the record's first.
func (p *detail) url() string {
	if p.rec == nil {
		return ""
	}
	if i := p.linkLine(); p.width != 0 && i >= 0 && p.lines[i].url != "" {
		return p.lines[i].url
	}
	for _, c := range p.kind.Columns {
		if c.Shape == field.ShapeURL && !c.Empty(p.rec) {
			return string(c.Show(nil, p.rec, p.d.Env()))
		}
	}
	return ""
}

// draw draws the page.
func (p *detail) draw(f *frame.Frame, r frame.Rect, focused bool) {
	t := p.d.Theme
	p.layout(r.W)
	p.height = r.H
	p.top = max(min(p.top, len(p.lines)-r.H), 0)
	if p.rec == nil {
		f.At(r.X, r.Y)
		f.Text(t.Dim, "Nothing chosen.", r.W)
		return
	}
	at := p.linkLine()
	lw := labelWidth(r.W)
	for i := 0; i < r.H && p.top+i < len(p.lines); i++ {
		l := p.lines[p.top+i]
		p.drawLine(f, frame.Rect{X: r.X, Y: r.Y + i, W: r.W, H: 1}, l, lw, focused && p.top+i == at)
		if l.leads() {
			line := l
			f.HitArea(frame.Rect{X: r.X, Y: r.Y + i, W: r.W, H: 1}, func(m frame.Mouse) tea.Cmd {
				switch {
				case !m.Clicked():
					return nil
				case line.url != "":
					return p.d.Browse(line.url)
				}
				return p.d.Open(line.place)
			})
		}
	}
	if more := len(p.lines) - p.top - r.H; more > 0 {
		note := fmt.Sprintf(" %d more ↓ ", more)
		w := f.Measure().Width(note)
		f.At(r.Right()-w, r.Bottom()-1)
		f.Text(t.Dim, note, w)
	}
}

func (p *detail) drawLine(f *frame.Frame, r frame.Rect, l detailLine, lw int, current bool) {
	t := p.d.Theme
	label, ink := t.Label, l.ink(t)
	if current {
		label, ink = t.Over(t.Selected, label), t.Over(t.Selected, ink)
	}
	f.At(r.X, r.Y)
	if l.wide {
		indent := len(l.text) - len(strings.TrimLeft(l.text, " "))
		f.Fill(label, min(indent, r.W))
		w := f.Put(ink, l.text[indent:])
		f.Fill(label, max(r.W-indent-w, 0))
		return
	}
	f.Text(label, l.label, lw)
	f.Text(label, "  ", 2)
	w := f.Put(ink, l.text)
	f.Fill(label, max(r.W-lw-2-w, 0))
}
