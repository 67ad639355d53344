package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
)

// userJSON is a user for scripts. Codes are never shown again, nor their hash.
type userJSON struct {
	Login    string     `json:"login"`
	Name     string     `json:"name"`
	Role     string     `json:"role"`
	Partner  string     `json:"partner"`
	Account  *int64     `json:"account"`
	Keys     []keyJSON  `json:"keys"`
	Disabled bool       `json:"disabled"`
	Invited  string     `json:"invited_until"`
	Seen     *time.Time `json:"last_seen"`
}

type keyJSON struct {
	Fingerprint string     `json:"fingerprint"`
	Algorithm   string     `json:"algorithm"`
	Comment     string     `json:"comment"`
	Added       string     `json:"added"`
	Until       string     `json:"until"`
	Used        *time.Time `json:"last_used"`
}

func (c *call) userValue(u *accounts.User) userJSON {
	view := c.store.As(c.id).View()
	out := userJSON{Login: u.Login, Name: u.Called(view), Role: string(u.Role), Disabled: u.Disabled,
		Keys: c.keyValues(u)}
	if p := field.Get(view, u.Partner); p != nil {
		out.Partner = p.Name
	}
	if u.Account.Set {
		out.Account = &u.Account.V
	}
	if u.Invite.Until.Set {
		out.Invited = u.Invite.Until.V.String()
	}
	if at, ok := run.LastHere(c.store, accounts.Key(u.ID)); ok {
		out.Seen = &at
	}
	return out
}

func (c *call) userListCommand() *cobra.Command {
	return c.command("list", "all users: role, city, keys, when they were last here", none,
		func(ctx context.Context, _ []string) error {
			if _, err := c.openUsers(ctx); err != nil {
				return err
			}
			view := c.store.As(c.id).View()
			all := []userJSON{}
			lines := [][]string{{"login", "name", "role", "city", "keys", "last here", ""}}
			for u := range field.All[accounts.User](view) {
				v := c.userValue(u)
				all = append(all, v)
				seen := "never"
				if v.Seen != nil {
					seen = c.local(view, *v.Seen)
				}
				lines = append(lines, []string{v.Login, v.Name, v.Role, v.Partner, strconv.Itoa(len(v.Keys)), seen,
					userState(u, c.wall(view))})
			}
			if len(all) == 0 {
				return c.say(
					"There are no users: the file is that of whoever opens it. interlocal user add NAME --role "+
						"admin KEY adds the first.", all)
			}
			return c.say(columns(lines), all)
		})
}

// userState says in a word or two what stands in a user's way.
func userState(u *accounts.User, now value.Wall) string {
	switch {
	case u.Disabled:
		return "disabled"
	case u.Invite.Until.Set && now <= u.Invite.Until.V:
		return "invited until " + u.Invite.Until.V.String()
	case u.Invite.Until.Set && !u.CanSignIn():
		return "invitation has ended"
	case !u.CanSignIn():
		return "no key yet"
	case u.AnyWaiting().Set:
		return "waits for its city since " + u.AnyWaiting().V.String()
	}
	return ""
}

func (c *call) listKeys(ctx context.Context, name string) error {
	if _, err := c.openUsers(ctx); err != nil {
		return err
	}
	u, err := c.userNamed(name)
	if err != nil {
		return err
	}
	return c.sayKeys(u, name+" has no key.")
}

// columns lines words up.
func columns(lines [][]string) string {
	var b strings.Builder
	_ = writeAligned(&b, lines) // a builder takes everything
	return strings.TrimRight(b.String(), "\n")
}

func (c *call) userInviteCommand() *cobra.Command {
	var p personFlags
	var days int
	var at string
	cmd := c.command("invite LOGIN [--city PARTNER] [--role ROLE]", "invite a person who has no key yet", between(1, 1),
		func(ctx context.Context, args []string) error { return c.inviteUser(ctx, args[0], p, days, at) })
	cmd.Long = `invite prints what a newcomer does on Windows, macOS and Linux to come in, with a code that can do one
thing once: bind their first key. Send it by a way that only they read. Somebody who is a user already gets a code for
a new key.`
	p.flags(cmd)
	cmd.Flags().IntVar(&days, "days", accounts.InvitedFor, "how many `DAYS` the code holds")
	cmd.Flags().StringVar(&at, "at", "", "the `HOST[:PORT]` at which they reach the server (default: what the server "+
		"said last)")
	return cmd
}

// invitedJSON is an invitation for scripts.
type invitedJSON struct {
	User  userJSON `json:"user"`
	Code  string   `json:"code"`
	Join  string   `json:"join"`
	Until string   `json:"until"`
}

func (c *call) inviteUser(ctx context.Context, name string, p personFlags, days int, at string) error {
	env, err := c.openUsers(ctx)
	if err != nil {
		return err
	}
	n, err := c.newcomer(name, p, env)
	if err != nil {
		return err
	}
	server, err := serverAt(c.store, at)
	if err != nil {
		return err
	}
	done, err := run.Do(ctx, c.store, c.id, run.Request{Act: accounts.Acts().Named("user.invite"),
		Args: &accounts.Inviting{Newcomer: n, Days: days}})
	if err != nil {
		return err
	}
	view, code := c.store.As(c.id).View(), done.Detail.(string)
	u := field.Get(view, accounts.UserID(done.ID))
	words := strings.TrimRight(u.Instructions(partnership.SettingsOf(view).Name, server.Line(accounts.JoinPrefix+code),
		server.Fingerprint, server.Line(u.Login)), "\n")
	return c.say(words, invitedJSON{c.userValue(u), code, server.Line(accounts.JoinPrefix + code),
		u.Invite.Until.V.String()})
}

// serverAt reads where the server is, or recalls what it said of itself.
func serverAt(st *store.Store, at string) (run.Server, error) {
	s, known := run.Announced(st)
	if at == "" {
		if !known {
			return s, misuse("no server has run on this file yet, so say where newcomers find it: --at HOST or --at " +
				"HOST:PORT")
		}
		return s, nil
	}
	s, err := run.ServerAt(s, at)
	if err != nil {
		return s, misuse("--at: %s", err.Error())
	}
	return s, nil
}
