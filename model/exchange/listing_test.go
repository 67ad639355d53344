package exchange

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/exchange/export"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/model/value"
)

func listingOf(t failing, m *memory, kind string, o export.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteTable(&b, m.table(kind), m.env(), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAListingIsAligned(t *testing.T) {
	m := newMemory()
	m.put("partners", &partnership.Partner{Name: "Raytown", Kind: partnership.City, Status: partnership.Member,
		Since: 2021, Population: value.Some[int64](30012), GoverningBody: "Board of Aldermen"})
	m.put("partners", &partnership.Partner{Name: "日本 Springs", Kind: partnership.Facilitator,
		Status: partnership.Invited})
	want := "" +
		"#  Name          Kind         Status   Since  Population  Governing body     Fiscal year starts\n" +
		"1  Raytown       City         Member    2021      30,012  Board of Aldermen\n" +
		"2  日本 Springs  Facilitator  Invited\n"
	if got := listingOf(t, m, "partners", export.Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	narrow := listingOf(t, m, "partners", export.Options{Width: 70, Bare: true})
	for line := range strings.SplitSeq(strings.TrimSuffix(narrow, "\n"), "\n") {
		if text.Width(line) > 70 {
			t.Errorf("%d columns: %q", text.Width(line), line)
		}
	}
	if !strings.Contains(narrow, "Raytown") || strings.HasPrefix(narrow, "#") {
		t.Errorf("%s", narrow)
	}
}

// Whatever the texts are, columns begin where the titles begin.
func TestListingsOfAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		for range rapid.IntRange(1, 3).Draw(rt, "rows") {
			m.put("events", &shadowing.Event{Name: anyText().Draw(rt, "name"), Place: anyText().Draw(rt, "place"),
				State: shadowing.EventOpen})
		}
		out := listingOf(rt, m, "events", export.Options{})
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if len(lines) != 1+len(m.ids["events"]) {
			rt.Fatalf("%d lines:\n%s", len(lines), out)
		}
		column := text.Width(lines[0][:strings.Index(lines[0], "State")])
		for _, line := range lines[1:] {
			at := strings.LastIndex(line, "Open")
			if at < 0 || text.Width(line[:at]) != column {
				rt.Fatalf("state begins elsewhere:\n%s", out)
			}
		}
	})
}
