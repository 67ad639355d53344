package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// tidied gives a value from elsewhere as its field reads it, where a spreadsheet
// has left it otherwise: a number with ".0" behind it, a day with a clock, a
// day as the number of days since 1900. A share such as 0.25 is asked about. The error says of what cannot be told
// what it was.
func tidied(c *field.Column, raw string) (string, error) {
	switch c.Shape {
	case field.ShapePhone, field.ShapeInt:
		if shortened(raw) {
			return "", digitsGone(raw)
		}
		if whole, rest, ok := strings.Cut(raw, "."); ok && strings.Trim(rest, "0") == "" && rest != "" &&
			spreadsheet.DigitsOnly(whole) {
			return whole, nil
		}
	case field.ShapeText:
		if shortened(raw) {
			return "", digitsGone(raw)
		}
	case field.ShapePercent:
		if n, err := strconv.ParseFloat(raw, 64); err == nil && n > 0 && n < 1 {
			return "", failure.New(failure.Invalid, strconv.Quote(raw)+" may be a share of one or a percentage; write "+
				"it with %, as in 12.5%")
		}
	case field.ShapeDay:
		return tidyDay(raw)
	}
	return raw, nil
}

// shortened reports whether a spreadsheet has written a long number in short.
func shortened(s string) bool {
	at := strings.IndexAny(s, "Ee")
	return at > 0 && strings.ContainsAny(s, "+") && regexp.MustCompile(`^\d(?:\.\d+)?[Ee]\+\d{1,2}$`).MatchString(s)
}

func digitsGone(s string) error {
	return failure.New(failure.Invalid, strconv.Quote(s)+" is a number that the spreadsheet wrote in short; its "+
		"digits are gone, so look it up and write it out")
}

// tidyDay reads what only files say of days. A file is read on any day, so that
// one without a year has none.
func tidyDay(s string) (string, error) {
	if n, err := strconv.Atoi(s); err == nil && len(s) == 5 && n > 20000 && n < 80000 {
		return value.DayOf(time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)).String(), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05.000", "2006-01-02T15:04", "2-Jan-06",
		"2-Jan-2006", "02-Jan-06",
		"1/2/06 15:04", "1/2/2006 3:04 PM", "Monday, January 2, 2006", "Mon, Jan 2, 2006"} {
		if at, err := time.Parse(layout, s); err == nil {
			return value.DayOf(at).String(), nil
		}
	}
	if !strings.ContainsAny(s, "0123456789") || yearless(s) {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" is a day without a year; answer which it is, or "+
			"write it out, as in 2027-03-04")
	}
	return s, nil
}

// inYear gives a day that lacks its year the one that somebody answered.
func inYear(src *source, raw string) string {
	year := src.answers[field.FoldName(spreadsheet.YearAsked)]
	switch {
	case src.col.Shape != field.ShapeDay || year == "" || !yearless(raw):
		return raw
	case strings.Contains(raw, "/"):
		return raw + "/" + year
	case digitFirst(raw):
		return raw + " " + year
	}
	return raw + ", " + year
}

func digitFirst(s string) bool { return s[0] >= '0' && s[0] <= '9' }

// yearless reports whether a day in a file lacks its year: "3/4", "Mar 4".
func yearless(s string) bool {
	return regexp.MustCompile(
		`(?i)^(?:\d{1,2}/\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|` +
			`\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[+-]\d+[dwmy])$`).MatchString(s)
}
