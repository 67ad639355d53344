package page

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/app"
)

// tab is a host that notes when a page is left.
type tab struct{ did *string }

func (h tab) Leave() (tea.Cmd, bool) { *h.did += "leave "; return nil, true }

// keyed makes a page whose keys note what they do.
func keyed(did *string) *Page {
	note := func(k, does string) Action {
		return Moves(Key(k, does, strings.ToLower(k)), func() { *did += does + " " })
	}
	p := New(Options{App: &app.App{Keys: app.NewKeys()}, Host: tab{did}})
	no := func() bool { return false }
	p.Actions = []Action{note("x", "export"), note("Esc", "stop").While(no), note("m", "whynot").While(no),
		{Key: Key("1-3", "level", "1", "2", "3"),
			Each: func(k string) tea.Cmd { *did += "level" + k + " "; return nil }}}
	p.Len = 5
	return p
}

func pressed(p *Page, keys string) {
	for _, k := range strings.Fields(keys) {
		msg := tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		if code, named := map[string]rune{"esc": tea.KeyEscape, "down": tea.KeyDown, "end": tea.KeyEnd,
			"up": tea.KeyUp}[k]; named {
			msg = tea.KeyPressMsg{Code: code}
		}
		p.Update(msg)
	}
}

// TestKeysAreLookedUpFromTheInsideOut: the scope, the page, the kit; and an action
// that is of no use now is answered where nobody else has its key.
func TestKeysAreLookedUpFromTheInsideOut(t *testing.T) {
	did := ""
	p := keyed(&did)
	half := &Scope{Typing: true, Actions: []Action{Moves(Key("x", "second"), func() { did += "second " })},
		Other: func() tea.Cmd { did += "other "; return nil }}
	empty := &Scope{Alone: true, Actions: []Action{Moves(Key("a", "add"), func() { did += "add " })}}
	added := &Scope{Actions: empty.Actions}
	for _, c := range []struct {
		scope       *Scope
		keys, want  string
		help, hides string
		typing      bool
		at          int
	}{
		{nil, "x 2 m esc down down z", "export level2 whynot leave ", "x 1-3 ↓ j ↑ k Esc", "m a", false, 2},
		{half, "x esc down 2", "second other other other ", "x", "Esc ↓ 1-3", true, 2},
		{empty, "a x down esc", "add leave ", "a Esc", "x ↓", false, 2},
		{added, "a x end", "add export ", "a x 1-3 Esc", "m", false, 4},
	} {
		did = ""
		p.Scope = func() *Scope { return c.scope }
		pressed(p, c.keys)
		var told []string
		for _, k := range p.Keys() {
			told = append(told, k.Help().Key)
		}
		help := " " + strings.Join(told, " ") + " "
		if did != c.want || p.At != c.at || p.Typing() != c.typing {
			t.Errorf("%q does %q at %d, want %q at %d", c.keys, did, p.At, c.want, c.at)
		}
		for _, k := range strings.Fields(c.help) {
			if !strings.Contains(help, " "+k+" ") {
				t.Errorf("%q does not tell of %s", help, k)
			}
		}
		for _, k := range strings.Fields(c.hides) {
			if strings.Contains(help, " "+k+" ") {
				t.Errorf("%q tells of %s", help, k)
			}
		}
	}
}

// TestThePaletteIsToldWhatIsOfUse, without the keys that move and those that stand
// for several things.
func TestThePaletteIsToldWhatIsOfUse(t *testing.T) {
	did := ""
	p := keyed(&did)
	list := p.Intents()
	if len(list) != 1 || list[0].Key.Help().Desc != "export" {
		t.Fatalf("%v is offered", list)
	}
	if list[0].Do(nil); did != "export " {
		t.Errorf("it does %q", did)
	}
}

// TestTheCursorStaysInView, whatever the height, and what is read leafs to its end.
func TestTheCursorStaysInView(t *testing.T) {
	c := Cursor{}
	for _, h := range []int{1, 3, 10, 200} {
		c.Within(100, h)
		for _, n := range []int{1, 50, -7, 100, -100} {
			c.Jump(n)
			if c.Within(100, h); c.At < c.Top || c.At >= c.Top+h || c.Top < 0 {
				t.Fatalf("of %d rows in view from %d the cursor is on %d", h, c.Top, c.At)
			}
		}
	}
	c.Within(100, 10)
	for range 20 {
		c.Scroll(1)
	}
	if c.Top != 90 {
		t.Errorf("the end is at %d", c.Top)
	}
	if c.Scroll(-1); c.Top != 81 {
		t.Errorf("a page back is %d", c.Top)
	}
}
