package rates

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Acts lists what is done with settlement lines.
func Acts() field.Acts { return field.Acts{billAct()} }

// Billing is between whom and for which days a statement is made.
type Billing struct {
	First, Second partnership.PartnerID
	From, Until   value.Opt[value.Day] // the last day is among them
}

func (b *Billing) names(r field.Reader) string {
	name := func(id partnership.PartnerID) string {
		if p := field.Get(r, id); p != nil {
			return p.Name
		}
		return "a partner"
	}
	return name(b.First) + " and " + name(b.Second)
}

func billAct() *field.Act {
	return field.ActOn[field.Alone, Billing]{Name: "statement.make", Title: "Make a statement", Makes: "statements",
		Effect: field.Final,
		Help: "Puts what is waiting between two partners on a statement. Its lines are billed and change no more; corrections " +
			"become lines of their own.",
		Words: []string{"bill", "settle up"},
		Args: []field.Field[Billing]{
			field.Ref(1, "first", "Between", func(b *Billing) *partnership.PartnerID { return &b.First }).Required(),
			field.Ref(2, "second", "And", func(b *Billing) *partnership.PartnerID { return &b.Second }).Required(),
			field.OnDay(3, "from", "From", func(b *Billing) *value.Opt[value.Day] { return &b.From }).Required(),
			field.OnDay(4, "until", "Last day", func(b *Billing) *value.Opt[value.Day] { return &b.Until }).Required(),
		},
		History: func(v field.Viewpoint, _ *field.Alone, b *Billing) string { return "statement of " + b.names(v) },
		Do: func(w field.Writer, _ *field.Alone, b *Billing, _ any) (field.Result, error) {
			made, err := Bill(w, b.First, b.Second, b.From.V, b.Until.V)
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: "The statement of " + b.names(w) + " is made.",
				Kind: "statements", ID: uint64(made.ID)}, nil
		}}.Act()
}
