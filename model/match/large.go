package match

import (
	"math"
	"slices"
)

// Large parts, which case distinctions will not settle, are treated in their own
// way: the relaxation with all its rules when time allows, otherwise good prices
// by ascent, and then better plans among the options that the prices leave.

// flows reports whether a part is all but a minimum-cost flow, whose relaxation is
// soon solved and nearly whole: half days only, and nobody both visits and hosts.
func (s *search) flows(p *searchPart) bool {
	for _, o := range p.options {
		x := &s.in.options[o]
		if x.full() || len(s.in.byHost[x.visitor]) > 0 || len(s.in.byVisitor[x.host]) > 0 {
			return false
		}
	}
	return true
}

// improve looks for a better plan of the parts of a size that are not settled,
// among the options that the prices so far do not speak against, until the budget
// reaches a limit.
func (s *search) improve(limit int64, large bool) {
	pool := s.worthTrying(large)
	if len(pool) == 0 {
		return
	}
	for range attempts {
		if s.spent >= limit || s.gap() == 0 || s.stop() {
			break
		}
		s.anneal((limit-s.spent)/10, pool)
		s.explore(limit, pool)
		s.attempt++
	}
	s.handOut()
}

// attempts are made one after the other, each with other random numbers, while
// the work planned lasts.
const attempts = 3

// largePart people are too many to be settled at once.
const largePart = 200

func (p *searchPart) large() bool { return len(p.people) > largePart }

// near reports whether a part is so nearly proved that case distinctions may do the
// rest.
func (p *searchPart) near() bool {
	return !p.unsolved && shortfall(p.tree.value, p.tree.bound()) < 0.002
}

// ascentRounds of improving prices take about as long as the basic rules took;
// after that, rules that are broken are looked for several times, with fewer rounds
// for the prices to take each up.
const (
	ascentRounds = 400
	cutTimes     = 40
	cutAscent    = 300
	// firstAscent of the work planned is done when the relaxations are taken up, and
	// ascentShare when no more rules are looked for.
	firstAscent = 0.06
	ascentShare = 0.6
)

// affordableTimes the work of the basic rules is what all rules together take about.
const affordableTimes = 50

// affordable reports whether there is time to solve the relaxation of a part with all
// its rules.
func (s *search) affordable(p *searchPart) bool {
	return !p.large() || s.flows(p) || affordableTimes*p.basicWork <= s.share(tightShare)
}

// ascend improves the prices of the large parts by ascent until the budget reaches a
// limit, and takes the bound that they prove.
func (s *search) ascend(limit int64, which func(p *searchPart) bool) {
	for _, p := range s.parts {
		if b := p.tree; p.large() && !s.flows(p) && which(p) && len(b.open) == 1 && b.bound() > b.value {
			if p.ascent == nil {
				limit = max(limit, s.spent+(ascentRounds+cutAscent)*p.roundWork())
			}
			s.within(p, limit, func() { s.ascendPart(p, b.open[0], b.caseOf(b.open[0])) })
			s.tell()
		}
	}
}

// ascendPart begins an ascent or goes on with it, with rules that its mean breaks. The
// rules it finds are kept apart from those of the relaxation.
func (s *search) ascendPart(p *searchPart, x *branch, c *caseOf) {
	b := p.tree
	if p.ascent == nil {
		p.broken = newRelaxation(s.in, p.options, 0)
		for _, r := range b.relax.rows {
			p.broken.addRow(r)
		}
		p.ascent = newAscent(s.in, p.options, slices.Clone(b.relax.rows))
		for i := range p.ascent.price {
			p.ascent.price[i] = b.relax.lp.rowPrice(i)
		}
		p.ascent.run(ascentRounds, float64(b.value), firstStep, s.roundOf(p))
		s.takePrices(p.ascent, b, x, c)
	}
	for range cutTimes {
		s.spent += 10 * int64(len(p.broken.rows))
		shares := p.ascent.shares()
		if b.work() || p.broken.addEdgeRules(shares, VisitorDayRule)+p.broken.addHalves(shares, 1, b.work) == 0 {
			break
		}
		p.ascent = p.ascent.with(slices.Clone(p.broken.rows))
		p.ascent.run(cutAscent, max(float64(b.value), 0.99*float64(x.bound)), laterStep, s.roundOf(p))
		s.takePrices(p.ascent, b, x, c)
		s.tell()
	}
	p.pay = slices.Clone(p.ascent.refresh())
}

// roundOf counts rounds of ascent as work and says when to stop.
func (s *search) roundOf(p *searchPart) func() bool {
	return func() bool {
		s.spent += p.roundWork()
		return p.tree.work()
	}
}

// roundWork is the work of a round of ascent.
func (p *searchPart) roundWork() int64 { return int64(len(p.options)/24 + 1) }

// takePrices takes the bound that the best prices prove. Rules about meeting are
// written out for the proof alone.
func (s *search) takePrices(a *ascent, b *brancher, x *branch, c *caseOf) {
	a.finish()
	rows := slices.Clone(a.rows)
	var prices []pricedRow
	for i, v := range a.price {
		prices = appendPrice(prices, i, v)
	}
	a.eachPair(func(r Rule, price float64) {
		prices = appendPrice(prices, len(rows), price)
		rows = append(rows, s.in.writeOut(r))
	})
	b.acceptRows(x, c, rows, prices)
}

func appendPrice(list []pricedRow, row int, price float64) []pricedRow {
	if v := int64(math.Round(price * PriceUnit)); v > 0 {
		return append(list, pricedRow{int32(row), v})
	}
	return list
}

// tighten adds rules to the relaxations of some parts for as long as that lowers
// their bounds.
func (s *search) tighten(limit int64) {
	for _, p := range s.parts {
		b := p.tree
		if b.bound() == b.value {
			continue
		}
		if p.unsolved = !s.affordable(p); p.unsolved {
			continue
		}
		s.within(p, limit, func() {
			if p.unsolved = b.tighten(b.open[0], b.caseOf(b.open[0])); p.unsolved && p.ascent != nil {
				return
			}
			b.relax.lp.reprice()
			p.pay = make([]float64, len(s.in.options))
			p.shares = make([]float64, len(s.in.options))
			for c, o := range p.options {
				p.pay[o] = -b.relax.lp.d[c]
				p.shares[o] = b.relax.lp.share(int32(c))
			}
			if !p.large() && b.bound() > b.value {
				b.dive()
			}
		})
		s.tell()
	}
}

// worthTrying lists the options that the prices do not speak against.
func (s *search) worthTrying(large bool) []int32 {
	limit := min(s.meanValue()*0.2, float64(s.gap()))
	var pool []int32
	for _, p := range s.parts {
		if p.large() != large || p.tree.bound() == p.tree.value {
			continue
		}
		for _, o := range p.options {
			if p.pay == nil && o < s.in.unlikely() || p.pay != nil && p.pay[o] > -limit {
				pool = append(pool, o)
			}
		}
	}
	return pool
}
