package field

import (
	"context"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/value"
)

// Writer is what an act works on: the records as they would become, and the
// ways to change them. A transaction of the store is one; a test has one in
// memory. What a Writer is told counts only when the whole act is accepted.
type Writer interface {
	Reader
	// Put adds a record whose number is 0, or replaces the one that bears its
	// number, and returns the number. The record is copied.
	Put(kind string, rec any) (uint64, error)
	// Delete removes a record. Nothing may refer to it when the act ends.
	Delete(kind string, id uint64) error
	// Attempt runs fn. When fn fails, every record is as it was before, and the
	// act may go on another way.
	Attempt(fn func() error) error
	// Now is the moment of the change on the partnership's clocks.
	Now() value.Wall
	// Actor is who makes the change.
	Actor() Actor
	// Override is what somebody put to the doubts that were raised, or nil.
	Override() *Override
}

// Put stores a record of type T; see [Writer.Put].
func Put[T Record](w Writer, rec *T) (ID[T], error) {
	id, err := w.Put((*rec).KindName(), rec)
	return ID[T](id), err
}

// Delete removes a record by its typed number; see [Writer.Delete].
func Delete[T Record](w Writer, id ID[T]) error {
	var t T
	return w.Delete(t.KindName(), uint64(id))
}

// Change applies change to a copy of a record and stores it. The error says
// when the record is not there any more.
func Change[T Record](w Writer, id ID[T], change func(rec *T) error) error {
	var t T
	k := w.Schema().Kind(t.KindName())
	rec := Get(w, id)
	if rec == nil {
		return failure.New(failure.NotFound, "there is no "+k.One+" #"+strconv.FormatUint(uint64(id), 10)+" any more")
	}
	fresh := k.Clone(rec).(*T)
	if err := change(fresh); err != nil {
		return err
	}
	_, err := Put(w, fresh)
	return err
}

// Becomes changes the record that an act is done to, and says so: what most acts
// come to.
func Becomes[T Record](w Writer, rec *T, says string, change func(rec *T)) (Result, error) {
	fresh := w.Schema().Kind((*rec).KindName()).Clone(rec).(*T)
	change(fresh)
	_, err := Put(w, fresh)
	return Done(says), err
}

// OnBehalf runs fn with all that the program sees, as part of an act that is
// declared Trusted: for what nobody may write in their own right. The person
// stays the one whom history names, and what they are told of it is read as they
// see it.
func OnBehalf(w Writer, fn func(w Writer) error) error {
	if t, ok := w.(interface {
		OnBehalf(func(Writer) error) error
	}); ok {
		return t.OnBehalf(fn)
	}
	return fn(w)
}

// Try puts a record and has it checked at once where the writer can do that, so
// that one row of many may be refused; see [Writer.Put].
func Try(w Writer, kind string, rec any) (uint64, error) {
	if t, ok := w.(interface {
		Try(string, any) (uint64, error)
	}); ok {
		return t.Try(kind, rec)
	}
	return w.Put(kind, rec)
}

// Insert adds a record under the number that it bears and that no record has
// had.
func Insert[T Record](w Writer, rec *T) error {
	kind := (*rec).KindName()
	if t, ok := w.(interface{ Insert(string, any) error }); ok {
		return t.Insert(kind, rec)
	}
	_, err := w.Put(kind, rec)
	return err
}

// Means is what a plan works with: what the rooms of records do not have of
// their own. Every member may be nil, and the plan comes out the same.
type Means struct {
	// Parallel calls f for 0 to n-1, several at once.
	Parallel func(n int, f func(i int))
	// After tells from now on whether so many seconds have passed.
	After func(seconds float64) (passed func() bool)
	// Progress hears what the best so far is worth, and what none can exceed.
	Progress func(value, bound int64)
}

type meansKey struct{}

// WithMeans gives a context in which plans are made by some means.
func WithMeans(ctx context.Context, m Means) context.Context {
	return context.WithValue(ctx, meansKey{}, m)
}

// MeansOf gives the means of a context, none when it has none.
func MeansOf(ctx context.Context) Means {
	m, _ := ctx.Value(meansKey{}).(Means)
	return m
}

// Party is one of those between whom records are, by the number of its own
// record: to rules and rights, whoever else it may be is the same.
type Party uint64

// PartiesOf gives the parties that references name.
func PartiesOf[T any](ids []ID[T]) []Party {
	out := make([]Party, len(ids))
	for i, id := range ids {
		out[i] = Party(id)
	}
	return out
}

// Actor is who makes a change, as far as the records' own rules need to know.
type Actor struct {
	Partner Party  // 0 when of no partner
	All     bool   // trusted with the records of every partner
	Name    string // as history shows it
	User    string // the stable key of their login
	Whole   bool   // sees and writes everything: who opens a file without logins, or the program
	// SignedIn says that the file has logins and the actor came in by one. Whoever
	// holds a file without any acts for everybody, and nobody can confirm it.
	SignedIn bool
}

// Is reports whether the actor may speak for a partner.
func (a Actor) Is(p Party) bool { return a.All || a.Partner != 0 && a.Partner == p }
