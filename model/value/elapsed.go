package value

import "time"

// Elapsed gives the true minutes in a zone from one thing that happened to a
// later one. An hour comes twice when clocks go back, and what clocks show in it
// the second time may be less than what they showed before. The minutes are
// negative only where until was earlier for certain.
func Elapsed(from, until Wall, zone *time.Location) int64 {
	if minutes := minuteOf(until, zone) - minuteOf(from, zone); minutes >= 0 {
		return minutes
	}
	first, _ := showings(from, zone)
	_, last := showings(until, zone)
	return last - first
}

func minuteOf(w Wall, zone *time.Location) int64 { return w.In(zone).Unix() / 60 }

// showings gives the first and the last instant at which clocks show a time, in
// minutes since 1970 UTC; most often they are one.
func showings(w Wall, zone *time.Location) (first, last int64) {
	first, last = minuteOf(w, zone), minuteOf(w, zone)
	start, end := w.In(zone).ZoneBounds()
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if at := int64(w) - int64(before)/60; at < start.Unix()/60 {
			first = at
		}
	}
	if !end.IsZero() {
		_, after := end.Zone()
		if at := int64(w) - int64(after)/60; at >= end.Unix()/60 {
			last = at
		}
	}
	return first, last
}
