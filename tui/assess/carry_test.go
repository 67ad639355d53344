package assess

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

func TestCarryForwardAndConfirm(t *testing.T) {
	h := newHall(t)
	h.do(city(2), func(tx *store.Tx) error {
		return Answer(tx, h.old, 2, "PR.AA-01", func(a *cyber.Answer) { a.Level = cyber.Documented })
	})
	var c *cyber.Carried
	h.do(city(2), func(tx *store.Tx) (err error) { c, err = CarryForward(tx, h.now, 2); return err })
	if len(c.Answers) != 1 {
		t.Fatalf("%s", c)
	}
	s, err := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2, 20700)
	if err != nil || s.Levels[0] != "" || s.Score(cyber.BySubcategory).Overall.Scored != 0 {
		t.Errorf("an inherited answer counts: %v", err)
	}
	if _, err := h.st.Undo(context.Background(), city(2)); err != nil {
		t.Errorf("carrying forward cannot be taken back: %v", err)
	}
}

// sheetOf sends a part out and reads the file again after edits.
func (h *hall) sheetOf(p partnership.PartnerID, part string, edit func(string) string) *exchange.Sheet {
	h.t.Helper()
	view := h.st.As(city(p)).View()
	s, err := cyber.ReadSheet(view, h.now, p, 20700)
	if err != nil {
		h.t.Fatal(err)
	}
	lines, ids, err := paper.Delegated(s, part)
	if err != nil {
		h.t.Fatal(err)
	}
	var b bytes.Buffer
	table := exchange.Table{Kind: paper.DelegationKind(), Rows: func(yield func(exchange.Row) bool) {
		for i, l := range lines {
			if !yield(exchange.Row{ID: uint64(ids[i]), Rev: view.RevOf("answers", uint64(ids[i])), Rec: l}) {
				return
			}
		}
	}}
	if err := exchange.WriteCSV(&b, table, field.NewEnv(view, 0), exchange.Options{}); err != nil {
		h.t.Fatal(err)
	}
	sheet, err := exchange.Read(strings.NewReader(edit(b.String())), "part.csv", exchange.ReadOptions{Kind: model.NewSchema().Kind("answers")})
	if err != nil {
		h.t.Fatal(err)
	}
	return sheet
}

func TestAPartComesBackFromAColleague(t *testing.T) {
	h := newHall(t)
	h.do(city(2), func(tx *store.Tx) error {
		for _, item := range []string{"PR.AT-01", "PR.AT-02"} {
			if err := Answer(tx, h.now, 2, item, func(a *cyber.Answer) { a.Level, a.Confirmed = cyber.Documented, value.Some(tx.Today()) }); err != nil {
				return err
			}
		}
		return nil
	})
	sheet := h.sheetOf(2, "PR.AT", func(csv string) string { return strings.ReplaceAll(csv, ",3,", ",6,") })
	// Meanwhile somebody here changes one of the two, and notes the other.
	h.do(city(2), func(tx *store.Tx) error {
		if err := Answer(tx, h.now, 2, "PR.AT-01", func(a *cyber.Answer) { a.Level = cyber.PartlyStandard }); err != nil {
			return err
		}
		return Answer(tx, h.now, 2, "PR.AT-02", func(a *cyber.Answer) { a.Note = "ask HR" })
	})
	var asked []string
	out, err := TakeBackFrom(context.Background(), h.st, city(2), sheet, h.now, 2, "Bo", func(c Clash) bool {
		asked = append(asked, c.String())
		return false
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 1 || !strings.Contains(asked[0], "PR.AT-01, level: here \"4 Partially") || !strings.Contains(asked[0], "in the file \"6 Tested") || out.Changed != 2 {
		t.Errorf("asked %q, %s %+v", asked, out, out)
	}
	s, _ := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2, 20700)
	i, _ := s.Framework.Index("PR.AT-01")
	if a := s.Answers[i]; a.Level != cyber.PartlyStandard {
		t.Errorf("what was changed here is lost: %+v", a)
	}
	if a := s.Answers[i+1]; a.Level != cyber.Tested || a.Note != "ask HR" || a.ConfirmedBy != "Bo" {
		t.Errorf("the two changes are not merged: %+v", a)
	}
}

func TestNewAnswersComeBackToo(t *testing.T) {
	h := newHall(t)
	sheet := h.sheetOf(2, "RC", func(csv string) string {
		lines := strings.SplitAfter(csv, "\n")
		for i, l := range lines {
			if strings.Contains(l, "RC.RP-01") || strings.Contains(l, "RC.RP-02") {
				lines[i] = strings.Replace(l, ",,,,,,,,", ",,5p,,,,,,", 1)
			}
		}
		return strings.Join(lines, "")
	})
	out, err := TakeBackFrom(context.Background(), h.st, city(2), sheet, h.now, 2, "Bo", nil)
	if err != nil || out.Changed != 2 || len(out.Faults) != 0 {
		t.Fatalf("%s %+v %v", out, out.Faults, err)
	}
	// The same file for another cycle is refused row by row.
	if out, err = TakeBackFrom(context.Background(), h.st, city(2), sheet, h.old, 2, "Bo", nil); err != nil || out.Changed != 0 {
		t.Errorf("taken for another cycle: %s %v", out, err)
	}
}

func TestStoreWording(t *testing.T) {
	h := newHall(t)
	w := framework.Wording{"GV.OC-01": "first", "PR.AA-01": "second"}
	for _, want := range []int{2, 0} {
		n, err := StoreWording(context.Background(), h.st, access.Alone("k"), framework.CSF20, w)
		if err != nil || n != want {
			t.Errorf("%d changed, want %d: %v", n, want, err)
		}
	}
	if got := cyber.Official(h.st.As(city(2)).View(), framework.CSF20); len(got) != 2 || got["GV.OC-01"] != "first" {
		t.Errorf("%v", got)
	}
	for _, data := range []string{"", "PK\x03\x04nothing", "<catalog>", "{}", "\x00\x01"} {
		if _, _, err := ReadWording([]byte(data), "x"); failure.CodeOf(err) == "" {
			t.Errorf("%q: %v", data, err)
		}
	}
}
