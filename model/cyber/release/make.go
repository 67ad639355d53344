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

// leastForBand is how many scored items a function needs before its band is
// told: with fewer, a band could settle a single answer.
const leastForBand = 4

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
		SmallToo: consent.SmallToo,
		Made:     value.Some(today), MadeBy: by}
	for _, fn := range f.Functions {
		level := consent.For(string(fn.ID))
		if level == "" {
			level = cyber.SharesNothing
		}
		v.Functions = append(v.Functions, cyber.FunctionConsent{Function: string(fn.ID), Level: level})
		if level.Rank() >= 1 {
			v.Below = append(v.Below, below(f, fn, levels, v.Minimum)...)
		}
		if level.Rank() >= 2 {
			v.Bands = append(v.Bands, cyber.FunctionBand{Function: string(fn.ID), Band: band(fn, levels)})
		}
		if level.Rank() >= 3 {
			v.Scores = append(v.Scores, scores(f, fn, levels)...)
			v.With = consent.With
		}
	}
	return v
}

// below lists a function's items that score below the minimum. Open answers
// are not among them: what nobody knows is not a deficiency.
func below(f *framework.Framework, fn framework.Function, levels cyber.Levels, minimum int) []string {
	var out []string
	for i := fn.From; i < fn.To; i++ {
		if value, ok := levels.At(i).Value(); ok && value < minimum {
			out = append(out, string(f.Items[i].ID))
		}
	}
	return out
}

// band gives the range in which the mean of a function's answers lies.
func band(fn framework.Function, levels cyber.Levels) cyber.Band {
	sum, n := 0, 0
	for i := fn.From; i < fn.To; i++ {
		if value, ok := levels.At(i).Value(); ok {
			sum, n = sum+value, n+1
		}
	}
	switch {
	case n < leastForBand:
		return cyber.BandNone
	case sum < 3*n:
		return cyber.BandLow
	case sum < 5*n:
		return cyber.BandMiddle
	}
	return cyber.BandHigh
}

// scores gives the values of a function's answers; 0 stands for all that score
// nothing, so that it is not told why.
func scores(f *framework.Framework, fn framework.Function, levels cyber.Levels) []cyber.ItemScore {
	out := make([]cyber.ItemScore, 0, fn.To-fn.From)
	for i := fn.From; i < fn.To; i++ {
		value, _ := levels.At(i).Value()
		out = append(out, cyber.ItemScore{Item: string(f.Items[i].ID), Score: value})
	}
	return out
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
