package form

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

func TestEnterAndTabGoOn(t *testing.T) {
	for _, k := range []string{"enter", "tab", "down"} {
		open(t, "clerks", nil).types("Ann Cole").keys(k).at("town")
	}
}

func TestGoingBack(t *testing.T) {
	d := open(t, "clerks", nil).to("email").types("no address").keys("shift+tab").at("phone")
	d.shows(`"no address" is not an e-mail address`).holds("email", "no address")
	d.keys("up").at("title")
	d.keys("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab").at("name")
}

func TestTabStaysAtTheEnd(t *testing.T) {
	d := open(t, "clerks", nil).to("left").keys("tab").at("left")
	if d.saved != nil {
		t.Error("Tab saved the form")
	}
}

func TestEnterOnTheLastFieldSaves(t *testing.T) {
	d := open(t, "jobs", nil).types("Joint training").to("status").types("a").to("lead").types("ray").keys("enter")
	d.to("next_step").types("Agree on dates").keys("enter").types("3/4").keys("enter")
	if len(d.saved) != 1 {
		t.Fatalf("%d saved; keys in %s", len(d.saved), d.Focused().Name)
	}
	j := d.saved[0].(*job)
	if j.Lead != 2 || j.Status != "active" || j.Next.What != "Agree on dates" ||
		j.Next.Due != value.Some(value.Date(2027, 3, 4)) {
		t.Errorf("saved %+v", j)
	}
}

func TestEnterTakesInTheLastFieldBeforeItSaves(t *testing.T) {
	d := open(t, "clerks", func(d *desk, o *Options) {
		k := d.schema.Kind("clerks")
		o.Record = &clerk{Name: "Ann", Town: 1}
		o.Columns = []*field.Column{k.Column("name"), k.Column("town")}
	}).to("town").types("ray").keys("enter").holds("town", "Raytown")
	if d.saved != nil {
		t.Fatal("saved while taking what was offered")
	}
	if d.keys("enter"); len(d.saved) != 1 {
		t.Error("not saved")
	}
}

func TestSaveIsRefusedWhereTheProblemIs(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann Cole").to("email").types("ann").keys("f2").at("town")
	if d.saved != nil {
		t.Fatal("saved")
	}
	d.shows("Town is needed", `"ann" is not an e-mail address`)
	d.types("gra").keys("enter", "f2").at("email")
	d.keys("end").types("@city.example").keys("f2")
	if len(d.saved) != 1 {
		t.Fatal("not saved")
	}
	if p := d.saved[0].(*clerk); p.Name != "Ann Cole" || p.Email != "ann@city.example" || p.Town != 1 {
		t.Errorf("saved %+v", p)
	}
}

func TestRulesOfTheKindAreShownBesideTheirFields(t *testing.T) {
	d := open(t, "jobs", nil).types("Joint training").to("status").types("a").
		to("start").types("2027-01-01").to("end").types("2026-01-01").keys("f2").at("end")
	d.shows("the job ends before it starts")
	d.types("2028-01-01").hides("ends before").keys("f2")
	if len(d.saved) != 1 {
		t.Error("not saved after the end was mended")
	}
}

func TestWarningsDoNotRefuse(t *testing.T) {
	d := open(t, "jobs", nil).types("Joint").to("status").types("a").to("start").types("tue").keys("f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	d.shows("! without an end nobody knows")
}

func TestProblemsOfTheStore(t *testing.T) {
	d := open(t, "clerks", nil)
	d.SetProblems(failure.Problems{
		{Field: "phone", Message: "the number is somebody else’s"},
		{Field: "name", Message: "a namesake works there", Warning: true},
		{Message: "the record has moved on"},
	})
	d.draw()
	d.at("phone").shows("✗ the number is somebody else’s", "! a namesake works there", "✗ the record has moved on")
	d.types("816").hides("somebody else").shows("a namesake works there")
}

func TestWhatWasUnderstoodIsShownWhileTyping(t *testing.T) {
	for _, c := range []struct{ kind, field, typed, shown, kept string }{
		{"jobs", "start", "tue", "= Tue Nov 24, 2026", "2026-11-24"},
		{"jobs", "start", "+30d", "= Wed Dec 23, 2026", "2026-12-23"},
		{"jobs", "start", "3/4", "= Thu Mar 4, 2027", "2027-03-04"},
		{"jobs", "cost", "1,250", "= $1,250.00", "1250.00"},
		{"clerks", "phone", "(816) 555 0142", "= 816-555-0142", "816-555-0142"},
		{"jobs", "from", "tue 8", "= Tue Nov 24, ", "2026-11-24 08:00"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			d := open(t, c.kind, nil)
			d.to(c.field).types(c.typed).shows(c.shown).holds(c.field, c.typed)
			d.keys("tab").holds(c.field, c.kept).hides(c.shown).shows(c.shown[2:])
		})
	}
}

func TestErrorsAreSaidWhenAFieldIsLeft(t *testing.T) {
	d := open(t, "jobs", nil).types("Joint").to("start").types("soonish").hides("✗").keys("tab").
		shows(`✗ "soonish" is not a day`)
	d.keys("shift+tab").at("start").shows("✗").holds("start", "soonish")
	d.keys("ctrl+u").types("tomorrow").hides("✗").shows("= Tue Nov 24, 2026")
}

func TestRequiredIsSaidWhenLeft(t *testing.T) {
	open(t, "clerks", nil).hides("is needed").keys("tab").shows("✗ Name is needed").
		keys("shift+tab").types("A").hides("Name is needed").shows("✗ Town is needed")
}

func TestTypingReplacesShortValues(t *testing.T) {
	rec := &job{ID: 1, Name: "Joint", Start: value.Some(monday), Lead: 1}
	d := open(t, "jobs", func(_ *desk, o *Options) { o.Record = rec })
	d.types("!").holds("name", "Joint!")
	d.to("start").types("t").holds("start", "t")
	d.to("end").to("lead").types("r").holds("lead", "r").keys("esc").holds("lead", "Grandview")
	d = open(t, "jobs", func(_ *desk, o *Options) { o.Record = rec })
	d.to("start").keys("backspace").holds("start", "")
	d = open(t, "jobs", func(_ *desk, o *Options) { o.Record = rec })
	d.to("start").keys("end", "backspace").types("4").holds("start", "2026-11-24")
}

func TestReadlineKeys(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann Cole")
	d.keys("ctrl+a").types("X").holds("name", "XAnn Cole")
	d.keys("ctrl+e").types("Y").holds("name", "XAnn ColeY")
	d.keys("home", "right", "ctrl+k").holds("name", "X")
	d.keys("ctrl+u").holds("name", "")
	d.types("ab").keys("left", "delete").holds("name", "a").keys("ctrl+h").holds("name", "")
}

func TestKeysOfOthersAreLeftAlone(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann")
	d.keys("ctrl+b", "ctrl+z", "ctrl+s", "ctrl+q", "ctrl+w", "ctrl+n", "ctrl+t", "ctrl+p", "ctrl+j", "ctrl+v", "ctrl+d",
		"ctrl+f")
	d.holds("name", "Ann").at("name")
	for _, group := range d.FullHelp() {
		for _, b := range group {
			for _, k := range b.Keys() {
				if slices.Contains([]string{"ctrl+b", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+q", "ctrl+w", "ctrl+n",
					"ctrl+t", "ctrl+p", "ctrl+j"}, k) {
					t.Errorf("%s belongs to somebody else", k)
				}
			}
		}
	}
}

func TestDitto(t *testing.T) {
	before := &clerk{ID: 9, Name: "Dana", Town: 2, Dept: "Public Works", Phone: "816-555-0142",
		Roles:   []string{"it lead"},
		Courses: []course{{Name: "CDL", Expires: value.Some(monday)}}}
	d := open(t, "clerks", func(_ *desk, o *Options) { o.Previous = before })
	d.types("Ann").keys("tab", `"`).holds("town", "Raytown").keys("tab", `"`).holds("dept", "Public Works")
	d.types(`"`).holds("dept", `Public Works"`)
	d.to("title").keys(`"`).holds("title", `"`)
	d.to("roles").keys(`"`).holds("roles", "it lead")
	d.to("courses").keys(`"`).holds("courses", "CDL |  | 2026-11-23")
	d.keys("f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	if p := d.saved[0].(*clerk); p.Town != 2 || len(p.Courses) != 1 || p.ID != 0 {
		t.Errorf("saved %+v", p)
	}
	open(t, "clerks", nil).types(`"`).holds("name", `"`)
}

func TestDittoInRowsRepeatsTheRowAbove(t *testing.T) {
	d := open(t, "clerks", nil).to("courses").types("CDL").keys("tab").types("3/4").keys("tab", "tab")
	d.types("GIS").keys("tab", `"`).holds("courses", "CDL | 2027-03-04 | ; GIS | 2027-03-04 | ")
}

func TestChoices(t *testing.T) {
	d := open(t, "jobs", nil).to("status").shows("choose", " Active ").hides("(none)")
	d.keys("right").holds("status", "idea").keys("space", "right").holds("status", "done")
	d.keys("left").holds("status", "active").types("do").holds("status", "done").shows("[Done]")
	d.keys("backspace").holds("status", "").keys("left").holds("status", "dropped").keys("right").
		holds("status", "idea")
	d.to("area").shows("[(none)]").types("p").holds("area", "safety").types("p").holds("area", "purchasing")
	d.types("p").holds("area", "safety").types("x").holds("area", "safety")
	d.paste("cyber").holds("area", "cyber").paste("nonsense").holds("area", "cyber")
	d.keys("backspace").holds("area", "").keys("left").holds("area", "other").keys("right").holds("area", "")
}

func TestLettersTypedTogetherNameAChoice(t *testing.T) {
	d := open(t, "towns", nil).to("status").types("in").holds("status", "invited")
	d.types("j").holds("status", "joining").types("i").holds("status", "invited")
}

func TestQuestions(t *testing.T) {
	d := open(t, "clerks", nil).to("left").holds("left", "no").keys("space").holds("left", "yes").shows("[✓] Yes")
	d.keys("n").holds("left", "no").keys("y").holds("left", "yes").keys("left").holds("left", "no")
}

func TestReferencesByThreeLetters(t *testing.T) {
	d := open(t, "jobs", nil).to("contact").types("dan").shows("Dana Reyes", "Dan Olson", "Street Superintendent",
		`+ add "dan"`)
	d.keys("down", "enter").at("parties").holds("contact", "Dan Olson #2").shows("Dan Olson")
	d.to("contact").types("rae").keys("tab").holds("contact", "Rae; Ann | Cole #4")
	d.to("lead").types("gRAND").keys("enter").holds("lead", "Grandview")
}

func TestNamesakesCanBeTold(t *testing.T) {
	d := open(t, "jobs", nil).to("contact").types("dana reyes").keys("down", "enter").holds("contact", "Dana Reyes #3")
	d.to("contact").types("Dana Reyes").keys("esc").holds("contact", "Dana Reyes #3")
	d.to("contact").types("x").keys("backspace").types("Dana Reyes").keys("shift+tab").
		shows("several clerks are called")
}

func TestListOfReferencesIsOfferedAtOnce(t *testing.T) {
	d := open(t, "jobs", nil).to("lead").shows("│ Raytown").keys("tab").at("contact").holds("lead", "")
	d.to("lead").keys("down", "down", "enter").holds("lead", "Raytown").at("contact")
	d.to("start").to("lead").hides("│ Raytown")
}

func TestArrowsLeaveAListWithoutQuery(t *testing.T) {
	d := open(t, "jobs", nil).to("lead").keys("down", "up", "up").at("status")
	d.to("lead").keys("down", "down", "down", "down", "down").at("contact").holds("lead", "")
	d.to("lead").types("g").keys("up", "down", "down", "down", "down").at("lead")
}

func TestTabTakesWhatIsOfferedButAddsNothing(t *testing.T) {
	d := open(t, "jobs", nil).to("lead").types("ray").keys("tab").at("contact").holds("lead", "Raytown")
	d.to("lead").types("zzz").keys("tab").at("contact").holds("lead", "zzz").shows(`no town called "zzz"`)
	if d.added != nil {
		t.Error("Tab added a record")
	}
}

func TestAddNewInPlace(t *testing.T) {
	d := open(t, "jobs", nil).to("contact").types("Zoe Park").keys("enter")
	if !slices.Equal(d.added, []string{"clerks: Zoe Park"}) {
		t.Fatalf("added %v", d.added)
	}
	d.at("contact").holds("contact", "Zoe Park")
	id := d.shelf.Add(&clerk{Name: "Zoe Park"})
	d.to("note") // the user looked around meanwhile
	d.Added(id)
	d.draw()
	d.at("contact").holds("contact", "Zoe Park #5").shows("Zoe Park").hides("no clerk")
	d.Added(id)
	d.holds("contact", "Zoe Park #5")
}

func TestAddNewInAListAndInARow(t *testing.T) {
	d := open(t, "jobs", nil).to("parties").types("gra").keys("enter").types("Belton").keys("enter")
	id := d.shelf.Add(&town{Name: "Belton"})
	d.Added(id)
	d.keys("shift+tab").holds("parties", "Grandview; Belton")
	d = open(t, "jobs", nil).to("sharers").types("Belton").keys("enter")
	id = d.shelf.Add(&town{Name: "Belton"})
	d.Added(id)
	d.keys("tab").types("25").keys("tab").holds("sharers", "Belton | 25.00")
}

func TestSetEnvTriesAgain(t *testing.T) {
	d := open(t, "jobs", nil).to("lead").types("Belton").keys("tab").shows("no town called")
	d.shelf.Add(&town{Name: "Belton"})
	d.SetEnv(field.NewEnv(d.shelf, monday))
	d.draw()
	d.hides("no town called").holds("lead", "Belton")
}

func TestListsOfWords(t *testing.T) {
	d := open(t, "clerks", nil).to("roles").shows("│ City manager").types("it").keys("enter").at("roles")
	d.types("lead").shows("Fleet lead").hides("│›IT lead").keys("enter").keys("enter").at("duties")
	d.holds("roles", "it lead; hr lead")
	d.to("roles").types("cle").keys("tab").at("duties").holds("roles", "it lead; hr lead; city clerk")
}

func TestListsOfReferencesMayHoldSeparators(t *testing.T) {
	d := open(t, "jobs", nil)
	for _, c := range d.opts.Columns {
		if c.Shape == field.ShapeList && c.Target == "clerks" {
			d.to(c.Name).types("rae").keys("enter").types("dan o").keys("enter", "enter")
			d.holds(c.Name, `Rae\; Ann \| Cole #4; Dan Olson #2`)
			return
		}
	}
	t.Skip("no list of people in an event")
}

func TestPasteIntoALineIsOneLine(t *testing.T) {
	d := open(t, "clerks", nil).paste("Ann\x1b[31m\r\nCole\u202e \u200b\n").at("name")
	if v := d.Value("name"); strings.ContainsAny(v, "\n\x1b\u202e") || !strings.HasPrefix(v, "Ann Cole") {
		t.Errorf("pasted %q", v)
	}
	d.to("duties").paste("payroll\n\nsnow; ice\r\ngis\n").keys("tab").holds("duties", "payroll; snow; ice; gis")
}

func TestPasteTooLongIsCutAndSaysSo(t *testing.T) {
	d := open(t, "clerks", nil).paste(strings.Repeat("a", lineLimit+5)).shows("! the pasted text was too long")
	if n := len(d.Value("name")); n != lineLimit {
		t.Errorf("%d characters", n)
	}
}

func TestTypedTextIsSafe(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann\u202eX").keys("tab")
	if v := d.Value("name"); strings.ContainsRune(v, '\u202e') {
		t.Errorf("typed %q", v)
	}
	open(t, "clerks", nil).types("e\u0301 ").types("x").holds("name", "é x")
}

func TestUntouchedFieldsKeepTheirValues(t *testing.T) {
	rec := &job{ID: 1, Name: " odd  name ", Lead: 77, Status: "gone", Note: "kept\t as it is ",
		Parties: []field.ID[town]{88}}
	d := open(t, "jobs", func(d *desk, o *Options) { o.Record = d.schema.Kind("jobs").Clone(rec) })
	for range d.fields {
		d.keys("tab")
	}
	if d.Dirty() || d.Edits() != 0 {
		t.Errorf("walking through changed %v", d.Touched())
	}
	got, _ := d.Submit()
	if changed := d.schema.Kind("jobs").Changed(rec, got); len(changed) > 0 {
		t.Errorf("submitting changed %v", changed)
	}
}

func TestDirty(t *testing.T) {
	d := open(t, "clerks", nil)
	d.types("A")
	if !d.Dirty() || d.Edits() == 0 {
		t.Error("a letter makes no difference")
	}
	d.keys("backspace")
	if d.Dirty() {
		t.Error("taking it back makes one")
	}
}

func TestEscLeavesAndKeepsEverything(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann").keys("esc")
	if d.left != 1 || d.Value("name") != "Ann" {
		t.Errorf("left %d times with %q", d.left, d.Value("name"))
	}
	d.to("town").types("ra").keys("esc")
	if d.left != 1 || d.Value("town") != "ra" {
		t.Errorf("Esc closes the list first and keeps %q", d.Value("town"))
	}
	if d.keys("esc"); d.left != 2 {
		t.Error("and then leaves")
	}
	empty := New(Options{Kind: d.schema.Kind("clerks"), Columns: []*field.Column{}, Leave: d.opts.Leave,
		Theme: d.opts.Theme})
	empty.Update(press("a"))
	empty.Update(press("esc"))
	if d.left != 3 || empty.Focused() != nil {
		t.Error("a form without fields can be left")
	}
}

func TestJumping(t *testing.T) {
	d := open(t, "clerks", nil).keys("pgdown").at("email").keys("pgdown", "pgdown", "pgdown").at("left")
	d.keys("pgup", "pgup", "pgup", "pgup").at("name")
	if d.Focus("nothing") {
		t.Error("there is no such field")
	}
}

func TestColumnsOfTheForm(t *testing.T) {
	d := open(t, "clerks", func(d *desk, o *Options) {
		k := d.schema.Kind("clerks")
		o.Columns = []*field.Column{k.Column("phone"), k.Column("name")}
	})
	d.at("phone").hides("Town").types("816").keys("enter").types("Ann").keys("enter").shows("✗ Town is needed")
	if d.saved != nil {
		t.Error("a record without a town was saved")
	}
}

func TestHelpLine(t *testing.T) {
	d := open(t, "clerks", nil).shows("For instance: Dana Reyes", "1 of 12")
	d.to("mobile").shows("Seen by the person’s own town.")
	d.to("note").shows("Seen by the record’s own partner alone.")
}

func TestShortHelpFollowsTheField(t *testing.T) {
	d := open(t, "clerks", func(_ *desk, o *Options) { o.Previous = &clerk{Name: "Dana"} })
	has := func(want ...string) {
		t.Helper()
		var got []string
		for _, b := range d.ShortHelp() {
			got = append(got, b.Help().Key+" "+b.Help().Desc)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("in %s: %q not among %q", d.Focused().Name, w, got)
			}
		}
	}
	has("Enter next", "F2 save", `" same as before`)
	d.to("town").types("r")
	has("Enter take it", "↑ ↓ pick")
	d.to("note")
	has("F4 several lines")
	d.keys("f4")
	has("Enter new line", "Esc Tab back to the form")
	d.keys("esc").to("left")
	has("Enter save", "Space change")
	d.to("courses").types("CDL")
	has("F3 remove the row")
}
