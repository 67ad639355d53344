package act

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// Entries lists what the palette offers of acts, each under its title and under
// every word that people also use: those on records that whoever sits here may
// change at all.
func Entries(d *app.App, acts field.Acts) (out []overlay.Choice[*field.Act]) {
	for _, a := range acts {
		if a.ByFile || a.Effect != field.Reads && !changes(d, a) {
			continue
		}
		title, note := a.Title, "what can be done"
		if k := d.View().Schema().Kind(a.On); k != nil {
			title, note = a.Title+": "+k.One, "choose which"
		}
		out = append(out, overlay.Choice[*field.Act]{Value: a, Title: title, Note: note})
		for _, word := range a.Words {
			out = append(out, overlay.Choice[*field.Act]{Value: a, Title: strings.ToUpper(word[:1]) + word[1:],
				Note: a.Title})
		}
	}
	return out
}

// changes reports whether whoever sits here may change records such as an act
// does.
func changes(d *app.App, a *field.Act) bool {
	name := a.Makes
	if a.On != "" && !a.Apart {
		name = a.On
	}
	k := d.View().Schema().Kind(name)
	return k == nil || d.Me.Identity().Rights(k).Change != access.None
}

// pickMost is how many records are offered to choose from at once.
const pickMost = 200

// Choose has an act done to the record that is meant without a name, or else to
// one that is picked from those it may be done to; an act that stands alone is
// done at once.
func Choose(d *app.App, a *field.Act) tea.Cmd {
	if a.On == "" {
		return Do(d, Offer{Act: a})
	}
	view, me, now := d.View(), d.Me.Identity(), d.Now()
	if a.HasDefault() {
		if id, err := a.Default(run.ViewOf(view, me, a, now)); err == nil && run.May(view, me, a, id, now) == nil {
			return Do(d, Offer{Act: a, ID: id})
		}
	}
	k := view.Schema().Kind(a.On)
	var list []overlay.Choice[uint64]
	for id, rec := range view.Scan(a.On) {
		if run.May(view, me, a, id, now) != nil {
			continue
		}
		list = append(list, overlay.Choice[uint64]{Value: id, Title: d.Env().Title(k, rec) + glance(k, rec, d.Env()),
			Note: "#" + strconv.FormatUint(id, 10)})
		if len(list) == pickMost {
			break
		}
	}
	overlay.Pick[uint64]{Title: a.Title, Placeholder: "which " + k.One, Verb: strings.ToLower(a.Title), Width: 84,
		Choices: list,
		Empty:   "There is no " + k.One + " that this can be done to now.",
		Choose:  func(id uint64) tea.Cmd { return Do(d, Offer{Act: a, ID: id}) }}.Open(d.Dialogs)
	return nil
}

// glance gives the first few values of a record that tell it from others.
func glance(k *field.Kind, rec any, env *field.Env) string {
	out, n, title := "", 0, env.Title(k, rec)
	for _, c := range k.Columns[1:] {
		if n == 3 {
			break
		}
		if c.Hidden || c.Empty(rec) {
			continue
		}
		if s := string(c.Show(nil, rec, env)); !strings.Contains(title, s) {
			out += " · " + s
			n++
		}
	}
	return out
}
