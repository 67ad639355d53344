package cyber

import (
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
// review's name for it, or both ("5 - Risk Formally Accepted").
// An empty cell is no answer. A bare 5 is refused, since two answers share it,
// and so is 0, which other programs write for several different things.
func ParseLevel(s string) (Level, error) {
	t := foldLabel(s)
	if trimmed := strings.TrimSpace(s); len(trimmed) > 1 && trimmed[0] == '-' {
		t = "negative"
	}
	switch t {
	case "":
		switch strings.TrimSpace(s) {
		case "":
			return Unanswered, nil
		case "-", "?":
			return UnknownToAnyone, nil
		}
	case "5":
		return Unanswered, failure.New(failure.Invalid, "5 stands for two answers: write 5p for in process or 5a for "+
			"risk accepted")
	case "na", "notapplicable":
		return NotApplicable, nil
	case "unknown", "dontknow", "nobodyknows":
		return UnknownToAnyone, nil
	}
	for _, c := range Choices()[:8] {
		name, value := foldLabel(c.Label), c.Keys[:1]
		if t == c.Keys || t == name || t == value+name || t == c.Keys+name || t == name+value {
			return c.Level, nil
		}
	}
	return Unanswered, failure.New(failure.Invalid, text.QuoteShort(s)+" is not a level: use 1 to 4, 5p, 5a, 6, 7, "+
		"n/a or unknown")
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
