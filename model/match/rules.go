package match

import "math/bits"

// A term is an option in a rule and the weight it has there.
type term struct {
	option int32
	weight int32
}

// A row is a rule written out for the options of an instance.
type row struct {
	rule  Rule
	limit int64
	terms []term
}

// basicRules lists the rules that describe the plans completely, the uses of an
// edge aside: those that something could break.
func (in *instance) basicRules() []row {
	var rows []row
	units := map[int32]bool{}
	add := func(r Rule) {
		if x := in.writeOut(r); len(x.terms) > 1 || x.limit == 0 {
			rows = append(rows, x)
		}
	}
	for p := range in.capacity {
		for s := range in.slots {
			visits, guests := in.countIn(in.byVisitor[p], s), in.countIn(in.byHost[p], s)
			switch {
			case visits > 0 && guests > 0:
				add(Rule{Kind: RoleRule, Who: p, Slot: s})
			case visits > 0:
				add(Rule{Kind: VisitRule, Who: p, Slot: s})
			case guests > in.capacity[p]:
				add(Rule{Kind: HostRule, Who: p, Slot: s})
			}
		}
		if in.visitCap[p] < in.slots {
			add(Rule{Kind: TripRule, Who: p})
		}
		if u := in.unit[p]; u >= 0 && !units[u] && len(in.byVisitor[p]) > 0 {
			units[u] = true
			for s := range in.slots {
				add(Rule{Kind: UnitRule, Who: p, Slot: s})
			}
		}
	}
	return rows
}

func (in *instance) countIn(options []int32, slot int) int {
	n := 0
	for _, o := range options {
		n += int(in.options[o].slots >> slot & 1)
	}
	return n
}

// writeOut lists the terms of a rule.
func (in *instance) writeOut(r Rule) row {
	x := row{rule: r, limit: 1}
	count := func(options []int32, weight int) {
		for _, o := range options {
			if in.options[o].slots>>r.Slot&1 == 1 {
				x.terms = append(x.terms, term{o, int32(weight)})
			}
		}
	}
	switch r.Kind {
	case VisitRule:
		count(in.byVisitor[r.Who], 1)
	case HostRule:
		count(in.byHost[r.Who], 1)
		x.limit = int64(in.capacity[r.Who])
	case RoleRule:
		count(in.byVisitor[r.Who], in.capacity[r.Who])
		count(in.byHost[r.Who], 1)
		x.limit = int64(in.capacity[r.Who])
	case MeetRule:
		e := in.ofEdge[r.Who]
		for o := e[0]; o < e[1]; o++ {
			count([]int32{o}, 1)
		}
		count(in.byVisitor[in.options[e[0]].host], 1)
	case TripRule:
		for _, o := range in.byVisitor[r.Who] {
			x.terms = append(x.terms, term{o, 1})
		}
		x.limit = int64(in.visitCap[r.Who])
	case UnitRule:
		for p, u := range in.unit {
			if u == in.unit[r.Who] {
				count(in.byVisitor[p], 1)
			}
		}
		x.limit = int64(in.unitAway[in.unit[r.Who]])
	case HostDayRule:
		x.terms = in.dayTerms(r, in.options[in.ofEdge[r.Who][0]].host)
	case VisitorDayRule:
		x.terms = in.dayTerms(r, in.options[in.ofEdge[r.Who][0]].visitor)
	case OnceRule:
		for o := in.ofEdge[r.Who][0]; o < in.ofEdge[r.Who][1]; o++ {
			x.terms = append(x.terms, term{o, 1})
		}
	}
	return x
}

// dayTerms lists what the use of an edge on a date excludes of the full days of
// one of the two people, and the use itself.
func (in *instance) dayTerms(r Rule, who int32) []term {
	date := uint64(3) << r.Slot
	var out []term
	for o := in.ofEdge[r.Who][0]; o < in.ofEdge[r.Who][1]; o++ {
		if in.options[o].slots&date != 0 {
			out = append(out, term{o, 1})
		}
	}
	full := func(options []int32) {
		for _, o := range options {
			if x := &in.options[o]; x.slots == date && int(x.edge) != r.Who {
				out = append(out, term{o, 1})
			}
		}
	}
	full(in.byVisitor[who])
	if in.capacity[who] == 1 {
		full(in.byHost[who])
	}
	return out
}

// halve adds rows up and halves the sum, rounding down.
func halve(rows []row) row {
	out := row{rule: Rule{Kind: HalfRule}}
	at := map[int32]int{}
	for _, r := range rows {
		out.rule.Of = append(out.rule.Of, r.rule)
		out.limit += r.limit
		for _, t := range r.terms {
			i, ok := at[t.option]
			if !ok {
				i = len(out.terms)
				at[t.option] = i
				out.terms = append(out.terms, term{option: t.option})
			}
			out.terms[i].weight += t.weight
		}
	}
	out.limit /= 2
	kept := out.terms[:0]
	for _, t := range out.terms {
		if t.weight /= 2; t.weight > 0 {
			kept = append(kept, t)
		}
	}
	out.terms = kept
	return out
}

// components splits the people into sets that do not affect each other, given
// by the number of the set of each person, and returns how many there are.
func (in *instance) components() ([]int32, int) {
	parent := make([]int32, len(in.capacity))
	for i := range parent {
		parent[i] = int32(i)
	}
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, o := range in.options {
		parent[find(o.visitor)] = find(o.host)
	}
	first := make([]int32, len(in.unitAway))
	for i := range first {
		first[i] = -1
	}
	for p, u := range in.unit {
		switch {
		case u < 0 || len(in.byVisitor[p]) == 0:
		case first[u] < 0:
			first[u] = int32(p)
		default:
			parent[find(int32(p))] = find(first[u])
		}
	}
	of := make([]int32, len(parent))
	number := map[int32]int32{}
	for i := range parent {
		root := find(int32(i))
		id, ok := number[root]
		if !ok {
			id = int32(len(number))
			number[root] = id
		}
		of[i] = id
	}
	return of, len(number)
}

// firstSlot is the slot an option begins in.
func (o *option) firstSlot() int { return bits.TrailingZeros64(o.slots) }

// id is the name of an option in a certificate.
func (o *option) id() OptionID {
	return OptionID{int(o.edge), o.firstSlot(), o.full()}
}
