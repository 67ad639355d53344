package main

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber/incident"
	"interlocal/model/field"
	"interlocal/model/report"
	"interlocal/store"
)

// called has a call tree of Grandview with a word in each of its fields.
func called(t *testing.T) *office {
	o := hosted(t, access.Owner, 0)
	_, err := o.host.Store.Update(t.Context(), access.Alone("k"), store.Op{Title: "work"}, func(tx *store.Tx) error {
		_, err := field.Put(tx, &incident.Card{Partner: 4, Note: "hushnote", Contacts: []incident.Contact{
			{Role: "hushrole", First: "hushfirst", FirstPhone: "816-555-7777", Second: "hushsecond",
				SecondPhone: "816-555-7778", OutOfBand: "816-555-7779"}}, Lends: []incident.Lend{{What: "hushlends"}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestCallTreesLeaveOnOnePaper: whoever may see them, they are in no export, no other
// paper, no disclosure, no calendar and no digest.
func TestCallTreesLeaveOnOnePaper(t *testing.T) {
	o := called(t)
	routes := []string{"overview", "overview --json", "agenda", "audit", "peers", "history", "history --json",
		"export calltrees", "list calltrees --json", "list calltrees --format csv", "calendar",
		"export all --partner grandview", "disclose grandview", "disclose grandview --export",
		"disclose partnership --export", "user list", "check"}
	for _, format := range []string{"csv", "json", "xlsx", "ics"} {
		routes = append(routes, "export calltrees --format "+format, "export all --format "+format)
	}
	for _, r := range report.Reports() {
		if r.Name != "calltree" {
			routes = append(routes, "report "+r.Name, "report "+r.Name+" --partner grandview")
		}
	}
	for _, route := range routes {
		s := o.run(strings.Fields(route)...)
		if strings.Contains(s.out+s.err, "hush") || strings.Contains(s.out+s.err, "555-777") {
			t.Errorf("%s tells of a call tree: %s", route, s.out+s.err)
		}
	}
	for _, k := range model.NewSchema().Kinds {
		if s := o.run("export", k.Name); strings.Contains(s.out+s.err, "hush") {
			t.Errorf("the export of %s tells of a call tree", k.Name)
		}
	}
	o.run("export", "calltrees").wants(t, exitFailed, "private to the partners", "on paper only")
}

// TestCallTreesAreThePartners: everybody who is of a partner sees all of them, in a
// list, in history and on the card; nobody else does; a city's staff change their own.
func TestCallTreesAreThePartners(t *testing.T) {
	o := called(t)
	of := func(role access.Role, p field.Party) access.Identity {
		return access.Identity{User: string(role), Name: "Kit", Role: role, Partner: p}
	}
	for _, c := range []struct {
		id            access.Identity
		sees, changes bool
	}{{of(access.Viewer, 5), true, false}, {of(access.Editor, 5), true, false}, {of(access.Editor, 4), true, true},
		{of(access.Assessor, 6), true, false}, {of(access.Viewer, 0), false, false},
		{of(access.Editor, 0), false, false},
		{of(access.Coordinator, 6), true, true}, {of(access.Coordinator, 0), true, true}} {
		o.host.Identity = c.id
		for _, route := range []string{"report calltree --format text", "list calltrees --columns contacts",
			"history calltrees 1"} {
			if s := o.run(strings.Fields(route)...); strings.Contains(s.out, "hushfirst") != c.sees {
				t.Errorf("%s of %d, %s: %s", c.id.Role, c.id.Partner, route, s.out+s.err)
			}
		}
		if s := o.run("calltree", "verify", "#1"); (s.code == exitDone) != c.changes {
			t.Errorf("%s of %d verifies: %s", c.id.Role, c.id.Partner, s.out+s.err)
		}
	}
}
