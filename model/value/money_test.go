package value_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlocal/model/failure"
	"interlocal/model/value"
)

func TestParseMoney(t *testing.T) {
	for text, want := range map[string]value.Cents{
		"0": 0, "0.00": 0, "1": 100, "1250": 125000, "1,250": 125000, "1,250.5": 125050, "1,250.50": 125050,
		"$1,250.50": 125050,
		" $ 1,250 ": 125000, "99.90": 9990, ".5": 50, "5.": 500, "-3": -300, "-$3.25": -325, "$-3.25": -325,
		"(3.25)": -325, "($1,250)": -125000,
		"748,000": 74_800_000, "12,345,678.90": 1_234_567_890, "1 250": 125000, "1\u00a0250": 125000, "0012": 1200,
		"1.2300": 123,
	} {
		if got, err := value.ParseDecimal(text, 2, "money"); err != nil || value.Cents(got) != want {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "$", "-", ".", "x", "1.234", "1.2.3", "--5", "5-", "1e5", "(5", "5)", "-(5)",
		"()", "0x10", "1,25", "12,50",
		"1,2500", ",5", "1,", "1,250,5", "1.250,00", "9999999999999999", "١٢"} {
		if got, err := value.ParseDecimal(text, 2, "money"); err == nil {
			t.Errorf("%q is taken for %d", text, got)
		} else if failure.CodeOf(err) != failure.Invalid || !strings.Contains(err.Error(), "money") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestMoneyComesBack: an amount written for files or for people is read as the
// same amount.
func TestMoneyComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Int64Range(-1e15, 1e15).Draw(t, "cents")
		for _, text := range []string{string(value.AppendDecimal(nil, v, 2)), value.Cents(v).String()} {
			if got, err := value.ParseDecimal(text, 2, "money"); err != nil || got != v {
				t.Fatalf("%d is written %q and read as %d (%v)", v, text, got, err)
			}
		}
		if got, err := value.ParseDecimal(string(value.AppendDecimal(nil, v, 1)), 1, "a reading"); err != nil ||
			got != v {
			t.Fatalf("tenths: %d is read as %d (%v)", v, got, err)
		}
	})
}

func TestShowMoney(t *testing.T) {
	for v, want := range map[value.Cents]string{0: "$0.00", 5: "$0.05", 99: "$0.99", 100: "$1.00",
		74_800_000: "$748,000.00", -125050: "-$1,250.50",
		100_000_000_00: "$100,000,000.00", math.MaxInt64: "$92,233,720,368,547,758.07"} {
		if got := v.String(); got != want {
			t.Errorf("%d is shown %q, want %q", v, got, want)
		}
	}
	c := holderColumns()["percent"]
	for v, want := range map[value.Percent]string{0: "0%", 1250: "12.5%", 10000: "100%", 1: "0.01%", -50: "-0.5%"} {
		if got := string(c.Show(nil, &holder{Percent: value.Some(v)}, nil)); got != want {
			t.Errorf("%d is shown %q, want %q", v, got, want)
		}
	}
}

func TestParseWholeNumbers(t *testing.T) {
	c := holderColumns()["count"]
	for text, want := range map[string]int64{"0": 0, "30012": 30012, "30,012": 30012, "-5": -5, "1 000": 1000,
		"1,234,567": 1234567} {
		var h holder
		if err := c.Parse(&h, text, nil); err != nil || !h.Count.Set || h.Count.V != want {
			t.Errorf("%q is %v (%v), want %d", text, h.Count, err, want)
		}
	}
	for _, text := range []string{"x", "1.5", "30,01", "3,0012", ",1", "1,", "9223372036854775808", "1e3"} {
		var h holder
		if err := c.Parse(&h, text, nil); err == nil {
			t.Errorf("%q is taken for %v", text, h.Count)
		}
	}
	var h holder
	if err := c.Parse(&h, "", nil); err != nil || h.Count.Set {
		t.Errorf("blank is %v (%v), not unset", h.Count, err)
	}
}
