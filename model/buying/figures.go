package buying

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// Figures are what an agency pays in all, its part of the lead agency's fee
// included, and what its quantity would have cost it alone. Every page and paper
// takes what a city pays and saves from here, so that all show the same cents.
type Figures struct{ Pays, Alone value.Opt[value.Cents] }

// Saved gives what the agency saves; ok is false when a figure is not recorded,
// and then nothing has been computed.
func (f Figures) Saved() (saved value.Cents, ok bool) {
	return f.Alone.V - f.Pays.V, f.Alone.Set && f.Pays.Set
}

// Figures gives what the agency pays and would pay alone under the bid.
func (p *Price) Figures() Figures {
	f := Figures{Alone: p.Baseline}
	if p.Together.Set {
		f.Pays = value.Some(p.Together.V + p.Fee)
	}
	return f
}

// Figures gives what the award says that the agency pays. A line that does not
// say what is paid in all is worked out from its prices.
func (l *AwardLine) Figures() Figures {
	times := func(price value.Opt[value.Cents]) (all value.Opt[value.Cents]) {
		if l.Quantity.Set && price.Set {
			all = value.Some(value.Cents(l.Quantity.V) * price.V)
		}
		return all
	}
	f := Figures{Pays: l.Pays, Alone: l.Alone}
	if !f.Pays.Set {
		f.Pays = times(l.Price)
	}
	if !f.Alone.Set {
		f.Alone = times(l.Baseline)
	}
	return f
}

// Saving is what one award saves, as far as it can be computed.
type Saving struct {
	Award    *Award
	Saved    value.Cents // over the lines that can be computed
	Computed int         // lines
	Unknown  int         // lines for which a price alone, or another figure, is not recorded
}

// SavingOf adds the lines of an award up.
func SavingOf(a *Award) Saving {
	out := Saving{Award: a}
	for i := range a.Lines {
		if saved, ok := a.Lines[i].Figures().Saved(); ok {
			out.Saved, out.Computed = out.Saved+saved, out.Computed+1
		} else {
			out.Unknown++
		}
	}
	return out
}

// AwardOf makes the award of a bid: a line for each agency with what it pays and
// what it would have paid alone, to the cent as [Prices] has them. Prices of a
// unit stand beside them; those of incremental tiers and of several needs are
// averaged and rounded.
func AwardOf(r field.Reader, s *Solicitation, b *Bid, on value.Day) *Award {
	a := &Award{Solicitation: s.ID, Bid: b.ID, Vendor: b.Vendor, On: value.Some(on)}
	total, ok := Cost(b, s.Quantity())
	for _, p := range Prices(r, s, b) {
		f := p.Figures()
		line := AwardLine{Partner: p.Partner, Quantity: value.Some(p.Quantity), Pays: f.Pays, Alone: f.Alone}
		if ok {
			line.Price = value.Some(perUnit(total, s.Quantity()))
		}
		if f.Alone.Set {
			line.Baseline = value.Some(perUnit(f.Alone.V, p.Quantity))
		}
		a.Lines = append(a.Lines, line)
	}
	return a
}

// perUnit gives the price of a unit, half a cent up.
func perUnit(all value.Cents, quantity int64) value.Cents {
	return (all + value.Cents(quantity/2)) / value.Cents(quantity)
}
