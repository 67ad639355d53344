package model

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/shadowing/events"
)

// NewActs lists what can be done to the records, in the order of help. Each
// domain keeps its own table; a new act is a value in one of them, and from it
// follow its command, its palette entry, its form and its title in the history.
func NewActs() field.Acts {
	return slices.Concat(
		loans.Acts(),
		events.Acts(),
	)
}
