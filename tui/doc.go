// Package tui is the dashboard: one [Session] per person at a terminal.
//
// The session is the only Bubble Tea model. It routes what arrives: a key goes
// to the open dialog if there is one, otherwise to the active tab's screen, and
// what neither wants is the session's own (changing tabs, help, the palette,
// undo, quitting). Everything that is not a key goes to the screens.
//
// A tab is an entry in [tabs]: a letter, a title and a screen. A new tab is a
// line there; a new kind of record is its name in a line there.
//
// Screens draw on one frame; only the session makes a tea.View of it, and only
// when something has changed since the last one.
package tui
