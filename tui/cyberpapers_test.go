package tui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"interlocal/model/cyber"
)

// The sheets go out as files, in the portal's order and with nothing that
// stays in the city; not while somebody looks on.
func TestSheetsGoOut(t *testing.T) {
	st := story(t)
	a := *answerOf(t, st, 2, 5, "GV.OC-01")
	a.Note = "zebra note"
	add(t, st, &a)
	dir := t.TempDir()
	r := play(t, st, raytownIT(), 100, 30)
	r.press("g", "c", "x").see("Answers in the portal's order").press("down", "enter").press("ctrl+u").
		types(filepath.Join(dir, "p.csv")).press("enter").see("Saved")
	r.press("x", "down", "down", "down", "enter").press("ctrl+u").types(filepath.Join(dir, "plan.csv")).press("enter").
		see("Saved")
	for name, want := range map[string]string{"p.csv": "GV.OC-01", "plan.csv": "Warren Ispas"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(data), want) || strings.Contains(string(data), "zebra") {
			t.Errorf("%s: %v, %.300q", name, err, data)
		}
	}
	r.press("P", "x").see("Files are not made while this is projected")
}

// The papers are printed from the page, of the year that it shows.
func TestPapersFromThePage(t *testing.T) {
	r := play(t, story(t), raytownIT(), 120, 36).press("g", "c", "w").types("raytown 2025").press("enter").
		see("Raytown 2025")
	for words, want := range map[string]string{"public paper": "2025 cybersecurity self-assessment: process and cost",
		"closed paper": "CLOSED: 2025 cybersecurity self-assessment of Raytown", "paper form": "2025 self-assessment " +
			"of Raytown: form to fill in"} {
		r.press("x").types(words).press("enter").see(want, "save to print").press("esc")
	}
}

// A part goes to a colleague as a sheet and comes back in; where both sides
// changed a field, each is asked about.
func TestAPartGoesToAColleagueAndBack(t *testing.T) {
	st, file := story(t), filepath.Join(t.TempDir(), "gv.xlsx")
	r := play(t, st, raytownIT(), 120, 36).press("g", "c", "x").types("send a part").press("enter").types("gv.oc").
		press("enter")
	r.press("ctrl+u").types(file).press("enter").see("Saved")
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := book.GetSheetName(0)
	rows, _ := book.GetRows(name)
	level := slices.Index(rows[0], "Level")
	for i, row := range rows[1:] {
		value := map[string]string{"GV.OC-01": "6", "GV.OC-02": "7"}[row[slices.Index(rows[0], "Item")]]
		if cell, _ := excelize.CoordinatesToCellName(level+1, i+2); value != "" {
			_ = book.SetCellValue(name, cell, value)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	a := *answerOf(t, st, 2, 5, "GV.OC-02")
	a.Level = cyber.NotPerformed
	add(t, st, &a)
	r.send(settle{})
	r.press("x").types("take a colleague").press("enter").types(file).press("enter").see("Who filled it in").
		types("Bo Lind").press("enter")
	r.see("Both changed GV.OC-02, level", "1 Not performed", "7 Optimized").press("down", "enter").
		see("1 value of the file was taken")
	for item, want := range map[string]cyber.Level{"GV.OC-01": cyber.Tested, "GV.OC-02": cyber.Optimized} {
		if got := answerOf(t, st, 2, 5, item); got.Level != want || item == "GV.OC-01" && got.ConfirmedBy != "Bo Lind" {
			t.Errorf("%s is %q by %q", item, got.Level, got.ConfirmedBy)
		}
	}
	r.press("u").press("u")
	if got := answerOf(t, st, 2, 5, "GV.OC-02"); got.Level != cyber.NotPerformed {
		t.Errorf("taken back, GV.OC-02 is %q", got.Level)
	}
	r.press("x").types("take a colleague").press("enter").types(filepath.Join(t.TempDir(), "none.xlsx")).press("enter").
		see("Cannot open")
}
