package spreadsheet

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
			if w := Squeeze(word); out[w] == "" {
				out[w] = s.target
			}
		}
	}
	return out
}

// commonWords hold for every kind that has the field.
func commonWords() []synonym {
	return []synonym{
		{"", "partner", "city, organization, organisation, agency, municipality, jurisdiction, member city, city " +
			"name, partner name, partner city, member, employer, government, entity, company, company name, business " +
			"city, city town, city or town, office city, employing city, work city"},
		{"", "email", "e-mail address, mail, work e-mail, business e-mail, office e-mail, e-mail 1, work email " +
			"address, primary e-mail, primary smtp address, user principal name, mail address, email addr"},
		{"", "phone:9", "ext, extension, phone extension, phone ext, ext no, extn"},
		{"", "phone", "telephone, tel, telephone number, phone number, work phone, office phone, business phone, " +
			"business telephone, telephone office, work phone number, office number, work telephone, office " +
			"telephone, direct line, direct phone, desk phone, phone 1"},
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

// standIns are the words for parts of a field that stand in where nothing else gives
// it: a vehicle without a name is called by its make and model.
func standIns(k *field.Kind) map[string]string {
	if k.Name != "equipment" {
		return nil
	}
	return map[string]string{"make": "name:1", "manufacturer": "name:1", "model": "name:2"}
}

// kindWords hold for the kinds named.
func kindWords() []synonym {
	return []synonym{
		{"rates", "cost_code", "cost code, code, item code, eq code"},
		{"rates", "spec", "spec or model, specification, specifications, model"},
		{"rates", "per", "unit, unit of measure, units"},
		{"rates", "rate", "rate usd, rates, 2025 rates, hourly rate, amount"},
		{"rates", "schedule_year", "schedule year"},
		{"people", "name", "full name, employee, employee name, staff, staff name, staff member, person, display " +
			"name, contact name, contact, employee full name, legal name, name last first, employee name last first " +
			"mi, full name last first"},
		{"people", "name:1", "first name, first, given name, forename, f name, firstname, first nm, preferred first " +
			"name, legal first name"},
		{"people", "name:2", "middle name, middle, middle initial, mi"},
		{"people", "name:3", "last name, last, surname, family name, l name, last nm, legal last name, sn"},
		{"people", "name:4", "suffix, name suffix"},
		{"people", "department", "dept, dept name, department name, division, bureau, section, work unit, department " +
			"division, dept division, office, organization unit, org unit, dept description, home department"},
		{"people", "title", "job title, position, position title, job, classification, designation, working title, " +
			"job classification, job titles, employee title, title name, position name, job description, class " +
			"title, job class title, rank"},
		{"people", "mobile", "cell, cell phone, mobile phone, cellular, cell number, mobile number, cellular phone"},
		{"people", "roles", "role, contact role, contact roles, liaison role"},
		{"people", "duties", "duty, responsibilities, job duties, tasks, areas of responsibility, what they do"},
		{"people", "tags", "tag, keywords, labels, topics, skills"},
		{"people", "qualifications", "qualification, certifications, certificates, licenses, licences, credentials"},
		{"people", "left", "inactive, former, former employee, separated, left service"},
		{"partners", "name", "city, organization, organisation, agency, municipality, partner, partner name, city " +
			"name, member"},
		{"partners", "short", "abbreviation, acronym, short"},
		{"partners", "kind", "type, organization type"},
		{"partners", "since", "joined, member since, year joined"},
		{"partners", "population", "residents, inhabitants"},
		{"partners", "governing_body", "council, board, governing board"},
		{"partners", "fiscal_year_start", "fiscal year, fy start, fiscal year begins"},
		{"equipment", "tag", "unit number, unit no, unit id, unit, unit #, equip id, equipid, equipment no, " +
			"equipment #, vehicle id, vehicle no, vehicle #, veh no, fleet no, fleet id, asset no, asset #, asset " +
			"number, asset tag, asset id, equipment number, equipment id, fleet number, vehicle number"},
		{"equipment", "name", "description, equipment, equip name, unit name, item, make and model, equipment " +
			"description, asset description, unit description, vehicle description, vehicle"},
		{"equipment", "category", "type, class, equipment type, vehicle type, class code, asset class, class " +
			"description, category description"},
		{"equipment", "owner", "city, organization, agency, partner, owned by, owning city"},
		{"equipment", "custodian", "operator, responsible, contact"},
		{"equipment", "serial", "vin, serial no, serial #, vin serial, vin number, vin serial number, serial number " +
			"vin, vehicle identification number"},
		{"equipment", "meter_counts", "meter type, meter 1 type, meter unit, meter units"},
		{"equipment", "yard", "location, garage, facility, parking location, home location, site, domicile"},
		{"equipment", "year", "model year, year made"},
		{"equipment", "shareable", "share, shared, can be shared, available to share"},
		{"equipment", "replacement_value", "value, replacement cost, cost, insured value"},
		{"equipment", "meter", "hours, odometer, mileage, hour meter, meter reading, meter 1, current meter, last " +
			"meter, primary meter, meter 1 reading"},
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
		{"resolutions", "number", "resolution number, resolution no, no, file, file no, file number, legislation " +
			"number"},
		{"resolutions", "bill", "bill number, bill no"},
		{"agreements", "title", "name, agreement, agreement title, contract title, contract name, agreement name, " +
			"subject, description"},
		{"agreements", "parties", "party, partners, between, contracting parties, entities, participants, other party"},
		{"agreements", "renewals_left", "renewals, renewal term, renewal terms, renewal options"},
		{"agreements", "effective", "effective date, begins, start, start date, contract start date"},
		{"agreements", "expires", "expiration, expiration date, expiry, end, end date, contract end date"},
		{"answers", "item", "subcategory, control, question"},
		{"answers", "level", "score, maturity, maturity level, answer"},
		{"cycles", "minimum", "target, minimum level"},
	}
}
