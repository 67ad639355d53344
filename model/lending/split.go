package lending

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Split is a city's word that a unit whose return was forgotten came back when it
// next went out, at the reading of that hand-over. It holds for that reading alone.
type Split struct {
	Partner field.ID[partnership.Partner]
	Name    string
	At      value.Opt[value.Wall]
	Meter   value.Opt[value.Tenths]
	On      value.Opt[value.Day]
}

func splitField() field.Field[Reservation] {
	return field.Rows(24, "splits", "Return taken from the next hand-over",
		func(v *Reservation) *[]Split { return &v.Splits }, []field.Field[Split]{
			field.Ref(1, "partner", "Confirmed by",
				func(s *Split) *field.ID[partnership.Partner] { return &s.Partner }),
			field.Text(2, "name", "Name", func(s *Split) *string { return &s.Name }),
			field.AtWall(3, "at", "Back at", func(s *Split) *value.Opt[value.Wall] { return &s.At }),
			field.Meter(4, "meter", "Meter", func(s *Split) *value.Opt[value.Tenths] { return &s.Meter }),
			field.OnDay(5, "on", "On", func(s *Split) *value.Opt[value.Day] { return &s.On }),
		}).HiddenByDefault()
}

// Forgotten gives the first hand-over of a unit to somebody else while it is out on
// a loan, as last amended: its return was forgotten, and nobody knows a better
// reading than that one. It is nil for a loan whose return may yet come.
func Forgotten(r field.Reader, v *Reservation) *Handover {
	if v.State != OutOnLoan || v.Unit == 0 {
		return nil
	}
	out := HandoverOf(r, v.ID)
	if out == nil || !out.At.Set {
		return nil
	}
	var next *Handover
	for h := range field.Of[Handover](r, "unit", v.Unit) {
		if h.Reservation == v.ID || !h.At.Set || h.At.V <= out.At.V || next != nil && next.At.V <= h.At.V {
			continue
		}
		if last := HandoverOf(r, h.Reservation); last.ID == h.ID {
			next = h
		}
	}
	return next
}

// SplitBy gives the word of a city that a loan came back at a reading; nil where it
// has not given it, or gave it of another reading.
func (v *Reservation) SplitBy(city partnership.PartnerID, at *Handover) *Split {
	for i := range v.Splits {
		if s := &v.Splits[i]; s.Partner == city && s.At == at.At && s.Meter == at.Meter {
			return s
		}
	}
	return nil
}

// Unconfirmed lists the cities whose word is wanting, of the two whose loan it is.
func (v *Reservation) Unconfirmed(r field.Reader, at *Handover) []partnership.PartnerID {
	cities := slices.Compact([]partnership.PartnerID{v.Borrower, v.LentBy(r)})
	return slices.DeleteFunc(cities, func(c partnership.PartnerID) bool { return v.SplitBy(c, at) != nil })
}

// ownSplits reports whether whoever changes a loan gives their own city's word alone.
func ownSplits(by field.Actor, before, v *Reservation) bool {
	for _, s := range v.Splits {
		if before == nil || !slices.Contains(before.Splits, s) {
			if !by.Is(field.Party(s.Partner)) {
				return false
			}
		}
	}
	return true
}
