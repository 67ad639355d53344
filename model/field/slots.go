package field

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/value"
)

func slotType() Type[value.Slot] {
	t := numberType(ShapeSlot, func(dst []byte, s value.Slot) []byte { return append(dst, s.String()...) },
		func(s string) (value.Slot, error) { return value.ParseSlot(s, 0) })
	t.parse = func(s string, env *Env) (value.Slot, error) {
		if strings.TrimSpace(s) == "" {
			return 0, nil
		}
		return value.ParseSlot(s, env.today())
	}
	t.empty = func(v *value.Slot) bool { return *v == 0 }
	t.unjson = func(raw []byte, env *Env) (value.Slot, error) { return t.parse(jsonText(raw), env) }
	t.show = func(dst []byte, s *value.Slot, _ *Env) []byte { return append(dst, s.Long()...) }
	t.json = quoted(t.format)
	return t
}

// Slots is any number of half days.
func Slots[T any](tag int, name, title string, lens func(*T) *[]value.Slot) Field[T] {
	return Bind(tag, name, title, ListOf(slotType()), lens)
}

func clockType() Type[value.Clock] {
	parse := func(s string) (value.Clock, error) {
		minutes, ok := value.ParseClock(strings.ToLower(strings.Join(strings.Fields(s), "")))
		if !ok {
			return 0, failure.New(failure.Invalid, strconv.Quote(s)+" is not a time of the day (try 8:30 or 1 pm)")
		}
		return value.Clock(minutes), nil
	}
	t := numberType(ShapeClock, func(dst []byte, c value.Clock) []byte { return append(dst, c.String()...) }, parse)
	t.show = func(dst []byte, c *value.Clock, _ *Env) []byte { return append(dst, c.Long()...) }
	t.json = quoted(t.format)
	return t
}

// OnClock is a time of the day that may be unset.
func OnClock[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Clock]) Field[T] {
	return Bind(tag, name, title, OptOf(clockType()), lens)
}
