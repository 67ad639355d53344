package report

import (
	"slices"
	"strconv"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// paperless is the loans between pairs of partners that were entered without their
// hand-over or their return, as by a list of bookings: what they cost, and when the
// unit was where, is not recorded.
type paperless struct {
	pairs []lent
	loans map[lent][]*lending.Reservation
}

type lent struct{ lender, borrower partnership.PartnerID }

func (p *paperless) note(r field.Reader, v *lending.Reservation) {
	of := lent{v.LentBy(r), v.Borrower}
	if !v.Begun() || of.lender == 0 || of.lender == of.borrower || lending.HandoverOf(r, v.ID) != nil &&
		(v.State == lending.OutOnLoan || lending.ReturnOf(r, v.ID) != nil) {
		return
	}
	if p.loans == nil {
		p.loans = map[lent][]*lending.Reservation{}
	}
	if p.loans[of] == nil {
		p.pairs = append(p.pairs, of)
	}
	p.loans[of] = append(p.loans[of], v)
}

// unrecorded asks for the papers of loans that lack them, a line for each pair.
func (g *gathering) unrecorded(p paperless) {
	slices.SortFunc(p.pairs, func(a, b lent) int { return int(p.loans[a][0].ID) - int(p.loans[b][0].ID) })
	for _, of := range p.pairs {
		list := p.loans[of]
		g.line(lending.KindReservations, uint64(list[0].ID), Waiting, value.Opt[value.Day]{}, func() string {
			what, have := unitName(g.r, list[0].Unit)+" on loan", "its"
			if len(list) > 1 {
				what, have = strconv.Itoa(len(list))+" loans", "their"
			}
			return what + " from " + partnerName(g.r, of.lender) + " to " + partnerName(g.r, of.borrower) + ": " + have +
				" hand-over or return is " + NotRecorded + "; record it to know what is owed"
		})
	}
}
