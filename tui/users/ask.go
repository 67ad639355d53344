package users

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// AddWithKey asks, step by step, who somebody is and for their key.
func AddWithKey(d *app.App) tea.Cmd {
	add := accounts.Acts().Named("user.add")
	return newcomer(d, "Add a user", func(n accounts.Newcomer) tea.Cmd {
		return d.Ask("Key of "+n.Login, "Paste the one line of their id_ed25519.pub.", "", "go on",
			func(line string) tea.Cmd {
				n.Key = line
				first := !accounts.HasUsers(d.View())
				return act.Do(d, act.Offer{Act: add, Ask: []string{},
					Preset: func(args any) { *args.(*accounts.Newcomer) = n },
					Then: func(done run.Done) tea.Cmd {
						if first {
							d.Dialogs.Push(overlay.NewMessage(d.Theme, n.Login+" may sign in now", accounts.FirstWords))
						}
						return act.Tell(d, add, done)
					}})
			})
	})
}

// InviteNewcomer asks who somebody is and shows what to send them.
func InviteNewcomer(d *app.App) tea.Cmd {
	return newcomer(d, "Invite somebody", func(n accounts.Newcomer) tea.Cmd { return invite(d, n) })
}

// newcomer asks for login, name, role and city, in this order.
func newcomer(d *app.App, title string, then func(accounts.Newcomer) tea.Cmd) tea.Cmd {
	var n accounts.Newcomer
	return d.Ask(title, "Their login: a short name in small letters, such as dana.", "", "go on",
		func(word string) tea.Cmd {
			n.Login = strings.ToLower(strings.TrimSpace(word))
			return d.Ask(title+": "+n.Login, "Their name, as others see it.", "", "go on", func(name string) tea.Cmd {
				n.Name = name
				return pickRole(d, n.Login, func(role accounts.UserRole) tea.Cmd {
					n.Role = role
					return pickPartner(d, n.Login, role, func(p partnership.PartnerID) tea.Cmd {
						n.Partner = p
						return then(n)
					})
				})
			})
		})
}

// roleNotes say in a few words what each role may do.
func roleNotes() map[string]string {
	return map[string]string{
		"viewer": "reads", "editor": "changes one city's records", "assessor": "editor, and its self-assessment",
		"coordinator": "changes all records, no answers", "admin": "coordinator, and users and settings",
	}
}

func pickRole(d *app.App, name string, then func(accounts.UserRole) tea.Cmd) tea.Cmd {
	var items []app.Choice
	for _, role := range accounts.UserRoles() {
		items = append(items, app.Choice{Title: role.Title, Note: roleNotes()[role.Value],
			Value: func() tea.Cmd { return then(accounts.UserRole(role.Value)) }})
	}
	return d.Pick("Role of "+name, 64, items)
}

func pickPartner(d *app.App, name string, role accounts.UserRole, then func(partnership.PartnerID) tea.Cmd) tea.Cmd {
	var items []app.Choice
	if role != accounts.UserEditor && role != accounts.UserAssessor {
		items = append(items, app.Choice{Title: "No partner of their own", Value: func() tea.Cmd { return then(0) }})
	}
	for p := range field.All[partnership.Partner](d.View()) {
		items = append(items, app.Choice{Title: p.Name, Value: func() tea.Cmd { return then(p.ID) }})
	}
	return d.Pick("Whose staff is "+name+"?", 48, items)
}

// invite makes a code and shows the letter that goes with it. Where no server
// has said where it is, that is asked first.
func invite(d *app.App, n accounts.Newcomer) tea.Cmd {
	if at, ok := run.Announced(d.Store); ok {
		return inviteTo(d, n, at)
	}
	return d.Ask("Where is the server?", "The address at which newcomers reach it, as in desk.example:2222.", "",
		"go on", func(word string) tea.Cmd {
			at, err := run.ServerAt(run.Server{}, word)
			if err != nil {
				d.Fail(err)
				return nil
			}
			return inviteTo(d, n, at)
		})
}

func inviteTo(d *app.App, n accounts.Newcomer, at run.Server) tea.Cmd {
	return act.Do(d, act.Offer{Act: accounts.Acts().Named("user.invite"), Ask: []string{},
		Preset: func(args any) { args.(*accounts.Inviting).Newcomer = n },
		Then: func(done run.Done) tea.Cmd {
			u := field.Get(d.View(), accounts.UserID(done.ID))
			code, _ := done.Detail.(string)
			if u == nil { // removed meanwhile, and the code with it
				return nil
			}
			words := u.Instructions(d.Settings().Name, at.Line(accounts.JoinPrefix+code), at.Fingerprint,
				at.Line(u.Login))
			d.Dialogs.Push(overlay.NewText(d.Theme, "Send this to "+u.Called(d.View())+"; it is shown once", words).
				Offer(page.Bind("y", "copy"), func() (bool, tea.Cmd) { return true, d.Copy(words, "Invitation") }))
			return nil
		}})
}

// loginOf gives the login of a user on file.
func loginOf(d *app.App, id uint64) string {
	if u := field.Get(d.View(), accounts.UserID(id)); u != nil {
		return u.Login
	}
	return ""
}

// MayManage reports whether an identity may see and change users.
func MayManage(d *app.App) bool {
	return d.Me.Identity().Rights(d.Kind(accounts.KindUsers)).Change != 0
}
