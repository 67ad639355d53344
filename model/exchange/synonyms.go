package exchange

import (
	"strings"

	"interlocal/model/field"
)

// synonym lists words that offices head a column with. Kinds is "" when the
// words mean the field in every kind that has it.
type synonym struct {
	kinds, target, words string
}

// synonyms gives the kind's words, squeezed, with their targets. Fields
// mentioned first win where two share a word.
func synonyms(k *field.Kind) map[string]string {
	out := map[string]string{}
	words := kindWords()
	for _, w := range k.Headings.Words {
		words = append(words, synonym{k.Name, w.Field, w.Words})
	}
	for _, s := range append(words, commonWords()...) {
		if s.kinds != "" && !strings.Contains(" "+s.kinds+" ", " "+k.Name+" ") {
			continue
		}
		if !validTarget(k, s.target) {
			continue
		}
		for word := range strings.SplitSeq(s.words, ",") {
			if w := squeeze(word); out[w] == "" {
				out[w] = s.target
			}
		}
	}
	return out
}

// commonWords hold for every kind that has the field.
func commonWords() []synonym {
	return []synonym{
		{"", "partner", "city, organization, organisation, agency, municipality, jurisdiction, member city, city name, partner name, partner city, member, employer, government, entity"},
		{"", "email", "e-mail address, mail, work e-mail, business e-mail, office e-mail, e-mail 1"},
		{"", "phone", "telephone, tel, telephone number, phone number, work phone, office phone, business phone, work telephone, office telephone, direct line, direct phone, desk phone, phone 1"},
		{"", "note", "notes, comment, comments, remark, remarks, memo"},
		{"", "website", "web site, web address, url, home page, web"},
		{"", "document", "link, file, pdf, document link, url, signed copy"},
		{"", "status", "state, current status"},
		{"", "state", "status, current status"},
		{"", "date", "day, on"},
		{"", "start", "starts, begin, begins, from, start date, start time, begin date, pick up"},
		{"", "end", "ends, until, to, end date, end time, return, drop off"},
		{"", "contact", "contact person, contact name, point of contact"},
		{"", "title", "subject"},
	}
}

// kindWords hold for the kinds named.
func kindWords() []synonym {
	return []synonym{
		{"rates", "cost_code", "cost code, code, item code, eq code"},
		{"rates", "spec", "spec or model, specification, specifications, model"},
		{"rates", "per", "unit, unit of measure, units"},
		{"rates", "rate", "rate usd, rates, 2025 rates, hourly rate, amount"},
		{"rates", "schedule_year", "schedule year"},
		{"people", "name", "full name, employee, employee name, staff, staff name, staff member, person, display name, contact name, contact"},
		{"people", "name:1", "first name, first, given name, forename, f name"},
		{"people", "name:2", "middle name, middle, middle initial, mi"},
		{"people", "name:3", "last name, last, surname, family name, l name"},
		{"people", "name:4", "suffix, name suffix"},
		{"people", "department", "dept, dept name, department name, division, bureau, section, work unit"},
		{"people", "title", "job title, position, position title, job, classification, designation, working title, job classification"},
		{"people", "mobile", "cell, cell phone, mobile phone, cellular, cell number, mobile number, cellular phone"},
		{"people", "roles", "role, contact role, contact roles, liaison role"},
		{"people", "duties", "duty, responsibilities, job duties, tasks, areas of responsibility, what they do"},
		{"people", "tags", "tag, keywords, labels, topics, skills"},
		{"people", "qualifications", "qualification, certifications, certificates, licenses, licences, credentials"},
		{"people", "left", "inactive, former, former employee, separated, left service"},
		{"partners", "name", "city, organization, organisation, agency, municipality, partner, partner name, city name, member"},
		{"partners", "short", "abbreviation, acronym, short"},
		{"partners", "kind", "type, organization type"},
		{"partners", "since", "joined, member since, year joined"},
		{"partners", "population", "residents, inhabitants"},
		{"partners", "governing_body", "council, board, governing board"},
		{"partners", "fiscal_year_start", "fiscal year, fy start, fiscal year begins"},
		{"equipment", "tag", "unit number, unit no, unit id, asset number, asset tag, asset id, equipment number, equipment id, fleet number, vehicle number"},
		{"equipment", "name", "description, equipment, unit name, item, make and model"},
		{"equipment", "category", "type, class, equipment type, vehicle type"},
		{"equipment", "owner", "city, organization, agency, partner, owned by, owning city"},
		{"equipment", "custodian", "operator, responsible, contact"},
		{"equipment", "yard", "location, garage, facility"},
		{"equipment", "year", "model year, year made"},
		{"equipment", "shareable", "share, shared, can be shared, available to share"},
		{"equipment", "replacement_value", "value, replacement cost, cost, insured value"},
		{"equipment", "meter", "hours, odometer, mileage, hour meter, meter reading"},
		{"reservations", "unit", "equipment, tag, unit number, asset"},
		{"reservations", "borrower", "city, organization, agency, partner, borrowed by, used by"},
		{"programs", "name", "title, program name, project"},
		{"programs", "lead", "lead agency, lead city, partner"},
		{"programs", "next_step", "next action, action"},
		{"events", "name", "title, event name"},
		{"events", "place", "location, venue, where"},
		{"events", "until", "end, end date, to"},
		{"signups", "person", "name, employee, full name"},
		{"ideas", "title", "suggestion, name, idea title"},
		{"resolutions", "number", "resolution number, resolution no, no"},
		{"resolutions", "bill", "bill number, bill no"},
		{"agreements", "title", "name, agreement"},
		{"agreements", "effective", "effective date, begins, start, start date"},
		{"agreements", "expires", "expiration, expiration date, expiry, end, end date"},
		{"answers", "item", "subcategory, control, question"},
		{"answers", "level", "score, maturity, maturity level, answer"},
		{"cycles", "minimum", "target, minimum level"},
	}
}
