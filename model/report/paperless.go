package report

import (
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// paperless asks for the papers of loans that were entered without their hand-over
// or their return, as by a list of bookings: what they cost, and when the unit was
// where, is not recorded. Those between two cities are one line.
func (g *gathering) paperless() {
	type pair struct{ lender, borrower partnership.PartnerID }
	open, order := map[pair][]*lending.Reservation{}, []pair(nil)
	for v := range field.All[lending.Reservation](g) {
		p := pair{v.LentBy(g), v.Borrower}
		if !v.Begun() || p.lender == 0 || p.lender == p.borrower || lending.HandoverOf(g, v.ID) != nil &&
			(v.State == lending.OutOnLoan || lending.ReturnOf(g, v.ID) != nil) {
			continue
		}
		if open[p] == nil {
			order = append(order, p)
		}
		open[p] = append(open[p], v)
	}
	for _, p := range order {
		list := open[p]
		g.asks(field.Due{Kind: lending.KindReservations, ID: uint64(list[0].ID), Urgency: field.Waiting,
			For: []field.Party{field.Party(p.lender), field.Party(p.borrower)}, Line: func() string {
				what, has := lending.UnitName(g, list[0].Unit)+" on loan", "its"
				if len(list) > 1 {
					what, has = text.Counted(len(list), "loan", "loans"), "their"
				}
				return what + " from " + partnership.PartnerName(g, p.lender) + " to " +
					partnership.PartnerName(g, p.borrower) + ": " + has + " hand-over or return is " + NotRecorded +
					"; record it to know what is owed"
			}})
	}
}
