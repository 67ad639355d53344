package form

import (
	"testing"

	"interlocal/model/failure"
	"interlocal/model/field"
)

func TestADraftIsRestoredExactly(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann ").to("town").types("zzz").to("email").types("not yet").
		to("note").paste("one\n\n  two").to("left").keys("y").
		to("courses").types("CDL").keys("tab").types("whenever")
	state := d.State()
	back := open(t, "clerks", nil)
	if err := back.Restore(state); err != nil {
		t.Fatal(err)
	}
	back.draw()
	if string(back.State()) != string(state) {
		t.Errorf("restored\n%s\nwas\n%s", back.State(), state)
	}
	back.at("courses").holds("town", "zzz").holds("email", "not yet").holds("note", "one\n\n  two").
		holds("left", "yes").
		shows(`no town called "zzz"`, `"not yet" is not an e-mail`, "whenever").types("!").shows("whenever!")
	if !back.Dirty() {
		t.Error("a restored form differs from its record")
	}
}

func TestADraftKeepsWhatIsNewer(t *testing.T) {
	old := &clerk{ID: 5, Name: "Ann Cole", Town: 1, Phone: "816-555-0100"}
	d := open(t, "clerks", func(_ *desk, o *Options) { o.Record = old }).to("title").types("Clerk")
	newer := &clerk{ID: 5, Name: "Ann Park", Town: 1, Phone: "816-555-0199"}
	back := open(t, "clerks", func(_ *desk, o *Options) { o.Record = newer })
	if err := back.Restore(d.State()); err != nil {
		t.Fatal(err)
	}
	back.holds("name", "Ann Park").holds("phone", "816-555-0199").holds("title", "Clerk")
}

func TestADayInADraftGoesOnMeaningTheSame(t *testing.T) {
	d := open(t, "jobs", nil).to("start").types("tue")
	later := open(t, "jobs", func(d *desk, o *Options) {
		d.env = field.NewEnv(d.shelf, monday+8)
		o.Env = d.env
	})
	if err := later.Restore(d.State()); err != nil {
		t.Fatal(err)
	}
	later.at("start").holds("start", "2026-11-24")
	if later.opts.Env != later.env {
		t.Error("the form goes on in the past")
	}
}

func TestADraftThatCannotBeRead(t *testing.T) {
	d := open(t, "clerks", nil).types("Ann")
	for _, s := range []string{"", "{", "[]", "null", `{"v":2}`, `{"v":1,"texts":3}`} {
		if err := d.Restore([]byte(s)); failure.CodeOf(err) != failure.Damaged {
			t.Errorf("%q: %v", s, err)
		}
	}
	d.holds("name", "Ann")
	if err := d.Restore([]byte(
		`{"v":1,"focus":"gone","row":-9,"col":99,"texts":{"gone":"x","courses":"y"},"rows":{"name":[["z"]]}}`)); err !=
		nil {
		t.Error(err)
	}
	d.at("name").holds("name", "Ann")
	if err := d.Restore([]byte(
		`{"v":1,"focus":"courses","row":9,"col":9,"rows":{"courses":[["a","b","c","d"],[]]}}`)); err != nil {
		t.Error(err)
	}
	d.at("courses").holds("courses", "a | b | c")
	d.draw()
}

func TestBulk(t *testing.T) {
	bulk := func(_ *desk, o *Options) { o.Bulk = true }
	d := open(t, "clerks", bulk).shows("(unchanged)")
	d.to("dept").types("Parks").to("phone").types("8").keys("backspace", "tab").shows("(cleared)")
	d.to("email").keys("backspace").shows("(cleared)").keys("backspace", "shift+tab").at("phone")
	d.to("left").keys("y", "f2")
	if len(d.saved) != 1 {
		t.Fatalf("not saved:\n%s", d.frame.String())
	}
	var touched []string
	for _, c := range d.Touched() {
		touched = append(touched, c.Name)
	}
	if len(touched) != 3 || touched[0] != "dept" || touched[1] != "phone" || touched[2] != "left" {
		t.Errorf("touched %v", touched)
	}
	p := &clerk{Name: "Dana", Town: 1, Phone: "816", Dept: "IT", Email: "d@city.example"}
	d.Apply(p)
	if p.Name != "Dana" || p.Phone != "" || p.Dept != "Parks" || !p.Left || p.Email == "" {
		t.Errorf("applied %+v", p)
	}
}

func TestBulkIsCheckedFieldByField(t *testing.T) {
	d := open(t, "clerks", func(_ *desk, o *Options) { o.Bulk = true }).types("x").keys("backspace", "f2").
		at("name").shows("Name is needed")
	d.keys("backspace", "f2")
	if len(d.saved) != 1 || d.Dirty() {
		t.Errorf("saved %d, dirty %v", len(d.saved), d.Dirty())
	}
	d.to("left").keys("n").to("left").keys("backspace")
	if d.Dirty() {
		t.Error("an answer cannot be taken back")
	}
	d.to("courses").shows("(unchanged)").types("CDL").keys("f3").shows("(cleared)")
}

// Whatever a draft on disk has become: it is refused or restored, what is restored
// is kept the same way again, and the form can be drawn.
func FuzzRestore(f *testing.F) {
	seed := &testing.T{}
	f.Add(open(seed, "clerks", nil).types("Ann").to("courses").types("CDL").State())
	f.Add(open(seed, "clerks", nil).to("note").paste("a\nb").State())
	f.Add(
		[]byte(`{"v":1,"today":-5,"focus":"courses","row":-1,"col":7,"rows":{"courses":[[],["a","b","c","d"],null]}}`))
	f.Add([]byte(`{"v":1,"texts":{"town":"\u001b[2J","left":"maybe","roles":";;\\"}}`))
	f.Fuzz(func(t *testing.T, state []byte) {
		d := open(t, "clerks", nil)
		if d.Restore(state) != nil {
			return
		}
		d.draw()
		again := d.State()
		back := open(t, "clerks", nil)
		if err := back.Restore(again); err != nil || string(back.State()) != string(again) {
			t.Errorf("%s became %s (%v)", again, back.State(), err)
		}
		d.keys("tab", "shift+tab", "f2")
	})
}

// Backspace in an empty cell of a form for many records takes back only what
// stands nowhere: a row that was typed still counts.
func TestBulkKeepsARowThatWasTyped(t *testing.T) {
	d := open(t, "clerks", func(_ *desk, o *Options) { o.Bulk = true }).to("courses").types("CDL").
		keys("tab", "backspace")
	if cols := d.Touched(); len(cols) != 1 || cols[0].Name != "courses" {
		t.Fatalf("%d columns count after a course was typed", len(cols))
	}
	d.keys("shift+tab", "backspace", "backspace", "backspace", "backspace")
	if cols := d.Touched(); len(cols) != 0 {
		t.Errorf("%d columns count after everything was taken out", len(cols))
	}
}

// The keys come back to the row they were in, also while that row is cleared.
func TestADraftKeepsARowThatIsBeingCleared(t *testing.T) {
	d := shared(t).to("sharers").keys("backspace", "tab", "backspace").at("sharers")
	back := shared(t)
	if err := back.Restore(d.State()); err != nil {
		t.Fatal(err)
	}
	if string(back.State()) != string(d.State()) {
		t.Errorf("restored\n%s\nwas\n%s", back.State(), d.State())
	}
}
