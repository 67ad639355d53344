package presence

import (
	"sync"
	"testing"
	"time"

	"interlocal/model/access"
)

func someone(user string) access.Identity {
	return access.Identity{User: user, Name: user, Role: access.Editor}
}

func told(s *Seat) bool {
	select {
	case _, open := <-s.Told():
		return open
	default:
		return false
	}
}

func TestOthersAreToldWhatMattersToThem(t *testing.T) {
	at := time.Date(2027, 3, 4, 9, 0, 0, 0, time.UTC)
	r := New(func() time.Time { return at })
	dana, lee := r.Enter(someone("dana"), "window"), r.Enter(someone("lee"), "10.0.0.7")
	second := r.Enter(someone("dana"), "window")
	if !told(dana) || told(dana) {
		t.Error("two arrivals are not told once")
	}
	if n := len(dana.Others()); n != 1 || dana.Others()[0].Who.Name != "lee" || dana.Others()[0].From != "10.0.0.7" ||
		!dana.Others()[0].Since.Equal(at) {
		t.Errorf("dana sees %d others: %+v", n, dana.Others())
	}
	told(lee)
	told(second)
	lee.At(Place{Tab: "Equipment", Kind: "equipment", ID: 7})
	if told(dana) {
		t.Error("moving about wakes others")
	}
	if got := dana.Others()[0].Place.Tab; got != "Equipment" {
		t.Errorf("lee is at %q", got)
	}
	lee.At(Place{Tab: "Equipment", Kind: "equipment", ID: 7, Editing: true})
	if !told(dana) || told(lee) {
		t.Error("an edit is told to others, and to them alone")
	}
	if e := dana.Editing("equipment", 7); len(e) != 1 || e[0].Who.Name != "lee" ||
		len(lee.Editing("equipment", 7)) != 0 || len(dana.Editing("equipment", 8)) != 0 {
		t.Errorf("%+v", e)
	}
	second.At(Place{Kind: "people", ID: 3, Editing: true})
	if e := dana.Editing("people", 3); len(e) != 1 {
		t.Error("one's own other window is not seen editing")
	}
	dana.At(Place{Kind: "people", Editing: true})
	if e := second.Editing("people", 0); len(e) != 0 {
		t.Error("two new records are taken for one")
	}
	told(lee)
	lee.Leave()
	lee.Leave()
	lee.At(Place{Tab: "Cyber"})
	if _, open := <-lee.Told(); open || len(r.All()) != 2 || len(dana.Others()) != 0 || !told(dana) {
		t.Error("lee has not left")
	}
}

// TestManyComeAndGo is for the race detector, and leaves nobody behind.
func TestManyComeAndGo(t *testing.T) {
	r := New(func() time.Time { return time.Date(2027, 3, 4, 9, 0, 0, 0, time.UTC) })
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			s := r.Enter(someone(string(rune('a'+i%26))), "")
			for j := range 20 {
				s.At(Place{Kind: "people", ID: uint64(j), Editing: j%2 == 0})
				s.Others()
				s.Editing("people", uint64(j))
			}
			s.Leave()
		})
	}
	all.Wait()
	if n := len(r.All()); n != 0 {
		t.Errorf("%d are left", n)
	}
}
