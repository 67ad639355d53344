package buying

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Lot is what several cities want alike.
type Lot struct {
	Item      string // as most cities call it
	Commodity string
	Unit      string
	Needs     []*Need
	Cities    int
	Quantity  int64 // of those who have said
	Unknown   int   // needs without a quantity
	Baseline  value.Cents
	Known     bool // every need has a quantity and a price alone, so Baseline is their cost apart
	First     value.Opt[value.Day]
	In        *Solicitation // the live one that some of them are part of
}

// Pool groups open needs by commodity code, or by name where no code is given,
// and by unit. Lots of several cities come first, the largest first.
func Pool(r field.Reader) []Lot {
	byKey := map[string]*Lot{}
	for n := range field.All[Need](r) {
		if n.State != NeedOpen {
			continue
		}
		name := n.Commodity
		if name == "" {
			name = field.FoldName(n.Item)
		}
		key := name + "\x00" + field.FoldName(Unit(n.Unit))
		if byKey[key] == nil {
			byKey[key] = &Lot{Item: n.Item, Commodity: n.Commodity, Unit: Unit(n.Unit), Known: true}
		}
		byKey[key].add(r, n)
	}
	out := make([]Lot, 0, len(byKey))
	for _, l := range byKey {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Lot) int {
		return cmp.Or(cmp.Compare(b.Cities, a.Cities), cmp.Compare(b.Baseline, a.Baseline),
			cmp.Compare(b.Quantity, a.Quantity),
			cmp.Compare(a.Item, b.Item), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}

func (l *Lot) add(r field.Reader, n *Need) {
	if !slices.ContainsFunc(l.Needs, func(o *Need) bool { return o.Partner == n.Partner }) {
		l.Cities++
	}
	l.Needs = append(l.Needs, n)
	if n.Quantity.Set {
		l.Quantity += n.Quantity.V
	} else {
		l.Unknown++
	}
	if n.Quantity.Set && n.Baseline.Set {
		l.Baseline += value.Cents(n.Quantity.V) * n.Baseline.V
	} else {
		l.Known = false
	}
	if n.NeededBy.Set && (!l.First.Set || n.NeededBy.V < l.First.V) {
		l.First = n.NeededBy
	}
	for s := range field.Of[Solicitation](r, "needs", n.ID) {
		if s.Live() {
			l.In = s
		}
	}
}

// Gather makes a solicitation out of a lot, led by one of its cities: each takes
// part with what it needs, as an estimate.
func Gather(l *Lot, lead partnership.PartnerID, title string) *Solicitation {
	s := &Solicitation{Title: title, Lead: lead, Manner: JointBid, Unit: l.Unit, State: Gathering}
	at := map[partnership.PartnerID]int{}
	for _, n := range l.Needs {
		s.Needs = append(s.Needs, n.ID)
		i, there := at[n.Partner]
		if !there {
			i = len(s.Participants)
			at[n.Partner] = i
			s.Participants = append(s.Participants, Participation{Partner: n.Partner})
		}
		if p := &s.Participants[i]; n.Quantity.Set {
			p.Quantity = value.Some(p.Quantity.Or(0) + n.Quantity.V)
		}
	}
	return s
}
