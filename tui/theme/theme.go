// Package theme is how the dashboard looks: a set of named inks.
//
// A screen never names a colour. It says that something is a title, a warning or
// the row under the cursor, and the theme knows what that means on this
// terminal: dark or light, with many colours or few or none, in ordinary or high
// contrast. A [Theme] is built once per session, because two people on one
// server may sit before very different screens; nothing in it changes afterwards.
//
// The palette is quiet on purpose: the terminal's own colours for text, greys for
// what supports it, one blue for where you are and what you can do, orange for
// what wants attention. Blue against orange stays apart for colour-blind eyes;
// red against green does not. Colour never carries a meaning alone: screens pair
// it with a word, a digit or a shape.
//
// An [Ink] is an escape sequence made ready beforehand. Drawing with it costs
// appending a few bytes. Every ink is absolute: it states all it wants, so it
// does not matter which one came before.
package theme

import "github.com/charmbracelet/colorprofile"

// Options describe the terminal of one session and what its user asked for.
type Options struct {
	Dark          bool                 // the background is dark
	Contrast      bool                 // high contrast was asked for
	Profile       colorprofile.Profile // how many colours the terminal has
	ReducedMotion bool                 // nothing should move by itself
}

// Style is one way to write. The zero Ink writes in the terminal's plain colours.
type Style struct {
	open  string
	name  name
	solid bool // it shows on a blank: by a background, an underline or turned round
}

// Open returns the escape sequence that switches to the ink. It is empty for the
// zero Ink and on a terminal without styles.
func (k Style) Open() string { return k.open }

// Solid reports whether a blank in the ink differs from one in the terminal's
// plain colours.
func (k Style) Solid() bool { return k.solid }

// Theme is the set of inks of one session.
type Theme struct {
	// Options are those the theme was built from.
	Options

	Plain   Style // the terminal's own colours, also to end another ink
	Text    Style // what is there to be read
	Dim     Style // what supports it: units, second lines, counts
	Faint   Style // rules and separators; too weak for words
	Title   Style // the name of a screen, a pane or a dialog
	Heading Style // the name of a column or a section
	Label   Style // the name of a field
	Strong  Style // the one figure or word that matters on a line

	Accent Style // where you are, what you can do
	Link   Style // an address that can be opened
	Good   Style // done, free, in order
	Info   Style // worth knowing
	Warn   Style // wants attention soon
	Alarm  Style // wants attention now
	Error  Style // refused, with the reason

	Header    Style // the line at the top
	TabActive Style // the tab that is open
	TabIdle   Style // the other tabs
	Key       Style // a key that can be pressed
	KeyHelp   Style // what it does
	Toast     Style // the line that says what has just happened
	Badge     Style // a short word set off by a background
	BadgeWarn Style // the same, wanting attention

	Selected     Style // the row under the cursor, in the pane that has the keys
	SelectedBlur Style // the row under the cursor, in another pane
	Marked       Style // a row that has been marked
	Match        Style // the letters that a search found

	Border      Style // the frame around a pane
	BorderFocus Style // the frame around the pane that has the keys
	Input       Style // an entry field
	InputFocus  Style // the entry field that has the keys
	Placeholder Style // what could be typed into an empty field
	Ghost       Style // the greyed example of an empty screen

	Bar      Style // the filled part of a bar
	BarTrack Style // the empty part of a bar

	over [grounds][names]Style
}

// New builds the theme for a session.
func New(opts Options) *Theme {
	t := &Theme{Options: opts}
	p := paletteFor(opts)
	for n, field := range t.fields() {
		*field = p.ink(name(n), p.specs[n])
	}
	for g, ground := range groundNames {
		for n := range t.fields() {
			t.over[g][n] = p.ink(name(n), p.over(p.specs[ground], p.specs[n]))
		}
	}
	return t
}

// Over returns the ink that writes like over on the background of base, so that
// a dim word in the row under the cursor is still dim and the row is still one
// bar. The colour is moved as far as it must be to stay readable there. Bases
// with a background for others are Header, Toast, Selected, SelectedBlur,
// Marked, Input and InputFocus; with any other, or for an ink that brings its
// own background, the result is over itself. It is a table look-up.
func (t *Theme) Over(base, over Style) Style {
	for g, n := range groundNames {
		if n == base.name {
			return t.over[g][over.name]
		}
	}
	return over
}

// name numbers the inks in the order of fields.
type name uint8

const (
	namePlain name = iota
	nameText
	nameDim
	nameFaint
	nameTitle
	nameHeading
	nameLabel
	nameStrong
	nameAccent
	nameLink
	nameGood
	nameInfo
	nameWarn
	nameAlarm
	nameError
	nameHeader
	nameTabActive
	nameTabIdle
	nameKey
	nameKeyHelp
	nameToast
	nameBadge
	nameBadgeWarn
	nameSelected
	nameSelectedBlur
	nameMarked
	nameMatch
	nameBorder
	nameBorderFocus
	nameInput
	nameInputFocus
	namePlaceholder
	nameGhost
	nameBar
	nameBarTrack
	names
)

// grounds is the number of inks that serve as a background for others.
const grounds = 7

// groundNames lists those inks.
var groundNames = [grounds]name{nameSelected, nameSelectedBlur, nameMarked, nameHeader, nameToast, nameInput,
	nameInputFocus}

// fields returns where each ink is kept, in the order of their names.
func (t *Theme) fields() [names]*Style {
	return [names]*Style{
		&t.Plain, &t.Text, &t.Dim, &t.Faint, &t.Title, &t.Heading, &t.Label, &t.Strong,
		&t.Accent, &t.Link, &t.Good, &t.Info, &t.Warn, &t.Alarm, &t.Error,
		&t.Header, &t.TabActive, &t.TabIdle, &t.Key, &t.KeyHelp, &t.Toast, &t.Badge, &t.BadgeWarn,
		&t.Selected, &t.SelectedBlur, &t.Marked, &t.Match,
		&t.Border, &t.BorderFocus, &t.Input, &t.InputFocus, &t.Placeholder, &t.Ghost,
		&t.Bar, &t.BarTrack,
	}
}
