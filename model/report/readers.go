package report

import (
	"maps"
	"slices"

	"interlocal/model"
)

// newReaderDays is for how long a new way to a city's answers is pointed out.
const newReaderDays = 30

// readers tells a city who may read its answers, whoever let them in, and
// points out a key or an invitation that is new. The reader shows each city the
// logins of its own.
func (g *gathering) readers(now model.Wall) {
	byCity := map[model.PartnerID][]*model.User{}
	for u := range model.All[model.User](g.r) {
		if u.Role == model.UserAssessor && u.Partner != 0 && !u.Disabled {
			byCity[u.Partner] = append(byCity[u.Partner], u)
		}
	}
	for _, city := range slices.Sorted(maps.Keys(byCity)) {
		logins := byCity[city]
		g.line("partners", uint64(city), Note, model.Opt[model.Day]{}, func() string {
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
func (g *gathering) newReader(u *model.User, now model.Wall) {
	what := func() string { return u.Login + ", who may read the answers of " + partnerName(g.r, u.Partner) }
	var added model.Opt[model.Day]
	for _, k := range u.Keys {
		if k.Added.Set && (!added.Set || k.Added.V > added.V) {
			added = k.Added
		}
	}
	if added.Set && added.V >= g.today-newReaderDays {
		g.line("partners", uint64(u.Partner), Waiting, added, func() string {
			return "A key was added on " + added.V.Long() + " to " + what() + "; history says by whom"
		})
	}
	if until := u.Invite.Until; until.Set && until.V >= now {
		g.line("partners", uint64(u.Partner), Waiting, model.Some(until.V.Day()), func() string {
			return "An invitation by " + u.Invite.By + " is open until " + until.V.Day().Long() + " for " + what()
		})
	}
}
