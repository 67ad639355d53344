package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/store/run/presence"
	"interlocal/tui/app"
)

// hush is a word hidden in one field of one record.
type hush struct {
	kind    *field.Kind
	id      uint64
	column  *field.Column
	parties []field.Party
	word    string
}

// hushed puts a word into every text field of the story that is not for
// everyone.
func hushed(t *testing.T) (*store.Store, []hush) {
	t.Helper()
	var all []hush
	set := sample.Story(value.DayOf(noon))
	read := set.Reader()
	// What is signed or locked cannot be changed, so the words are there from the
	// beginning.
	st := openStore(t, func(put func(string, any) error) error {
		return set.Each(func(kind string, rec any) error {
			k := read.Schema().Kind(kind)
			marked := k.Clone(rec)
			for _, c := range k.Columns {
				text := c.Shape == field.ShapeText || c.Shape == field.ShapeLong
				if !text || k.Scope == field.ScopeUsers || c.Sensitivity == field.Open &&
					!(k.Scope == field.ScopeAnswers && c.Shape == field.ShapeLong) {
					continue
				}
				h := hush{k, k.ID(rec), c, k.Parties(read, rec), fmt.Sprintf("hush%dx%dx%dx", k.Tag, k.ID(rec), c.Tag)}
				if err := c.Parse(marked, h.word, nil); err != nil {
					return err
				}
				all = append(all, h)
			}
			return put(kind, marked)
		})
	})
	staffed(t, st)
	return st, all
}

// look goes through the dashboard as somebody who is after what is hidden, and
// gives all that it showed.
func look(t *testing.T, st *store.Store, id access.Identity, all []hush) string {
	var b strings.Builder
	reg := presence.New(func() time.Time { return noon })
	r := visit(t, st, reg, id, 200, noon)
	show := func() { b.WriteString(r.screen() + "\n") }
	show()
	for i, tb := range r.s.tabs {
		r.s.turnTo(i)
		show()
		for _, kind := range tb.kinds {
			r.do(r.s.open(app.Route{Kind: kind}))
			for range 4 {
				show()
				r.press("enter")
				show()
				r.press("esc", "pgdown")
			}
		}
	}
	seen := map[string]int{}
	for _, h := range all {
		if id.SeesField(h.kind, h.column, h.parties) {
			continue
		}
		if seen[h.kind.Name+h.column.Name]++; seen[h.kind.Name+h.column.Name] > 3 {
			continue
		}
		r.do(r.s.open(app.Route{Kind: h.kind.Name, ID: h.id}))
		show()
		r.press("e")
		show()
		r.press("esc", "esc", "esc", ":")
		r.types(h.word)
		b.WriteString(strings.ReplaceAll(r.screen(), h.word, "(asked)") + "\n")
		if !strings.Contains(r.screen(), "Nothing fits.") {
			t.Errorf("%s of partner %d asks the palette for %s of %s #%d and finds something:\n%s", id.Role, id.Partner,
				h.column.Name, h.kind.One, h.id, r.screen())
		}
		r.press("esc")
	}
	r.press(":").types("who changed what").press("enter")
	show()
	r.press("esc", "u")
	show()
	r.s.Close()
	return b.String()
}

// TestNoScreenShowsWhatIsHidden is the attack on screens: lists, pages, forms,
// the palette, history, the overview, undo and the card of those who come back.
func TestNoScreenShowsWhatIsHidden(t *testing.T) {
	st, all := hushed(t)
	who := []access.Identity{
		staff("user#14", "C", access.Coordinator, 0),
		staff("user#11", "V", access.Viewer, raytown), staff("user#12", "E", access.Editor, grandview),
		staff("user#13", "S", access.Assessor, raytown), staff("user#15", "A", access.Admin, 0),
	}
	if testing.Short() {
		who = who[:1]
	}
	for _, id := range who {
		if err := run.MarkSeen(st, id.User, run.Seen{Rev: 1}); err != nil {
			t.Fatal(err)
		}
		shown := look(t, st, id, all)
		for _, h := range all {
			if !id.SeesField(h.kind, h.column, h.parties) && strings.Contains(shown, h.word) {
				t.Errorf("%s of partner %d is shown %s of %s #%d", id.Role, id.Partner, h.column.Name, h.kind.One, h.id)
			}
		}
		if id.Role != access.Admin && strings.Contains(shown, "SHA256:") {
			t.Errorf("%s is shown a key", id.Role)
		}
	}
}

// TestTheLookFindsALeak: what the keeper is shown holds words of every kind that
// has any, so that the attack would find them.
func TestTheLookFindsALeak(t *testing.T) {
	st, all := hushed(t)
	shown := look(t, st, dana(), all)
	kinds := map[string]bool{}
	for _, h := range all {
		if strings.Contains(shown, h.word) {
			kinds[h.kind.Name] = true
		}
	}
	if !kinds["people"] || !kinds["answers"] {
		t.Errorf("a leak would be found in %v alone", kinds)
	}
}
