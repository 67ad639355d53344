package overview

import (
	"maps"
	"slices"

	"interlocal/model/accounts"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// uncharged asks about returns of which no settlement line was made, as of those
// that came in with a file: what such a loan costs is on no statement. Those
// between two cities are one line, or a month of them would hide all else.
func (g *gathering) uncharged() {
	charged := map[lending.ReservationID]bool{}
	for line := range field.All[lending.Charge](g) {
		charged[line.Reservation] = true
	}
	type pair struct{ lender, borrower partnership.PartnerID }
	open, order := map[pair][]*lending.Return{}, []pair(nil)
	for back := range field.All[lending.Return](g) {
		loan := field.Get(g, back.Reservation)
		if loan == nil || charged[loan.ID] || back.Amends != 0 {
			continue
		}
		p := pair{loan.LentBy(g), loan.Borrower}
		if p.lender == 0 || p.lender == p.borrower {
			continue
		}
		if open[p] == nil {
			order = append(order, p)
		}
		open[p] = append(open[p], back)
	}
	for _, p := range order {
		list := open[p]
		g.asks(field.Due{Kind: lending.KindReturns, ID: uint64(list[0].ID), Urgency: field.Waiting,
			For: []field.Party{field.Party(p.lender), field.Party(p.borrower)}, Line: func() string {
				what, has, add := text.Counted(len(list), "return",
					"returns"), "have no settlement line", "add the lines"
				if len(list) == 1 {
					what, has, add = "The return of "+
						lending.UnitName(g, list[0].Unit), "has no settlement line", "add the line"
					if list[0].At.Set {
						what += " on " + list[0].At.V.Day().When(g.today)
					}
				}
				return what + " by " + partnership.PartnerName(g, p.borrower) + " to " +
					partnership.PartnerName(g, p.lender) + " " + has +
					", so what is owed is on no statement; " + add + " in Settlement lines"
			}})
	}
}

// newReaderDays is for how long a new way to a city's answers is pointed out.
const newReaderDays = 30

// readers tells a city who may read its answers, whoever let them in, and
// points out a key or an invitation that is new. The reader shows each city the
// logins of its own.
func (g *gathering) readers() {
	byCity := map[partnership.PartnerID][]*accounts.User{}
	for u := range field.All[accounts.User](g) {
		if u.Role != accounts.UserAssessor || u.Partner == 0 || u.Disabled {
			continue
		}
		if u.AnyWaiting().Set {
			g.waitingReader(u)
		}
		if !u.Reading.Waits.Set || accounts.Reads(g, u, "", g.today) {
			byCity[u.Partner] = append(byCity[u.Partner], u)
		}
	}
	for _, city := range slices.Sorted(maps.Keys(byCity)) {
		logins := byCity[city]
		g.ofLogins(city, field.Note, value.Opt[value.Day]{}, func() string {
			var names []string
			for _, u := range logins {
				names = append(names, u.Login)
			}
			return text.Counted(len(logins), "login", "logins") + " may read the answers of " +
				partnership.PartnerName(g, city) + ": " +
				text.Joined(names, 8)
		})
		for _, u := range logins {
			g.newReader(u)
		}
	}
}

// ofLogins adds a line about the logins of a city, which is the city's own.
func (g *gathering) ofLogins(city partnership.PartnerID, urgency field.Urgency, on value.Opt[value.Day],
	line func() string) {
	g.asks(field.Due{Kind: partnership.KindPartners, ID: uint64(city), Urgency: urgency, On: on, Line: line,
		For: []field.Party{field.Party(city)}, Sensitivity: field.Confidential})
}

// waitingReader asks a city about somebody who is to read its answers.
func (g *gathering) waitingReader(u *accounts.User) {
	since := u.AnyWaiting()
	g.ofLogins(u.Partner, field.DueSoon, since, func() string {
		what := u.Login + " waits since " + since.V.Long() + " to read the answers of " +
			partnership.PartnerName(g, u.Partner)
		switch accounts.Sponsors(g, u.Partner, g.today) {
		case accounts.Present:
			return what + ": an assessor says interlocal user agree " + u.Login + ", or refuse"
		case accounts.Left:
			what += ": nobody is left to say yes"
			if told := u.Reading.Notice; told.Set {
				what += ", and it counts from " + (told.V + accounts.OrphanDays).Long() +
					". If your city did not ask for it: " +
					"interlocal user object " + u.Login
			}
			return what
		}
		what += " as its first assessor, confirmed by a code that its manager is handed"
		if c := u.Reading.Code; c.Until.Set {
			what += "; " + c.By + " made the code, and it works from " + u.CodeFrom().Day().Long() +
				". If your manager was handed none: interlocal user object " + u.Login
		}
		return what
	})
}

// newReader points out the newest key and the open invitation of a login.
func (g *gathering) newReader(u *accounts.User) {
	what := func() string {
		return u.Login + ", who may read the answers of " + partnership.PartnerName(g, u.Partner)
	}
	var added value.Opt[value.Day]
	for _, k := range u.Keys {
		if k.Added.Set && (!added.Set || k.Added.V > added.V) {
			added = k.Added
		}
	}
	if added.Set && added.V >= g.today-newReaderDays {
		g.ofLogins(u.Partner, field.Waiting, added, func() string {
			return "A key was added on " + added.V.Long() + " to " + what() + "; history says by whom"
		})
	}
	if on := u.Reading.Agreed; on.Set && on.V >= g.today-newReaderDays {
		g.ofLogins(u.Partner, field.Waiting, on, func() string {
			return "A yes was said on " + on.V.Long() + " by " + u.Reading.By + " to " + what()
		})
	}
	if until := u.Invite.Until; until.Set && until.V >= g.Now {
		g.ofLogins(u.Partner, field.Waiting, value.Some(until.V.Day()), func() string {
			return "An invitation by " + u.Invite.By + " is open until " + until.V.Day().Long() + " for " + what()
		})
	}
}

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
					partnership.PartnerName(g, p.borrower) + ": " + has + " hand-over or return is " +
					document.NotRecorded +
					"; record it to know what is owed"
			}})
	}
}
