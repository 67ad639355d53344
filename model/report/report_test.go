package report

import (
	"flag"
	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// today is the day on which these tests take place: Saturday, 20 February 2027.
const today = fieldtest.Saturday

// morning is nine o'clock on that day.
func morning() value.Wall { return today.At(9, 0) }

// at looks through records on that morning.
func at(r field.Reader) field.Viewpoint { return field.Viewpoint{Reader: r, Now: morning()} }

func golden(t *testing.T, name, got string) {
	t.Helper()
	fieldtest.Golden(t, *update, name, got)
}

// file makes a reader over the founding partners and some records.
func file(recs ...field.Record) *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	for _, p := range partnership.NewSeed().Partners {
		m.Add(p)
	}
	for _, rec := range recs {
		m.Add(rec)
	}
	return m
}

func founding() *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	_ = partnership.NewSeed().Each(func(kind string, rec any) error { m.Put(kind, rec); return nil })
	return m
}

// seenBy hides from a reader what an identity may not see, as the store does.
func seenBy(m *fieldtest.Memory, id access.Identity) fieldtest.Seen {
	return fieldtest.Seen{Memory: m, Hide: func(k *field.Kind, parties []field.Party) (bool, func(*field.Column) bool) {
		return id.Sees(k, parties), func(c *field.Column) bool { return !id.SeesField(k, c, parties) }
	}}
}

func TestPhrases(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{sentence("What now?"), "What now?"}, {sentence("Done"), "Done."}, {sentence(""), ""},
		{value.Cents(74_800_000).Dollars(), "$748,000"}, {value.Cents(150).Dollars(), "$1.50"},
		{percent(1250), "12.5%"}, {percent(10000), "100%"},
		{hours(60), "1 hour"}, {hours(90), "1.5 hours"}, {hours(0), "0 hours"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
