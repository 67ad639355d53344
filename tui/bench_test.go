package tui

import (
	"context"
	"io"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
)

// people is how many there are in the benchmarks.
const people = 100_000

// atPeople opens a session on the list of 100,000 people.
func atPeople(b *testing.B, w, h int) *rig {
	b.Helper()
	st := openStore(b, sample.Scale(people, value.DayOf(noon)).Each)
	r := &rig{b, New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon },
		Profile: colorprofile.TrueColor, Still: true})}
	b.Cleanup(r.s.Close)
	r.do(r.s.Init())
	r.s.app.Dialogs.Clear()
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	r.press("g", "p", "right")
	return r
}

// BenchmarkKey is one key in the list of 100,000 people: Update and View.
func BenchmarkKey(b *testing.B) {
	for _, size := range [][2]int{{120, 36}, {200, 60}} {
		b.Run(sizeName(size), func(b *testing.B) {
			r := atPeople(b, size[0], size[1])
			moveUpAndDown(b, r)
		})
	}
}

// moveUpAndDown presses the arrows: Update and View for each key.
func moveUpAndDown(b *testing.B, r *rig) {
	down, up := keyMsg("down"), keyMsg("up")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		key := down
		if i++; i%100 >= 50 {
			key = up
		}
		r.s.Update(key)
		if _, err := io.WriteString(io.Discard, r.s.View().Content); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFilterKey is one letter typed into the filter over 100,000 people.
func BenchmarkFilterKey(b *testing.B) {
	r := atPeople(b, 120, 36)
	r.press("/")
	letters := []string{"d", "a", "n", "a"}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if i%(len(letters)+1) == len(letters) {
			r.s.Update(keyMsg("ctrl+u"))
		} else {
			r.s.Update(keyMsg(letters[i%(len(letters)+1)]))
		}
		i++
		_ = r.s.View()
	}
}

// BenchmarkSort turns the order of 100,000 people around.
func BenchmarkSort(b *testing.B) {
	r := atPeople(b, 120, 36)
	for b.Loop() {
		r.press("s")
		r.types("name")
		r.press("enter")
	}
}

// BenchmarkFirstFrame opens a file of 100,000 people and draws the first
// picture: what the dashboard takes beyond an empty Bubble Tea program.
func BenchmarkFirstFrame(b *testing.B) {
	for _, n := range []int{100, people} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			made := openStore(b, sample.Scale(n, value.DayOf(noon)).Each)
			path := filepath.Join(b.TempDir(), "copy.db")
			if err := made.Backup(context.Background(), path); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				st, err := store.Open(path, store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
					PruneAfter: partnership.PruneAfter, Now: func() time.Time { return noon }})
				if err != nil {
					b.Fatal(err)
				}
				s := New(Options{Store: st, Identity: dana(), Clock: func() time.Time { return noon },
					Profile: colorprofile.TrueColor})
				s.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
				_ = s.View()
				b.StopTimer()
				s.Close()
				if err := st.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
