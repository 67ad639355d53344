package tui

import (
	"fmt"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
)

// Ten years of 120 cities: 127,200 answers.
const (
	benchCities = 120
	benchYears  = 10
)

// manyAnswers gives a store with the answers of many cities over many years.
func manyAnswers(b *testing.B) *store.Store {
	b.Helper()
	st := founding(b)
	levels := []cyber.Level{"1", "2", "3", "4", "5p", "5a", "6", "7", "unknown", ""}
	_, err := st.Update(b.Context(), access.Identity{Name: "setup", Role: access.Owner}, store.Op{Title: "set up"},
		func(tx *store.Tx) error {
			var cities []partnership.PartnerID
			for i := range benchCities {
				id, err := tx.Put("partners", &partnership.Partner{Name: fmt.Sprintf("City %03d", i),
					Kind: partnership.City, Status: partnership.Member})
				if err != nil {
					return err
				}
				cities = append(cities, partnership.PartnerID(id))
			}
			for y := range benchYears {
				cycle, err := tx.Put("cycles", &cyber.Cycle{Year: 2017 + y, Framework: framework.CSF20})
				if err != nil {
					return err
				}
				for c, city := range cities {
					for i, item := range framework.ItemsOf(framework.CSF20) {
						a := &cyber.Answer{Cycle: cyber.CycleID(cycle), Partner: city, Item: item,
							Level:     levels[(i*7+y+c)%len(levels)],
							Confirmed: value.Some(value.DayOf(noon))}
						if _, err := tx.Put("answers", a); err != nil {
							return err
						}
					}
				}
			}
			return nil
		})
	if err != nil {
		b.Fatal(err)
	}
	return st
}

// BenchmarkHeatmapKey is one key in the heatmap of 120 cities' ten years:
// Update and View.
func BenchmarkHeatmapKey(b *testing.B) {
	st := manyAnswers(b)
	for _, size := range [][2]int{{120, 36}, {200, 60}} {
		b.Run(sizeName(size), func(b *testing.B) {
			r := atCyber(b, st, size)
			r.press(">")
			keys := []string{"down", "down", "right", "down", "left", "up"}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				r.s.Update(keyMsg(keys[i%len(keys)]))
				i++
				if _, err := io.WriteString(io.Discard, r.s.View().Content); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAnswerKey is what a typist waits for: from a digit to the next
// question on the screen. Storing goes on beside it and is not part of it.
func BenchmarkAnswerKey(b *testing.B) {
	r := atCyber(b, manyAnswers(b), [2]int{120, 36})
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if i%106 == 105 {
			b.StopTimer()
			r.press("home")
			b.StartTimer()
		}
		_, _ = r.s.Update(keyMsg([]string{"1", "2", "3", "4", "6", "7"}[i%6]))
		i++
		_ = r.s.View()
	}
}

// BenchmarkAnswerStored is the whole way of an answer: typed, stored on disk,
// and shown as stored, among 127,200 others.
func BenchmarkAnswerStored(b *testing.B) {
	r := atCyber(b, manyAnswers(b), [2]int{120, 36})
	i := 0
	for b.Loop() {
		r.press([]string{"1", "2", "3", "4", "6", "7", "up", "up"}[i%8])
		i++
	}
}

// atCyber opens a session on the Cyber tab.
func atCyber(b *testing.B, st *store.Store, size [2]int) *rig {
	b.Helper()
	r := &rig{b, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor, Still: true})}
	b.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.s.app.Dialogs.Clear()
	r.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
	return r.press("g", "c")
}
