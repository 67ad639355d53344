package model

import (
	"slices"

	"interlocal/model/accounts"
	"interlocal/model/buying"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/incident"
	"interlocal/model/field"
	"interlocal/model/lending/loans"
	"interlocal/model/lending/rates"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing/events"
)

// NewActs lists what can be done to the records, in the order of help. Each
// domain keeps its own table; a new act is a value in one of them, and from it
// follow its command, its palette entry, its form and its title in the history.
func NewActs() field.Acts {
	return slices.Concat(
		partnership.Acts(),
		loans.Acts(),
		rates.Acts(),
		buying.Acts(),
		accounts.Acts(),
		assess.Acts(accounts.Signer),
		incident.Acts(),
		meeting.Acts(),
		events.Acts(),
	)
}
