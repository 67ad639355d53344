package main

import (
	"context"
	"strings"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// narrow looks at the file as --as asks: as a role, of a partner or of none. It
// can only take rights away from whoever asks.
func (c *call) narrow() error {
	if c.as == "" {
		return nil
	}
	word, city, hasCity := strings.Cut(c.as, "@")
	id := c.id
	id.Role, id.Partner = "", 0
	var names []string
	for _, role := range access.Roles() {
		if strings.EqualFold(string(role), word) {
			id.Role = role
		}
		names = append(names, string(role))
	}
	if id.Role == "" {
		return misuse("there is no role called %q; roles are %s", word, strings.Join(names, ", "))
	}
	view := c.store.As(c.id).View()
	if hasCity {
		partner, err := field.NewEnv(view, c.wall(view).Day()).Resolve(partnership.KindPartners, city)
		if err != nil {
			return misuse("--as: %s", err.Error())
		}
		id.Partner = field.Party(partnership.PartnerID(partner))
	}
	if !within(id, c.id, view.Schema()) {
		return failure.New(failure.Forbidden, "--as can only take rights away, and "+c.as+
			" may see or do what you may not")
	}
	c.id = id
	return nil
}

// within reports whether an identity has no right that another lacks.
func within(id, other access.Identity, s *field.Schema) bool {
	fits := func(a, b access.Reach) bool {
		return a <= b && (a != access.Own || b != access.Own || id.Partner == 0 || id.Partner == other.Partner)
	}
	for _, k := range s.Kinds {
		a, b := id.Rights(k), other.Rights(k)
		if !fits(a.See, b.See) || !fits(a.Private, b.Private) || !fits(a.Confidential, b.Confidential) ||
			!fits(a.Change, b.Change) {
			return false
		}
	}
	return true
}

// mayTakeIn refuses an import to whoever may change no record of the kind. It
// is asked before the input is read, which may be large and come from elsewhere.
func (c *call) mayTakeIn(ctx context.Context, k *field.Kind) error {
	if _, err := c.open(ctx); err != nil {
		return err
	}
	return c.id.MayChangeSome(k)
}

// mayTakeAllIn is mayTakeIn for a file with records of every kind.
func (c *call) mayTakeAllIn(ctx context.Context) error {
	for _, k := range model.NewSchema().Kinds {
		if err := c.mayTakeIn(ctx, k); failure.CodeOf(err) != failure.Forbidden {
			return err
		}
	}
	return failure.New(failure.Forbidden, "as "+string(c.id.Role)+" you can read records but not change them")
}

// needKeeper refuses what copies or replaces the whole file to all but those
// who may see all of it.
func (c *call) needKeeper(what string) error {
	if c.id.Role == access.Owner || c.id.Role == access.Admin {
		return nil
	}
	return failure.New(failure.Forbidden, "to "+what+" takes an administrator; ask yours")
}
