package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"interlocal/model/buying"
	"interlocal/model/exchange/export"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/text"
	"interlocal/model/value"
)

// SheetPart is one kind's part of the sheet that a city is asked to fill in.
type SheetPart struct {
	Kind    *field.Kind
	Columns []*field.Column
	IDs     []uint64 // what is on record, for the city to mend
}

// CitySheet gives what a city is asked for: itself, its people, fleet, holidays and
// needs, and its sign-ups where an event is to come. What not everybody may see
// stays out of a file that is mailed.
func CitySheet(r field.Reader, city partnership.PartnerID, today value.Day) []SheetPart {
	var out []SheetPart
	for _, name := range []string{partnership.KindPartners, partnership.KindPeople, lending.KindEquipment,
		partnership.KindHolidays, buying.KindNeeds, shadowing.KindSignups} {
		if name == shadowing.KindSignups && !eventToCome(r, today) {
			continue
		}
		k := r.Schema().Kind(name)
		part := SheetPart{Kind: k}
		for _, c := range k.Columns {
			if c.Sensitivity == field.Open {
				part.Columns = append(part.Columns, c)
			}
		}
		for id, rec := range r.Scan(name) {
			if slices.Contains(k.Parties(r, rec), field.Party(city)) && current(r, rec, today) {
				part.IDs = append(part.IDs, id)
			}
		}
		out = append(out, part)
	}
	return out
}

func eventToCome(r field.Reader, today value.Day) bool {
	for e := range field.All[shadowing.Event](r) {
		if e.ToCome(today) {
			return true
		}
	}
	return false
}

// current reports whether a city has anything to say of a record still.
func current(r field.Reader, rec any, today value.Day) bool {
	switch rec := rec.(type) {
	case *partnership.Person:
		return !rec.Left
	case *lending.Equipment:
		return rec.Status != lending.EquipmentRetired
	case *partnership.Holiday:
		return rec.Day.Or(today) >= today
	case *buying.Need:
		return rec.State == buying.NeedOpen
	case *shadowing.Signup:
		e := field.Get(r, rec.Event)
		return e != nil && e.ToCome(today)
	}
	return true
}

// AskingMail is the text that goes with a city's sheet.
func AskingMail(partners string, a meeting.Asked, file string) string {
	to, dear := "the liaison of "+a.City.Name, "Hello"
	if a.Liaison != nil {
		to, dear = a.Liaison.Name, "Hello "+a.Liaison.Name
		if a.Liaison.Email != "" {
			to += " <" + a.Liaison.Email + ">"
		}
	}
	return "To: " + to + "\n" +
		"Subject: " + partners + ": sheet for " + a.City.Name + ", please by " + a.Due.V.Long() + "\n" +
		"Attach: " + file + "\n\n" +
		dear + ",\n\n" +
		"the attached workbook shows what the partnership has on record for " + a.City.Name + ".\n" +
		"Please look through each sheet, mend what is wrong, add rows for what is missing,\n" +
		"and send it back by " + a.Due.V.Long() + ". The last sheet says what belongs where.\n\n" +
		"Leave the columns id and rev as they are, so that your changes meet what others\n" +
		"change meanwhile; leave them empty in new rows. Please write no social security\n" +
		"numbers, birth dates, home addresses, pay or anything medical.\n\n" +
		"Thank you.\n"
}

// AskDays is how long cities have when no day is given.
const AskDays = 14

// SheetNumber leads the line of a workbook by which it is known when it comes back.
const SheetNumber = "Sheet number"

// Stamped reads records and the revisions that exports state.
type Stamped interface {
	field.Reader
	StampOf(kind string, id uint64) uint64
}

// WriteCitySheet writes the workbook that a city fills in.
func WriteCitySheet(w io.Writer, r Stamped, a meeting.Asked, today value.Day) error {
	var list []export.Table
	for _, part := range CitySheet(r, a.City.ID, today) {
		list = append(list, export.Table{Kind: part.Kind, Columns: part.Columns,
			Rows: func(yield func(export.Row) bool) {
				for _, id := range part.IDs {
					row := export.Row{ID: id, Rev: r.StampOf(part.Kind.Name, id), Rec: r.Get(part.Kind.Name, id)}
					if !yield(row) {
						return
					}
				}
			}})
	}
	form := export.Form{About: [][2]string{{"Asked of", a.City.Name}, {"Asked on", today.String()},
		{"Please by", a.Due.V.String()}, {SheetNumber, strconv.FormatUint(uint64(a.Action), 10)}}}
	return export.WriteForm(w, list, form, field.NewEnv(r, today), export.Options{})
}

// CityFile is a city's name as that of a file.
func CityFile(city *partnership.Partner) string {
	return strings.Join(strings.FieldsFunc(strings.ReplaceAll(text.Fold(city.Name), "'", ""), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}

// AskingFiles gives what goes to a city, by the names of the files.
func AskingFiles(r Stamped, a meeting.Asked, partners string, today value.Day) map[string]func(io.Writer) error {
	book := CityFile(a.City) + ".xlsx"
	return map[string]func(io.Writer) error{
		book: func(w io.Writer) error { return WriteCitySheet(w, r, a, today) },
		CityFile(a.City) + "-mail.txt": func(w io.Writer) error {
			_, err := io.WriteString(w, AskingMail(partners, a, book))
			return err
		},
	}
}
