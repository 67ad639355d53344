package app

import (
	"strconv"

	"interlocal/model/access"
	"interlocal/model/partnership"
)

// Named is somebody's name with their city: "Dana Reyes (Grandview)".
func (d *App) Named(who access.Identity) string {
	if who.Partner == 0 {
		return who.Name
	}
	return who.Name + " (" + d.Env().Label(partnership.KindPartners, uint64(who.Partner)) + ")"
}

// Editing says who else has a form open on a record: "Dana Reyes (Grandview) is
// editing this", or "" when nobody has.
func (d *App) Editing(kind string, id uint64) string {
	if d.Seat == nil || id == 0 {
		return ""
	}
	others := d.Seat.Editing(kind, id)
	switch {
	case len(others) == 0:
		return ""
	case others[0].Who.User == d.Me.Identity().User:
		return "You are editing this in another window"
	case len(others) == 1:
		return d.Named(others[0].Who) + " is editing this"
	}
	return d.Named(others[0].Who) + " and " + strconv.Itoa(len(others)-1) + " more are editing this"
}
