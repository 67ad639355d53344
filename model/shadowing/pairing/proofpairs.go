package pairing

import "interlocal/model/match"

// pairNumbers are the edges of a problem in numbers, each part of them in a row of
// its own, which packs to a fraction of what they take when written out: how many
// people further on the visitor is than the one before, where the host is, what
// half a day is worth, and what a full day is. A value is written one higher, so
// that 0 is none; a full day worth nine fifths of the half is written as -1.
type pairNumbers struct {
	Visitor, Host, Half, Full []int64
}

// numbersOf writes edges as numbers. It reports false when one of them is of
// somebody who is not among the people.
func numbersOf(p *match.Problem) (*pairNumbers, bool) {
	place := map[string]int64{}
	for i := range p.People {
		place[p.People[i].ID] = int64(i)
	}
	out := &pairNumbers{}
	var last int64
	for _, e := range p.Edges {
		v, known := place[e.Visitor]
		h, both := place[e.Host]
		if !known || !both {
			return nil, false
		}
		full := above(e.Full)
		if e.Half != nil && e.Full != nil && *e.Full == *e.Half*9/5 {
			full = -1
		}
		out.Visitor, out.Host = append(out.Visitor, v-last), append(out.Host, h)
		out.Half, out.Full = append(out.Half, above(e.Half)), append(out.Full, full)
		last = v
	}
	return out, true
}

// above is the number of a value.
func above(v *int64) int64 {
	if v == nil {
		return 0
	}
	return *v + 1
}

// edges makes edges of numbers again. It reports false when they cannot be.
func (n *pairNumbers) edges(people []match.Participant) ([]match.Edge, bool) {
	if len(n.Host) != len(n.Visitor) || len(n.Half) != len(n.Visitor) || len(n.Full) != len(n.Visitor) {
		return nil, false
	}
	out := make([]match.Edge, len(n.Visitor))
	within := func(at int64) bool { return at >= 0 && at < int64(len(people)) }
	var v int64
	for i := range out {
		v += n.Visitor[i]
		if !within(v) || !within(n.Host[i]) {
			return nil, false
		}
		e := &out[i]
		e.Visitor, e.Host = people[v].ID, people[n.Host[i]].ID
		if n.Half[i] != 0 {
			e.Half = new(n.Half[i] - 1)
		}
		switch {
		case n.Full[i] == -1 && e.Half == nil:
			return nil, false
		case n.Full[i] == -1:
			e.Full = new(*e.Half * 9 / 5)
		case n.Full[i] != 0:
			e.Full = new(n.Full[i] - 1)
		}
	}
	return out, true
}
