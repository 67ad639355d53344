package pairing

import (
	"slices"

	"interlocal/model/match"
	"interlocal/model/partnership"
)

// Choice is a way of mending the matches.
type Choice struct {
	Title    string
	Sentence string
	Plan     *Plan
	Moved    []partnership.PersonID // confirmed visitors who get another visit
	Placed   []partnership.PersonID // visitors whose visit fell through and who have another
	Lost     []partnership.PersonID // those who have none now
	Filled   []partnership.PersonID // visitors who waited and get a place that came free
	// Whole says that this is the best plan for the whole, whoever moves for it.
	Whole bool
	// Most says that no number of moves places more people; Sure that every way
	// of moving this many was tried.
	Most, Sure bool
}

// repairMoves is how many people a repair may move at most.
const repairMoves = 6

// Repair mends the matches on record after people withdrew or changed what they
// can do. The choices are those of [Round.Mend], and as the last one the best
// plan for the whole when that is worth more, which takes as long as making the
// matches does.
func (x *Round) Repair(control match.Control) ([]Choice, error) {
	out, err := x.Mend(control)
	if err != nil {
		return nil, err
	}
	now, err := x.Current()
	if err != nil {
		return nil, err
	}
	best, err := x.bestRepair(now, control)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Plan.Quality = best.Plan.Quality.of(out[i].Plan.Value)
	}
	if last := &out[len(out)-1]; best.Plan.Value <= last.Plan.Value {
		return out, nil
	}
	return append(out, *best), nil
}

// Mend mends the matches by moving few people. The choices are ordered by how
// many they move: the first moves nobody, and each of the next places more
// people by moving more; that many cannot be placed by moving fewer. Locked
// visits never move.
func (x *Round) Mend(control match.Control) ([]Choice, error) {
	now, err := x.Current()
	if err != nil {
		return nil, err
	}
	list, err := match.Repair(x.Problem, x.present(), match.RepairOptions{MostMoved: repairMoves, Stop: control.Stop})
	if err != nil {
		return nil, x.explained(err)
	}
	var out []Choice
	for _, r := range list {
		kept, waiting, err := match.Fill(x.Problem, r.Matches)
		if err != nil {
			return nil, x.explained(err)
		}
		c := Choice{Plan: x.planOf(x.Problem, kept, waiting), Most: r.Most, Sure: r.Best}
		c.Plan.Quality = now.Quality.of(c.Plan.Value)
		c.Moved, c.Placed = x.ids(r.Moved), x.ids(r.Placed)
		c.Lost = without(x.ids(r.Displaced), c.Placed)
		c.Title = moveTitle(len(c.Moved))
		c.Filled = x.filled(now, c.Plan, c.Placed)
		c.Sentence = x.choiceSentence(&c)
		out = append(out, c)
	}
	return out, nil
}

// filled lists those who had no visit before and are not among the placed.
func (x *Round) filled(before, after *Plan, placed []partnership.PersonID) []partnership.PersonID {
	var out []partnership.PersonID
	had := before.visited()
	lost := map[partnership.PersonID]bool{}
	for _, v := range before.Broken {
		lost[v.Visitor] = true
	}
	for _, v := range after.Visits {
		id := v.Visitor
		if len(had[id]) == 0 && !lost[id] && !slices.Contains(placed, id) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (x *Round) ids(names []string) []partnership.PersonID {
	var out []partnership.PersonID
	for _, n := range names {
		if id := x.self[n]; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func without(list, gone []partnership.PersonID) []partnership.PersonID {
	return slices.DeleteFunc(list, func(id partnership.PersonID) bool { return slices.Contains(gone, id) })
}

func moveTitle(moved int) string {
	switch moved {
	case 0:
		return "Move nobody"
	case 1:
		return "Move one person"
	}
	return "Move " + number(moved) + " people"
}

func (x *Round) choiceSentence(c *Choice) string {
	out := ""
	switch {
	case len(c.Placed) > 0:
		out = x.names(c.Placed) + " " + isAre(len(c.Placed), "gets", "get") + " another visit"
		if len(c.Moved) > 0 {
			out += " by moving " + x.names(c.Moved)
		}
	case len(c.Lost) > 0:
		out = "Nobody who lost a visit gets another"
	default:
		out = "Nobody is left without the visit they had"
	}
	if len(c.Lost) > 0 {
		out += "; " + x.names(c.Lost) + " " + isAre(len(c.Lost), "stays", "stay") + " without one"
	}
	if len(c.Filled) > 0 {
		out += "; " + x.names(c.Filled) + ", who waited, " + isAre(len(c.Filled), "gets", "get") + " a visit"
	}
	out += "."
	switch {
	case !c.Sure && len(c.Lost) > 0:
		out += " The search was cut short: there may be a place for more."
	case c.Most && len(c.Lost) > 0:
		out += " No number of moves places more."
	case len(c.Moved) > 0:
		out += " Moving fewer places fewer."
	}
	return out
}

func isAre(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// bestRepair makes the matches anew and says what that would disturb.
func (x *Round) bestRepair(now *Plan, control match.Control) (*Choice, error) {
	p, err := x.Make(control)
	if err != nil {
		return nil, err
	}
	o := x.offer(Change{}, now, p)
	c := &Choice{Title: "Best for the whole", Whole: true, Plan: p, Moved: o.Moved, Placed: o.Gained, Lost: o.Lost}
	c.Sentence = "The plan becomes worth " + grouped(p.Value) + " points, " + p.Quality.Words() + "; " +
		count(len(o.Moved), "person moves", "people move") + "."
	if len(o.Lost) > 0 {
		c.Sentence += " " + x.names(o.Lost) + " " + isAre(len(o.Lost), "loses", "lose") + " a visit that could stay."
	}
	return c, nil
}

// Dropouts lists the people of present matches who take no part any more.
func (x *Round) Dropouts() []partnership.PersonID {
	var out []partnership.PersonID
	for _, m := range x.Matches {
		for _, id := range []partnership.PersonID{m.Visitor, m.Host} {
			if x.Entry(id) == nil && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
