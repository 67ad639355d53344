package tui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/frame"
	"interlocal/tui/theme"
)

// ProjectorOptions are what a projector is made of.
type ProjectorOptions struct {
	Store   *store.Store
	Me      *store.Session
	Meeting meeting.MeetingID // 0 for the one at hand
	Clock   func() time.Time
	Profile colorprofile.Profile
	Light   bool
}

// Projector is a meeting for the screen on the wall: what is being discussed,
// the last change in words, and the actions so far, in few and wide words. It
// changes nothing, follows the meeting as it goes on, and shows no more than
// minutes hold: private and confidential fields never appear.
type Projector struct {
	o       ProjectorOptions
	watch   *store.Watch
	frame   *frame.Frame
	theme   *theme.Theme
	size    frame.Rect
	view    *store.View
	log     *run.Log
	meeting *meeting.Meeting
	item    *meeting.AgendaItem
	last    string
	actions []string
	counts  string
	problem string
	asked   bool // a reading is under way
	again   bool // something has changed meanwhile
}

// NewProjector makes a projector; call [Projector.Close] at its end.
func NewProjector(o ProjectorOptions) *Projector {
	return &Projector{o: o, watch: o.Store.Watch(), frame: frame.New(),
		theme: theme.New(theme.Options{Dark: !o.Light, Profile: o.Profile})}
}

// Close lets go of what the projector holds.
func (p *Projector) Close() { p.watch.Close() }

// moved says that records have changed.
type moved struct{}

// ticked is when the time left has to be drawn anew.
type ticked struct{}

// seen is a meeting as it was read beside the program.
type seen struct {
	view *store.View
	log  *run.Log
	err  error
}

// Init begins to follow the meeting.
func (p *Projector) Init() tea.Cmd { return tea.Batch(p.read(), p.await(), p.tick()) }

func (p *Projector) await() tea.Cmd {
	c := p.watch.C()
	return func() tea.Msg {
		if _, ok := <-c; !ok {
			return nil
		}
		return moved{}
	}
}

// tickEvery is how often the time left is drawn anew.
const tickEvery = 20 * time.Second

func (p *Projector) tick() tea.Cmd {
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return ticked{} })
}

// read reads the meeting as it stands.
func (p *Projector) read() tea.Cmd {
	if p.asked {
		p.again = true
		return nil
	}
	p.asked, p.again = true, false
	me, log, want, now := p.o.Me, p.log, p.o.Meeting, p.now(p.o.Me.View())
	return func() tea.Msg {
		view := me.View()
		m := field.Get(view, want)
		if want == 0 {
			m = meeting.AtHand(view, now, nil)
		}
		if m == nil {
			return seen{view: view}
		}
		if log == nil || log.Meeting != uint64(m.ID) {
			log = &run.Log{Meeting: uint64(m.ID)}
		}
		fresh, err := log.Read(me)
		return seen{view, fresh, err}
	}
}

// now is the time on the partnership's clocks.
func (p *Projector) now(r field.Reader) value.Wall {
	at := p.o.Clock().In(partnership.SettingsOf(r).Location())
	return value.DayOf(at).At(at.Hour(), at.Minute())
}

// Update follows the meeting; q ends the program.
func (p *Projector) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	p.frame.Learn(msg)
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.size = frame.Rect{W: msg.Width, H: msg.Height}
	case tea.KeyPressMsg:
		switch msg.String() {
		case "q", "esc", "ctrl+c":
			return p, tea.Quit
		}
	case tea.BackgroundColorMsg:
		p.theme = theme.New(theme.Options{Dark: msg.IsDark(), Profile: p.theme.Profile})
	case tea.ColorProfileMsg:
		p.theme = theme.New(theme.Options{Dark: p.theme.Dark, Profile: msg.Profile})
	case moved:
		return p, tea.Batch(p.read(), p.await())
	case ticked:
		return p, p.tick()
	case seen:
		p.asked = false
		p.take(msg)
		if p.again {
			return p, p.read()
		}
	}
	return p, nil
}

// actionsShown is how many actions the wall shows.
const actionsShown = 4

// take works out what is shown.
func (p *Projector) take(s seen) {
	p.problem = ""
	if s.err != nil {
		p.problem = s.err.Error()
		return
	}
	p.view, p.log, p.meeting = s.view, s.log, nil
	if s.log == nil {
		return
	}
	env := field.NewEnv(s.view, p.now(s.view).Day())
	id := meeting.MeetingID(s.log.Meeting)
	p.meeting = field.Get(s.view, id)
	p.item = meeting.CurrentItem(s.view, id)
	lines := meeting.Lines(env, id, s.log.Entries)
	p.last = ""
	if l, ok := meeting.Last(lines); ok {
		p.last = l.Text
	}
	p.actions = nil
	for _, l := range lines {
		if l.Sort == meeting.Undertaken && !l.Struck {
			p.actions = append(p.actions, l.Text)
		}
	}
	p.counts = strconv.Itoa(len(p.actions)) + " so far"
	p.actions = p.actions[max(0, len(p.actions)-actionsShown):]
}

// View draws the wall.
func (p *Projector) View() tea.View {
	f, t := p.frame, p.theme
	f.Reset(p.size.W, p.size.H)
	area := frame.Rect{W: p.size.W, H: p.size.H}.Inset(2, 1)
	switch {
	case area.W < 20 || area.H < 4:
	case p.problem != "":
		p.wrapped(area, t.Error, p.problem)
	case p.meeting == nil:
		p.wrapped(area, t.Dim, "No meeting is planned. This screen follows the next one by itself.")
	default:
		p.draw(area)
	}
	f.HideCursor()
	return f.View(frame.Window{Title: "interlocal: meeting"})
}

// draw draws the meeting from the top as far as there is room.
func (p *Projector) draw(r frame.Rect) {
	t, m := p.theme, p.meeting
	title := m.Name
	if p.view != nil && partnership.SettingsOf(p.view).Sample {
		title += "   SAMPLE DATA"
	}
	r = p.wrapped(r, t.Dim, title)
	_, r = r.SplitTop(1)
	switch {
	case p.item != nil:
		r = p.wrapped(r, t.Title, p.item.Title)
		if left := meeting.TimeLeft(p.view, p.item, p.now(p.view)); left != "" {
			r = p.wrapped(r, t.Accent, left)
		}
	case m.State == meeting.MeetingOpen:
		r = p.wrapped(r, t.Title, "The meeting is open")
	case m.Over():
		r = p.wrapped(r, t.Title, "The meeting is closed")
	default:
		r = p.agenda(r)
	}
	if p.last != "" {
		_, r = r.SplitTop(1)
		r = p.wrapped(r, t.Strong, p.last)
	}
	if len(p.actions) > 0 {
		_, r = r.SplitTop(1)
		r = p.wrapped(r, t.Heading, "Actions, "+p.counts)
		for _, a := range p.actions {
			r = p.wrapped(r, t.Text, a)
		}
	}
}

// agenda shows a planned meeting's items.
func (p *Projector) agenda(r frame.Rect) frame.Rect {
	r = p.wrapped(r, p.theme.Title, "Agenda")
	for i, a := range meeting.AgendaOf(p.view, p.meeting.ID) {
		r = p.wrapped(r, p.theme.Text, strconv.Itoa(i+1)+"  "+a.Title)
	}
	return r
}

// wrapped draws text in as many rows as it needs and returns what is left.
func (p *Projector) wrapped(r frame.Rect, ink theme.Style, s string) frame.Rect {
	for _, line := range text.Wrap(s, r.W) {
		if r.H <= 0 {
			break
		}
		p.frame.At(r.X, r.Y)
		p.frame.Text(ink, line, r.W)
		_, r = r.SplitTop(1)
	}
	return r
}
