package report

import (
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/sample"
	"interlocal/model/value"
)

// TestDocumentsOfLendingAndBuying holds what each must say, made of the story.
func TestDocumentsOfLendingAndBuying(t *testing.T) {
	r := sample.Story(today).Reader()
	for _, c := range []struct {
		name  string
		about About
		says  []string
	}{
		{"loan-form", About{Record: 9}, []string{"SAMPLE-118 Wheel loader", "Grandview", "$116.74 an hour, FEMA",
			"Hand-over and return", "4 "}},
		{"loan-form", About{Record: 6}, []string{"____________", "Requested"}},
		{"statement", About{Record: 1}, []string{"Worked out from", "gross in both directions", "owes"}},
		{"settlement", About{From: value.Some(today - 130), To: value.Some(today)},
			[]string{"Balances", "An illustration only", "legal authority"}},
		{"use", About{From: value.Some(today - 130), To: value.Some(today)},
			[]string{"SAMPLE-104 Dump truck", "Asked for and not had", "excavator"}},
		{"purchase", About{Record: 1}, []string{"Prairie Salt", "If it withdrew", "not computed", "It does not meet " +
			"the terms"}},
		{"purchase", About{Record: 2}, []string{"sealed until the opening"}},
		{"savings", About{}, []string{"Saved in all $6,015.00", "not computed"}},
	} {
		doc, err := mustReport(t, c.name).Build(r, c.about, morning())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var b strings.Builder
		if err := doc.Markdown(&b); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.says {
			if !strings.Contains(strings.ReplaceAll(b.String(), `\`, ""), want) {
				t.Errorf("%s does not say %q:\n%s", c.name, want, b.String())
			}
		}
		if err := doc.HTML(&b); err != nil {
			t.Errorf("%s as HTML: %v", c.name, err)
		}
	}
	if _, err := mustReport(t, "statement").Build(founding(), About{Record: 7}, morning()); failure.CodeOf(err) !=
		failure.NotFound {
		t.Errorf("a statement that is not there: %v", err)
	}
}

func mustReport(t *testing.T, name string) Report {
	t.Helper()
	r, ok := ReportNamed(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	return r
}
