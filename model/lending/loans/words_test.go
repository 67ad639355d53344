package loans_test

import (
	"testing"

	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/value"
)

func TestWhatALoanIsCalled(t *testing.T) {
	w := yard(t)
	size := func(v *lending.Reservation) { v.Minimum = value.Some[value.Tenths](105) }
	none := func(*lending.Reservation) {}
	for want, v := range map[string]*lending.Reservation{
		"RT-104 Dump truck for Grandview, Mar 9 8 am–5 pm": field.Get(w, lent(t, w, lending.Approved, none)),
		"any dump truck for Grandview, Mar 9 8 am–5 pm": field.Get(w,
			lent(t, w, lending.Approved, anyTruck(1, 0))),
		"2 × any dump truck of 10.5 or more for Grandview, Mar 9 8 am–5 pm": field.Get(w,
			lent(t, w, lending.Approved, anyTruck(2, 0), size)),
		"any crane for ":        {Category: "crane", Start: value.Some(at(3, 9, 8, 0))},
		"any crane for Raytown": {Category: "crane", Borrower: raytown, End: value.Some(at(3, 9, 8, 0))},
	} {
		if got := loans.LoanText(w, v); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHowTimesAreWritten(t *testing.T) {
	today := value.Date(2027, 3, 4)
	for got, want := range map[string]string{
		loans.ShortWhen(at(3, 9, 8, 0), at(3, 9, 17, 30)):        "Mar 9 8 am–5:30 pm",
		loans.ShortWhen(at(3, 9, 11, 59), at(3, 9, 12, 0)):       "Mar 9 11:59 am–12 pm",
		loans.ShortWhen(at(3, 9, 8, 0), at(3, 10, 0, 0)):         "Mar 9 8 am–Mar 10 12 am",
		loans.MomentText(at(12, 31, 23, 5), today):               "Fri Dec 31, 11:05 pm",
		loans.MomentText(value.Date(2028, 1, 1).At(0, 0), today): "Sat Jan 1 2028, 12:00 am",
		loans.DaysText(nil):                                        "",
		loans.DaysText([]value.Day{today}):                         "Mar 4",
		loans.DaysText([]value.Day{today, today + 7}):              "Mar 4 and Mar 11",
		loans.DaysText([]value.Day{today, value.Date(2028, 1, 4)}): "Mar 4 and Jan 4 2028",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	var days []value.Day // of many the first ones and the last
	for range 9 {
		days = append(days, today+value.Day(len(days)))
	}
	if got := loans.DaysText(days[:8]); got != "Mar 4, Mar 5, Mar 6, Mar 7, Mar 8, Mar 9, Mar 10 and Mar 11" {
		t.Errorf("eight: %q", got)
	}
	if got := loans.DaysText(days); got != "Mar 4, Mar 5, Mar 6, Mar 7, Mar 8, Mar 9, … and Mar 12" {
		t.Errorf("nine: %q", got)
	}
}

func TestHowALoanStands(t *testing.T) {
	now := at(3, 9, 12, 0)
	for _, state := range allStates {
		want := string(state)
		switch state {
		case lending.Waitlisted:
			want = "on the wait list"
		case lending.OutOnLoan:
			want = "out"
		case lending.NoShow:
			want = "not fetched"
		}
		if got := loans.StateText(cities(), &lending.Reservation{State: state, End: value.Some(now)}, now); got != want {
			t.Errorf("%s is said as %q", state, got)
		}
	}
	late := &lending.Reservation{State: lending.OutOnLoan, End: value.Some(now - 1)}
	if got := loans.StateText(cities(), late, now); got != "overdue" {
		t.Errorf("a minute past its end: %q", got)
	}
}

func TestWhatTermsAreSaidToCost(t *testing.T) {
	rate := func(per lending.RatePer, source string) lending.Terms {
		return lending.Terms{Basis: lending.BasisClock, Rate: value.Some(value.Cents(120_74).Price()), Per: per,
			Source: source}
	}
	unset := rate(lending.PerHour, "")
	unset.Rate.Set = false
	waived := rate(lending.PerHour, "")
	waived.Basis = lending.BasisWaived
	for want, terms := range map[string][]lending.Terms{
		"no charge":             {{}, unset, waived},
		"$120.74 an hour":       {rate(lending.PerHour, "Raytown")},
		"$120.74 a mile":        {rate(lending.PerMile, "Raytown")},
		"$120.74 a day":         {rate(lending.PerDay, "Raytown")},
		"$120.74 a loan":        {rate(lending.PerLoan, "")},
		"$120.74 an hour, FEMA": {rate(lending.PerHour, lending.SourceFEMA)},
	} {
		for _, terms := range terms {
			if got := loans.RateText(terms); got != want {
				t.Errorf("%+v: %q, want %q", terms, got, want)
			}
		}
	}
}

// The words of an act on a request say whom it is asked of.
func TestWhatABookingIsSaidToBe(t *testing.T) {
	w := yard(t)
	act := loans.Acts().Named("loan.book")
	for want, a := range map[string]*loans.Asking{
		"book vac tue 8-17":       {Line: "vac tue 8-17"},
		"book RT-104 Dump truck":  {Order: loans.Order{Unit: 1, Borrower: grandview}},
		"book 2 × any dump truck": {Order: loans.Order{Category: "dump truck", Quantity: 2, Borrower: grandview}},
	} {
		if got := act.HistoryTitle(w.View(), nil, a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
