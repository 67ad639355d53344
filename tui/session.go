package tui

import (
	"context"
	"hash/fnv"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/store"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/overview"
	"interlocal/tui/records"
	"interlocal/tui/theme"
)

// Options are what a session needs from outside.
type Options struct {
	Store    *store.Store
	Identity access.Identity
	Clock    func() time.Time
	Local    bool                 // files and programs of this machine are the user's own
	Profile  colorprofile.Profile // colours until the terminal says otherwise
	Theme    string               // "light", "dark", "contrast", or "" to follow the terminal
	Light    bool                 // the background is taken for light until the terminal says otherwise
	Still    bool                 // nothing moves by itself
	Context  context.Context
	// Pace is a clock for how quickly keys follow each other, where a screen that
	// runs with a held key is worth sparing; nil shows everything at once.
	Pace func() time.Duration
	// Samples opens a throwaway file of sample records for "look around"; nil
	// when that is not offered.
	Samples func() (*store.Store, error)
	// Tour starts with the story's tour.
	Tour bool
	// Presence is who is connected to the same file; nil when nobody else can
	// be. From tells the others where the session is.
	Presence *presence.Registry
	From     string
	// Back greets somebody who was here before with what happened meanwhile and
	// the form that was left open, and remembers this visit.
	Back bool
	// Resumed says that the session goes on in a window whose dashboard was lost.
	// What was typed meanwhile was meant for what stood there, so nothing is done
	// with it before its user has seen that.
	Resumed bool
	// Greeting is said once, at the start.
	Greeting string
}

// Session is one person's dashboard.
type Session struct {
	opts  Options
	app   *app.App
	tabs  []*tab
	at    int    // index of the active tab
	trail []step // where links were followed from
	frame *frame.Frame
	watch *store.Watch

	lay      layout
	size     frame.Rect
	dark     bool
	profile  colorprofile.Profile
	look     string // "", "light", "dark" or "contrast"
	going    bool   // g was pressed; a letter names the tab
	drawn    bool   // view is what the state shows
	view     tea.View
	notice   bool // others' changes are waiting to be shown
	fading   bool // faded is on its way
	quitting bool
	tour     tour

	others []presence.Visitor // who else is connected
	said   int                // how much was said to everybody, as far as it has been shown
	place  presence.Place     // where others think the session is
	form   string             // the draft of the open form, as remembered for the next visit
	marks  *marks
	gap    *back // the card of a session that goes on
}

// New makes a session. Its end is the program's end; call [Session.Close]
// afterwards.
func New(o Options) *Session {
	s := &Session{opts: o, marks: new(marks), dark: !o.Light, profile: o.Profile, frame: frame.New(),
		watch: o.Store.Watch()}
	s.look = o.Theme
	if s.look == "" {
		s.look = string(o.Store.Pref(o.Identity.User, "theme"))
	}
	s.app = app.New(app.Options{Store: o.Store, Me: o.Store.As(o.Identity), Theme: s.makeTheme(),
		Clock: o.Clock, Local: o.Local, Context: o.Context, Pace: o.Pace})
	s.app.OnOpen(s.open, s.back)
	s.join()
	s.tabs = s.makeTabs()
	if o.Resumed {
		s.gap = &back{s: s, resumed: true}
		s.app.Dialogs.Push(s.gap)
	}
	return s
}

// Close lets go of what the session holds.
func (s *Session) Close() {
	_ = s.marking()() // a file that takes no writes has said so
	s.watch.Close()
	if s.app.Seat != nil {
		s.app.Seat.Leave()
	}
}

func (s *Session) makeTheme() *theme.Theme {
	dark := s.dark
	switch s.look {
	case "light":
		dark = false
	case "dark":
		dark = true
	}
	return theme.New(theme.Options{Dark: dark, Contrast: s.look == "contrast", Profile: s.profile,
		ReducedMotion: s.still()})
}

// still reports whether nothing is to move by itself: the environment says so, or
// the user has, whose environment does not travel over SSH.
func (s *Session) still() bool {
	return s.opts.Still || string(s.opts.Store.Pref(s.opts.Identity.User, motionPref)) == "still"
}

// motionPref is the preference that says whether things may move by themselves.
const motionPref = "motion"

// changed is told when a commit by anybody has been published.
type changed struct{ notice store.Notice }

// settle is when others' changes are taken up.
type settle struct{}

// Init asks the terminal for its background and waits for changes.
func (s *Session) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, s.await(), s.tick(), s.refresh()}
	if m := s.app.Rejoin(); m != nil {
		s.app.Say(overlay.Info, "You go on recording “"+m.Name+"”.")
	}
	if s.opts.Greeting != "" {
		s.app.Say(overlay.Done, s.opts.Greeting)
	}
	cmds = append(cmds, s.welcome(), s.awaitOthers(), s.welcomeBack())
	return tea.Batch(cmds...)
}

// await waits for the next change and gives the newest of those that have come; it
// is asked again after each.
func (s *Session) await() tea.Cmd {
	c := s.watch.C()
	return func() tea.Msg {
		n, ok := <-c
		for ok {
			select {
			case newer, more := <-c:
				if ok = more; ok {
					newer.Reload = newer.Reload || n.Reload
					n = newer
				}
			default:
				return changed{n}
			}
		}
		return nil
	}
}

// minute is the clock's tick: toasts end and days turn.
type minute struct{}

func (s *Session) tick() tea.Cmd {
	return s.nextTick(30*time.Second, minute{})
}

// nextTick gives a message after a while, unless the session has ended by then:
// what waits for a clock must not outlive the terminal it was for.
func (s *Session) nextTick(d time.Duration, msg tea.Msg) tea.Cmd {
	ended := s.app.Context.Done() // read now: the session may turn to another desk
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return msg
		case <-ended:
			return nil
		}
	}
}

// Update routes a message.
func (s *Session) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if shows(msg) {
		s.drawn = false
	}
	s.frame.Learn(msg)
	cmd := tea.Batch(s.route(msg), s.markForm(), s.arrive())
	s.track()
	if _, said := s.app.Toast(); said && !s.fading {
		s.fading = true
		cmd = tea.Batch(cmd, s.nextTick(app.ToastFor, faded{}))
	}
	return s, cmd
}

// shows reports whether a message may change the picture. What has merely been
// heard of is shown when it is taken up, and work that leaves nothing to do, such
// as preparing the rows of lists that others have turned to, shows nothing.
func shows(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case changed:
		return false
	case records.Rested:
		return msg.Due()
	case app.Done:
		return msg.Changed || msg.After != nil
	}
	return true
}

// arrive lets the overview catch up when it has come to the front by whatever
// way.
func (s *Session) arrive() tea.Cmd {
	if o, ok := s.tabs[s.at].screen().(*overview.Screen); ok {
		return o.Arrive()
	}
	return nil
}

// faded is when the line about what happened may have been shown long enough.
type faded struct{}

func (s *Session) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = frame.Rect{W: msg.Width, H: msg.Height}
		s.lay = layoutFor(msg.Width, msg.Height)
		return s.toScreens(msg)
	case tea.BackgroundColorMsg:
		s.dark = msg.IsDark()
		s.app.SetTheme(s.makeTheme())
		return nil
	case tea.ColorProfileMsg:
		s.profile = msg.Profile
		s.app.SetTheme(s.makeTheme())
		return nil
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		return s.deliver(msg)
	case tea.MouseMsg:
		return s.mouse(msg)
	case changed:
		return s.heard(msg.notice)
	case told:
		return s.met()
	case calm:
		return s.awaitOthers()
	case settle:
		s.notice = false
		return tea.Batch(s.renew(), s.await())
	case minute:
		if s.app.Today() != s.app.Env().Today {
			return tea.Batch(s.tick(), s.renew())
		}
		return s.tick()
	case faded:
		s.fading = false
		return nil
	case app.Done:
		return s.done(msg)
	case app.Replay:
		cmds := make([]tea.Cmd, len(msg))
		for i, typed := range msg {
			cmds[i] = s.route(typed)
		}
		return tea.Batch(cmds...)
	}
	if handled, cmd := s.app.Dialogs.Update(msg); handled {
		return tea.Batch(cmd, s.toScreens(msg))
	}
	return s.toScreens(msg)
}

// deliver hands a message to whatever has the keys.
func (s *Session) deliver(msg tea.Msg) tea.Cmd {
	if s.lay.tooSmall {
		return nil
	}
	if handled, cmd := s.app.Dialogs.Update(msg); handled {
		return cmd
	}
	return s.tabs[s.at].screen().Update(msg)
}

func (s *Session) toScreens(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(s.tabs))
	for _, t := range s.tabs {
		if t.made != nil {
			cmds = append(cmds, t.made.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

func (s *Session) mouse(msg tea.MouseMsg) tea.Cmd {
	if s.lay.tooSmall {
		return nil
	}
	cmd, _ := s.frame.Mouse(msg)
	return cmd
}

// heard takes note of a change. Changes are shown together, at most about once
// a second, more seldom in a crowd, and not at the same moment in every session;
// what changes until then is not listened to.
func (s *Session) heard(n store.Notice) tea.Cmd {
	if s.notice || (!n.Reload && n.Rev <= s.app.View().Rev()) {
		return s.await()
	}
	s.notice = true
	return s.nextTick(s.settling(), settle{})
}

// settling is how long this session lets others' changes gather: a time of its
// own, so that many sessions do not take them up in the same moment, and longer
// in a crowd, so that all together they draw anew for others' sake at most some
// 130 times a second, however many they are.
func (s *Session) settling() time.Duration {
	h := fnv.New32a()
	h.Write([]byte(s.opts.Identity.User))
	own := 550*time.Millisecond + time.Duration(h.Sum32()%450)*time.Millisecond
	return own + own*time.Duration(len(s.others))/crowd
}

// crowd is how many others double the time that their changes gather.
const crowd = 100

func (s *Session) renew() tea.Cmd {
	s.app.Renew()
	return s.refresh()
}

func (s *Session) done(msg app.Done) tea.Cmd {
	next := msg.Next()
	var renewed tea.Cmd
	if msg.Changed {
		renewed = s.renew()
	}
	if msg.After == nil {
		return tea.Batch(next, renewed)
	}
	return tea.Batch(next, renewed, msg.After())
}
