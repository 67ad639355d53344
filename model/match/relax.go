package match

import (
	"cmp"
	"math/bits"
	"slices"
)

// A relaxation is the linear relaxation of the plans of one part: the basic
// rules at first, and others as they are found to be broken.
type relaxation struct {
	in      *instance
	options []int32
	column  []int32
	rows    []row
	lp      *lp
	// has tells the edge rules that are rows already.
	has   map[edgeRule]bool
	mixer *mixer
}

// edgeRule is a rule about one edge, comparable.
type edgeRule struct {
	kind RuleKind
	who  int32
	slot int32
}

// newRelaxation relaxes the plans that use some of the options. Options of
// locked edges are worth reward more, so that they are used.
func newRelaxation(in *instance, options []int32, reward int64) *relaxation {
	x := &relaxation{in: in, options: options, column: make([]int32, len(in.options)), has: map[edgeRule]bool{}}
	for i := range x.column {
		x.column[i] = -1
	}
	values := make([]float64, len(options))
	for c, o := range options {
		x.column[o] = int32(c)
		values[c] = float64(in.options[o].value)
		if _, locked := in.must[in.options[o].edge]; locked {
			values[c] += float64(reward)
		}
	}
	x.lp = newLP(values)
	x.lp.late, _ = slices.BinarySearch(options, in.unlikely())
	x.activateBest()
	return x
}

// activated options of each person in each role take part from the start.
const activated = 4

func (x *relaxation) activateBest() {
	seen := map[int32]int{}
	order := make([]int32, len(x.options))
	for c := range order {
		order[c] = int32(c)
	}
	order = order[:x.lp.late]
	each := func(c int32) float64 {
		return x.lp.cost[c] / float64(bits.OnesCount64(x.in.options[x.options[c]].slots))
	}
	slices.SortFunc(order, func(a, b int32) int {
		if d := cmp.Compare(each(a), each(b)); d != 0 {
			return d
		}
		return int(a - b)
	})
	for _, c := range order {
		o := &x.in.options[x.options[c]]
		for _, who := range []int32{2 * o.visitor, 2*o.host + 1} {
			if seen[who] < activated*x.in.slots {
				seen[who]++
				x.lp.activate(c)
			}
		}
	}
}

// addRow adds a rule, as far as it concerns the options relaxed.
func (x *relaxation) addRow(r row) {
	var terms []element
	for _, t := range r.terms {
		if c := x.column[t.option]; c >= 0 {
			terms = append(terms, element{c, float64(t.weight)})
		}
	}
	x.rows = append(x.rows, r)
	x.lp.addRow(terms, float64(r.limit))
}

// solve makes the shares optimal, letting in columns as they pay. That no more
// than the target can be reached without columns that are late says nothing, as
// they may have what is missing.
func (x *relaxation) solve(target float64, stop func(int64) bool) outcome {
	for {
		o := x.lp.solve(target, stop)
		if o == interrupted || o == cutOff && x.lp.late == x.lp.n || x.lp.activatePaying() == 0 {
			return o
		}
	}
}

// violation is by how much the present shares break a row.
func (x *relaxation) violation(r *row, shares []float64) float64 {
	sum := -float64(r.limit)
	for _, t := range r.terms {
		if c := x.column[t.option]; c >= 0 {
			sum += float64(t.weight) * shares[c]
		}
	}
	return sum
}

func (x *relaxation) shares() []float64 {
	out := make([]float64, len(x.options))
	for c := range out {
		out[c] = x.lp.share(int32(c))
	}
	return out
}

const broken = 0.02

// addEdgeRules adds the rules about single edges, of the kinds given or of all,
// that the shares break, and returns how many.
func (x *relaxation) addEdgeRules(shares []float64, kinds ...RuleKind) int {
	list := slices.DeleteFunc(x.edgeRules(shares, 1+broken), func(r brokenRule) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, r.Kind)
	})
	slices.SortStableFunc(list, func(a, b brokenRule) int { return cmp.Compare(b.sum, a.sum) })
	list = list[:min(len(list), max(edgesAdded, len(x.rows)/edgesPart))]
	for _, r := range list {
		x.has[edgeRule{r.Kind, int32(r.Who), int32(r.Slot)}] = true
		x.addRow(x.in.writeOut(r.Rule))
	}
	return len(list)
}

// Of the rules about single edges that are broken as many are added at once, or
// this part of the rows if that is more, those broken most first.
const (
	edgesAdded = 200
	edgesPart  = 8
)

// A brokenRule is a rule that the shares make too much of.
type brokenRule struct {
	Rule
	sum float64
}

// edgeRules lists the rules about single edges that are no rows and of which the
// shares make more than some part. Of a rule that says less than another listed
// nothing is said.
func (x *relaxation) edgeRules(shares []float64, above float64) []brokenRule {
	in := x.in
	full := x.fullDays(shares)
	away := make([]float64, len(in.capacity)*in.slots)
	for c, o := range x.options {
		if shares[c] > 1e-9 {
			opt := &in.options[o]
			eachSlot(opt.slots, func(s int) { away[int(opt.visitor)*in.slots+s] += shares[c] })
		}
	}
	var out []brokenRule
	try := func(kind RuleKind, e int, s int, sum float64) bool {
		if sum <= above || x.has[edgeRule{kind, int32(e), int32(s)}] {
			return false
		}
		out = append(out, brokenRule{Rule{Kind: kind, Who: e, Slot: s}, sum})
		return true
	}
	for e, span := range in.ofEdge {
		if span[0] == span[1] || x.column[span[0]] < 0 && x.column[span[1]-1] < 0 {
			continue
		}
		var once float64
		var at, day, whole [maxSlots]float64
		for o := span[0]; o < span[1]; o++ {
			if c := x.column[o]; c >= 0 && shares[c] > 1e-9 {
				once += shares[c]
				opt := &in.options[o]
				date := opt.date()
				day[date] += shares[c]
				if opt.full() {
					whole[date] += shares[c]
				}
				eachSlot(opt.slots, func(s int) { at[s] += shares[c] })
			}
		}
		if once < 1e-6 {
			continue
		}
		visitor, host := in.options[span[0]].visitor, in.options[span[0]].host
		said := false // of one date, a day rule says more than that the pair meets once
		for date := range in.dates() {
			if day[date] > 1e-6 {
				try(HostDayRule, e, 2*date, day[date]+full.beside(host, date, 0, whole[date]))
				said = try(VisitorDayRule, e, 2*date, day[date]+full.beside(visitor, date, whole[date], 0)) &&
					in.dates() == 1
			}
		}
		if !said {
			try(OnceRule, e, 0, once)
		}
		for s := range in.slots {
			if at[s] > 1e-6 {
				try(MeetRule, e, s, at[s]+away[int(host)*in.slots+s])
			}
		}
	}
	return out
}

// fullDays holds how much of each date somebody is away the whole day, or has
// visitors the whole day.
type fullDays struct {
	in           *instance
	away, guests []float64
}

func (x *relaxation) fullDays(shares []float64) fullDays {
	n := len(x.in.capacity) * x.in.dates()
	f := fullDays{x.in, make([]float64, n), make([]float64, n)}
	for c, o := range x.options {
		if opt := &x.in.options[o]; shares[c] > 1e-9 && opt.full() {
			f.away[int(opt.visitor)*x.in.dates()+opt.date()] += shares[c]
			f.guests[int(opt.host)*x.in.dates()+opt.date()] += shares[c]
		}
	}
	return f
}

// beside is what a day rule counts of somebody's date beside the use of an edge,
// of which some is among their days away, or with visitors, itself.
func (f fullDays) beside(who int32, date int, ownAway, ownGuests float64) float64 {
	at := int(who)*f.in.dates() + date
	sum := f.away[at] - ownAway
	if f.in.capacity[who] == 1 {
		sum += f.guests[at] - ownGuests
	}
	return sum
}
