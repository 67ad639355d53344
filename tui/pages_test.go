package tui

import (
	"slices"
	"strings"
	"testing"

	"interlocal/model/access"
	"interlocal/store"
	"interlocal/tui/app"
	"interlocal/tui/page"
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
		screen, ok := tab.screen().(*records.Screen)
		if !ok {
			continue
		}
		for _, name := range screen.Pages() {
			if named[name] {
				t.Errorf("two pages are called %s", name)
			}
			named[name] = true
			to := app.Route{View: name}
			if schema.Kind(name) != nil {
				to = app.Route{Kind: name}
			}
			r.s.at, r.s.trail = 0, nil
			r.do(r.s.open(to))
			if r.s.at != at || len(r.s.trail) != 1 {
				t.Fatalf("%s does not open", name)
			}
			if screen.Typing() {
				r.press("esc")
			}
			r.press("?").see("Help: "+tab.title).press("esc", "esc")
			if r.s.at != 0 || len(r.s.trail) != 0 {
				t.Errorf("Esc does not lead back from %s", name)
			}
		}
	}
	for _, k := range schema.Kinds {
		if !named[k.Name] && k.Name != "settings" && k.Name != "proofs" {
			t.Errorf("%s have no page; name the kind in a tab of makeTabs, in tabs.go", k.Name)
		}
	}
}

// Every key that a page answers to is in its help: whatever else is pressed on
// it, with records and without, changes nothing that can be seen. At most the
// key says why it cannot be used now. That Esc leads back stands in every help.
// Without records, pages of the kit alone are asked. A short run asks with
// records, and as an administrator.
func TestEveryKeyIsInItsHelp(t *testing.T) {
	var keys []string
	for c := '!'; c <= '~'; c++ {
		keys = append(keys, string(c))
	}
	keys = append(keys, "space", "enter", "tab", "shift+tab", "up", "down", "left", "right", "pgup", "pgdown", "home",
		"end",
		"backspace", "f2", "f8", "ctrl+u")
	admin := dana()
	admin.Role = access.Admin
	who := []access.Identity{admin, dana()}
	if testing.Short() {
		who = who[:1]
	}
	for full, st := range map[bool]*store.Store{true: story(t), false: founding(t)} {
		if testing.Short() && !full {
			continue
		}
		for _, id := range who {
			r := play(t, st, id, 120, 36)
			for _, tab := range r.s.tabs {
				screen, ok := tab.screen().(*records.Screen)
				if !ok {
					continue
				}
				for _, v := range screen.Views() {
					r.s.app.Dialogs.Clear()
					r.do(r.s.open(app.Route{View: v.Name()}))
					r.send(settle{})
					_, kit := v.(interface{ Intents() []page.Action })
					if !v.Typing() && (kit || full) {
						onlyHelped(t, r, v.Name(), keys)
					}
				}
			}
		}
	}
}

// onlyHelped presses the keys that the page shown does not tell of.
func onlyHelped(t *testing.T, r *rig, page string, keys []string) {
	t.Helper()
	var told []string
	for _, b := range r.s.bindings() {
		told = append(told, b.Keys()...)
	}
	for _, k := range keys {
		if slices.Contains(told, k) {
			continue
		}
		before := body(r)
		if r.press(k); body(r) != before {
			t.Errorf("%s answers to %s and its help, %s, does not tell:\n%s", page, k, strings.Join(told, " "),
				r.screen())
			return
		}
	}
}

// body is the picture without the line of what has just happened and the hints.
func body(r *rig) string {
	lines := strings.Split(r.screen(), "\n")
	return strings.Join(lines[:len(lines)-2], "\n")
}

// What a page's keys do is found by its words as well, and done as by the key.
func TestThePaletteOffersWhatThePageDoes(t *testing.T) {
	r := play(t, story(t), raytownIT(), 80, 24)
	r.press("g", "c", ":").types("hide notes").see("on this page").press("enter").see("Fit for a wall")
	r.press(">", ":").types("least work").miss("on this page").press("esc", ">")
	r.press(":").types("least work").see("on this page").press("enter").see("Least work")
}
