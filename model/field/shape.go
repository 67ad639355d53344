package field

import "bytes"

// Shape tells screens and files what sort of value a field holds: how to
// align it, which editor to offer, whether a spreadsheet should see a number.
type Shape uint8

// The shapes a field may have.
const (
	ShapeText    Shape = iota // one line of text
	ShapeLong                 // several lines of text
	ShapeURL                  // a web address or document link
	ShapeEmail                // an e-mail address
	ShapePhone                // a telephone number
	ShapeInt                  // a whole number
	ShapeMoney                // cents, written 1,250.00
	ShapeTenths               // a meter reading in tenths
	ShapePercent              // hundredths of a percent, written 12.5
	ShapeDay                  // a calendar day
	ShapeWall                 // a local date and time in the partnership's zone
	ShapeBool                 // yes or no
	ShapeChoice               // one of a fixed set of words
	ShapeRef                  // another record
	ShapeList                 // several texts, choices or records
	ShapeRows                 // child rows with fields of their own
	ShapeSlot                 // half a day: 2027-04-20 AM
	ShapeClock                // a time of the day: 08:30
	ShapeCost                 // an amount, or a quantity at a price: 12.4 gal at 3.499
)

// Numeric reports whether values of the shape line up on the right and may be
// written as a number to a spreadsheet.
func (s Shape) Numeric() bool {
	return s == ShapeInt || s == ShapeMoney || s == ShapeTenths || s == ShapePercent
}

// Sensitivity says how far a field's value may travel.
type Sensitivity uint8

// From shared with every partner to kept within one city.
const (
	Open         Sensitivity = iota // every signed-in user
	Private                         // the record's own partner and the facilitator
	Confidential                    // the record's own partner alone
)

// String gives the word used in help and reports.
func (s Sensitivity) String() string {
	return [...]string{"open", "private", "confidential"}[s]
}

// Choice is one of the words a choice field may hold.
type Choice struct {
	Value string // stored and exported
	Title string // shown
}

// Type describes how a value of type V behaves wherever it goes. Fields are
// built by binding a Type to a lens; [value.Opt] and [ListOf] build larger types
// from smaller ones.
type Type[V any] struct {
	shape   Shape
	choices []Choice
	target  string // kind referred to, for references
	inner   Shape  // shape of a list's elements

	empty  func(v *V) bool
	format func(dst []byte, v *V, env *Env) []byte // canonical text; parse reads it back
	show   func(dst []byte, v *V, env *Env) []byte // for people; nil means format
	parse  func(s string, env *Env) (V, error)
	key    func(dst []byte, v *V, env *Env) []byte // bytes that sort as the values do
	clone  func(v *V) V                            // nil means assignment copies deeply
	pack   func(dst []byte, v *V) []byte           // stored form
	unpack func(v *V, s string) error              // may keep substrings of s
	json   func(dst []byte, v *V, env *Env) []byte
	unjson func(raw []byte, env *Env) (V, error)
	equal  func(a, b *V) bool                    // nil compares the stored forms
	merge  func(base, mine, theirs *V) (V, bool) // nil means a double change conflicts
	texts  func(v *V, f func(string) string)     // applies f to every free text inside
	refs   func(v *V, visit func(kind string, id uint64))
}

func (t *Type[V]) copyOf(v *V) V {
	if t.clone == nil {
		return *v
	}
	return t.clone(v)
}

func (t *Type[V]) same(a, b *V) bool {
	if t.equal == nil {
		return bytes.Equal(t.pack(nil, a), t.pack(nil, b))
	}
	return t.equal(a, b)
}

func (t *Type[V]) display(dst []byte, v *V, env *Env) []byte {
	if t.show == nil {
		return t.format(dst, v, env)
	}
	return t.show(dst, v, env)
}
