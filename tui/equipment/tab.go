package equipment

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/model/buying"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/report"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// LendingKinds are the kinds that the Equipment tab lists.
func LendingKinds() []string {
	return []string{"equipment", "reservations", "blocks", "kits", "series", "handovers", "returns", "charges",
		"statements", "rates"}
}

// BuyingKinds are the kinds that the Buying tab lists.
func BuyingKinds() []string {
	return []string{"needs", "solicitations", "bids", "awards", "opportunities"}
}

// NewLending lays out the Equipment tab: the inventory, when units are free, the
// yard today, the loans, who owes whom, and how the units are used.
func NewLending(d *app.App) *records.Screen {
	s := records.New(d, "Equipment", LendingKinds())
	deeds := loanDeeds(d, s)
	anywhere := bookKey(d)
	s.Insert(1, newFinder(d, s))
	s.Insert(2, newTimeline(d, s, func(line string) tea.Cmd { return book(d, line) }, deeds))
	s.Insert(3, newYard(d, s, append([]page.Action{anywhere}, deeds...)))
	s.Insert(5, newBalances(d, s))
	s.Insert(6, newUse(d, s))
	for _, kind := range LendingKinds() {
		s.Offer(kind, records.Action{Key: anywhere.Key, Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return bookUnit(d, namedBy(d, kind, id))
		}})
	}
	for _, deed := range deeds {
		s.Offer(lending.KindReservations,
			records.Action{Key: deed.Key, Run: func(_ *app.App, _ *records.Screen, id uint64) tea.Cmd {
				return deed.Do(&page.Row{Route: app.Route{Kind: "reservations", ID: id}})
			}})
	}
	offerPrint(s, lending.KindStatements, "statement")
	return s
}

// offerPrint lets a list's records be printed.
func offerPrint(s *records.Screen, kind, name string) {
	s.Offer(kind, records.Action{Key: page.Bind("F", "print"),
		Run: func(d *app.App, _ *records.Screen, id uint64) tea.Cmd {
			return d.ShowReport(name, report.About{Record: id})
		}})
}

// bookKey opens the booking line from a page of rows.
func bookKey(d *app.App) page.Action {
	return page.Action{Key: page.Bind("b", "book"), Always: true, Do: func(r *page.Row) tea.Cmd {
		if r == nil {
			return book(d, "")
		}
		return bookUnit(d, namedBy(d, r.Route.Kind, r.Route.ID))
	}}
}

// namedBy gives what a booking begun from a record is for: the tag of the unit
// or the name of the assembly that it is or is about.
func namedBy(d *app.App, kind string, id uint64) string {
	if kind == lending.KindKits {
		if k := field.Get(d.View(), lending.KitID(id)); k != nil {
			return k.Name
		}
	}
	unit := lending.EquipmentID(id)
	if kind != lending.KindEquipment {
		unit = 0
		if rec := d.View().Get(kind, id); rec != nil {
			if c := d.Kind(kind).Column("unit"); c != nil {
				c.Refs(rec, func(_ string, id uint64) { unit = lending.EquipmentID(id) })
			}
		}
	}
	if u := field.Get(d.View(), unit); u != nil {
		return u.Tag
	}
	return ""
}

// NewBuying lays out the Buying tab: what each city needs, what could be bought
// together, and how far that has come.
func NewBuying(d *app.App) *records.Screen {
	s := records.New(d, "Buying", BuyingKinds())
	s.Insert(1, newPool(d, s))
	s.Insert(2, newBoard(d, s))
	s.Insert(3, newPrices(d, s))
	s.Insert(4, newSavings(d, s))
	offerPrint(s, buying.KindSolicitations, "purchase")
	return s
}
