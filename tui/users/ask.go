package users

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// prompt asks for a line.
func prompt(d *app.App, title, words, value string, then func(string) tea.Cmd) tea.Cmd {
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, title, words, value, "go on", then))
	return nil
}

// AddWithKey asks, step by step, who somebody is and for their key.
func AddWithKey(d *app.App) tea.Cmd {
	add := accounts.Acts().Named("user.add")
	return newcomer(d, "Add a user", func(n accounts.Newcomer) tea.Cmd {
		return prompt(d, "Key of "+n.Login, "Paste the one line of their id_ed25519.pub.", "", func(line string) tea.Cmd {
			n.Key = line
			first := !anyUsers(d)
			return act.Do(d, act.Offer{Act: add, Ask: []string{}, Preset: func(args any) { *args.(*accounts.Newcomer) = n },
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
	return prompt(d, title, "Their login: a short name in small letters, such as dana.", "", func(word string) tea.Cmd {
		n.Login = strings.ToLower(strings.TrimSpace(word))
		return prompt(d, title+": "+n.Login, "Their name, as others see it.", "", func(name string) tea.Cmd {
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
	var items []overlay.Item
	for _, role := range accounts.UserRoles() {
		items = append(items, overlay.Item{ID: role.Value, Title: role.Title, Note: roleNotes()[role.Value]})
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Role of " + name, Search: overlay.List(items), Width: 64,
		Choose: func(it overlay.Item) tea.Cmd { return then(accounts.UserRole(it.ID)) }}))
	return nil
}

func pickPartner(d *app.App, name string, role accounts.UserRole, then func(partnership.PartnerID) tea.Cmd) tea.Cmd {
	var items []overlay.Item
	byID := map[string]partnership.PartnerID{}
	if role != accounts.UserEditor && role != accounts.UserAssessor {
		items = append(items, overlay.Item{ID: "none", Title: "No partner of their own"})
	}
	for p := range field.All[partnership.Partner](d.View()) {
		items = append(items, overlay.Item{ID: p.Name, Title: p.Name})
		byID[p.Name] = p.ID
	}
	d.Dialogs.Push(overlay.NewPick(d.Theme, overlay.PickOptions{Title: "Whose staff is " + name + "?", Search: overlay.List(items), Width: 48,
		Choose: func(it overlay.Item) tea.Cmd { return then(byID[it.ID]) }}))
	return nil
}

// invite makes a code and shows the letter that goes with it. Where no server
// has said where it is, that is asked first.
func invite(d *app.App, n accounts.Newcomer) tea.Cmd {
	if at, ok := run.Announced(d.Store); ok {
		return inviteTo(d, n, at)
	}
	return prompt(d, "Where is the server?", "The address at which newcomers reach it, as in desk.example:2222.", "", func(word string) tea.Cmd {
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
			words := u.Instructions(d.Settings().Name, at.Line(accounts.JoinPrefix+code), at.Fingerprint, at.Line(u.Login))
			d.Dialogs.Push(&letter{Viewer: overlay.NewText(d.Theme, "Send this to "+u.Called(d.View())+"; it is shown once", words), d: d, words: words,
				copy: key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "copy"))})
			return nil
		}})
}

// letter shows an invitation, which can be copied.
type letter struct {
	*overlay.Viewer
	d     *app.App
	words string
	copy  key.Binding
}

// Help implements overlay.Dialog.
func (l *letter) Help() []key.Binding { return append([]key.Binding{l.copy}, l.Viewer.Help()...) }

// Update implements overlay.Dialog.
func (l *letter) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, l.copy) {
		return true, l.d.Copy(l.words, "Invitation")
	}
	return l.Viewer.Update(msg)
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

// anyUsers reports whether the file has users.
func anyUsers(d *app.App) bool { return accounts.HasUsers(d.View()) }
