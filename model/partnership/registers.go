package partnership

import (
	"regexp"
	"strings"

	"interlocal/model/field"
)

// registerHeadings say how contract registers write agreements.
func registerHeadings() field.Headings {
	return field.Headings{
		Values: []field.ValueWords{
			{Field: "status", Value: string(AgreementSigned), Words: "active,executed,fully executed,in force,in " +
				"effect,current,approved and executed"},
			{Field: "status", Value: string(AgreementDraft), Words: "pending,in negotiation,in review,under " +
				"review,proposed,in process"},
			{Field: "status", Value: string(AgreementEnded),
				Words: "expired,terminated,closed,inactive,cancelled,canceled,completed"},
		},
		Arrive: arrivingAgreement,
		Rest:   map[string]string{"parties": "other_parties"}, Gains: []string{"other_parties"},
	}
}

// arrivingAgreement mends a row of a contract register: parties are parted in
// many ways, and an agreement may have no end.
func arrivingAgreement(row field.Arrival) {
	row.Means("parties", partedParties(row.Said("parties")))
	switch field.FoldName(strings.Trim(row.Said("expires"), ".")) {
	case "perpetual", "indefinite", "ongoing", "on-going", "evergreen", "until terminated", "no expiration",
		"no end date", "continuous", "open ended":
		row.Means("expires", "")
	}
	row.Means("renewals_left", renewals(row.Said("renewals_left")))
}

// partedParties puts semicolons between the parties of "City of Raytown, MO and
// City of Independence, MO" and "Raytown/Grandview/MARC".
func partedParties(s string) string {
	if s == "" || strings.ContainsAny(s, ";\n") {
		return s
	}
	s = regexp.MustCompile(`(?i),\s*(?:mo|missouri)\b\.?`).ReplaceAllString(s, "")
	return regexp.MustCompile(`(?i)\s*(?:/|,\s*and\s+|,|\s+and\s+|\s+&\s+)\s*`).ReplaceAllString(s, "; ")
}

// renewals reads "(4) one-year renewals" as four; other words stay as they are.
func renewals(s string) string {
	if m := regexp.MustCompile(`(?i)^\(?(\d{1,2})\)?\s+(?:additional\s+)?(?:one|two|three|four|five|\d)[- ]?year\b.*$`).
		FindStringSubmatch(strings.TrimSpace(s)); m != nil {
		return m[1]
	}
	return s
}
