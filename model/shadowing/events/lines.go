package events

import (
	"strings"

	"interlocal/model/shadowing"
	"interlocal/model/text"
)

// cellLimit is the longest cell of a line that is read.
const cellLimit = 500

// ReadLines reads sign-ups off a list: name, title, department, what the person
// would do, for how long, and wishes, parted by tabs, semicolons or commas. What
// a line does not say is as like has it.
func ReadLines(content string, like Line) []Line {
	var out []Line
	for raw := range strings.SplitSeq(content, "\n") {
		cells := strings.Split(raw, separator(raw))
		for i := range cells {
			cells[i] = strings.TrimSpace(text.Line(cells[i], cellLimit))
		}
		if cells[0] == "" || strings.EqualFold(cells[0], "name") {
			continue
		}
		for len(cells) < 6 {
			cells = append(cells, "")
		}
		l := like
		l.Name, l.Title, l.Department, l.Wishes = cells[0], cells[1], cells[2], strings.Join(cells[5:], " ")
		l.readWords(cells[3], cells[4])
		out = append(out, l)
	}
	return out
}

// readWords takes what a person would do and for how long from words.
func (l *Line) readWords(would, length string) {
	switch w := strings.ToLower(would); {
	case strings.HasPrefix(w, "v"):
		l.Role = shadowing.SignupVisit
	case strings.HasPrefix(w, "h"):
		l.Role = shadowing.SignupHost
	case strings.HasPrefix(w, "b"):
		l.Role = shadowing.SignupBoth
	}
	switch w := strings.ToLower(length); {
	case strings.HasPrefix(w, "h"):
		l.Length = shadowing.HalfDay
	case strings.HasPrefix(w, "f"):
		l.Length = shadowing.FullDay
	case strings.HasPrefix(w, "e"):
		l.Length = shadowing.EitherOfTwo
	}
}

func separator(line string) string {
	for _, sep := range []string{"\t", ";", ","} {
		if strings.Contains(line, sep) {
			return sep
		}
	}
	return "\t"
}

// Wants says what the person of a line would do: "visit, half day".
func (l *Line) Wants() string {
	switch {
	case l.Role == shadowing.SignupHost:
		return "host"
	case l.Length == shadowing.EitherOfTwo:
		return string(l.Role) + ", half or full day"
	}
	return string(l.Role) + ", " + string(l.Length) + " day"
}
