package tui

import (
	"testing"

	"interlocal/model/access"
	"interlocal/tui/app"
	"interlocal/tui/records"
)

// Every page of every tab has a name of its own, opens, has its help, and Esc
// leads back from it to where the link was followed.
func TestEveryPage(t *testing.T) {
	admin := dana()
	admin.Role = access.Admin
	r := play(t, story(t), admin, 80, 24)
	named, schema := map[string]bool{}, r.s.app.View().Schema()
	for at, tab := range r.s.tabs {
		screen, ok := tab.screen.(*records.Screen)
		if !ok {
			continue
		}
		for _, page := range screen.Pages() {
			if named[page] {
				t.Errorf("two pages are called %s", page)
			}
			named[page] = true
			to := app.Route{View: page}
			if schema.Kind(page) != nil {
				to = app.Route{Kind: page}
			}
			r.s.at, r.s.trail = 0, nil
			r.do(r.s.open(to))
			if r.s.at != at || len(r.s.trail) != 1 {
				t.Fatalf("%s does not open", page)
			}
			if screen.Typing() {
				r.press("esc")
			}
			r.press("?").see("Help: "+tab.title).press("esc", "esc")
			if r.s.at != 0 || len(r.s.trail) != 0 {
				t.Errorf("Esc does not lead back from %s", page)
			}
		}
	}
	for _, k := range schema.Kinds {
		if !named[k.Name] && k.Name != "settings" && k.Name != "proofs" {
			t.Errorf("%s have no page", k.Name)
		}
	}
}
