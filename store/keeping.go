package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/text"
)

// Keeping says how long history is kept, and what holds it. A new file keeps it for
// ever.
type Keeping struct {
	Years  int    `json:"years"`  // history older than this is removed with the daily backup; 0 is never
	Series string `json:"series"` // under which series of the schedule
	By     string `json:"by"`     // who set it
	Holds  []Hold `json:"holds"`
}

// Hold stops all removal of history: for a lawsuit, an audit, an open request.
type Hold struct {
	Matter string    `json:"matter"`
	By     string    `json:"by"`
	From   time.Time `json:"from"`
}

// Keeping says how long history is kept, and what holds it.
func (s *Store) Keeping() Keeping {
	if k := s.keeping.Load(); k != nil {
		return *k
	}
	return Keeping{}
}

func decodeKeeping(body []byte) *Keeping {
	k := new(Keeping)
	if json.Unmarshal(body, k) != nil {
		return new(Keeping)
	}
	return k
}

func readKeeping(tx *bbolt.Tx) *Keeping {
	body, err := optionalMeta(tx, metaKeep)
	if err != nil {
		// What cannot be read may be a hold, so nothing is removed until it can.
		return &Keeping{Holds: []Hold{{Matter: "what holds the history cannot be read; repair the file"}}}
	}
	return decodeKeeping(body)
}

// held refuses to remove history while anything holds it.
func (s *Store) held() error {
	holds := s.Keeping().Holds
	if len(holds) == 0 {
		return nil
	}
	names := make([]string, len(holds))
	for i, h := range holds {
		names[i] = h.Matter
	}
	return failure.New(failure.Forbidden, "history is held for "+strings.Join(names, ", ")+
		", so nothing of it is removed; when that is over: "+Command(s.path, "history release MATTER"))
}

// Hold stops all removal of history until it is released.
func (s *Store) Hold(ctx context.Context, id access.Identity, matter string) error {
	if matter = text.Line(matter, maxLabel); matter == "" {
		return failure.New(failure.Invalid, "say what history is held for, such as a lawsuit or a request")
	}
	return s.keep(ctx, id, "hold history for "+matter, func(k *Keeping) error {
		if slices.ContainsFunc(k.Holds, func(h Hold) bool { return h.Matter == matter }) {
			return failure.New(failure.Conflict, "history is held for "+matter+" already")
		}
		k.Holds = append(k.Holds, Hold{matter, id.Name, s.now().UTC()})
		return nil
	})
}

// Release ends a hold.
func (s *Store) Release(ctx context.Context, id access.Identity, matter string) error {
	return s.keep(ctx, id, "history is no longer held for "+text.Line(matter, maxLabel), func(k *Keeping) error {
		before := len(k.Holds)
		k.Holds = slices.DeleteFunc(k.Holds, func(h Hold) bool { return strings.EqualFold(h.Matter, matter) })
		if len(k.Holds) == before {
			return failure.New(failure.NotFound, "history is not held for "+matter+"; see what it is held for with: "+
				Command(s.path, "history schedule"))
		}
		return nil
	})
}

// Schedule has history older than some years removed with the daily backup; 0 years
// keeps it for ever. Removal has to rest on a series of a retention schedule.
func (s *Store) Schedule(ctx context.Context, id access.Identity, years int, series string) error {
	title := "keep history for ever"
	switch {
	case years < 0 || years > 100:
		return failure.New(failure.Invalid, "history is kept for 1 to 100 years, or for ever with 0")
	case years > 0 && text.Line(series, maxLabel) == "":
		return failure.New(failure.Invalid, "say under which series of the retention schedule history goes; without "+
			"one its removal is not lawful")
	case years > 0:
		title = "keep history for " + text.Counted(years, "year", "years") + ", series " + text.Line(series, maxLabel)
	}
	return s.keep(ctx, id, title, func(k *Keeping) error {
		k.Years, k.Series, k.By = years, text.Line(series, maxLabel), id.Name
		return nil
	})
}

// keep changes how history is kept, by an entry.
func (s *Store) keep(ctx context.Context, id access.Identity, title string, change func(*Keeping) error) error {
	s.ruling.Lock()
	defer s.ruling.Unlock()
	k := s.Keeping()
	k.Holds = slices.Clone(k.Holds)
	if err := change(&k); err != nil {
		return err
	}
	body, err := json.Marshal(k)
	if err != nil {
		return err
	}
	_, err = s.decree(ctx, id, EntryKeep, title, body)
	return err
}

// age removes what has come to its end: replaced confidential values, and history
// that the schedule no longer keeps.
func (s *Store) age(ctx context.Context) error {
	if _, err := s.PruneConfidential(ctx); err != nil {
		return err
	}
	k := s.Keeping()
	if k.Years < 1 || len(k.Holds) > 0 {
		return nil
	}
	id := access.Identity{Name: scheduleName, Role: access.Owner}
	_, err := s.PurgeBy(ctx, id, PurgeOrder{Before: s.now().AddDate(-k.Years, 0, 0), By: k.By, Series: k.Series})
	return err
}
