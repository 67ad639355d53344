package rates

import (
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Acts lists what is done with settlement lines.
func Acts() field.Acts {
	return field.Acts{billAct(), sendAct(), settleAct(), disputeAct(), allowAct(), withdrawAct()}
}

// Billing is between whom and up to which day a statement is made.
type Billing struct {
	First, Second partnership.PartnerID
	Until         value.Opt[value.Day] // is among them
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
		Help: "Puts all that waits between two partners up to a day on a statement. Its lines are billed and change " +
			"no more; " +
			"what comes in late, and corrections, stand on the next.",
		Words: []string{"bill", "settle up"},
		Args: []field.Field[Billing]{
			field.Ref(1, "first", "Between", func(b *Billing) *partnership.PartnerID { return &b.First }).Required(),
			field.Ref(2, "second", "And", func(b *Billing) *partnership.PartnerID { return &b.Second }).Required(),
			field.OnDay(4, "until", "Last day", func(b *Billing) *value.Opt[value.Day] { return &b.Until }).Required(),
		},
		History: func(v field.Viewpoint, _ *field.Alone, b *Billing) string { return "statement of " + b.names(v) },
		Do: func(w field.Writer, _ *field.Alone, b *Billing, _ any) (field.Result, error) {
			made, err := Bill(w, b.First, b.Second, b.Until.V)
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: "Statement #" + strconv.FormatUint(uint64(made.ID), 10) + " of " + b.names(w) +
				" is made; send it when it is right.",
				Kind: "statements", ID: uint64(made.ID)}, nil
		}}.Act()
}

// named says between whom a statement is, with its number.
func named(r field.Reader, s *lending.Statement) string {
	return "#" + strconv.FormatUint(uint64(s.ID), 10) + " of " + (&Billing{First: s.First, Second: s.Second}).names(r)
}

func sendAct() *field.Act {
	return field.ActOn[lending.Statement, field.NoArgs]{Name: "statement.send", Title: "Send a statement",
		Effect: field.Final, Words: []string{"invoice", "mail a statement"},
		Help: "Notes that a statement has gone to both cities. From then on it changes no more, and its lines may be " +
			"disputed one by one.",
		May: func(_ field.Viewpoint, s *lending.Statement) error {
			if s.State != lending.StatementDraft {
				return failure.New(failure.Invalid, "this statement is "+string(s.State)+"; it has been sent")
			}
			return nil
		},
		History: func(v field.Viewpoint, s *lending.Statement, _ *field.NoArgs) string {
			return "send statement " + named(v, s)
		},
		Do: func(w field.Writer, s *lending.Statement, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Sent: statement " + named(w, s) + "."), Send(w, s.ID)
		}}.Act()
}

func settleAct() *field.Act {
	return field.ActOn[lending.Statement, field.NoArgs]{Name: "statement.settle", Title: "Settle a statement",
		Effect: field.Final, Trusted: true, Words: []string{"paid", "payment received"},
		Help: "Notes that a statement has been paid, and its lines with it. The partner that is owed says so. " +
			"A settled statement changes no more.",
		May: func(v field.Viewpoint, s *lending.Statement) error {
			if s.State == lending.StatementDraft {
				return failure.New(failure.Invalid, "this statement is a draft; send it before it is settled")
			}
			if s.State == lending.StatementSettled {
				return failure.New(failure.Invalid, "this statement is "+string(s.State)+"; there is nothing to settle")
			}
			after := *s
			after.State = lending.StatementSettled
			return v.Schema().Kind(lending.KindStatements).MayStep(v, v.By, s, &after)
		},
		History: func(v field.Viewpoint, s *lending.Statement, _ *field.NoArgs) string {
			return "settle the statement of " + (&Billing{First: s.First, Second: s.Second}).names(v)
		},
		Do: func(w field.Writer, s *lending.Statement, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("Statement " + named(w, s) + " is settled."), Settle(w, s.ID)
		}}.Act()
}
