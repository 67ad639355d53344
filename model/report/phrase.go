package report

import (
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// sentence ends text with a full stop unless it ends a sentence already.
func sentence(s string) string {
	s = text.OneLine(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
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
