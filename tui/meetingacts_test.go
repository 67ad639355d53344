package tui

import (
	"context"
	"fmt"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/store"
	"interlocal/store/run"
)

// byAct does an act as a command does it: what it begins with, then what is said.
func byAct(t *testing.T, st *store.Store, name string, id uint64, set func(args any)) {
	t.Helper()
	a, me := model.NewActs().Named(name), st.As(dana())
	view := me.View()
	v := run.ViewOf(view, dana(), a, me.Now())
	if id == 0 {
		var err error
		if id, err = a.Default(v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	args := a.NewArgs(v, view.Get(a.On, id))
	if set != nil {
		set(args)
	}
	if _, err := run.Do(context.Background(), st, dana(), run.Request{Act: a, ID: id, Args: args}); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// heldByKeys holds a meeting at a screen.
func heldByKeys(t *testing.T) *store.Store {
	st := story(t)
	r := play(t, st, dana(), 120, 36)
	r.press("g", "m", "a").types("Hotline contract 10m").press("enter").see("Hotline contract")
	r.press("K").press("b").see("The meeting is open").press("r", "space", "enter").see("The roll is called")
	r.press(";").types("Brine is ready").press("enter").see("Note written down")
	r.press("!").types("Fill the tanks").press("enter").see("Decision written down")
	r.press("@").types("tessa: fill the tanks by fri").press("enter").see("Action written down")
	r.press("n")
	r.press("&").types("tessa/owen: renew").press("enter").see("Vote").press("r", "=").see("The motion carried")
	r.press("C", "y").see("minutes are kept").press("A", "y").see("minutes are approved")
	r.press("m").types("Four to none.").press("enter").see("minutes are amended")
	return st
}

// heldByActs holds the same meeting without one, as commands do.
func heldByActs(t *testing.T) *store.Store {
	st := story(t)
	spoken := func(text string) func(any) { return func(args any) { args.(*meeting.Spoken).Text = text } }
	byAct(t, st, "meeting.add", 0, func(args any) { args.(*meeting.AgendaItem).Title = "Hotline contract 10m" })
	view := st.As(dana()).View()
	items := meeting.AgendaOf(view, 2)
	byAct(t, st, "agenda.earlier", uint64(items[len(items)-1].ID), nil)
	byAct(t, st, "meeting.open", 0, nil)
	byAct(t, st, "meeting.roll", 0, func(args any) {
		call := args.(*meeting.RollCall)
		call.Absent = []string{field.Get(view, call.Attendance[0].Person).Name}
	})
	byAct(t, st, "meeting.note", 0, spoken("Brine is ready"))
	byAct(t, st, "meeting.decide", 0, spoken("Fill the tanks"))
	byAct(t, st, "meeting.act", 0, spoken("tessa: fill the tanks by fri"))
	byAct(t, st, "meeting.next", 0, nil)
	byAct(t, st, "meeting.move", 0, spoken("tessa/owen: renew"))
	byAct(t, st, "meeting.vote", 0, func(args any) {
		now := st.As(dana()).View()
		vote := args.(*meeting.Voting)
		vote.Recused, vote.All = []partnership.PartnerID{meeting.Voters(now,
			field.Get(now, meeting.MeetingID(2)))[0]}, true
	})
	byAct(t, st, "meeting.close", 0, nil)
	byAct(t, st, "meeting.approve", 0, nil)
	byAct(t, st, "meeting.amend", 2, func(args any) { args.(*meeting.Correction).Text = "Four to none." })
	return st
}

// A meeting held by keys and the same by acts, as commands do them, leave the same
// records, column by column, and the same minutes.
func TestAMeetingByKeysAndByCommands(t *testing.T) {
	keys, acts := values(heldByKeys(t)), values(heldByActs(t))
	for at, want := range keys {
		if got := acts[at]; got != want {
			t.Errorf("%s: by keys %q, by acts %q", at, want, got)
		}
	}
	if len(acts) != len(keys) || len(keys) < 100 {
		t.Errorf("%d values by keys, %d by acts", len(keys), len(acts))
	}
}

// values gives each column of each record that a meeting leaves.
func values(st *store.Store) map[string]string {
	out := map[string]string{}
	me := st.As(dana())
	view := me.View()
	env := field.NewEnv(view, me.Now().Day())
	for _, kind := range []string{"meetings", "agenda", "notes", "decisions", "actions", "motions", "minutes"} {
		for id, rec := range view.Scan(kind) {
			for _, c := range view.Schema().Kind(kind).Columns {
				out[fmt.Sprintf("%s #%d %s", kind, id, c.Name)] = string(c.Format(nil, rec, env))
			}
		}
	}
	return out
}
