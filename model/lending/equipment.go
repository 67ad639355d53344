package lending

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// EquipmentID identifies a piece of equipment.
type EquipmentID = field.ID[Equipment]

// EquipmentStatus says whether a unit can be used.
type EquipmentStatus string

// Usable, not now, never again.
const (
	EquipmentActive  EquipmentStatus = "active"
	EquipmentOut     EquipmentStatus = "out of service"
	EquipmentRetired EquipmentStatus = "retired"
)

// MeterKind is what a unit's meter counts.
type MeterKind string

// Hours or miles.
const (
	MeterHours MeterKind = "hours"
	MeterMiles MeterKind = "miles"
)

// OperatorRule says who may run a unit.
type OperatorRule string

// The owner's own staff, somebody with proof, anybody.
const (
	OperatorOwner     OperatorRule = "owner"
	OperatorCertified OperatorRule = "certified"
	OperatorAny       OperatorRule = "any"
)

// ChargeRule says what a loan of a unit costs.
type ChargeRule string

// Nothing, the owner's own rate, or that of the federal schedule.
const (
	ChargeNone  ChargeRule = "none"
	ChargeLocal ChargeRule = "local"
	ChargeFEMA  ChargeRule = "fema"
)

// Equipment is a unit that its owner may lend.
type Equipment struct {
	ID          field.ID[Equipment]
	Tag         string
	Name        string
	Category    string
	Capacity    string // with its unit, as people say it: 10 cubic yards
	Size        value.Opt[value.Tenths]
	SizeUnit    string // what Size counts: CY, ft, ton
	Owner       field.ID[partnership.Partner]
	Custodian   field.ID[partnership.Person]
	Yard        string
	Year        int
	Status      EquipmentStatus
	Shareable   bool
	Replacement value.Opt[value.Cents]
	Meter       value.Opt[value.Tenths]
	Note        string

	Serial        string
	NIMS          string // resource kind and type, such as Dump Truck type 2
	MeterKind     MeterKind
	ServiceEvery  value.Opt[value.Tenths] // on the meter
	ServiceAt     value.Opt[value.Tenths] // meter at which service is next due
	ServiceDue    value.Opt[value.Day]
	Charge        ChargeRule
	FEMACode      string
	FEMAYear      int
	LocalRate     value.Opt[value.Price]
	LocalPer      RatePer
	Buffer        value.Opt[int64] // minutes of turnaround behind each loan
	OperatorRule  OperatorRule
	Qualification string // that a certified operator holds
	Attachments   []string
	Insurance     string // what the borrower's insurance must cover; asked for where it says anything

	InspectedUntil value.Opt[value.Day] // last day of its inspection
}

// KindEquipment names the kind whose records are of type [Equipment].
const KindEquipment = "equipment"

// KindName is "equipment".
func (Equipment) KindName() string { return KindEquipment }

// Lendable reports whether the unit may be booked at all.
func (e *Equipment) Lendable() bool { return e.Status == EquipmentActive && e.Shareable }

// InCategory reports whether the unit is of a category, in any case.
func (e *Equipment) InCategory(category string) bool {
	return field.FoldName(e.Category) == field.FoldName(category)
}

// AtLeast reports whether the unit is known to be of a size; one whose size is
// not recorded is not.
func (e *Equipment) AtLeast(size value.Opt[value.Tenths]) bool {
	return !size.Set || e.Size.Set && e.Size.V >= size.V
}

// maxBuffer is the longest turnaround, a week of minutes.
const maxBuffer = 7 * 24 * 60

// DescribeEquipment describes equipment.
func DescribeEquipment() *field.Kind {
	return field.Def[Equipment]{
		Tag: 11, One: "unit", Title: "Equipment", Scope: field.ScopeCity, UniqueLabel: true,
		Purpose:  "Machines and tools that partners lend one another.",
		ID:       func(e *Equipment) *field.ID[Equipment] { return &e.ID },
		Label:    func(e *Equipment) string { return e.Tag + " " + e.Name },
		Aliases:  func(e *Equipment) []string { return []string{e.Tag} },
		Unique:   [][]string{{"tag"}},
		Parties:  func(_ field.Reader, e *Equipment) []field.Party { return []field.Party{field.Party(e.Owner)} },
		Check:    checkEquipment,
		Headings: fleetHeadings(),
		Due:      dueEquipment,
		Fields:   append(equipmentFields(), equipmentTerms()...),
	}.Kind()
}

func checkEquipment(c *field.Checking, before, e *Equipment) {
	if e.Year != 0 && (e.Year < 1900 || e.Year > c.Today.Year()+2) {
		c.Add("year", "the year of make is between 1900 and two years from now")
	}
	if e.Replacement.Or(0) < 0 {
		c.Add("replacement_value", "a replacement value is not negative")
	}
	checkMost(c, "replacement_value", "a replacement value", e.Replacement, maxWorth)
	checkRate(c, "local_rate", e.LocalRate)
	checkMeter(c, "meter", e.MeterKind, e.Meter)
	checkMeter(c, "service_at", e.MeterKind, e.ServiceAt)
	if e.Meter.Or(0) < 0 {
		c.Add("meter", "a meter reading is not negative")
	}
	if before != nil && before.Meter.Set && e.Meter.Set && e.Meter.V < before.Meter.V {
		c.Warn("meter", "the meter stands lower than before; say why in the note")
	}
	if e.Size.Set && e.Size.V <= 0 {
		c.Add("size", "a size is more than nothing")
	}
	if e.Buffer.Or(0) < 0 || e.Buffer.Or(0) > maxBuffer {
		c.Add("buffer", "the turnaround is between 0 minutes and a week")
	}
	if e.ServiceEvery.Or(1) <= 0 {
		c.Add("service_every", "a service interval is more than nothing")
	}
	if e.LocalRate.Or(0) < 0 {
		c.Add("local_rate", "a rate is not negative")
	}
	if e.Charge == ChargeLocal && (!e.LocalRate.Set || e.LocalPer == "") {
		c.Add("local_rate", "a loan at the owner's rate needs the rate and what it is for: hour, mile or day")
	}
	if why := MilesOnHours(e.MeterKind, e.LocalPer); why != "" && e.Charge == ChargeLocal {
		c.Add("local_per", why)
	}
	if e.Charge == ChargeFEMA {
		checkFEMACode(c, e)
	}
	if before != nil {
		checkPromises(c, before, e)
	}
}

// checkFEMACode refuses a code that is not in the schedule of its year, or that is
// of another unit than the meter counts.
func checkFEMACode(c *field.Checking, e *Equipment) {
	rate := RateOf(c, SourceFEMA, e.FEMAYear, e.FEMACode)
	switch {
	case e.FEMACode == "" || e.FEMAYear == 0:
		c.Add("fema_code", "a loan at the FEMA rate needs the code and the year of the schedule")
	case rate == nil:
		c.Add("fema_code", "code "+e.FEMACode+" is not in the FEMA schedule on file; import that year's schedule or "+
			"mend the code")
	case MilesOnHours(e.MeterKind, rate.Per) != "":
		c.Add("fema_code", MilesOnHours(e.MeterKind, rate.Per))
	}
}

func equipmentFields() []field.Field[Equipment] {
	return []field.Field[Equipment]{
		field.Text(1, "tag", "Tag", func(e *Equipment) *string { return &e.Tag }).Required().Width(11).
			Example("RT-104").
			Help("The number painted on the unit; no two units share one."),
		field.Text(2, "name", "Unit", func(e *Equipment) *string { return &e.Name }).Required().Width(26).
			Example("Dump truck, 10 CY"),
		field.Text(3, "category", "Category", func(e *Equipment) *string { return &e.Category }).Width(14).
			Example("dump truck"),
		field.Text(4, "capacity", "Capacity", func(e *Equipment) *string { return &e.Capacity }).Width(10).
			Example("10 CY"),
		field.Ref(5, "owner", "Owner", func(e *Equipment) *field.ID[partnership.Partner] { return &e.Owner }).
			Required().Width(14).Example("Raytown"),
		field.Ref(6, "custodian", "Custodian",
			func(e *Equipment) *field.ID[partnership.Person] { return &e.Custodian }).HiddenByDefault(),
		field.Text(7, "yard", "Yard", func(e *Equipment) *string { return &e.Yard }).Width(14).Example("North yard"),
		field.Int(8, "year", "Year", func(e *Equipment) *int { return &e.Year }).HiddenByDefault(),
		field.Word(9, "status", "Status", func(e *Equipment) *EquipmentStatus { return &e.Status },
			field.Choice{Value: "active", Title: "Active"}, field.Choice{Value: "out of service",
				Title: "Out of service"}, field.Choice{Value: "retired", Title: "Retired"}).
			Required().Width(14).Example("Active"),
		field.Bool(10, "shareable", "Shareable", func(e *Equipment) *bool { return &e.Shareable }).Width(9).
			Example("Yes"),
		field.Money(11, "replacement_value", "Replacement value",
			func(e *Equipment) *value.Opt[value.Cents] { return &e.Replacement }).HiddenByDefault(),
		field.Meter(12, "meter", "Meter", func(e *Equipment) *value.Opt[value.Tenths] { return &e.Meter }).
			HiddenByDefault(),
		field.Long(13, "note", "Note", func(e *Equipment) *string { return &e.Note }).HiddenByDefault(),
	}
}

// equipmentTerms are the fields that a loan goes by.
func equipmentTerms() []field.Field[Equipment] {
	const lending, upkeep, paper = "Lending", "Upkeep", "Papers"
	return []field.Field[Equipment]{
		field.Amount(15, "size", "Size", func(e *Equipment) *value.Opt[value.Tenths] { return &e.Size }).
			HiddenByDefault().Under(lending).Example("10").
			Help("The capacity as a number, by which units are found and compared."),
		field.Text(16, "size_unit", "Size counts", func(e *Equipment) *string { return &e.SizeUnit }).HiddenByDefault().
			Under(lending).Example("CY"),
		field.Word(17, "meter_counts", "Meter counts", func(e *Equipment) *MeterKind { return &e.MeterKind },
			field.Choice{Value: "hours", Title: "Hours"}, field.Choice{Value: "miles", Title: "Miles"}).
			HiddenByDefault().Under(upkeep),
		field.OptInt(18, "buffer", "Turnaround", func(e *Equipment) *value.Opt[int64] { return &e.Buffer }).
			In("minutes").HiddenByDefault().Under(lending).Example("60").
			Help("Time behind each loan in which the unit is cleaned and checked; nobody else gets it then."),
		field.Word(19, "operator_rule", "Operator", func(e *Equipment) *OperatorRule { return &e.OperatorRule },
			field.Choice{Value: "owner", Title: "Owner's staff"}, field.Choice{Value: "certified", Title: "With proof"},
			field.Choice{Value: "any", Title: "Anybody"}).HiddenByDefault().Under(lending),
		field.Text(20, "qualification", "Proof needed", func(e *Equipment) *string { return &e.Qualification }).
			HiddenByDefault().Under(lending).Example("CDL class B"),
		field.Texts(21, "attachments", "Attachments", func(e *Equipment) *[]string { return &e.Attachments }).
			HiddenByDefault().Under(lending).Example("Bucket; forks"),
		field.Word(22, "charge", "Charge", func(e *Equipment) *ChargeRule { return &e.Charge },
			field.Choice{Value: "none", Title: "No charge"}, field.Choice{Value: "local", Title: "Owner's rate"},
			field.Choice{Value: "fema", Title: "FEMA rate"}).HiddenByDefault().Under(lending),
		field.Text(23, "fema_code", "FEMA code", func(e *Equipment) *string { return &e.FEMACode }).HiddenByDefault().
			Under(lending).Example("8722"),
		field.Int(24, "fema_year", "Schedule year", func(e *Equipment) *int { return &e.FEMAYear }).HiddenByDefault().
			Under(lending).Example("2025"),
		field.Price(25, "local_rate", "Local rate", func(e *Equipment) *value.Opt[value.Price] { return &e.LocalRate }).
			HiddenByDefault().Under(lending).Example("95.00"),
		field.Word(26, "local_per", "Local rate per", func(e *Equipment) *RatePer { return &e.LocalPer },
			ratePers()...).HiddenByDefault().Under(lending),
		field.Text(27, "serial", "Serial number", func(e *Equipment) *string { return &e.Serial }).HiddenByDefault().
			Under(paper),
		field.Text(28, "nims", "NIMS kind and type", func(e *Equipment) *string { return &e.NIMS }).HiddenByDefault().
			Under(paper).Example("Dump truck, type 2"),
		field.Text(29, "insurance", "Insurance", func(e *Equipment) *string { return &e.Insurance }).HiddenByDefault().
			Under(paper).Help("What the borrower's insurance must cover. Where it says anything, the borrower's " +
			"certificate is asked for."),
		field.Amount(30, "service_every", "Service every", func(e *Equipment) *value.Opt[value.Tenths] {
			return &e.ServiceEvery
		}).HiddenByDefault().Under(upkeep).Example("250"),
		field.Amount(31, "service_at", "Service due at",
			func(e *Equipment) *value.Opt[value.Tenths] { return &e.ServiceAt }).HiddenByDefault().Under(upkeep).
			Example("4250"),
		field.OnDay(32, "service_due", "Service due on",
			func(e *Equipment) *value.Opt[value.Day] { return &e.ServiceDue }).HiddenByDefault().Under(upkeep),
		field.OnDay(33, "inspected_until", "Inspected until",
			func(e *Equipment) *value.Opt[value.Day] { return &e.InspectedUntil }).HiddenByDefault().Under(paper).
			Help("Last day of its inspection. One that ran out is asked about at hand-over."),
	}
}
