package release

import (
	"math"
	"strconv"

	"interlocal/model/cyber"
)

// lackRate is which part of the items a city is taken to lack where it is worked
// out what others learn.
const lackRate = 0.4

// Learned is of how many of a thousand of a city's items another learns for
// certain, from lists alone, whether it is below the minimum.
type Learned struct{ Honest, Liar int }

// Learns works out, over all ways in which the cities that joined can lack an item,
// what one of them learns of another: one that says the truth, and one that says
// of everything whatever tells it most.
func Learns(joined int, fromThree bool) Learned {
	if joined < 2 {
		return Learned{}
	}
	joined = min(joined, mostJoined)
	below, above := settled(joined-1, 1, fromThree), settled(joined-1, 0, fromThree)
	inThousand := func(share float64) int { return int(math.Round(1000 * share)) }
	return Learned{Honest: inThousand(lackRate*below + (1-lackRate)*above), Liar: inThousand(max(below, above))}
}

// mostJoined bounds the work; among as many nearly nothing is certain.
const mostJoined = 12

// settled is how likely it is, over all ways in which others lack an item, that it
// is certain afterwards whether the first of them does; own is 1 for a city
// that says it lacks the item itself.
func settled(others, own int, fromThree bool) float64 {
	least := 2
	if fromThree {
		least = 3
	}
	var all, first [2]float64 // by whether the item is listed: every way, and those in which the first lacks it
	for ways := range 1 << others {
		w, n := 1.0, own
		for i := range others {
			if ways>>i&1 == 1 {
				w, n = w*lackRate, n+1
			} else {
				w *= 1 - lackRate
			}
		}
		listed := 0
		if n >= least {
			listed = 1
		}
		all[listed] += w
		first[listed] += w * float64(ways&1)
	}
	sum := 0.0
	for i := range all {
		if first[i] == 0 || first[i] == all[i] {
			sum += all[i]
		}
	}
	return sum
}

// inNumbers says what a consent concedes in numbers, for the cities that take part.
func inNumbers(c *cyber.Consent, y *cyber.Cycle) string {
	n := len(y.TakingPart())
	if n < 2 {
		return ""
	}
	l := Learns(n, c.FromThree)
	text := "In numbers, where " + strconv.Itoa(n) + " join as you do and each lacks 40 of 100 items: from the lists " +
		"alone another city is certain about " + perHundred(l.Honest) +
		" of yours, and one that lies about its own about " +
		perHundred(l.Liar) + ". Nobody can tell a liar."
	if !c.FromThree {
		three := Learns(n, true)
		text += " If all have theirs named only from three on, it is " + perHundred(three.Honest) + " and " +
			perHundred(three.Liar) + "."
	}
	return text
}

func perHundred(permille int) string {
	return strconv.Itoa(permille/10) + "." + strconv.Itoa(permille%10) + " of 100"
}
