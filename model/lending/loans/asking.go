package loans

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Asking is what is asked for: a line as it is typed, or an order that was
// chosen from what fits.
type Asking struct {
	Line string
	// Row is a booking as a list or a form holds it, in place of a line or an order.
	Row *lending.Reservation
	Order
}

// Made is the detail of a booking.
type Made struct {
	Booked
	Offer             // what a line was answered with; an order alone otherwise
	Out   []value.Day // dates that a line leaves out
}

func bookAct() *field.Act {
	return field.ActOn[field.Alone, Asking]{Name: "loan.book", Title: "Book a unit",
		Makes: "reservations", Rest: "line",
		Help: "Asks for a unit with a line such as: vac tue 8-17 for raytown: clean inlets. A city's own unit is " +
			"booked at " +
			"once; anybody else's is asked of its owner.",
		Words: []string{"borrow", "reserve a unit", "request a loan"},
		Rows:  bookingRows(),
		Args: []field.Field[Asking]{
			field.Text(1, "line", "What and when", func(a *Asking) *string { return &a.Line }).
				Help("What, when, for whom and what for."),
			field.Bool(2, "wait", "Wait for it", func(a *Asking) *bool { return &a.Wait }).
				Help("Go on the wait list when it is taken."),
		},
		History: func(v field.Viewpoint, _ *field.Alone, a *Asking) string { return "book " + a.what(v) },
		Do: func(w field.Writer, _ *field.Alone, a *Asking, _ any) (field.Result, error) {
			if a.Row != nil {
				id, err := Enter(w, w.Now(), a.Row)
				return field.Result{Text: "Entered.", Kind: "reservations", ID: uint64(id)}, err
			}
			made, err := a.book(w)
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: made.says(w),
				Kind: "reservations", ID: uint64(made.IDs[0]), Detail: made}, nil
		}}.Act()
}

// what names what is asked for.
func (a *Asking) what(r field.Reader) string {
	if a.Row != nil {
		return UnitText(r, a.Row)
	}
	if a.Borrower == 0 {
		return a.Line
	}
	return a.Order.what(r)
}

func (o *Order) what(r field.Reader) string {
	if k := field.Get(r, o.Kit); k != nil {
		return k.Name
	}
	return UnitText(r, o.reservation(Stretch{}, ""))
}

// book books the order, or what fits the line best.
func (a *Asking) book(w Writer) (*Made, error) {
	now, made := w.Now(), &Made{Offer: Offer{Order: a.Order}}
	if a.Borrower == 0 {
		l := ReadLine(w, a.Line, now.Day())
		if l.Borrower == 0 {
			l.Borrower = partnership.PartnerID(w.Actor().Partner)
		}
		best, err := Choose(lending.CalendarOf(w, now), l)
		if err != nil && !(a.Wait && failure.CodeOf(err) == failure.Conflict) {
			return nil, err
		}
		best.Order.Wait = a.Wait
		made.Offer, made.Out = best, l.Out
	}
	var err error
	made.Booked, err = Book(w, now, made.Order)
	return made, err
}

// says tells what came of a booking.
func (m *Made) says(r field.Reader) string {
	o := &m.Order
	what := o.what(r)
	at := map[value.Wall]bool{}
	count := map[lending.ReservationState]int64{}
	for _, id := range m.IDs {
		v := field.Get(r, id)
		at[v.Start.V] = true
		count[v.State] += v.Units()
	}
	if n := len(at); n > 1 {
		what += ", " + strconv.Itoa(n) + " times"
	}
	switch unit := field.Get(r, o.Unit); {
	case len(count) > 1 && o.Quantity > 1 && o.Kit == 0 && count[lending.Approved] > 0:
		one := *o
		one.Quantity = int(count[lending.Approved])
		own := one.what(r)
		one.Quantity = int(count[lending.Requested])
		return "Booked: " + own + " of your own. Asked for " + one.what(r) + m.rivals(r)
	case len(count) > 1 && count[lending.Waitlisted] > 0:
		return "Asked for " + what + "; " + strconv.FormatInt(count[lending.Waitlisted], 10) + " of them on the wait list."
	case m.State == lending.Approved:
		return "Booked: " + what + "."
	case m.State == lending.Waitlisted:
		return "On the wait list for " + what + "."
	case unit != nil && o.Kit == 0:
		return "Asked " + partnerName(r, unit.Owner) + " for " + what + "." + m.rivals(r)
	case m.Owner != "" && o.Kit == 0:
		return "Asked " + m.Owner + " for " + what + "." + m.rivals(r)
	}
	return "Asked for " + what + "." + m.rivals(r)
}

// rivals says who else has asked for one of the times.
func (m *Made) rivals(r field.Reader) string {
	for _, id := range m.IDs {
		v := field.Get(r, id)
		q := lending.ClaimOf(v)
		if asked := lending.CalendarOf(r, 0).Asked(q, v.Borrower); v.State == lending.Requested && len(asked) > 0 {
			return " " + alsoAsked(r, asked)
		}
	}
	return ""
}

// alsoAsked says which cities have asked too.
func alsoAsked(r field.Reader, cities []partnership.PartnerID) string {
	var names []string
	for _, p := range cities {
		if n := partnerName(r, p); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "In hours of that time it is asked for by " + text.Joined(names, 4) + " too."
}

// bookSeriesAct makes the bookings of a series that was put on file: on several
// days of the week, or every few weeks, which a line does not say.
func bookSeriesAct() *field.Act {
	return field.ActOn[lending.Series, field.NoArgs]{Name: "series.book", Title: "Book all times", Apart: true,
		Makes: "reservations",
		Help:  "Books every time of a repeated booking, all or none.",
		Words: []string{"book a series"},
		May: func(v field.Viewpoint, s *lending.Series) error {
			for range field.Of[lending.Reservation](v, "series", s.ID) {
				return failure.New(failure.Invalid, "its times are booked already; each is a loan of its own")
			}
			return borrows(v, s.Borrower)
		},
		Do: func(w field.Writer, s *lending.Series, _ *field.NoArgs, _ any) (field.Result, error) {
			made, err := BookSeries(w, w.Now(), s)
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: "Asked for " + strconv.Itoa(len(made.IDs)) + " times.",
				Kind: "reservations", ID: uint64(made.IDs[0])}, nil
		}}.Act()
}

// borrows refuses what is the borrower's to do.
func borrows(v field.Viewpoint, borrower partnership.PartnerID) error {
	if v.By.Is(field.Party(borrower)) {
		return nil
	}
	return failure.New(failure.Forbidden, "the borrower books; ask "+partnerName(v, borrower)+" to")
}

// Standing is the unit that stands in for another.
type Standing struct{ Unit lending.EquipmentID }

func replaceAct() *field.Act {
	return onLoan[Standing]{Name: "loan.replace", Title: "Book another instead", Apart: true,
		Makes: "reservations", Rest: "unit",
		Help:  "Books another unit in place of a loan that was recalled or fell through, for what is left of its time.",
		Words: []string{"substitute"},
		Args: []field.Field[Standing]{field.Ref(1, "unit", "Unit",
			func(s *Standing) *lending.EquipmentID { return &s.Unit }).Required().
			Help("What stands in.")},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			if err := loanStands(v, loan, "replace",
				lending.Recalled, lending.Declined, lending.Cancelled, lending.NoShow); err != nil {
				return err
			}
			return borrows(v, loan.Borrower)
		},
		History: about[Standing]("replace"),
		Do: func(w field.Writer, loan *lending.Reservation, s *Standing, _ any) (field.Result, error) {
			made, err := Replace(w, w.Now(), loan.ID, s.Unit)
			if err != nil {
				return field.Result{}, err
			}
			v := field.Get(w, made.IDs[0])
			return field.Result{Text: "Instead: " + LoanText(w, v) + ", " + string(v.State) + ".",
				Kind: "reservations", ID: uint64(v.ID)}, nil
		}}.Act()
}

// Happened is a loan that is entered when it is over, as after an emergency.
type Happened struct {
	Borrower partnership.PartnerID
	Operator partnership.PersonID
	Purpose  string
	Out      lending.Handover
	Back     lending.Return
}

func happenedFields() []field.Field[Happened] {
	fields := []field.Field[Happened]{
		field.Ref(1, "borrower", "Borrower", func(h *Happened) *partnership.PartnerID { return &h.Borrower }).
			Required(),
		field.Ref(2, "operator", "Operator", func(h *Happened) *partnership.PersonID { return &h.Operator }),
		field.Text(3, "purpose", "Purpose", func(h *Happened) *string { return &h.Purpose }),
	}
	fields = append(fields, field.Part(100, "out_", "Out", func(h *Happened) *lending.Handover { return &h.Out },
		lending.OutgoingFields())...)
	return append(fields, field.Part(200, "back_", "Back", func(h *Happened) *lending.Return { return &h.Back },
		lending.IncomingFields())...)
}

// past is the loan as it is recorded.
func (h *Happened) past(unit lending.EquipmentID) Past {
	return Past{
		Order: Order{Unit: unit, Borrower: h.Borrower, Operator: h.Operator,
			Purpose: h.Purpose, Start: h.Out.At.V, End: h.Back.At.V},
		Out: Out{Inspection: h.Out.Inspection, Transport: h.Out.Transport}, Back: backOf(&h.Back),
	}
}

func recordAct() *field.Act {
	return field.ActOn[lending.Equipment, Happened]{Name: "loan.record", Title: "Record a loan that is over",
		Apart: true, Makes: "reservations",
		Effect: field.Final, Args: happenedFields(),
		Help: "Enters a loan of a unit that has already happened, as after an emergency: the reservation, its " +
			"hand-over and " +
			"its return, with the settlement line. The owner records it.",
		Words: []string{"enter a loan afterwards", "emergency loan"},
		May: func(v field.Viewpoint, u *lending.Equipment) error {
			if v.By.Is(field.Party(u.Owner)) {
				return nil
			}
			return failure.New(failure.Forbidden,
				"the owner of a unit records who had it; ask "+partnerName(v, u.Owner)+" to")
		},
		History: func(_ field.Viewpoint, u *lending.Equipment, _ *Happened) string {
			return "record a loan of " + u.Tag + " " + u.Name
		},
		Do: func(w field.Writer, u *lending.Equipment, h *Happened, _ any) (field.Result, error) {
			id, err := Record(w, w.Now(), h.past(u.ID))
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: "Recorded: " + LoanText(w, field.Get(w, id)) + "." + cameTo(w, id),
				Kind: "reservations", ID: uint64(id)}, nil
		}}.Act()
}
