package match

// A Certificate proves a bound on the value of any plan. People who cannot
// affect each other are in different parts, and the bounds of the parts add up.
// For each part it holds a tree: at every node prices for some of the rules, and
// below a node that does not settle the matter, two cases that cover everything.
//
// Prices prove a bound by weak duality. Every rule says that the options it
// speaks of, each counted with a weight, come to at most some limit. Charge each
// option the prices of the rules it uses up; a plan is then worth at most the
// sum of price times limit over the rules, plus, for every edge, what its best
// option is worth beyond its charges, if anything. All of it is integers, so
// there is nothing to round and nothing to trust.
type Certificate struct {
	// Rules are rounded rules that nodes refer to by position. Each may refer to those
	// before it.
	Rules []Rule `json:",omitempty"`
	Parts []Part
}

// A Part is a set of people, by position, and the proof that the visits among
// them are worth at most Bound.
type Part struct {
	People []int
	Bound  int64
	Root   *Node
}

// A Node holds prices and, unless they prove the bound of the part, a case
// distinction. An option that the prices show to be useless (any plan that uses
// it is worth no more than the bound) may be disregarded below the node.
type Node struct {
	Prices []Price
	Split  *Split
	// Without and With are the two cases of the split.
	Without, With *Node
}

// A Split is a case distinction: without the option it names, and with it; or,
// when it names a person and a slot, without any visit by the person in the
// slot, and without any visit to the person in it.
type Split struct {
	ByRole       bool
	Person, Slot int
	Option       OptionID
}

// An OptionID names the use of an edge from a slot on, for half a day or for
// both halves of the date.
type OptionID struct {
	Edge, Slot int
	Full       bool
}

// PriceUnit of a Price make one point of value.
const PriceUnit = 1 << 16

// A Price is charged for using up a rule. It is not negative.
type Price struct {
	Rule  Rule
	Price int64
}

// A RuleKind is a kind of inequality that all plans satisfy.
type RuleKind uint8

const (
	// VisitRule: the visits of person Who in Slot are at most one.
	VisitRule RuleKind = iota
	// HostRule: the visits to person Who in Slot are at most the capacity.
	HostRule
	// RoleRule: the capacity of person Who for each visit by them in Slot, plus
	// the visits to them, are at most the capacity.
	RoleRule
	// MeetRule: the use of edge Who in Slot, and the visits of its host in
	// Slot, are at most one.
	MeetRule
	// TripRule: the visits of person Who are at most their cap.
	TripRule
	// UnitRule: the visits in Slot of the people in the unit of person Who are
	// at most the cap of the unit.
	UnitRule
	// OnceRule: the uses of edge Who are at most one.
	OnceRule
	// HalfRule: half the sum of the rules in Of, everything rounded down
	// (Gomory 1958, Chvátal 1973; with halves, Caprara and Fischetti 1996).
	HalfRule
	// HostDayRule: on the date that begins with Slot, the use of edge Who, the
	// full days its host is away, and, if the host can take one only, the full
	// days anybody visits the host are together at most one, as no two of these
	// go together.
	HostDayRule
	// VisitorDayRule: the same of the visitor of edge Who.
	VisitorDayRule
	// MixedRule: the sum of the rules in Of, Times of each, in parts of Over,
	// rounded (mixed-integer rounding; Gomory 1960, Nemhauser and Wolsey 1990). Let
	// b be its limit, f what b exceeds a multiple of Over by, and G(a), for a = q·Over
	// + r with r from 0 to Over-1, be q·(Over-f) + max(0, r-f). A weight a becomes
	// G(a) and the limit G(b); what each rule leaves of its limit is whole and
	// counts G(Times). An option in Flipped is counted by whether it is left out.
	// Weights and limit are divided by what the weights have in common.
	MixedRule
	// ListedRule: the rule at position Who of the certificate's Rules.
	ListedRule
)

// A Rule is one inequality. Who is a person or an edge, by position.
type Rule struct {
	Kind RuleKind
	Who  int
	Slot int
	Of   []Rule
	// Times, Over and Flipped are of mixed rules alone.
	Times   []int64    `json:",omitempty"`
	Over    int64      `json:",omitempty"`
	Flipped []OptionID `json:",omitempty"`
}
