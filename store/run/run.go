// Package run carries acts out over a store.
//
// Every way into the program ends here: a key, a palette entry, a command, a
// row of a file. Each hands over an act, the number of a record and arguments;
// what follows is the same for all. The plan is made on what the person may
// see, the act is done in one update under the person's rights, and a doubt
// comes back as an error that names what is in doubt, so that whoever asked can
// ask for a name and a reason and hand the act over again with the answer.
package run

import (
	"context"
	"strconv"

	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
)

// Request is an act to be done.
type Request struct {
	Act      *field.Act
	ID       uint64          // of the record; 0 when the act stands alone
	Args     any             // as [field.Act.Args] describes them; nil is none
	Plan     any             // made and looked at before; nil has it made
	Override *field.Override // what somebody put to doubts, or nil
	Op       string          // operation id: a repeat within a day is done once
	Rehearse bool            // says what would come of it, and changes nothing
}

// Done is what came of an act.
type Done struct {
	field.Result
	Stored store.Result
}

// ViewOf gives the viewpoint of an identity on an act.
func ViewOf(r field.Reader, id access.Identity, a *field.Act, now value.Wall) field.Viewpoint {
	by := id.Actor(kindOf(r, a))
	if f, ok := r.(interface{ Logins() bool }); ok {
		by.SignedIn = f.Logins()
	}
	return field.Viewpoint{Reader: r, By: by, Now: now}
}

// kindOf gives the kind by whose rights an actor is judged.
func kindOf(r field.Reader, a *field.Act) *field.Kind {
	if a.On != "" {
		return r.Schema().Kind(a.On)
	}
	return r.Schema().Kind(a.Makes)
}

// May says in a sentence why somebody cannot do an act to a record now; nil
// means that they can, as far as it can be told before it is done.
func May(r field.Reader, id access.Identity, a *field.Act, rec uint64, now value.Wall) error {
	return (&Asking{Reader: r, Identity: id, Now: now}).May(a, rec)
}

// Asking asks what somebody may do at one moment, act after act: what the acts of
// one record have in common is looked up once.
type Asking struct {
	Reader   field.Reader
	Identity access.Identity
	Now      value.Wall

	kind    string
	id      uint64
	rec     any
	parties []field.Party
}

// May is as [May] says.
func (k *Asking) May(a *field.Act, rec uint64) (err error) {
	if a.On == "" || a.On != k.kind || rec != k.id || k.rec == nil {
		k.kind, k.id = a.On, rec
		if k.rec, k.parties, err = target(k.Reader, a, rec); err != nil {
			return err
		}
	}
	if err := k.Identity.MayAct(k.Reader.Schema(), a, k.parties); err != nil {
		return err
	}
	return a.May(ViewOf(k.Reader, k.Identity, a, k.Now), k.rec)
}

// target looks the record of an act up.
func target(r field.Reader, a *field.Act, id uint64) (rec any, parties []field.Party, err error) {
	if a.On == "" {
		return nil, nil, nil
	}
	k := r.Schema().Kind(a.On)
	if rec = r.Get(a.On, id); rec == nil {
		return nil, nil, failure.New(failure.NotFound, "there is no "+k.One+" #"+strconv.FormatUint(id, 10))
	}
	return rec, k.Parties(r, rec), nil
}

// Do carries an act out: plan, then update. The error is a sentence; a
// [field.Doubts] error asks for an override.
func Do(ctx context.Context, st *store.Store, id access.Identity, q Request) (Done, error) {
	me := st.As(id)
	view, now := me.View(), me.Now()
	rec, parties, err := target(view, q.Act, q.ID)
	if err != nil {
		return Done{}, err
	}
	if err := id.MayAct(view.Schema(), q.Act, parties); err != nil {
		return Done{}, err
	}
	v := ViewOf(view, id, q.Act, now)
	v.Past = func(meeting uint64) ([]field.Entry, error) { return Recorded(me, meeting, 0) }
	if err := q.Act.May(v, rec); err != nil {
		return Done{}, err
	}
	if err := q.Act.CheckArgs(v, q.Args); err != nil {
		return Done{}, err
	}
	plan := q.Plan
	if plan == nil {
		if plan, err = q.Act.Plan(withMeans(ctx, st), v, rec, q.Args); err != nil {
			return Done{}, err
		}
	}
	if within := q.Act.Within(v, rec); within != 0 {
		ctx = store.InMeeting(ctx, within)
	}
	done, err := update(ctx, st, id, q, v, rec, plan)
	if err == nil && q.Act.Then != nil && !q.Rehearse {
		_, err = Do(ctx, st, id, Request{Act: q.Act.Then, ID: q.ID})
	}
	return done, err
}

// update does the act in one change of the records.
func update(ctx context.Context, st *store.Store, id access.Identity, q Request, v field.Viewpoint, rec,
	plan any) (done Done, err error) {
	op := store.Op{ID: q.Op, Act: q.Act.Name, Title: q.Act.HistoryTitle(v, rec, q.Args),
		Final: q.Act.Effect == field.Final || q.Act.Effect == field.Destroys}
	change := st.Update
	if q.Rehearse {
		change = st.Rehearse
	}
	done.Stored, err = change(ctx, id, op, func(tx *store.Tx) (err error) {
		done.Result, err = q.Act.Do(NewWriter(tx, q.Act, q.Override), q.ID, q.Args, plan)
		return err
	})
	return done, err
}

// NewWriter gives a transaction as an act sees it.
func NewWriter(tx *store.Tx, a *field.Act, o *field.Override) field.Writer {
	return &writer{Tx: tx, act: a, actor: ViewOf(tx, tx.Identity(), a, tx.Now()).By, override: o}
}

// writer is a transaction with what an act asks of it besides.
type writer struct {
	*store.Tx
	act      *field.Act
	actor    field.Actor
	override *field.Override
}

// Actor is who makes the change.
func (w *writer) Actor() field.Actor { return w.actor }

// Override is what somebody put to the doubts.
func (w *writer) Override() *field.Override { return w.override }

// OnBehalf lends an act that is declared trusted the program's own sight.
func (w *writer) OnBehalf(fn func(field.Writer) error) error {
	if !w.act.Trusted {
		return failure.New(failure.Forbidden, w.act.Name+" writes nothing but what whoever does it may write")
	}
	return w.Tx.OnBehalf(func(tx *store.Tx) error {
		return fn(&writer{Tx: tx, act: w.act, actor: w.actor, override: w.override})
	})
}
