package cyber

import "interlocal/model/cyber/framework"

// leastForBand is how many scored items a function needs before its band is
// told: with fewer, a band could settle a single answer.
const leastForBand = 4

// belowIn lists a function's items that score below the minimum. Open answers
// are not among them: what nobody knows is not a deficiency.
func belowIn(f *framework.Framework, fn framework.Function, levels Levels, minimum int) []string {
	var out []string
	for i := fn.From; i < fn.To; i++ {
		if value, ok := levels.At(i).Value(); ok && value < minimum {
			out = append(out, string(f.Items[i].ID))
		}
	}
	return out
}

// bandOf gives the range in which the mean of a function's answers lies.
func bandOf(fn framework.Function, levels Levels) Band {
	sum, n := 0, 0
	for i := fn.From; i < fn.To; i++ {
		if value, ok := levels.At(i).Value(); ok {
			sum, n = sum+value, n+1
		}
	}
	switch {
	case n < leastForBand:
		return BandNone
	case sum < 3*n:
		return BandLow
	case sum < 5*n:
		return BandMiddle
	}
	return BandHigh
}

// scoresIn gives the values of a function's answers; 0 stands for all that score
// nothing, so that it is not told why.
func scoresIn(f *framework.Framework, fn framework.Function, levels Levels) []ItemScore {
	out := make([]ItemScore, 0, fn.To-fn.From)
	for i := fn.From; i < fn.To; i++ {
		value, _ := levels.At(i).Value()
		out = append(out, ItemScore{Item: string(f.Items[i].ID), Score: value})
	}
	return out
}
