package partnership

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"interlocal/model/field"
)

// NameInOrder writes a name the usual way round, first name first, as offices
// leave it in lists: "ROWE, PAT L", "Idle, Sam (Interim)", "Adolph Jr.,Bernard A".
// A name in capitals is written in small letters. The note is what stood in
// brackets behind it and is no part of the name.
func NameInOrder(s string) (name, note string) {
	s = strings.Join(strings.Fields(s), " ")
	if at := strings.LastIndexByte(s, '('); at > 0 && strings.IndexByte(s[at:], ')') == len(s)-at-1 {
		if behind := s[at+1 : len(s)-1]; !strings.Contains(behind, "@") {
			note = strings.TrimSpace(behind)
		}
		s = strings.TrimSpace(s[:at])
	}
	return lowered(firstLast(s)), note
}

// firstLast turns a name round at its comma. What stands behind the comma may
// also be a suffix, or letters that somebody has earned.
func firstLast(s string) string {
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	switch {
	case len(parts) == 2 && parts[0] != "" && parts[1] != "":
		if earned(parts[1]) {
			return parts[0] + ", " + parts[1]
		}
		if suffix(parts[1]) {
			return parts[0] + " " + parts[1]
		}
		last, end := cutSuffix(parts[0])
		first, behind := cutSuffix(parts[1])
		return strings.TrimSpace(strings.Join([]string{first, last, end + behind}, " "))
	case len(parts) == 3 && parts[0] != "" && parts[1] != "" && suffix(parts[2]):
		return parts[1] + " " + parts[0] + " " + parts[2]
	case len(parts) == 3 && parts[0] != "" && parts[2] != "" && suffix(parts[1]):
		return parts[2] + " " + parts[0] + " " + parts[1]
	}
	return s
}

func suffix(word string) bool {
	switch strings.ToLower(strings.Trim(word, ".")) {
	case "jr", "sr", "ii", "iii", "iv", "v":
		return true
	}
	return false
}

// earned reports whether words are letters that somebody has earned: PE, CPA.
func earned(words string) bool {
	return slices.Contains([]string{"pe", "p.e", "cpa", "phd", "ph.d", "md", "m.d", "esq", "aicp", "mpa", "rn", "dvm",
		"jd", "j.d", "pls", "cfm", "cpm"},
		strings.ToLower(strings.Trim(words, ".")))
}

// cutSuffix takes a suffix off the end of a name of two words or more.
func cutSuffix(s string) (name, end string) {
	at := strings.LastIndexByte(s, ' ')
	if at > 0 && suffix(s[at+1:]) {
		return s[:at], s[at+1:]
	}
	return s, ""
}

// lowered writes a name of two words or more that is all in capitals as people
// write it. Other alphabets and single words, which may be initials, stay.
func lowered(s string) string {
	words := strings.Fields(s)
	if len(words) < 2 || s != strings.ToUpper(s) || s == strings.ToLower(s) {
		return s
	}
	for _, r := range s {
		if r > 0x24f && unicode.IsLetter(r) {
			return s
		}
	}
	for i, w := range words {
		words[i] = capitalized(w)
	}
	return strings.Join(words, " ")
}

// capitalized writes a word in small letters behind its first, and behind each
// hyphen and apostrophe; initials and Roman numbers stay.
func capitalized(word string) string {
	bare := strings.ToLower(strings.Trim(word, "."))
	if suffix(word) && bare != "jr" && bare != "sr" || earned(word) || strings.Count(word, ".") > 1 {
		return word
	}
	var out strings.Builder
	begins := true
	for _, r := range strings.ToLower(word) {
		if begins {
			r = unicode.ToUpper(r)
		}
		out.WriteRune(r)
		begins = r == '-' || r == '\'' || r == '’' || r == '.' || out.String() == "Mc"
	}
	return out.String()
}

// SamePerson reports whether two ways to write a name may be one person's: the
// last names are the same, and the first ones begin alike.
func SamePerson(a, b string) bool {
	words := func(s string) []string {
		s, _ = NameInOrder(s)
		s, _ = cutSuffix(strings.ReplaceAll(field.FoldName(s), ",", ""))
		return strings.Fields(s)
	}
	x, y := words(a), words(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return x[len(x)-1] == y[len(y)-1] && []rune(x[0])[0] == []rune(y[0])[0]
}

// calledPerson is the form in which names from outside are compared.
func calledPerson(s string) string {
	name, _ := NameInOrder(s)
	return field.FoldName(name)
}

// calledPartner is the form in which names of partners from outside are compared:
// "City of Raytown, MO" and "Raytown" are one, "Lees Summit" and "Lee's Summit",
// "Blue Spgs" and "Blue Springs".
func calledPartner(s string) string {
	s = strings.Join(strings.Fields(strings.NewReplacer(".", " ", "&", " and ", "’", "", "'", "", "-", " ").
		Replace(strings.ToLower(s))), " ")
	for _, before := range []string{"the ", "city of ", "town of ", "village of ", "municipality of "} {
		s = strings.TrimPrefix(s, before)
	}
	for _, behind := range []string{" usa", ",", " missouri", " mo", ",", " (city)", " city hall", " city government"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, behind))
	}
	words := strings.Fields(strings.ReplaceAll(s, ",", " "))
	for i, w := range words {
		switch w {
		case "spgs", "spg", "sprgs":
			words[i] = "springs"
		case "smt", "sumt":
			words[i] = "summit"
		case "hts":
			words[i] = "heights"
		}
	}
	return strings.Join(words, " ")
}

// arrivingPerson mends a row of a staff list: the name's order, what is told of
// the post in brackets behind it.
func arrivingPerson(row field.Arrival) {
	name, note := NameInOrder(row.Said("name"))
	row.Means("name", name)
	if title := row.Said("title"); title != "" && noteOfPost(note) {
		row.Means("title", title+" ("+note+")")
	}
}

func noteOfPost(note string) bool {
	switch strings.ToLower(note) {
	case "interim", "acting", "part time", "part-time", "seasonal", "temporary", "temp", "contract", "on leave":
		return true
	}
	return false
}

// nobody are the names of what stands in directories and is no person.
var nobody = sync.OnceValue(func() []noName {
	return []noName{
		{regexp.MustCompile(`^(?:vacant|vacancy|open position|unfilled|tbd|to be (?:hired|filled|determined)` +
			`|position vacant|pending hire)\b|vacant$`), "a vacant post"},
		{regexp.MustCompile(`\b(?:copier|printer|scanner|fax|plotter|conference room|meeting room|training room|kiosk` +
			`|projector|voicemail)\b`), "a device or a room"},
		{regexp.MustCompile(`\b(?:shared mailbox|mailbox|service account|svc|do not reply|no-?reply|help ?desk` +
			`|info line|main line|test user|test account)\b`), "a mailbox or an account that is nobody's own"},
	}
})

type noName struct {
	named *regexp.Regexp
	why   string
}

// noPerson says why a row of a directory is nobody: a post that is vacant, a
// device, a mailbox that several share, an account that is switched off.
func noPerson(row field.Arrival) string {
	name := strings.ToLower(strings.Trim(strings.Join(strings.Fields(row.Said("name")), " "), " -*()."))
	for _, n := range nobody() {
		if n.named.MatchString(name) {
			return n.why
		}
	}
	kind := strings.ToLower(row.Beside("recipienttype", "recipienttypedetails", "usertype", "accounttype",
		"mailboxtype", "objecttype"))
	switch {
	case strings.Contains(kind, "shared"), strings.Contains(kind, "room"), strings.Contains(kind, "equipment"),
		strings.Contains(kind, "service"),
		strings.Contains(kind, "group"):
		return "a mailbox or an account that is nobody's own"
	}
	if off := field.FoldName(row.Beside("enabled", "accountenabled", "active", "isactive")); off == "false" ||
		off == "no" || off == "0" {
		return "an account that is switched off"
	}
	switch field.FoldName(row.Beside("accountdisabled", "disabled", "blocksignin", "blockcredential", "signinblocked",
		"issuspended", "suspended")) {
	case "true", "yes", "1":
		return "an account that is switched off"
	}
	switch field.FoldName(row.Beside("accountstatus", "userstatus", "signinstatus", "status", "statusreadonly",
		"newstatusuploadonly")) {
	case "disabled", "suspended", "blocked", "inactive", "deleted", "archived":
		return "an account that is switched off"
	}
	return ""
}

// personHeadings say how people come in files of other systems.
func personHeadings() field.Headings {
	return field.Headings{Called: calledPerson, Arrive: arrivingPerson, Aside: noPerson,
		Maybe: [][]string{{"email"}, {"partner", "name"}}}
}
