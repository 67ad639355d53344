package match

// purge takes away the rules beyond the basic ones that the shares leave room in:
// they have no dual value and only slow the simplex method down.
func (x *relaxation) purge() {
	p := x.lp
	if p.factor == nil {
		p.refactor()
	}
	keep := make([]bool, len(x.rows))
	rows := x.rows[:0]
	for i := range keep {
		r := &x.rows[i]
		keep[i] = r.basic() || p.place[p.n+i] < 0 || p.x[p.place[p.n+i]] < broken
		if keep[i] {
			rows = append(rows, *r)
		} else {
			delete(x.has, edgeRule{r.rule.Kind, int32(r.rule.Who), int32(r.rule.Slot)})
		}
	}
	if len(rows) < len(keep) {
		clear(x.rows[len(rows):])
		x.rows = rows
		p.keepRows(keep)
	}
}

// basic reports whether a row is one of the rules that describe the plans.
func (r *row) basic() bool {
	switch r.rule.Kind {
	case VisitRule, HostRule, RoleRule, TripRule, UnitRule:
		return true
	}
	return false
}

// rounded reports whether a row is made of others and rounded.
func (r *row) rounded() bool { return r.rule.Kind == HalfRule || r.rule.Kind == MixedRule }

// keepRows drops rows whose slack is basic, which leaves the basis of the others.
func (p *lp) keepRows(keep []bool) {
	to, m := renumbered(keep)
	for j, col := range p.cols {
		kept := col[:0]
		for _, e := range col {
			if to[e.at] >= 0 {
				kept = append(kept, element{to[e.at], e.value})
			}
		}
		p.cols[j] = kept
	}
	head, weight, x := p.head[:0], p.weight[:0], p.x[:0]
	for pos, v := range p.head {
		if int(v) >= p.n {
			if to[int(v)-p.n] < 0 {
				continue
			}
			v = int32(p.n) + to[int(v)-p.n]
		}
		head, weight, x = append(head, v), append(weight, p.weight[pos]), append(x, p.x[pos])
	}
	p.head, p.weight, p.x = head, weight, x
	p.rows = kept(p.rows, keep)
	p.limit = kept(p.limit, keep)
	p.lo = append(p.lo[:p.n], kept(p.lo[p.n:], keep)...)
	p.up = append(p.up[:p.n], kept(p.up[p.n:], keep)...)
	p.cost = append(p.cost[:p.n], kept(p.cost[p.n:], keep)...)
	p.d = append(p.d[:p.n], kept(p.d[p.n:], keep)...)
	p.atUp = append(p.atUp[:p.n], kept(p.atUp[p.n:], keep)...)
	p.alpha = p.alpha[:p.n+m]
	p.place = p.place[:p.n+m]
	for i := range p.place {
		p.place[i] = -1
	}
	for pos, v := range p.head {
		p.place[v] = int32(pos)
	}
	p.m, p.factor = m, nil
}

// renumbered gives the numbers that what is kept has then, -1 for what is not, and
// how much is kept.
func renumbered(keep []bool) (to []int32, n int) {
	to = make([]int32, len(keep))
	for i, k := range keep {
		if to[i] = int32(n); k {
			n++
		} else {
			to[i] = -1
		}
	}
	return to, n
}

// kept lists what is to be kept.
func kept[T any](list []T, keep []bool) []T {
	out := list[:0]
	for i, k := range keep {
		if k {
			out = append(out, list[i])
		}
	}
	return out
}
