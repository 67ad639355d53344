package store

import (
	"cmp"
	"strings"
	"time"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Report is what checking a file found.
type Report struct {
	Rev      uint64    // the revision that the file is at
	At       time.Time // when that came about, on the partnership's clocks
	Records  int
	Entries  int      // of the journal, those that cannot be read among them
	Problems []string // damage: what the file holds is not what was stored
	Unread   []uint64 // revisions whose entries cannot be read
	Begins   uint64   // the revision with which the history begins, when what was before has been removed
	Lost     []string // runs of revisions that a repair could not read, in the place of which a mark stands
	Rules    []string // records that do not meet a rule as it is today
	Ahead    int      // entries that bear a time which the clock has not reached, and are not marked

	Latest time.Time // the latest of those times

	broken string // the first problem that records depend on; "" when they are whole
	loose  int    // problems that are of what records say, not of how they are stored
}

// Clean reports whether the file is undamaged.
func (r *Report) Clean() bool { return len(r.Problems) == 0 }

// Whole reports whether all records can be relied on, whatever has become of the
// history. Such a file can be used, copied and compacted.
func (r *Report) Whole() bool { return r.broken == "" }

// harmed reports whether a repair has anything to do.
func (r *Report) harmed() bool { return len(r.Problems) > r.loose }

// History says in words which changes of the history cannot be read; "" when all
// can be.
func (r *Report) History() string {
	if len(r.Unread) == 0 {
		return ""
	}
	return "all " + text.Thousands(int64(r.Records)) + " records are whole; " + unreadWords(r.Unread, r.Entries)
}

// Past says in words what of the history the file no longer has, and need not be damaged
// for; "" when it has all of it.
func (r *Report) Past() string {
	var parts []string
	if r.Begins > 0 {
		parts = append(parts, "its history begins with change "+uintText(r.Begins))
	}
	if len(r.Lost) > 0 {
		parts = append(parts, "a repair could not read these changes of its history: "+fewOf(r.Lost))
	}
	return strings.Join(parts, "; ")
}

// Damage is what is known to be damaged in an open file whose records are whole.
type Damage struct {
	Unread []uint64 // revisions whose entries cannot be read
	Words  string
}

// damage gives what is to be told of a file that goes on being used; nil when
// there is nothing.
func (r *Report) damage() *Damage {
	if !r.harmed() {
		return nil
	}
	return &Damage{r.Unread, cmp.Or(r.History(), r.Problems[0])}
}

// Damage gives what the last check of the file, or of a copy of it, found damaged;
// nil when it found nothing or none has been made yet.
func (s *Store) Damage() *Damage { return s.damage.Load() }

// maxProblems is how many problems a report lists.
const maxProblems = 200

// add notes damage that records depend on.
func (r *Report) add(problem string) {
	r.broken = cmp.Or(r.broken, problem)
	r.note(problem)
}

// note notes damage beside the records.
func (r *Report) note(problem string) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, problem)
	}
}

// rule notes what a rule would refuse today.
func (r *Report) rule(err error) {
	if err != nil && len(r.Rules) < maxProblems {
		r.Rules = append(r.Rules, err.Error())
	}
}

// addError notes damage; other errors are handed back.
func (r *Report) addError(err error) error {
	if failure.CodeOf(err) == failure.Damaged {
		r.add(err.Error())
		return nil
	}
	return err
}
