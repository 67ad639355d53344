package model

// FeedbackID identifies a feedback sheet.
type FeedbackID = ID[Feedback]

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
	ID      ID[Feedback]
	Event   ID[Event]
	Match   ID[Match] // unset when the sheet was handed in without a name
	Side    FeedbackSide
	Useful  Opt[int64] // 1 to 5
	Similar Opt[int64] // 1 to 5
	Again   Opt[int64] // 1 to 5
	Learned string
	Better  string
}

// KindName is "feedback".
func (Feedback) KindName() string { return "feedback" }

// FewestSheets is how many sheets a sum is made of at the least, so that
// nobody can be made out in it.
const FewestSheets = 5

// HighestGrade is the best grade of a sheet's questions; 1 is the worst.
const HighestGrade = 5

func feedbackKind() *Kind {
	return Def[Feedback]{
		Tag: 21, One: "feedback sheet", Title: "Feedback", Realm: RealmShared,
		Purpose: "What people said of their visits. Single sheets are read by the facilitator alone.",
		ID:      func(f *Feedback) *ID[Feedback] { return &f.ID },
		Label:   func(*Feedback) string { return "" },
		Unique:  [][]string{{"match", "side"}},
		Check: func(c *Checking, _, f *Feedback) {
			for _, q := range []struct {
				field string
				grade Opt[int64]
			}{{"useful", f.Useful}, {"similar", f.Similar}, {"again", f.Again}} {
				if n := q.grade.Or(1); n < 1 || n > HighestGrade {
					c.Add(q.field, "a grade is from 1 (no) to 5 (very much)")
				}
			}
			if m := Get(c, f.Match); m != nil && m.Event != f.Event {
				c.Add("match", "the visit belongs to another event")
			}
		},
		Fields: []Field[Feedback]{
			Ref(1, "event", "Event", func(f *Feedback) *ID[Event] { return &f.Event }).Need().Wide(24).Eg("Spring job shadowing"),
			Ref(2, "match", "Visit", func(f *Feedback) *ID[Match] { return &f.Match }).Private().Wide(12).
				Say("Empty when the sheet bears no name."),
			Word(3, "side", "From", func(f *Feedback) *FeedbackSide { return &f.Side }, Choice{"visitor", "Visitor"},
				Choice{"host", "Host"}).Private().Wide(8).Eg("Visitor"),
			Count(4, "useful", "Useful", func(f *Feedback) *Opt[int64] { return &f.Useful }).Private().Wide(7).Eg("5").
				Say("Was the visit useful? 1 to 5."),
			Count(5, "similar", "Similar work", func(f *Feedback) *Opt[int64] { return &f.Similar }).Private().Wide(12).Eg("4").
				Say("Was the work similar enough? 1 to 5."),
			Count(6, "again", "Again", func(f *Feedback) *Opt[int64] { return &f.Again }).Private().Wide(6).Eg("5").
				Say("Would you take part again? 1 to 5."),
			Long(7, "learned", "Takes home", func(f *Feedback) *string { return &f.Learned }).Private().Tucked(),
			Long(8, "better", "Could be better", func(f *Feedback) *string { return &f.Better }).Private().Tucked(),
		},
	}.Kind()
}

// FeedbackSum is what an event's sheets come to. The facilitator records it on
// the event, where every partner sees it; it is empty while there are too few
// sheets.
type FeedbackSum struct {
	Sheets                 Opt[int64]
	Useful, Similar, Again Opt[Tenths] // averages
}

func voiceFields() []Field[FeedbackSum] {
	return []Field[FeedbackSum]{
		Count(1, "sheets", "Feedback sheets", func(f *FeedbackSum) *Opt[int64] { return &f.Sheets }).Tucked(),
		Meter(2, "useful", "Useful, of 5", func(f *FeedbackSum) *Opt[Tenths] { return &f.Useful }).Tucked(),
		Meter(3, "similar", "Similar work, of 5", func(f *FeedbackSum) *Opt[Tenths] { return &f.Similar }).Tucked(),
		Meter(4, "again", "Again, of 5", func(f *FeedbackSum) *Opt[Tenths] { return &f.Again }).Tucked(),
	}
}

// SumFeedback adds an event's sheets up as far as the reader shows them. It is
// empty when they are fewer than [FewestSheets], and a question that fewer
// answered has no average.
func SumFeedback(r Reader, event ID[Event]) FeedbackSum {
	var sheets int64
	type total struct{ sum, count int64 }
	var useful, similar, again total
	add := func(t *total, grade Opt[int64]) {
		if grade.Set {
			t.sum, t.count = t.sum+grade.V, t.count+1
		}
	}
	for f := range Of[Feedback](r, "event", event) {
		if !f.Useful.Set && !f.Similar.Set && !f.Again.Set && f.Learned == "" && f.Better == "" {
			continue
		}
		sheets++
		add(&useful, f.Useful)
		add(&similar, f.Similar)
		add(&again, f.Again)
	}
	mean := func(t total) Opt[Tenths] {
		if t.count < FewestSheets {
			return Opt[Tenths]{}
		}
		return Some(Tenths((t.sum*20/t.count + 1) / 2))
	}
	if sheets < FewestSheets {
		return FeedbackSum{}
	}
	return FeedbackSum{Some(sheets), mean(useful), mean(similar), mean(again)}
}
