// Package filerules says what rows of files mean beyond records of a kind: acts, and
// the answers of forms. It is handed to whoever takes files in, who knows no
// domain.
package filerules

import (
	"slices"

	"interlocal/model"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/model/shadowing/forms"
)

// New gives the rules by which files come in.
func New() exchange.Rules {
	return exchange.Rules{Acts: model.NewActs(), Form: forms.PlanForm, Answer: forms.Answer, Remark: unconfirmed}
}

// unconfirmed is what the title of a change adds when it brings releases into a
// file without logins, where none can confirm that a city sent its own.
func unconfirmed(r field.Reader, kinds []*field.Kind) string {
	releases := cyber.Release{}.KindName()
	if !slices.ContainsFunc(kinds, func(k *field.Kind) bool { return k.Name == releases }) || accounts.HasUsers(r) {
		return ""
	}
	return ", releases not confirmed by a login of their city"
}
