package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// The road from a full sheet to a locked one and back, with what is missing
// named on the way.
func TestStepsOfAnAssessment(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 100, 30)
	r.press("g", "c")
	for range 105 {
		r.press("4")
	}
	r.press("tab", "5", "a") // an acceptance without an approver
	r.press("r").see("106 of 106", "0 flagged", "Send it for review", "RC.CO-04", "risk accepted without an approver").
		press("enter")
	r.see("Raytown 2026 is in review")
	r.press("r").see("not yet: 3 things are missing").press("enter").see("Not approved: RC.CO-04", "106 of 106")
	r.press("c").see("Who accepted the risk?").types("Sam Lee").press("enter").types("No money this year").
		press("enter")
	r.types("whenever").press("enter").see("Until when?").press("ctrl+u").types("+10m").press("enter").
		see("Risk acceptance of RC.CO-04 stored")
	if a := answerOf(t, st, 1, 5, "RC.CO-04"); a.Reason != "No money this year" || a.Acceptance.Approver != "Sam Lee" ||
		a.Acceptance.Expires.V.String() != "2027-12-15" {
		t.Fatalf("stored %+v", a)
	}
	r.press("r", "enter").see("Who approves it?").types("Sam Lee, City manager").press("enter").
		see("Raytown 2026 is approved")
	r.press("3").see("This assessment is approved").press("enter")
	r.press("r", "enter").see("Lock Raytown 2026?").press("enter").see("approved").press("r", "enter", "y").
		see("Raytown 2026 is locked")
	r.press("u") // a lock is not undone
	as := cyber.AssessmentOf(st.As(dana()).View(), 1, 5)
	if as.State != cyber.AssessmentLocked || as.ApprovedBy != "Sam Lee" || as.Office != "City manager" {
		t.Fatalf("it stands at %+v", as)
	}
	r.press("esc", "3").see("This assessment is locked")
	r.press("esc", "r", "enter").see("Why is it reopened?").press("enter").types("A tool was replaced").press("enter").
		see("is reopened")
	if as := cyber.AssessmentOf(st.As(dana()).View(), 1, 5); as.Reopened != "A tool was replaced" {
		t.Fatalf("the reason is %q", as.Reopened)
	}
}

func TestHeatmapSaysItsCells(t *testing.T) {
	r := play(t, story(t), raytownIT(), 80, 24)
	r.press("g", "c", ">").see("Raytown by year", "2025 2026", "GV.OC-01").press("down", "i").
		see("Raytown answered GV.OC-01 with", "in 2026")
	r.press("esc", "left").see("in 2025").press("+").see("GV.OC", "Organizational Context").press("+", "n").
		see("below its goal")
	r.press("enter").see("Answer", "GV.OC", "Raytown 2025", "locked").press("esc").see("by year")
}

// By city the map shows what was shared and nothing else; a city that has
// shared nothing has no column.
func TestHeatmapByCityShowsOnlyWhatWasShared(t *testing.T) {
	st := story(t)
	r := play(t, st, raytownIT(), 120, 36)
	r.press("g", "c", "w").types("2025").press("enter").press(">", "v")
	r.see("2025 by city", "only what was shared with you", "Grandview", "≥2 lack", "3 cities have shared no scores").
		miss("Independen", "Blue Spri")
	r.press("right").see("least two cities lack").press("right").press("i").see("Grandview")
	for range 70 {
		r.press("down")
	}
	r.press("i").see("Grandview").press("esc", "enter").see("Another city's questions stay with it")
}

func TestScoresExplainThemselves(t *testing.T) {
	r := play(t, story(t), raytownIT(), 80, 24)
	r.press("g", "c", ">", ">").see("mean of subcategories", "Overall", "PR Protect", "│ minimum 5", "1.0 to 7.0")
	r.press("down", "=").see("GV Govern:", "÷", "Roll-up: mean of subcategories").press("esc")
	r.press("b").see("mean of category means").press("=").see("is the mean of 6 categories").press("esc")
	r.press("enter").see("Least work", "GV Govern", "→").press("esc").press("+").see("GV.OC Organ")
}

// A benchmark comes from the city's own report; none is invented.
func TestBenchmarkIsTheCitysOwn(t *testing.T) {
	st := story(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", ">", ">").see("▲ benchmark: none on file")
	add(t, st, &cyber.Benchmark{Cycle: 2, Partner: 5, Score: value.Some[value.Tenths](61), Group: "Local governments"})
	r.send(settle{})
	r.see("▲").miss("none on file")
}

func TestSayingWhoTakesPart(t *testing.T) {
	st := begun(t)
	r := play(t, st, dana(), 100, 30)
	r.press("g", "c", ">", ">", ">", ">", ">").see("which cities take part: c does").press("c").
		see("Do all member cities take part?")
	r.press("y").see("All member cities take part")
	if n := len(field.Get[cyber.Cycle](st.As(dana()).View(), 1).TakingPart()); n != 5 {
		t.Fatalf("%d cities take part", n)
	}
	r.press("c").see("Edit 2026")
}

func TestMouseAnswersAndSelects(t *testing.T) {
	st := begun(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c")
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(r.screen(), "\n") {
			if i := strings.Index(line, text); i >= 0 {
				r.send(tea.MouseClickMsg{X: len([]rune(line[:i])), Y: y, Button: tea.MouseLeft})
				return
			}
		}
		t.Fatalf("nothing to click reads %q:\n%s", text, r.screen())
	}
	click("Documented Policy")
	r.see("GV.OC-02  2 of 106")
	if got := given(st, 1, 5)[0]; got != cyber.Documented {
		t.Fatalf("stored %q", got)
	}
	click("Heatmap")
	click("GV.OC-01")
	r.see("▸ GV.OC-01", "Raytown answered GV.OC-01")
}

func TestPlanAssignsWhatWhoAndWhen(t *testing.T) {
	st := story(t)
	r := play(t, st, raytownIT(), 100, 30)
	r.press("g", "c", ">", ">", ">").see("below the goal", "without a remedy", "★").press("/").types("nothing done").
		press("enter").see("shown: nothing done")
	r.press("enter").see("What is done about it?").types("Patch weekly").press("enter").types("IT lead").press("enter")
	r.types("someday").press("enter").see("By when?").press("ctrl+u").types("+60d").press("enter").
		see("open, IT lead, by Apr 16, 2027")
	r.press("esc", "u").see("Took back: remedy for")
	r.press("space").press("space").see("started")
	found := false
	for a := range field.Of[cyber.Answer](st.As(dana()).View(), "partner", partnership.PartnerID(5)) {
		found = found || a.Cycle == 2 && a.Remedy.State == cyber.RemedyStarted
	}
	if !found {
		t.Fatal("no remedy has started")
	}
}

func TestJointSolutions(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "c", ">", ">", ">", ">").see("Joint solutions", "no limit set", "proved best", "Worked out from")
	r.press("b").types("200000").press("enter").see("of a budget of $200,000.00", "proved best")
	r.press("space").see("must").press("space").see("out").press("space").miss("  must ", "  out ")
	r.see("Cost shared by each one's rule").press("s").see("Cost shared equally", "$10,540.00").press("s").
		see("Cost shared by population", "The population of Grandview is not recorded").press("s").see("Cost shared by benefit").press("=").
		see("No choice within the budget gains more")
	r.press("esc", "b", "ctrl+u").types("1").press("enter").press("space").
		see("no choice is possible", "The required solutions cost")
}

func TestSuggestionsStartAPortfolio(t *testing.T) {
	st := begun(t)
	r := play(t, st, dana(), 80, 24)
	r.press("g", "c", ">", ">", ">", ">").see("No joint solution is on file", "e.g.").press("t").
		see("5 suggestions added", "Phishing training", "not recorded")
	n := 0
	for s := range field.All[cyber.Solution](st.As(dana()).View()) {
		n++
		if len(s.Lifts) == 0 || len(s.Lifts) > 4 || s.OneTime.Set || s.Basis == "" {
			t.Errorf("%+v", s)
		}
	}
	if n != 5 {
		t.Fatalf("%d suggestions", n)
	}
}

// Consent, release and what the others are then handed.
func TestConsentAndRelease(t *testing.T) {
	st := story(t)
	r := play(t, st, raytownIT(), 120, 36)
	r.press("g", "c", ">", ">", ">", ">", ">").see("no consent is on file", "Exactly what each other city would see",
		"Five cities are not anonymity", "Nothing leaves the city")
	r.press("1").see("1 joins the list", "another city is").press("down", "down", "down", "0").
		see("differs by function").press("H").see("can read them").press("esc")
	r.press("o").see("Lock the assessment first").press("enter").types("Sam Lee, City manager").press("enter").
		see("consent given by Sam Lee")
	c := cyber.ConsentOf(st.As(dana()).View(), 2, 5)
	if c == nil || c.For("GV") != cyber.SharesList || c.For("PR") != cyber.SharesNothing {
		t.Fatalf("on file: %+v", c)
	}
	lockRaytown(t, r)
	file := filepath.Join(t.TempDir(), "raytown.txt")
	r.press(">", ">", ">", ">", ">").press("o").see("Read it first").press("enter").
		see("interlocal release 1", "City: Raytown").press("esc")
	r.press("o", "down", "down", "enter").press("ctrl+u").types(file).press("enter").see("Saved")
	r.press("o", "down", "enter").see("Hand over the release of Raytown 2026?").press("y").see("waiting for")
	r.press("1").see("This has been released")
	if data, err := os.ReadFile(file); err != nil || !strings.Contains(string(data), "Seal: ") {
		t.Fatalf("%v: %s", err, data)
	}
	r.press("o", "end", "enter").see("Taken back")
	r.press("i").types(file).press("enter").see("Took in the release of Raytown")
}

// Whoever holds the file of another city's release is refused here as well.
func TestAnothersReleaseIsRefused(t *testing.T) {
	st := story(t)
	file := filepath.Join(t.TempDir(), "other.txt")
	view := st.As(dana()).View()
	for v := range field.Of[cyber.Release](view, "cycle", cyber.CycleID(2)) {
		if v.Partner != 5 {
			if err := os.WriteFile(file, []byte(v.Text(view)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, id := range []access.Identity{raytownIT(), {User: "mel", Name: "Mel", Role: access.Coordinator, Partner: 6},
		{User: "ada", Name: "Ada", Role: access.Admin}} {
		r := play(t, st, id, 160, 36)
		r.press("g", "c", ">", ">", ">", ">", ">").press("i").types(file).press("enter").
			see("only from its own city's login")
	}
}

// lockRaytown takes Raytown's sheet of the story from where it is to locked.
func lockRaytown(t *testing.T, r *rig) {
	t.Helper()
	r.press("g", "c", "<", "<", "<", "<", "<", "/").types("inherited").press("enter")
	for range 38 {
		r.press("enter")
	}
	for a := range field.Of[cyber.Answer](r.s.app.View(), "partner", partnership.PartnerID(5)) {
		if a.Cycle == 2 && a.Level == cyber.RiskAccepted {
			c := *a
			c.Reason, c.Acceptance = "Accepted", cyber.Acceptance{Approver: "Sam Lee",
				Expires: value.Some(value.DayOf(noon) + 300)}
			add(t, r.s.opts.Store, &c)
		}
		if a.Cycle == 2 && a.Level == cyber.NotApplicable {
			c := *a
			c.Reason = "The county runs it"
			add(t, r.s.opts.Store, &c)
		}
	}
	r.send(settle{})
	r.press("r", "enter", "r", "enter").types("Sam Lee, City manager").press("enter", "r", "enter", "y").
		see("Raytown 2026 is locked")
}

// On a wall nobody reads notes, reasons, evidence or what another city shared.
// While a room looks on, the overview, the palette and the history leave
// self-assessments out, for an assessor as for whoever has the file alone.
func TestProjectedEverywhere(t *testing.T) {
	for _, id := range []access.Identity{raytownIT(), dana()} {
		r := play(t, story(t), id, 160, 48)
		r.press("g", "o").see("38 of 106 answers left")
		r.press("g", "p", "right", "left", "/").types("raytown").press("enter", "enter", "end").see("Benchmarks (").
			press("esc", "esc")
		r.press("g", "c", ":").types("raytown 2025").see("benchmark", "sharing consent")
		r.press("esc", "P").see("Fit for a wall", "projected")
		r.press(":").types("raytown 2025").miss("benchmark", "consent ·", "Locked")
		r.press("esc", ":").types("closed").press("enter").miss("Below the goal")
		r.press("esc", "esc", "g", "o").miss("answers left", "risk acceptance", "PR.")
		r.press(":").types("who changed").press("enter").miss("PR.", "GV.", "answers")
		r.press("esc", "g", "p", "/").types("raytown").press("enter", "enter", "end").
			miss("Answers (", "GV.", "Benchmarks (", "Releases (", "Shared deficiencies").press("esc", "esc")
		r.press("g", "c", "P").see("shown again").press("g", "o").see("38 of 106 answers left")
	}
}

func TestProjectedShowsNothingPrivate(t *testing.T) {
	st := story(t)
	for a := range field.Of[cyber.Answer](st.As(dana()).View(), "partner", partnership.PartnerID(5)) {
		if a.Cycle != 2 {
			continue
		}
		c := *a
		c.Note, c.Remedy.Step, c.Remedy.Owner = "zebra note", "zebra step", "zebra owner"
		c.Evidence = []cyber.Evidence{{What: "zebra proof", Where: "zebra drawer"}}
		add(t, st, &c)
	}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		r := play(t, st, raytownIT(), size[0], size[1])
		r.press("g", "c", "up").see("zebra note").press("P").see("projected")
		r.press("t").see("hidden").press("e").see("hidden")
		for range 6 {
			r.miss("zebra", "Grandview").press("v").miss("zebra", "Grandview").press("esc").press("i").
				miss("zebra", "Grandview").press("esc")
			r.press("P", "P", ">")
		}
		for range 10 { // the lists are covered, whatever is pressed in them
			r.see("Hidden while this is projected").press("enter", "/", "z", "esc", "e", "x", "a", "w").
				miss("zebra", "Grandview").press(">")
		}
		r.press("w").miss("Grandview").press("esc", "P").see("shown again")
	}
}

// Whoever may not see answers is told why, and shown what was shared instead.
func TestRolesAreToldWhy(t *testing.T) {
	st := story(t)
	for _, role := range []access.Role{access.Viewer, access.Editor, access.Coordinator, access.Admin} {
		r := play(t, st, access.Identity{User: string(role), Name: "Vi", Role: role, Partner: 6}, 80, 24)
		r.press("g", "c").see("A city's answers are its own", "As "+string(role)).press("a").press("esc")
		r.press(">", ">", ">").see("A city's answers are its own")
		r.press(">", ">").see("What cities have shared", "As "+string(role))
	}
}

func TestEmptyTabSaysHowToBegin(t *testing.T) {
	st := founding(t)
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c").see("No self-assessment cycle is on file", "adds this year's cycle", "e.g. GV.OC-01").
		golden("cyber-empty-80x24")
	add(t, st, &cyber.Cycle{Year: 2026, Framework: framework.CSF20})
	r.send(settle{})
	r.see("Raytown has not begun its self-assessment for 2026").press("a").see("Begun.", "GV.OC-01  1 of 106").
		press("4").see("105 left")
	r2 := play(t, founding(t), dana(), 80, 24)
	r2.press("g", "c", "a").see("New cycle", "2026", "CSF 2.0").press("f2").see("has not begun")
}

func TestBeginningWithLastYear(t *testing.T) {
	st := story(t)
	r := play(t, st, dana(), 100, 30)
	r.press("g", "c", "w").types("blue 2026").press("enter").see("Blue Springs has not begun").press("a").
		see("With the answers of 2025 to confirm")
	r.press("enter").see("106 answers wait to be confirmed", "106 to confirm", "106 left").press("u").
		see("has not begun")
}

func TestOfficialWordingComesFirst(t *testing.T) {
	st := begun(t)
	add(t, st, &cyber.Wording{Framework: framework.CSF20, Item: "GV.OC-01", Text: "The mission is understood and " +
		"informs risk management."})
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c").see("The mission is understood", "start from what")
	lines := r.screen()
	if strings.Index(lines, "The mission is understood") > strings.Index(lines, "start from what") {
		t.Fatal("the official wording does not come first")
	}
	none := play(t, begun(t), dana(), 80, 24)
	bad := filepath.Join(t.TempDir(), "cut.xml")
	if err := os.WriteFile(bad, []byte("<?xml version=\"1.0\"?><catalog><group"), 0o600); err != nil {
		t.Fatal(err)
	}
	none.press("g", "c", "O").see("Which file?").types(bad).press("enter").see("Not done").miss("is on file")
}

func TestCyberLooks(t *testing.T) {
	r := play(t, story(t), raytownIT(), 80, 24)
	r.press("g", "c")
	for _, page := range []string{"answer", "heatmap", "scores", "plan", "joint", "sharing"} {
		r.golden("cyber-" + page + "-80x24")
		r.press(">")
	}
	play(t, story(t), raytownIT(), 60, 18).press("g", "c").see("PR.PS-05", "1  Not Performed", "0  Not applicable")
	r = play(t, story(t), raytownIT(), 120, 36)
	r.send(tea.BackgroundColorMsg{Color: white{}})
	r.press("g", "c", "3", "5").golden("cyber-five-120x36")
}

// Nothing that another city wrote or answered reaches somebody's screen, on any
// page or list, in the search of all records, or in the overview.
func TestOtherCitiesStayOut(t *testing.T) {
	st := story(t)
	for a := range field.All[cyber.Answer](st.As(dana()).View()) {
		if a.Partner == 4 && a.Cycle == 2 {
			c := *a
			c.Remedy.Step, c.Remedy.Owner = "zebra step", "zebra owner"
			add(t, st, &c)
		}
	}
	holder := play(t, st, dana(), 120, 36) // who holds the file meets them, so the test can fail
	holder.press("g", "c", "w").types("grandview 20").press("enter", ">", ">", ">").see("zebra step")
	viewers := []access.Identity{raytownIT()}
	for _, role := range []access.Role{access.Viewer, access.Editor, access.Coordinator, access.Admin} {
		viewers = append(viewers, access.Identity{User: string(role), Name: "Vi", Role: role, Partner: 6})
	}
	for _, id := range viewers {
		r := play(t, st, id, 200, 60)
		r.press("g", "c")
		for page := range 16 {
			keys := []string{"down", "i", "esc", "v", "=", "esc", "+", "end", "home"}
			if page >= 6 {
				keys = []string{"down", "enter", "end", "esc"}
			}
			for _, k := range keys {
				r.press(k).miss("zebra")
			}
			r.press(">")
		}
		r.press(":").types("zebra").miss("zebra step", "zebra owner").press("esc", "g", "o").miss("zebra")
		r.press("g", "c", "w").types("grandview").see("Whose self-assessment?").miss("Grandview 20").press("esc")
	}
}

// A cycle without a framework that is known is said, not fallen over.
func TestCycleWithoutAFramework(t *testing.T) {
	st := founding(t)
	add(t, st, &cyber.Cycle{Year: 2026, Framework: framework.CSF11})
	r := play(t, st, raytownIT(), 80, 24)
	r.press("g", "c", "a").see("1 of 108").press("4").see("107 left")
}

// The search for the best choice goes on beside the user, who can stop it and
// is then told how far from the best the choice may be.
func TestSearchCanBeStopped(t *testing.T) {
	st := story(t)
	for i, items := range [][]string{{"GV.OC", "PR.AA-01"}, {"GV.RM", "PR.AA-02"}, {"GV.RR", "ID.AM"},
		{"GV.SC", "ID.RA"}, {"GV.OV", "ID.IM"}, {"PR.PS", "GV.PO"},
		{"PR.DS", "GV.OC"}, {"PR.AT", "GV.RM"}, {"ID.AM", "GV.RR"}, {"ID.RA", "GV.SC"}} {
		s := &cyber.Solution{Name: "Made-up " + items[0] + items[1],
			OneTime: value.Some(value.Cents(1_000_000 + 137_700*i))}
		for _, part := range items {
			s.Lifts = append(s.Lifts, cyber.SolutionLift{Part: part, To: value.Some[int64](5)})
		}
		add(t, st, s)
	}
	r := play(t, st, raytownIT(), 120, 36)
	r.press("g", "c", ">", ">", ">", ">", "b")
	r.types("61000")
	_, searching := r.s.Update(keyMsg("enter"))
	r.see("looking further", "within").press("esc").see("The search has stopped; what is shown is within").
		miss("looking further")
	r.do(searching)
	r.see("within").press("space", "space", "space").see("proved best")
}

// The publisher's own files come in through the tab and are then asked first.
func TestOfficialWordingFromTheTab(t *testing.T) {
	dir, err := filepath.Abs(filepath.Join("..", "..", "shared", "csf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"NIST_CSF_v2.0_catalog.xml", "nist_csf20_export_2026-07-20.xlsx"} {
		file := filepath.Join(dir, name)
		if _, err := os.Stat(file); err != nil {
			t.Skip("the framework's files are not here")
		}
		st := begun(t)
		play(t, st, raytownIT(), 120, 36).press("g", "c").miss("our words").press("O").see("The facilitator brings in")
		r := play(t, st, dana(), 120, 36)
		r.press("g", "c").see("our words").press("O").see("Which file?").types(file).press("enter")
		r.see("106 questions").miss("our words")
		if n := st.As(dana()).View().Rows("wordings").Len(); n != 106 {
			t.Errorf("%s: %d texts are on file", name, n)
		}
	}
}

// The kit's filter narrows the solutions; what is pressed then is about the one
// under the cursor.
func TestSolutionsAreFiltered(t *testing.T) {
	r := play(t, story(t), dana(), 120, 36).press("g", "c", ">", ">", ">", ">", "/")
	r.types("officer").see("/ officer", "keep the filter", "Shared security officer").miss("Phishing")
	r.press("enter", "space").see("must Shared security officer").press("esc").
		see("Phishing training", "must Shared security officer")
}
