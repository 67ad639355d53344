package partnership_test

import (
	"testing"

	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Numbers of the founding partners.
const (
	independence partnership.PartnerID = iota + 1
	leesSummit
	blueSprings
	grandview
	raytown
)

func put(t *testing.T, w *fieldtest.Writer, recs ...field.Record) {
	t.Helper()
	for _, rec := range recs {
		if _, err := w.Put(rec.KindName(), rec); err != nil {
			t.Fatal(err)
		}
	}
}

func closed(city partnership.PartnerID, d value.Day, name string, half bool) *partnership.Holiday {
	return &partnership.Holiday{Partner: city, Day: value.Some(d), Name: name, Half: half}
}

// Packets and notices of council meetings in January 2027, around Martin Luther
// King Day.
func TestBusinessDaysBeforeAMeeting(t *testing.T) {
	w := founded(t)
	king := value.Date(2027, 1, 18)
	put(t, w, closed(raytown, king, "Martin Luther King Day", false),
		closed(independence, king, "Martin Luther King Day", false))
	meeting := value.Date(2027, 1, 19)
	for name, c := range map[string]struct {
		city partnership.PartnerID
		days int
		want value.Day
	}{
		"the clerk's packet, six days before":       {raytown, 6, value.Date(2027, 1, 8)},
		"a notice of 24 hours":                      {raytown, 1, value.Date(2027, 1, 15)},
		"steps of eight days from a text of 4 Jan":  {raytown, 8, value.Date(2027, 1, 6)},
		"the same in Independence":                  {independence, 8, value.Date(2027, 1, 6)},
		"a city that keeps no such day on file":     {grandview, 6, value.Date(2027, 1, 11)},
		"no business day before is the day itself":  {raytown, 0, meeting},
		"of no city weekdays alone count":           {0, 1, king},
		"in a week without holidays it is a Monday": {blueSprings, 1, king},
	} {
		if got := partnership.CalendarOf(w, c.city).Before(meeting, c.days); got != c.want {
			t.Errorf("%s: %s, want %s", name, got.Dated(), c.want.Dated())
		}
	}
	want := "6 business days before Tue 19 Jan 2027: Fri 8 Jan 2027, by the calendar of Raytown"
	if got := partnership.CalendarOf(w, raytown).CountedBack(meeting, 6); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	want = "1 business day before Tue 19 Jan 2027: Mon 18 Jan 2027"
	if got := partnership.CalendarOf(w, grandview).CountedBack(meeting, 1); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Two cities that differ by a day are both right; a half day counts.
func TestEachCityKeepsItsOwnDays(t *testing.T) {
	w := founded(t)
	friday, eve := value.Date(2027, 11, 26), value.Date(2027, 12, 24)
	put(t, w, closed(raytown, friday, "Day after Thanksgiving", false),
		closed(leesSummit, value.Date(2027, 7, 5), "Independence Day", false),
		closed(raytown, eve, "Christmas Eve", true), closed(leesSummit, eve, "Christmas Eve", false),
		&partnership.Holiday{Partner: raytown, Name: "of no day"})
	ours, theirs := partnership.CalendarOf(w, raytown), partnership.CalendarOf(w, leesSummit)
	for _, c := range []struct {
		day          value.Day
		ours, theirs bool
	}{{friday, false, true}, {value.Date(2027, 7, 5), true, false}, {eve, true, false},
		{value.Date(2027, 11, 27), false, false},
		{value.Date(2027, 11, 28), false, false}, {value.Date(2027, 11, 29), true, true}} {
		if ours.Open(c.day) != c.ours || theirs.Open(c.day) != c.theirs {
			t.Errorf("%s: %v and %v", c.day.Dated(), ours.Open(c.day), theirs.Open(c.day))
		}
	}
	if got := ours.Latest(value.Date(2027, 11, 28)); got != value.Date(2027, 11, 25) {
		t.Errorf("over a long weekend: %s", got.Dated())
	}
	for day, want := range map[value.Day]string{
		value.Date(2029, 12, 15): "; reminder Fri 14, by the calendar of Raytown",
		value.Date(2027, 8, 1):   "; reminder Fri 30 Jul, by the calendar of Raytown",
		value.Date(2027, 11, 29): "",
	} {
		if got := ours.Reminder(day); got != want {
			t.Errorf("%s: %q, want %q", day.Dated(), got, want)
		}
	}
}

func TestFiscalYears(t *testing.T) {
	w := founded(t)
	for name, c := range map[string]struct {
		city        partnership.PartnerID
		on          value.Day
		first, last value.Day
	}{
		"Lee's Summit, from July": {leesSummit, value.Date(2027, 4, 11), value.Date(2026, 7, 1),
			value.Date(2027, 6, 30)},
		"Blue Springs, from October": {blueSprings, value.Date(2027, 10, 1), value.Date(2027, 10, 1),
			value.Date(2028, 9, 30)},
		"Raytown, from November, after a notice": {raytown, value.Date(2027, 4, 11), value.Date(2026, 11, 1),
			value.Date(2027, 10, 31)},
		"its first day": {raytown, value.Date(2027, 11, 1), value.Date(2027, 11, 1),
			value.Date(2028, 10, 31)},
		"its last": {raytown, value.Date(2027, 10, 31), value.Date(2026, 11, 1),
			value.Date(2027, 10, 31)},
	} {
		first, last, ok := field.Get(w, c.city).FiscalYear(c.on)
		if !ok || first != c.first || last != c.last {
			t.Errorf("%s: %s to %s", name, first.Dated(), last.Dated())
		}
	}
	if _, _, ok := field.Get(w, grandview).FiscalYear(value.Date(2027, 4, 11)); ok {
		t.Error("a fiscal year that nobody has recorded is known")
	}
	// The budget goes to the council of Blue Springs 60 days before the year begins.
	first, _, _ := field.Get(w, blueSprings).FiscalYear(value.Date(2027, 10, 1))
	if got := first - 60; got != value.Date(2027, 8, 2) {
		t.Errorf("the budget of Blue Springs is due %s", got.Dated())
	}
}

// Briefed on 13 April 2026: a year on, or the end of the fiscal year that follows.
func TestBriefingsCountByTheBodysOwnYear(t *testing.T) {
	w := founded(t)
	w.At = value.Date(2027, 4, 1).At(9, 0)
	for city, c := range map[partnership.PartnerID]struct {
		due value.Day
		how string
	}{
		grandview: {value.Date(2027, 4, 13), "12 months after Mon 13 Apr 2026: Tue 13 Apr 2027"},
		leesSummit: {value.Date(2027, 6, 30), "12 months after Mon 13 Apr 2026: Tue 13 Apr 2027; the fiscal year of " +
			"Lee's Summit that follows ends later: Wed 30 Jun 2027"},
		raytown: {value.Date(2027, 10, 31), "12 months after Mon 13 Apr 2026: Tue 13 Apr 2027; the fiscal year of " +
			"Raytown that follows ends later: Sun 31 Oct 2027; reminder Fri 29"},
	} {
		put(t, w, &partnership.Briefing{Partner: city, Date: value.Some(value.Date(2026, 4, 13)),
			Status: partnership.BriefingGiven})
		w.At = (c.due - 10).At(9, 0)
		found := false
		for d := range w.View().Due(partnership.KindPartners) {
			if d.ID == uint64(city) {
				found = true
				if d.On != value.Some(c.due) || d.How() != c.how || d.Urgency != field.DueSoon || len(d.For) != 1 ||
					d.For[0] != field.Party(city) {
					t.Errorf("%s, %q, %s, for %v", d.On.V.Dated(), d.How(), d.Urgency, d.For)
				}
			}
		}
		if !found {
			t.Errorf("partner %d: nothing is due", city)
		}
	}
}

func TestNoticeTellsItsArithmetic(t *testing.T) {
	w := founded(t)
	put(t, w, &partnership.Agreement{Title: "Loans", Status: partnership.AgreementSigned,
		Parties:   []partnership.PartnerID{independence, raytown},
		Effective: value.Some(value.Date(2027, 3, 16)), Expires: value.Some(value.Date(2030, 3, 15)),
		NoticeDays: value.Some[int64](90)})
	w.At = value.Date(2029, 12, 1).At(9, 0)
	var got []string
	for d := range w.View().Due(partnership.KindAgreements) {
		if d.Line != nil {
			got = append(got, d.Line(), d.How())
		}
	}
	want := []string{"Notice on “Loans” is in time until Dec 15, 2029 (in 14 days)", "90 days before Fri 15 Mar " +
		"2030: Sat 15 Dec 2029; reminder Fri 14"}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%q", got)
	}
	put(t, w, closed(raytown, value.Date(2029, 12, 14), "Founders' Day", false))
	for by, want := range map[partnership.PartnerID]string{
		independence: "90 days before Fri 15 Mar 2030: Sat 15 Dec 2029; reminder Fri 14",
		raytown:      "90 days before Fri 15 Mar 2030: Sat 15 Dec 2029; reminder Thu 13, by the calendar of Raytown",
	} {
		w.By = field.Actor{Partner: field.Party(by)}
		for d := range w.View().Due(partnership.KindAgreements) {
			if d.Line != nil && d.How() != want {
				t.Errorf("for partner %d: %q", by, d.How())
			}
		}
	}
}
