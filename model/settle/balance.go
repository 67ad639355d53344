package settle

import (
	"cmp"
	"slices"
	"strconv"

	"interlocal/model"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Balance is how two partners stand for a period: what each lent the other, in
// money and in hours. First has the lower number.
type Balance struct {
	First, Second           model.PartnerID
	FirstLent, SecondLent   model.Cents
	FirstHours, SecondHours model.Tenths // hours of the first's units with the second, and the other way
	Lines                   []*model.Charge
	Open                    int // lines whose amount is not known yet
}

// Net is what the second owes the first; negative the other way.
func (b *Balance) Net() model.Cents { return b.FirstLent - b.SecondLent }

// Hours is how many more hours the first lent than it borrowed.
func (b *Balance) Hours() model.Tenths { return b.FirstHours - b.SecondHours }

// Balances gives every pair of partners with lines from a day to another, both
// counted.
func Balances(r model.Reader, from, until model.Day) []Balance {
	byPair := map[[2]model.PartnerID]*Balance{}
	for line := range model.All[model.Charge](r) {
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

func pair(byPair map[[2]model.PartnerID]*Balance, line *model.Charge) *Balance {
	key := [2]model.PartnerID{min(line.Lender, line.Borrower), max(line.Lender, line.Borrower)}
	if byPair[key] == nil {
		byPair[key] = &Balance{First: key[0], Second: key[1]}
	}
	return byPair[key]
}

func (b *Balance) add(line *model.Charge) {
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
func Between(r model.Reader, a, b model.PartnerID, from, until model.Day) Balance {
	out := Balance{First: min(a, b), Second: max(a, b)}
	for line := range model.Within[model.Charge](r, model.PairGroup(a, b), from.At(0, 0), (until+1).At(0, 0)) {
		out.add(line)
	}
	return out
}

// Net gives what each partner is owed over all balances, negative for one that
// owes. It adds up to zero.
func Net(balances []Balance) map[model.PartnerID]model.Cents {
	net := map[model.PartnerID]model.Cents{}
	for i := range balances {
		b := &balances[i]
		net[b.First] += b.Net()
		net[b.Second] -= b.Net()
	}
	return net
}

// Bill puts the accrued lines of a pair and period on a statement and marks
// them billed.
func Bill(w Writer, a, b model.PartnerID, from, until model.Day) (*model.Statement, error) {
	balance := Between(w, a, b, from, until)
	s := &model.Statement{First: balance.First, Second: balance.Second, From: model.Some(from), Until: model.Some(until),
		FirstLent: model.Some[model.Cents](0), SecondLent: model.Some[model.Cents](0), Net: model.Some[model.Cents](0), State: model.StatementSent}
	var lines []*model.Charge
	for _, line := range balance.Lines {
		if line.State != model.Accrued || line.Statement != 0 {
			continue
		}
		if line.Open() {
			return nil, model.Fail(model.Invalid, "the line of "+line.On.V.Long()+" has no amount yet: "+Describe(line)+"; complete it before it is billed")
		}
		lines = append(lines, line)
		s.Add(line)
	}
	if len(lines) == 0 {
		return nil, model.Fail(model.NotFound, "nothing is waiting to be billed between the two for that time")
	}
	id, err := put(w, s)
	if err != nil {
		return nil, err
	}
	s.ID = id
	for _, line := range lines {
		billed := *line
		billed.State, billed.Statement = model.Billed, id
		if _, err := put(w, &billed); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Split deals an amount out by weights so that the parts add up to it: each
// gets its share rounded down, and the cents left over go to the largest
// remainders, earlier ones first. Without weights nothing is dealt.
func Split(total model.Cents, weights []int64) []model.Cents {
	out := make([]model.Cents, len(weights))
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 {
		return out
	}
	sign, amount := model.Cents(1), int64(total)
	if amount < 0 {
		sign, amount = -1, -amount
	}
	order, left := make([]int, len(weights)), amount
	rest := make([]int64, len(weights))
	for i, w := range weights {
		hi, lo := amount/sum*w, amount%sum*w
		out[i], rest[i], order[i] = model.Cents(hi+lo/sum), lo%sum, i
		left -= int64(out[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for i := range order {
		if int64(i) < left {
			out[order[i]]++
		}
	}
	for i := range out {
		out[i] *= sign
	}
	return out
}
