package app

import (
	"interlocal/model/access"
	"interlocal/store"
)

// Project says whether a room looks on. While it does, what is gathered from
// all records, such as the overview and what the palette finds, leaves
// self-assessments out; the pages that show them see to themselves.
func (d *App) Project(on bool) { d.projected = on }

// Projected reports whether a room looks on.
func (d *App) Projected() bool { return d.projected }

// Onlooking is the session to gather with: one's own, or while a room looks on
// one that sees no self-assessment and nothing that was released of one.
func (d *App) Onlooking() *store.Session {
	if !d.projected {
		return d.Me
	}
	id := d.Me.Identity()
	id.User = "" // so that titles of one's own changes tell no more than others'
	switch id.Role {
	case access.Assessor:
		id.Role = access.Editor
	case access.Owner, access.Coordinator:
		id.Role, id.Partner = access.Coordinator, 0
	}
	return d.Store.As(id)
}
