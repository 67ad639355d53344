package assess_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
)

func TestCarryForwardAndConfirm(t *testing.T) {
	h := newHall(t)
	if err := h.answer(2, h.old, "PR.AA-01", cyber.Documented); err != nil {
		t.Fatal(err)
	}
	done := h.must(city(2), "assess.carry", 0,
		func(args any) { args.(*assess.Beginning).Of = assess.Of{Cycle: h.now, Partner: 2} })
	c := done.Detail.(*cyber.Carried)
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
func (h *hall) sheetOf(p partnership.PartnerID, part string, edit func(string) string) *spreadsheet.Sheet {
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
	table := export.Table{Kind: paper.DelegationKind(), Rows: func(yield func(export.Row) bool) {
		for i, l := range lines {
			if !yield(export.Row{ID: uint64(ids[i]), Rev: view.RevOf("answers", uint64(ids[i])), Rec: l}) {
				return
			}
		}
	}}
	if err := export.WriteCSV(&b, table, field.NewEnv(view, 0), export.Options{}); err != nil {
		h.t.Fatal(err)
	}
	sheet, err := spreadsheet.Read(strings.NewReader(edit(b.String())), "part.csv",
		spreadsheet.ReadOptions{Kind: model.NewSchema().Kind("answers")})
	if err != nil {
		h.t.Fatal(err)
	}
	return sheet
}

// takeSheet takes a colleague's sheet in for Lee's Summit.
func (h *hall) takeSheet(s *spreadsheet.Sheet, cycle cyber.CycleID, theirs ...assess.Clash) (assess.Returned, error) {
	plan, err := run.NewFiles(h.st, city(2), exchange.Rules{}).PlanWithout("answers", s, assess.OwnHeadings())
	if err != nil {
		return assess.Returned{}, err
	}
	done, err := h.act(city(2), "assess.take", 0, func(args any) {
		*args.(*assess.SheetIn) = assess.SheetIn{Of: assess.Of{Cycle: cycle, Partner: 2}, By: "Bo", Plan: plan,
			Theirs: theirs}
	})
	out, _ := done.Detail.(assess.Returned)
	return out, err
}

func TestAPartComesBackFromAColleague(t *testing.T) {
	h := newHall(t)
	for _, item := range []string{"PR.AT-01", "PR.AT-02"} {
		if err := h.answer(2, h.now, item, cyber.InProcess); err != nil {
			t.Fatal(err)
		}
	}
	sheet := h.sheetOf(2, "PR.AT", func(csv string) string { return strings.ReplaceAll(csv, ",5p,", ",6,") })
	// Meanwhile somebody here changes one of the two, and notes the other.
	if err := h.answer(2, h.now, "PR.AT-01", cyber.PartlyStandard); err != nil {
		t.Fatal(err)
	}
	h.must(city(2), "answer.note", 0, func(args any) {
		*args.(*assess.Noting) = assess.Noting{Question: assess.Question{Of: assess.Of{Cycle: h.now, Partner: 2},
			Item: "PR.AT-02"}, Note: "ask HR"}
	})
	out, err := h.takeSheet(sheet, h.now)
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Clashes) != 1 || out.Changed != 2 ||
		!strings.Contains(out.Clashes[0].String(), "PR.AT-01, level: here \"4 Partially") ||
		!strings.Contains(out.Clashes[0].String(), "in the file \"6 Tested") {
		t.Errorf("%s %+v", out, out)
	}
	s, _ := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2, 20700)
	i, _ := s.Framework.Index("PR.AT-01")
	if a := s.Answers[i]; a.Level != cyber.PartlyStandard {
		t.Errorf("what was changed here is lost: %+v", a)
	}
	if a := s.Answers[i+1]; a.Level != cyber.Tested || a.Note != "ask HR" || a.ConfirmedBy != "Bo" {
		t.Errorf("the two changes are not merged: %+v", a)
	}
	if _, err := h.takeSheet(sheet, h.now, out.Clashes...); err != nil {
		t.Fatal(err)
	}
	if s, _ := cyber.ReadSheet(h.st.As(city(2)).View(), h.now, 2, 20700); s.Answers[i].Level != cyber.Tested {
		t.Errorf("the file's value is not taken: %+v", s.Answers[i])
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
	out, err := h.takeSheet(sheet, h.now)
	if err != nil || out.Changed != 2 || len(out.Faults) != 0 {
		t.Fatalf("%s %+v %v", out, out.Faults, err)
	}
	// The same file for another cycle is refused row by row.
	if out, err = h.takeSheet(sheet, h.old); err != nil || out.Changed != 0 {
		t.Errorf("taken for another cycle: %s %v", out, err)
	}
}

func TestStoreWording(t *testing.T) {
	h := newHall(t)
	w := framework.Wording{"GV.OC-01": "first", "PR.AA-01": "second"}
	for _, want := range []int{2, 0} {
		done, err := h.act(access.Alone("k"), "wording.import", 0, func(args any) {
			*args.(*assess.WordingIn) = assess.WordingIn{Version: framework.CSF20, Words: w}
		})
		if n := done.Detail; err != nil || n != want {
			t.Errorf("%v changed, want %d: %v", n, want, err)
		}
	}
	if got := cyber.Official(h.st.As(city(2)).View(), framework.CSF20); len(got) != 2 || got["GV.OC-01"] != "first" {
		t.Errorf("%v", got)
	}
	for _, data := range []string{"", "PK\x03\x04nothing", "<catalog>", "{}", "\x00\x01"} {
		if _, _, err := paper.ReadWording([]byte(data), "x"); failure.CodeOf(err) == "" {
			t.Errorf("%q: %v", data, err)
		}
	}
}
