package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store/run"
)

func (c *call) userCommand() *cobra.Command {
	cmd := c.command("user", "who may sign in: add, invite, list, key, role, disable, enable", none,
		func(context.Context, []string) error {
			return misuse("say what to do: interlocal user add|invite|list|key|role|disable|enable; see interlocal " +
				"user --help")
		})
	cmd.Long = `user manages those who may sign in. While a file has no users it is that of whoever opens it; once it
has, everyone is who their key or their account on this machine says. What changes here holds at once: sessions of
somebody who may no longer come in end within a second. There is always an administrator who can sign in.

Roles: viewer reads · editor changes the records of one city · assessor also its self-assessment · coordinator
changes all records but no answers · admin also users and settings. What an admin adds reads no answers by itself: an
assessor, and each new key of one, is an editor until an assessor of that city says yes (user agree, user refuse). A
city's first assessor confirms with a code that its manager is handed (user code, user confirm). Who makes that code
could use it, so it works a week later, and until then everybody of the city who has a login reads of it on overview,
and its editors can say no (user object); a city in which nobody has a login reads nothing. Where nobody is left to say
yes, a notice of seven days is given (user notice). Who holds the machine can read the file all the same.`
	cmd.Example = `  interlocal user add ada --role admin "ssh-ed25519 AAAAC3Nza… ada@laptop"
  interlocal user add dana --city grandview --role editor "ssh-ed25519 AAAAC3Nza… dana@grandview"
  interlocal user invite lee --city raytown --role assessor --name "Lee Ash"
  interlocal user key dana remove SHA256:3kq…`
	cmd.AddCommand(c.userAddCommand(), c.userInviteCommand(), c.userListCommand(), c.userKeyCommand(),
		c.userNetworksCommand(), c.userRoleCommand(),
		c.userSwitchCommand("disable", "sign a user out and keep them out"),
		c.userSwitchCommand("enable", "let a disabled user in again"))
	return cmd
}

// personFlags is what the flags of add and invite say of somebody.
type personFlags struct {
	role, city, name, person, account string
}

func (p *personFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.role, "role", "", "`ROLE`: viewer, editor, assessor, coordinator or admin (default: "+
		"editor of a city, else viewer)")
	cmd.Flags().StringVar(&p.city, "city", "", "the `PARTNER` whose staff they are")
	cmd.Flags().StringVar(&p.name, "name", "", "their `NAME` as others see it")
	cmd.Flags().StringVar(&p.person, "person", "", "their entry among `PEOPLE`, by name or number")
	cmd.Flags().StringVar(&p.account, "account", "",
		"the `NUMBER` of their account on this machine, as id -u prints it")
	oneOf(cmd, "role", roleWords()...)
}

func roleWords() []string {
	var out []string
	for _, role := range accounts.UserRoles() {
		out = append(out, role.Value)
	}
	return out
}

// newcomer reads the flags against the records.
func (c *call) newcomer(login string, p personFlags, env *field.Env) (accounts.Newcomer, error) {
	n := accounts.Newcomer{Login: strings.ToLower(login), Name: p.name}
	var err error
	if n.Role, err = roleNamed(p.role); err != nil {
		return n, err
	}
	if p.city != "" {
		id, err := env.Resolve(partnership.KindPartners, p.city)
		if err != nil {
			return n, err
		}
		n.Partner = partnership.PartnerID(id)
	}
	if p.person != "" {
		id, err := env.Resolve(partnership.KindPeople, p.person)
		if err != nil {
			return n, err
		}
		n.Person = partnership.PersonID(id)
	}
	if p.account != "" {
		uid, err := strconv.ParseUint(p.account, 10, 32)
		if err != nil {
			return n, misuse("--account takes the number of an account, as `id -u NAME` prints it")
		}
		n.Account = value.Some(int64(uid))
	}
	return n, nil
}

func roleNamed(word string) (accounts.UserRole, error) {
	if word == "" {
		return "", nil
	}
	for _, role := range accounts.UserRoles() {
		if strings.EqualFold(word, role.Value) || strings.EqualFold(word, role.Title) {
			return accounts.UserRole(role.Value), nil
		}
	}
	return "", misuse("there is no role called %q; roles are %s", word, strings.Join(roleWords(), ", "))
}

// openUsers opens the file for somebody who may manage users.
func (c *call) openUsers(ctx context.Context) (*field.Env, error) {
	if _, err := c.openExisting(ctx); err != nil {
		return nil, err
	}
	if err := c.needKeeper("manage users"); err != nil {
		return nil, err
	}
	_, env, err := c.view(ctx)
	return env, err
}

// changeUser does an act, to the user with a login unless it stands alone, and
// says what came of it.
func (c *call) changeUser(ctx context.Context, act, login string, args any, done string) error {
	if _, err := c.openUsers(ctx); err != nil {
		return err
	}
	q := run.Request{Act: accounts.Acts().Named(act), Args: args}
	if q.Act.On != "" {
		u, err := c.userNamed(login)
		if err != nil {
			return err
		}
		q.ID = uint64(u.ID)
	}
	made, err := run.Do(ctx, c.store, c.id, q)
	if err != nil {
		return err
	}
	view := c.store.As(c.id).View()
	u := field.Get(view, accounts.UserID(made.ID))
	return c.say(done+accounts.WaitsFor(view, u, c.wall(view).Day()), c.userValue(u))
}

// userNamed finds the user with a login.
func (c *call) userNamed(login string) (*accounts.User, error) {
	if u := accounts.ByName(c.store.As(c.id).View(), login); u != nil {
		return u, nil
	}
	return nil, failure.New(failure.NotFound, "there is no user called "+strconv.Quote(login)+"; interlocal user "+
		"list shows all")
}

func (c *call) userAddCommand() *cobra.Command {
	var p personFlags
	cmd := c.command("add LOGIN [KEY|-] [--city PARTNER] [--role ROLE]",
		"add a person with their public key, in one line", between(1, -1),
		func(ctx context.Context, args []string) error { return c.addUser(ctx, args[0], args[1:], p) })
	cmd.Long = `add adds a person who may sign in with a public key: the one line of their id_ed25519.pub, in quotes,
or - for a line on the input. Options in front of the key are left out. Without a key the person needs an --account on
this machine, or comes in later by user invite or user key.`
	p.flags(cmd)
	return cmd
}

func (c *call) addUser(ctx context.Context, name string, key []string, p personFlags) error {
	env, err := c.openUsers(ctx)
	if err != nil {
		return err
	}
	n, err := c.newcomer(name, p, env)
	if err != nil {
		return err
	}
	if n.Key, err = c.keyGiven(key); err != nil {
		return err
	}
	first := !hasUsers(c.store)
	if err := c.changeUser(ctx, "user.add", "", &n, "Added "+n.Login+"."); err != nil {
		return err
	}
	if first && !c.json {
		c.after = append(c.after, accounts.FirstWords)
	}
	return nil
}

// keyGiven joins the words of a key that came without quotes, or reads the
// input for "-".
func (c *call) keyGiven(words []string) (string, error) {
	if len(words) != 1 || words[0] != "-" {
		return strings.Join(words, " "), nil
	}
	b, err := io.ReadAll(io.LimitReader(c.Stdin, 64<<10))
	if err != nil {
		return "", &failure.Error{Code: failure.Unusable, Message: "the key could not be read from the input",
			Cause: err}
	}
	return strings.TrimSpace(string(b)), nil
}

func (c *call) userKeyCommand() *cobra.Command {
	var until string
	cmd := c.command("key LOGIN [add KEY|- | remove FINGERPRINT]", "show a user's keys, add one, take one away",
		between(1, -1),
		func(ctx context.Context, args []string) error {
			name := strings.ToLower(args[0])
			switch {
			case len(args) == 1:
				return c.listKeys(ctx, name)
			case args[1] == "add" && len(args) > 2:
				return c.addKey(ctx, name, args[2:], until)
			case args[1] == "remove" && len(args) > 2:
				which := &accounts.Keyed{Key: strings.Join(args[2:], " ")}
				return c.changeUser(ctx, "user.remove-key", name, which, "Removed the key from "+name+".")
			}
			return misuse("write it as: interlocal user key %s add \"ssh-ed25519 …\", or: remove FINGERPRINT", name)
		})
	cmd.Flags().StringVar(&until, "until", "", "the last `DAY` on which an added key signs in (default: no end)")
	cmd.Long = `key lists the keys of a user. Add takes a line as in id_ed25519.pub, or - for the input. Remove takes a
fingerprint, the start of one, or a comment; sessions that came in by the key end.`
	return cmd
}

func (c *call) addKey(ctx context.Context, name string, words []string, until string) error {
	env, err := c.openUsers(ctx)
	if err != nil {
		return err
	}
	k := &accounts.Keyed{}
	if k.Key, err = c.keyGiven(words); err != nil {
		return err
	}
	if until != "" {
		day, err := value.ParseDay(until, env.Today)
		if err != nil {
			return misuse("--until: %s", err)
		}
		k.Until = value.Some(day)
	}
	return c.changeUser(ctx, "user.add-key", name, k, "Added the key to "+name+".")
}

// userNetworksCommand says from where a user may sign in.
func (c *call) userNetworksCommand() *cobra.Command {
	cmd := c.command("networks LOGIN [NETWORK… | any]", "say from which addresses a user signs in", between(1, -1),
		func(ctx context.Context, args []string) error {
			name := strings.ToLower(args[0])
			if len(args) == 1 {
				if _, err := c.openUsers(ctx); err != nil {
					return err
				}
				u, err := c.userNamed(name)
				if err != nil {
					return err
				}
				return c.say(name+" signs in from "+cmp.Or(u.Networks, "anywhere")+".",
					map[string]string{"networks": u.Networks})
			}
			from := &accounts.From{Networks: strings.Join(args[1:], ", ")}
			if from.Networks == "any" {
				from.Networks = ""
			}
			return c.changeUser(ctx, "user.networks", name, from, name+" signs in from "+
				cmp.Or(from.Networks, "anywhere")+" now.")
		})
	cmd.Long = `networks names the addresses from which a user may sign in over the network, such as 203.0.113.0/24;
any takes the bounds away. Accounts of the server's own machine come in as before.`
	return cmd
}

func (c *call) userRoleCommand() *cobra.Command {
	var city string
	cmd := c.command("role LOGIN ROLE [--city PARTNER]", "change what a user is trusted with", between(2, 2),
		func(ctx context.Context, args []string) error {
			env, err := c.openUsers(ctx)
			if err != nil {
				return err
			}
			n, err := c.newcomer(args[0], personFlags{role: args[1], city: city}, env)
			if err != nil {
				return err
			}
			trust := &accounts.Trust{Role: n.Role, Partner: n.Partner}
			return c.changeUser(ctx, "user.role", n.Login, trust, n.Login+" is "+string(n.Role)+" now.")
		})
	cmd.Flags().StringVar(&city, "city", "", "the `PARTNER` whose staff they are (default: as before)")
	return cmd
}

func (c *call) userSwitchCommand(verb, short string) *cobra.Command {
	return c.command(verb+" LOGIN", short, between(1, 1), func(ctx context.Context, args []string) error {
		name := strings.ToLower(args[0])
		return c.changeUser(ctx, "user."+verb, name, nil, fmt.Sprintf("%s is %sd.", name, verb))
	})
}
