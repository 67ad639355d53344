package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"interlocal/model/buying"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// TestBidsStaySealed: until the time that vendors were told nobody enters a
// bid, the lead agency and the keeper of the file included, whatever is changed
// about the solicitation on the way; so there is none to be read, by whatever
// way one reads. What was opened is not sealed again.
func TestBidsStaySealed(t *testing.T) {
	s, c := open(t)
	fillFounding(t, s)
	issued := buying.Solicitation{Title: "Salt", Lead: 1, Manner: buying.JointBid, State: buying.Issued,
		Due: wall(5, 14), Sealed: true}
	id := put(t, s, keeper(), &issued)
	other := put(t, s, keeper(), &buying.Solicitation{Title: "Paint", Lead: 1, Manner: buying.JointBid,
		State: buying.Opened, Due: wall(-10, 14)})
	bid := func() *buying.Bid {
		return &buying.Bid{Solicitation: id, Vendor: "Prairie Salt", Manner: buying.TierAll,
			Tiers: []buying.Tier{{From: value.Some[int64](1), Price: value.Some[value.Cents](78_40)}}}
	}
	try := func(steps ...any) error {
		t.Helper()
		_, err := s.Update(context.Background(), keeper(), Op{Title: "step"}, func(tx *Tx) error {
			for _, rec := range steps {
				if _, err := tx.Put(rec.(field.Record).KindName(), rec); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}
	with := func(change func(v *buying.Solicitation)) *buying.Solicitation {
		v := issued
		v.ID = id
		change(&v)
		return &v
	}
	opened := func(v *buying.Solicitation) { v.State = buying.Opened }
	unread := func() {
		t.Helper()
		view := s.As(keeper()).View()
		for b := range field.All[buying.Bid](view) {
			if b.Solicitation == id {
				t.Fatal("a bid is there")
			}
		}
		entries, err := s.As(keeper()).Recent(0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			for _, rc := range e.Changes {
				if b, ok := rc.After.(*buying.Bid); ok && b.Solicitation == id {
					t.Fatal("a bid is in the history")
				}
			}
		}
	}
	lure := put(t, s, keeper(), func() *buying.Bid { b := bid(); b.Solicitation = other; return b }())
	for name, steps := range map[string][]any{
		"entered":                     {bid()},
		"moved here":                  {func() *buying.Bid { b := bid(); b.ID = lure; return b }()},
		"opened":                      {with(opened)},
		"opened and entered":          {with(opened), bid()},
		"opened as awarded":           {with(func(v *buying.Solicitation) { v.State = buying.Awarded }), bid()},
		"the time brought forward":    {with(func(v *buying.Solicitation) { v.State, v.Due = buying.Opened, wall(-10, 14) }), bid()},
		"the time brought forward, 1": {with(func(v *buying.Solicitation) { v.Due = wall(-10, 14) })},
		"the time taken away": {with(func(v *buying.Solicitation) {
			v.State = buying.Opened
			v.Due.Set = false
		}), bid()},
		"the time taken away, 1":   {with(func(v *buying.Solicitation) { v.Due.Set = false })},
		"withdrawn without a time": {with(func(v *buying.Solicitation) { v.State = buying.CancelledState; v.Due.Set = false })},
		"another's contract": {with(func(v *buying.Solicitation) {
			v.State, v.Manner, v.Contract = buying.Opened, buying.Piggyback, "X"
		}), bid()},
		"another's contract, 1": {with(func(v *buying.Solicitation) { v.Manner, v.Contract = buying.Piggyback, "X" })},
		"what is open gets a due time": {&buying.Solicitation{ID: other, Title: "Paint", Lead: 1,
			Manner: buying.JointBid, State: buying.Opened, Due: wall(9, 14)}},
		"what is open is sealed": {&buying.Solicitation{ID: other, Title: "Paint", Lead: 1,
			Manner: buying.JointBid, State: buying.Issued, Due: wall(-10, 14)}},
		"opened without a time": {&buying.Solicitation{Title: "Rock", Lead: 1, Manner: buying.JointBid, Sealed: true,
			State: buying.Opened}},
	} {
		if err := try(steps...); err == nil || failure.CodeOf(err) != failure.Invalid ||
			!strings.Contains(err.Error(), "bids") {
			t.Errorf("%s: %v", name, err)
		}
		unread()
	}
	if err := try(with(func(v *buying.Solicitation) { v.Due = wall(4, 14) })); err != nil {
		t.Errorf("an earlier time that lies ahead: %v", err)
	}
	c.advance(12 * 24 * time.Hour)
	if err := try(with(opened), bid()); err != nil {
		t.Fatalf("at the opening: %v", err)
	}
	if _, err := s.Undo(context.Background(), keeper()); err == nil {
		t.Error("an opening was taken back")
	}
}
