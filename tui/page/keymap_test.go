package page

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestTheInnerScopeHasAKeyFirst: it is listed once, and means what the inner scope
// says.
func TestTheInnerScopeHasAKeyFirst(t *testing.T) {
	did := ""
	means := func(key, does string) Action {
		return Does(Bind(key, does), func() tea.Cmd { did = does; return nil })
	}
	in := Keymap{means("esc", "drop it"), means("y", "keep it"), means("esc", "back")}
	keys := in.Keys(Bind("y", "copy"), Bind("q", "quit"))
	if len(keys) != 3 || keys[0].Help().Desc != "drop it" || keys[1].Help().Desc != "keep it" ||
		keys[2].Help().Key != "q" {
		t.Errorf("the keys are %v", keys)
	}
	if _, known := in.Press(tea.KeyPressMsg{Code: tea.KeyEscape}); !known || did != "drop it" {
		t.Errorf("esc does %q", did)
	}
	if _, known := in.Press(tea.KeyPressMsg{Code: 'q', Text: "q"}); known {
		t.Error("q means something")
	}
}
