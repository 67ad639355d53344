package loans

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Asking is what is asked for: a line as it is typed, or an order that was
// chosen from what fits.
type Asking struct {
	Line string
	Kit  lending.KitID // an assembly, all of it or nothing
	// Row is a booking as a list or a form holds it, in place of a line or an order.
	Row *lending.Reservation
	Order
}

// Made is the detail of a booking.
type Made struct {
	Booked
	Order Order
	Unit  *lending.Equipment // the one that fits a line best
	Out   []value.Day        // dates that a line leaves out
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
			return field.Result{Text: made.says(w, a.Kit),
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
	return a.Order.what(r, a.Kit)
}

func (o *Order) what(r field.Reader, kit lending.KitID) string {
	if k := field.Get(r, kit); k != nil {
		return k.Name
	}
	return UnitText(r, o.reservation(Stretch{}, ""))
}

// book books the order, or what fits the line best.
func (a *Asking) book(w Writer) (*Made, error) {
	now, made := w.Now(), &Made{Order: a.Order}
	if a.Borrower == 0 {
		l := ReadLine(w, a.Line, now.Day())
		if l.Borrower == 0 {
			l.Borrower = partnership.PartnerID(w.Actor().Partner)
		}
		order, fit, err := Choose(lending.CalendarOf(w, now), l)
		if err != nil && !(a.Wait && failure.CodeOf(err) == failure.Conflict) {
			return nil, err
		}
		order.Wait = a.Wait
		made.Order, made.Unit, made.Out = order, fit.Unit, l.Out
	}
	var err error
	if a.Kit == 0 {
		made.Booked, err = Book(w, now, made.Order)
		return made, err
	}
	kit := field.Get(w, a.Kit)
	if kit == nil {
		return nil, failure.New(failure.NotFound, "that assembly is no longer there")
	}
	made.Booked, err = BookKit(w, now, kit, made.Order)
	return made, err
}

// says tells what came of a booking.
func (m *Made) says(r field.Reader, kit lending.KitID) string {
	what := m.Order.what(r, kit)
	if n := len(m.IDs); n > 1 && kit == 0 && m.Series != 0 && m.Order.Quantity < 2 {
		what += ", " + strconv.Itoa(n) + " times"
	}
	unit := field.Get(r, m.Order.Unit)
	switch {
	case m.State == lending.Approved:
		return "Booked: " + what + "."
	case m.Order.Quantity > 1 && kit == 0 && m.State == lending.Requested && m.Order.Lender == 0:
		return "Asked " + m.lenders(r) + " for " + what + "."
	case m.State == lending.Waitlisted:
		return "On the wait list for " + what + "."
	case unit != nil && kit == 0:
		said := "Asked " + partnerName(r, unit.Owner) + " for " + what + "."
		for _, id := range m.IDs {
			if also := rivals(r, field.Get(r, id)); also != "" {
				return said + also
			}
		}
		return said
	}
	return "Asked for " + what + "."
}

// lenders names who is asked for several of a category, and for how many each.
func (m *Made) lenders(r field.Reader) string {
	var names []string
	for _, id := range m.IDs {
		if v := field.Get(r, id); v != nil && v.Start.V == m.Order.Start {
			names = append(names, partnerName(r, v.Lender)+" ("+strconv.FormatInt(v.Units(), 10)+")")
		}
	}
	return strings.Join(names, " and ")
}

// rivals says who else has asked for a unit in the same hours and waits for an
// answer.
func rivals(r field.Reader, v *lending.Reservation) string {
	var names []string
	for o := range field.Within[lending.Reservation](r, lending.UnitGroup(v.Unit), v.Start.V, v.End.V) {
		name := partnerName(r, o.Borrower)
		if v.Unit != 0 && o.ID != v.ID && o.Borrower != v.Borrower && !slices.Contains(names, name) &&
			(o.State == lending.Requested || o.State == lending.Waitlisted) {
			names = append(names, name)
		}
	}
	if v.State != lending.Requested || len(names) == 0 {
		return ""
	}
	return " In hours of that time it is asked for by " + strings.Join(names, " and ") + " too."
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
			return field.Result{Text: "Instead: " + LoanText(w, v) + ", " + StateText(v, w.Now()) + ".",
				Kind: "reservations", ID: uint64(v.ID)}, nil
		}}.Act()
}

func passOnAct() *field.Act {
	return onLoan[field.NoArgs]{Name: "loan.pass-on", Title: "Offer to the next", Apart: true, Makes: "reservations",
		Help:  "Offers a unit that the first on its wait list has not taken in a day to the next.",
		Words: []string{"wait list, next"},
		May: func(v field.Viewpoint, loan *lending.Reservation) error {
			switch until := loan.Ready.V + OfferHours*60; {
			case loan.State != lending.Waitlisted || !loan.Ready.Set:
				return failure.New(failure.Invalid, "this loan has not been offered its unit from a wait list")
			case v.Now < until:
				return failure.New(failure.Invalid, partnerName(v, loan.Borrower)+" may think about it until "+
					MomentText(until, v.Now.Day()))
			case !v.By.Is(field.Party(loan.LentBy(v))):
				return failure.New(failure.Forbidden, "the owner offers a unit; ask them to")
			}
			return nil
		},
		History: about[field.NoArgs]("pass on"),
		Do: func(w field.Writer, loan *lending.Reservation, _ *field.NoArgs, _ any) (field.Result, error) {
			had := map[lending.ReservationID]bool{}
			for _, next := range Queue(w, loan.Unit) {
				had[next.ID] = next.Ready.Set
			}
			if err := freed(w, w.Now(), loan.ID, nil); err != nil {
				return field.Result{}, err
			}
			for _, next := range Queue(w, loan.Unit) {
				if next.Ready.Set && !had[next.ID] {
					return field.Done("Offered to the next: " + LoanText(w, next) + "."), nil
				}
			}
			return field.Result{}, failure.New(failure.Invalid, "nobody else waits for it who could have it now")
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
