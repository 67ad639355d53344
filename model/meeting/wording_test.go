package meeting_test

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/sample"
)

// Records of every kind, added and changed into one another: no line holds a
// private or confidential value, nothing of an answer, and none is without words
// for what it is about.
func TestLinesOfEveryKind(t *testing.T) {
	r := fieldtest.NewMemory(model.NewSchema())
	set := sample.Story(today)
	if err := set.Each(func(kind string, rec any) error { r.Put(kind, rec); return nil }); err != nil {
		t.Fatal(err)
	}
	env := field.NewEnv(r, today)
	last := map[string]any{}
	kinds := 0
	check := func(k *field.Kind, before, after any) {
		lines := meeting.Lines(env, 9999,
			[]field.Entry{{Rev: 1, Changes: []field.RecordChange{{Kind: k, ID: k.ID(after), Before: before,
				After: after}}}})
		for _, l := range lines {
			if strings.HasSuffix(l.Text, " ") || strings.HasSuffix(l.Text, " ·") {
				t.Errorf("%s: %q says nothing", k.Name, l.Text)
			}
			for _, c := range k.Columns {
				hidden := c.Sensitivity != field.Open
				if value := string(c.Show(nil, after, env)); hidden && len(value) > 4 &&
					strings.Contains(l.Text, value) {
					t.Errorf("%s: %q holds %s", k.Name, l.Text, c.Name)
				}
			}
		}
		if k.Scope == field.ScopeUsers && len(lines) > 0 {
			t.Errorf("%s: %q", k.Name, lines[0].Text)
		}
	}
	err := set.Each(func(kind string, rec any) error {
		k := r.Schema().Kind(kind)
		if last[kind] == nil {
			kinds++
		}
		check(k, nil, rec)
		check(k, last[kind], rec)
		last[kind] = rec
		return nil
	})
	if err != nil || kinds < 30 {
		t.Errorf("%d kinds, %v", kinds, err)
	}
}

// A hand-over is one line, although the loan and the meter change with it.
func TestAHandOverIsOneLine(t *testing.T) {
	b := newBook(t)
	b.r.Put("equipment", &lending.Equipment{ID: 1, Tag: "RT-1", Name: "Loader", Owner: 1})
	before := &lending.Reservation{ID: 4, Unit: 1, Lender: 1, Borrower: 2, State: lending.Approved}
	after := *before
	after.State = lending.OutOnLoan
	b.r.Put("reservations", &after)
	s := b.r.Schema()
	b.add(field.Entry{Changes: []field.RecordChange{
		{Kind: s.Kind("handovers"), ID: 1, Before: nil, After: &lending.Handover{ID: 1, Reservation: 4, Unit: 1}},
		{Kind: s.Kind("reservations"), ID: 4, Before: before, After: &after},
	}})
	if got := b.texts(); len(got) != 1 || !strings.Contains(got[0], "Added hand-over") {
		t.Errorf("%q", got)
	}
}
