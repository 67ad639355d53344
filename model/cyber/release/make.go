package release

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Make makes a city's release of a cycle from its locked assessment and its
// consent. It reads nothing of any other city.
func Make(r field.Reader, cycle cyber.CycleID, partner partnership.PartnerID, by string,
	today value.Day) (*cyber.Release, error) {
	s, err := cyber.ReadSheet(r, cycle, partner, today)
	if err != nil {
		return nil, err
	}
	consent := cyber.ConsentOf(r, cycle, partner)
	switch {
	case s.Assessment == nil || s.Assessment.State != cyber.AssessmentLocked:
		return nil, failure.New(failure.Invalid, "lock the assessment first: a release is made from answers that stay")
	case consent == nil:
		return nil, failure.New(failure.Invalid,
			"record the city's sharing consent first; without it nothing leaves the city")
	case consent.Void(r, s.Cycle) != "":
		return nil, failure.New(failure.Invalid, consent.Void(r, s.Cycle)+"; it is void, and has to be given again")
	}
	return Seal(r, Of(s.Framework, s.Levels, s.Cycle, consent, partner, by, today)), nil
}

// Seal puts the seal on a release that was just made.
func Seal(r field.Reader, v *cyber.Release) *cyber.Release {
	v.Seal = cyber.SealText(v.Body(r))
	return v
}

// Of makes a release of levels, without its seal. What it holds depends on the
// functions that the consent lets out and on nothing else.
func Of(f *framework.Framework, levels cyber.Levels, y *cyber.Cycle, consent *cyber.Consent,
	partner partnership.PartnerID, by string, today value.Day) *cyber.Release {
	v := &cyber.Release{Cycle: y.ID, Partner: partner, Framework: f.Version, Minimum: y.Level(),
		SmallToo: consent.SmallToo, FromThree: consent.FromThree, Members: y.TakingPart(),
		Made: value.Some(today), MadeBy: by}
	for _, fn := range f.Functions {
		level := consent.For(string(fn.ID))
		if level == "" {
			level = cyber.SharesNothing
		}
		if level.Rank() >= 3 {
			v.With = consent.With
		}
		v.Functions = append(v.Functions, cyber.FunctionConsent{Function: string(fn.ID), Level: level})
	}
	v.Fill(f, levels)
	return v
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
