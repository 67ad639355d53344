package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model/match"
)

// problem has two ways to match: a full day at b, or half a day each at b and c.
const problem = `{"slots":2,"seconds":5,"people":[{"id":"a","role":"visit","available":[true,true],"wants":"either"},
{"id":"b","role":"host","capacity":1,"available":[true,true]},{"id":"c","role":"host","capacity":1,"available":[true,true]}],
"edges":[{"visitor":"a","host":"b","half":800,"full":1400},{"visitor":"a","host":"c","half":700}]}`

func TestMatchSolveProvesTheBest(t *testing.T) {
	o := newOffice(t)
	s := o.feed(problem, "match", "solve")
	s.wants(t, exitDone)
	var r match.Result
	if err := json.Unmarshal([]byte(s.out), &r); err != nil {
		t.Fatal(err)
	}
	if r.Value != 1500 || r.Bound != 1500 || !r.Proved || r.Gap != 0 || len(r.Matches) != 2 {
		t.Errorf("the result is %s", s.out)
	}
	o.feed("", "match", "solve").wants(t, exitFailed, "the problem is empty")
	if s := o.feed(strings.Replace(problem, `"capacity":1`, `"capcity":1`, 1), "match", "solve"); s.code != exitDone ||
		!strings.Contains(s.err, `"capcity" means nothing here`) {
		t.Errorf("a slip in a key: %d, %s", s.code, s.err)
	}
	o.feed(strings.Replace(problem, `"half":700`, `"half":-700`, 1), "match", "solve").wants(t, exitFailed, "edges[1]")
	o.feed(strings.Replace(problem, `"host":"c"`, `"host":"z"`, 1), "match", "solve").wants(t, exitFailed, "edges[1]")
}

const workers = `id,city,department,title,duties
1,Raytown,Public Works,Street Superintendent,plan street repair; schedule snow plows
2,Grandview,Streets,Street Supervisor,repair streets and plow snow
3,Grandview,Finance,Payroll Clerk,run payroll
4,Raytown,Finance,Payroll Specialist,payroll and timesheets
`

func TestPeersOfAFile(t *testing.T) {
	o := newOffice(t)
	rows, err := csv.NewReader(strings.NewReader(o.must("peers", "--file", o.file("w.csv", workers), "--top", "1",
		"--format", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range rows[1:] {
		got[row[0]] = row[2]
	}
	if strings.Join(rows[0], ",") != "id,rank,peer,score,reasons" || got["1"] != "2" || got["2"] != "1" ||
		got["3"] != "4" || got["4"] != "3" {
		t.Errorf("%v", rows)
	}
	var list []rankJSON
	if err := json.Unmarshal([]byte(o.must("peers", "--file", o.file("w.csv", workers), "--top", "1", "--json")),
		&list); err != nil || len(list) != 4 {
		t.Errorf("%v, %v", list, err)
	}
}

func TestPeersOfAPerson(t *testing.T) {
	o := newOffice(t)
	db := filepath.Join(o.home, "story.db")
	o.must("demo", "--keep", db)
	o.env = []string{"INTERLOCAL_DB=" + db}
	o.run("peers", "warren ispas").wants(t, exitDone, "Information Technology", "Independence")
	var peers []peerJSON
	if err := json.Unmarshal([]byte(o.must("peers", "warren ispas", "--json", "--top", "3")), &peers); err != nil ||
		len(peers) != 3 {
		t.Fatalf("%v, %v", peers, err)
	}
	for _, p := range peers {
		if p.City == "Raytown" {
			t.Errorf("a peer is of the same city: %v", p)
		}
	}
	o.run("peers", "warren ispas", "--format", "csv").wants(t, exitDone, "rank,score,peer,name")
	o.run("peers", "x", "--file", "y").wants(t, exitMisuse, "not both")
	o.run("peers", "--top", "0").wants(t, exitMisuse, "--top")
}

// TestEveryCommandSpeaksJSON wants --json to give JSON wherever it is taken.
func TestEveryCommandSpeaksJSON(t *testing.T) {
	o := newOffice(t)
	o.feed("name,partner\nDana Reyes,Raytown\n", "import", "people", "-").wants(t, exitDone)
	for _, args := range []string{"", "overview", "list partners", "export partners", "export all", "history",
		"history people 1",
		"undo", "redo", "backup", "compact", "check", "version", "demo", "peers", "peers 1", "import people staff.csv",
		"import all all.json"} {
		words := strings.Fields(args)
		for i, w := range words {
			if strings.HasSuffix(w, ".csv") {
				words[i] = o.file(w, "name,partner\nLee Ash,Grandview\n")
			} else if strings.HasSuffix(w, ".json") {
				words[i] = o.file(w, `{"people":[{"name":"Kim Oak","partner":"Raytown"}]}`)
			}
		}
		s := o.run(append(words, "--json")...)
		if s.code != exitDone || !json.Valid([]byte(s.out)) {
			t.Errorf("%s: exit %d, %q, %q", args, s.code, s.out, s.err)
		}
	}
}

func TestPeersOfTheSharedSample(t *testing.T) {
	path := filepath.Join(filepath.Dir(root(t)), "shared", "onet", "people-dev.csv")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the sample of job descriptions is not here")
	}
	out := newOffice(t).must("peers", "--file", path, "--top", "30", "--format", "csv")
	if n := strings.Count(out, "\n"); n < 1000 {
		t.Errorf("only %d lines", n)
	}
}
