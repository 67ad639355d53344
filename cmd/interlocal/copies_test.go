package main

import (
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAClerkRestoresByThePrintedPage follows the page command by command on a
// computer that has nothing but a copy.
func TestAClerkRestoresByThePrintedPage(t *testing.T) {
	desk := newOffice(t)
	desk.addPerson("Ann Cole").wants(t, exitDone)
	desk.must("backup", "--to", desk.home)
	copies, _ := filepath.Glob(filepath.Join(desk.home, "interlocal-2027-03-04-change-*.db"))
	if len(copies) != 1 {
		t.Fatalf("copies: %v", copies)
	}
	desk.addPerson("Too Late").wants(t, exitDone)

	page := desk.must("help", "restore")
	commands := regexp.MustCompile(`(?m)^     interlocal ?(.*)$`).FindAllStringSubmatch(page, -1)
	if len(commands) != 8 {
		t.Fatalf("the page has %d commands:\n%s", len(commands), page)
	}
	clerk := newOffice(t)
	clerk.now = desk.now.Add(20 * time.Hour)
	said := ""
	for _, line := range commands {
		if strings.Contains(line[1], "repair") {
			continue // for when no copy is whole, which the damage tests follow
		}
		said += clerk.must(words(strings.NewReplacer("COPY", `"`+copies[0]+`"`, "FOLDER", `"`+t.TempDir()+`"`).
			Replace(line[1]))...)
	}
	for _, want := range []string{"is whole: change 2 of 2027-03-04", "Restored " + clerk.db(), "last change     " +
		"2027-03-04", "Needs attention"} {
		if !strings.Contains(said, want) {
			t.Errorf("the clerk does not read %q:\n%s", want, said)
		}
	}
	if list := clerk.must("list", "people"); !strings.Contains(list, "Ann Cole") || strings.Contains(list, "Too Late") {
		t.Error(list)
	}
	clerk.addPerson("New Here").wants(t, exitDone)
}

// TestASecondMachineTakesOver follows the page on deployment command by command on a
// machine that has nothing but the folder of copies, over two nights and a loss.
func TestASecondMachineTakesOver(t *testing.T) {
	desk, second, folder := newOffice(t), newOffice(t), t.TempDir()
	_, page, _ := strings.Cut(desk.must("help", "deployment"), "A second machine that can take over")
	page, _, _ = strings.Cut(page, "A clock that is wrong")
	commands := regexp.MustCompile(`(?m)^     sudo -u interlocal interlocal (.*)$`).FindAllStringSubmatch(page, -1)
	if len(commands) != 4 {
		t.Fatalf("the page has %d commands:\n%s", len(commands), page)
	}
	follow := func(lines [][]string) (said string) {
		copies, _ := filepath.Glob(filepath.Join(folder, "*.db"))
		newest := slices.MaxFunc(copies, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
		for _, line := range lines {
			command := strings.NewReplacer("/var/lib/interlocal/interlocal.db", second.db(), "/mnt/city-hall/COPY",
				newest).Replace(line[1])
			said += second.must(strings.Fields(command)...)
		}
		return said
	}
	desk.addPerson("First Night").wants(t, exitDone)
	desk.must("backup", "--to", folder)
	if said := follow(commands[:3]); !strings.Contains(said, "is whole: change 2") {
		t.Error(said)
	}
	desk.addPerson("Second Night").wants(t, exitDone)
	desk.must("backup", "--to", folder)
	desk.addPerson("Too Late").wants(t, exitDone)
	late := desk.must("export", "people")
	second.now = desk.now.Add(20 * time.Hour)
	follow(commands[3:])
	second.addPerson("After The Loss").wants(t, exitDone)
	second.must("backup", "--to", folder)
	second.must("backup", "--verify", folder+"/interlocal-2027-03-05-change-4.db")
	second.feed(late, "import", "people", "-").wants(t, exitPartly, "1 left out")
	if list := second.must("list", "people"); !strings.Contains(list, "Second Night") ||
		!strings.Contains(list, "After The Loss") || strings.Contains(list, "Too Late") {
		t.Error(list)
	}
	second.must("check")
}

func TestCopiesAreVerified(t *testing.T) {
	o := newOffice(t)
	none := o.run("backup", "--verify")
	none.wants(t, exitFailed, "there is no backup beside")
	o.addPerson("Ann Cole").wants(t, exitDone)
	advised(t, o, none.err, "with: ").wants(t, exitDone, "Backed up to")
	o.run("backup", "--verify").wants(t, exitDone, "is whole: change 2 of 2027-03-04 09:00, ")
	path := filepath.Join(o.db()+".backups", "interlocal-2027-03-04.db")
	if err := os.Truncate(path, 9000); err != nil {
		t.Fatal(err)
	}
	o.run("backup", "--verify").wants(t, exitFailed, path+": damaged", "1 copy of 1 cannot be relied on",
		"interlocal --db "+o.db()+" backup")
	o.run("backup", "--verify", filepath.Dir(path)).wants(t, exitFailed, path+": damaged", "interlocal help restore")
	o.run("backup", "--verify", t.TempDir()).wants(t, exitFailed, "there is no copy in")
	o.run("backup", "--verify", "--to", o.home).wants(t, exitMisuse)
	o.run("backup", "a", "b").wants(t, exitMisuse)
}

func TestStatusTellsOfCopies(t *testing.T) {
	o := newOffice(t)
	o.addPerson("Ann Cole").wants(t, exitDone)
	first := o.run("status")
	first.wants(t, exitDone, "last good copy  none yet; make one with: interlocal --db "+o.db()+" backup",
		"last elsewhere  none yet")
	o.run("backup", "--to", filepath.Join(o.home, "not mounted")).wants(t, exitFailed, "see that it is mounted")
	for _, command := range []string{"status", "overview"} {
		o.run(command).wants(t, exitDone, "The copy of Mar 4, 2027 could not be made", "No copy has been made yet")
	}
	o.must("backup", "--to", o.home)
	said := o.run("status")
	said.wants(t, exitDone, "last good copy  2027-03-04 09:00, change 2, "+o.home)
	if strings.Contains(said.out, "could not") || strings.Contains(said.out, "not found") {
		t.Error(said.out)
	}
	var js struct {
		Timeline  string
		Attention []string
		Copies    struct{ Away struct{ Path string } }
	}
	if err := json.Unmarshal([]byte(o.must("status", "--json")), &js); err != nil || js.Copies.Away.Path == "" ||
		len(js.Attention) > 0 || len(js.Timeline) != 16 {
		t.Errorf("%+v, %v", js, err)
	}
	o.run("status", "--as", "viewer").wants(t, exitFailed, "administrator")
	if err := os.Remove(js.Copies.Away.Path); err != nil {
		t.Fatal(err)
	}
	o.run("status").wants(t, exitDone, js.Copies.Away.Path+" (not found from this computer)")
	o.addPerson("Bea Dorn").wants(t, exitDone)
	o.now = o.now.AddDate(0, 0, 4)
	late := o.run("status")
	late.wants(t, exitDone, "! The last good copy is of Mar 4, 2027")
	advised(t, o, late.out, "Make one with: ").wants(t, exitDone, "Backed up to")
}

func TestTheUnitsThatCopyTheFile(t *testing.T) {
	o := newOffice(t)
	db := []string{"--db", "/var/lib/interlocal/interlocal.db", "serve"}
	unit := func(more ...string) string { return o.must(append(db, more...)...) }
	if got := unit("--unit", "--copies", "/mnt/city hall"); !strings.Contains(got,
		`ReadWritePaths=/var/lib/interlocal "-/mnt/city hall"`) {
		t.Error(got)
	}
	if got := unit("--unit"); !strings.Contains(got, "ReadWritePaths=/var/lib/interlocal\n") {
		t.Error(got)
	}
	copies := unit("--unit=copy", "--copies", "/mnt/city hall")
	if !strings.Contains(copies, ` backup --to "/mnt/city hall"`) || !strings.Contains(copies, "Type=oneshot") {
		t.Error(copies)
	}
	if got := unit("--unit=timer"); !strings.Contains(got, "OnCalendar=") ||
		!strings.Contains(got, "Unit=interlocal-copy.service") {
		t.Error(got)
	}
	o.run(append(db, "--unit=copy")...).wants(t, exitMisuse, "--copies FOLDER")
	o.run(append(db, "--unit=clock")...).wants(t, exitMisuse, "server, copy or timer")
	page := o.must("help", "deployment")
	for _, want := range []string{"--unit=copy --copies", "--unit=timer", "status", "backup --verify", "repair",
		"clock right", "help restore"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page on deployment does not speak of %q", want)
		}
	}
}

// The units shut what the program does not need, as systemd counts it.
func TestTheUnitsAreShut(t *testing.T) {
	tool, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd is not here")
	}
	o := newOffice(t)
	for name, more := range map[string][]string{"server": {"--unit"}, "port22": {"--listen", ":22", "--unit"},
		"copy": {"--unit=copy", "--copies", "/mnt/city hall"}} {
		unit := o.must(append([]string{"--db", "/var/lib/interlocal/interlocal.db", "serve"}, more...)...)
		out, err := exec.Command(tool, "security", "--offline=yes", "--no-pager", "--threshold=25",
			o.file(name+".service", unit)).CombinedOutput()
		level := regexp.MustCompile(`Overall exposure level for .*`).Find(out)
		if level == nil {
			t.Skipf("this systemd cannot tell: %s", out)
		}
		if err != nil {
			t.Errorf("%s", level)
		}
	}
}

// TestAFileFromACopyHasItsOwnDailyBackup: what was there before a restore has one of
// the same day, which is no copy of what was put in its place.
func TestAFileFromACopyHasItsOwnDailyBackup(t *testing.T) {
	desk, fresh := newOffice(t), newOffice(t)
	desk.addPerson("Ann Cole").wants(t, exitDone)
	desk.must("backup", "--to", desk.home)
	copies, _ := filepath.Glob(filepath.Join(desk.home, "interlocal-2027-03-04-change-*.db"))
	fresh.must("list", "partners")
	fresh.must("backup")
	fresh.must("restore", copies[0])
	fresh.run("backup").wants(t, exitDone, "Backed up to", "interlocal-2027-03-04-2.db")
	fresh.run("backup").wants(t, exitDone, "Today's backup is there already", "interlocal-2027-03-04-2.db")
	fresh.run("backup", "--verify").wants(t, exitDone, "interlocal-2027-03-04-2.db is whole: change 2 of",
		"interlocal-2027-03-04.db is whole: change 1 of")
}
