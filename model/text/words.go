package text

import (
	"strconv"
	"strings"
)

// Counted counts in words: "1 answer", "1,200 answers".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(int64(n)) + " " + many
}

// Whose makes a name possessive: "Raytown's", "Blue Springs'".
func Whose(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// Joined writes names as a sentence does, at most n of them: "Grandview,
// Raytown and 2 more".
func Joined(names []string, n int) string {
	if rest := len(names) - n; rest > 0 {
		names = append(append([]string{}, names[:n]...), strconv.Itoa(rest)+" more")
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Quoted puts text in quotation marks on one line.
func Quoted(s string) string { return "“" + OneLine(s) + "”" }

// QuoteShort puts what somebody wrote in quotes, cut to a length that leaves
// the sentence readable.
func QuoteShort(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 30 {
		r = append(r[:29], '…')
	}
	return "\"" + string(r) + "\""
}

// Thousands writes a whole number with commas.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if neg {
		return "-" + s
	}
	return s
}

// OneLine flattens text of several lines.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
