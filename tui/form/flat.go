package form

import (
	"strconv"
	"strings"
)

// The flat form of child rows, which columns read and write: cells parted by
// "|", rows by ";", and a backslash before any of these that is meant as itself.

// splitFlat cuts s at separators that no backslash protects. Parts are trimmed
// and still escaped; of an empty text there are none.
func splitFlat(s, separators string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
		case strings.IndexByte(separators, s[i]) >= 0:
			parts = append(parts, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(s[from:]))
}

// escape protects what would part cells or rows.
func escape(s string) string {
	if !strings.ContainsAny(s, `\;|`) {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `;`, `\;`, `|`, `\|`).Replace(s)
}

// unescape takes the protection off.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\|`, `|`).Replace(s)
}

// oneLine keeps a text from being taken for two rows.
func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\n", " ")
}

// joinCells writes one row.
func joinCells(row []cell) string {
	var b strings.Builder
	for i := range row {
		if i > 0 {
			b.WriteString(" | ")
		}
		b.WriteString(escape(oneLine(strings.TrimSpace(row[i].text))))
	}
	return b.String()
}

// flatCell writes a row in which only one cell holds something.
func flatCell(col int, s string) string {
	return strings.Repeat("| ", col) + escape(oneLine(strings.TrimSpace(s)))
}

func itoa(n int) string { return strconv.Itoa(n) }
