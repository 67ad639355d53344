package paper

import (
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
)

// Columns are found by what they hold: a heading that misleads does not count, and a
// column of numbers that are no levels is none.
func TestColumnsByContent(t *testing.T) {
	for headings, c := range map[string]struct{ row, want string }{
		"Current Priority|Current Status|CSF Outcome|Target CSF Tier": {"High|3 - Documented Policy|GV.OC-01|5",
			"CSF Outcome=subcategory Current Status=answer Target CSF Tier=target"},
		"No.|Control|Our answer 2024|Our answer 2025": {"1|gv oc-1|2|Level 3",
			"Control=subcategory Our answer 2025=answer"},
		"Question|Kennung|Stufe|Comments": {"What?|[GV.OC-01] text|3|fine",
			"Kennung=subcategory Stufe=answer Comments=note"},
	} {
		e, err := ReadEarlier(table(headings, c.row), cycleOf(framework.CSF20), 5, "")
		if err != nil {
			t.Errorf("%q: %v", headings, err)
			continue
		}
		var got []string
		for _, c := range e.Columns {
			got = append(got, c[0]+"="+c[1])
		}
		if strings.Join(got, " ") != c.want || len(e.Answers) != 1 || e.Answers[0].Item != "GV.OC-01" ||
			e.Answers[0].Level != cyber.Documented {
			t.Errorf("%q is read as %q, %+v", headings, got, e.Unmatched)
		}
	}
}

// Two columns that could be it are for a person to choose between; what was said goes.
func TestWhatAPersonSaysOfColumns(t *testing.T) {
	sheet := table("id|first round|second round", "GV.OC-01|2|3", "GV.OC-02|4|N/A - no SCADA")
	_, err := ReadEarlier(sheet, cycleOf(framework.CSF20), 5, "")
	if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), `--map "first round=answer"`) {
		t.Errorf("%v", err)
	}
	sheet.Says = map[string]string{"second round": "answer"}
	e, err := ReadEarlier(sheet, cycleOf(framework.CSF20), 5, "")
	if err != nil || len(e.Answers) != 2 || e.Answers[0].Level != cyber.Documented ||
		e.Answers[1].Reason != "no SCADA" {
		t.Errorf("%+v, %v", e, err)
	}
	for _, says := range []map[string]string{{"third round": "answer"}, {"id": "colour"}} {
		sheet.Says = says
		if _, err := ReadEarlier(sheet, cycleOf(framework.CSF20), 5, ""); failure.CodeOf(err) != failure.Invalid {
			t.Errorf("%v: %v", says, err)
		}
	}
	if _, err := ReadEarlier(table("GV.OC-01|3", "GV.OC-02|4"), cycleOf(framework.CSF20), 5, ""); err == nil ||
		!strings.Contains(err.Error(), "no headings") {
		t.Errorf("the first answer is taken for headings: %v", err)
	}
}

// The headings are found among the first rows, below titles and what else stands there,
// also where functions have rows of their own.
func TestWhereTheHeadingsAre(t *testing.T) {
	rows := func(lines ...string) (out [][]string) {
		for _, l := range lines {
			out = append(out, strings.Split(l, "|"))
		}
		return out
	}
	head := HeadRow(framework.CSF20)
	for want, list := range map[int][][]string{
		0: rows("Control|Level", "GV.OC-01|3"),
		3: rows("City of Raytown||", "Prepared by|Ana|2025", "Date|May 3", "Control|Maturity|Remarks", "GV|Govern|",
			"GV.OC|Organizational Context|", "GV.OC-01|3|"),
		1: rows("Self-assessment|2025", "Kennung|Stufe", "GV.OC-01|3"),
	} {
		if got := head(list); got != want {
			t.Errorf("headings in row %d, not in %d", got, want)
		}
	}
}
