package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"
)

func names(records []map[string]any) string {
	var out []string
	for _, r := range records {
		out = append(out, r["name"].(string))
	}
	return strings.Join(out, ", ")
}

func TestListSpeaksTheFilterLanguage(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct{ args, want string }{
		{"lee", "Lee's Summit"},
		{"population:>60000", "Independence, Lee's Summit"},
		{"population: kind:city", "Grandview"},
		{"-council", "Grandview, Raytown"},
		{"--sort -population population:*", "Independence, Lee's Summit, Blue Springs, Raytown"},
		{"--sort population kind:city", "Raytown, Blue Springs, Lee's Summit, Independence, Grandview"},
		{"--sort -population kind:city", "Independence, Lee's Summit, Blue Springs, Raytown, Grandview"},
		{"--sort name --limit 2", "Blue Springs, Grandview"},
		{"status:member -kind:city", "Mid-America Regional Council"},
	} {
		if got := names(o.records(append([]string{"partners"}, strings.Fields(c.args)...)...)); got != c.want {
			t.Errorf("list partners %s: %s; want %s", c.args, got, c.want)
		}
	}
	if got := names(o.records("partner", `"lee's summit"`)); got != "Lee's Summit" {
		t.Errorf("a quoted name finds %s", got)
	}
}

func TestListColumns(t *testing.T) {
	o := newOffice(t)
	rows, err := csv.NewReader(strings.NewReader(o.must("list", "partners", "--format", "csv", "--columns",
		"Name, since", "--limit", "1"))).ReadAll()
	if err != nil || fmt.Sprint(rows) != "[[id rev name since] [1 1 Independence 2018]]" {
		t.Errorf("%v, %v", rows, err)
	}
	o.term = Terminal{Out: true, Width: 60}
	for _, line := range strings.Split(o.must("list", "programs"), "\n") {
		if n := len([]rune(line)); n > 60 {
			t.Errorf("a line takes %d columns: %s", n, line)
		}
	}
}

func TestWordsThatBeginWithADash(t *testing.T) {
	root := (&call{Main: &Main{}}).tree(nil)
	for _, c := range []struct{ in, want string }{
		{"list people -retired", "list people -- -retired"},
		{"list people --sort -name -retired x", "list people --sort -name x -- -retired"},
		{"list --db f people", "list --db f people"},
		{"--db f list people -x:y", "--db f list people -- -x:y"},
		{"list people -h", "list people -h"},
		{"list people --json -- -a --b", "list people --json -- -a --b"},
		{"export people -o x", "export people -o x"},
	} {
		if got := strings.Join(wordsLast(root, strings.Fields(c.in)), " "); got != c.want {
			t.Errorf("%s became %s; want %s", c.in, got, c.want)
		}
	}
}

func TestReports(t *testing.T) {
	o := newOffice(t)
	o.run("report", "briefing", "--partner", "marc").wants(t, exitFailed)
	for _, format := range []string{"md", "html", "text"} {
		o.run("report", "briefing", "--partner", "lee’s summit", "--format", format).
			wants(t, exitDone, "Summit", "6376", "748,000")
	}
	for _, ending := range []string{"html", "docx"} {
		path := o.home + "/briefing." + ending
		s := o.run("report", "briefing", "--partner", "raytown", "-o", path)
		s.wants(t, exitDone)
		if info, err := os.Stat(path); err != nil || info.Size() < 1000 || !strings.Contains(s.err, "blanks before") {
			t.Errorf("%s: %v, %v; told %q", path, info, err, s.err)
		}
	}
	o.run("report", "directory").wants(t, exitDone, "Directory")
	o.run("report", "programs").wants(t, exitDone, "portfolio")
}

func TestCompletionAndManual(t *testing.T) {
	o := newOffice(t)
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if s := o.run("completion", shell); s.code != exitDone || !strings.Contains(s.out, "interlocal") {
			t.Errorf("%s: exit %d, %q", shell, s.code, s.err)
		}
	}
	o.run("__complete", "list", "par").wants(t, exitDone, "partners")
	o.run("__complete", "export", "a").wants(t, exitDone, "all")
	o.run("__complete", "report", "").wants(t, exitDone, "briefing")
	page := o.must("man")
	root := (&call{Main: &Main{}}).tree(nil)
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() && !strings.Contains(page, ".SS interlocal "+cmd.Name()) {
			t.Errorf("the manual lacks %s", cmd.Name())
		}
	}
}

func TestVersion(t *testing.T) {
	newOffice(t).run("version").wants(t, exitDone, "interlocal ", "go1.")
}
