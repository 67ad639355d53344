package assess

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// Acts lists what can be done with a self-assessment, from its beginning to the
// results that are shared. Who may sign a release is asked of the signer, of whom
// one may be given.
func Acts(signer ...Signer) field.Acts {
	var signs Signer
	if len(signer) > 0 {
		signs = signer[0]
	}
	return field.Acts{
		inviteAct(), beginAct(), carryAct(),
		answerAct(), noteAct(), flagAct(), testedAct(), acceptRiskAct(), remedyAct(), sheetAct(), earlierAct(),
		wordingAct(),
		submitAct(), returnAct(), approveAct(), lockAct(), reopenAct(),
		consentAct(), releaseAct(), sealAct(), packetAct(), signedAct(signs), takeBackAct(),
		confirmAct(), shareAct(), suggestAct(),
	}
}

// Of says which city's assessment of which cycle is meant.
type Of struct {
	Cycle   cyber.CycleID
	Partner partnership.PartnerID
}

// ofFields describes whose assessment is meant, among other arguments.
func ofFields[A any](of func(*A) *Of) []field.Field[A] {
	return field.Part(90, "", "", of, []field.Field[Of]{
		field.Ref(1, "cycle", "Cycle", func(o *Of) *cyber.CycleID { return &o.Cycle }).Required().
			Help("The year; the newest when not said."),
		field.Ref(2, "partner", "City", func(o *Of) *partnership.PartnerID { return &o.Partner }).Required().
			Help("Your own when not said."),
	})
}

// usual gives one's own city and the newest cycle.
func usual(v field.Viewpoint) Of {
	of, year := Of{Partner: partnership.PartnerID(v.By.Partner)}, 0
	for y := range field.All[cyber.Cycle](v) {
		if y.Year > year {
			of.Cycle, year = y.ID, y.Year
		}
	}
	return of
}

// ofSomeCity says why somebody who is of no city cannot do what is a city's own.
func ofSomeCity(v field.Viewpoint, _ *field.Alone) error {
	if v.By.All || v.By.Partner != 0 {
		return nil
	}
	return failure.New(failure.Forbidden,
		"a self-assessment is a city's own; ask an administrator to say whose staff you are")
}

// cityName names a partner for a sentence.
func cityName(r field.Reader, partner partnership.PartnerID) string {
	if p := field.Get(r, partner); p != nil {
		return p.Name
	}
	return "the city"
}

// titleOf names an assessment: "Raytown 2026".
func titleOf(r field.Reader, of Of) string {
	if y := field.Get(r, of.Cycle); y != nil {
		return cityName(r, of.Partner) + " " + strconv.Itoa(y.Year)
	}
	return cityName(r, of.Partner)
}
