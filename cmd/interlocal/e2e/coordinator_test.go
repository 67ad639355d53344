//go:build unix

package e2e

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// formExport writes what a web form's spreadsheet looks like: its own headings,
// some of which mean nothing here, people who sent it twice, and a city spelled
// wrong. Of its 63 rows 59 are sign-ups as they stand.
func (h *house) formExport() string {
	h.t.Helper()
	cities := []string{"Independence", "Blue Springs", "Grandview", "Raytown", "Lee's Summit"}
	trades := [][3]string{
		{"Street Superintendent", "Public Works", "plan paving and snow routes; supervise street crews; answer calls " +
			"about potholes"},
		{"Building Inspector", "Community Development", "inspect buildings; review permits; enforce the building code"},
		{"Payroll Clerk", "Finance", "run payroll; answer questions about pay; reconcile timesheets"},
		{"GIS Analyst", "Information Technology", "keep the map layers; make maps for departments; geocode addresses"},
		{"Park Ranger", "Parks", "patrol parks; look after trails; lead volunteers"},
		{"Records Clerk", "City Clerk", "keep minutes and ordinances; answer records requests; index files"},
		{"Water Plant Operator", "Utilities", "run the treatment plant; test water; keep pumps and filters going"},
		{"Fleet Mechanic", "Public Works", "repair trucks and police cars; plan preventive maintenance; order parts"},
		{"Network Administrator", "Information Technology",
			"run servers and networks; back data up; answer security alerts"},
		{"Benefits Specialist", "Human Resources",
			"enroll staff in benefits; explain health plans; keep personnel files"},
		{"Code Officer", "Community Development", "inspect yards and housing; write notices; follow complaints up"},
		{"Dispatcher", "Police", "answer emergency calls; dispatch police and fire; keep the radio log"},
	}
	roles := []string{"Both", "I would like to visit somebody", "Both", "I would like to host"}
	lengths := []string{"Half day", "Either", "Full day", "either is fine"}
	out := [][]string{{"Timestamp", "Email Address", "Your name", "Which city do you work for?",
		"Where do you punch in?", "Job title",
		"What are your main duties?", "Would you like to visit or host?", "Half or full day?",
		"How many visitors can you host?", "Has your supervisor approved?", "Do you need any accommodations?",
		"T-shirt size"}}
	for t, trade := range trades {
		for c, city := range cities {
			n := t*len(cities) + c
			title := []string{"", "Senior ", "Lead ", "Assistant ", ""}[c] + trade[0]
			name := fmt.Sprintf("%s %s", givenNames()[n%20], familyNames()[n/3])
			if n == 17 {
				city = "Grnadview"
			}
			out = append(out, []string{now.AddDate(0, 0, -30).Format("1/2/2006") + " 9:15:00",
				fmt.Sprintf("p%d@city%d.example", n, c), name, city, trade[1], title, trade[2],
				roles[(t+c)%4], lengths[(t*2+c)%4], []string{"", "2", "1"}[n%3], []string{"Yes", "yes", "no"}[n%3],
				[]string{"No", "none", "step-free access"}[n%3], "L"})
		}
	}
	again := append([]string{}, out[4]...)
	again[2] = strings.ToUpper(again[2])
	out = append(out, again, out[10], out[20])
	path := filepath.Join(h.home, "form responses.csv")
	f, err := os.Create(path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(out); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func givenNames() []string {
	return strings.Fields("Ada Ben Cleo Dov Eda Fay Gus Hal Ida Jon Kit Lou Mae Ned Oda Pia Ray Sue Tom Una")
}

func familyNames() []string {
	return strings.Fields("Abbott Barlow Cutler Draper Easton Farley Gorham Hobart Ingram Jarvis Kimball Larkin " +
		"Mercer Norris Ogden Parrish Quimby Radley Selden Thorpe")
}

// The coordinator before and on the day of the event: sixty sign-ups from a
// messy form export, matched, published, three dropouts on the morning,
// repaired, schedules and the tell-again list printed.
func TestTheCoordinatorsDay(t *testing.T) {
	h := newHouse(t)
	h.founded()
	form, soon := h.formExport(), now.AddDate(0, 1, 18)
	x := h.open(120, 40).see("Member cities")

	// The event.
	x.press("g", "s").see("Press a to add the first event").press("a").see("New event").types("Spring job shadowing").
		press("tab").types(soon.Format("1/2/2006"))
	x.press("f2").see("Added Spring job shadowing").press("t").see("is draft").press("enter").
		see("Spring job shadowing is open")
	x.cost(9)

	// The form's spreadsheet: three headings have to be explained, two mean nothing.
	x.press("S").see("City not chosen").press("i").see("Which file?").types(form).press("enter")
	x.see("What do the headings of form responses.csv stand for?", "Where do you punch in?")
	for range 4 {
		x.press("down")
	}
	x.press("enter").see("stands for").types("department").press("enter").see("→ Department")
	x.press("down", "down", "enter").see("stands for").types("would").press("enter").see("→ Would")
	x.press("down", "enter").see("stands for").types("hosts").press("enter").see("→ Hosts at once").press("y")
	x.see("Press y to import", "59", "Grnadview").press("y").see("59 added")
	x.cost(26)

	// The one whose city was spelled wrong, from the keyboard.
	x.press("c").see("City of the lines").types("grand").press("enter").see("City Grandview").press("a").see("Wishes")
	x.types("Sue Farley").press("enter").types("gis").see("take GIS Analyst").press("enter").types("inf").
		see("take Information").press("enter")
	x.types("be").press("enter").see("1 entered").press("esc").see("compare with paper")
	x.cost(35)
	x.see("Sign-ups 60")

	// The matches, and who is told.
	x.press(":").see("Find or do").types("match board").press("enter").see("60 sign-ups", "No matches yet")
	x.press("m").see("Matches made", "y keeps").press("y").see("Quality: ", "matched").press("P").see("Publish").
		press("y").see("is published")
	x.cost(41)

	// The morning: three do not come.
	board := x.text()
	for _, name := range h.visitorsOn(board, 3) {
		x.press("D").see("Who drops out?").types(name).see("▸ " + name).press("enter").see(name + " has dropped out")
	}
	x.see("fallen through").press("r").see("Repairs").press("enter").see("Repair: ", "y keeps").press("y").
		see("must be told again: T")
	x.cost(51)

	// Who must be told again, and the papers.
	x.press("T").see("To be told again", "Called off").press("p").see("Print what?").types("told").press("enter").
		see("save to print")
	x.press("w").see("Save the report").press("enter").gone("Save the report").see("save to print", "Saved").
		press("esc").gone("save to print")
	x.press("p").see("Print what?").types("schedule").press("enter").see("save to print")
	x.press("w").see("Save the report").press("enter").gone("Save the report").see("save to print", "Saved").
		press("esc").gone("save to print")
	x.press("T").see("To be told again").press("A").see("Everybody has been told again").gone("must be told again: T")
	x.cost(69)
	x.press("q").ended()
	pages, err := filepath.Glob(filepath.Join(h.home, "*.html"))
	if err != nil || len(pages) != 2 {
		t.Errorf("printed: %v, %v", pages, err)
	}
	for _, m := range h.list("matches") {
		if s := fmt.Sprint(m["state"]); s != "proposed" && s != "called off" {
			t.Errorf("a match is %s", s)
		}
	}
}

// visitorsOn reads the names of the first visitors off the board.
func (h *house) visitorsOn(board string, n int) []string {
	h.t.Helper()
	var out []string
	for line := range strings.SplitSeq(board, "\n") {
		name, rest, ok := strings.Cut(strings.TrimSpace(line), ",")
		if !ok || len(strings.Fields(name)) != 2 || !strings.Contains(rest, "■") {
			continue
		}
		if len(out) < n && !strings.Contains(strings.Join(out, "/"), name) {
			out = append(out, name)
		}
	}
	if len(out) < n {
		h.t.Fatalf("no %d visitors on the board:\n%s", n, board)
	}
	return out
}
