package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// TestEveryReadingIsALineForItsCity: whatever takes a city's answers out of the file,
// by export, list, sheet or paper, its people read of it, and those of another do not.
func TestEveryReadingIsALineForItsCity(t *testing.T) {
	r := newRegion(t)
	r.answer(4, func(partnership.PartnerID, string) cyber.Level { return cyber.PartlyStandard })
	o := *r.o
	o.host = &Host{Store: r.st}
	lines := func(p field.Party) string {
		o.host.Identity = access.Identity{User: "v", Name: "Vi", Role: access.Viewer, Partner: p}
		return o.must("audit")
	}
	for i, taken := range []string{"export answers", "export consents --format json", "list answers --format csv",
		"list assessments --json", "export all", "assess sheet", "assess plan", "assess send PR", "assess packet",
		"report assessment --partner grandview", "report form --partner grandview"} {
		id := assessorOf(4)
		id.User, id.Name = fmt.Sprint("reader", i), fmt.Sprintf("Reader%dx", i)
		o.host.Identity = id
		o.run(strings.Fields(taken)...).wants(t, exitDone)
		if !strings.Contains(lines(4), id.Name) {
			t.Errorf("%s: the city does not read of it: %s", taken, lines(4))
		}
		if of := lines(2); strings.Contains(of, id.Name) && taken != "export all" { // which has records of all
			t.Errorf("%s: another city reads of it: %s", taken, of)
		}
	}
}

// TestACopyOfTheFileIsALine for every city whose answers lie in it.
func TestACopyOfTheFileIsALine(t *testing.T) {
	o := newOffice(t)
	o.must("overview")
	o.must("backup", filepath.Join(o.home, "copy.db"))
	o.run("audit").wants(t, exitDone, "the whole file")
}
