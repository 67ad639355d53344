package assess

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// Outcome says how a cycle stands after a release came in or was taken back.
type Outcome struct {
	Year    int
	Cities  int      // how many take part
	Waiting []string // those of them that have not released
	Shared  bool     // the results are shared, now or before
	Done    string   // what the caller's own step did
}

// String says it in a sentence or two.
func (o Outcome) String() string {
	text := o.Done
	if text != "" {
		text += " "
	}
	year := strconv.Itoa(o.Year)
	switch {
	case o.Shared:
		return text + "The results of " + year + " are shared."
	case o.Cities == 0:
		return text + "Nobody has said yet which cities take part in " + year + "."
	case len(o.Waiting) == 0:
		return text + "All have released, and none agreed to share anything of " + year + "."
	}
	return text + "Results of " + year + " are shared when all have released; waiting for " + strings.Join(o.Waiting, ", ") + "."
}

// onBehalf gives the program's own sight for a step that somebody has asked
// for: putting releases together takes a look at all of them. The person stays
// the one whom history names.
func onBehalf(id access.Identity) access.Identity {
	return access.Identity{User: id.User, Name: id.Name, Role: access.Keeper}
}

// hasLogins reports whether anybody signs in to the file, so that a release can
// be confirmed by a login of its city.
func hasLogins(st *store.Store) bool {
	return accounts.HasUsers(st.As(onBehalf(access.Identity{})).View())
}

// mayHandIn returns nil when an identity speaks for a city whose release comes
// in. While nobody signs in to a file, whoever holds it speaks for all of them.
func mayHandIn(st *store.Store, id access.Identity, partner partnership.PartnerID) error {
	own := id.Role == access.Assessor && id.Partner != 0 && id.Partner == field.Party(partner)
	if own || id.Role == access.Keeper && !hasLogins(st) {
		return nil
	}
	city := cityName(st, partner)
	return failure.New(failure.Forbidden, "a release comes in only from its own city's login, so as "+string(id.Role)+
		" you cannot hand in that of "+city+"; ask an assessor of "+city+" to sign in and hand it in")
}

// cityName names a partner for a sentence.
func cityName(st *store.Store, partner partnership.PartnerID) string {
	if p := field.Get(st.As(onBehalf(access.Identity{})).View(), partner); p != nil {
		return p.Name
	}
	return "the city"
}

// handedIn makes the change that brings a city's release in. A file without
// logins cannot tell who speaks for a city, and its history says so.
func handedIn(st *store.Store, title string, partner partnership.PartnerID) store.Op {
	city := cityName(st, partner)
	title += " of " + city
	if !hasLogins(st) {
		title += ", not confirmed by a login of " + city
	}
	return store.Op{Title: title, Final: true}
}

// unconfirmed adds to what is said of a release that no login confirmed.
func unconfirmed(st *store.Store, done string) string {
	if hasLogins(st) {
		return done
	}
	return strings.TrimSuffix(done, ".") + "; no login confirmed it."
}

// maySettle returns nil when an identity may put a cycle's releases together.
func maySettle(id access.Identity) error {
	switch id.Role {
	case access.Keeper, access.Admin, access.Coordinator:
		return nil
	case access.Assessor:
		if id.Partner != 0 {
			return nil
		}
	}
	return failure.New(failure.Forbidden, "this takes an assessor of a city or the facilitator; as "+
		string(id.Role)+" you cannot do it")
}

// MayAct refuses the handing in of a release to those who speak for no city,
// before anything of theirs is looked at.
func MayAct(id access.Identity) error {
	if id.Role == access.Keeper || id.Role == access.Assessor && id.Partner != 0 {
		return nil
	}
	return failure.New(failure.Forbidden, "a release comes in only from its own city's login, so as "+string(id.Role)+
		" you cannot hand one in; ask an assessor of the city to sign in and hand it in")
}

// Release hands in what a city's consent permits and settles the cycle.
func Release(ctx context.Context, st *store.Store, id access.Identity,
	cycle cyber.CycleID, partner partnership.PartnerID) (Outcome, error) {
	if err := mayHandIn(st, id, partner); err != nil {
		return Outcome{}, err
	}
	_, err := st.Update(ctx, id, handedIn(st, "release results", partner), func(tx *store.Tx) error {
		return Make(tx, cycle, partner)
	})
	if err != nil {
		return Outcome{}, err
	}
	return settled(ctx, st, id, cycle, unconfirmed(st, "Released."))
}

// Make makes a city's release as part of a change, without settling the cycle:
// for a city that keeps its assessment in a file of its own.
func Make(tx *store.Tx, cycle cyber.CycleID, partner partnership.PartnerID) error {
	if cyber.ReleaseOf(tx, cycle, partner) != nil {
		return failure.New(failure.Conflict, "this city has released already; take the release back to make it again")
	}
	v, err := release.Make(tx, cycle, partner, tx.Identity().Name, tx.Today())
	if err != nil {
		return err
	}
	_, err = store.Put(tx, v)
	return err
}

// TakeBack withdraws a city's release, which works until results are shared.
func TakeBack(ctx context.Context, st *store.Store, id access.Identity,
	cycle cyber.CycleID, partner partnership.PartnerID) (Outcome, error) {
	_, err := st.Update(ctx, id, store.Op{Title: "take a release back", Final: true}, func(tx *store.Tx) error {
		v := cyber.ReleaseOf(tx, cycle, partner)
		if v == nil {
			return failure.New(failure.NotFound, "this city has released nothing in the cycle")
		}
		return tx.Delete(v.KindName(), uint64(v.ID))
	})
	if err != nil {
		return Outcome{}, err
	}
	return settled(ctx, st, id, cycle, "Taken back.")
}

// TakePacket takes in the release that a city made in a file of its own, and
// settles the cycle. The seal tells damage, not who sent the file, so it comes
// in through a login of that city. Cycle is the one it is expected for, 0 for
// any.
func TakePacket(ctx context.Context, st *store.Store, id access.Identity, data []byte, cycle cyber.CycleID) (Outcome, error) {
	p, err := release.Read(data)
	if err != nil {
		return Outcome{}, err
	}
	v, err := p.Into(st.As(id).View(), cycle)
	if err != nil {
		return Outcome{}, err
	}
	if err := mayHandIn(st, id, v.Partner); err != nil {
		return Outcome{}, err
	}
	here := false
	_, err = st.Update(ctx, id, handedIn(st, "take in the release", v.Partner), func(tx *store.Tx) error {
		if here = cyber.ReleaseOf(tx, v.Cycle, v.Partner) != nil; here {
			return nil
		}
		_, err := store.Put(tx, v)
		return err
	})
	if err != nil {
		return Outcome{}, err
	}
	done := unconfirmed(st, "Took in the release of "+p.City+".")
	if here {
		done = "A release of " + p.City + " was here already and stays; its assessor takes it back before another comes in."
	}
	return settled(ctx, st, id, v.Cycle, done)
}

func settled(ctx context.Context, st *store.Store, id access.Identity, cycle cyber.CycleID, done string) (Outcome, error) {
	out, err := Settle(ctx, st, id, cycle)
	out.Done = done
	return out, err
}

// Settle notes whose releases are in and shares the results once all are. It
// may be called at any time; it is due after a release came in or was taken
// back, and after who takes part has changed.
func Settle(ctx context.Context, st *store.Store, id access.Identity, cycle cyber.CycleID) (Outcome, error) {
	if err := maySettle(id); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	// The title is what it is called for those from whom a part is hidden, so that
	// it does not tell whether something was shared with others alone.
	_, err := st.Update(ctx, onBehalf(id), store.Op{Title: "several changes at once", Final: true}, func(tx *store.Tx) error {
		y := field.Get(tx, cycle)
		if y == nil {
			return failure.New(failure.NotFound, "there is no such self-assessment cycle; choose one on the list")
		}
		var err error
		out, err = settle(tx, y)
		return err
	})
	return out, err
}

// settle does it within the program's own change.
func settle(tx *store.Tx, y *cyber.Cycle) (Outcome, error) {
	out := Outcome{Year: y.Year, Cities: len(y.TakingPart()), Shared: y.Published.Set}
	if out.Shared {
		return out, nil
	}
	releases := slices.Collect(field.Of[cyber.Release](tx, "cycle", y.ID))
	next := *y
	next.Cities = slices.Clone(y.Cities)
	for i := range next.Cities {
		c := &next.Cities[i]
		in := slices.ContainsFunc(releases, func(v *cyber.Release) bool { return v.Partner == c.Partner })
		switch {
		case !in:
			c.Released = value.Opt[value.Day]{}
		case !c.Released.Set:
			c.Released = value.Some(tx.Today())
		}
	}
	for _, p := range release.Waiting(y, releases) {
		if rec := field.Get(tx, p); rec != nil {
			out.Waiting = append(out.Waiting, rec.Name)
		}
	}
	if pubs := release.Publish(y, releases, release.Facilitators(tx), tx.Today()); len(pubs) > 0 {
		last := cyber.PublicationID(0)
		for p := range field.All[cyber.Publication](tx) {
			last = max(last, p.ID)
		}
		for _, p := range release.Numbered(pubs, last) {
			if err := tx.Insert(p.KindName(), p); err != nil {
				return out, err
			}
		}
		next.Published, out.Shared = value.Some(tx.Today()), true
	}
	_, err := store.Put(tx, &next)
	return out, err
}
