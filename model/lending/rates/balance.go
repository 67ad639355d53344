package rates

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Balance is how two partners stand for a period: what each lent the other, in
// money and in hours. First has the lower number.
type Balance struct {
	First, Second           partnership.PartnerID
	FirstLent, SecondLent   value.Cents
	FirstHours, SecondHours value.Tenths // hours of the first's units with the second, and the other way
	Lines                   []*lending.Charge
	Open                    int // lines whose amount is not known yet
}

// Net is what the second owes the first; negative the other way.
func (b *Balance) Net() value.Cents { return b.FirstLent - b.SecondLent }

// Hours is how many more hours the first lent than it borrowed.
func (b *Balance) Hours() value.Tenths { return b.FirstHours - b.SecondHours }

// Balances gives every pair of partners with lines from a day to another, both
// counted.
func Balances(r field.Reader, from, until value.Day) []Balance {
	byPair := map[[2]partnership.PartnerID]*Balance{}
	for line := range field.All[lending.Charge](r) {
		if line.On.Set && line.On.V >= from && line.On.V <= until && line.Lender != line.Borrower {
			pair(byPair, line).add(line)
		}
	}
	out := make([]Balance, 0, len(byPair))
	for _, b := range byPair {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b Balance) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second))
	})
	return out
}

func pair(byPair map[[2]partnership.PartnerID]*Balance, line *lending.Charge) *Balance {
	key := [2]partnership.PartnerID{min(line.Lender, line.Borrower), max(line.Lender, line.Borrower)}
	if byPair[key] == nil {
		byPair[key] = &Balance{First: key[0], Second: key[1]}
	}
	return byPair[key]
}

func (b *Balance) add(line *lending.Charge) {
	b.Lines = append(b.Lines, line)
	if line.Open() {
		b.Open++
	}
	total := line.Total()
	if !line.Counts() {
		total = 0
	}
	if line.Lender == b.First {
		b.FirstLent, b.FirstHours = b.FirstLent+total, b.FirstHours+line.Hours.Or(0)
	} else {
		b.SecondLent, b.SecondHours = b.SecondLent+total, b.SecondHours+line.Hours.Or(0)
	}
}

// Between picks the lines of one pair, which needs no look at the others.
func Between(r field.Reader, a, b partnership.PartnerID, from, until value.Day) Balance {
	out := Balance{First: min(a, b), Second: max(a, b)}
	for line := range field.Within[lending.Charge](r, lending.PairGroup(a, b), from.At(0, 0), (until+1).At(0, 0)) {
		out.add(line)
	}
	return out
}

// Net gives what each partner is owed over all balances, negative for one that
// owes. It adds up to zero.
func Net(balances []Balance) map[partnership.PartnerID]value.Cents {
	net := map[partnership.PartnerID]value.Cents{}
	for i := range balances {
		b := &balances[i]
		net[b.First] += b.Net()
		net[b.Second] -= b.Net()
	}
	return net
}

// firstDay is before all lines.
const firstDay value.Day = 7305 // 1990

// Bill puts all that waits between two partners up to a day, that day counted, on a
// statement and marks it billed: lines that came in late, and those that correct
// what was billed before, stand on the next. A line without an amount waits on.
func Bill(w Writer, a, b partnership.PartnerID, until value.Day) (*lending.Statement, error) {
	balance := Between(w, a, b, firstDay, until)
	s := &lending.Statement{First: balance.First, Second: balance.Second, Until: value.Some(until),
		FirstLent: value.Some[value.Cents](0), SecondLent: value.Some[value.Cents](0), Net: value.Some[value.Cents](0),
		State: lending.StatementDraft}
	var lines []*lending.Charge
	var open *lending.Charge
	for _, line := range balance.Lines {
		switch {
		case line.State != lending.Accrued || line.Statement != 0:
			continue
		case line.Open():
			open = line
			continue
		}
		if lines = append(lines, line); !s.From.Set || line.On.V < s.From.V {
			s.From = line.On
		}
		s.Add(line)
	}
	switch {
	case len(lines) == 0 && open != nil:
		return nil, failure.New(failure.Invalid, "the line of "+open.On.V.Long()+" has no amount yet: "+Describe(open)+
			"; complete it before it is billed")
	case len(lines) == 0:
		return nil, failure.New(failure.NotFound, "nothing is waiting to be billed between the two for that time")
	}
	id, err := put(w, s)
	if err != nil {
		return nil, err
	}
	s.ID = id
	return s, mark(w, lines, func(line *lending.Charge) { line.State, line.Statement = lending.Billed, id })
}

// Send notes that a statement has gone to both cities: it changes no more, and its
// lines may be disputed.
func Send(w Writer, id lending.StatementID) error {
	return field.Change(w, id, func(s *lending.Statement) error { s.State = lending.StatementSent; return nil })
}

// answered brings the state of a line's statement in line with what is disputed on it.
func answered(w Writer, id lending.StatementID) error {
	s := field.Get(w, id)
	if s == nil || s.State != lending.StatementSent && s.State != lending.StatementDisputed {
		return nil
	}
	state := lending.StatementSent
	for line := range field.Of[lending.Charge](w, "statement", id) {
		if line.State == lending.Disputed {
			state = lending.StatementDisputed
		}
	}
	if state == s.State {
		return nil
	}
	return field.Change(w, id, func(s *lending.Statement) error { s.State = state; return nil })
}

// mark changes copies of lines and stores them.
func mark(w Writer, lines []*lending.Charge, change func(*lending.Charge)) error {
	for _, line := range lines {
		marked := *line
		change(&marked)
		if _, err := put(w, &marked); err != nil {
			return err
		}
	}
	return nil
}

// Settle notes that what a statement comes to has been paid: its lines are paid with
// it, in both directions, and neither changes any more.
func Settle(w Writer, id lending.StatementID) error {
	var lines []*lending.Charge
	for line := range field.Of[lending.Charge](w, "statement", id) {
		if line.State == lending.Disputed {
			return failure.New(failure.Invalid, "the line of "+line.On.V.Long()+" is disputed; settle that first")
		}
		if line.Counts() {
			lines = append(lines, line)
		}
	}
	err := field.Change(w, id, func(s *lending.Statement) error { s.State = lending.StatementSettled; return nil })
	if err != nil {
		return err
	}
	return field.OnBehalf(w, func(w field.Writer) error {
		return mark(w, lines, func(line *lending.Charge) { line.State = lending.Paid })
	})
}
