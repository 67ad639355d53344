package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
)

// form is a web form's export as forms are: titles above the headings, the
// form's own questions, names either way round, cities as people write them,
// and a few rows that cannot be taken.
func form() string {
	cities := []string{"Independence, MO", "City of Lee's Summit", "blue springs", "Grandview", "The City of Raytown"}
	trades := []struct{ title, duties string }{
		{"Street Superintendent", "Plan snow and ice control; Supervise pothole patching"},
		{"Payroll Clerk", "Run the payroll; Enter time sheets"},
		{"GIS Analyst", "Maintain the parcel maps; Publish web maps"},
		{"City Clerk", "Keep the minutes; Answer open-records requests"},
		{"Buyer", "Write solicitations; Manage purchasing cards"}, {"Fleet Supervisor", "Schedule maintenance of " +
			"vehicles; Manage fuel"}}
	roles := []string{"Visit another city", "Host a visitor", "Both", "Visit"}
	lengths := []string{"Half day", "Full day", "Either", ""}
	when := []string{"", "AM", "Morning and afternoon", "PM", "all day"}
	var b strings.Builder
	b.WriteString("Job shadowing sign-up,,,,,,,,\nTimestamp,Your name,E-mail address,Which city do you work for?,Job " +
		"title,What are your main duties?,I would like to…,Half or full day?,How many visitors at once?,When are you " +
		"available?\n")
	for n := range 60 {
		name := fmt.Sprintf("Person%c Number%c", 'A'+n/26, 'a'+n%26)
		if n%3 == 0 {
			name = fmt.Sprintf("\"Number%c, Person%c\"", 'a'+n%26, 'A'+n/26)
		}
		capacity := ""
		if n%4 == 1 || n%4 == 2 {
			capacity = fmt.Sprintf("up to %d", 1+n%3)
		}
		t := trades[n%len(trades)]
		fmt.Fprintf(&b, "4/1/2027,%s,p%d@city.example,%s,%s,%s,%s,%s,%s,%s\n", name, n, "\""+cities[n/len(trades)%5]+
			"\"", t.title, t.duties,
			roles[(n+n/len(trades))%4], lengths[n%4], capacity, when[n%5])
	}
	b.WriteString("4/1/2027,Someone Else,else@x.example,Kansas City,Clerk,,Visit,,,\n4/1/2027,Person A " +
		"Twice,p0@city.example,Independence,,,Visit,,-1,\n")
	return b.String()
}

// fair makes an office with an event and the sign-ups of a form.
func fair(t *testing.T) *office {
	o := newOffice(t)
	o.feed("name,date,place,state\nSpring,2027-04-20,City Hall,open\n", "import", "events", "-").wants(t, exitDone)
	s := o.run("import", "signups", o.file("form.csv", form()), "--event", "spring")
	s.wants(t, exitPartly, "60 added")
	for _, want := range []string{"line 63", "Kansas City", "is not a partner", "line 64",
		"has the e-mail address of"} {
		if !strings.Contains(s.out, want) {
			t.Errorf("%q is not said of the wrong rows:\n%s", want, s.out)
		}
	}
	return o
}

func (o *office) plan(args ...string) planJSON {
	o.t.Helper()
	var p planJSON
	if err := json.Unmarshal([]byte(o.must(append(args, "--json")...)), &p); err != nil {
		o.t.Fatal(err)
	}
	return p
}

func TestAFormsSignupsAreMatchedAndMended(t *testing.T) {
	o := fair(t)
	if n := len(o.records("people")); n != 60 {
		t.Fatalf("%d people", n)
	}
	dry := o.plan("match", "spring", "--dry-run")
	if dry.Saved || len(o.records("matches")) != 0 {
		t.Error("a rehearsal saves")
	}
	made := o.plan("match", "spring")
	if made.Quality != "best possible" || len(made.Visits) < 20 || len(o.records("matches")) != len(made.Visits) ||
		fmt.Sprint(made.Visits) != fmt.Sprint(dry.Visits) {
		t.Errorf("%s, %d visits, rehearsed %d", made.Quality, len(made.Visits), len(dry.Visits))
	}
	again := o.plan("match", "spring")
	if again.Value != made.Value || len(o.records("matches")) != len(made.Visits) {
		t.Errorf("made again: %d, was %d", again.Value, made.Value)
	}
	host := made.Visits[0].HostIs
	s := o.run("match", "spring", "--repair", "--dropout", host)
	s.wants(t, exitDone, "saved")
	for _, v := range o.plan("match", "spring", "--repair", "--dry-run").Visits {
		if v.HostIs == host || v.Name == host {
			t.Errorf("%s dropped out and is still in %v", host, v)
		}
	}
	o.run("report", "quality").wants(t, exitDone, "Proof of quality")
	o.run("report", "schedule").wants(t, exitDone, "Away visiting")
	o.run("report", "tell-again").wants(t, exitDone, "people to tell")
	o.run("match", "spring", "--dropout", host).wants(t, exitMisuse, "--repair")
	o.run("match", "spring", "--repair", "--dropout", "nobody").wants(t, exitFailed, "no person called")
	o.run("match", "autumn").wants(t, exitFailed, "no event called")
}

func TestACalendarForEveryVisitor(t *testing.T) {
	o := fair(t)
	made := o.plan("match", "spring")
	one, theirs := made.Visits[0], 0
	for _, v := range made.Visits {
		if v.Name == one.Name || v.HostIs == one.Name {
			theirs++
		}
	}
	for _, args := range [][]string{{"--person", one.Name}, {}} {
		file := o.must(append([]string{"match", "spring", "--calendar"}, args...)...)
		cal, err := ics.ParseCalendar(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if n := len(cal.Events()); len(args) > 0 && n != theirs || len(args) == 0 && n != len(made.Visits)+1 {
			t.Errorf("%v gives %d entries", args, n)
		}
		for _, e := range cal.Events() {
			start, err := e.GetStartAt()
			end, err2 := e.GetEndAt()
			if err != nil || err2 != nil || !start.Before(end) || start.Format("2006-01-02") != "2027-04-20" {
				t.Errorf("%s: %v to %v, %v %v", e.Id(), start, end, err, err2)
			}
		}
	}
}

func TestSynonymsAreSeededOnce(t *testing.T) {
	o := newOffice(t)
	o.feed("short,long\nWWTP,the plant by the river\n", "import", "synonyms", "-").wants(t, exitDone)
	o.run("peers", "--seed-synonyms").wants(t, exitDone, "synonyms added")
	o.run("peers", "--seed-synonyms").wants(t, exitDone, "0 synonyms added")
	if found := o.records("synonyms", "short:wwtp"); len(found) != 1 || found[0]["long"] != "the plant by the river" {
		t.Errorf("what was recorded is %v", found)
	}
}

func TestSingleFeedbackSheetsAreTheFacilitatorsAlone(t *testing.T) {
	o := newOffice(t)
	o.feed("name,date,state\nSpring,2027-04-20,held\n", "import", "events", "-").wants(t, exitDone)
	o.feed("event,side,useful,learned\nSpring,visitor,2,feedbacksecret\n", "import", "feedback", "-").wants(t, exitDone)
	for _, as := range []string{"viewer@raytown", "editor@raytown", "assessor@raytown"} {
		for _, args := range []string{"list feedback --json", "export feedback", "list feedback feedbacksecret --json",
			"history", "report results", "overview"} {
			s := o.run(append(strings.Fields(args), "--as", as)...)
			if s.code != exitDone || strings.Contains(s.out, "feedbacksecret") ||
				strings.Contains(s.out, "\"useful\": 2") {
				t.Errorf("%s: %s: %s %s", as, args, s.out, s.err)
			}
		}
	}
	o.run("list", "feedback", "--columns", "learned", "--as", "coordinator").wants(t, exitDone, "feedbacksecret")
}
