package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/store"
)

func (c *call) checkCommand() *cobra.Command {
	cmd := c.command("check", "verify every page, record, reference, rule and journal entry", none,
		func(ctx context.Context, _ []string) error { return c.check(ctx) })
	cmd.Long = `check reads the whole file: the database's pages, every index against the records, every reference,
every record's rules, and the journal, which must lead to just these records. It changes nothing and exits 1 when the
file is damaged.`
	return cmd
}

// checkJSON is a check's result for scripts.
type checkJSON struct {
	File     string   `json:"file"`
	Records  int      `json:"records"`
	Entries  int      `json:"entries"`
	Problems []string `json:"problems"` // damage
	Unread   []uint64 `json:"unread"`   // changes in the history that cannot be read
	Past     string   `json:"past"`     // what of the history the file no longer has
	Rules    []string `json:"rules"`    // records that today's rules would refuse
	Ahead    int      `json:"ahead"`    // revisions of a time that the clock has not reached
}

func (c *call) check(ctx context.Context) error {
	report, path, err := c.checked(ctx)
	if err != nil {
		return err
	}
	out := checkJSON{path, report.Records, report.Entries, append([]string{}, report.Problems...),
		append([]uint64{}, report.Unread...), report.Past(),
		append([]string{}, report.Rules...), report.Ahead}
	if n := len(out.Rules); n > 0 && c.id.Role == access.Admin {
		out.Rules = []string{counted(n, "record") + " that today's rules would refuse; whoever has the file to " +
			"themselves sees which"}
	}
	words := fmt.Sprintf("%s is sound: %s, %s", path, counted(report.Records, "record"),
		counted(report.Entries, "revision"))
	if len(out.Problems) > 0 {
		words = strings.Join(out.Problems, "\n")
	}
	if history := report.History(); history != "" && report.Whole() {
		words = path + ": " + history
	}
	if out.Past != "" {
		words += "; " + out.Past
	}
	if report.Ahead > 0 {
		words += fmt.Sprintf("\n%s: the machine's clock was wrong then, as late as %s. "+
			"Their order holds. If it is %s today, mark them with: %s",
			counted(report.Ahead, "revision")+" of a time to come", day(report.Latest), day(c.Now().In(report.At.Location())),
			store.Command(path, "clock right"))
	}
	for _, rule := range out.Rules {
		words += "\nto mend in the dashboard: " + rule
	}
	if err := c.say(words, out); err != nil {
		return err
	}
	if n := len(out.Problems); n > 0 {
		return failure.New(failure.Damaged, counted(n, "problem")+" in "+path+"; "+c.damageAdvice(path, report))
	}
	return nil
}

// damageAdvice says what to do about a damaged file.
func (c *call) damageAdvice(path string, report *store.Report) string {
	advice := "see what a repair keeps with: " + store.Command(path, "repair")
	if c.Host != nil {
		return "close all windows, or stop the server, and " + advice
	}
	if report.Whole() {
		return "it can be used, copied and compacted meanwhile; " + advice
	}
	return advice
}

// markDamage adds to what a command says that the file it worked on is damaged in
// its history.
func (c *call) markDamage() {
	if c.store == nil {
		return
	}
	if d := c.store.Damage(); d != nil {
		c.warn("Its history is damaged: %s. See what a repair keeps with: %s", d.Words,
			store.Command(c.store.Path(), "repair"))
	}
}

// day names the day of an instant where its clock stands.
func day(t time.Time) string { return t.Format("Jan 2, 2006") }

// checked checks the file in use by this call's host, or one that nobody has
// open.
func (c *call) checked(ctx context.Context) (*store.Report, string, error) {
	if c.Host == nil {
		if c.as != "" {
			return nil, "", misuse("check reads the whole file and has no --as")
		}
		path, err := c.existing()
		if err != nil {
			return nil, "", err
		}
		report, err := store.CheckFile(path, c.storeOptions())
		return report, path, err
	}
	st, err := c.open(ctx)
	if err != nil {
		return nil, "", err
	}
	if err := c.needKeeper("check the file"); err != nil {
		return nil, "", err
	}
	report, err := st.Check(ctx)
	return report, "the file", err
}
