package main

import (
	"context"

	"interlocal/model/access"
	"interlocal/model/partnership"
	"interlocal/store"
)

// founder is in the journal as the one who put the first records there. It is
// no user, so nobody's undo takes them away.
func founder() access.Identity {
	return access.Identity{Name: "interlocal", Role: access.Owner}
}

// found puts the founding records into a file in which nothing has happened.
func found(ctx context.Context, st *store.Store) error {
	if st.As(founder()).View().Rev() > 0 {
		return nil
	}
	return fill(ctx, st, "founding records", partnership.NewSeed().Each)
}

// fill puts records that refer to each other by number into an empty file, as
// one change.
func fill(ctx context.Context, st *store.Store, title string, each func(func(kind string, rec any) error) error) error {
	_, err := st.Update(ctx, founder(), store.Op{Title: title}, func(tx *store.Tx) error {
		return each(tx.Insert)
	})
	return err
}
