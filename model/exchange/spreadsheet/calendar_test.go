package spreadsheet

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// entry writes a calendar of entries, each a list of lines parted by bars.
func calendarFile(entries ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n")
	for _, e := range entries {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(e, "|", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

func calendarOf(t *testing.T, kind, file string) *Sheet {
	t.Helper()
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(strings.NewReader(file), "city.ics", ReadOptions{Kind: NewSchema().Kind(kind), Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Calendars name their zones in many ways; times are those that clocks here show.
func TestTheTimesOfACalendarAreThoseOfClocksHere(t *testing.T) {
	for start, want := range map[string]string{
		"DTSTART;TZID=America/Chicago:20261208T180000":                                 "2026-12-08 18:00",
		"DTSTART:20261209T000000Z":                                                     "2026-12-08 18:00",
		"DTSTART:20260709T000000Z":                                                     "2026-07-08 19:00",
		"DTSTART:20261208T180000":                                                      "2026-12-08 18:00",
		"DTSTART;TZID=America/New_York:20261208T190000":                                "2026-12-08 18:00",
		"DTSTART;TZID=Central Standard Time:20261208T180000":                           "2026-12-08 18:00",
		"DTSTART;TZID=\"(UTC-06:00) Central Time (US & Canada)\":20261208T180000":      "2026-12-08 18:00",
		"DTSTART;TZID=Eastern Standard Time:20261208T190000":                           "2026-12-08 18:00",
		"DTSTART;TZID=/freeassociation.sourceforge.net/America/Chicago:20261208T18000": "",
		"DTSTART;TZID=/citadel.org/20210210_1/America/Chicago:20261208T180000":         "2026-12-08 18:00",
		"DTSTART;TZID=Central America Standard Time:20261208T180000":                   "",
		"DTSTART;VALUE=DATE:20261208":                                                  "",
		"DTSTART:soon":                                                                 "",
	} {
		s := calendarOf(t, "meetings", calendarFile(start+"|SUMMARY:Council"))
		_, unread := s.Unread(0)
		if got := s.Cell(0, 1); unread != (want == "") || !unread && got != want {
			t.Errorf("%s is %q, refused %v; want %q", start, got, unread, want)
		}
	}
}

// An entry's text, place, days and exceptions come as the kind has fields for them.
func TestTheEntriesOfACalendarAreRows(t *testing.T) {
	file := calendarFile(
		`DTSTART;TZID=America/Chicago:20261208T180000|SUMMARY:City Council\, Regular|LOCATION:City Hall\, `+
			`10000|  E 59th St|DESCRIPTION:<p>Agenda &amp\; packet</p><br>Room 2|URL:https://raytown.example/a|`+
			`BEGIN:VALARM|TRIGGER:-PT15M|DESCRIPTION:Reminder|END:VALARM`,
		"DTSTART:20261209T180000|SUMMARY:Off|STATUS:CANCELLED",
		"DTSTART:20261210T180000|SUMMARY:Weekly|RRULE:FREQ=WEEKLY;BYDAY=TH",
		"SUMMARY:No day")
	s := calendarOf(t, "meetings", file)
	if !slices.Equal(s.Headings, []string{"name", "start", "place", "note"}) || s.Len() != 3 {
		t.Fatalf("headings %q, rows %q", s.Headings, rowsOf(s))
	}
	want := "4: City Council, Regular | 2026-12-08 18:00 | City Hall, 10000 E 59th St | Agenda & packet\nRoom 2\n" +
		"https://raytown.example/a"
	if got := rowsOf(s)[0]; got != want {
		t.Errorf("got %q", got)
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].Reason, "FREQ=WEEKLY") {
		t.Errorf("warnings %v", s.Warnings)
	}
	if f, unread := s.Unread(2); !unread || !strings.Contains(f.Reason, "when it begins") {
		t.Errorf("%v", f)
	}
	if notes := strings.Join(s.Notes, "; "); !strings.Contains(notes, "1 entry that was called off left out") {
		t.Errorf("notes %q", notes)
	}
	events := calendarOf(t, "events", calendarFile("DTSTART;VALUE=DATE:20270309|DTEND;VALUE=DATE:20270311|SUMMARY:Fair",
		"DTSTART:20270309T180000|DTEND:20270310T000000|SUMMARY:Evening", "DTSTART;VALUE=DATE:20270309|SUMMARY:Day"))
	if got := rowsOf(events); !slices.Equal(got, []string{"4: Fair | 2027-03-09 | 2027-03-10 |  | ",
		"9: Evening | 2027-03-09 |  |  | ", "14: Day | 2027-03-09 |  |  | "}) {
		t.Errorf("events are %q", got)
	}
}

// What is no calendar of meetings is refused with a sentence.
func TestCalendarsThatCannotComeIn(t *testing.T) {
	for file, want := range map[string]string{
		calendarFile(): "without entries",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261208T180000\nSUMMARY:x\n": "cut short",
	} {
		_, err := Read(strings.NewReader(file), "c.ics", ReadOptions{Kind: NewSchema().Kind("meetings")})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	_, err := Read(strings.NewReader(calendarFile("DTSTART:20261208T180000|SUMMARY:x")), "c.ics",
		ReadOptions{Kind: NewSchema().Kind("agreements")})
	if err == nil || !strings.Contains(err.Error(), "meetings or events") {
		t.Error(err)
	}
}

// Pages of the web and old XML under a workbook's name are read cell by cell.
func TestPagesUnderAWorkbooksNameAreRead(t *testing.T) {
	for name, file := range map[string]string{
		"a page": "<html><head><style>td{}</style></head><body><table><tr><td>Menu</td></tr></table><table>\n<tr><th>" +
			"Full Name<th>City<th>Work Phone\n<tr><td>Pat&nbsp;Rowe<td>Raytown<td>816-555-0142\n<tr><td>Sam\n " +
			"Idle</td><td " +
			"rowspan=2>Grandview</td><td></td></tr><tr><td>Jo " +
			"<b>Birch</b></td><td>816-555-0144</td></tr></table></body>",
		"a table in a table": "<table><tr><td><table><tr><td>Full Name</td><td>City</td><td>Work Phone</td></tr><tr>" +
			"<td>Pat Rowe</td><td>Raytown</td><td>816-555-0142</td></tr><tr><td>Sam " +
			"Idle</td><td>Grandview</td><td/></tr><tr>" +
			"<td>Jo Birch<td>Grandview<td>816-555-0144</tr></table></td><td>Ad</td></tr></table>",
		"XML of 2003": `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook ` +
			`xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="Default"/></Styles><Worksheet ` +
			`ss:Name="Staff"><Table><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">Staff</Data></Cell></Row><Row>` +
			`<Cell><Data>Full Name</Data></Cell><Cell><Data>City</Data></Cell><Cell><Data>Work Phone</Data></Cell></Row>` +
			`<Row><Cell><Data>Pat Rowe</Data></Cell><Cell><Data>Raytown</Data></Cell><Cell><Data>816-555-0142</Data></Cell>` +
			`</Row><Row><Cell><Data>Sam Idle</Data></Cell><Cell><Data>Grandview</Data></Cell></Row><Row><Cell><Data>Jo ` +
			`Birch</Data></Cell><Cell><Data>Grandview</Data></Cell><Cell ss:Index="3"><Data>816-555-0144</Data></Cell></Row>` +
			`</Table></Worksheet></Workbook>`,
	} {
		s := read(t, "staff.xls", file)
		var got []string
		for i := range s.Len() {
			got = append(got, s.Cell(i, 0)+"|"+s.Cell(i, 1)+"|"+s.Cell(i, 2))
		}
		if !slices.Equal(s.Headings, []string{"Full Name", "City", "Work Phone"}) || !slices.Equal(got,
			[]string{"Pat Rowe|Raytown|816-555-0142", "Sam Idle|Grandview|", "Jo Birch|Grandview|816-555-0144"}) {
			t.Errorf("%s: %q %q", name, s.Headings, got)
		}
	}
	if _, err := Read(strings.NewReader("<html><p>Please sign in</p></html>"), "a.xls", ReadOptions{}); err == nil ||
		!strings.Contains(err.Error(), "without a table") {
		t.Error(err)
	}
}

// What stands above a heading tells whose telephone it heads, and what must not
// come in.
func TestHeadingsInTwoOrThreeRows(t *testing.T) {
	for name, c := range map[string]struct{ file, headings, first, withheld string }{
		"two": {"Name,,Work,,Home,\nLast,First,Phone,Email,Phone,Email\nRowe,Pat,816-555-0142,p@r.example," +
			"816-555-7777,x@y.z\nIdle,Sam,816-555-0143,s@r.example,816-555-7778,x@y.z\n",
			"Last|First|Work Phone|Work Email", "Rowe|Pat|816-555-0142|p@r.example", "Home Phone"},
		"home first": {"Employee,,Home,Work\nLast Name,First Name,Phone,Phone\nRowe,Pat,816-555-7777,816-555-0142\n" +
			"Idle,Sam,816-555-7778,816-555-0143\n", "Last Name|First Name|Work Phone", "Rowe|Pat|816-555-0142",
			"Home Phone"},
		"three": {"City of Raytown,,,,\nEmployee,,Phone,,\nName,Department,Office,Cell,Title\nPat " +
			"Rowe,Parks,816-555-0142,816-555-0199,Clerk\nSam Idle,Parks,816-555-0143,,Clerk\n",
			"Name|Department|Office Phone|Cell|Title", "Pat Rowe|Parks|816-555-0142|816-555-0199|Clerk", ""},
		"stacked": {"Staff list\nEmployee,,,Contact,\nName,,Job,Phone,\nLast,First,Title,Number,Ext.\nRowe,Pat,Clerk," +
			"816-555-0142,7\nIdle,Sam,Clerk,816-555-0143,8\n", "Last|First|Title|Phone Number|Ext.",
			"Rowe|Pat|Clerk|816-555-0142|7", ""},
		"a cell above": {"Department,City,,\n,,Name,Title\nParks,Raytown,Pat Rowe,Clerk\nParks,Raytown,Sam Idle,Clerk\n",
			"Department|City|Name|Title", "Parks|Raytown|Pat Rowe|Clerk", ""},
	} {
		s := read(t, "staff.csv", c.file)
		first := make([]string, len(s.Headings))
		for j := range first {
			first[j] = s.Cell(0, j)
		}
		if got := strings.Join(s.Headings, "|"); got != c.headings || strings.Join(first, "|") != c.first ||
			c.withheld != "" && !slices.Contains(s.Withheld, c.withheld) {
			t.Errorf("%s: headings %q, first row %q, withheld %q", name, got, first, s.Withheld)
		}
		for i := range s.Len() {
			if strings.Contains(strings.Join(rowsOf(s), " "), "816-555-777") {
				t.Errorf("%s: a home telephone is read in row %d", name, i)
			}
		}
	}
}
