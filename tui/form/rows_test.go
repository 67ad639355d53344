package form

import (
	"testing"

	"interlocal/model/value"
)

func TestRowsAreAGrid(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann").to("town").types("gra").keys("enter").to("courses")
	d.types("CDL; class | B").keys("tab").types("3/4/2020").keys("tab").types("+1y").keys("tab")
	d.types("GIS").keys("enter", "enter", "enter").at("courses")
	d.keys("tab").at("mobile").holds("courses", `CDL\; class \| B | 2020-03-04 | 2027-11-23; GIS |  | `)
	d.keys("f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	got := d.saved[0].(*clerk).Courses
	want := []course{
		{Name: "CDL; class | B", Issued: value.Some(value.Date(2020, 3, 4)),
			Expires: value.Some(value.Date(2027, 11, 23))},
		{Name: "GIS"},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("saved %+v", got)
	}
}

// shared makes a form over a program with participants and money.
func shared(t *testing.T) *desk {
	return open(t, "jobs", func(_ *desk, o *Options) {
		o.Record = &job{ID: 4, Name: "Joint", Status: "active",
			Sharers: []sharer{{Town: 1, Share: value.Some(value.Percent(2500))}, {Town: 2}}}
	})
}

func TestRowsShowWhatIsRecorded(t *testing.T) {
	d := shared(t).shows("Grandview", "25%")
	if d.Dirty() {
		t.Error("looking changed something")
	}
	d.holds("sharers", "Grandview | 25.00; Raytown | ")
}

func TestTheEmptyRowMovesOn(t *testing.T) {
	shared(t).to("sharers").keys("tab", "tab", "tab", "tab").at("sharers").keys("tab").at("start").
		keys("shift+tab").at("sharers")
}

func TestMovingInAGrid(t *testing.T) {
	d := shared(t).to("sharers").keys("down").types("ind").keys("enter").
		holds("sharers", "Grandview | 25.00; Independence | ")
	d.keys("shift+tab", "shift+tab").types("30").keys("down").types("70").keys("down", "down").at("start")
	d.holds("sharers", "Grandview | 30.00; Independence | 70.00")
	d.to("sharers").keys("right").types("1").holds("sharers", "Grandview | 1; Independence | 70.00")
	d.keys("left", "left").types("ray").keys("enter").holds("sharers", "Raytown | 1.00; Independence | 70.00")
}

func TestClearingARowRemovesIt(t *testing.T) {
	d := shared(t).to("sharers").keys("backspace", "tab", "backspace").holds("sharers", "Raytown | ")
	if n := len(d.field().cells); n != 3 {
		t.Fatalf("%d rows while the cleared one has the keys", n)
	}
	d.keys("down").at("sharers")
	if n := len(d.field().cells); n != 2 || d.at_() != (spot{7, 0, 1}) {
		t.Errorf("%d rows, keys at %+v", n, d.at_())
	}
}

func (d *desk) at_() spot { return d.Model.at }

func TestDroppingARow(t *testing.T) {
	d := shared(t).to("sharers").keys("f3").holds("sharers", "Raytown | ")
	d.keys("f3").holds("sharers", "").keys("f3").holds("sharers", "")
	d.keys("f2")
	if len(d.saved) != 1 || len(d.saved[0].(*job).Sharers) != 0 {
		t.Errorf("saved %+v", d.saved)
	}
}

func TestAnErrorInARowNamesTheCell(t *testing.T) {
	d := shared(t).to("sharers").keys("down", "tab").types("half").keys("tab").
		shows(`✗ row 2, Cost share: "half" is not a percentage`)
	d.to("name").keys("f2").at("sharers")
	if d.at_() != (spot{7, 1, 1}) || d.saved != nil {
		t.Errorf("keys at %+v", d.at_())
	}
	d.keys("ctrl+u").types("50").shows("= 50%").keys("f2")
	if len(d.saved) != 1 {
		t.Error("not saved")
	}
}

func TestPasteFromASpreadsheetFillsRows(t *testing.T) {
	d := open(t, "clerks", nil).to("courses").paste("CDL\t3/4/2020\t3/4/2028\r\nGIS\t\tsomeday\r\n")
	d.holds("courses", "CDL | 2020-03-04 | 2028-03-04; GIS |  | someday").shows("row 2, Expires")
	d.keys("tab", "tab").paste("4/5/2029\nextra").holds("courses",
		"CDL | 2020-03-04 | 2029-04-05; GIS |  | extra")
}

func TestFlatFormMatchesTheColumns(t *testing.T) {
	d := open(t, "clerks", nil)
	col := d.schema.Kind("clerks").Column("courses")
	for _, name := range []string{`a`, `a;b`, `a|b`, `a\b`, `\;`, `| ;`, `a\`} {
		p := &clerk{Courses: []course{{Name: name, Expires: value.Some(monday)}, {Name: "x"}}}
		f := d.newField(col, p)
		if len(f.cells) != 3 || f.cells[0][0].text != name {
			t.Errorf("%q became %+v", name, f.cells)
			continue
		}
		back := &clerk{}
		if err := col.Parse(back, f.text(), d.env); err != nil || !col.Equal(p, back) {
			t.Errorf("%q came back as %+v (%v)", name, back.Courses, err)
		}
	}
}
