package field

import (
	"interlocal/model/failure"
	"interlocal/model/value"
	"strconv"
	"strings"
)

// DayType holds a calendar day.
func DayType() Type[value.Day] {
	t := numberType(ShapeDay, func(dst []byte, d value.Day) []byte { return append(dst, d.String()...) },
		func(s string) (value.Day, error) { return value.ParseDay(s, 0) })
	t.parse = func(s string, env *Env) (value.Day, error) { return value.ParseDay(s, env.today()) }
	t.unjson = func(raw []byte, env *Env) (value.Day, error) { return value.ParseDay(jsonText(raw), env.today()) }
	t.show = func(dst []byte, d *value.Day, _ *Env) []byte { return d.Time().AppendFormat(dst, "Jan 2, 2006") }
	t.json = quoted(t.format)
	return t
}

func wallType() Type[value.Wall] {
	t := numberType(ShapeWall, func(dst []byte, w value.Wall) []byte { return append(dst, w.String()...) },
		func(s string) (value.Wall, error) { return value.ParseWall(s, 0) })
	t.parse = func(s string, env *Env) (value.Wall, error) { return value.ParseWall(s, env.today()) }
	t.unjson = func(raw []byte, env *Env) (value.Wall, error) { return value.ParseWall(jsonText(raw), env.today()) }
	t.show = func(dst []byte, w *value.Wall, env *Env) []byte {
		if env != nil && w.Day().Year() == env.Today.Year() {
			return w.Time().AppendFormat(dst, "Mon Jan 2, 3:04 pm")
		}
		return w.Time().AppendFormat(dst, "Mon Jan 2, 2006 3:04 pm")
	}
	t.json = quoted(t.format)
	return t
}

// quoted turns a text form into a JSON string.
func quoted[V any](format func([]byte, *V, *Env) []byte) func([]byte, *V, *Env) []byte {
	return func(dst []byte, v *V, env *Env) []byte {
		return append(format(append(dst, '"'), v, env), '"')
	}
}

// OnDay is a calendar day that may be unset.
func OnDay[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Day]) Field[T] {
	return Bind(tag, name, title, OptOf(DayType()), lens)
}

// AtWall is a planned local time that may be unset.
func AtWall[T any](tag int, name, title string, lens func(*T) *value.Opt[value.Wall]) Field[T] {
	return Bind(tag, name, title, OptOf(wallType()), lens)
}

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
