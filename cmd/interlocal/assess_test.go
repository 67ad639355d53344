package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"interlocal/model/exchange/export"
)

// csfFile finds one of NIST's own files beside the repository, which are there
// for checking and are not part of it.
func csfFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(root(t), "..", "shared", "csf", name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("NIST's files are not here")
	}
	return path
}

func TestTheOfficialWordingComesIn(t *testing.T) {
	o := newOffice(t)
	for i, name := range []string{"NIST_CSF_v2.0_catalog.xml", "nist_csf20_export_2026-07-20.xlsx"} {
		path := csfFile(t, name)
		o.run("import", "framework", path).wants(t, exitDone, "106 subcategories read", "withdrawn: 79")
		if got := o.records("wordings"); len(got) != 106 || !strings.HasPrefix(fmt.Sprint(got[0]["text"]),
			"The organizational mission") {
			t.Errorf("%s: %d wordings, first %v", name, len(got), got[0])
		}
		if i == 0 {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			o.run("import", "framework", o.file("cut.xml", string(data[:len(data)/2]))).
				wants(t, exitFailed, "cut short")
			o.run("import", "framework", o.file("bad.xml", "<catalog/>")).wants(t, exitFailed, "no subcategories")
		}
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(o.must("export", "framework"), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 107 || !strings.HasPrefix(rows[1][3], "The organizational mission") ||
		rows[1][4] == "" {
		t.Errorf("%d rows exported: %v", len(rows), err)
	}
	newOffice(t).run("import", "framework", csfFile(t, "NIST_CSF_v2.0_catalog.xml"), "--as", "viewer@raytown").
		wants(t, exitFailed, "read wordings but not change")
}

func TestCountsOfTheFrameworks(t *testing.T) {
	o := newOffice(t)
	for edition, want := range map[string]int{"2.0": 106, "1.1": 108} {
		rows, err := csv.NewReader(strings.NewReader(o.must("export", "framework", "--edition", edition))).ReadAll()
		if err != nil || len(rows)-1 != want {
			t.Errorf("%s: %d rows, want %d: %v", edition, len(rows)-1, want, err)
		}
	}
	o.run("export", "framework", "--edition", "3").wants(t, exitMisuse, "2.0 or 1.1")
}

// demoOffice is an office with the sample partnership.
func demoOffice(t *testing.T) *office {
	o := newOffice(t)
	db := filepath.Join(o.home, "story.db")
	o.env = []string{"INTERLOCAL_DB=" + db}
	o.must("demo", "--keep", db)
	return o
}

// TestAnAssessmentByCommands goes from last year's answers in another program's
// sheet to a release that another file takes in.
func TestAnAssessmentByCommands(t *testing.T) {
	own, shared := newOffice(t), newOffice(t)
	for _, o := range []*office{own, shared} {
		o.feed("year,framework,cities\n2025,2.0,\n2026,2.0,Raytown | takes part; Grandview | takes part\n", "import",
			"cycles", "-").wants(t, exitDone)
	}
	var b strings.Builder
	b.WriteString("Control;Maturity;Remarks\n")
	for _, r := range o2rows(t, own) {
		b.WriteString(r + ";Informally Performed;as before\n")
	}
	b.WriteString("Average;2.4;\n")
	sheet := own.file("2025.csv", b.String())
	own.run("assess", "earlier", sheet, "--cycle", "2025", "--partner", "raytown").wants(t, exitPartly, "106 added",
		`"Average"`, "not a subcategory")
	own.run("assess", "earlier", sheet, "--cycle", "2025", "--partner", "raytown").wants(t, exitPartly, "0 added",
		"106 had an answer")
	own.run("assess", "carry", "--partner", "raytown").wants(t, exitDone, "106 answers carried forward from 2025")
	own.run("assess", "submit").wants(t, exitDone, "Sent")
	own.run("assess", "approve", "--by", "Sam", "--office", "manager").
		wants(t, exitFailed, "106 inherited and not confirmed")

	filled := strings.ReplaceAll(own.must("list", "answers", "cycle:2026", "--format", "csv", "--columns",
		"cycle,partner,item,level,confirmed"), ",,", ",4,2026-10-05")
	own.feed(filled, "import", "answers", "-").wants(t, exitDone, "106 changed")
	own.run("assess", "status").wants(t, exitDone, "in review", "Overall: 4.0")
	own.run("assess", "approve", "--by", "Sam", "--office", "manager").wants(t, exitDone)
	own.run("undo").wants(t, exitFailed, "cannot be taken back")
	own.run("assess", "lock").wants(t, exitDone)
	own.run("assess", "packet").wants(t, exitFailed, "sharing consent first")
	own.feed("cycle,partner,level,given_by,given\n2026,Raytown,1,Sam,2026-11-01\n", "import", "consents", "-").
		wants(t, exitDone)
	own.run("assess", "preview").wants(t, exitDone, "Grandview would see:", "What this concedes:", "PR.AA-01")
	packet := filepath.Join(own.home, "raytown.txt")
	own.must("assess", "packet", "-o", packet)
	text, err := os.ReadFile(packet)
	if err != nil || strings.Contains(string(text), "as before") {
		t.Fatalf("the packet holds a note, or is not there: %v", err)
	}
	shared.run("import", "release", packet).wants(t, exitDone, "release of Raytown", "no login confirmed it",
		"waiting for Grandview")
	shared.run("history").wants(t, exitDone, "dana",
		"take in the release of Raytown, not confirmed by a login of Raytown")
	shared.run("import", "release", packet).wants(t, exitDone, "here already")
	edited := shared.file("edited.txt", strings.Replace(string(text), "PR.AA-01\n", "PR.AA-02\n", 1))
	shared.run("import", "release", edited).wants(t, exitFailed, "edited or damaged")
	own.run("assess", "reopen", "--reason", "a mistake").wants(t, exitDone)
	if own.run("list", "releases", "--json").out != "[]\n" {
		t.Error("a release outlives the reopening")
	}
}

// o2rows lists the subcategories of CSF 2.0.
func o2rows(t *testing.T, o *office) []string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(o.must("export", "framework"), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows[1:] {
		out = append(out, r[1])
	}
	return out
}

func TestSheetsOfAnAssessment(t *testing.T) {
	o := demoOffice(t)
	lead := []string{"--as", "assessor@raytown"}
	with := func(args ...string) said { return o.run(append(args, lead...)...) }
	rows, err := csv.NewReader(strings.NewReader(with("assess", "sheet").out)).ReadAll()
	if err != nil || len(rows) != 107 || rows[1][3] != "GV.OC-01" || rows[106][3] != "RC.CO-04" ||
		rows[106][0] != "106" {
		t.Errorf("the portal's sheet has %d rows: %v", len(rows), err)
	}
	plan, err := csv.NewReader(strings.NewReader(with("assess", "plan").out)).ReadAll()
	if err != nil || len(plan) < 20 || len(plan[0]) != 13 {
		t.Errorf("the plan has %d rows: %v", len(plan), err)
	}
	file := filepath.Join(o.home, "rc.csv")
	with("assess", "send", "RC", "-o", file).wants(t, exitDone)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i, l := range lines {
		if strings.Contains(l, "RC.RP-01") {
			lines[i] = strings.Replace(l, "1 Not Performed,,", "1 Not Performed,3,", 1)
		}
	}
	back := o.file("back.csv", strings.Join(lines, "\n"))
	with("assess", "take", back, "--by", "Bo").wants(t, exitDone, "1 answer changed, 7 as they were")
	with("list", "answers", "item:RC.RP-01", "cycle:2027", "--columns", "item,level,confirmed_by").
		wants(t, exitDone, "3 Documented", "Bo")
	with("assess", "take", back, "--clashes", "maybe").wants(t, exitMisuse, "ask, here or file")
	with("assess", "send", "XX").wants(t, exitFailed, "no function or category XX")
	with("assess", "juggle").wants(t, exitMisuse, "steps are")
	with("assess", "status", "--cycle", "1999").wants(t, exitFailed, "no cycle 1999")
	o.run("assess", "status").wants(t, exitMisuse, "which city")
	o.run("assess", "sheet", "--as", "assessor@grandview", "--partner", "raytown", "--format", "xlsx", "-o",
		filepath.Join(o.home, "s.xlsx")).
		wants(t, exitFailed, "a city's answers are its own")
	o.run("assess", "status", "--as", "coordinator@marc", "--partner", "raytown").
		wants(t, exitFailed, "a city's answers are its own")
	with("assess", "sheet", "--format", "xlsx", "-o", filepath.Join(o.home, "s.xlsx")).wants(t, exitDone)
	for name, want := range map[string]string{"assessment": "CLOSED", "council": "process and cost",
		"form": "What to circle"} {
		with("report", name, "--partner", "raytown").wants(t, exitDone, want)
		with("report", name, "--partner", "raytown", "--format", "html").wants(t, exitDone, want)
	}
}

// TestBadAnswersAreNamed: what cannot be an answer gets a sentence and leaves
// everything else as it was.
func TestBadAnswersAreNamed(t *testing.T) {
	o := newOffice(t)
	o.feed("year,framework\n2026,2.0\n", "import", "cycles", "-").wants(t, exitDone)
	o.feed(
		"cycle,partner,item,level\n2026,Raytown,PR.AA-01,3\n2026,Raytown,PR.AA-02,8\n2026,Raytown,PR.XX-09,3\n2026,Raytown,PR.AC-1,3\n2026,Atlantis,PR.AA-03,3\n2031,Raytown,PR.AA-03,3\n",
		"import", "answers", "-").wants(t, exitPartly, "1 added", "5 left out", "8", "PR.XX-09 is not a subcategory "+
		"of CSF 2.0", "PR.AC-1 is not a subcategory", "Atlantis", "2031")
	if got := o.records("answers"); len(got) != 1 {
		t.Errorf("%d answers", len(got))
	}
	o.feed("not a release\n", "import", "release", "-").wants(t, exitFailed, "not a release")
	o.feed("", "import", "framework", "-").wants(t, exitFailed, "empty")
}

// TestAWorkbookThatSwells is refused wherever a workbook may come in.
func TestAWorkbookThatSwells(t *testing.T) {
	o := demoOffice(t)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(bytes.Repeat([]byte(" "), 8<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := o.file("bomb.xlsx", b.String())
	before := o.must("export", "all")
	for _, args := range []string{"import framework", "import release", "assess earlier --partner raytown",
		"assess take --partner raytown", "import answers"} {
		s := o.run(append(strings.Fields(args), bomb)...)
		if s.code != exitFailed || strings.Count(s.err, "\n") != 1 || strings.Contains(s.err, "zip:") {
			t.Errorf("%s: exit %d, %q", args, s.code, s.err)
		}
	}
	if o.must("export", "all") != before {
		t.Error("something was lost")
	}
}

// TestThePublicPaperTellsNoResult: the public paper holds no level and no
// subcategory, whoever makes it.
func TestThePublicPaperTellsNoResult(t *testing.T) {
	o := demoOffice(t)
	for _, as := range []string{"assessor@raytown", "keeper", "viewer@raytown"} {
		args := []string{"report", "council", "--partner", "raytown"}
		if as != "keeper" {
			args = append(args, "--as", as)
		}
		out := o.must(args...)
		for _, word := range []string{"PR.AA", "GV.", "Not Performed", "score", "below", "Informal"} {
			if strings.Contains(out, word) {
				t.Errorf("%s: the public paper says %q", as, word)
			}
		}
	}
}

// TestADelegatedSheetSurvivesOfficePrograms sends a part out as a workbook, fills it in
// as Excel saves it, has LibreOffice open and save it where its Calc is installed, and
// takes it back.
func TestADelegatedSheetSurvivesOfficePrograms(t *testing.T) {
	o := newOffice(t)
	o.feed("year,framework,cities\n2026,2.0,Raytown | takes part\n", "import", "cycles", "-").wants(t, exitDone)
	o.run("assess", "begin", "--partner", "raytown").wants(t, exitDone)
	sent := filepath.Join(o.home, "rc.xlsx")
	o.run("assess", "send", "RC", "-o", sent, "--partner", "raytown").wants(t, exitDone)
	fillIn(t, sent, "3", "5p", "n/a")
	o.run("assess", "take", throughLibreOffice(t, o.home, sent), "--partner", "raytown", "--by", "Ana").
		wants(t, exitDone, "3 answers")
	o.run("list", "answers", "--format", "csv", "--columns", "item,level,reason").
		wants(t, exitDone, "RC.RP-01,3,as told", "RC.RP-02,5p,as told", "RC.RP-03,n/a,as told")
}

// fillIn looks at a delegated workbook, its lists, widths and legend, and fills in the
// first levels.
func fillIn(t *testing.T, file string, levels ...string) {
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.GetSheetList()[0]
	rows, _ := book.GetRows(sheet)
	at := slices.Index(rows[0], "Level")
	lists, _ := book.GetDataValidations(sheet)
	picks := slices.ContainsFunc(lists,
		func(l *excelize.DataValidation) bool { return strings.Contains(l.Formula1, "5p") })
	wide, _ := book.GetColWidth(sheet, "F")
	legend, _ := book.GetRows(export.AboutSheet)
	if at < 0 || !picks || wide < 40 || !strings.Contains(fmt.Sprint(legend), "Implementation in Process") {
		t.Errorf("level in column %d, levels to pick: %t, width %g, legend %.80q", at, picks, wide, legend)
	}
	for i, level := range levels {
		cell, _ := excelize.CoordinatesToCellName(at+1, i+2)
		reason, _ := excelize.CoordinatesToCellName(at+2, i+2)
		if err := errors.Join(book.SetCellStr(sheet, cell, level),
			book.SetCellStr(sheet, reason, "as told")); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}

// throughLibreOffice has LibreOffice save a workbook anew; without its Calc, or when time
// is short, it gives the file itself.
func throughLibreOffice(t *testing.T, home, file string) string {
	soffice, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		return file
	}
	told, err := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+home+"/office", "--headless",
		"--convert-to", "xlsx", "--outdir", filepath.Join(home, "saved"), file).CombinedOutput()
	if err != nil || strings.Contains(string(told), "could not be loaded") {
		t.Logf("LibreOffice cannot open workbooks here: %s", told)
		return file
	}
	return filepath.Join(home, "saved", filepath.Base(file))
}

// TestWhatToBuyTogether chooses joint solutions, has each shared by its own rule, and
// shows after a purchase what it has lifted.
func TestWhatToBuyTogether(t *testing.T) {
	o := newOffice(t)
	o.feed("year,framework,opens,cities\n2025,2.0,2025-10-01,\n2026,2.0,2026-10-01,Raytown | takes part; "+
		"Grandview | takes part\n", "import", "cycles", "-").wants(t, exitDone)
	o.feed("cycle,partner,item,level\n2025,Raytown,PR.AA-01,2\n2025,Raytown,PR.AA-03,2\n2026,Raytown,PR.AA-01,4\n"+
		"2026,Raytown,PR.AA-03,2\n2026,Grandview,PR.AA-03,3\n", "import", "answers", "-").wants(t, exitDone)
	o.feed("name,one_time,yearly,cost_share,lifts,cities,bought\n"+
		"Second factor,900,100,benefit,PR.AA-01 | 5; PR.AA-03 | 5,,2026-03-01\n"+
		"Watching,600,0,equal,PR.AA-03 | 4,Raytown,\n", "import", "solutions", "-").wants(t, exitDone)
	// The second factor costs $1,200 over 3 years and gains Raytown 1 + 3 levels, Grandview 2.
	o.run("assess", "joint", "--partner", "raytown").wants(t, exitDone, "buy  Second factor, $1,200.00",
		"6 levels gained, proved best", "Raytown pays $800.00", "Grandview pays $400.00",
		"Second factor, bought 2026-03-01: 1 of 2 questions are answered higher than in 2025, by 2 levels in all")
	o.run("assess", "joint", "--partner", "raytown", "--budget", "700").wants(t, exitDone, "buy  Watching",
		"Raytown pays $600.00", "Grandview pays $0.00")
	o.run("assess", "joint", "--partner", "raytown", "--years", "9").wants(t, exitMisuse)
}

// TestMilestonesStandInThePlan: whose a step is, and when the council decides on it.
func TestMilestonesStandInThePlan(t *testing.T) {
	o := newOffice(t)
	o.feed("year,framework,cities\n2026,2.0,Raytown | takes part\n", "import", "cycles", "-").wants(t, exitDone)
	o.feed("cycle,partner,item,level,remedy_step,milestones\n2026,Raytown,PR.AA-03,2,Second factor,"+
		"Quote | Ana | 2027-01-05; Contract | Sam | 2027-02-20 | 2027-02-15\n", "import", "answers", "-").
		wants(t, exitDone)
	o.run("assess", "plan", "--partner", "raytown").wants(t, exitDone, "Quote, Ana, due 2027-01-05",
		"Contract, Sam, due 2027-02-20, council 2027-02-15")
}
