package form

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model"
)

func TestEnterAndTabGoOn(t *testing.T) {
	for _, k := range []string{"enter", "tab", "down"} {
		open(t, "people", nil).types("Ann Cole").keys(k).at("partner")
	}
}

func TestGoingBack(t *testing.T) {
	d := open(t, "people", nil).to("email").types("no address").keys("shift+tab").at("phone")
	d.shows(`"no address" is not an e-mail address`).holds("email", "no address")
	d.keys("up").at("title")
	d.keys("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab").at("name")
}

func TestTabStaysAtTheEnd(t *testing.T) {
	d := open(t, "people", nil).to("left").keys("tab").at("left")
	if d.saved != nil {
		t.Error("Tab saved the form")
	}
}

func TestEnterOnTheLastFieldSaves(t *testing.T) {
	d := open(t, "briefings", nil)
	d.types("ray").keys("enter").types("3/4").keys("enter").types("g").keys("enter", "enter", "enter", "enter", "enter")
	if len(d.saved) != 1 {
		t.Fatalf("%d saved; keys in %s", len(d.saved), d.Focused().Name)
	}
	b := d.saved[0].(*model.Briefing)
	if b.Partner != 2 || b.Date != model.Some(model.Date(2027, 3, 4)) || b.Status != model.BriefingGiven {
		t.Errorf("saved %+v", b)
	}
}

func TestSaveIsRefusedWhereTheProblemIs(t *testing.T) {
	d := open(t, "people", nil).types("Ann Cole").to("email").types("ann").keys("f2").at("partner")
	if d.saved != nil {
		t.Fatal("saved")
	}
	d.shows("Partner is needed", `"ann" is not an e-mail address`)
	d.types("gra").keys("enter", "f2").at("email")
	d.keys("end").types("@city.example").keys("f2")
	if len(d.saved) != 1 {
		t.Fatal("not saved")
	}
	if p := d.saved[0].(*model.Person); p.Name != "Ann Cole" || p.Email != "ann@city.example" || p.Partner != 1 {
		t.Errorf("saved %+v", p)
	}
}

func TestRulesOfTheKindAreShownBesideTheirFields(t *testing.T) {
	d := open(t, "programs", nil).types("Joint training").to("status").types("a").
		to("start").types("2027-01-01").to("end").types("2026-01-01").keys("f2").at("end")
	d.shows("the program ends before it starts")
	d.types("2028-01-01").hides("ends before").keys("f2")
	if len(d.saved) != 1 {
		t.Error("not saved after the end was mended")
	}
}

func TestWarningsDoNotRefuse(t *testing.T) {
	d := open(t, "agreements", nil).types("Use of equipment").to("status").types("s").
		to("parties").types("gra").keys("enter").types("ray").keys("enter", "f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	d.shows("! without an effective date")
}

func TestProblemsOfTheStore(t *testing.T) {
	d := open(t, "people", nil)
	d.SetProblems(model.Problems{
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
		{"programs", "start", "tue", "= Tue Nov 24, 2026", "2026-11-24"},
		{"programs", "start", "+30d", "= Wed Dec 23, 2026", "2026-12-23"},
		{"programs", "start", "3/4", "= Thu Mar 4, 2027", "2027-03-04"},
		{"equipment", "replacement_cost", "1,250", "= $1,250.00", "1250.00"},
		{"people", "phone", "(816) 555 0142", "= 816-555-0142", "816-555-0142"},
		{"reservations", "start", "tue 8", "= Tue Nov 24, 2026 8:00 am", "2026-11-24 08:00"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			d := open(t, c.kind, nil)
			if d.schema.Kind(c.kind).Column(c.field) == nil {
				t.Skip("the field has another name now")
			}
			d.to(c.field).types(c.typed).shows(c.shown).holds(c.field, c.typed)
			d.keys("tab").holds(c.field, c.kept).hides(c.shown).shows(c.shown[2:])
		})
	}
}

func TestErrorsAreSaidWhenAFieldIsLeft(t *testing.T) {
	d := open(t, "programs", nil).to("start").types("soonish").hides("✗").keys("tab").shows(`✗ "soonish" is not a day`)
	d.keys("shift+tab").at("start").shows("✗").holds("start", "soonish")
	d.keys("ctrl+u").types("tomorrow").hides("✗").shows("= Tue Nov 24, 2026")
}

func TestRequiredIsSaidWhenLeft(t *testing.T) {
	open(t, "people", nil).hides("is needed").keys("tab").shows("✗ Name is needed").
		keys("shift+tab").types("A").hides("is needed")
}

func TestTypingReplacesShortValues(t *testing.T) {
	rec := &model.Program{ID: 1, Name: "Joint", Start: model.Some(monday), Lead: 1}
	d := open(t, "programs", func(_ *desk, o *Options) { o.Record = rec })
	d.types("!").holds("name", "Joint!")
	d.to("start").types("t").holds("start", "t")
	d.to("end").to("lead").types("r").holds("lead", "r").keys("esc").holds("lead", "Grandview")
	d = open(t, "programs", func(_ *desk, o *Options) { o.Record = rec })
	d.to("start").keys("backspace").holds("start", "")
	d = open(t, "programs", func(_ *desk, o *Options) { o.Record = rec })
	d.to("start").keys("end", "backspace").types("4").holds("start", "2026-11-24")
}

func TestReadlineKeys(t *testing.T) {
	d := open(t, "people", nil).types("Ann Cole")
	d.keys("ctrl+a").types("X").holds("name", "XAnn Cole")
	d.keys("ctrl+e").types("Y").holds("name", "XAnn ColeY")
	d.keys("home", "right", "ctrl+k").holds("name", "X")
	d.keys("ctrl+u").holds("name", "")
	d.types("ab").keys("left", "delete").holds("name", "a").keys("ctrl+h").holds("name", "")
}

func TestKeysOfOthersAreLeftAlone(t *testing.T) {
	d := open(t, "people", nil).types("Ann")
	d.keys("ctrl+b", "ctrl+z", "ctrl+s", "ctrl+q", "ctrl+w", "ctrl+n", "ctrl+t", "ctrl+p", "ctrl+j", "ctrl+v", "ctrl+d", "ctrl+f")
	d.holds("name", "Ann").at("name")
	for _, group := range d.FullHelp() {
		for _, b := range group {
			for _, k := range b.Keys() {
				if slices.Contains([]string{"ctrl+b", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+q", "ctrl+w", "ctrl+n", "ctrl+t", "ctrl+p", "ctrl+j"}, k) {
					t.Errorf("%s belongs to somebody else", k)
				}
			}
		}
	}
}

func TestDitto(t *testing.T) {
	before := &model.Person{ID: 9, Name: "Dana", Partner: 2, Department: "Public Works", Phone: "816-555-0142",
		Roles:          []model.ContactRole{model.RoleIT},
		Qualifications: []model.Qualification{{Name: "CDL", Expires: model.Some(monday)}}}
	d := open(t, "people", func(_ *desk, o *Options) { o.Previous = before })
	d.types("Ann").keys("tab", `"`).holds("partner", "Raytown").keys("tab", `"`).holds("department", "Public Works")
	d.types(`"`).holds("department", `Public Works"`)
	d.to("title").keys(`"`).holds("title", `"`)
	d.to("roles").keys(`"`).holds("roles", "it lead")
	d.to("qualifications").keys(`"`).holds("qualifications", "CDL |  | 2026-11-23")
	d.keys("f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	if p := d.saved[0].(*model.Person); p.Partner != 2 || len(p.Qualifications) != 1 || p.ID != 0 {
		t.Errorf("saved %+v", p)
	}
	open(t, "people", nil).types(`"`).holds("name", `"`)
}

func TestDittoInRowsRepeatsTheRowAbove(t *testing.T) {
	d := open(t, "people", nil).to("qualifications").types("CDL").keys("tab").types("3/4").keys("tab", "tab")
	d.types("GIS").keys("tab", `"`).holds("qualifications", "CDL | 2027-03-04 | ; GIS | 2027-03-04 | ")
}

func TestChoices(t *testing.T) {
	d := open(t, "programs", nil).to("status").shows("choose", " Active ")
	d.keys("right").holds("status", "idea").keys("right", "right").holds("status", "active")
	d.keys("left").holds("status", "exploring").types("r").holds("status", "retired").shows("[Retired]")
	d.keys("backspace").holds("status", "").keys("left").holds("status", "retired")
	d.to("area").types("in").holds("area", "infrastructure").types("p").holds("area", "public safety")
	d.types("p").holds("area", "purchasing").types("p").holds("area", "public safety")
	d.paste("Cybersecurity").holds("area", "cybersecurity").paste("nonsense").holds("area", "cybersecurity")
	d.to("area").keys("backspace").holds("area", "").shows("[(none)]")
}

func TestLettersTypedTogetherNameAChoice(t *testing.T) {
	d := open(t, "partners", nil).to("status").types("in").holds("status", "invited")
	d.types("j").holds("status", "joining").types("i").holds("status", "invited")
}

func TestQuestions(t *testing.T) {
	d := open(t, "people", nil).to("left").holds("left", "no").keys("space").holds("left", "yes").shows("[✓] Yes")
	d.keys("n").holds("left", "no").keys("y").holds("left", "yes").keys("left").holds("left", "no")
}

func TestReferencesByThreeLetters(t *testing.T) {
	d := open(t, "programs", nil).to("contact").types("dan").shows("Dana Reyes", "Dan Olson", "Street Superintendent", `+ add "dan"`)
	d.keys("down", "enter").at("participants").holds("contact", "Dan Olson #2").shows("Dan Olson")
	d.to("contact").types("rae").keys("tab").holds("contact", "Rae; Ann | Cole #4")
	d.to("lead").types("gRAND").keys("enter").holds("lead", "Grandview")
}

func TestNamesakesCanBeTold(t *testing.T) {
	d := open(t, "programs", nil).to("contact").types("dana reyes").keys("down", "enter").holds("contact", "Dana Reyes #3")
	d.to("contact").types("Dana Reyes").keys("esc").holds("contact", "Dana Reyes #3")
	d.to("contact").types("x").keys("backspace").types("Dana Reyes").keys("shift+tab").shows("several people are called")
}

func TestListOfReferencesIsOfferedAtOnce(t *testing.T) {
	d := open(t, "programs", nil).to("lead").shows("│ Raytown").keys("tab").at("contact").holds("lead", "")
	d.to("lead").keys("down", "down", "enter").holds("lead", "Raytown").at("contact")
	d.to("start").to("lead").hides("│ Raytown")
}

func TestArrowsLeaveAListWithoutQuery(t *testing.T) {
	d := open(t, "programs", nil).to("lead").keys("down", "up", "up").at("status")
	d.to("lead").keys("down", "down", "down", "down", "down").at("contact").holds("lead", "")
	d.to("lead").types("g").keys("up", "down", "down", "down", "down").at("lead")
}

func TestTabTakesWhatIsOfferedButAddsNothing(t *testing.T) {
	d := open(t, "programs", nil).to("lead").types("ray").keys("tab").at("contact").holds("lead", "Raytown")
	d.to("lead").types("zzz").keys("tab").at("contact").holds("lead", "zzz").shows(`no partner called "zzz"`)
	if d.added != nil {
		t.Error("Tab added a record")
	}
}

func TestAddNewInPlace(t *testing.T) {
	d := open(t, "programs", nil).to("contact").types("Zoe Park").keys("enter")
	if !slices.Equal(d.added, []string{"people: Zoe Park"}) {
		t.Fatalf("added %v", d.added)
	}
	d.at("contact").holds("contact", "Zoe Park")
	id := d.shelf.put("people", &model.Person{Name: "Zoe Park"})
	d.to("note") // the user looked around meanwhile
	d.Added(id)
	d.draw()
	d.at("contact").holds("contact", "Zoe Park #5").shows("Zoe Park").hides("✗")
	d.Added(id)
	d.holds("contact", "Zoe Park #5")
}

func TestAddNewInAListAndInARow(t *testing.T) {
	d := open(t, "agreements", nil).to("parties").types("gra").keys("enter").types("Belton").keys("enter")
	id := d.shelf.put("partners", &model.Partner{Name: "Belton"})
	d.Added(id)
	d.keys("shift+tab").holds("parties", "Grandview; Belton")
	d = open(t, "programs", nil).to("participants").types("Belton").keys("enter")
	id = d.shelf.put("partners", &model.Partner{Name: "Belton"})
	d.Added(id)
	d.keys("tab").types("25").keys("tab").holds("participants", "Belton | 25.00")
}

func TestSetEnvTriesAgain(t *testing.T) {
	d := open(t, "programs", nil).to("lead").types("Belton").keys("tab").shows("no partner called")
	d.shelf.put("partners", &model.Partner{Name: "Belton"})
	d.SetEnv(model.NewEnv(d.shelf, monday))
	d.draw()
	d.hides("no partner called").holds("lead", "Belton")
}

func TestListsOfWords(t *testing.T) {
	d := open(t, "people", nil).to("roles").shows("│ City manager").types("it").keys("enter").at("roles")
	d.types("lead").shows("Fleet lead").hides("│›IT lead").keys("enter").keys("enter").at("duties")
	d.holds("roles", "it lead; hr lead")
	d.to("roles").types("cle").keys("tab").at("duties").holds("roles", "it lead; hr lead; city clerk")
}

func TestListsOfReferencesMayHoldSeparators(t *testing.T) {
	d := open(t, "events", nil)
	for _, c := range d.opts.Columns {
		if c.Shape == model.ShapeList && c.Target == "people" {
			d.to(c.Name).types("rae").keys("enter").types("dan o").keys("enter", "enter")
			d.holds(c.Name, `Rae\; Ann \| Cole #4; Dan Olson #2`)
			return
		}
	}
	t.Skip("no list of people in an event")
}

func TestPasteIntoALineIsOneLine(t *testing.T) {
	d := open(t, "people", nil).paste("Ann\x1b[31m\r\nCole\u202e \u200b\n").at("name")
	if v := d.Value("name"); strings.ContainsAny(v, "\n\x1b\u202e") || !strings.HasPrefix(v, "Ann Cole") {
		t.Errorf("pasted %q", v)
	}
	d.to("duties").paste("payroll\n\nsnow; ice\r\ngis\n").keys("tab").holds("duties", "payroll; snow; ice; gis")
}

func TestPasteTooLongIsCutAndSaysSo(t *testing.T) {
	d := open(t, "people", nil).paste(strings.Repeat("a", lineLimit+5)).shows("! the pasted text was too long")
	if n := len(d.Value("name")); n != lineLimit {
		t.Errorf("%d characters", n)
	}
}

func TestTypedTextIsSafe(t *testing.T) {
	d := open(t, "people", nil).types("Ann\u202eX").keys("tab")
	if v := d.Value("name"); strings.ContainsRune(v, '\u202e') {
		t.Errorf("typed %q", v)
	}
	d = open(t, "people", nil).types("e\u0301 ").types("x").holds("name", "é x")
}

func TestUntouchedFieldsKeepTheirValues(t *testing.T) {
	rec := &model.Program{ID: 1, Name: " odd  name ", Lead: 77, Status: "gone", Note: "kept\t as it is "}
	d := open(t, "programs", func(d *desk, o *Options) { o.Record = d.schema.Kind("programs").Clone(rec) })
	for range d.fields {
		d.keys("tab")
	}
	if d.Dirty() || d.Edits() != 0 {
		t.Errorf("walking through changed %v", d.Touched())
	}
	got, _ := d.Submit()
	if changed := d.schema.Kind("programs").Changed(rec, got); len(changed) > 0 {
		t.Errorf("submitting changed %v", changed)
	}
}

func TestDirty(t *testing.T) {
	d := open(t, "people", nil)
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
	d := open(t, "people", nil).types("Ann").keys("esc")
	if d.left != 1 || d.Value("name") != "Ann" {
		t.Errorf("left %d times with %q", d.left, d.Value("name"))
	}
	d.to("partner").types("ra").keys("esc")
	if d.left != 1 || d.Value("partner") != "ra" {
		t.Errorf("Esc closes the list first and keeps %q", d.Value("partner"))
	}
	if d.keys("esc"); d.left != 2 {
		t.Error("and then leaves")
	}
	empty := New(Options{Kind: d.schema.Kind("people"), Columns: []*model.Column{}, Leave: d.opts.Leave, Theme: d.opts.Theme})
	empty.Update(press("a"))
	empty.Update(press("esc"))
	if d.left != 3 || empty.Focused() != nil {
		t.Error("a form without fields can be left")
	}
}

func TestJumping(t *testing.T) {
	d := open(t, "people", nil).keys("pgdown").at("email").keys("pgdown", "pgdown", "pgdown").at("left")
	d.keys("pgup", "pgup", "pgup", "pgup").at("name")
	if d.Focus("nothing") {
		t.Error("there is no such field")
	}
}

func TestColumnsOfTheForm(t *testing.T) {
	d := open(t, "people", func(d *desk, o *Options) {
		k := d.schema.Kind("people")
		o.Columns = []*model.Column{k.Column("phone"), k.Column("name")}
	})
	d.at("phone").hides("Partner").types("816").keys("enter").types("Ann").keys("enter").shows("✗ Partner is needed")
	if d.saved != nil {
		t.Error("a record without a partner was saved")
	}
}

func TestHelpLine(t *testing.T) {
	d := open(t, "people", nil).shows("For instance: Dana Reyes", "1 of 13")
	d.to("mobile").shows("Seen by the person's own city and the facilitator.")
	d.to("duties").shows("One duty per line")
}

func TestShortHelpFollowsTheField(t *testing.T) {
	d := open(t, "people", func(_ *desk, o *Options) { o.Previous = &model.Person{Name: "Dana"} })
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
	d.to("partner").types("r")
	has("Enter take it", "↑ ↓ pick")
	d.to("note")
	has("F4 several lines")
	d.keys("f4")
	has("Enter new line", "Esc Tab back to the form")
	d.keys("esc").to("left")
	has("Enter save", "Space change")
	d.to("qualifications").types("CDL")
	has("F3 remove the row")
}
