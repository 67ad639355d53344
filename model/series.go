package model

// SeriesID identifies a series.
type SeriesID = ID[Series]

// Weekday is a day of the week on which a series falls.
type Weekday string

func weekdays() []Choice {
	return []Choice{{"mon", "Monday"}, {"tue", "Tuesday"}, {"wed", "Wednesday"}, {"thu", "Thursday"}, {"fri", "Friday"},
		{"sat", "Saturday"}, {"sun", "Sunday"}}
}

// Series is a booking that repeats. It says when; each time is a reservation
// of its own that refers to it, so that one can be moved or given up.
type Series struct {
	ID       ID[Series]
	Unit     ID[Equipment]
	Category string
	Minimum  Opt[Tenths]
	Lender   ID[Partner]
	Borrower ID[Partner]
	Start    Opt[Wall] // of the first time
	End      Opt[Wall]
	Every    Opt[int64] // weeks; unset means one
	Days     []Weekday  // none means the weekday of the first time
	Until    Opt[Day]   // last day on which a time may begin
	Except   []Day
	Purpose  string
}

// KindName is "series".
func (Series) KindName() string { return "series" }

func seriesKind() *Kind {
	return Def[Series]{
		Tag: 33, One: "series", Title: "Repeated bookings", Realm: RealmCity, Numbered: true,
		Purpose:   "Bookings that come again every week or every few weeks.",
		ID:        func(v *Series) *ID[Series] { return &v.ID },
		Label:     func(*Series) string { return "" },
		Recognise: [][]string{{"unit", "start", "borrower"}},
		Parties: func(r Reader, v *Series) []Party {
			if e := Get(r, v.Unit); e != nil && e.Owner != v.Borrower {
				return []Party{Party(v.Borrower), Party(e.Owner)}
			}
			return []Party{Party(v.Borrower)}
		},
		Check: func(c *Checking, _, v *Series) {
			if v.Unit == 0 && v.Category == "" {
				c.Add("unit", "name the unit or the category that is booked again and again")
			}
			if v.Start.Set && v.End.Set && v.End.V <= v.Start.V {
				c.Add("end", "each time ends after it starts")
			}
			if n := v.Every.Or(1); n < 1 || n > 52 {
				c.Add("every", "a series comes again after 1 to 52 weeks")
			}
			if v.Until.Set && v.Start.Set && (v.Until.V < v.Start.V.Day() || v.Until.V > v.Start.V.Day()+3*366) {
				c.Add("until", "the last day is not before the first, and within three years of it")
			}
		},
		Fields: []Field[Series]{
			Ref(1, "unit", "Unit", func(v *Series) *ID[Equipment] { return &v.Unit }).Names().Wide(26).Eg("RT-104 Dump truck"),
			Text(2, "category", "Any", func(v *Series) *string { return &v.Category }).Names().Tucked(),
			Amount(3, "minimum", "Size at least", func(v *Series) *Opt[Tenths] { return &v.Minimum }).Tucked(),
			Ref(4, "lender", "Asked of", func(v *Series) *ID[Partner] { return &v.Lender }).Tucked(),
			Ref(5, "borrower", "Borrower", func(v *Series) *ID[Partner] { return &v.Borrower }).Need().Wide(14).Eg("Grandview"),
			AtWall(6, "start", "First from", func(v *Series) *Opt[Wall] { return &v.Start }).Need().Wide(19).Eg("Tue Mar 2, 8:00 am"),
			AtWall(7, "end", "First until", func(v *Series) *Opt[Wall] { return &v.End }).Need().Wide(19).Eg("Tue Mar 2, 5:00 pm"),
			Count(8, "every", "Every", func(v *Series) *Opt[int64] { return &v.Every }).In("weeks").Wide(6).Eg("1"),
			Words(9, "days", "On", func(v *Series) *[]Weekday { return &v.Days }, weekdays()...).Wide(14).Eg("Tuesday"),
			OnDay(10, "until", "Last day", func(v *Series) *Opt[Day] { return &v.Until }).Need().Eg("Jun 30, 2027"),
			Bind(11, "except", "Not on", ListOf(dayType()), func(v *Series) *[]Day { return &v.Except }).Tucked(),
			Text(12, "purpose", "Purpose", func(v *Series) *string { return &v.Purpose }).Tucked(),
		},
	}.Kind()
}
