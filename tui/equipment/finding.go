package equipment

import (
	"fmt"
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store"
)

// offers lists what fits a line, best first: assemblies of that name, any unit of
// a category where any will do, and otherwise the units that the finder ranks.
func offers(v *store.View, l loans.Line, now value.Wall, limit int) []offer {
	cal := lending.CalendarOf(v, now)
	if l.What == "" && !l.Start.Set {
		return nil
	}
	list := kitOffers(cal, l)
	if l.Any || l.Quantity > 1 { // several are of a category
		return append(list, groupOffers(cal, l)...)
	}
	q := loans.Query{Start: l.Start.Or(now), End: l.End.Or(now + 60), Words: l.What, Borrower: l.Borrower, Limit: limit}
	if l.Least.Set {
		q.Minimum = value.Some(value.Tenths(l.Least.V * 10))
	}
	if q.End <= q.Start {
		q.End = q.Start + 60
	}
	for _, f := range loans.Find(cal, q) {
		o := unitOffer(v, f)
		if s := laterTaken(cal, l, o.unit); o.free && s != "" {
			o.says = append([]string{s}, o.says...)
		}
		list = append(list, o)
	}
	return list
}

// laterTaken says which of the dates behind the first cannot be had of a unit,
// and how to have the others.
func laterTaken(cal *lending.Calendar, l loans.Line, unit lending.EquipmentID) string {
	if !l.Ready() || l.Weeks < 2 {
		return ""
	}
	var taken []value.Day
	for _, at := range loans.Times(l.Start.V, l.End.V, l.Weeks, l.Except)[1:] {
		if holds := cal.Conflicts(lending.Claim{Unit: unit, From: at.Start, Until: at.End}); len(holds) > 0 &&
			holds[0].Firm {
			taken = append(taken, at.Start.Day())
		}
	}
	if len(taken) == 0 {
		return ""
	}
	var words []string
	for _, d := range taken[:min(len(taken), 4)] {
		_, m, n := d.Date()
		words = append(words, fmt.Sprintf("%s %d", strings.ToLower(m.String()[:3]), n))
	}
	return "But taken on " + loans.DaysText(taken) + "; the other dates can be had with: except " +
		strings.Join(words, ", ")
}

// unitOffer shows a unit that the finder ranked.
func unitOffer(v *store.View, f loans.Fit) offer {
	o := offer{title: f.Unit.Tag + " " + f.Unit.Name, tag: f.Unit.Tag, unit: f.Unit.ID, free: f.Free,
		owner: nameOf(v, f.Unit.Owner)}
	var parts []string
	for _, s := range append([]string{f.Unit.Capacity, f.Unit.Yard}, f.Reasons...) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	o.note = strings.Join(parts, ", ")
	o.says = []string{o.owner + ": " + o.note + "."}
	if !f.Free {
		o.why, o.follows = strings.CutPrefix(f.Why, f.Unit.Tag+" ")
	}
	if f.Free && f.Why != "" {
		o.says = append(o.says, sentence(f.Why))
	}
	if f.Next.Set {
		o.next = value.Some(stretch{f.Next.V.Start, f.Next.V.End})
	}
	return o
}

// kitOffers shows the assemblies whose name begins as the words do; one is free
// when every member is.
func kitOffers(cal *lending.Calendar, l loans.Line) []offer {
	if l.What == "" {
		return nil
	}
	var list []offer
	for k := range field.All[lending.Kit](cal.Reader()) {
		if !strings.HasPrefix(field.FoldName(k.Name), field.FoldName(l.What)) {
			continue
		}
		o := offer{title: k.Name, tag: k.Name, kit: k.ID, free: true,
			owner: text.Counted(len(k.Members), "unit", "units"),
			note:  "all or none"}
		for _, m := range k.Members {
			holds := cal.Conflicts(lending.Claim{Unit: m.Unit, Category: m.Category, Minimum: m.Minimum,
				Lender: m.Lender, From: l.Start.V, Until: l.End.V})
			if l.Ready() && len(holds) > 0 && holds[0].Firm {
				o.free, o.why = false, cal.Sentence(holds[0])
				break
			}
		}
		list = append(list, o)
	}
	return list
}

// groupOffers shows the categories in which the words find a unit.
func groupOffers(cal *lending.Calendar, l loans.Line) []offer {
	var list []offer
	for e := range field.All[lending.Equipment](cal.Reader()) {
		name := field.FoldName(e.Category)
		if !e.Lendable() || name == "" || !loans.Named(e, l.What) ||
			slices.ContainsFunc(list, func(o offer) bool { return o.group == name }) {
			continue
		}
		list = append(list, groupOffer(cal, l, name))
	}
	return list
}

func groupOffer(cal *lending.Calendar, l loans.Line, name string) offer {
	o := offer{title: "any " + name, tag: "any " + name, group: name, free: true, note: "chosen when it is handed over"}
	if l.Least.Set {
		o.title += " of " + value.Tenths(l.Least.V*10).String() + " or more"
	}
	if !l.Ready() {
		return o
	}
	holds := cal.Conflicts(lending.Claim{Category: name, Minimum: leastOf(l), Quantity: int64(l.Quantity),
		From: l.Start.V, Until: l.End.V})
	if len(holds) > 0 && holds[0].Firm {
		o.free, o.why = false, cal.Sentence(holds[0])
	}
	return o
}

func leastOf(l loans.Line) value.Opt[value.Tenths] {
	if !l.Least.Set {
		return value.Opt[value.Tenths]{}
	}
	return value.Some(value.Tenths(l.Least.V * 10))
}
