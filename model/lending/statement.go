package lending

import (
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// StatementID identifies a statement.
type StatementID = field.ID[Statement]

// StatementState is how far a statement has come.
type StatementState string

// From a draft to a settled statement.
const (
	StatementDraft    StatementState = "draft"
	StatementSent     StatementState = "sent"
	StatementDisputed StatementState = "disputed"
	StatementAgreed   StatementState = "agreed"
	StatementSettled  StatementState = "settled"
)

// Statement is what two partners owe one another for a period, gross: what the
// first lent, what the second lent, and the difference.
type Statement struct {
	ID         field.ID[Statement]
	First      field.ID[partnership.Partner]
	Second     field.ID[partnership.Partner]
	From       value.Opt[value.Day]
	Until      value.Opt[value.Day] // last day
	FirstLent  value.Opt[value.Cents]
	SecondLent value.Opt[value.Cents]
	Net        value.Opt[value.Cents] // what the second owes the first; negative the other way
	State      StatementState
	Note       string
}

// KindStatements names the kind whose records are of type [Statement].
const KindStatements = "statements"

// KindName is "statements".
func (Statement) KindName() string { return KindStatements }

// Between reports whether the statement is between two partners.
func (v *Statement) Between(a, b partnership.PartnerID) bool {
	return v.First == a && v.Second == b || v.First == b && v.Second == a
}

// Owed gives the partner that is owed the net, which confirms that it is settled.
func (v *Statement) Owed() partnership.PartnerID {
	if v.Net.Or(0) < 0 {
		return v.Second
	}
	return v.First
}

// Add counts a line in.
func (v *Statement) Add(line *Charge) {
	switch {
	case !line.Counts():
	case line.Lender == v.First:
		v.FirstLent = value.Some(v.FirstLent.Or(0) + line.Total())
	default:
		v.SecondLent = value.Some(v.SecondLent.Or(0) + line.Total())
	}
	v.Net = value.Some(v.FirstLent.Or(0) - v.SecondLent.Or(0))
}

// DescribeStatement describes statements.
func DescribeStatement() *field.Kind {
	return field.Def[Statement]{
		Tag: 37, One: "statement", Title: "Statements", Scope: field.ScopeCity, Numbered: true,
		Purpose:   "What two partners owe one another for a period, which each can match to its books.",
		ID:        func(v *Statement) *field.ID[Statement] { return &v.ID },
		Label:     func(*Statement) string { return "" },
		Recognise: [][]string{{"first", "second", "from", "until", "net"}},
		Parties: func(_ field.Reader, v *Statement) []field.Party {
			return []field.Party{field.Party(v.First), field.Party(v.Second)}
		},
		Check: checkStatement,
		Due:   dueStatement,
		Transition: func(_ field.Reader, by field.Actor, before, v *Statement) error {
			if v == nil || before == nil || before.State == v.State || v.State == StatementDisputed {
				return nil
			}
			if v.State == StatementSettled && !by.Is(field.Party(v.Owed())) {
				return failure.New(failure.Forbidden, "the partner that is owed says that a statement is settled; "+
					"ask them to")
			}
			return nil
		},
		Fields: []field.Field[Statement]{
			field.Ref(1, "first", "Between", func(v *Statement) *field.ID[partnership.Partner] { return &v.First }).
				Required().Width(14).Example("Grandview"),
			field.Ref(2, "second", "And", func(v *Statement) *field.ID[partnership.Partner] { return &v.Second }).
				Required().Width(14).Example("Raytown"),
			field.OnDay(3, "from", "From", func(v *Statement) *value.Opt[value.Day] { return &v.From }).Required().
				Width(12).Example("Mar 1, 2027"),
			field.OnDay(4, "until", "Last day", func(v *Statement) *value.Opt[value.Day] { return &v.Until }).
				Required().Width(12).Example("Mar 31, 2027"),
			field.Money(5, "first_lent", "First lent",
				func(v *Statement) *value.Opt[value.Cents] { return &v.FirstLent }).Width(12),
			field.Money(6, "second_lent", "Second lent",
				func(v *Statement) *value.Opt[value.Cents] { return &v.SecondLent }).Width(12),
			field.Money(7, "net", "Second owes first", func(v *Statement) *value.Opt[value.Cents] { return &v.Net }).
				Width(12),
			field.Word(8, "state", "State", func(v *Statement) *StatementState { return &v.State },
				field.Choice{Value: "draft", Title: "Draft"}, field.Choice{Value: "sent", Title: "Sent"},
				field.Choice{Value: "disputed", Title: "Disputed"}, field.Choice{Value: "agreed", Title: "Agreed"},
				field.Choice{Value: "settled", Title: "Settled"}).Required().Width(9).Example("Sent"),
			field.Long(9, "note", "Note", func(v *Statement) *string { return &v.Note }).HiddenByDefault(),
		},
	}.Kind()
}

// checkSent keeps a statement as it was sent: each of the two matches it to its books.
func checkSent(c *field.Checking, before, v *Statement) {
	if before == nil || before.State == StatementDraft || c.Back {
		return
	}
	if before.First != v.First || before.Second != v.Second || before.From != v.From || before.Until != v.Until ||
		before.FirstLent != v.FirstLent || before.SecondLent != v.SecondLent || before.Net != v.Net ||
		v.State == StatementDraft {
		c.Add("", "the statement has been sent and stays as it is; what corrects it stands on the next one")
	}
	if before.State == StatementSettled && v.State != StatementSettled {
		c.Add("state", "a settled statement changes no more; what corrects it stands on the next one")
	}
}

func checkStatement(c *field.Checking, before, v *Statement) {
	checkSent(c, before, v)
	if v.First == v.Second {
		c.Add("second", "a statement is between two partners")
	}
	if v.From.Set && v.Until.Set && v.Until.V < v.From.V {
		c.Add("until", "the period ends before it starts")
	}
	sum, lines := Statement{First: v.First, Second: v.Second}, 0
	for line := range field.Of[Charge](c, "statement", v.ID) {
		sum.Add(line)
		lines++
	}
	if v.Net.Set && v.Net.V != v.FirstLent.Or(0)-v.SecondLent.Or(0) {
		c.Add("net", "the net is what the first lent less what the second lent")
	}
	if lines > 0 && v.State != StatementDraft &&
		(sum.FirstLent.Or(0) != v.FirstLent.Or(0) || sum.SecondLent.Or(0) != v.SecondLent.Or(0)) {
		c.Add("first_lent", "the statement's lines add up to "+sum.FirstLent.Or(0).String()+" and "+
			sum.SecondLent.Or(0).String())
	}
	if lines == 0 && before != nil && v.State != StatementDraft {
		c.Warn("net", "no settlement line names this statement")
	}
}
