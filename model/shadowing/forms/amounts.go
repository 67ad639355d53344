package forms

import (
	"strconv"
	"strings"

	"interlocal/model/shadowing"
)

// answerWords cuts an answer into words in lower case. Marks part words, save
// those that belong to a number.
func answerWords(s string) []string {
	s = strings.NewReplacer("’", "'", "½", " 1/2 ").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("'/.-–+?", r))
	})
}

// meaning is what a word of an answer stands for: one of the things that can be
// said, nothing, or a negation.
type meaning byte

const (
	unknownWord meaning = iota
	fillerWord
	negationWord
	halfWord
	fullWord
	eitherWord
)

// lengthWord gives what a word says of how long a visit should be.
func lengthWord(word string) meaning {
	switch strings.Trim(word, ".-–") {
	case "half", "1/2", "half-day", "halfday", "half-days", "4", "four", "3-4", "4hrs", "4h", "4hr":
		return halfWord
	case "full", "all", "whole", "entire", "full-day", "fullday", "full-days", "all-day", "8", "eight", "7-8", "8hrs",
		"8h", "8hr":
		return fullWord
	case "either", "any", "both", "flexible", "whichever", "whatever":
		return eitherWord
	case "not", "no", "cannot", "can't", "cant", "never", "without", "except":
		return negationWord
	case "", "a", "an", "the", "day", "days", "is", "are", "fine", "ok", "okay", "good", "please", "one", "of", "or",
		"and", "hours",
		"hour", "hrs", "hr", "h", "only", "just", "i", "i'd", "like", "would", "works", "work", "for", "me", "do",
		"length", "time", "option", "them":
		return fillerWord
	}
	return unknownWord
}

// lengthSaid reads whether half a day is asked for, a full one, or either. An
// answer with a word that is not known is not understood.
func lengthSaid(answer string) (shadowing.Length, bool) {
	switch strings.Trim(strings.ToLower(strings.TrimSpace(answer)), ".!") {
	case "no preference", "doesn't matter", "does not matter", "don't care", "don't mind":
		return shadowing.EitherOfTwo, true
	}
	var would, wouldNot [eitherWord + 1]bool
	negated := false
	for _, word := range answerWords(answer) {
		m := lengthWord(word)
		switch {
		case m == unknownWord:
			return "", false
		case m == negationWord:
			negated = true
		case m != fillerWord && negated:
			wouldNot[m] = true
		default:
			would[m] = true
		}
	}
	half, full := would[halfWord], would[fullWord]
	switch {
	case wouldNot[eitherWord] || half && wouldNot[halfWord] || full && wouldNot[fullWord] || negated && !half && !full:
		return "", false
	case would[eitherWord] || half && full:
		return shadowing.EitherOfTwo, !negated
	case half:
		return shadowing.HalfDay, true
	case full:
		return shadowing.FullDay, true
	}
	return "", false
}

// capacitySaid reads how many visitors a host takes at once: of a span, and
// behind "up to", the most.
func capacitySaid(answer string) (int64, bool) {
	most, found := int64(0), false
	for _, word := range answerWords(answer) {
		word = strings.Trim(word, ".")
		low, high, span := strings.Cut(strings.ReplaceAll(word, "–", "-"), "-")
		n, err := strconv.ParseInt(word, 10, 32)
		switch {
		case span && high != "":
			a, errA := strconv.ParseInt(low, 10, 32)
			b, errB := strconv.ParseInt(high, 10, 32)
			if errA != nil || errB != nil || a < 0 || b < a {
				return 0, false
			}
			most, found = max(most, b), true
		case err == nil:
			if n < 0 {
				return 0, false
			}
			most, found = max(most, n), true
		case numberWord(word) >= 0:
			most, found = max(most, numberWord(word)), true
		case !capacityFiller(word):
			return 0, false
		}
	}
	return most, found && most <= 100
}

func numberWord(word string) int64 {
	for n, name := range [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
		"ten"} {
		if word == name {
			return int64(n)
		}
	}
	return -1
}

func capacityFiller(word string) bool {
	switch word {
	case "", "person", "persons", "people", "visitor", "visitors", "guest", "guests", "employee", "employees", "shadow",
		"shadows", "at", "a",
		"time", "once", "up", "to", "max", "maximum", "or", "and", "only", "just", "per", "slot", "half", "day", "of",
		"i", "can", "host", "take":
		return true
	}
	return false
}

// approvedSaid reads whether a supervisor has approved; blank is no. An answer
// that begins with yes and goes on to take it back is not understood.
func approvedSaid(answer string) (approved, ok bool) {
	s := strings.ToLower(strings.TrimSpace(answer))
	yes := patterns().yes
	no := patterns().no
	doubt := patterns().doubt
	switch {
	case s == "" || no.MatchString(s):
		return false, true
	case yes.MatchString(s):
		return !doubt.MatchString(s), !doubt.MatchString(s)
	}
	return false, false
}
