package field

import (
	"iter"
	"slices"

	"interlocal/model/value"
)

// Urgency ranks what is due.
type Urgency uint8

// From what is late to what only its own day tells of.
const (
	Overdue Urgency = iota // its day has passed
	DueSoon                // its day is near
	Waiting                // somebody waits for somebody
	Note                   // no day presses
	Later                  // nothing is to be said of it before its day
)

// String gives the word used in plain text and JSON.
func (u Urgency) String() string {
	return [...]string{"overdue", "due soon", "waiting", "note", "later"}[u]
}

// Due is what a record asks of somebody: by a day, or of whoever is waited for.
// The record's kind works it out beside the record's rules ([Def.Due]), so that
// the overview, an agenda, a calendar and a letter tell the same. Sentences are
// written when they are asked for, since a large file may hold thousands of them.
type Due struct {
	Kind    string // of the record, and its number; set by [Viewpoint.Due]
	ID      uint64
	Urgency Urgency
	On      value.Opt[value.Day]
	// For lists whose it is to see to; where a kind names nobody they are the
	// record's parties, and none is the whole partnership.
	For []Party
	// Sensitivity says how far the sentences may travel. Whoever is not to know of
	// it at all is not shown the record.
	Sensitivity Sensitivity
	// Line is a sentence without its full stop for whoever looks today; nil is
	// none. It is not asked for before Urgency is more than [Later].
	Line func() string
	// Event is how a calendar names the day; nil keeps it out of calendars.
	Event func() string
	// How tells the arithmetic by which On was found: "90 days before Fri 15 Mar
	// 2030: Sat 15 Dec 2029; reminder Fri 14". It is nil where the day is as recorded.
	How func() string
}

// Nearness ranks a day on which something is due: overdue once it has passed,
// due soon from so many days before it.
func (v Viewpoint) Nearness(on value.Day, ahead int) Urgency {
	switch left := int(on - v.Now.Day()); {
	case left < 0:
		return Overdue
	case left <= ahead:
		return DueSoon
	}
	return Later
}

// Due yields what is due from the records of the named kinds, of all when none
// is named, as far as somebody sees them. It is the one place that is asked.
func (v Viewpoint) Due(kinds ...string) iter.Seq[Due] {
	return func(yield func(Due) bool) {
		for _, k := range v.dueKinds(kinds) {
			for id, rec := range v.Scan(k.Name) {
				more := true
				k.due(v, rec, func(d Due) {
					d.Kind, d.ID = k.Name, id
					if d.For == nil {
						d.For = slices.DeleteFunc(k.Parties(v, rec), func(p Party) bool { return p == 0 })
					}
					more = more && yield(d)
				})
				if !more {
					return
				}
			}
		}
	}
}

// dueKinds gives those of the named kinds, or of all, whose records ask for
// anything.
func (v Viewpoint) dueKinds(names []string) []*Kind {
	var out []*Kind
	for _, name := range names {
		if k := v.Schema().Kind(name); k.due != nil {
			out = append(out, k)
		}
	}
	if len(names) == 0 {
		for _, k := range v.Schema().Kinds {
			if k.due != nil {
				out = append(out, k)
			}
		}
	}
	return out
}

// ComesDue reports whether records of the kind ask for anything.
func (k *Kind) ComesDue() bool { return k.due != nil }
