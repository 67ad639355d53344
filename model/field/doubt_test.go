package field_test

import (
	"testing"

	"interlocal/model/field"
)

// TestADoubtPassesByANameAndAReason that can be read, and by nothing less.
func TestADoubtPassesByANameAndAReason(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		passes       bool
	}{
		{"Dana Reyes", "storm damage", true},
		{"李", "大雨", true},
		{"", "storm damage", false},
		{"Dana Reyes", " ", false},
		{"\u200b", "storm damage", false},
		{"Dana Reyes", "\u200b\u2060", false},
		{"Dana Reyes", "-", false},
		{"\x07", "\x07", false},
	} {
		w := doubted{answer: &field.Override{Name: c.name, Reason: c.reason}}
		err := field.Unanswered(w, field.Doubt{About: "agreement", Sentence: "no agreement is on file"})
		if (err == nil) != c.passes {
			t.Errorf("%q: %q: %v", c.name, c.reason, err)
		}
	}
}

// doubted is a writer to whom somebody has answered.
type doubted struct {
	field.Writer
	answer *field.Override
}

func (w doubted) Override() *field.Override { return w.answer }
