//go:build unix

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"interlocal/model/cyber/framework"
)

var managersCode = regexp.MustCompile(`[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}`)

// write puts a file into the house.
func (h *house) write(name, text string) string {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.home, name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return name
}

// cycle puts a cycle of four cities on file.
const cycleFile = "year,framework,opens,cities\n2026,CSF 2.0,2026-10-01,Independence | takes part; Grandview | takes " +
	"part; Blue Springs | takes part; Raytown | takes part\n"

// answersOf is a city's whole sheet as a file, at a level a question.
func answersOf(city string, level func(i int) string) string {
	var b strings.Builder
	b.WriteString("cycle,partner,item,level\n")
	for i, item := range framework.ItemsOf(framework.CSF20) {
		fmt.Fprintf(&b, "2026,%s,%s,%s\n", city, item, level(i))
	}
	return b.String()
}

// atHome has a city assess in a file of its own and gives its release, signed with
// its key: begun, answered, signed off, locked, consented, and nothing else leaves.
func (h *house) atHome(city, key string, level func(i int) string) string {
	h.t.Helper()
	db := []string{"--db", key + ".db"}
	do := func(args ...string) string { return h.must(append(db, args...)...) }
	do("overview")
	do("import", "cycles", h.write("cycle.csv", cycleFile))
	do("assess", "begin", "--partner", city)
	do("import", "answers", h.write(key+".csv", answersOf(city, level)))
	do("assess", "submit", "--partner", city)
	do("assess", "approve", "--by", "Sam Lee", "--office", "city manager")
	do("assess", "lock", "--partner", city)
	do("import", "consents", h.write("consent.csv",
		"cycle,partner,level,given_by,given\n2026,"+city+",1,\"Sam Lee, city manager\",2026-11-01\n"))
	file := key + "-release.txt"
	do("assess", "packet", "-o", file)
	if strings.Contains(do("list", "answers", "--json"), "nothing") {
		h.t.Error("no answers")
	}
	return h.signed(key, file)
}

// signed gives a release with the signature of a key behind it.
func (h *house) signed(key, file string) string {
	h.t.Helper()
	path := filepath.Join(h.home, file)
	out, err := exec.Command("ssh-keygen", "-q", "-Y", "sign", "-n", "interlocal-release", "-f",
		filepath.Join(h.home, key), path).CombinedOutput()
	if err != nil {
		h.t.Fatalf("%s %v", out, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	sig, err := os.ReadFile(path + ".sig")
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text) + string(sig)
}

// over runs a command over SSH that has to succeed.
func (s *served) over(key, input string, args ...string) string {
	s.t.Helper()
	out, code := s.ssh(key, input, append([]string{"127.0.0.1"}, args...)...)
	if code != 0 {
		s.t.Fatalf("%s: %v: exit %d: %s", key, args, code, out)
	}
	return out
}

// later starts the server again so many days on.
func (s *served) later(days int) *served {
	s.t.Helper()
	s.stop(syscall.SIGTERM)
	s.away += time.Duration(days) * 24 * time.Hour
	return serve(s.t, s.house)
}

// logins adds the cities' first assessors and the facilitator's coordinator, and has
// the assessors confirmed a week later by the code that their managers were handed.
func (s *served) logins(cities map[string]string) *served {
	s.t.Helper()
	pub := func(key string) string {
		line, err := os.ReadFile(s.key(key) + ".pub")
		if err != nil {
			s.t.Fatal(err)
		}
		return strings.TrimSpace(string(line))
	}
	s.over("admin", "", "user", "add", "mel", "--role", "coordinator", "--city", "marc", pub("mel"))
	codes := map[string]string{}
	for key, city := range cities {
		s.over("admin", "", "user", "add", key, "--role", "assessor", "--city", "'"+city+"'", pub(key))
		codes[key] = managersCode.FindString(s.over("admin", "", "user", "code", key))
	}
	next := s.later(8)
	for key, code := range codes {
		next.confirms(key, code)
	}
	return next
}

// confirms has an assessor confirm with the code of their manager; the session ends
// then, since they are somebody else from now on.
func (s *served) confirms(key, code string) {
	s.t.Helper()
	if out, _ := s.ssh(key, "", "127.0.0.1", "user", "confirm", code); !strings.Contains(out, "Confirmed") {
		s.t.Fatalf("%s: %s", key, out)
	}
}

// A city's year in a file of its own, beside one that is hosted and worked on over
// SSH: assessed at home, signed, handed in by somebody else, called back within the
// week or stood by, shared, compared, and on both papers.
func TestACitysYear(t *testing.T) {
	home, desk := newHouse(t), newHouse(t)
	desk.founded()
	s := serve(t, desk)
	cities := map[string]string{"inez": "Independence", "gail": "Grandview", "bob": "Blue Springs", "ray": "Raytown"}
	s = s.logins(cities)
	s.over("mel", cycleFile, "import", "cycles", "-")

	// Three assess at home. Raytown lacks what Independence lacks, and more.
	home.away = desk.away
	for _, key := range []string{"inez", "bob", "ray"} {
		for _, end := range []string{"", ".pub"} {
			b, err := os.ReadFile(filepath.Join(desk.home, key+end))
			if err != nil {
				t.Fatal(err)
			}
			home.write(key+end, string(b))
		}
	}
	below := func(n int) func(int) string {
		return func(i int) string {
			if i < n {
				return "2"
			}
			return "6"
		}
	}
	sent := map[string]string{"inez": home.atHome("Independence", "inez", below(3)),
		"bob": home.atHome("Blue Springs", "bob", below(0)), "ray": home.atHome("Raytown", "ray", below(9))}

	s.hosted(below(0))
	s = s.later(8) // keys sign a week after their city's yes
	for _, key := range []string{"bob", "inez", "ray"} {
		if out := s.over("mel", sent[key], "import", "release", "-"); !strings.Contains(out, "Took in the signed") {
			t.Error(out)
		}
	}

	// The last was signed and handed in by another: nothing is shared yet, and the
	// city calls it back; the same comes in no more, and its own login hands it in.
	if out := s.over("mel", "", "list", "publications", "--json"); strings.TrimSpace(out) != "[]" {
		t.Fatalf("shared before anybody could call back: %s", out)
	}
	if out := s.over("ray", "", "overview"); !strings.Contains(out, "came in by the key") {
		t.Error(out)
	}
	s.over("ray", "", "assess", "unrelease")
	if out, code := s.ssh("mel", sent["ray"], "127.0.0.1", "import", "release", "-"); code == 0 ||
		!strings.Contains(out, "called a release back") {
		t.Errorf("what was called back came in: %s", out)
	}
	plain, _, _ := strings.Cut(sent["ray"], "-----BEGIN")
	s.over("ray", plain, "import", "release", "-")
	s.over("inez", "", "assess", "confirm")
	if out := s.over("bob", "", "assess", "confirm"); !strings.Contains(out, "results of 2026 are shared") {
		t.Error(out)
	}

	// Compared, and on paper.
	items := framework.ItemsOf(framework.CSF20)
	lists := s.over("ray", "", "list", "publications", "function:gv", "--json")
	if !strings.Contains(lists, items[2]) || strings.Contains(lists, items[3]) {
		t.Errorf("the list is %s", lists)
	}
	if out := s.over("gail", "", "report", "council", "--partner", "grandview"); !strings.Contains(out, "Grandview") {
		t.Error(out)
	}
	s.over("gail", "", "report", "assessment", "--partner", "grandview")
	if out := s.over("gail", "", "audit"); !strings.Contains(out, "assessment") {
		t.Error(out)
	}
	out := home.must("--db", "ray.db", "report", "assessment", "--partner", "raytown")
	if !strings.Contains(out, items[8]) {
		t.Error("the closed paper of a city that assesses at home lacks what it lacks")
	}
}

// hosted has Grandview assess on the server, over SSH: this year's answers are those
// of the year before, gone through one by one.
func (s *served) hosted(level func(int) string) {
	s.t.Helper()
	s.over("gail", "", "assess", "begin")
	s.over("gail", answersOf("Grandview", level), "import", "answers", "-")
	s.over("gail", "", "assess", "submit")
	s.over("gail", "", "assess", "approve", "--because", "'we are one'", "--by", "'Sam Lee'")
	s.over("gail", "", "assess", "lock")
	s.over("gail", "cycle,partner,level,given_by,given\n2026,Grandview,1,Sam Lee,2026-11-01\n", "import",
		"consents", "-")
	s.over("gail", "", "assess", "release")
}

// A year over SSH, typed: the year before is carried and each answer looked at. A 5 is
// typed as two keys, and a wrong key is corrected.
func TestAYearTypedOverSSH(t *testing.T) {
	h := newHouse(t)
	h.founded()
	h.must("import", "cycles", h.write("cycles.csv", strings.Replace(cycleFile, "2026,", "2025,", 1)+
		strings.SplitN(cycleFile, "\n", 2)[1]))
	old := strings.ReplaceAll(answersOf("Raytown", func(i int) string { return fmt.Sprint(1 + i%4) }), "2026,", "2025,")
	h.must("import", "answers", h.write("old.csv", old))
	h.must("assess", "carry", "--cycle", "2026", "--partner", "raytown")
	s := serve(t, h)
	line, err := os.ReadFile(h.key("ray") + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	s.over("admin", "", "user", "add", "ray", "--role", "assessor", "--city", "raytown",
		strings.TrimSpace(string(line)))
	code := managersCode.FindString(s.over("admin", "", "user", "code", "ray"))
	s = s.later(8)
	s.confirms("ray", code)
	x := s.sit("ray", nil, 100, 30, "127.0.0.1")
	x.see("Member cities").press("g", "c").see("Raytown 2026", "106 to confirm")
	before, n := x.commands, 106
	for i := range n {
		switch {
		case i%25 == 7:
			x.press("5", "p")
		case i%9 == 4:
			x.press("4")
		case i == 50:
			x.press("2", "backspace", "3")
		default:
			x.press("enter")
		}
	}
	x.see("all answered")
	if keys := x.commands - before; keys > n*110/100 {
		t.Errorf("%d keys for %d answers, more than 1.10 each", keys, n)
	} else {
		t.Logf("%d keys for %d answers, %.2f each", keys, n, float64(keys)/float64(n))
	}
	x.press("q").ended()
}
