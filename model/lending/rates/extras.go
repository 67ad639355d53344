package rates

import (
	"interlocal/model/lending"
	"interlocal/model/value"
)

// Extras are the parts of a line beside the use of the unit, and what those that
// people note were worked out from. One with a source and no amount is open.
type Extras struct {
	Operator, Fuel, Transport, Damage, Credit value.Opt[value.Cents]
	OperatorFrom, FuelFrom, TransportFrom     string
}

// ExtrasOf gives the extras of a line.
func ExtrasOf(line *lending.Charge) Extras {
	return Extras{line.Operator, line.Fuel, line.Transport, line.Damage, line.Credit, line.OperatorFrom, line.FuelFrom,
		line.TransportFrom}
}

// Noted gives what the papers of a loan say of fuel, transport and the operator.
// Either may be nil. Transport is what it cost both ways; where the price of one
// way is open, so is the whole.
func Noted(out *lending.Handover, back *lending.Return) Extras {
	var e Extras
	there, backwards := value.Cost(""), value.Cost("")
	if out != nil {
		there = out.Transport
	}
	if back != nil {
		backwards = back.Transport
		e.Operator, e.OperatorFrom = part(back.Operator, "at the return")
		e.Fuel, e.FuelFrom = part(back.FuelCost, "at the return")
	}
	e.Transport, e.TransportFrom = part(there, "at the hand-over")
	switch amount, from := part(backwards, "at the return"); {
	case from == "":
	case e.TransportFrom == "":
		e.Transport, e.TransportFrom = amount, from
	default:
		e.TransportFrom = there.String() + ", noted at the hand-over; " + backwards.String() + ", noted at the return"
		if amount.Set && e.Transport.Set {
			e.Transport.V += amount.V
		} else {
			e.Transport = value.Opt[value.Cents]{}
		}
	}
	return e
}

// part works a cost out and says where it was noted.
func part(c value.Cost, where string) (value.Opt[value.Cents], string) {
	if c == "" {
		return value.Opt[value.Cents]{}, ""
	}
	amount, err := c.Amount()
	if err != nil { // the rules let none through
		return value.Opt[value.Cents]{}, string(c)
	}
	from := c.Source()
	if from != "" {
		from += ", "
	}
	return amount, from + "noted " + where
}

// under lays other extras over these: what they say counts.
func (e Extras) under(o Extras) Extras {
	if o.Operator.Set || o.OperatorFrom != "" {
		e.Operator, e.OperatorFrom = o.Operator, o.OperatorFrom
	}
	if o.Fuel.Set || o.FuelFrom != "" {
		e.Fuel, e.FuelFrom = o.Fuel, o.FuelFrom
	}
	if o.Transport.Set || o.TransportFrom != "" {
		e.Transport, e.TransportFrom = o.Transport, o.TransportFrom
	}
	e.Damage, e.Credit = o.Damage, o.Credit
	return e
}

func (e Extras) into(line *lending.Charge) {
	line.Operator, line.Fuel, line.Transport, line.Damage, line.Credit = e.Operator, e.Fuel, e.Transport, e.Damage,
		e.Credit
	line.OperatorFrom, line.FuelFrom, line.TransportFrom = e.OperatorFrom, e.FuelFrom, e.TransportFrom
}

// Kept gives the extras of a line that stay when the papers of its loan are
// amended: those of which the papers say what they said before, because
// somebody may have put the line itself right since. The others follow the
// papers again.
func Kept(line Extras, before, after Extras) Extras {
	if before.Operator != after.Operator || before.OperatorFrom != after.OperatorFrom {
		line.Operator, line.OperatorFrom = value.Opt[value.Cents]{}, ""
	}
	if before.Fuel != after.Fuel || before.FuelFrom != after.FuelFrom {
		line.Fuel, line.FuelFrom = value.Opt[value.Cents]{}, ""
	}
	if before.Transport != after.Transport || before.TransportFrom != after.TransportFrom {
		line.Transport, line.TransportFrom = value.Opt[value.Cents]{}, ""
	}
	return line
}

// Part is one of the extras of a line.
type Part struct {
	Name   string
	Amount value.Opt[value.Cents]
	From   string // empty where nothing was noted
}

// String writes the part with where it is from: "fuel $43.39 (12.4 gal at
// 3.499, noted at the return)".
func (p Part) String() string {
	s := p.Name + " " + p.Amount.V.String()
	if !p.Amount.Set {
		s = p.Name + " open"
	}
	if p.From != "" {
		s += " (" + p.From + ")"
	}
	return s
}

// Parts lists the extras that a line has.
func Parts(line *lending.Charge) []Part {
	var out []Part
	for _, p := range []Part{{"operator", line.Operator, line.OperatorFrom}, {"fuel", line.Fuel, line.FuelFrom},
		{"transport", line.Transport, line.TransportFrom}, {"damage", line.Damage, ""}, {"credit", line.Credit, ""}} {
		if p.Amount.Set || p.From != "" {
			out = append(out, p)
		}
	}
	return out
}
