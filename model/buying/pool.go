package buying

import (
	"cmp"
	"slices"

	"interlocal/model"
)

// Lot is what several cities want alike.
type Lot struct {
	Item      string // as most cities call it
	Commodity string
	Unit      string
	Needs     []*model.Need
	Cities    int
	Quantity  int64 // of those who have said
	Unknown   int   // needs without a quantity
	Baseline  model.Cents
	Known     bool // every need has a quantity and a price alone, so Baseline is their cost apart
	First     model.Opt[model.Day]
	In        *model.Solicitation // the live one that some of them are part of
}

// Pool groups open needs by commodity code, or by name where no code is given,
// and by unit. Lots of several cities come first, the largest first.
func Pool(r model.Reader) []Lot {
	byKey := map[string]*Lot{}
	for n := range model.All[model.Need](r) {
		if n.State != model.NeedOpen {
			continue
		}
		name := n.Commodity
		if name == "" {
			name = model.FoldName(n.Item)
		}
		key := name + "\x00" + model.FoldName(n.Unit)
		if byKey[key] == nil {
			byKey[key] = &Lot{Item: n.Item, Commodity: n.Commodity, Unit: n.Unit, Known: true}
		}
		byKey[key].add(r, n)
	}
	out := make([]Lot, 0, len(byKey))
	for _, l := range byKey {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Lot) int {
		return cmp.Or(cmp.Compare(b.Cities, a.Cities), cmp.Compare(b.Baseline, a.Baseline), cmp.Compare(b.Quantity, a.Quantity),
			cmp.Compare(a.Item, b.Item), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}

func (l *Lot) add(r model.Reader, n *model.Need) {
	if !slices.ContainsFunc(l.Needs, func(o *model.Need) bool { return o.Partner == n.Partner }) {
		l.Cities++
	}
	l.Needs = append(l.Needs, n)
	if n.Quantity.Set {
		l.Quantity += n.Quantity.V
	} else {
		l.Unknown++
	}
	if n.Quantity.Set && n.Baseline.Set {
		l.Baseline += model.Cents(n.Quantity.V) * n.Baseline.V
	} else {
		l.Known = false
	}
	if n.NeededBy.Set && (!l.First.Set || n.NeededBy.V < l.First.V) {
		l.First = n.NeededBy
	}
	for s := range model.Of[model.Solicitation](r, "needs", n.ID) {
		if s.Live() {
			l.In = s
		}
	}
}

// Gather makes a solicitation out of a lot, led by one of its cities: each takes
// part with what it needs, as an estimate.
func Gather(l *Lot, lead model.PartnerID, title string) *model.Solicitation {
	s := &model.Solicitation{Title: title, Lead: lead, Manner: model.JointBid, Unit: l.Unit, State: model.Gathering}
	at := map[model.PartnerID]int{}
	for _, n := range l.Needs {
		s.Needs = append(s.Needs, n.ID)
		i, there := at[n.Partner]
		if !there {
			i = len(s.Participants)
			at[n.Partner] = i
			s.Participants = append(s.Participants, model.Participation{Partner: n.Partner})
		}
		if p := &s.Participants[i]; n.Quantity.Set {
			p.Quantity = model.Some(p.Quantity.Or(0) + n.Quantity.V)
		}
	}
	return s
}
