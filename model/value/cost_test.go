package value

import "testing"

func TestCostsAreWorkedOutToTheCent(t *testing.T) {
	for _, c := range []struct {
		cost         Cost
		amount       Opt[Cents]
		source, show string
	}{
		{"84.10", Some[Cents](84_10), "", "$84.10"},
		{"$1,250", Some[Cents](1250_00), "", "$1,250.00"},
		{"0", Some[Cents](0), "", "$0.00"},
		{"84.10 receipt 4411", Some[Cents](84_10), "receipt 4411", "$84.10, receipt 4411"},
		{"84.10, receipt 4411", Some[Cents](84_10), "receipt 4411", "$84.10, receipt 4411"},
		{"12.4 gal at 3.499", Some[Cents](43_39), "12.4 gal at 3.499", "12.4 gal at 3.499 = $43.39"}, // 43.3876
		{"12.4gal@$3.499, receipt 4411", Some[Cents](43_39), "12.4 gal at 3.499, receipt 4411", "12.4 gal at 3.499 = " +
			"$43.39, receipt 4411"},
		{"6.5 h at 42.50", Some[Cents](276_25), "6.5 h at 42.50", "6.5 h at 42.50 = $276.25"},
		{"6.5 hours at 42.50; time sheet", Some[Cents](276_25), "6.5 hours at 42.50, time sheet",
			"6.5 hours at 42.50 = $276.25, time sheet"},
		{"12.4 gal at3.499", Some[Cents](43_39), "12.4 gal at 3.499", "12.4 gal at 3.499 = $43.39"},
		{"12.4 gal at 3.499/gal receipt", Some[Cents](43_39), "12.4 gal at 3.499, receipt", "12.4 gal at 3.499 = " +
			"$43.39, receipt"},
		{"2 x75", Some[Cents](150_00), "2 at 75", "2 at 75 = $150.00"},
		{"2 x 75", Some[Cents](150_00), "2 at 75", "2 at 75 = $150.00"},
		{"0.5 gal at 0.01", Some[Cents](1), "0.5 gal at 0.01", "0.5 gal at 0.01 = $0.01"}, // half a cent goes up
		{"12.4 gal", Opt[Cents]{}, "12.4 gal, price not recorded", "12.4 gal, price not recorded"},
		{"6.5 h, time sheet", Opt[Cents]{}, "6.5 h, price not recorded, time sheet", "6.5 h, price not recorded, " +
			"time sheet"},
		{"", Opt[Cents]{}, "", ""},
	} {
		got, err := c.cost.Amount()
		if err != nil || got != c.amount || c.cost.Source() != c.source || c.cost.String() != c.show {
			t.Errorf("%q comes to %v (%v) from %q, shown as %q", c.cost, got, err, c.cost.Source(), c.cost.String())
		}
	}
}

func TestCostsThatCannotBeReadAreRefused(t *testing.T) {
	for _, c := range []Cost{"full", "-5", "12.345", "12.4 gal at", "12.4 gal at full", "12.4 gal 43.39", "84 10",
		"0 gal at 3", "1e9",
		"84.10 $5", "$4 gal at 3", "12,50", "1000000000", "123456 gal at 3", "1.2345 h at 3", "."} {
		if amount, err := c.Amount(); err == nil {
			t.Errorf("%q comes to %v", c, amount)
		}
	}
}

func FuzzCost(f *testing.F) {
	for _, s := range []string{"84.10", "12.4 gal at 3.499, receipt", "2 x 75", "6.5h", "$1,250", "99999.999 gal at " +
		"99999.9999", "@", "1 @ @", "1, gal"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		amount, err := Cost(s).Amount()
		if amount.Or(0) < 0 || err != nil && amount.Set {
			t.Fatalf("%q comes to %v (%v)", s, amount, err)
		}
		if err == nil && amount.Set && Cost(Cost(s).String()).String() == "" {
			t.Fatalf("%q is shown as nothing", s)
		}
	})
}
