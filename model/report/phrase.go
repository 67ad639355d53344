package report

import (
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// count writes a number with its noun: "1 loan", "12 loans".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return text.Thousands(int64(n)) + " " + many
}

// days writes a span: "1 day", "12 days".
func days(n int) string { return count(n, "day", "days") }

// away says how far a day is from today: "in 12 days", "today", "3 days ago".
func away(today, d value.Day) string {
	switch n := int(d - today); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > 0:
		return "in " + days(n)
	default:
		return days(-n) + " ago"
	}
}

// when writes a day with its distance: "Mar 4, 2027 (in 12 days)".
func when(today, d value.Day) string { return d.Long() + " (" + away(today, d) + ")" }

// clock writes a time of the day: "5:00 pm".
func clock(w value.Wall) string {
	h, m := w.Clock()
	half := " am"
	if h >= 12 {
		half = " pm"
	}
	return strconv.Itoa((h+11)%12+1) + ":" + string([]byte{'0' + byte(m/10), '0' + byte(m%10)}) + half
}

// whose makes a name possessive: "Raytown's", "Blue Springs'".
func whose(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// joined writes names as a sentence does, at most n of them: "Grandview,
// Raytown and 2 more".
func joined(names []string, n int) string {
	if rest := len(names) - n; rest > 0 {
		names = append(append([]string{}, names[:n]...), strconv.Itoa(rest)+" more")
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// sentence ends text with a full stop unless it ends a sentence already.
func sentence(s string) string {
	s = text.OneLine(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

// quoted puts text in quotation marks on one line.
func quoted(s string) string { return "“" + text.OneLine(s) + "”" }

// partnerName gives the name by which people call a partner.
func partnerName(r field.Reader, id partnership.PartnerID) string {
	p := field.Get(r, id)
	switch {
	case p == nil:
		return "a partner that is " + NotRecorded
	case p.Short != "":
		return p.Short
	}
	return p.Name
}

// personName gives a person's name, or "" when it is not recorded.
func personName(r field.Reader, id partnership.PersonID) string {
	if p := field.Get(r, id); p != nil {
		return p.Name
	}
	return ""
}

// unitName gives a unit's tag and name.
func unitName(r field.Reader, id lending.EquipmentID) string {
	if e := field.Get(r, id); e != nil {
		return e.Tag + " " + e.Name
	}
	return "a unit that is " + NotRecorded
}

// bodyOf names a partner's governing body in running text: its local name, or
// "governing body".
func bodyOf(p *partnership.Partner) string {
	if p.GoverningBody != "" {
		return p.GoverningBody
	}
	return "governing body"
}

// choiceTitle gives the words shown for a stored choice of a kind's column.
func choiceTitle(r field.Reader, kind, column, value string) string {
	if c := r.Schema().Kind(kind).Column(column); c != nil {
		for _, choice := range c.Choices {
			if choice.Value == value {
				return choice.Title
			}
		}
	}
	if value == "" {
		return NotRecorded
	}
	return value
}
