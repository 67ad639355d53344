package equipment

import (
	"strings"

	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
	"interlocal/store"
)

// offers lists what fits a line, best first, with what is said of each.
func offers(v *store.View, l loans.Line, now value.Wall, limit int) []offer {
	found := loans.Offers(lending.CalendarOf(v, now), l, limit)
	list := make([]offer, len(found))
	for i, f := range found {
		o := offer{Offer: f}
		if o.Fit != nil {
			o.says = []string{o.Owner + ": " + o.Note + "."}
			o.Why, o.follows = strings.CutPrefix(f.Why, f.Tag+" ")
		} else if o.Order.Category != "" && o.Free && o.Owner != "" {
			o.says = []string{"Of " + o.Owner + "; each owner grants its own, " + o.Note + "."}
		}
		if o.Free && o.Why != "" {
			o.says = append(o.says, sentence(f.Why))
			o.Why, o.follows = "", false
		}
		if o.Also != "" {
			o.says = append([]string{o.Also}, o.says...)
		}
		list[i] = o
	}
	return list
}
