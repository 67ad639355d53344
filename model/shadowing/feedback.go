package shadowing

import (
	"interlocal/model/field"
	"interlocal/model/value"
)

// FeedbackID identifies a feedback sheet.
type FeedbackID = field.ID[Feedback]

// FeedbackSide says whose sheet it is.
type FeedbackSide string

// The two sides of a visit.
const (
	FromVisitor FeedbackSide = "visitor"
	FromHost    FeedbackSide = "host"
)

// Feedback is what somebody said of a visit, on paper or on a form. It is
// optional and belongs to no city: only the facilitator reads single sheets,
// and everybody else sees sums of enough of them.
type Feedback struct {
	ID      field.ID[Feedback]
	Event   field.ID[Event]
	Match   field.ID[Match] // unset when the sheet was handed in without a name
	Side    FeedbackSide
	Useful  value.Opt[int64] // 1 to 5
	Similar value.Opt[int64] // 1 to 5
	Again   value.Opt[int64] // 1 to 5
	Learned string
	Better  string
}

// KindFeedback names the kind whose records are of type [Feedback].
const KindFeedback = "feedback"

// KindName is "feedback".
func (Feedback) KindName() string { return KindFeedback }

// FewestSheets is how many sheets a sum is made of at the least, so that
// nobody can be made out in it.
const FewestSheets = 5

// HighestGrade is the best grade of a sheet's questions; 1 is the worst.
const HighestGrade = 5

// DescribeFeedback describes feedback.
func DescribeFeedback() *field.Kind {
	return field.Def[Feedback]{
		Tag: 21, One: "feedback sheet", Title: "Feedback", Scope: field.ScopeShared,
		Purpose: "What people said of their visits. Single sheets are read by the facilitator alone.",
		ID:      func(f *Feedback) *field.ID[Feedback] { return &f.ID },
		Label:   func(*Feedback) string { return "" },
		Unique:  [][]string{{"match", "side"}},
		Check: func(c *field.Checking, _, f *Feedback) {
			for _, q := range []struct {
				field string
				grade value.Opt[int64]
			}{{"useful", f.Useful}, {"similar", f.Similar}, {"again", f.Again}} {
				if n := q.grade.Or(1); n < 1 || n > HighestGrade {
					c.Add(q.field, "a grade is from 1 (no) to 5 (very much)")
				}
			}
			if m := field.Get(c, f.Match); m != nil && m.Event != f.Event {
				c.Add("match", "the visit belongs to another event")
			}
		},
		Fields: []field.Field[Feedback]{
			field.Ref(1, "event", "Event", func(f *Feedback) *field.ID[Event] { return &f.Event }).Required().Width(24).
				Example("Spring job shadowing"),
			field.Ref(2, "match", "Visit", func(f *Feedback) *field.ID[Match] { return &f.Match }).Private().Width(12).
				Help("Empty when the sheet bears no name."),
			field.Word(3, "side", "From", func(f *Feedback) *FeedbackSide { return &f.Side },
				field.Choice{Value: "visitor", Title: "Visitor"},
				field.Choice{Value: "host", Title: "Host"}).Private().Width(8).Example("Visitor"),
			field.OptInt(4, "useful", "Useful", func(f *Feedback) *value.Opt[int64] { return &f.Useful }).Private().
				Width(7).Example("5").
				Help("Was the visit useful? 1 to 5."),
			field.OptInt(5, "similar", "Similar work", func(f *Feedback) *value.Opt[int64] { return &f.Similar }).
				Private().Width(12).Example("4").
				Help("Was the work similar enough? 1 to 5."),
			field.OptInt(6, "again", "Again", func(f *Feedback) *value.Opt[int64] { return &f.Again }).Private().
				Width(6).Example("5").
				Help("Would you take part again? 1 to 5."),
			field.Long(7, "learned", "Takes home", func(f *Feedback) *string { return &f.Learned }).Private().
				HiddenByDefault(),
			field.Long(8, "better", "Could be better", func(f *Feedback) *string { return &f.Better }).Private().
				HiddenByDefault(),
		},
	}.Kind()
}

// FeedbackSum is what an event's sheets come to. The facilitator records it on
// the event, where every partner sees it; it is empty while there are too few
// sheets.
type FeedbackSum struct {
	Sheets                 value.Opt[int64]
	Useful, Similar, Again value.Opt[value.Tenths] // averages
}

func voiceFields() []field.Field[FeedbackSum] {
	return []field.Field[FeedbackSum]{
		field.OptInt(1, "sheets", "Feedback sheets", func(f *FeedbackSum) *value.Opt[int64] { return &f.Sheets }).
			HiddenByDefault(),
		field.Meter(2, "useful", "Useful, of 5", func(f *FeedbackSum) *value.Opt[value.Tenths] { return &f.Useful }).
			HiddenByDefault(),
		field.Meter(3, "similar", "Similar work, of 5",
			func(f *FeedbackSum) *value.Opt[value.Tenths] { return &f.Similar }).HiddenByDefault(),
		field.Meter(4, "again", "Again, of 5", func(f *FeedbackSum) *value.Opt[value.Tenths] { return &f.Again }).
			HiddenByDefault(),
	}
}

// SumFeedback adds an event's sheets up as far as the reader shows them. It is
// empty when they are fewer than [FewestSheets], and a question that fewer
// answered has no average.
func SumFeedback(r field.Reader, event field.ID[Event]) FeedbackSum {
	var sheets int64
	type total struct{ sum, count int64 }
	var useful, similar, again total
	add := func(t *total, grade value.Opt[int64]) {
		if grade.Set {
			t.sum, t.count = t.sum+grade.V, t.count+1
		}
	}
	for f := range field.Of[Feedback](r, "event", event) {
		if !f.Useful.Set && !f.Similar.Set && !f.Again.Set && f.Learned == "" && f.Better == "" {
			continue
		}
		sheets++
		add(&useful, f.Useful)
		add(&similar, f.Similar)
		add(&again, f.Again)
	}
	mean := func(t total) value.Opt[value.Tenths] {
		if t.count < FewestSheets {
			return value.Opt[value.Tenths]{}
		}
		return value.Some(value.Tenths((t.sum*20/t.count + 1) / 2))
	}
	if sheets < FewestSheets {
		return FeedbackSum{}
	}
	return FeedbackSum{value.Some(sheets), mean(useful), mean(similar), mean(again)}
}
