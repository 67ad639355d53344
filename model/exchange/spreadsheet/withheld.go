package spreadsheet

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/field"
	"interlocal/model/text"
)

// What must not come in is taken out while a file is read, before anything can
// quote, store or log it: columns whose heading says that they hold a social
// security number, a birth date, a home address, pay, something medical or a
// password, and cells that look like one wherever they stand.

// withheldWords are what such headings hold, squeezed. Those of pay count in
// lists of people alone: a machine has a rate by the hour, too.
func withheldWords() []string {
	return []string{"socialsec", "ssn", "sinnumber", "taxpayerid", "taxid", "itin", "birth", "dob", "homeaddress",
		"homestreet", "homecity",
		"homestate", "homezip", "homepostal", "homephone", "hometelephone", "homeemail", "homesecondaryemail",
		"hometel", "residence", "residential", "personaladdress", "personalemail", "personalphone", "privateaddress",
		"recoveryemail", "recoveryphone", "emergencycontact", "nextofkin", "medical", "diagnos", "disabilit",
		"disabled veteran", "bloodtype", "vaccin", "fmla", "healthplan", "healthins", "healthcondition", "allerg",
		"drugtest", "workerscomp", "injury", "password", "passphrase", "pincode", "bankaccount", "routingnumber",
		"directdeposit", "driverslicensenumber", "driverlicensenumber", "driverslicenseno", "passport", "ethnicity",
		"race", "religion", "gender", "maritalstatus"}
}

func payWords() []string {
	return []string{"salary", "wage", "grosspay", "netpay", "payrate", "rateofpay", "baserate", "basepay", "paygrade",
		"paystep", "hourlyrate",
		"annualrate", "compensation", "overtimepay", "bonus", "earnings", "ytd", "garnish"}
}

// withheld reports whether a column is left out unread for its heading.
func withheld(k *field.Kind, heading string) bool {
	h := Squeeze(heading)
	if h == "" || k != nil && (nameTarget(k, h, nil) != "" || titleTarget(k, h) != "") {
		return false
	}
	holds := func(word string) bool { return strings.Contains(h, Squeeze(word)) }
	if h == "race" || h == "ssn" || h == "dob" || h == "sin" || h == "sex" ||
		h == "home" && k != nil && k.Column("email") != nil {
		return true
	}
	words := slices.DeleteFunc(withheldWords(), func(w string) bool { return w == "race" || w == "dob" || w == "itin" })
	if slices.ContainsFunc(words, holds) || wordIn(heading, "dob") || wordIn(heading, "d.o.b") {
		return true
	}
	return k != nil && k.Column("email") != nil && slices.ContainsFunc(payWords(), holds)
}

func wordIn(heading, word string) bool {
	return slices.Contains(strings.FieldsFunc(strings.ToLower(heading),
		func(r rune) bool { return r == ' ' || r == '/' || r == '(' || r == ')' }), word)
}

// cleaned takes a cell out that looks like what must not come in.
func (b *builder) cleaned(cell string) string {
	if len(cell) < 9 || !revealing(cell) {
		return cell
	}
	b.revealed++
	return ""
}

// revealing reports whether a text holds a number written like a social
// security number, or says when somebody was born.
func revealing(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits >= 4 && (digits >= 9 && hasSSN(s) || saysBirth(s))
}

// hasSSN finds 123-45-6789, also with blanks or dots, standing by itself, and
// nine digits behind the letters SSN.
func hasSSN(s string) bool {
	for i := 0; i+11 <= len(s); i++ {
		if i > 0 && wordByte(s[i-1]) || i+11 < len(s) && wordByte(s[i+11]) {
			continue
		}
		part := s[i : i+11]
		sep := part[3]
		if (sep == '-' || sep == ' ' || sep == '.') && part[6] == sep && DigitsOnly(part[:3]) &&
			DigitsOnly(part[4:6]) && DigitsOnly(part[7:]) {
			return true
		}
	}
	folded := strings.ToLower(s)
	return strings.Contains(folded, "ssn") || strings.Contains(folded, "social security")
}

// saysBirth finds the words that lead a birth date.
func saysBirth(s string) bool {
	folded := strings.ToLower(s)
	for _, word := range []string{"dob", "d.o.b", "born ", "born:", "birth date", "birthdate", "date of birth",
		"birthday"} {
		if at := strings.Index(folded, word); at >= 0 && (at == 0 || !wordByte(folded[at-1])) {
			return true
		}
	}
	return false
}

func wordByte(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-'
}

// DigitsOnly reports whether a text is digits, or empty.
func DigitsOnly(s string) bool { return strings.Trim(s, "0123456789") == "" }

// tellWithheld notes what was left out unread, by heading alone.
func (b *builder) tellWithheld() {
	s := b.sheet
	if len(s.Withheld) > 0 {
		s.Notes = append(s.Notes, "left out unread, since nobody needs it here: "+strings.Join(s.Withheld, ", "))
	}
	if b.revealed > 0 {
		s.Notes = append(s.Notes, Counted(b.revealed, "cell")+" left out unread that looks like a social security "+
			"number or a birth date")
	}
}

// headingName is a heading in a note. A heading that itself reveals something,
// as where a file has none, is told by its place.
func headingName(cell string, column int) string {
	if revealing(cell) {
		return "column " + strconv.Itoa(column+1)
	}
	return text.Line(cell, 100)
}
