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

// narrow looks at the file as --as asks: as a role, of a partner or of none, and
// sees of that what whoever asks may see.
func (c *call) narrow() error {
	if c.as == "" {
		return nil
	}
	word, city, hasCity := strings.Cut(c.as, "@")
	role, party := access.Role(""), field.Party(0)
	var names []string
	for _, r := range access.Roles() {
		if strings.EqualFold(string(r), word) {
			role = r
		}
		names = append(names, string(r))
	}
	if role == "" {
		return misuse("there is no role called %q; roles are %s", word, strings.Join(names, ", "))
	}
	view := c.store.As(c.id).View()
	if hasCity {
		partner, err := field.NewEnv(view, c.wall(view).Day()).Resolve(partnership.KindPartners, city)
		if err != nil {
			return misuse("--as: %s", err.Error())
		}
		party = field.Party(partner)
	}
	c.id = c.id.Looking(role, party, view.Schema())
	return nil
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
	if c.id.Manages() {
		return nil
	}
	return failure.New(failure.Forbidden, "to "+what+" takes an administrator; ask yours")
}
