package model

// StatementID identifies a statement.
type StatementID = ID[Statement]

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
	ID         ID[Statement]
	First      ID[Partner]
	Second     ID[Partner]
	From       Opt[Day]
	Until      Opt[Day] // last day
	FirstLent  Opt[Cents]
	SecondLent Opt[Cents]
	Net        Opt[Cents] // what the second owes the first; negative the other way
	State      StatementState
	Note       string
}

// KindName is "statements".
func (Statement) KindName() string { return "statements" }

// Between reports whether the statement is between two partners.
func (v *Statement) Between(a, b PartnerID) bool {
	return v.First == a && v.Second == b || v.First == b && v.Second == a
}

// Add counts a line in.
func (v *Statement) Add(line *Charge) {
	switch {
	case !line.Counts():
	case line.Lender == v.First:
		v.FirstLent = Some(v.FirstLent.Or(0) + line.Total())
	default:
		v.SecondLent = Some(v.SecondLent.Or(0) + line.Total())
	}
	v.Net = Some(v.FirstLent.Or(0) - v.SecondLent.Or(0))
}

func statementKind() *Kind {
	return Def[Statement]{
		Tag: 37, One: "statement", Title: "Statements", Realm: RealmCity, Numbered: true,
		Purpose:   "What two partners owe one another for a period, which each can match to its books.",
		ID:        func(v *Statement) *ID[Statement] { return &v.ID },
		Label:     func(*Statement) string { return "" },
		Unique:    [][]string{{"first", "second", "from"}},
		Recognise: [][]string{{"first", "second", "from"}},
		Parties:   func(_ Reader, v *Statement) []Party { return []Party{Party(v.First), Party(v.Second)} },
		Check:     checkStatement,
		Transition: func(_ Reader, by Actor, before, v *Statement) error {
			if v == nil || before == nil || before.State == v.State || v.State == StatementDisputed {
				return nil
			}
			owed := v.First // who is owed confirms that it is settled
			if v.Net.Or(0) < 0 {
				owed = v.Second
			}
			if v.State == StatementSettled && !by.Is(Party(owed)) {
				return Fail(Forbidden, "the partner that is owed says that a statement is settled; ask them to")
			}
			return nil
		},
		Fields: []Field[Statement]{
			Ref(1, "first", "Between", func(v *Statement) *ID[Partner] { return &v.First }).Need().Wide(14).Eg("Grandview"),
			Ref(2, "second", "And", func(v *Statement) *ID[Partner] { return &v.Second }).Need().Wide(14).Eg("Raytown"),
			OnDay(3, "from", "From", func(v *Statement) *Opt[Day] { return &v.From }).Need().Wide(12).Eg("Mar 1, 2027"),
			OnDay(4, "until", "Last day", func(v *Statement) *Opt[Day] { return &v.Until }).Need().Wide(12).Eg("Mar 31, 2027"),
			Money(5, "first_lent", "First lent", func(v *Statement) *Opt[Cents] { return &v.FirstLent }).Wide(12),
			Money(6, "second_lent", "Second lent", func(v *Statement) *Opt[Cents] { return &v.SecondLent }).Wide(12),
			Money(7, "net", "Second owes first", func(v *Statement) *Opt[Cents] { return &v.Net }).Wide(12),
			Word(8, "state", "State", func(v *Statement) *StatementState { return &v.State }, Choice{"draft", "Draft"}, Choice{"sent", "Sent"},
				Choice{"disputed", "Disputed"}, Choice{"agreed", "Agreed"}, Choice{"settled", "Settled"}).Need().Wide(9).Eg("Sent"),
			Long(9, "note", "Note", func(v *Statement) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}

func checkStatement(c *Checking, before, v *Statement) {
	if v.First == v.Second {
		c.Add("second", "a statement is between two partners")
	}
	if v.From.Set && v.Until.Set && v.Until.V < v.From.V {
		c.Add("until", "the period ends before it starts")
	}
	sum, lines := Statement{First: v.First, Second: v.Second}, 0
	for line := range Of[Charge](c, "statement", v.ID) {
		sum.Add(line)
		lines++
	}
	if v.Net.Set && v.Net.V != v.FirstLent.Or(0)-v.SecondLent.Or(0) {
		c.Add("net", "the net is what the first lent less what the second lent")
	}
	if lines > 0 && v.State != StatementDraft && (sum.FirstLent.Or(0) != v.FirstLent.Or(0) || sum.SecondLent.Or(0) != v.SecondLent.Or(0)) {
		c.Add("first_lent", "the statement's lines add up to "+sum.FirstLent.Or(0).String()+" and "+sum.SecondLent.Or(0).String())
	}
	if lines == 0 && before != nil && v.State != StatementDraft {
		c.Warn("net", "no settlement line names this statement")
	}
}
