package form

import (
	"testing"

	"interlocal/model"
)

func TestRowsAreAGrid(t *testing.T) {
	d := open(t, "people", nil).types("Ann").to("partner").types("gra").keys("enter").to("qualifications")
	d.types("CDL; class | B").keys("tab").types("3/4/2020").keys("tab").types("+1y").keys("tab")
	d.types("GIS").keys("enter", "enter", "enter").at("qualifications")
	d.keys("tab").at("mobile").holds("qualifications", `CDL\; class \| B | 2020-03-04 | 2027-11-23; GIS |  | `)
	d.keys("f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	got := d.saved[0].(*model.Person).Qualifications
	want := []model.Qualification{
		{Name: "CDL; class | B", Issued: model.Some(model.Date(2020, 3, 4)), Expires: model.Some(model.Date(2027, 11, 23))},
		{Name: "GIS"},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("saved %+v", got)
	}
}

// shared makes a form over a program with participants and money.
func shared(t *testing.T) *desk {
	return open(t, "programs", func(_ *desk, o *Options) {
		o.Record = &model.Program{ID: 4, Name: "Joint", Status: "active",
			Participants: []model.Participant{{Partner: 1, Share: model.Some(model.Percent(2500))}, {Partner: 2}},
			Funding:      []model.Funding{{Source: "Federal grant", Amount: model.Some(model.Cents(74800000))}}}
	})
}

func TestRowsShowWhatIsRecorded(t *testing.T) {
	d := shared(t).shows("Grandview", "25%", "$748,000.00")
	if d.Dirty() {
		t.Error("looking changed something")
	}
	d.holds("participants", "Grandview | 25.00; Raytown | ")
}

func TestTheEmptyRowMovesOn(t *testing.T) {
	shared(t).to("participants").keys("tab", "tab", "tab", "tab").at("participants").keys("tab").at("start").
		keys("shift+tab").at("participants")
}

func TestMovingInAGrid(t *testing.T) {
	d := shared(t).to("participants").keys("down").types("ind").keys("enter").holds("participants", "Grandview | 25.00; Independence | ")
	d.keys("shift+tab", "shift+tab").types("30").keys("down").types("70").keys("down", "down").at("start")
	d.holds("participants", "Grandview | 30.00; Independence | 70.00")
	d.to("participants").keys("right").types("1").holds("participants", "Grandview | 1; Independence | 70.00")
	d.keys("left", "left").types("ray").keys("enter").holds("participants", "Raytown | 1.00; Independence | 70.00")
}

func TestClearingARowRemovesIt(t *testing.T) {
	d := shared(t).to("participants").keys("backspace", "tab", "backspace").holds("participants", "Raytown | ")
	if n := len(d.field().cells); n != 3 {
		t.Fatalf("%d rows while the cleared one has the keys", n)
	}
	d.keys("down").at("participants")
	if n := len(d.field().cells); n != 2 || d.at_() != (spot{5, 0, 1}) {
		t.Errorf("%d rows, keys at %+v", n, d.at_())
	}
}

func (d *desk) at_() spot { return d.Model.at }

func TestDroppingARow(t *testing.T) {
	d := shared(t).to("participants").keys("f3").holds("participants", "Raytown | ")
	d.keys("f3").holds("participants", "").keys("f3").holds("participants", "")
	d.keys("f2")
	if len(d.saved) != 1 || len(d.saved[0].(*model.Program).Participants) != 0 {
		t.Errorf("saved %+v", d.saved)
	}
}

func TestAnErrorInARowNamesTheCell(t *testing.T) {
	d := shared(t).to("participants").keys("down", "tab").types("half").keys("tab").
		shows(`✗ row 2, Cost share: "half" is not a percentage`)
	d.to("name").keys("f2").at("participants")
	if d.at_() != (spot{5, 1, 1}) || d.saved != nil {
		t.Errorf("keys at %+v", d.at_())
	}
	d.keys("ctrl+u").types("50").shows("= 50%").keys("f2")
	if len(d.saved) != 1 {
		t.Error("not saved")
	}
}

func TestPasteFromASpreadsheetFillsRows(t *testing.T) {
	d := open(t, "people", nil).to("qualifications").paste("CDL\t3/4/2020\t3/4/2028\r\nGIS\t\tsomeday\r\n")
	d.holds("qualifications", "CDL | 2020-03-04 | 2028-03-04; GIS |  | someday").shows("row 2, Expires")
	d.keys("tab", "tab").paste("4/5/2029\nextra").holds("qualifications",
		"CDL | 2020-03-04 | 2029-04-05; GIS |  | extra")
}

func TestFlatFormMatchesTheColumns(t *testing.T) {
	d := open(t, "people", nil)
	col := d.schema.Kind("people").Column("qualifications")
	for _, name := range []string{`a`, `a;b`, `a|b`, `a\b`, `\;`, `| ;`, `a\`} {
		p := &model.Person{Qualifications: []model.Qualification{{Name: name, Expires: model.Some(monday)}, {Name: "x"}}}
		f := d.newField(col, p)
		if len(f.cells) != 3 || f.cells[0][0].text != name {
			t.Errorf("%q became %+v", name, f.cells)
			continue
		}
		back := &model.Person{}
		if err := col.Parse(back, f.text(), d.env); err != nil || !col.Equal(p, back) {
			t.Errorf("%q came back as %+v (%v)", name, back.Qualifications, err)
		}
	}
}
