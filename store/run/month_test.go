package run

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/lending/rates"
	"interlocal/model/value"
	"interlocal/store"
)

// steps brings the same loans in by acts, as somebody at a screen would.
func steps(t *testing.T, st *store.Store, handovers, returns string) {
	t.Helper()
	acts, id := model.NewActs(), clerk()
	for _, part := range []struct{ act, file string }{{"loan.handover", handovers}, {"loan.return", returns}} {
		a := acts.Named(part.act)
		rows, err := csv.NewReader(strings.NewReader(part.file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			view := st.As(id).View()
			env := field.NewEnv(view, st.As(id).Now().Day())
			loan, err := env.Resolve("reservations", row[0])
			if err != nil {
				t.Fatal(err)
			}
			args := a.Args.New()
			for i, heading := range rows[0] {
				if c := a.Args.Column(heading); c != nil && row[i] != "" {
					if err := c.Parse(args, row[i], env); err != nil {
						t.Fatal(err)
					}
				}
			}
			q := Request{Act: a, ID: loan, Args: args}
			_, err = Do(context.Background(), st, id, q)
			if errors.As(err, new(field.Doubts)) {
				q.Override = &field.Override{Later: true}
				_, err = Do(context.Background(), st, id, q)
			}
			if err != nil {
				t.Fatalf("%s %s: %v", part.act, row[0], err)
			}
		}
	}
}

// sameRecords compares kinds of two files column by column.
func sameRecords(t *testing.T, a, b *store.Store, kinds ...string) {
	t.Helper()
	for _, kind := range kinds {
		va, vb := a.As(clerk()).View(), b.As(clerk()).View()
		k, count := va.Schema().Kind(kind), 0
		for id, rec := range va.Scan(kind) {
			count++
			other := vb.Get(kind, id)
			if other == nil {
				t.Errorf("%s #%d is in one file only", kind, id)
				continue
			}
			for _, c := range k.Columns {
				if !c.Equal(rec, other) {
					t.Errorf("%s #%d, %s: %s and %s", kind, id, c.Name, c.Format(nil, rec, nil),
						c.Format(nil, other, nil))
				}
			}
		}
		for range vb.Scan(kind) {
			count--
		}
		if count != 0 {
			t.Errorf("%d more %s in one file", count, kind)
		}
	}
}

func TestByFileAndByStepComeToTheSame(t *testing.T) {
	byFile, byStep := booked(t), booked(t)
	taken(t, byFile, "handovers", outHead+out1+out2+out3)
	taken(t, byFile, "returns", backHead+back1+back2+back3)
	steps(t, byStep, outHead+out1+out2+out3, backHead+back1+back2+back3)
	sameRecords(t, byFile, byStep, "reservations", "handovers", "returns", "charges")
}

// monthFile reads a file of the month of 61 loans, when it is here.
func monthFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Skip("the month of 61 loans is not here")
	}
	return string(bytes.TrimPrefix(b, []byte("\ufeff")))
}

// month opens a file with all of the month but hand-overs and returns.
func month(t *testing.T) *store.Store {
	t.Helper()
	st := book(t)
	fema := strings.TrimSpace(strings.ReplaceAll(monthFile(t, "fema/fema_2025_sample.csv"), "\r", "")) + "\n"
	taken(t, st, "people", monthFile(t, "cases/month/people.csv"))
	taken(t, st, "rates", strings.ReplaceAll(strings.Replace(fema, "\n", ",source\n", 1), ",2025\n", ",2025,FEMA\n"))
	for _, kind := range []string{"equipment", "agreements", "reservations"} {
		taken(t, st, kind, monthFile(t, "cases/month/"+kind+".csv"))
	}
	return st
}

// halves parts a file into two, the later rows first.
func halves(file string) [2]string {
	lines := strings.SplitAfter(strings.TrimSpace(file)+"\n", "\n")
	at := len(lines) / 2
	return [2]string{lines[0] + strings.Join(lines[at:], ""), strings.Join(lines[:at], "")}
}

func TestAMonthOfLoansByFile(t *testing.T) {
	st := month(t)
	doubts := 0
	for _, kind := range []string{"handovers", "returns"} {
		for _, half := range halves(monthFile(t, "cases/month/"+kind+".csv")) {
			doubts += len(taken(t, st, kind, half).Doubts)
		}
	}
	if doubts == 0 {
		t.Error("Raytown has no agreement, and nobody is told")
	}
	checkMonth(t, st)
	byStep := month(t)
	steps(t, byStep, monthFile(t, "cases/month/handovers.csv"), monthFile(t, "cases/month/returns.csv"))
	checkMonth(t, byStep)
	undoAll(t, st, 4)
	wantStates(t, st, lending.Approved)
	undoAll(t, st, 1)
	for _, kind := range []string{"reservations", "handovers", "returns"} {
		taken(t, st, kind, monthFile(t, "cases/month/"+kind+".csv"))
	}
	if sum, lines := total(st); sum != 69_825_71 || lines != 61 {
		t.Errorf("brought in again, %d lines come to %v", lines, sum)
	}
}

// checkMonth compares each line of the month with the right answer, and what the
// cities owe one another.
func checkMonth(t *testing.T, st *store.Store) {
	t.Helper()
	view := st.As(clerk()).View()
	env := field.NewEnv(view, st.As(clerk()).Now().Day())
	rows, err := csv.NewReader(strings.NewReader(monthFile(t, "cases/month/expected.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for c := range field.Of[lending.Charge](view, "reservation", reservationOf(t, env, row[0])) {
			got := []string{c.Hours.V.String(), amount(c.Usage), amount(c.Operator), amount(c.Fuel),
				amount(c.Transport), amount(value.Some(c.Total()))}
			for i, want := range row[4:] {
				if strings.TrimSuffix(got[i], ".0") != strings.TrimSuffix(strings.TrimSuffix(want, ".00"), ".0") {
					t.Errorf("%s, %s: %s, want %s", row[0], rows[0][4+i], got[i], want)
				}
			}
		}
	}
	if sum, lines := total(st); sum != 69_825_71 || lines != 61 {
		t.Errorf("%d lines come to %v", lines, sum)
	}
	owes := map[string]value.Cents{}
	for _, b := range rates.Balances(view, value.Date(2026, 10, 1), value.Date(2026, 12, 31)) {
		first, second := env.Name("partners", uint64(b.First)), env.Name("partners", uint64(b.Second))
		if b.Net() > 0 {
			owes[second+" owes "+first] = b.Net()
		} else {
			owes[first+" owes "+second] = -b.Net()
		}
	}
	for who, want := range map[string]value.Cents{
		"Blue Springs owes Grandview": 2393_58, "Blue Springs owes Independence": 3865_53,
		"Blue Springs owes Raytown":      1068_16,
		"Lee's Summit owes Blue Springs": 75_92, "Lee's Summit owes Independence": 1596_25,
		"Independence owes Grandview": 1080_90,
		"Grandview owes Lee's Summit": 4546_39, "Grandview owes Raytown": 2688_16, "Raytown owes Independence": 3407_00,
		"Raytown owes Lee's Summit": 1389_42} {
		if owes[who] != want {
			t.Errorf("%s %v, want %v", who, owes[who], want)
		}
	}
}

func reservationOf(t *testing.T, env *field.Env, number string) lending.ReservationID {
	t.Helper()
	id, err := env.Resolve("reservations", number)
	if err != nil {
		t.Fatal(err)
	}
	return lending.ReservationID(id)
}

// amount writes an amount as the right answers do.
func amount(c value.Opt[value.Cents]) string {
	if c.Or(0)%100 == 0 {
		return fmt.Sprint(int64(c.Or(0) / 100))
	}
	return fmt.Sprintf("%d.%02d", int64(c.Or(0)/100), int64(c.Or(0)%100))
}
