package page

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// Binding is a key and the acts it stands for: the first that may be done to the
// record of a row is done. Pressed where none may, the key says why.
type Binding struct {
	Key, Does string
	Acts      []*field.Act
	// Missing is said where the cursor is on nothing that the acts are done to.
	Missing string
	// Do has the act done; nil asks for what it lacks and nothing else.
	Do func(a *field.Act, id uint64) tea.Cmd
}

// Binder makes actions of acts. It remembers what may be done to the record under
// the cursor as long as the cursor stays and nothing changes.
type Binder struct {
	app  *app.App
	view *store.View
	id   uint64
	asks run.Asking
	may  map[*field.Act]bool
}

// NewBinder makes a binder for the pages of a tab.
func NewBinder(app *app.App) *Binder { return &Binder{app: app} }

// Bound makes an action of a binding.
func (b *Binder) Bound(x Binding) Action {
	names := make([]string, len(x.Acts))
	for i, a := range x.Acts {
		names[i] = a.Name
	}
	return Action{Key: Bind(x.Key, x.Does), Acts: names,
		Offers: func(r *Row) bool { id, ok := x.target(r); return ok && b.first(x, id) != nil },
		Do: func(r *Row) tea.Cmd {
			id, ok := x.target(r)
			if !ok {
				b.app.Say(overlay.Info, x.Missing)
				return nil
			}
			a := b.first(x, id)
			switch {
			case a == nil:
				return act.Do(b.app, act.Offer{Act: x.Acts[len(x.Acts)-1], ID: id}) // says why not
			case x.Do != nil:
				return x.Do(a, id)
			}
			return act.Do(b.app, act.Offer{Act: a, ID: id})
		}}
}

// ActKey gives a key to the first of some acts that may be done to a record.
func ActKey(d *app.App, key, does string, acts ...*field.Act) Action {
	return NewBinder(d).Bound(Binding{Key: key, Does: does, Acts: acts})
}

// target gives the record of a row that the acts are done to.
func (x *Binding) target(r *Row) (uint64, bool) {
	if r == nil || r.Route.ID == 0 || r.Route.Kind != x.Acts[0].On {
		return 0, false
	}
	return r.Route.ID, true
}

// first gives the first act of a binding that may be done to a record, or nil.
func (b *Binder) first(x Binding, id uint64) *field.Act {
	for _, a := range x.Acts {
		if b.allowed(a, id) {
			return a
		}
	}
	return nil
}

func (b *Binder) allowed(a *field.Act, id uint64) bool {
	if view := b.app.View(); b.view != view || b.id != id {
		b.view, b.id = view, id
		b.asks = run.Asking{Reader: view, Identity: b.app.Me.Identity(), Now: b.app.Now()}
		if b.may == nil {
			b.may = map[*field.Act]bool{}
		}
		clear(b.may)
	}
	may, known := b.may[a]
	if !known {
		may = b.asks.May(a, id) == nil
		b.may[a] = may
	}
	return may
}
