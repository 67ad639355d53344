package release_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
	"interlocal/model/partnership"
)

// TestWhatALiarLearns: the numbers on the consent screen are those of the rules. A
// city that is certain about another after the list was made by the program is
// counted, over all ways in which the others can lack the item.
func TestWhatALiarLearns(t *testing.T) {
	for _, fromThree := range []bool{false, true} {
		s := plainScene("PR.AA-01")
		for _, c := range s.consents {
			c.FromThree = fromThree
		}
		var by [2]float64 // what city 1 settles when it says that it does not lack the item, and that it does
		for own, level := range []cyber.Level{cyber.InProcess, cyber.NotPerformed} {
			listed, lacked := map[bool]float64{}, map[bool]float64{}
			for ways := range 16 {
				w, weight := world{1: {level}}, 1.0
				for p := 2; p <= 5; p++ {
					if ways>>(p-2)&1 == 1 {
						w[p], weight = []cyber.Level{cyber.NotPerformed}, weight*0.4
					} else {
						w[p], weight = []cyber.Level{cyber.InProcess}, weight*0.6
					}
				}
				h := release.Handed(handedTo(s, w, honest(s, w), 1), 1, 1)
				is := len(h.Items()) > 0
				listed[is] += weight
				if ways&1 == 1 {
					lacked[is] += weight
				}
			}
			for is, all := range listed {
				if lacked[is] == 0 || lacked[is] == all {
					by[own] += all
				}
			}
		}
		told := release.Learned{Honest: int(math.Round(1000 * (0.6*by[0] + 0.4*by[1]))),
			Liar: int(math.Round(1000 * max(by[0], by[1])))}
		said := release.Learns(5, fromThree)
		if conceals(said, told) || said != told {
			t.Errorf("from three on %v: the screen says %+v, the lists tell %+v", fromThree, said, told)
		}
		if silent := (release.Learned{Honest: said.Honest, Liar: said.Honest}); !fromThree && !conceals(silent, told) {
			t.Error("a screen that is silent about liars is not noticed")
		}
	}
	if got := release.Learns(5, false); got != (release.Learned{Honest: 52, Liar: 130}) {
		t.Errorf("%+v", got)
	}
}

// conceals reports whether a consent screen says less than the lists tell.
func conceals(said, told release.Learned) bool {
	return said.Honest < told.Honest || said.Liar < told.Liar
}

// TestFromThreeOn: two cities of which one wants three are not named; two that let
// it be are, and three always.
func TestFromThreeOn(t *testing.T) {
	s := plainScene("PR.AA-01")
	s.consents[2].FromThree = true
	for _, c := range []struct {
		lacks []partnership.PartnerID
		named bool
	}{{[]partnership.PartnerID{1, 2}, false}, {[]partnership.PartnerID{1, 3}, true},
		{[]partnership.PartnerID{1, 2, 3}, true}} {
		w := randomWorld(rand.New(rand.NewPCG(1, 1)), 1)
		for p := 1; p <= 5; p++ {
			w[p][0] = cyber.InProcess
		}
		for _, p := range c.lacks {
			w[p][0] = cyber.NotPerformed
		}
		h := release.Handed(handedTo(s, w, honest(s, w), 1), 1, 1)
		if (len(h.Items()) > 0) != c.named {
			t.Errorf("%v lack it: named %v", c.lacks, h.Items())
		}
	}
}
