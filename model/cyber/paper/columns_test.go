package paper

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// What each column was taken for is told, and none is taken twice; a column that is
// missing or cut off holds nothing.
func TestWhatColumnsAreTakenFor(t *testing.T) {
	for headings, want := range map[string]string{
		"item|level":                       "item=subcategory level=answer",
		"id|answer|target":                 "id=subcategory answer=answer target=target",
		"Question|Score|Notes":             "Question=subcategory Score=answer Notes=note",
		"Level note|subcategory|level":     "subcategory=subcategory level=answer",
		"question id|question|response":    "question id=subcategory response=answer",
		"control|current  level|Reason X":  "control=subcategory current  level=answer Reason X=reason",
		"item|Maturity (1-7)|comment|goal": "item=subcategory Maturity (1-7)=answer comment=note goal=target",
		"value|item|target level|target":   "item=subcategory value=answer target=target",
	} {
		e, err := ReadEarlier(table(headings), cycleOf(framework.CSF20), 5, "")
		if err != nil {
			t.Errorf("%q: %v", headings, err)
			continue
		}
		var got []string
		for _, c := range e.Columns {
			got = append(got, c[0]+"="+c[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is read as %q, want %q", headings, strings.Join(got, " "), want)
		}
	}
	for headings, want := range map[string]string{
		"a|b|c|d|e|f|g|h|i|j|k|l":   "its headings are a, b, c, d, e, f, g, h, i, j, k, l",
		"a|b|c|d|e|f|g|h|i|j|k|l|m": "its headings are a, b, c, d, e, f, g, h, i, j, k, l, …",
	} {
		if _, err := ReadEarlier(table(headings), cycleOf(framework.CSF20), 5, ""); err == nil ||
			!strings.HasSuffix(err.Error(), want) {
			t.Errorf("%q: %v", headings, err)
		}
	}
}

// A target is a level from 1 to 7, whatever is written behind it; anything else is
// none.
func TestTargetsOfAnEarlierYear(t *testing.T) {
	for cell, want := range map[string]value.Opt[int64]{"1": value.Some[int64](1), "7": value.Some[int64](7),
		"5 - In process": value.Some[int64](5), "0": {}, "8": {}, "five": {}, "": {}, "-3": {}} {
		e, err := ReadEarlier(table("item|level|target", "PR.AA-01|3|"+cell), cycleOf(framework.CSF20), 5, "")
		if err != nil || len(e.Answers) != 1 || e.Answers[0].Target != want || e.Answers[0].Cycle != 1 ||
			e.Answers[0].Partner != 5 {
			t.Errorf("%q: %+v, %v", cell, e.Answers, err)
		}
	}
	short, err := ReadEarlier(table("item|note|level|target", "PR.AA-01|x|3"), cycleOf(framework.CSF20), 5, "")
	if err != nil || len(short.Answers) != 1 || short.Answers[0].Target.Set {
		t.Errorf("a row without its last cell: %+v, %v", short, err)
	}
}

// What was read is summed up, and a row that was left out is named by what it begins
// with.
func TestWhatAnEarlierYearComesTo(t *testing.T) {
	long := strings.Repeat("x", 40)
	for want, rows := range map[string][]string{
		"1 answer read.": {"PR.AA-01|3"},
		"2 answers read, 1 row without an answer.":                  {"PR.AA-01|3", "PR.AA-02|4", "PR.AA-03|"},
		"0 answers read, 2 rows left out.":                          {"Total|3", "x|4"},
		"0 answers read, 2 rows without an answer, 1 row left out.": {"PR.AA-01|", "PR.AA-02|", "x|4"},
	} {
		e, err := ReadEarlier(table("item|level", rows...), cycleOf(framework.CSF20), 5, "")
		if err != nil || e.String() != want {
			t.Errorf("%v, %v, want %q", e, err, want)
		}
	}
	for row, want := range map[string]string{long + "|3": long, long + "y|3": long + "…"} {
		e, err := ReadEarlier(table("item|level", row), cycleOf(framework.CSF20), 5, "")
		if err != nil || len(e.Unmatched) != 1 || e.Unmatched[0].Row != want {
			t.Errorf("%q: %+v, %v", row, e, err)
		}
	}
}

// A subcategory of the other edition is told with where it lives on, old to new and
// new to old.
func TestASubcategoryOfTheOtherEdition(t *testing.T) {
	asks := "; the 2025 cycle asks about "
	for _, c := range []struct {
		asked framework.Version
		item  string
		want  string
	}{
		{framework.CSF20, "PR.AC-1", "PR.AC-1 is of CSF 1.1" + asks +
			"CSF 2.0, where it lives on in PR.AA-01, PR.AA-05"},
		{framework.CSF11, "PR.AA-02", "PR.AA-02 is of CSF 2.0" + asks + "CSF 1.1, where it lives on in PR.AC-6"},
		{framework.CSF11, "XX-1", "it is not a subcategory of CSF 1.1"},
	} {
		e, err := ReadEarlier(table("item|level", c.item+"|3"), cycleOf(c.asked), 5, "")
		if err != nil || len(e.Unmatched) != 1 || e.Unmatched[0].Why != c.want {
			t.Errorf("%s: %+v, %v", c.item, e, err)
		}
	}
}

// What goes into the portal holds the reason of an answer that the city has given, of
// none that it only inherited; the framework's list names an item's kin in the other
// edition.
func TestReasonsInThePortalsOrder(t *testing.T) {
	r := fieldtest.With(model.NewSchema(), &partnership.Partner{ID: 5, Name: "Raytown"},
		&cyber.Cycle{ID: 1, Year: 2026, Framework: framework.CSF20},
		&cyber.Answer{Cycle: 1, Partner: 5, Item: "GV.OC-01", Level: cyber.NotApplicable, Reason: "no board"},
		&cyber.Answer{Cycle: 1, Partner: 5, Item: "GV.OC-02", Level: cyber.NotApplicable, Reason: "last year's",
			Carried: 9})
	s, err := cyber.ReadSheet(r, 1, 5, 20700)
	if err != nil {
		t.Fatal(err)
	}
	lines := Portal(s, nil)
	if lines[0].Reason != "no board" || lines[1].Reason != "" || lines[2].Reason != "" || lines[2].Score != 0 {
		t.Errorf("%+v\n%+v\n%+v", lines[0], lines[1], lines[2])
	}
	for version, want := range map[framework.Version][2]string{framework.CSF20: {"PR.AA-02", "PR.AC-6"},
		framework.CSF11: {"PR.AC-1", "PR.AA-01, PR.AA-05"}} {
		f, _ := framework.Lookup(version)
		all := FrameworkLines(f, framework.Wording{"GV.OC-01": "x"})
		i := slices.IndexFunc(all, func(l *FrameworkLine) bool { return l.Item == want[0] })
		if all[i].Related != want[1] {
			t.Errorf("%s is kin to %q", want[0], all[i].Related)
		}
	}
}

// The publisher's workbook is read by the name of its sheet; what lacks one says so.
func TestTheWordingOfAWorkbook(t *testing.T) {
	book := func(sheet string) []byte {
		k := PublishedKind(sheet)
		m := []export.Row{{Rec: &PublishedLine{ID: 1, Subcategory: "GV.OC-01: The mission is understood"}},
			{Rec: &PublishedLine{ID: 2, Subcategory: "GV.OC-02: Stakeholders are understood"}}}
		var b bytes.Buffer
		if err := export.WriteXLSX(&b, []export.Table{{Kind: k, Rows: slices.Values(m)}}, &field.Env{},
			export.Options{}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, sheet := range PublishedSheets() {
		w, _, err := ReadWording(book(sheet), "csf.xlsx")
		if err != nil || w["GV.OC-02"] != "Stakeholders are understood" {
			t.Errorf("%s: %v, %v", sheet, w, err)
		}
	}
	if _, _, err := ReadWording([]byte("PK"), "csf.xlsx"); err == nil {
		t.Error("what is no workbook is read")
	}
}
