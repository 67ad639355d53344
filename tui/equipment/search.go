package equipment

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/theme"
)

// offer is one way to have what a line asks for.
type offer struct {
	loans.Offer
	follows bool // why goes on from the unit's name: "is taken until …"
	says    []string
}

// against says briefly what stands in the way of an offer and when else it could
// be had.
func (o *offer) against() string {
	if !o.Next.Set {
		return o.Why
	}
	return "free " + loans.ShortWhen(o.Next.V.Start, o.Next.V.End) + "; " + o.Why
}

// search is a line to type into and what fits it. It looks after every letter,
// beside the session; what has been asked since makes an answer void.
type search struct {
	d      *app.App
	entry  overlay.Entry
	said   loans.Line
	offers []offer
	at     int
	asked  int
	known  int // the question that offers answer
	then   func() tea.Cmd
	limit  int
	unit   string // tag of the unit meant when the line names none
}

func newSearch(d *app.App, line string, limit int) *search {
	s := &search{d: d, entry: overlay.NewEntry(), limit: limit}
	s.entry.SetValue(line)
	return s
}

// ask looks for what fits the line.
func (s *search) ask() tea.Cmd {
	s.asked++
	s.said = loans.ReadLine(s.d.View(), s.line(), s.d.Today())
	asked, view, now, said, limit := s.asked, s.d.View(), s.d.Now(), s.said, s.limit
	said.Borrower = s.borrower()
	return s.d.Background(func() func() tea.Cmd {
		found := offers(view, said, now, limit)
		return func() tea.Cmd {
			if asked != s.asked {
				return nil
			}
			s.known, s.offers = asked, found
			s.at = min(s.at, max(len(found)-1, 0))
			if then := s.then; then != nil {
				s.then = nil
				return then()
			}
			return nil
		}
	})
}

// line is what has been typed, led by the unit that is meant when it names none.
func (s *search) line() string {
	typed := s.entry.Value()
	if s.unit != "" && loans.BeginsWithDay(typed, s.d.Today()) {
		return s.unit + " " + typed
	}
	return typed
}

// borrower is whom the line is for: as it says, or the city of whoever types it.
// A facilitator books for others and says for whom.
func (s *search) borrower() partnership.PartnerID {
	if s.said.Borrower != 0 {
		return s.said.Borrower
	}
	return cityOf(s.d)
}

// cityOf is the city that a user works for; 0 for those who act for all.
func cityOf(d *app.App) partnership.PartnerID {
	id := d.Me.Identity()
	if id.Rights(d.Kind(lending.KindReservations)).Change == access.All {
		return 0
	}
	return partnership.PartnerID(id.Partner)
}

// type edits the line and looks again when it has changed.
func (s *search) edit(msg tea.Msg) tea.Cmd {
	changed, cmd := s.entry.Update(msg)
	if !changed {
		return cmd
	}
	s.at = 0
	return tea.Batch(cmd, s.ask())
}

// answered does something with the answer to what the line says now.
func (s *search) answered(do func() tea.Cmd) tea.Cmd {
	if s.known == s.asked {
		return do()
	}
	s.then = do
	return nil
}

// move goes to another offer.
func (s *search) move(n int) { s.at = min(max(s.at+n, 0), max(len(s.offers)-1, 0)) }

// current gives the offer under the cursor, or nil.
func (s *search) current() *offer {
	if s.at >= len(s.offers) {
		return nil
	}
	return &s.offers[s.at]
}

// read says how the line is understood.
func (s *search) read() string {
	l := s.said
	var parts []string
	what := l.What
	if l.Any {
		what = "any " + what
	}
	if l.Least.Set {
		what += " of at least " + value.Tenths(l.Least.V*10).String()
	}
	if l.Quantity > 1 {
		what = text.Counted(l.Quantity, "unit", "units") + ", " + what
	}
	if strings.TrimSpace(what) != "" {
		parts = append(parts, strings.TrimSpace(what))
	}
	if l.Start.Set && l.End.Set {
		parts = append(parts, when(l.Start.V, l.End.V, s.d.Today()))
	}
	if l.Every > 0 && l.Ready() {
		weekly := text.Counted(len(l.Times(l.Start.V, l.End.V)), "time", "times") + ", " + l.Repeat.String()
		if len(l.Out) > 0 {
			weekly += fmt.Sprintf(", %d left out", len(l.Out))
		}
		parts = append(parts, weekly)
	}
	if b := s.borrower(); b != 0 && len(parts) > 0 {
		parts = append(parts, "for "+s.d.Env().Label(partnership.KindPartners, uint64(b)))
	}
	if l.Purpose != "" {
		parts = append(parts, l.Purpose)
	}
	return strings.Join(parts, " · ")
}

// drawOffers draws what fits, best first.
func (s *search) drawOffers(f *frame.Frame, r frame.Rect) {
	t := s.d.Theme
	top := max(s.at-r.H+1, 0)
	for i := top; i < min(top+r.H, len(s.offers)); i++ {
		o := &s.offers[i]
		over := func(k theme.Style) theme.Style { return k }
		if i == s.at {
			over = func(k theme.Style) theme.Style { return t.Over(t.Selected, k) }
		}
		line := r.Row(i - top)
		f.At(line.X, line.Y)
		if o.Free {
			f.Text(over(t.Good), "✓ ", 2)
		} else {
			f.Text(over(t.Warn), "× ", 2)
		}
		wide := min(max(line.W*2/5, 22), 36)
		f.Text(over(t.Text), o.Title, wide)
		f.Fill(over(t.Text), 1)
		left := line.W - 3 - wide
		if o.Why != "" {
			f.Text(over(t.Dim), o.against(), left)
		} else {
			owner := min(14, left)
			f.Text(over(t.Dim), o.Owner, owner)
			f.Text(over(t.Dim), " "+o.Note, left-owner)
		}
		f.HitArea(line, func(m frame.Mouse) tea.Cmd {
			if m.Clicked() {
				s.at = i
			}
			return nil
		})
	}
}
