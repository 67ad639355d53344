package users

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// OwnKeys lists somebody's own keys, with when each was last used; one that is
// picked ends.
func OwnKeys(d *app.App) tea.Cmd {
	u, ok := run.OwnLogin(d.Store, d.Me.Identity()).(*accounts.User)
	if !ok || len(u.Keys) == 0 {
		d.Say(overlay.Info, "You have no key: you came in by your account on this machine.")
		return nil
	}
	var items []app.Choice
	for _, k := range u.Keys {
		used := "not noted"
		if at, ok := run.KeyUsed(d.Store, k.Fingerprint); ok {
			used = d.At(at).Format("Jan 2, 2006 3:04 pm")
		}
		items = append(items, app.Choice{Title: k.Fingerprint + " " + k.Comment, Note: "last used " + used,
			Value: func() tea.Cmd { return endKey(d, k.Fingerprint) }})
	}
	return d.Pick("Your keys: pick one to end it", 96, items)
}

func endKey(d *app.App, fingerprint string) tea.Cmd {
	return d.Confirm(overlay.Question{Title: "End a key", Ask: "End " + fingerprint + "?", Yes: "end it",
		Consequences: []string{"Nobody signs in by it any more.", "Sessions that came in by it end."}},
		func() tea.Cmd {
			return do(d, "key.end", 0, func(args any) { args.(*accounts.Keyed).Key = fingerprint })
		})
}
