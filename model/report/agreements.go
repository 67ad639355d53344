package report

import (
	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Agreements contributes notice periods and expiries.
func Agreements(r field.Reader, now value.Wall) Contribution {
	g := gather(r, now, TabPartners)
	all, force := 0, 0
	for a := range field.All[partnership.Agreement](r) {
		all++
		if a.InForce(g.today) {
			force++
		}
		if a.Status == partnership.AgreementSigned {
			g.agreement(a)
		}
	}
	const note = "signed, begun and not expired today; check with counsel"
	if all == 0 {
		g.blank("Agreements in force", note)
	} else {
		g.tile("Agreements in force", force, note)
	}
	return g.contribution()
}

// agreement tells where a signed agreement stands in its life.
func (g *gathering) agreement(a *partnership.Agreement) {
	id := uint64(a.ID)
	g.happens(a.Effective, partnership.KindAgreements, id, func() string { return quoted(a.Title) + " takes effect" })
	g.happens(a.Expires, partnership.KindAgreements, id, func() string { return quoted(a.Title) + " expires" })
	if !a.Expires.Set {
		return
	}
	expires, noticed := a.Expires.V, a.NoticeDays.Or(0) > 0
	notice := a.NoticeDay()
	if noticed {
		g.happens(notice, partnership.KindAgreements, id, func() string { return "Last day to give notice on " + quoted(a.Title) })
	}
	switch {
	case expires < g.today:
		g.line(partnership.KindAgreements, id, Waiting, a.Expires, func() string {
			return quoted(a.Title) + " expired on " + when(g.today, expires) + "; it can be renewed or marked as ended"
		})
	case noticed && notice.V < g.today:
		g.line(partnership.KindAgreements, id, DueSoon, a.Expires, func() string {
			return quoted(a.Title) + " is inside its notice period and expires on " + when(g.today, expires) + g.stopping(a)
		})
	case noticed && notice.V <= g.today+noticeAheadDays:
		g.line(partnership.KindAgreements, id, DueSoon, notice, func() string {
			return "Notice on " + quoted(a.Title) + " is in time until " + when(g.today, notice.V) + g.stopping(a)
		})
	case expires <= g.today+expiryDays:
		g.line(partnership.KindAgreements, id, DueSoon, a.Expires, func() string {
			return quoted(a.Title) + " expires on " + when(g.today, expires) + g.stopping(a)
		})
	}
}

// stopping counts the loans that would be without an agreement.
func (g *gathering) stopping(a *partnership.Agreement) string {
	if n := len(loans.Stopping(g.r, a, g.now)); n > 0 {
		return "; " + count(n, "loan", "loans") + " would be without an agreement"
	}
	return ""
}
