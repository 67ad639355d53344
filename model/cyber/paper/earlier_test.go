package paper

import (
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/sample"
)

func cycleOf(v framework.Version) *cyber.Cycle {
	return &cyber.Cycle{ID: 1, Year: 2025, Framework: v}
}

func table(headings string, rows ...string) Table {
	t := Table{Headings: strings.Split(headings, "|")}
	for i, r := range rows {
		t.Rows, t.Lines = append(t.Rows, strings.Split(r, "|")), append(t.Lines, i+2)
	}
	return t
}

func TestAnEarlierYearWithOtherHeadings(t *testing.T) {
	for name, headings := range map[string]string{
		"ours":        "item|level|reason|note",
		"a portal's":  "Subcategory ID|Response|Justification|Comments",
		"in capitals": "SUBCATEGORY|MATURITY LEVEL (1-7)|Explanation|NOTES",
	} {
		e, err := ReadEarlier(table(headings,
			"PR.AA-1|3|| a note", "pr.aa-02: Identities are proofed|5 - Risk Formally Accepted|no money|",
			"PR.AA-03|Tested and Verified||", "PR.AA-04|||",
			"DE.CM-01|8||", "DE.CM-02|5||", "PR.AA-1|4||", "PR.AC-1|4||", "Totals|4.2||", "|||", "|4||",
			"GV.PO-01|n/a|none|"), cycleOf(framework.CSF20), 5, "")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, a := range e.Answers {
			got = append(got, a.Item+"="+string(a.Level)+"/"+a.Reason+"/"+a.Note)
		}
		if want := "PR.AA-01=3//a note PR.AA-02=5a/no money/ PR.AA-03=6// GV.PO-01=n/a/none/"; strings.Join(got,
			" ") != want {
			t.Errorf("%s: %s", name, strings.Join(got, " "))
		}
		var left []string
		for _, l := range e.Unmatched {
			left = append(left, l.String())
		}
		want := []string{`line 6, "DE.CM-01": "8" is not a level`, `line 7, "DE.CM-02": 5 stands for two answers`,
			`line 8, "PR.AA-1": PR.AA-01 was answered on line 2 already`,
			`line 9, "PR.AC-1": PR.AC-1 is of CSF 1.1; the 2025 cycle asks about CSF 2.0, where it lives on in PR.AA-01, PR.AA-05`,
			`line 10, "Totals": it is not a subcategory of CSF 2.0`, `line 12, "4": it names no subcategory`}
		if len(left) != len(want) {
			t.Fatalf("%s: left out %q", name, left)
		}
		for i := range want {
			if !strings.HasPrefix(left[i], want[i]) {
				t.Errorf("%s: %q, want %q", name, left[i], want[i])
			}
		}
		if e.Blank != 1 {
			t.Errorf("%s: %d blank", name, e.Blank)
		}
	}
}

func TestABareFive(t *testing.T) {
	e, err := ReadEarlier(table("id|score", "PR.AC-1|5", "PR.AC-2|5.0", "PR.AC-3|5a", "PR.AC-4|4.0"),
		cycleOf(framework.CSF11), 5, cyber.InProcess)
	if err != nil || len(e.Answers) != 4 || e.Answers[0].Level != cyber.InProcess ||
		e.Answers[1].Level != cyber.InProcess ||
		e.Answers[2].Level != cyber.RiskAccepted || e.Answers[3].Level != cyber.PartlyStandard {
		t.Errorf("%+v %v", e, err)
	}
}

func TestSheetsWithoutTheColumns(t *testing.T) {
	for _, headings := range []string{"name|phone", "subcategory|phone", "level|phone", ""} {
		if _, err := ReadEarlier(table(headings, "PR.AA-01|call"), cycleOf(framework.CSF20), 5,
			""); failure.CodeOf(err) !=
			failure.Invalid || !strings.Contains(err.Error(), "needs a column") {
			t.Errorf("%q: %v", headings, err)
		}
	}
	if _, err := ReadEarlier(table("item|level"), cycleOf("9"), 5, ""); failure.CodeOf(err) != failure.Invalid {
		t.Error(err)
	}
}

func FuzzReadEarlier(f *testing.F) {
	f.Add("item|level|target", "PR.AA-01|5p|6", "PR.AC-1|4|é")
	f.Add("Subcategory|Score", "PR.AA - 1: x|5", "")
	f.Fuzz(func(t *testing.T, headings, a, b string) {
		for _, v := range []framework.Version{framework.CSF20, framework.CSF11} {
			e, err := ReadEarlier(table(headings, a, b), cycleOf(v), 5, "")
			if err != nil {
				if failure.CodeOf(err) == "" {
					t.Errorf("no sentence: %v", err)
				}
				continue
			}
			rows := 0
			for _, r := range []string{a, b} {
				if strings.TrimSpace(strings.ReplaceAll(r, "|", "")) != "" {
					rows++
				}
			}
			if got := len(e.Answers) + e.Blank + len(e.Unmatched); got != rows {
				t.Errorf("%d rows, of which %d are accounted for", rows, got)
			}
			for _, ans := range e.Answers {
				if !framework.IsItem(v, ans.Item) || ans.Level == "" {
					t.Errorf("took %+v", ans)
				}
			}
		}
	})
}

func TestThePortalsOrder(t *testing.T) {
	r := sample.Story(20700).Reader()
	s, err := cyber.ReadSheet(r, 2, 5, 20700)
	if err != nil {
		t.Fatal(err)
	}
	lines := Portal(s, framework.Wording{"GV.OC-01": "The official text"})
	if len(lines) != 106 || lines[0].Item != "GV.OC-01" || lines[0].Official != "The official text" ||
		lines[105].Item != "RC.CO-04" || lines[105].Number != 106 {
		t.Errorf("%d lines, first %+v", len(lines), lines[0])
	}
	for i, l := range lines {
		if want := cyber.Label(s.Levels.At(i)); l.Answer != want {
			t.Errorf("%s: %s, want %s", l.Item, l.Answer, want)
		}
	}
	plan := Plan(s)
	if len(plan) != len(s.Deficiencies()) || len(plan) == 0 {
		t.Errorf("%d lines for %d deficiencies", len(plan), len(s.Deficiencies()))
	}
	for _, l := range plan {
		if l.Gap < 1 || l.Goal != 5 || l.Next == "" {
			t.Errorf("%+v", l)
		}
	}
}

func TestFrameworkLines(t *testing.T) {
	for v, want := range map[framework.Version]int{framework.CSF20: 106, framework.CSF11: 108} {
		f, _ := framework.Lookup(v)
		lines := FrameworkLines(f, nil)
		if len(lines) != want || lines[0].Question == "" || lines[0].Related == "" {
			t.Errorf("CSF %s: %d lines, first %+v", v, len(lines), lines[0])
		}
	}
}

func TestDelegatedParts(t *testing.T) {
	r := sample.Story(20700).Reader()
	s, err := cyber.ReadSheet(r, 2, 5, 20700)
	if err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]int{"RC": 8, "de.cm": 5, "GV.PO-01": 1} {
		lines, ids, err := Delegated(s, part)
		if err != nil || len(lines) != want || len(ids) != want {
			t.Errorf("%s: %d lines, %v", part, len(lines), err)
		}
		for i, l := range lines {
			if l.Asks == "" || ids[i] == 0 || l.Cycle != 2 || l.Partner != 5 {
				t.Errorf("%+v %d", l, ids[i])
			}
			if part == "RC" && (l.Answer.Level != "" || l.LastYear == "") {
				t.Errorf("an answer that is only inherited goes out as given: %+v", l)
			}
		}
	}
	if _, _, err := Delegated(s, "XX"); failure.CodeOf(err) != failure.Invalid ||
		!strings.Contains(err.Error(), "GV, ID") {
		t.Error(err)
	}
}
