// Package app is what every screen of one session works at: the snapshot it
// shows, the person it shows it to, the theme, the keys, the dialogs and the
// line that says what has just happened.
//
// A screen reads through [App.View], which stays the same while a picture is
// drawn, and changes records through [App.Do], which runs beside the session
// and reports back. It goes elsewhere through [App.Open]. It never waits and
// never does I/O of its own.
package app

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run/presence"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/theme"
)

// Screen is a part of the session that can have the keys. Screens are changed
// in place.
type Screen interface {
	// Update answers a message; only the screen with the keys gets key presses.
	Update(msg tea.Msg) tea.Cmd
	// Draw draws the screen in r.
	Draw(f *frame.Frame, r frame.Rect)
	// Keys lists what the keys do now, most useful first.
	Keys() []key.Binding
	// Typing reports whether letters are text just now, so that no letter may
	// be taken for a command.
	Typing() bool
	// Refresh is called after the view has changed.
	Refresh() tea.Cmd
}

// Route is somewhere a session can be: a kind's list, a record of it, or a
// view of a tab.
type Route struct {
	View   string // a view's name; Kind and ID say what to show there
	Kind   string
	ID     uint64 // 0 for the list
	Filter string // what the list shows; "" leaves it as it is
	Add    bool   // open the form for a new record
}

// Options are what a session is made of.
type Options struct {
	Store   *store.Store
	Me      *store.Session
	Theme   *theme.Theme
	Clock   func() time.Time
	Local   bool // files and programs of this machine are the user's own
	Context context.Context
	// Pace is a clock for how quickly keys follow each other; without one every key
	// is shown at once.
	Pace func() time.Duration
	Seat *presence.Seat // among those who are connected; nil when nobody else can be
}

// App is a session's working place.
type App struct {
	Options
	Keys    Keys
	Dialogs *overlay.Stack

	meeting   meeting.MeetingID // that the session records
	outside   context.Context   // what Context is outside of meetings
	projected bool              // a room looks on

	view  *store.View
	env   *field.Env
	zone  *time.Location
	sets  *partnership.Settings
	toast overlay.Toast

	changes []tea.Cmd // under way, and waiting in turn
	leaving bool      // the session ends after them

	goTo func(Route) tea.Cmd
	back func() tea.Cmd
}

// New makes what a session shares.
func New(o Options) *App {
	if o.Context == nil {
		o.Context = context.Background()
	}
	d := &App{Options: o, Keys: NewKeys(), Dialogs: overlay.NewStack(o.Theme), outside: o.Context}
	d.Renew()
	return d
}

// Renew takes up the newest state of the records.
func (d *App) Renew() {
	d.view = d.Me.View()
	d.sets = partnership.SettingsOf(d.view)
	d.zone = d.sets.Location()
	d.env = field.NewEnv(d.view, d.Today())
	d.env.Clock = d.Now
	d.adjourned()
}

// View is the state of the records that the session shows.
func (d *App) View() *store.View { return d.view }

// Env reads and writes values against the view.
func (d *App) Env() *field.Env { return d.env }

// Settings are the partnership's.
func (d *App) Settings() *partnership.Settings { return d.sets }

// Now is the time on the partnership's clocks.
func (d *App) Now() value.Wall {
	t := d.Clock().In(d.location())
	return value.DayOf(t).At(t.Hour(), t.Minute())
}

// Today is the day in the partnership.
func (d *App) Today() value.Day { return value.DayOf(d.Clock().In(d.location())) }

// At gives an instant on the partnership's clocks.
func (d *App) At(t time.Time) time.Time { return t.In(d.location()) }

func (d *App) location() *time.Location {
	if d.zone == nil {
		return time.UTC
	}
	return d.zone
}

// Kind describes the kind with a name that is known to exist.
func (d *App) Kind(name string) *field.Kind { return d.view.Schema().Kind(name) }

// SetTheme changes how everything looks.
func (d *App) SetTheme(t *theme.Theme) {
	d.Theme = t
	d.Dialogs.SetTheme(t)
}

// OnOpen sets what [App.Open] and [App.Return] do; the session's root calls
// it once.
func (d *App) OnOpen(goTo func(Route) tea.Cmd, back func() tea.Cmd) { d.goTo, d.back = goTo, back }

// Return goes back to where the last [App.Open] was called.
func (d *App) Return() tea.Cmd {
	if d.back == nil {
		return nil
	}
	return d.back()
}

// Open goes to a place.
func (d *App) Open(p Route) tea.Cmd {
	if d.goTo == nil {
		return nil
	}
	return d.goTo(p)
}

// ToastFor is how long a line about what happened stays.
const ToastFor = 8 * time.Second

// Say shows a line about what has just happened.
func (d *App) Say(kind overlay.Kind, text string) {
	d.SayFor(kind, text, ToastFor)
}

// SayFor is Say for a line that stays for a while.
func (d *App) SayFor(kind overlay.Kind, text string, while time.Duration) {
	d.toast = overlay.Toast{Text: text, Kind: kind, Until: d.Clock().Add(while)}
}

// SayUndo shows a line about a change that u takes back.
func (d *App) SayUndo(text string) {
	d.Say(overlay.Done, text)
	d.toast.Key, d.toast.Does = "u", "undo"
}

// lineShown is the longest sentence that the status line of a narrow window
// holds; a longer one gets a window of its own.
const lineShown = 72

// Fail shows why something was not done.
func (d *App) Fail(err error) {
	says := Sentence(err)
	if text.Width(says) > lineShown {
		d.Hush()
		d.Dialogs.Push(overlay.NewMessage(d.Theme, "Not done", says))
		return
	}
	d.Say(overlay.Failed, says)
	d.toast.Until = d.toast.Until.Add(2 * ToastFor)
}

// Toast gives the line to show; ok is false when there is none.
func (d *App) Toast() (t overlay.Toast, ok bool) {
	if d.toast.Text == "" || d.toast.Expired(d.Clock()) {
		return overlay.Toast{}, false
	}
	return d.toast, true
}

// Hush takes the line away.
func (d *App) Hush() { d.toast = overlay.Toast{} }
