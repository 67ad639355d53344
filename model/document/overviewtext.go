package document

import (
	"strings"

	"interlocal/model/text"
)

// Wrapped writes text in lines of at most width, the first led by first, the
// others by rest. Where the lead leaves too little room, the text goes beneath.
func Wrapped(b *strings.Builder, s, first, rest string, width int) {
	room := width - text.Width(first)
	if room < 24 && first != "" {
		b.WriteString(strings.TrimRight(first, " ") + "\n")
		first, rest, room = "      ", "      ", width-6
	}
	for i, line := range text.Wrap(text.OneLine(s), room) {
		lead := rest
		if i == 0 {
			lead = first
		}
		b.WriteString(strings.TrimRight(lead+line, " ") + "\n")
	}
}

// Padded fills text with blanks up to a width.
func Padded(s string, width int) string {
	return s + strings.Repeat(" ", max(1, width-text.Width(s)))
}
