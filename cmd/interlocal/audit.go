package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/store/run"
	"interlocal/tui/sshd"
)

// notedJSON is something that was noted, for scripts.
type notedJSON struct {
	Day   string    `json:"day"`
	Last  time.Time `json:"last"`
	Name  string    `json:"name"`
	Did   string    `json:"did"`
	What  string    `json:"what"`
	Times int       `json:"times"`
	Rows  *int      `json:"rows"` // null where how many is not told
}

func (c *call) auditCommand() *cobra.Command {
	var limit int
	cmd := c.command("audit", "who signed in, exported or made a report, newest first", none,
		func(ctx context.Context, _ []string) error { return c.audit(ctx, limit) })
	cmd.Long = `audit lists what left no trace in the history because it changed no record: who signed in and from
where, who exported which kind and how many rows of it, who made which report. What somebody did several times in a day
is one line that counts. Lines are kept for 400 days.

Everybody sees their own lines; the people of a city see what left it, with the number of its own rows; administrators
see all. Of records that one may not see, such as answers, not even the number is told.`
	cmd.Flags().IntVar(&limit, "limit", 50, "at most `N` lines")
	return cmd
}

func (c *call) audit(ctx context.Context, limit int) error {
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	view, _, err := c.view(ctx)
	if err != nil {
		return err
	}
	all := run.AllNoted(c.store, c.id)
	all = all[:min(len(all), max(limit, 0))]
	out, lines := []notedJSON{}, [][]string{{"last", "who", "did", "what", "rows", ""}}
	for _, n := range all {
		line, rows := notedJSON{n.Day.String(), n.Last, n.Name, n.Did, n.What, n.Times, nil}, ""
		if n.Did == run.Exported && !n.Untold {
			line.Rows, rows = &n.Rows, strconv.Itoa(n.Rows)
		}
		out = append(out, line)
		lines = append(lines, []string{c.local(view, n.Last), n.Name, n.Did, n.What, rows, n.Often()})
	}
	if len(all) == 0 {
		return c.say("Nothing has been noted that you may see.", out)
	}
	return c.say(columns(lines), out)
}

// noteExport notes what an export took along.
func (c *call) noteExport(r field.Reader, list []export.Table) error {
	for _, t := range list {
		if err := run.NoteRows(c.store, c.id, r, t.Kind, t.Records); err != nil {
			return err
		}
	}
	return nil
}

// noteReport notes that a report was made.
func (c *call) noteReport(r report.Report, about report.About) error {
	n := run.Noted{Did: run.Reported, What: r.Name}
	if about.Partner != 0 {
		n.Cities = map[field.Party]int{field.Party(about.Partner): 0}
	}
	return run.Note(c.store, c.id, n)
}

// Present is who is connected to the file, for the commands about that.
type Present interface {
	// Who lists them, the earliest first.
	Who() []Visit
	// State tells how the server is doing.
	State() sshd.State
	// Kick ends the sessions of a login, and tells how many there were.
	Kick(login, why string) int
	// Broadcast says something on every dashboard, and tells on how many.
	Broadcast(by, words string) int
}

// Visit is somebody who is connected.
type Visit struct {
	Name  string    `json:"name"`
	Login string    `json:"login"`
	Role  string    `json:"role"`
	City  string    `json:"city"`
	From  string    `json:"from"`
	Since time.Time `json:"since"`
}

// present opens the file for an administrator's look at who is connected to it.
func (c *call) present(ctx context.Context, what string) (Present, error) {
	if _, err := c.openExisting(ctx); err != nil {
		return nil, err
	}
	if err := c.needKeeper(what); err != nil {
		return nil, err
	}
	if c.Host == nil || c.Host.Present == nil {
		return nil, failure.New(failure.Invalid, "nobody is connected: the file is open in no other window")
	}
	return c.Host.Present, nil
}

func (c *call) whoCommand() *cobra.Command {
	cmd := c.command("who", "who is connected now, and from where", none,
		func(ctx context.Context, _ []string) error {
			p, err := c.present(ctx, "see who is connected")
			if err != nil {
				return err
			}
			view, env, err := c.view(ctx)
			if err != nil {
				return err
			}
			all, lines := p.Who(), [][]string{{"since", "login", "name", "role", "city", "from"}}
			for i := range all {
				v := &all[i]
				if id, _ := strconv.ParseUint(v.City, 10, 64); id != 0 {
					v.City = env.Label(partnership.KindPartners, id)
				}
				lines = append(lines, []string{c.local(view, v.Since), v.Login, v.Name, v.Role, v.City, v.From})
			}
			return c.say(columns(lines), all)
		})
	cmd.Long = "who lists the connections to the file of a server or of another window. It is for administrators; on " +
		"a dashboard everybody sees who is there on the Users tab or in the palette."
	return cmd
}

func (c *call) kickCommand() *cobra.Command {
	cmd := c.command("kick LOGIN", "end somebody's sessions; they may come back", between(1, 1),
		func(ctx context.Context, args []string) error {
			p, err := c.present(ctx, "end sessions")
			if err != nil {
				return err
			}
			n := p.Kick(strings.ToLower(args[0]),
				"An administrator has ended your session; what was saved is in the file.")
			if n == 0 {
				return failure.New(failure.NotFound, "nobody is connected as "+text.Line(args[0], 40)+
					"; interlocal who lists everybody")
			}
			return c.say("Ended "+counted(n, "connection")+" of "+args[0]+". interlocal user disable "+args[0]+
				" keeps them out.", map[string]int{"ended": n})
		})
	cmd.Long =
		"kick ends all sessions and commands of a login. Forms that were being filled in are kept as drafts. Who " +
			"is to stay away is disabled instead: interlocal user disable LOGIN."
	return cmd
}

// longestWords is how long a message to everybody is, so that it fits their line.
const longestWords = 160

func (c *call) broadcastCommand() *cobra.Command {
	cmd := c.command("broadcast TEXT", "say something on every dashboard", between(1, -1),
		func(ctx context.Context, args []string) error {
			p, err := c.present(ctx, "speak to everybody")
			if err != nil {
				return err
			}
			words := text.Line(strings.Join(args, " "), longestWords)
			if words == "" {
				return misuse("say what: interlocal broadcast \"We close at 5 pm\"")
			}
			n := p.Broadcast(c.id.Name, words)
			return c.say("Said on "+counted(n, "dashboard")+".", map[string]int{"dashboards": n})
		})
	cmd.Long = "broadcast shows a line of at most 160 characters on every dashboard that is open on the file for a " +
		"minute, with the name of who says it."
	return cmd
}
