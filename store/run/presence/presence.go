// Package presence knows who has a dashboard open on one file, and which record
// each of them is editing. It lives in the memory of the process that holds the
// file, and goes with it.
//
// Everybody connected has a [Seat]. Those at the other seats are told when
// somebody comes, goes, or begins or ends an edit; moving about is noted but
// tells nobody, so that a hundred people paging through lists wake no one. A
// seat that is told twice before it has looked is told once.
//
// What is known here is who and where, never what a record holds; whether a
// viewer may know of the record is for the screen to ask of its own view.
package presence

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"interlocal/model/access"
)

// Place is where somebody is in the dashboard.
type Place struct {
	Tab     string // title of the tab
	Kind    string // of the record looked at, or ""
	ID      uint64
	Editing bool // a form is open on the record
}

// Visitor is somebody who is connected.
type Visitor struct {
	Who   access.Identity
	From  string // "window", or the address they came from
	Since time.Time
	Place Place
	seat  *Seat
}

// Registry is who is connected to one file. It may be used by any number of
// goroutines.
type Registry struct {
	now func() time.Time

	mu      sync.Mutex
	seats   []*Seat
	editing atomic.Pointer[[]Visitor] // those with a form open; never written to
	said    Saying
}

// Saying is what an administrator has said to everybody.
type Saying struct {
	Words string
	N     int // counts them; 0 when nothing has been said
}

// Say tells all seats something, and gives how many there are.
func (r *Registry) Say(words string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = Saying{words, r.said.N + 1}
	r.tell(nil)
	return len(r.seats)
}

// Said gives what was said last.
func (r *Registry) Said() Saying {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said
}

// New makes an empty registry.
func New(now func() time.Time) *Registry {
	r := &Registry{now: now}
	r.editing.Store(&[]Visitor{})
	return r
}

// Seat is one open dashboard.
type Seat struct {
	of   *Registry
	told chan struct{}
	self Visitor
}

// Enter adds somebody.
func (r *Registry) Enter(who access.Identity, from string) *Seat {
	s := &Seat{of: r, told: make(chan struct{}, 1)}
	s.self = Visitor{Who: who, From: from, Since: r.now(), seat: s}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seats = append(r.seats, s)
	r.tell(s)
	return s
}

// Leave takes the seat away; its channel is closed. A second call does nothing.
func (s *Seat) Leave() {
	r := s.of
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.Index(r.seats, s)
	if i < 0 {
		return
	}
	r.seats = slices.Delete(r.seats, i, i+1)
	close(s.told)
	r.publish()
	r.tell(s)
}

// At notes where the seat is.
func (s *Seat) At(p Place) {
	r := s.of
	r.mu.Lock()
	defer r.mu.Unlock()
	was := s.self.Place
	if was == p || !slices.Contains(r.seats, s) {
		return
	}
	s.self.Place = p
	if was.Editing || p.Editing {
		r.publish()
		r.tell(s)
	}
}

// Told yields when others have come, gone, begun or ended an edit. It is closed
// when the seat is left.
func (s *Seat) Told() <-chan struct{} { return s.told }

// publish lists anew who is editing: every picture of a record asks. The caller
// holds the lock.
func (r *Registry) publish() {
	var list []Visitor
	for _, s := range r.seats {
		if s.self.Place.Editing {
			list = append(list, s.self)
		}
	}
	r.editing.Store(&list)
}

// tell wakes all seats but one. The caller holds the lock.
func (r *Registry) tell(but *Seat) {
	for _, s := range r.seats {
		if s == but {
			continue
		}
		select {
		case s.told <- struct{}{}:
		default: // told already
		}
	}
}

// All lists everybody, in the order in which they came.
func (r *Registry) All() []Visitor {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := make([]Visitor, len(r.seats))
	for i, s := range r.seats {
		list[i] = s.self
	}
	return list
}

// Others lists those at other seats who are other people: one's own second
// window is nobody else.
func (s *Seat) Others() []Visitor {
	var out []Visitor
	for _, v := range s.of.All() {
		if v.seat != s && v.Who.User != s.self.Who.User {
			out = append(out, v)
		}
	}
	return out
}

// Editing lists the others, and other windows of one's own, in which a form is
// open on a record.
func (s *Seat) Editing(kind string, id uint64) []Visitor {
	var out []Visitor
	for _, v := range *s.of.editing.Load() {
		if v.seat != s && v.Place.Kind == kind && v.Place.ID == id && id != 0 {
			out = append(out, v)
		}
	}
	return out
}
