package forms

import (
	"regexp"
	"strings"

	"interlocal/model/shadowing"
)

// roleReader reads whether an answer is that of a visitor, of a host or of
// both. Words such as shadow and host name the role in one answer and the other
// side of it in the next ("shadow a host", "host a shadow"), so phrases are
// looked for before words, and a negation counts for its own clause.
type roleReader struct {
	clause, host, visit, plainHost, plainVisit, negation, unsure, any *regexp.Regexp
}

const (
	hostMark  = "\x01"
	visitMark = "\x02"
)

func newRoleReader() *roleReader {
	const guest = `(?:shadow(?:er)?s?|visitors?|guests?)`
	return &roleReader{
		clause: regexp.MustCompile(`[,;()./|\n]|\s[-–—]\s|\bbut\b|\bwhile\b`),
		host: regexp.MustCompile(
			`\bbe(?:ing)? (?:job )?shadowed\b|\b(?:have|having|let|letting) (?:\w+ ){1,4}shadow me\b|\bshadow me\b|` +
				`\b(?:host|welcom|receiv|tak)(?:e|es|ing|s)? (?:(?:a|an|any|one|two|three|some|the|up|to|job` +
				`|\d+) ){0,3}` +
				guest + `\b|` +
				`\b(?:job )?(?:shadow(?:ing)?|visitor) hosts?\b`),
		visit: regexp.MustCompile(
			`\b(?:visit|(?:job )?shadow|meet)(?:ing)? (?:with )?(?:a|an|another|my|the|some|other) hosts?\b`),
		plainHost: regexp.MustCompile(`\b(?:host(?:s|ing)?|welcom(?:e|ing))\b`),
		plainVisit: regexp.MustCompile(
			`\b(?:visit(?:s|ing|ors?)?|(?:job )?shadow(?:s|ing|ers?)?|attend(?:ing)?|guest|observ(?:e|ing|er))\b`),
		negation: regexp.MustCompile(
			`\b(?:not|no|never|cannot|unable|without|neither|nor|except|cant|dont|wont|rather than|instead of` +
				`|\w+n't)\b`),
		unsure: regexp.MustCompile(
			`\b(?:maybe|perhaps|possibly|unsure|undecided|depends|not sure|if|neither)\b|\?`),
		any: regexp.MustCompile(`\b(?:both|either)\b`),
	}
}

// roleSaid reads what an answer signs up for. It is not ok where the answer says
// neither, takes back what it says, or is not sure.
func roleSaid(answer string) (role shadowing.SignupRole, ok bool) {
	r := patterns().role
	s := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(answer), "’", "'")), " ")
	s = strings.ReplaceAll(s, "not only", "")
	if r.unsure.MatchString(s) {
		return "", false
	}
	if r.any.MatchString(s) {
		return shadowing.SignupBoth, !r.negation.MatchString(s)
	}
	var would, wouldNot [2]bool // host, visit
	for n, clause := range r.clause.Split(s, -1) {
		if !r.read(clause, n == 0, &would, &wouldNot) {
			return "", false
		}
	}
	switch {
	case would[0] && wouldNot[0] || would[1] && wouldNot[1]:
		return "", false
	case would[0] && would[1]:
		return shadowing.SignupBoth, true
	case would[0]:
		return shadowing.SignupHost, true
	case would[1]:
		return shadowing.SignupVisit, true
	}
	return "", false
}

// read notes what one clause says; false where it negates nothing that it
// names, so that what it means cannot be told.
func (r *roleReader) read(clause string, first bool, would, wouldNot *[2]bool) bool {
	for _, p := range []struct {
		of   *regexp.Regexp
		mark string
	}{{r.host, hostMark}, {r.visit, visitMark}, {r.plainHost, hostMark}, {r.plainVisit, visitMark}} {
		clause = p.of.ReplaceAllString(clause, p.mark)
	}
	end, negated := len(clause), false
	if at := r.negation.FindStringIndex(clause); at != nil {
		end, negated = at[0], true
	}
	named := false
	for i, mark := range []string{hostMark, visitMark} {
		would[i] = would[i] || strings.Contains(clause[:end], mark)
		if strings.Contains(clause[end:], mark) {
			wouldNot[i], named = true, true
		}
	}
	return !negated || named || first && !strings.ContainsAny(clause, hostMark+visitMark)
}
