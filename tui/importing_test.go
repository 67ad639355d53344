package tui

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"interlocal/model/field"
	"interlocal/model/partnership"
)

// messy writes a directory of 40 people as offices do: names last first, cities in
// many words and with slips, cells that say nothing, posts that are vacant.
func messy() string {
	cities := []string{"City of Raytown", "Raytown, MO", "Lees Summit", "Blue Spgs", "GRANDVIEW", "Raytwon",
		"Grnadview", "Independance"}
	var b strings.Builder
	b.WriteString("Contact list – printed 11/20/2026;;;;;;\n;;;;;;\nLast Name;First Name;Employer;Dept.;Job " +
		"Title;Work Phone;Shoe size\n")
	for i := range 40 {
		fmt.Fprintf(&b, "Quist%c;Nora %c;%s;PW;Clerk;%s;%d\n", 'a'+i%26, 'A'+i/26, cities[i%len(cities)],
			[]string{"8165550100", "x5", "n/a", "816.555.0101"}[i%4], i)
	}
	return b.String() + ";Vacant;Raytown;PW;Clerk;;\n"
}

// A messy directory of 40 rows is all in after twelve keys at most: what is likely
// is taken by one, and what no field is for by another.
func TestAMessyDirectoryIsInWithinTwelveKeys(t *testing.T) {
	file := filepath.Join(t.TempDir(), "staff.csv")
	if err := os.WriteFile(file, []byte(messy()), 0o600); err != nil {
		t.Fatal(err)
	}
	st := founding(t)
	r := play(t, st, dana(), 120, 36)
	keys := 0
	press := func(names ...string) *rig { keys += len(names); return r.press(names...) }
	press("g", "p", "right", "i")
	r.types(file)
	press("enter")
	r.see("Shoe size", "not known")
	press("y")
	r.see("Raytwon", "a take the likely answers")
	press("a")
	r.see("Press y to import 40 rows", "Vacant")
	press("y")
	r.see("40 added")
	if keys > 12 {
		t.Errorf("%d keys", keys)
	}
	n := 0
	for p := range field.All[partnership.Person](st.As(dana()).View()) {
		if p.Partner == 0 || p.Title != "Clerk" || !strings.HasPrefix(p.Name, "Nora ") {
			t.Errorf("%+v", p)
		}
		n++
	}
	if n != 40 {
		t.Errorf("%d people", n)
	}
}

// A value for all rows, another sheet of the workbook and the rows left out are at
// hand where the file is looked at.
func TestSheetValueForAllAndRejectsAtThePreview(t *testing.T) {
	dir := t.TempDir()
	f := excelize.NewFile()
	defer f.Close()
	rows := map[string][]string{"Sheet1": {"Read me"}, "Roster": {"Name", "Work Phone", "E-mail"}}
	if _, err := f.NewSheet("Roster"); err != nil {
		t.Fatal(err)
	}
	put := func(sheet, at, v string) {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	put("Sheet1", "A1", "Read me")
	put("Sheet1", "A2", "This workbook holds the roster")
	for i, h := range rows["Roster"] {
		put("Roster", fmt.Sprintf("%c1", 'A'+i), h)
	}
	put("Roster", "A2", "Ann Lee")
	put("Roster", "B2", "816-555-0111")
	put("Roster", "A3", "Bo Kim")
	put("Roster", "C3", "bo@grandview.example")
	put("Roster", "B4", "816-555-0113")
	put("Roster", "C4", "cy@grandview.example")
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	file, out := filepath.Join(dir, "hr.xlsx"), filepath.Join(dir, "left-out.csv")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	r := play(t, founding(t), dana(), 120, 36).press("g", "p", "right", "i").types(file).press("enter")
	r.see("Read me", "s another sheet").press("s").see("Which sheet?", "Roster").press("enter").see("Work Phone")
	r.press("v").see("Which field is the same in every row?").types("partner").press("enter").types("grandv").press("enter")
	r.see("In every row: Partner is Grandview").press("y").see("Press y to import 2 rows", "r save the rows left out")
	r.press("r", "ctrl+u").types(out).press("enter").see("Saved " + out)
	if data, err := os.ReadFile(out); err != nil || !strings.Contains(string(data), "cy@grandview.example") ||
		strings.Contains(string(data), "Bo Kim") {
		t.Errorf("%v %s", err, data)
	}
	r.press("h").see("In every row: Partner is Grandview").press("y").press("y").see("2 added", "Ann Lee")
}

// The cities are asked for their sheets, and who has not answered is told, from the
// palette as by command.
func TestTheCitiesAreAskedFromThePalette(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sheets")
	r := play(t, founding(t), dana(), 120, 36)
	r.press(":").types("sheets still missing").press("enter").see("No sheet is missing.")
	r.press(":").types("ask the cities").press("enter").see("By which day", "2027-03-01").press("enter")
	r.press("ctrl+u").types(dir).press("enter").see("Sheets and mails for 5 cities are in")
	for _, name := range []string{"raytown.xlsx", "lees-summit-mail.txt"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.press(":").types("sheets still missing").press("enter").see("Still missing: ", "Raytown", "Grandview")
	r.press(":").types("ask the cities").press("enter", "enter", "ctrl+u").types(dir).press("enter").
		see("holds sheets already")
}
