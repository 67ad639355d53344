package model

import "strings"

// EquipmentID identifies a piece of equipment.
type EquipmentID = ID[Equipment]

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
	ID          ID[Equipment]
	Tag         string
	Name        string
	Category    string
	Capacity    string // with its unit, as people say it: 10 cubic yards
	Size        Opt[Tenths]
	SizeUnit    string // what Size counts: CY, ft, ton
	Owner       ID[Partner]
	Custodian   ID[Person]
	Yard        string
	Year        int
	Status      EquipmentStatus
	Shareable   bool
	Replacement Opt[Cents]
	Meter       Opt[Tenths]
	Note        string

	Serial        string
	NIMS          string // resource kind and type, such as Dump Truck type 2
	MeterKind     MeterKind
	ServiceEvery  Opt[Tenths] // on the meter
	ServiceAt     Opt[Tenths] // meter at which service is next due
	ServiceDue    Opt[Day]
	Charge        ChargeRule
	FEMACode      string
	FEMAYear      int
	LocalRate     Opt[Cents]
	LocalPer      RatePer
	Buffer        Opt[int64] // minutes of turnaround behind each loan
	OperatorRule  OperatorRule
	Qualification string // that a certified operator holds
	Attachments   []string
	Insurance     string
}

// KindName is "equipment".
func (Equipment) KindName() string { return "equipment" }

// Lendable reports whether the unit may be booked at all.
func (e *Equipment) Lendable() bool { return e.Status == EquipmentActive && e.Shareable }

// InCategory reports whether the unit is of a category, in any case.
func (e *Equipment) InCategory(category string) bool {
	return FoldName(e.Category) == FoldName(category)
}

// AtLeast reports whether the unit is known to be of a size; one whose size is
// not recorded is not.
func (e *Equipment) AtLeast(size Opt[Tenths]) bool {
	return !size.Set || e.Size.Set && e.Size.V >= size.V
}

// maxBuffer is the longest turnaround, a week of minutes.
const maxBuffer = 7 * 24 * 60

func equipmentKind() *Kind {
	return Def[Equipment]{
		Tag: 11, One: "unit", Title: "Equipment", Realm: RealmCity, UniqueLabel: true,
		Purpose: "Machines and tools that partners lend one another.",
		ID:      func(e *Equipment) *ID[Equipment] { return &e.ID },
		Label:   func(e *Equipment) string { return e.Tag + " " + e.Name },
		Aliases: func(e *Equipment) []string { return []string{e.Tag} },
		Unique:  [][]string{{"tag"}},
		Parties: func(_ Reader, e *Equipment) []Party { return []Party{Party(e.Owner)} },
		Check:   checkEquipment,
		Fields:  append(equipmentFields(), equipmentTerms()...),
	}.Kind()
}

func checkEquipment(c *Checking, before, e *Equipment) {
	if e.Year != 0 && (e.Year < 1900 || e.Year > c.Today.Year()+2) {
		c.Add("year", "the year of make is between 1900 and two years from now")
	}
	if e.Replacement.Or(0) < 0 {
		c.Add("replacement_value", "a replacement value is not negative")
	}
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
	if e.Charge == ChargeFEMA {
		checkFEMACode(c, e)
	}
	if before != nil {
		checkPromises(c, before, e)
	}
}

// checkFEMACode refuses a code that is not in the schedule of its year.
func checkFEMACode(c *Checking, e *Equipment) {
	switch {
	case e.FEMACode == "" || e.FEMAYear == 0:
		c.Add("fema_code", "a loan at the FEMA rate needs the code and the year of the schedule")
	case RateOf(c, SourceFEMA, e.FEMAYear, e.FEMACode) == nil:
		c.Add("fema_code", "code "+e.FEMACode+" is not in the FEMA schedule on file; import that year's schedule or mend the code")
	}
}

func equipmentFields() []Field[Equipment] {
	return []Field[Equipment]{
		Text(1, "tag", "Tag", func(e *Equipment) *string { return &e.Tag }).Need().Wide(11).Eg("RT-104").
			Say("The number painted on the unit; no two units share one."),
		Text(2, "name", "Unit", func(e *Equipment) *string { return &e.Name }).Need().Wide(26).Eg("Dump truck, 10 CY"),
		Text(3, "category", "Category", func(e *Equipment) *string { return &e.Category }).Wide(14).Eg("dump truck"),
		Text(4, "capacity", "Capacity", func(e *Equipment) *string { return &e.Capacity }).Wide(10).Eg("10 CY"),
		Ref(5, "owner", "Owner", func(e *Equipment) *ID[Partner] { return &e.Owner }).Need().Wide(14).Eg("Raytown"),
		Ref(6, "custodian", "Custodian", func(e *Equipment) *ID[Person] { return &e.Custodian }).Tucked(),
		Text(7, "yard", "Yard", func(e *Equipment) *string { return &e.Yard }).Wide(14).Eg("North yard"),
		Int(8, "year", "Year", func(e *Equipment) *int { return &e.Year }).Tucked(),
		Word(9, "status", "Status", func(e *Equipment) *EquipmentStatus { return &e.Status },
			Choice{"active", "Active"}, Choice{"out of service", "Out of service"}, Choice{"retired", "Retired"}).
			Need().Wide(14).Eg("Active"),
		Bool(10, "shareable", "Shareable", func(e *Equipment) *bool { return &e.Shareable }).Wide(9).Eg("Yes"),
		Money(11, "replacement_value", "Replacement value", func(e *Equipment) *Opt[Cents] { return &e.Replacement }).Tucked(),
		Meter(12, "meter", "Meter", func(e *Equipment) *Opt[Tenths] { return &e.Meter }).Tucked(),
		Long(13, "note", "Note", func(e *Equipment) *string { return &e.Note }).Tucked(),
	}
}

// equipmentTerms are the fields that a loan goes by.
func equipmentTerms() []Field[Equipment] {
	const lending, upkeep, paper = "Lending", "Upkeep", "Papers"
	return []Field[Equipment]{
		Amount(15, "size", "Size", func(e *Equipment) *Opt[Tenths] { return &e.Size }).Tucked().Under(lending).Eg("10").
			Say("The capacity as a number, by which units are found and compared."),
		Text(16, "size_unit", "Size counts", func(e *Equipment) *string { return &e.SizeUnit }).Tucked().Under(lending).Eg("CY"),
		Word(17, "meter_counts", "Meter counts", func(e *Equipment) *MeterKind { return &e.MeterKind },
			Choice{"hours", "Hours"}, Choice{"miles", "Miles"}).Tucked().Under(upkeep),
		Count(18, "buffer", "Turnaround", func(e *Equipment) *Opt[int64] { return &e.Buffer }).In("minutes").Tucked().Under(lending).Eg("60").
			Say("Time behind each loan in which the unit is cleaned and checked; nobody else gets it then."),
		Word(19, "operator_rule", "Operator", func(e *Equipment) *OperatorRule { return &e.OperatorRule },
			Choice{"owner", "Owner's staff"}, Choice{"certified", "With proof"}, Choice{"any", "Anybody"}).Tucked().Under(lending),
		Text(20, "qualification", "Proof needed", func(e *Equipment) *string { return &e.Qualification }).Tucked().Under(lending).Eg("CDL class B"),
		Texts(21, "attachments", "Attachments", func(e *Equipment) *[]string { return &e.Attachments }).Tucked().Under(lending).Eg("Bucket; forks"),
		Word(22, "charge", "Charge", func(e *Equipment) *ChargeRule { return &e.Charge },
			Choice{"none", "No charge"}, Choice{"local", "Owner's rate"}, Choice{"fema", "FEMA rate"}).Tucked().Under(lending),
		Text(23, "fema_code", "FEMA code", func(e *Equipment) *string { return &e.FEMACode }).Tucked().Under(lending).Eg("8722"),
		Int(24, "fema_year", "Schedule year", func(e *Equipment) *int { return &e.FEMAYear }).Tucked().Under(lending).Eg("2025"),
		Money(25, "local_rate", "Local rate", func(e *Equipment) *Opt[Cents] { return &e.LocalRate }).Tucked().Under(lending).Eg("95.00"),
		Word(26, "local_per", "Local rate per", func(e *Equipment) *RatePer { return &e.LocalPer }, ratePers()...).Tucked().Under(lending),
		Text(27, "serial", "Serial number", func(e *Equipment) *string { return &e.Serial }).Tucked().Under(paper),
		Text(28, "nims", "NIMS kind and type", func(e *Equipment) *string { return &e.NIMS }).Tucked().Under(paper).Eg("Dump truck, type 2"),
		Text(29, "insurance", "Insurance", func(e *Equipment) *string { return &e.Insurance }).Tucked().Under(paper),
		Amount(30, "service_every", "Service every", func(e *Equipment) *Opt[Tenths] { return &e.ServiceEvery }).Tucked().Under(upkeep).Eg("250"),
		Amount(31, "service_at", "Service due at", func(e *Equipment) *Opt[Tenths] { return &e.ServiceAt }).Tucked().Under(upkeep).Eg("4250"),
		OnDay(32, "service_due", "Service due on", func(e *Equipment) *Opt[Day] { return &e.ServiceDue }).Tucked().Under(upkeep),
	}
}

// Amount is a number with at most one decimal, such as a size or a count of
// hours.
func Amount[T any](tag int, name, title string, lens func(*T) *Opt[Tenths]) Field[T] {
	t := decimalType[Tenths](ShapeTenths, 1, "a number such as 10 or 3.5")
	t.show = func(dst []byte, v *Tenths, _ *Env) []byte { return append(dst, v.String()...) }
	return Bind(tag, name, title, OptOf(t), lens)
}

// String writes a number of tenths as people do: 10, or 3.5.
func (t Tenths) String() string {
	return strings.TrimSuffix(string(appendDecimal(nil, int64(t), 1)), ".0")
}
