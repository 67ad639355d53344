package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
)

func TestAnEmptyHomeShowsTheFoundingPartnership(t *testing.T) {
	o := newOffice(t)
	o.run().wants(t, exitDone, "Eastern Jackson County Shared Services Collaborative", "Nothing needs attention",
		"What to do first")
	var cities, facilitators []string
	for _, p := range o.records("partners") {
		if p["kind"] == "city" {
			cities = append(cities, p["name"].(string))
		} else {
			facilitators = append(facilitators, p["short"].(string))
		}
	}
	if got := strings.Join(cities, ", "); got != "Independence, Lee's Summit, Blue Springs, Grandview, Raytown" {
		t.Errorf("cities are %s", got)
	}
	if strings.Join(facilitators, "") != "MARC" {
		t.Errorf("facilitators are %v", facilitators)
	}
	if info, err := os.Stat(o.db()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

func TestExportAllHoldsTheFirstResolution(t *testing.T) {
	o := newOffice(t)
	var all map[string][]map[string]any
	if err := json.Unmarshal([]byte(o.must("export", "all", "--format", "json")), &all); err != nil {
		t.Fatal(err)
	}
	kinds := slices.DeleteFunc(model.NewSchema().Kinds, (*field.Kind).OnPaperOnly)
	if len(all["partners"]) != 6 || len(all["programs"]) != 9 || len(all) != len(kinds) {
		t.Errorf("%d partners, %d programs, %d kinds", len(all["partners"]), len(all["programs"]), len(all))
	}
	for _, r := range all["resolutions"] {
		if r["number"] == "6376" {
			if r["partner"] != "Independence" || r["date"] != "2018-10-15" {
				t.Errorf("resolution 6376 is %v", r)
			}
			return
		}
	}
	t.Error("resolution 6376 is not there")
}

func TestExitCodes(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	good := "name,partner\nDana Reyes,Raytown\n"
	for _, c := range []struct {
		name  string
		input string
		args  string
		code  int
		says  string
	}{
		{"done", "", "overview", exitDone, ""},
		{"unknown command", "", "lst", exitMisuse, "did you mean list?"},
		{"unknown flag", "", "list people --nix", exitMisuse, "--nix"},
		{"flag without a value", "", "list people --sort", exitMisuse, "--sort"},
		{"unknown kind", "", "list horses", exitMisuse, "kinds are settings, partners"},
		{"unknown field", "", "list people --columns hat", exitMisuse, "their fields are name"},
		{"unknown field to sort by", "", "list people --sort hat", exitMisuse, "their fields are name"},
		{"a comparison that cannot be made", "", "list partners population:>many", exitMisuse, ""},
		{"unknown format", "", "list people --format pdf", exitMisuse, "table, csv or json"},
		{"export in an unknown format", "", "export people --format pdf", exitMisuse, "csv, json, xlsx, ics"},
		{"all kinds as one CSV", "", "export all --format csv", exitMisuse, "json, xlsx"},
		{"a calendar of records without days", "", "export wordings --format ics", exitMisuse, "no days"},
		{"too few arguments", "", "import people", exitMisuse, "import KIND|all FILE|-"},
		{"report nobody knows", "", "report weather", exitMisuse, "reports are briefing"},
		{"report for nobody", "", "report briefing", exitMisuse, "--partner"},
		{"report for an unknown city", "", "report briefing --partner atlantis", exitFailed, "atlantis"},
		{"unknown role", "", "list people --as king", exitMisuse, "roles are viewer"},
		{"unknown partner of a role", "", "list people --as viewer@atlantis", exitMisuse, "atlantis"},
		{"file that is not there", "", "import people nowhere.csv", exitFailed, "nowhere.csv"},
		{"backup that is not there", "", "restore nowhere.db", exitFailed, "nowhere.db"},
		{"nothing to undo", "", "undo", exitFailed, "nothing of yours to undo"},
		{"nothing to redo", "", "redo", exitFailed, "nothing to redo"},
		{"nobody of that name", "", "peers nobody", exitFailed, "nobody"},
		{"record that never was", "", "history people 99", exitFailed, "99"},
		{"empty input", "", "import people -", exitFailed, "empty"},
		{"all rows good", good, "import people -", exitDone, "1 added"},
		{"some rows bad", good + "Lee Ash,Atlantis\n", "import people -", exitPartly, "Atlantis"},
		{"all rows bad", "name,partner\nLee Ash,Atlantis\n", "import people -", exitFailed, "no row could be taken"},
		{"a heading that is not there", good, "import people - --map Hat=name", exitMisuse, "Hat"},
		{"a mapping without a field", good, "import people - --map Hat", exitMisuse, "Heading=field"},
		{"problem that is none", "{", "match solve", exitFailed, "the problem"},
		{"match without solve", "", "match", exitMisuse, "match solve"},
		{"people without ids", "name\nx\n", "peers --file -", exitFailed, "id"},
		{"help for nothing", "", "help nix", exitMisuse, "nix"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o.feed(c.input, strings.Fields(c.args)...).wants(t, c.code, c.says)
		})
	}
}

func TestErrorsGoToTheErrorStreamOnly(t *testing.T) {
	o := newOffice(t)
	s := o.run("list", "horses")
	if s.out != "" || !strings.HasPrefix(s.err, "interlocal: ") {
		t.Errorf("output %q, error %q", s.out, s.err)
	}
}

func TestHostileArgumentsDoNotReachTheTerminal(t *testing.T) {
	o := newOffice(t)
	for _, args := range [][]string{{"list", "\x1b[2Jhorses"}, {"\u009b2J"},
		{"list", "people", "--sort", "\x1b]0;x\x07"},
		{"import", "people", "\x1b[31mred.csv"}, {"report", "briefing", "--partner", "\u202eevil"}} {
		s := o.run(args...)
		if s.code == exitDone || strings.ContainsAny(s.out+s.err, "\x1b\u009b\u202e\x07") {
			t.Errorf("%q: exit %d, %q", args, s.code, s.out+s.err)
		}
	}
}

func TestTheFileIsWhereAsked(t *testing.T) {
	o := newOffice(t)
	flagged, named := filepath.Join(o.home, "flag.db"), filepath.Join(o.home, "deep", "env.db")
	o.env = []string{"INTERLOCAL_DB=" + named}
	o.must("overview")
	o.must("--db", flagged, "overview")
	for _, path := range []string{flagged, named} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(o.db()); err == nil {
		t.Error("the usual file was made as well")
	}
}

func TestCommandsAboutAFileDoNotMakeOne(t *testing.T) {
	o := newOffice(t)
	for _, args := range []string{"check", "backup", "compact", "undo", "redo", "history", "history partners raytown"} {
		o.run(strings.Fields(args)...).wants(t, exitFailed, "there is no file", o.db())
	}
	if _, err := os.Stat(o.db()); err == nil {
		t.Error("a file was made")
	}
}

func TestFoundingIsNobodysToUndo(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	o.run("undo").wants(t, exitFailed, "nothing of yours")
	if n := len(o.records("partners")); n != 6 {
		t.Errorf("%d partners are left", n)
	}
}

func TestDashboardNeedsATerminal(t *testing.T) {
	o := newOffice(t)
	o.term, o.env = Terminal{In: true, Out: true, Err: true, Width: 90}, []string{"TERM=dumb"}
	o.run().wants(t, exitDone, "Needs attention")
	o.term, o.env = Terminal{Out: true}, nil
	o.run().wants(t, exitDone, "Needs attention")
}

func TestDemoWithoutATerminalLeavesNothing(t *testing.T) {
	o := newOffice(t)
	t.Setenv("TMPDIR", o.home)
	o.run("demo").wants(t, exitDone, "SAMPLE", "Dump truck")
	left, err := filepath.Glob(filepath.Join(o.home, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	kept := filepath.Join(o.home, "kept.db")
	o.run("demo", "--scale", "50", "--keep", kept).wants(t, exitDone, "SAMPLE")
	if n := len(o.records("people", "--db", kept)); n != 50 {
		t.Errorf("%d people were kept", n)
	}
	o.run("demo", "--keep", kept).wants(t, exitFailed, "exists")
}

func TestUndoAndHistoryFollowAnImport(t *testing.T) {
	o := newOffice(t)
	path := o.file("staff.csv", "name,partner,phone\nDana Reyes,raytown,816-555-0142\nLee Ash,GRANDVIEW,816-555-0143\n")
	o.run("import", "people", path).wants(t, exitDone, "2 added")
	o.run("history", "people", "dana reyes").wants(t, exitDone, "dana", "import staff.csv", "phone: (empty) → "+
		"816-555-0142")
	o.run("history").wants(t, exitDone, "import staff.csv into people", "founding records")
	o.run("undo").wants(t, exitDone, "Took back: import staff.csv into people (2 records)")
	if n := len(o.records("people")); n != 0 {
		t.Errorf("%d people are left", n)
	}
	o.run("redo").wants(t, exitDone, "Did again")
	if n := len(o.records("people")); n != 2 {
		t.Errorf("%d people came back", n)
	}
	o.run("check").wants(t, exitDone, "sound")
}

func TestBackupAndRestore(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	copied := filepath.Join(o.home, "copy.db")
	o.run("backup", copied).wants(t, exitDone, copied)
	o.run("backup", copied).wants(t, exitFailed, copied)
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-").wants(t, exitDone, "1 added")
	o.run("restore", copied).wants(t, exitDone, "what was there before is")
	if n := len(o.records("people")); n != 0 {
		t.Errorf("%d people are in the restored file", n)
	}
	o.run("backup").wants(t, exitDone, "2027-03-04")
	o.run("backup").wants(t, exitDone, "there already")
	o.run("compact").wants(t, exitDone, "now")
	o.run("check", "--json").wants(t, exitDone, `"problems": []`)
}

func TestADamagedFileIsNamedWithTheWayBack(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	o.must("backup")
	if err := os.Truncate(o.db(), 9000); err != nil {
		t.Fatal(err)
	}
	s := o.run("list", "partners")
	s.wants(t, exitFailed, "damaged", "restore")
	backup := filepath.Join(o.db()+".backups", "interlocal-2027-03-04.db")
	o.run("check").wants(t, exitFailed)
	o.run("restore", backup).wants(t, exitDone)
	if n := len(o.records("partners")); n != 6 {
		t.Errorf("%d partners after the restore", n)
	}
}
