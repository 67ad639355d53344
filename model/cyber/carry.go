package cyber

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// Carried is an earlier year's assessment brought into a cycle. Its answers
// are new records: what was written beside last year's answer stays, and last
// year's level stands next to an empty one, since only a person can say that
// it still holds.
type Carried struct {
	From      *Cycle
	Into      *Cycle
	Answers   []*Answer
	Estimated bool     // the framework changed in between
	Present   int      // items that had a record already and keep it
	New       []string // items that nothing could be carried to
}

// String says what was carried in a sentence or two.
func (c *Carried) String() string {
	if c.From == nil {
		return "There is no earlier assessment to carry forward."
	}
	said := text.Counted(len(c.Answers), "answer", "answers") + " carried forward from " + strconv.Itoa(c.From.Year) +
		", each to be confirmed or changed."
	if c.Present > 0 {
		said += " " + text.Counted(c.Present, "item", "items") + " had an answer here already and kept it."
	}
	if n := len(c.New); n > 0 {
		named := strings.Join(c.New[:min(n, 6)], ", ")
		if n > 6 {
			named += " and " + strconv.Itoa(n-6) + " more"
		}
		said += " Nothing to carry for " + named + "."
	}
	if c.Estimated {
		said += " The framework changed in between: what was carried follows NIST's crosswalk, and where several old " +
			"items lead to one, the lowest level is shown."
	}
	return said
}

// Carry works out what of the city's latest earlier assessment comes into a
// cycle. It changes nothing.
func Carry(r field.Reader, cycle CycleID, partner partnership.PartnerID) (*Carried, error) {
	into, err := ReadSheet(r, cycle, partner, 0) // which answers there are; what they count is not asked
	if err != nil {
		return nil, err
	}
	out := &Carried{Into: into.Cycle}
	from := latestBefore(Years(r, partner, 0), into.Cycle.Year)
	if from == nil {
		return out, nil
	}
	out.From, out.Estimated = from.Cycle, from.Framework.Version != into.Framework.Version
	for j, sources := range Tie(from.Framework, into.Framework) {
		if into.Answers[j] != nil {
			out.Present++
			continue
		}
		var old []*Answer
		for _, i := range sources {
			if a := from.Answers[i]; a != nil && a.Given() != "" {
				old = append(old, a)
			}
		}
		item := string(into.Framework.Items[j].ID)
		if len(old) == 0 {
			out.New = append(out.New, item)
			continue
		}
		out.Answers = append(out.Answers, carried(old, item, into, from.Cycle.ID))
	}
	return out, nil
}

// latestBefore picks the newest year before a given one in which something
// was answered.
func latestBefore(years []Year, year int) *Year {
	for i := len(years) - 1; i >= 0; i-- {
		y := &years[i]
		if y.Cycle.Year < year && slices.ContainsFunc(y.Levels, func(l Level) bool { return l != "" }) {
			return y
		}
	}
	return nil
}

// carried makes one answer of those it goes back to.
func carried(old []*Answer, item string, into *Sheet, from CycleID) *Answer {
	out := &Answer{Cycle: into.Cycle.ID, Partner: into.City.ID, Item: item, Carried: from, Was: lowest(old)}
	var names, notes []string
	for _, a := range old {
		names = append(names, a.Item)
		if a.Note != "" {
			note := a.Note
			if len(old) > 1 {
				note = a.Item + ": " + note
			}
			notes = append(notes, note)
		}
		for _, e := range a.Evidence {
			if !slices.Contains(out.Evidence, e) {
				out.Evidence = append(out.Evidence, e)
			}
		}
	}
	out.Note = strings.Join(notes, "\n")
	if len(old) > 1 || names[0] != item {
		out.CarriedFrom = strings.Join(names, ", ")
	}
	if len(old) == 1 {
		carryAlone(out, old[0])
	}
	return out
}

// carryAlone brings along what makes sense only for a single source.
func carryAlone(out, a *Answer) {
	out.Target, out.Confidence, out.Tested = a.Target, a.Confidence, a.Tested
	out.Reason, out.Acceptance = a.Reason, a.Acceptance
	if a.Remedy.State != RemedyDone {
		out.Remedy = a.Remedy
	}
}

// lowest gives the lowest level among answers; one that scores nothing counts
// only when none scores.
func lowest(answers []*Answer) Level {
	out := answers[0].Given()
	for _, a := range answers[1:] {
		l := a.Given()
		v, ok := l.Value()
		have, known := out.Value()
		if ok && (!known || v < have) {
			out = l
		}
	}
	return out
}

// Kept says how an answer stands to last year's.
type Kept string

// How an answer can stand.
const (
	KeptSame    Kept = "the same"
	KeptRaised  Kept = "raised"
	KeptLowered Kept = "lowered"
	KeptNew     Kept = "new" // there is no level to compare with
)

// Against compares what was answered with what was carried; the two answers
// worth five are the same height.
func Against(was, now Level) Kept {
	w, okWas := was.Value()
	n, okNow := now.Value()
	switch {
	case was == now && was != "":
		return KeptSame
	case !okWas || !okNow:
		return KeptNew
	case n > w:
		return KeptRaised
	case n < w:
		return KeptLowered
	}
	return KeptSame
}
