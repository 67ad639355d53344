package match

import (
	"math"
	"slices"
)

// Large parts, which case distinctions will not settle, are treated in their own
// way: good prices by ascent, better plans among the options they leave, and the
// relaxation with all its rules when time allows.

// affordable reports whether the relaxations of the large parts can be solved
// with all their rules within the work planned for it. It takes about ten pivots
// a row.
func (s *search) affordable() bool {
	var work int64
	for _, p := range s.parts {
		if p.large() {
			m := int64(p.tree.relax.lp.m)
			work += 10 * m * (1 + m*m/12_000)
		}
	}
	return work <= s.share(2*boundShare)
}

// improve looks for a better plan of the large parts among the options that the
// prices so far do not speak against.
func (s *search) improve(until float64) {
	pool := s.worthTrying()
	s.anneal((s.share(until)-s.spent)/10, pool)
	s.explore(s.share(until), pool)
	s.handOut()
}

// largePart people are too many to be settled at once.
const largePart = 200

func (p *searchPart) large() bool { return len(p.people) > largePart }

// ascentRounds of improving prices take about as long as the basic rules took;
// after that, rules that are broken are looked for a few times, with fewer rounds
// for the prices to take each up.
const (
	ascentRounds = 800
	cutTimes     = 8
	cutAscent    = 300
	// ascentShare of the work planned is done when no more rules are looked for.
	ascentShare = 0.35
)

// ascend improves the prices of a large part by ascent, takes the bound they
// prove, and makes the relaxation start with the rules and options that matter.
func (s *search) ascend(p *searchPart, x *branch, c *caseOf) {
	b := p.tree
	a := newAscent(s.in, p.options, slices.Clone(b.relax.rows))
	for i := range a.price {
		a.price[i] = b.relax.lp.rowPrice(i)
	}
	round := int64(len(p.options)/40 + 1)
	stop := func() bool {
		s.spent += round
		return b.work()
	}
	a.run(ascentRounds, float64(b.value), firstStep, stop)
	s.takePrices(a, b, x, c)
	faint := s.meanValue() / 400
	for k, e := range a.edges {
		for slot := range s.in.slots {
			if a.meet[k*s.in.slots+slot] > faint {
				b.relax.has[edgeRule{MeetRule, e, int32(slot)}] = true
				b.relax.addRow(s.in.writeOut(Rule{Kind: MeetRule, Who: int(e), Slot: slot}))
			}
		}
	}
	for range cutTimes {
		s.spent += 10 * int64(len(b.relax.rows))
		if s.spent > s.share(ascentShare) || b.relax.addHalves(a.shares(), b.work) == 0 {
			break
		}
		a = a.with(slices.Clone(b.relax.rows))
		a.run(cutAscent, max(float64(b.value), 0.99*float64(x.bound)), laterStep, stop)
		s.takePrices(a, b, x, c)
		s.tell()
	}
	p.pay = slices.Clone(a.refresh())
	near := -s.meanValue() / 20
	for col, o := range p.options {
		if p.pay[o] > near {
			b.relax.lp.activate(int32(col))
		}
	}
}

// takePrices takes the bound that the best prices prove. Rules about meeting are
// written out for the proof alone.
func (s *search) takePrices(a *ascent, b *brancher, x *branch, c *caseOf) {
	a.finish()
	rows := slices.Clone(a.rows)
	var prices []pricedRow
	for i, v := range a.price {
		prices = appendPrice(prices, i, v)
	}
	for k, e := range a.edges {
		for slot := range s.in.slots {
			if v := a.meet[k*s.in.slots+slot]; v > 0 {
				prices = appendPrice(prices, len(rows), v)
				rows = append(rows, s.in.writeOut(Rule{Kind: MeetRule, Who: int(e), Slot: slot}))
			}
		}
	}
	b.acceptRows(x, c, rows, prices)
}

func appendPrice(list []pricedRow, row int, price float64) []pricedRow {
	if v := int64(math.Round(price * PriceUnit)); v > 0 {
		return append(list, pricedRow{int32(row), v})
	}
	return list
}

// bounds tightens the relaxation of the large parts.
func (s *search) bounds(limit int64) {
	for _, p := range s.parts {
		b := p.tree
		if !p.large() || len(b.open) != 1 || b.open[0].parent != nil {
			continue
		}
		s.within(p, limit, func() {
			if !b.tighten(b.open[0], b.caseOf(b.open[0])) {
				for c, o := range p.options {
					p.pay[o] = -b.relax.lp.d[c]
				}
			}
		})
		s.tell()
	}
}

// worthTrying lists the options that the prices do not speak against.
func (s *search) worthTrying() []int32 {
	limit := s.meanValue() * 0.2
	var pool []int32
	for _, p := range s.parts {
		if !p.large() {
			continue
		}
		for _, o := range p.options {
			if p.pay == nil || p.pay[o] > -limit {
				pool = append(pool, o)
			}
		}
	}
	return pool
}
