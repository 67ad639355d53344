package cyber

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Choice is one answer as a screen offers it.
type Choice struct {
	Level   Level
	Keys    string // what is typed for it: "3", "5p", "-"
	Mark    rune   // one cell of a heatmap; no two answers share a mark
	Label   string // the review's name for it
	Meaning string // what it says about the city, in plain words
}

// Unanswered is the level of a question nobody has answered yet.
const Unanswered Level = ""

// Choices gives the ten answers: the review's eight from the bottom up, then
// the two that score nothing. The names of the eight are the Nationwide
// Cybersecurity Review's.
func Choices() []Choice {
	return []Choice{
		{NotPerformed, "1", '1', "Not Performed", "It is not done, or only by chance."},
		{Informal, "2", '2', "Informally Performed", "Most of it is done, but nothing is written or approved."},
		{Documented, "3", '3', "Documented Policy", "Management has adopted a policy; the steps are not written."},
		{PartlyStandard, "4", '4', "Partially Documented Standards and/or Procedures", "The policy stands, and " +
			"writing down the steps has begun."},
		{RiskAccepted, "5a", 'A', "Risk Formally Accepted", "It is not done, and somebody with the authority has " +
			"accepted that in writing until a date."},
		{InProcess, "5p", '5', "Implementation in Process", "Policy and steps are written and being put in place."},
		{Tested, "6", '6', "Tested and Verified", "It is in place, and a test has shown that it works."},
		{Optimized, "7", '7', "Optimized", "It is tested again and again, reviewed and made better."},
		{NotApplicable, "0", '-', "Not applicable",
			"The city has nothing this could apply to; the reason is written down."},
		{UnknownToAnyone, "-", '?', "Unknown", "Somebody asked, and nobody here knows."},
	}
}

// choiceOf gives the choice of a level.
func choiceOf(l Level) (Choice, bool) {
	for _, c := range Choices() {
		if c.Level == l {
			return c, true
		}
	}
	return Choice{}, false
}

// Label gives the review's name of a level, with its value: "5 Risk Formally
// Accepted"; "Not answered" when there is none.
func Label(l Level) string {
	c, ok := choiceOf(l)
	if !ok {
		return "Not answered"
	}
	if v, scored := l.Value(); scored {
		return strconv.Itoa(v) + " " + c.Label
	}
	return c.Label
}

// Mark gives the level's cell in a heatmap; an open question is a dot.
func Mark(l Level) rune {
	if c, ok := choiceOf(l); ok {
		return c.Mark
	}
	return '·'
}

// Press is what a key meant.
type Press uint8

// What a key can mean.
const (
	NoAnswer Press = iota // the key answers nothing here
	HalfWay               // 5 was typed: p or a comes next
	Answered              // the level is chosen
)

// Key reads one key of the answer mode. 1-4, 6 and 7 answer at once; 5 waits
// for p (in process) or a (accepted); 0 is not applicable; - is unknown.
// afterFive says that the key before was a 5; any key but p and a then
// answers nothing, and the caller forgets the 5.
func Key(afterFive bool, key rune) (Level, Press) {
	if afterFive {
		switch key {
		case 'p', 'P':
			return InProcess, Answered
		case 'a', 'A':
			return RiskAccepted, Answered
		}
		return Unanswered, NoAnswer
	}
	if key == '5' {
		return Unanswered, HalfWay
	}
	for _, c := range Choices() {
		if c.Keys == string(key) {
			return c.Level, Answered
		}
	}
	return Unanswered, NoAnswer
}

// ParseLevel reads an answer as spreadsheets hold it: the level's code, the
// review's name for it, both ("5 - Risk Formally Accepted"), or the number with
// other words ("Level 3", "4 (see binder)").
// An empty cell is no answer. A bare 5 is refused, since two answers share it,
// and so is 0, which other programs write for several different things. Words
// that mean another level than the number beside them are refused as well.
func ParseLevel(s string) (Level, error) {
	l, said, doubt := readLevel(s)
	switch doubt {
	case twoAnswers:
		return Unanswered, failure.New(failure.Invalid, "5 stands for two answers: write 5p for in process or 5a for "+
			"risk accepted")
	case twoLevels:
		return Unanswered, failure.New(failure.Invalid, text.QuoteShort(s)+" names two levels: the number says "+
			string(l)+" and the words say "+string(said)+"; write one of them")
	case noLevel:
		return Unanswered, failure.New(failure.Invalid, text.QuoteShort(s)+
			" is not a level: use 1 to 4, 5p, 5a, 6, 7, "+
			"n/a or unknown")
	}
	return l, nil
}

// SpeaksOfLevel reports whether a cell says a level, be it one that is still to be
// made clear, and whether it is a 5 that does not say which of the two.
func SpeaksOfLevel(s string) (speaks, bareFive bool) {
	_, _, doubt := readLevel(s)
	return doubt != noLevel, doubt == twoAnswers
}

// doubtful is why a text is no level.
type doubtful uint8

const (
	plain      doubtful = iota // it is one
	twoAnswers                 // a 5 that does not say which
	twoLevels                  // a number, and words of another
	noLevel
)

// readLevel reads a level; said is what its words say where they differ from it.
func readLevel(s string) (l, said Level, doubt doubtful) {
	s = strings.TrimSpace(s)
	switch t := foldLabel(s); {
	case s == "":
		return Unanswered, "", plain
	case s == "-" || s == "?":
		return UnknownToAnyone, "", plain
	case len(s) > 1 && s[0] == '-':
		return Unanswered, "", noLevel
	case slices.Contains(strings.Fields("unknown dontknow donotknow notknown nobodyknows dk unsure notsure"), t):
		return UnknownToAnyone, "", plain
	}
	t := strings.ToLower(s)
	for _, lead := range []string{"n/a", "n.a.", "na", "not applicable"} {
		if rest, ok := strings.CutPrefix(t, lead); ok && (rest == "" || !isLetter(rest[0])) {
			return NotApplicable, "", plain
		}
	}
	for _, lead := range []string{"maturity", "level", "score", "rating"} {
		if rest, ok := strings.CutPrefix(t, lead); ok {
			t = strings.TrimLeft(rest, " :=#")
		}
	}
	number, words, ok := numbered(t)
	if !ok {
		return Unanswered, "", noLevel
	}
	said = meant(words, number != Unanswered)
	switch {
	case said == Unanswered && number == Unanswered:
		return Unanswered, "", noLevel
	case number == Unanswered && behind(t) != Unanswered && behind(t)[0] != said[0]:
		return behind(t), said, twoLevels
	case number == Unanswered, number == "5" && said != Unanswered && said[0] == '5':
		return said, "", plain
	case said != Unanswered && (said[0] != number[0] || len(number) == 2 && said != number):
		return number, said, twoLevels
	case number == "5":
		return Unanswered, "", twoAnswers
	}
	return number, "", plain
}

// numbered takes the number off a text that begins with one; ok is false when it
// is no number of the scale.
func numbered(t string) (number Level, words string, ok bool) {
	if t == "" || !isDigit(t[0]) {
		return Unanswered, t, true
	}
	if t[0] < '1' || t[0] > '7' {
		return Unanswered, "", false
	}
	number, words = Level(t[:1]), strings.TrimPrefix(t[1:], ".0")
	if number == "5" && words != "" && (words[0] == 'p' || words[0] == 'a') &&
		(len(words) == 1 || !isLetter(words[1])) {
		number, words = Level(t[:2]), words[1:]
	}
	if words != "" && (isLetter(words[0]) || isDigit(words[0]) ||
		words[0] == '.' && len(words) > 1 && isDigit(words[1])) {
		return Unanswered, "", false
	}
	return number, words, true
}

// behind gives the number that stands behind words: "Tested and Verified (6)".
func behind(t string) Level {
	t = strings.TrimRight(t, " )]")
	if n := len(t); n > 1 && t[n-1] >= '1' && t[n-1] <= '7' && !isDigit(t[n-2]) && t[n-2] != '.' {
		return Level(t[n-1:])
	}
	return Unanswered
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// meant gives the level whose words a text holds: alone it has to be the name
// or how the name begins; behind a number a word of it is enough.
func meant(words string, numbered bool) Level {
	t := foldLabel(words)
	for _, c := range Choices()[:8] {
		name := foldLabel(c.Label)
		if len(t) >= 6 && (strings.HasPrefix(name, t) || strings.HasPrefix(t, name)) {
			return c.Level
		}
	}
	for _, w := range []struct {
		of    string
		l     Level
		alone bool // says enough without a number
	}{{"notperformed", NotPerformed, true}, {"informal", Informal, true}, {"partial", PartlyStandard, true},
		{"accepted", RiskAccepted, true}, {"inprocess", InProcess, true}, {"inprogress", InProcess, false},
		{"implement", InProcess, false}, {"tested", Tested, false}, {"verified", Tested, false},
		{"optimi", Optimized, true}, {"documentedpolicy", Documented, true}} {
		if (numbered || w.alone && len(t) <= 40) && strings.Contains(t, w.of) && !strings.Contains(t, "not"+w.of) &&
			!strings.Contains(t, "un"+w.of) {
			return w.l
		}
	}
	return Unanswered
}

// foldLabel keeps letters and digits only, in lower case.
func foldLabel(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

// beneath is the level that counts where what a level rests on has run out; levels
// without a number, and the lowest, stay.
func (l Level) beneath() Level {
	if v, ok := l.Value(); ok && v > 1 {
		return LevelFor(v - 1)
	}
	return l
}
