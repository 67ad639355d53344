package tui

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
)

// watcher sees and changes every city's records, so that a dashboard of
// theirs has the most to keep up with.
func watcher(i int) access.Identity {
	return access.Identity{User: fmt.Sprint("user#", i), Name: fmt.Sprint("Watcher ", i), Role: access.Coordinator,
		Partner: 1}
}

// BenchmarkOthersChange is what one change by somebody else costs one dashboard
// over the sample, with each tab at the front: taking it up and drawing.
func BenchmarkOthersChange(b *testing.B) {
	for _, letter := range []string{"o", "p", "s", "e", "b", "c", "r", "m"} {
		b.Run(letter, func(b *testing.B) {
			st := openStore(b, sample.Story(value.DayOf(noon)).Each)
			r := &rig{b, New(Options{Store: st, Identity: watcher(1), Clock: func() time.Time { return noon },
				Profile: colorprofile.ANSI256, Still: true})}
			b.Cleanup(r.s.Close)
			r.do(r.s.Init())
			r.s.app.Dialogs.Clear()
			r.send(tea.WindowSizeMsg{Width: 120, Height: 40})
			r.press("g", letter)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				b.StopTimer()
				n++
				_, err := st.Update(context.Background(), dana(), store.Op{Title: "change"}, func(tx *store.Tx) error {
					p := *field.Get(tx, partnership.PersonID(1))
					p.Note = fmt.Sprint("note ", n)
					_, err := field.Put(tx, &p)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				r.send(settle{})
			}
		})
	}
}
