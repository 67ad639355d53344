package cyber

import (
	"strings"
	"testing"

	"interlocal/model/failure"
)

func TestChoicesAreTheReviewsEight(t *testing.T) {
	var values []int
	marks, keys := map[rune]bool{'·': true}, map[string]bool{}
	for _, c := range Choices() {
		if v, ok := c.Level.Value(); ok {
			values = append(values, v)
		}
		if marks[c.Mark] || keys[c.Keys] {
			t.Errorf("%s shares its mark or keys with another", c.Label)
		}
		marks[c.Mark], keys[c.Keys] = true, true
		if Mark(c.Level) != c.Mark || !strings.Contains(Label(c.Level), c.Label) || c.Meaning == "" {
			t.Errorf("%s reads %q, %q", c.Label, Label(c.Level), Mark(c.Level))
		}
	}
	want := []int{1, 2, 3, 4, 5, 5, 6, 7}
	for i, v := range want {
		if len(values) != len(want) || values[i] != v {
			t.Fatalf("values %v, want %v", values, want)
		}
	}
	if Mark(Unanswered) != '·' || Label(Unanswered) != "Not answered" ||
		Label(RiskAccepted) != "5 Risk Formally Accepted" {
		t.Errorf("%q %q %q", Mark(Unanswered), Label(Unanswered), Label(RiskAccepted))
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		keys  string
		want  Level
		press Press
	}{
		{"1", NotPerformed, Answered},
		{"2", Informal, Answered},
		{"3", Documented, Answered},
		{"4", PartlyStandard, Answered},
		{"5", Unanswered, HalfWay},
		{"5p", InProcess, Answered},
		{"5P", InProcess, Answered},
		{"5a", RiskAccepted, Answered},
		{"55", Unanswered, NoAnswer},
		{"56", Unanswered, NoAnswer},
		{"6", Tested, Answered},
		{"7", Optimized, Answered},
		{"0", NotApplicable, Answered},
		{"-", UnknownToAnyone, Answered},
		{"8", Unanswered, NoAnswer},
		{"p", Unanswered, NoAnswer},
		{"é", Unanswered, NoAnswer},
	} {
		var got Level
		var press Press
		for _, key := range c.keys {
			got, press = Key(press == HalfWay, key)
		}
		if got != c.want || press != c.press {
			t.Errorf("%q gives %q, %d", c.keys, got, press)
		}
	}
}

func TestEveryAnswerTakesAtMostTwoKeys(t *testing.T) {
	for _, c := range Choices() {
		press, got := NoAnswer, Unanswered
		for _, key := range c.Keys {
			got, press = Key(press == HalfWay, key)
		}
		if got != c.Level || press != Answered || len(c.Keys) > 2 {
			t.Errorf("%s: keys %q give %q", c.Label, c.Keys, got)
		}
	}
}

func TestParseLevel(t *testing.T) {
	for text, want := range map[string]Level{
		"": Unanswered, "  ": Unanswered, "1": NotPerformed, "5p": InProcess, "5A": RiskAccepted,
		"5 - Risk Formally Accepted": RiskAccepted, "Implementation in Process (5)": InProcess,
		"partially documented standards and/or procedures": PartlyStandard,
		"7: Optimized": Optimized, "N/A": NotApplicable, "not applicable": NotApplicable,
		"unknown": UnknownToAnyone, "-": UnknownToAnyone, "?": UnknownToAnyone, "6": Tested,
		"Don't know": UnknownToAnyone, "Do Not Know": UnknownToAnyone, "NOT KNOWN": UnknownToAnyone,
		"Level 3": Documented, "level: 2": Informal, "Maturity Level 6": Tested, "4.0": PartlyStandard,
		"5 - in process": InProcess, "5 (accepted by council)": RiskAccepted, "5p - since May": InProcess,
		"N/A - no SCADA": NotApplicable, "n.a.": NotApplicable, "NA": NotApplicable,
		"Not applicable: no plant": NotApplicable,
		"4 - see binder":           PartlyStandard, "4 (partially)": PartlyStandard, "6 – not yet verified": Tested,
		"INFORMALLY PERFORMED": Informal, "Optimised": Optimized, "Partially documented": PartlyStandard,
		"Tested and Verified (6)": Tested, "risk accepted until June": RiskAccepted,
	} {
		if got, err := ParseLevel(text); err != nil || got != want {
			t.Errorf("%q is read as %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"5", "8", "0", "high", "5x", "!!", "3.5", "12", "-1", "4 Optimized",
		"5 - tested", "3 - informal", "Level 5", "Tested and Verified (5)", "see page 3", "High", "national",
		"3rd", "5 pm", "untested", "yes",
		strings.Repeat("x", 4000)} {
		got, err := ParseLevel(text)
		if failure.CodeOf(err) != failure.Invalid || got != Unanswered {
			t.Errorf("%.20q is read as %q, %v", text, got, err)
		} else if len(err.Error()) > 200 {
			t.Errorf("%.20q gives a sentence of %d characters", text, len(err.Error()))
		}
	}
	for _, c := range Choices() {
		for _, text := range []string{string(c.Level), c.Label, Label(c.Level)} {
			if got, err := ParseLevel(text); err != nil || got != c.Level {
				t.Errorf("%q is read as %q, %v; want %q", text, got, err, c.Level)
			}
		}
	}
}
