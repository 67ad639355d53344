package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/accounts"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/sshd"
)

func (c *call) statusCommand() *cobra.Command {
	cmd := c.command("status", "how file and server are: people, memory, copies, disk, what is wrong", none,
		func(ctx context.Context, _ []string) error { return c.status(ctx) })
	cmd.Long = `status says how large the file is, when it was last changed, how long commits take, how much room is left
on its disk, when the last good copy was made and when one was last made elsewhere, why a copy failed, and whether the
clock is believed. Of a server it says besides how many are connected, what waits, how much memory it takes and who was
last not let in. What needs attention stands first; the administrators' overview says it too.`
	return cmd
}

// statusJSON is the state of a file for scripts.
type statusJSON struct {
	File      string        `json:"file"`
	Timeline  string        `json:"timeline"`
	Rev       uint64        `json:"rev"`
	Changed   time.Time     `json:"changed"`
	Records   int           `json:"records"`
	Bytes     int64         `json:"bytes"`
	Left      int64         `json:"disk_left"` // 0 is not known
	Commits   store.Commits `json:"commits"`
	Copies    *store.Copies `json:"copies"`
	Server    *serverJSON   `json:"server"` // null where nobody else can be connected
	Attention []string      `json:"attention"`
}

// serverJSON is the state of the process that has the file open for others.
type serverJSON struct {
	People     int    `json:"people"`
	Memory     uint64 `json:"memory"` // bytes that it has from the system
	Goroutines int    `json:"goroutines"`
	sshd.State
}

// notices lists what whoever looks after the file should know.
func (c *call) notices() []string {
	view := c.store.As(c.id).View()
	return append(c.store.As(c.id).Notices(), accounts.Resting(view, c.id, run.KeyDays(c.store), c.wall(view).Day())...)
}

// server describes the server in which the command runs; nil when in none.
func (c *call) server() *serverJSON {
	if c.Host == nil || c.Host.Present == nil {
		return nil
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return &serverJSON{People: len(c.Host.Present.Who()), Memory: m.Sys - m.HeapReleased,
		Goroutines: runtime.NumGoroutine(), State: c.Host.Present.State()}
}

func (c *call) status(ctx context.Context) error {
	st, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	if err := c.needKeeper("see how the file is"); err != nil {
		return err
	}
	stats, copies := st.Stats(), st.Copies()
	out := statusJSON{File: stats.Path, Timeline: stats.Timeline, Rev: stats.Rev, Changed: stats.Changed,
		Bytes: stats.Bytes, Left: stats.Left, Commits: stats.Commits, Copies: &copies, Server: c.server(),
		Attention: append([]string{}, c.notices()...)}
	for _, n := range stats.Records {
		out.Records += n
	}
	return c.say(c.statusText(&out), out)
}

// statusText lays the state of a file out in lines.
func (c *call) statusText(s *statusJSON) string {
	view := c.store.As(c.id).View()
	at := func(made store.CopyMade, with string) string {
		if made.At.IsZero() {
			return "none yet; make one with: " + store.Command(s.File, with)
		}
		words := fmt.Sprintf("%s, change %d, %s", c.local(view, made.At), made.Rev, made.Path)
		if !c.store.Finds(made) {
			words += " (not found from this computer)"
		}
		return words
	}
	var b strings.Builder
	line := func(what, format string, args ...any) {
		fmt.Fprintf(&b, "%-14s  "+format+"\n", append([]any{what}, args...)...)
	}
	for _, n := range s.Attention {
		fmt.Fprintf(&b, "! %s\n", strings.TrimSuffix(n, "."))
	}
	line("file", "%s, %s, %s", s.File, size(s.Bytes), counted(s.Records, "record"))
	line("last change", "%s, change %d", c.local(view, s.Changed), s.Rev)
	if s.Left > 0 {
		line("disk left", "%s", size(s.Left))
	}
	if n := s.Commits; n.Count > 0 {
		line("commits", "%s half of the last %d, the slowest %s; %d waiting", millis(n.Median), n.Count,
			millis(n.Slowest), n.Waiting)
	}
	line("last good copy", "%s", at(s.Copies.Good, "backup"))
	line("last elsewhere", "%s", at(s.Copies.Away, "backup --to FOLDER"))
	if v := s.Server; v != nil {
		line("people", "%s, %d more at the door", counted(v.People, "connection"), v.Knocks)
		line("memory", "%s", size(int64(v.Memory)))
		line("large commands", "%d at work, %d waiting", v.Running, v.Waiting)
		if r := v.Refused; r != nil {
			line("last refused", "%s, from %s, as %q, code %s, %d so far", c.local(view, r.At), r.From, r.User, r.Code,
				r.Times)
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// millis is a short time in words.
func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
