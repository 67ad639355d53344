package meeting

import (
	"cmp"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// AtHand gives the meeting that somebody most likely wants to see: the one they
// record, an open one, the next one planned from today on, or the latest.
func AtHand(r field.Reader, now value.Wall, recording *Meeting) *Meeting {
	if recording != nil {
		return recording
	}
	rank := func(m *Meeting) int {
		switch {
		case m.State == MeetingOpen:
			return 0
		case m.State == MeetingPlanned && m.Start.Or(0) >= now.Day().At(0, 0):
			return 1
		}
		return 2
	}
	var best *Meeting
	for m := range field.All[Meeting](r) {
		if best == nil {
			best = m
			continue
		}
		order := cmp.Compare(rank(m), rank(best))
		if order == 0 && rank(m) == 2 {
			order = cmp.Compare(best.Start.Or(0), m.Start.Or(0))
		} else if order == 0 {
			order = cmp.Compare(m.Start.Or(0), best.Start.Or(0))
		}
		if order < 0 {
			best = m
		}
	}
	return best
}

// TimeLeft says how long the current item still has, or since when it is on.
func TimeLeft(r field.Reader, a *AgendaItem, now value.Wall) string {
	if !a.Started.Set {
		return ""
	}
	spent := value.Elapsed(a.Started.V, now, partnership.ZoneOf(r))
	if !a.Minutes.Set {
		return strconv.FormatInt(max(spent, 0), 10) + " min so far"
	}
	if left := a.Minutes.V - spent; left >= 0 {
		return strconv.FormatInt(left, 10) + " min left"
	}
	return strconv.FormatInt(spent-a.Minutes.V, 10) + " min over"
}

// Status says in a few words, for the header of every screen, what meeting is
// being recorded and what it is on.
func Status(r field.Reader, m *Meeting, now value.Wall) string {
	text := "● " + m.Name
	if a := CurrentItem(r, m.ID); a != nil {
		text += ": " + a.Title
		if left := TimeLeft(r, a, now); left != "" {
			text += " (" + left + ")"
		}
	}
	return text
}

// Clock writes the time of day of a line in five columns: "09:05".
func (l Line) Clock() string {
	h, m := l.At.Clock()
	pad := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	return pad(h) + ":" + pad(m)
}

// Wall writes what the screen on the wall shows of a meeting as plain text, with
// its lines.
func Wall(r field.Reader, m *Meeting, lines []Line) string {
	var b strings.Builder
	b.WriteString(m.Name + "\n")
	if a := CurrentItem(r, m.ID); a != nil {
		b.WriteString("Now: " + a.Title + "\n")
	} else if m.State == MeetingPlanned {
		for i, a := range AgendaOf(r, m.ID) {
			b.WriteString(strconv.Itoa(i+1) + "  " + a.Title + "\n")
		}
	}
	for _, l := range lines {
		if !l.Struck {
			b.WriteString(l.Clock() + " " + l.Text + "\n")
		}
	}
	return b.String()
}
