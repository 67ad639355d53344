// Package users is what an administrator does on screen with those who may sign
// in: add and invite people, give and take keys and roles, and see who is
// connected and who did what. What changes users are the acts of model/accounts.
package users

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/store"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// Actions are what can be done with a user in the list beyond what every record
// allows.
func Actions(d *app.App) []page.Action {
	on := func(keys, does string, do func(*app.App, uint64) tea.Cmd) page.Action {
		return page.On(keys, does, func(id uint64) tea.Cmd { return do(d, id) })
	}
	return []page.Action{
		on("K", "add key", addKey).Doing("user.add-key"),
		on("I", "invite", func(d *app.App, id uint64) tea.Cmd {
			return invite(d, accounts.Newcomer{Login: loginOf(d, id)})
		}).Doing("user.invite"),
		on("R", "role", changeRole).Doing("user.role"),
		on("D", "disable, enable", switchUser).Doing("user.disable", "user.enable"),
		on("W", "what they did", showDeeds),
	}
}

// do does an act of which everything has been asked.
func do(d *app.App, name string, id uint64, preset func(args any)) tea.Cmd {
	return act.Do(d, act.Offer{Act: accounts.Acts().Named(name), ID: id, Preset: preset, Ask: []string{}})
}

func addKey(d *app.App, id uint64) tea.Cmd {
	return d.Ask("Key of "+loginOf(d, id), "Paste the one line of their id_ed25519.pub.", "", "go on",
		func(line string) tea.Cmd {
			return do(d, "user.add-key", id, func(args any) { args.(*accounts.Keyed).Key = line })
		})
}

func changeRole(d *app.App, id uint64) tea.Cmd {
	return pickRole(d, loginOf(d, id), func(role accounts.UserRole) tea.Cmd {
		return do(d, "user.role", id, func(args any) { args.(*accounts.Trust).Role = role })
	})
}

// switchUser lets a disabled user in again at once, and asks before it shuts one
// out.
func switchUser(d *app.App, id uint64) tea.Cmd {
	u := field.Get(d.View(), accounts.UserID(id))
	switch {
	case u == nil:
		return nil
	case u.Disabled:
		return do(d, "user.enable", id, nil)
	}
	return d.Confirm(overlay.Question{Title: "Disable " + u.Login, Ask: "Shut " + u.Login + " out?", Yes: "disable",
		Consequences: []string{"Their sessions end at once.",
			"Nothing they entered is lost, and they can be let in again."}},
		func() tea.Cmd { return do(d, "user.disable", id, nil) })
}

// deedsRead and deedsShown are how far back history is gone through for one
// user, and how much of it is shown.
const (
	deedsRead  = 5000
	deedsShown = 200
)

// showDeeds lists what a user has done, latest first.
func showDeeds(d *app.App, id uint64) tea.Cmd {
	me, name, who := d.Me, loginOf(d, id), accounts.Key(accounts.UserID(id))
	return d.Background(func() func() tea.Cmd {
		entries, err := me.Recent(deedsRead, 0)
		return func() tea.Cmd {
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.Dialogs.Push(overlay.NewText(d.Theme, "What "+name+" did", deeds(d, entries, who)))
			return nil
		}
	})
}

func deeds(d *app.App, entries []store.Entry, who string) string {
	var b strings.Builder
	n := 0
	for _, e := range entries {
		if e.User != who {
			continue
		}
		if n++; n > deedsShown {
			b.WriteString("… and earlier changes; `interlocal history` lists them\n")
			break
		}
		fmt.Fprintf(&b, "%s  %s\n", d.At(e.At).Format("Jan 2, 2006 3:04 pm"), e.Op.Title)
	}
	if n == 0 {
		return "Nothing that is on record, as far as you may see it."
	}
	return b.String()
}
