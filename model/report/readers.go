package report

import (
	"maps"
	"slices"

	"interlocal/model/accounts"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// newReaderDays is for how long a new way to a city's answers is pointed out.
const newReaderDays = 30

// readers tells a city who may read its answers, whoever let them in, and
// points out a key or an invitation that is new. The reader shows each city the
// logins of its own.
func (g *gathering) readers(now value.Wall) {
	byCity := map[partnership.PartnerID][]*accounts.User{}
	for u := range field.All[accounts.User](g.r) {
		if u.Role == accounts.UserAssessor && u.Partner != 0 && !u.Disabled {
			byCity[u.Partner] = append(byCity[u.Partner], u)
		}
	}
	for _, city := range slices.Sorted(maps.Keys(byCity)) {
		logins := byCity[city]
		g.line(partnership.KindPartners, uint64(city), Note, value.Opt[value.Day]{}, func() string {
			var names []string
			for _, u := range logins {
				names = append(names, u.Login)
			}
			return count(len(logins), "login", "logins") + " may read the answers of " + partnerName(g.r, city) + ": " +
				joined(names, 8)
		})
		for _, u := range logins {
			g.newReader(u, now)
		}
	}
}

// newReader points out the newest key and the open invitation of a login.
func (g *gathering) newReader(u *accounts.User, now value.Wall) {
	what := func() string { return u.Login + ", who may read the answers of " + partnerName(g.r, u.Partner) }
	var added value.Opt[value.Day]
	for _, k := range u.Keys {
		if k.Added.Set && (!added.Set || k.Added.V > added.V) {
			added = k.Added
		}
	}
	if added.Set && added.V >= g.today-newReaderDays {
		g.line(partnership.KindPartners, uint64(u.Partner), Waiting, added, func() string {
			return "A key was added on " + added.V.Long() + " to " + what() + "; history says by whom"
		})
	}
	if until := u.Invite.Until; until.Set && until.V >= now {
		g.line(partnership.KindPartners, uint64(u.Partner), Waiting, value.Some(until.V.Day()), func() string {
			return "An invitation by " + u.Invite.By + " is open until " + until.V.Day().Long() + " for " + what()
		})
	}
}
