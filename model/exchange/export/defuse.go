package export

import "strings"

// A spreadsheet that opens a CSV file runs a cell as a formula when it begins
// with one of a few characters, and a formula can fetch web pages and start
// programs (OWASP, "CSV Injection"). An apostrophe in front turns the cell into
// text. A cell that already begins with apostrophes before such a character is
// given one more, so that taking one off always restores what was written.

// armed reports whether s, leading apostrophes aside, begins as a formula.
func armed(s string) bool {
	if s == "" || s[0] > '@' && s[0] < 0x80 {
		return false
	}
	s = strings.TrimLeft(s, "'")
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	case 0xef:
		return strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") ||
			strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
	}
	return false
}

// Undefuse takes off the apostrophe that defusing put there.
func Undefuse(s string) string {
	if len(s) > 1 && s[0] == '\'' && armed(s) {
		return s[1:]
	}
	return s
}
