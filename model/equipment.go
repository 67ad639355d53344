package model

import "strconv"

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

// Equipment is a unit that its owner may lend.
type Equipment struct {
	ID          ID[Equipment]
	Tag         string
	Name        string
	Category    string
	Capacity    string // with its unit, as the field says it: 10 cubic yards
	Owner       ID[Partner]
	Custodian   ID[Person]
	Yard        string
	Year        int
	Status      EquipmentStatus
	Shareable   bool
	Replacement Opt[Cents]
	Meter       Opt[Tenths]
	Note        string
}

// KindName is "equipment".
func (Equipment) KindName() string { return "equipment" }

func equipmentKind() *Kind {
	return Def[Equipment]{
		Tag: 11, One: "unit", Title: "Equipment", Realm: RealmCity, UniqueLabel: true,
		Purpose: "Machines and tools that partners lend one another.",
		ID:      func(e *Equipment) *ID[Equipment] { return &e.ID },
		Label:   func(e *Equipment) string { return e.Tag + " " + e.Name },
		Aliases: func(e *Equipment) []string { return []string{e.Tag} },
		Unique:  [][]string{{"tag"}},
		Parties: func(_ Reader, e *Equipment) []ID[Partner] { return []ID[Partner]{e.Owner} },
		Check: func(c *Checking, before, e *Equipment) {
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
		},
		Fields: []Field[Equipment]{
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
		},
	}.Kind()
}

// ReservationID identifies a reservation.
type ReservationID = ID[Reservation]

// ReservationState is how far a loan has come.
type ReservationState string

// From requested to returned, and the ways out.
const (
	Requested ReservationState = "requested"
	Approved  ReservationState = "approved"
	OutOnLoan ReservationState = "out"
	Returned  ReservationState = "returned"
	Declined  ReservationState = "declined"
	Cancelled ReservationState = "cancelled"
)

// Reservation is one partner's use of another's unit for a while.
type Reservation struct {
	ID       ID[Reservation]
	Unit     ID[Equipment]
	Borrower ID[Partner]
	Contact  ID[Person]
	Start    Opt[Wall]
	End      Opt[Wall] // first moment it is free again
	State    ReservationState
	Purpose  string
	Note     string
}

// KindName is "reservations".
func (Reservation) KindName() string { return "reservations" }

// Holds reports whether the reservation keeps the unit from others.
func (v *Reservation) Holds() bool { return v.State == Approved || v.State == OutOnLoan }

// Overdue reports whether the unit is out past its end. It is worked out,
// never stored; an end that is not recorded is never overdue.
func (v *Reservation) Overdue(now Wall) bool {
	return v.State == OutOnLoan && v.End.Set && v.End.V < now
}

// Overlaps reports whether two reservations share a moment; both ends are
// half-open, so one may begin when the other ends.
func (v *Reservation) Overlaps(o *Reservation) bool {
	return v.Start.Set && v.End.Set && o.Start.Set && o.End.Set && v.Start.V < o.End.V && o.Start.V < v.End.V
}

func reservationKind() *Kind {
	return Def[Reservation]{
		Tag: 12, One: "reservation", Title: "Reservations", Realm: RealmCity,
		Purpose:   "Who has which unit, from when until when.",
		ID:        func(v *Reservation) *ID[Reservation] { return &v.ID },
		Label:     func(*Reservation) string { return "" },
		Recognise: [][]string{{"unit", "start", "borrower"}},
		Parties: func(r Reader, v *Reservation) []ID[Partner] {
			parties := []ID[Partner]{v.Borrower}
			if e := Get(r, v.Unit); e != nil && e.Owner != v.Borrower {
				parties = append(parties, e.Owner)
			}
			return parties
		},
		Check: checkReservation,
		Fields: []Field[Reservation]{
			Ref(1, "unit", "Unit", func(v *Reservation) *ID[Equipment] { return &v.Unit }).Need().Wide(26).Eg("RT-104 Dump truck"),
			Ref(2, "borrower", "Borrower", func(v *Reservation) *ID[Partner] { return &v.Borrower }).Need().Wide(14).Eg("Grandview"),
			Word(5, "state", "State", func(v *Reservation) *ReservationState { return &v.State },
				Choice{"requested", "Requested"}, Choice{"approved", "Approved"}, Choice{"out", "Out"},
				Choice{"returned", "Returned"}, Choice{"declined", "Declined"}, Choice{"cancelled", "Cancelled"}).
				Need().Wide(10).Eg("Requested"),
			AtWall(3, "start", "From", func(v *Reservation) *Opt[Wall] { return &v.Start }).Need().Wide(19).Eg("Tue Mar 2, 8:00 am"),
			AtWall(4, "end", "Until", func(v *Reservation) *Opt[Wall] { return &v.End }).Need().Wide(19).Eg("Thu Mar 4, 5:00 pm"),
			Ref(6, "contact", "Contact", func(v *Reservation) *ID[Person] { return &v.Contact }).Tucked(),
			Text(7, "purpose", "Purpose", func(v *Reservation) *string { return &v.Purpose }).Wide(24).Eg("Leaf pick-up"),
			Long(8, "note", "Note", func(v *Reservation) *string { return &v.Note }).Tucked(),
		},
	}.Kind()
}

func checkReservation(c *Checking, _, v *Reservation) {
	if v.Start.Set && v.End.Set && v.End.V <= v.Start.V {
		c.Add("end", "the loan ends before it starts")
		return
	}
	unit := Get(c, v.Unit)
	if unit == nil || !v.Holds() && v.State != Requested {
		return
	}
	if unit.Status == EquipmentRetired {
		c.Add("unit", unit.Tag+" is retired")
	}
	for other := range Of[Reservation](c, "unit", v.Unit) {
		if other.ID != v.ID && other.Holds() && other.Overlaps(v) {
			note := c.Add
			if v.State == Requested {
				note = c.Warn
			}
			note("start", unit.Tag+" is taken from "+other.Start.V.Long()+" until "+other.End.V.Long()+
				" (reservation #"+strconv.FormatUint(uint64(other.ID), 10)+")")
			return
		}
	}
	if unit.Owner != v.Borrower && v.Start.Set &&
		len(InForceBetween(c, v.Start.V.Day(), unit.Owner, v.Borrower)) == 0 {
		c.Warn("borrower", "no agreement between owner and borrower is on file for that day; check with counsel")
	}
}
