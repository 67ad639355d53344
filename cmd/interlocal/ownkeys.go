package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/store/run"
)

// keyCommand lists whoever asks their own keys; the acts on keys stand under it.
func (c *call) keyCommand() *cobra.Command {
	cmd := c.command("key", "your own keys: when each was last used, a next one, ending one", none,
		func(ctx context.Context, _ []string) error {
			if _, err := c.openExisting(ctx); err != nil {
				return err
			}
			u, ok := run.OwnLogin(c.store, c.id).(*accounts.User)
			if !ok {
				return failure.New(failure.NotFound, "keys are those of a login, and you came without one; interlocal "+
					"user list shows who has one")
			}
			return c.sayKeys(u, "You have no key: you come in by your account on this machine.")
		})
	cmd.Long = `key lists your own keys with the day each was last used. To move to a new key or computer:

  interlocal key next           prints a line to sign in with by the new key, once
  interlocal key end SHA256:…   ends the old one, or that of a computer you no longer have

The keys of others are an administrator's to manage: interlocal user key LOGIN.`
	return cmd
}

// keyValues are the keys of a user for scripts.
func (c *call) keyValues(u *accounts.User) []keyJSON {
	out := []keyJSON{}
	for i := range u.Keys {
		k := &u.Keys[i]
		v := keyJSON{Fingerprint: k.Fingerprint, Algorithm: k.Algorithm, Comment: k.Comment}
		if k.Added.Set {
			v.Added = k.Added.V.String()
		}
		if k.Until.Set {
			v.Until = k.Until.V.String()
		}
		if at, ok := run.KeyUsed(c.store, k.Fingerprint); ok {
			v.Used = &at
		}
		out = append(out, v)
	}
	return out
}

// sayKeys lists the keys of a user.
func (c *call) sayKeys(u *accounts.User, none string) error {
	keys := c.keyValues(u)
	if len(keys) == 0 {
		return c.say(none, keys)
	}
	lines := [][]string{{"key", "kind", "called", "added", "good until", "last used"}}
	for _, k := range keys {
		lines = append(lines, []string{k.Fingerprint, k.Algorithm, k.Comment, k.Added, k.Until, c.usedAt(k.Used)})
	}
	return c.say(columns(lines), keys)
}

// usedAt is when a key was last used, in words.
func (c *call) usedAt(at *time.Time) string {
	if at == nil {
		return "not noted"
	}
	return c.local(c.store.As(c.id).View(), *at)
}
