package loans_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model/failure"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// need is somebody's use of one unit, or of one of some, by instants in minutes.
type need struct {
	units       []int
	from, until int64
}

// minutes is a calendar by brute force: who has each unit in each minute of five
// weeks, and what was promised of a category. It knows nothing of how the program
// finds its answer.
type minutes struct {
	zone    *time.Location
	first   int64
	busy    [][]bool
	buffer  []int64
	owner   []partnership.PartnerID
	size    []int64
	kind    []string
	promise []need
}

func (m *minutes) at(w value.Wall) int64 {
	y, mo, d := w.Day().Date()
	h, mi := w.Clock()
	return time.Date(y, mo, d, h, mi, 0, 0, m.zone).Unix()/60 - m.first
}

// free reports whether a unit is nobody's in all minutes of a time and the
// turnaround behind it.
func (m *minutes) free(unit int, from, until int64) bool {
	for t := from; t < until+m.buffer[unit]; t++ {
		if m.busy[unit][t] {
			return false
		}
	}
	return true
}

func (m *minutes) set(unit int, from, until int64, to bool) {
	for t := from; t < until; t++ {
		m.busy[unit][t] = to
	}
}

// have reports whether all needs can be met at once. Those with no minute in common
// with others, turnaround included, are looked at apart.
func (m *minutes) have(needs []need) bool {
	needs = slices.Clone(needs)
	slices.SortFunc(needs, func(a, b need) int { return cmp.Compare(a.from, b.from) })
	begin, end := 0, int64(0)
	for i, n := range needs {
		if i > 0 && n.from >= end+60 {
			if !m.way(needs[begin:i]) {
				return false
			}
			begin = i
		}
		end = max(end, n.until)
	}
	return m.way(needs[begin:])
}

// way tries every way of giving needs a unit each.
func (m *minutes) way(needs []need) bool {
	if len(needs) == 0 {
		return true
	}
	n := needs[0]
	for _, u := range n.units {
		if m.free(u, n.from, n.until) {
			m.set(u, n.from, n.until+m.buffer[u], true)
			ok := m.way(needs[1:])
			m.set(u, n.from, n.until+m.buffer[u], false)
			if ok {
				return true
			}
		}
	}
	return false
}

// any lists the units of a category of at least a size, of one owner or of all.
func (m *minutes) any(kind string, least int64, owner partnership.PartnerID) (out []int) {
	for i := range m.kind {
		if m.kind[i] == kind && m.size[i] >= least && (owner == 0 || m.owner[i] == owner) {
			out = append(out, i)
		}
	}
	return out
}

// world is a yard of random units, loans, blocks and promises, in a Writer and by
// minutes.
type world struct {
	*minutes
	w    *fieldtest.Writer
	r    *rand.Rand
	kits [][]lending.KitMember
}

func newWorld(t *testing.T, r *rand.Rand) *world {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	g := &world{w: yard(t), r: r, minutes: &minutes{zone: zone}}
	g.w.Memory.Remove("equipment", 1)
	g.first = time.Date(2027, 2, 28, 0, 0, 0, 0, zone).Unix() / 60
	for i := range 3 + r.IntN(4) {
		e := &lending.Equipment{ID: lending.EquipmentID(i + 1), Tag: "Q" + string(rune('A'+i)), Name: "Thing",
			Category: []string{"truck", "truck", "mower"}[r.IntN(3)], Status: lending.EquipmentActive, Shareable: true,
			Owner:  []partnership.PartnerID{grandview, raytown, 3}[r.IntN(3)],
			Buffer: value.Some([]int64{0, 30, 60}[r.IntN(3)]),
			Size:   value.Some(value.Tenths(50 + 50*r.IntN(3)))}
		keep(t, g.w, e)
		g.busy, g.buffer = append(g.busy, make([]bool, 35*24*60)), append(g.buffer, e.Buffer.V)
		g.owner, g.size, g.kind = append(g.owner, e.Owner), append(g.size, int64(e.Size.V)), append(g.kind, e.Category)
	}
	for range r.IntN(14) {
		g.occupy(t)
	}
	for i := range 2 {
		members := []lending.KitMember{g.member(), g.member()}
		g.kits = append(g.kits, members)
		keep(t, g.w, &lending.Kit{Name: "Z" + string(rune('A'+i)), Members: members})
	}
	return g
}

// when draws a time by day, in the weeks of which one has an hour less.
func (g *world) when() (from, until value.Wall) {
	day := value.Date(2027, 3, 8) + value.Day(g.r.IntN(9))
	from = day.At(6+g.r.IntN(10), 30*g.r.IntN(2))
	if g.r.IntN(4) == 0 {
		return from, (day + value.Day(1+g.r.IntN(3))).At(6+g.r.IntN(12), 0)
	}
	return from, from + value.Wall(30+30*g.r.IntN(14))
}

func (g *world) member() lending.KitMember {
	u := g.r.IntN(len(g.kind))
	if g.r.IntN(2) == 0 {
		return lending.KitMember{Unit: lending.EquipmentID(u + 1)}
	}
	return lending.KitMember{Category: g.kind[u], Lender: g.owner[u]}
}

// occupy adds something that may stand in the way, where it can be had.
func (g *world) occupy(t *testing.T) {
	u := g.r.IntN(len(g.kind))
	from, until := g.when()
	v := &lending.Reservation{Unit: lending.EquipmentID(u + 1), Borrower: 1, State: lending.Approved,
		Start: value.Some(from), End: value.Some(until)}
	a, b := g.at(from), g.at(until)
	switch kind := g.r.IntN(7); {
	case kind == 0: // asked for, given up, waited for: keeps nothing
		v.State = []lending.ReservationState{lending.Requested, lending.Cancelled, lending.Waitlisted}[g.r.IntN(3)]
	case kind == 1 && g.free(u, a, b-g.buffer[u]): // a block needs no turnaround behind it
		keep(t, g.w, &lending.Block{Unit: v.Unit, For: lending.BlockService, Start: v.Start, End: v.End})
		if g.set(u, a, b, true); !g.have(g.promise) {
			g.set(u, a, b, false)
			g.w.Memory.Remove("blocks", last(g.w, "blocks"))
		}
		return
	case kind == 2 && len(g.promise) < 4:
		v.Unit, v.Category, v.Lender, v.Minimum = 0, g.kind[u], g.owner[u], value.Some(value.Tenths(50+50*g.r.IntN(2)))
		n := need{g.any(v.Category, int64(v.Minimum.V), v.Lender), a, b}
		if !g.have(append(g.promise[:len(g.promise):len(g.promise)], n)) {
			return
		}
		g.promise = append(g.promise, n)
	default:
		if !g.free(u, a, b) {
			return
		}
		if g.set(u, a, b+g.buffer[u], true); !g.have(g.promise) {
			g.set(u, a, b+g.buffer[u], false)
			return
		}
	}
	keep(t, g.w, v)
}

func last(w *fieldtest.Writer, kind string) (out uint64) {
	for id := range w.Scan(kind) {
		out = id
	}
	return out
}

// question is a line with what it needs at each of its times, by the words alone.
type question struct {
	line  string
	needs []need
	row   *lending.Reservation // one time of one thing, as a list says it
}

func (g *world) ask() question {
	from, until := g.when()
	shifts, again := []int{0}, ""
	switch g.r.IntN(6) {
	case 0:
		shifts, again = []int{0, 7}, " weekly x2"
	case 1:
		if d := from.Day().Weekday(); d == time.Monday {
			shifts, again = []int{0, 3}, " every week mon+thu until "+shortly(until.Day())
			if until.Day() < from.Day()+3 {
				shifts = shifts[:1]
			}
		} else if d == time.Thursday {
			shifts, again = []int{0, 4, 7}, " every week mon+thu x2"
		}
	}
	q := question{row: &lending.Reservation{Borrower: raytown, State: lending.Requested, Start: value.Some(from),
		End: value.Some(until)}}
	var units [][]int
	what, u := "", g.r.IntN(len(g.kind))
	switch g.r.IntN(3) {
	case 0:
		what, units, q.row.Unit = "q"+string(rune('a'+u)), [][]int{{u}}, lending.EquipmentID(u+1)
	case 1:
		n, least := 1+g.r.IntN(3), 5*g.r.IntN(3)
		what = fmt.Sprintf("any %s %d+ x%d", g.kind[u], least, n)
		if least == 0 {
			what = fmt.Sprintf("any %s x%d", g.kind[u], n)
		} else {
			q.row.Minimum = value.Some(value.Tenths(10 * least))
		}
		for range n {
			units = append(units, g.any(g.kind[u], int64(10*least), 0))
		}
		q.row.Category, q.row.Quantity = g.kind[u], value.Some(int64(n))
	default:
		k := g.r.IntN(2)
		what, q.row = "z"+string(rune('a'+k)), nil
		for _, m := range g.kits[k] {
			if m.Unit != 0 {
				units = append(units, []int{int(m.Unit) - 1})
			} else {
				units = append(units, g.any(m.Category, 0, m.Lender))
			}
		}
	}
	for _, days := range shifts {
		for _, list := range units {
			shift := value.Wall(days * 24 * 60)
			q.needs = append(q.needs, need{list, g.at(from + shift), g.at(until + shift)})
		}
	}
	if again != "" {
		q.row = nil
	}
	q.line = what + " " + loans.WriteWhen(from, until) + again + " for raytown"
	return q
}

func shortly(d value.Day) string {
	_, m, n := d.Date()
	return fmt.Sprintf("%s %d", strings.ToLower(m.String()[:3]), n)
}

var errBack = errors.New("back")

// tried does something and takes it back, and says whether it was refused because
// somebody else has it.
func tried(t *testing.T, w *fieldtest.Writer, line string, a *loans.Asking) bool {
	t.Helper()
	var err error
	_ = w.Attempt(func() error { _, err = do(w, "loan.book", 0, a); return errBack })
	if err != nil && failure.CodeOf(err) != failure.Conflict {
		t.Fatalf("%s: %v", line, err)
	}
	return err == nil
}

// "Can I have it" has one answer: of the list that screens and `fits` show, of the
// line that keys and commands book, of a row of a file and of the rule, equal to a
// calendar by minutes. The long form asks as many questions as a proof takes.
func TestCanIHaveItHasOneAnswer(t *testing.T) {
	worlds, yes, asked := 12, 0, 0
	switch {
	case os.Getenv("INTERLOCAL_LONG") != "":
		worlds = 600
	case testing.Short():
		worlds = 6
	}
	for seed := range worlds {
		g := newWorld(t, rand.New(rand.NewPCG(uint64(seed), 11)))
		for range 20 {
			q := g.ask()
			want := g.have(append(append([]need{}, q.needs...), g.promise...))
			asked++
			if want {
				yes++
			}
			cal := lending.CalendarOf(g.w, g.w.At)
			l := loans.ReadLine(g.w, q.line, g.w.At.Day())
			offers := loans.Offers(cal, l, 40)
			if !l.Ready() || len(offers) == 0 {
				t.Fatalf("%d: %s: %+v", seed, q.line, l)
			}
			got := map[string]bool{"the list": offers[0].Free,
				"the line": tried(t, g.w, q.line, &loans.Asking{Line: q.line})}
			if q.row != nil {
				got["the file"] = tried(t, g.w, q.line, &loans.Asking{Row: q.row})
			}
			if q.row != nil && q.row.Unit != 0 {
				granted := *q.row
				granted.State = lending.Approved
				found := g.w.Schema().Kind("reservations").CheckAt(g.w, g.w.At, nil, &granted)
				got["the rule"] = found.Err("") == nil
			}
			for face, is := range got {
				if is != want {
					t.Fatalf("world %d, %s: %s says %v, by minutes it is %v (%s)", seed, q.line, face, is, want,
						strings.TrimSpace(offers[0].Why))
				}
			}
		}
	}
	if yes < asked/10 || yes > asked*9/10 {
		t.Errorf("%d of %d can be had; that asks little", yes, asked)
	}
	t.Logf("%d questions, %d of them yes", asked, yes)
}
