package release

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// Handout is everything of a cycle that was shared with a viewer.
type Handout struct {
	Cycle  *cyber.Cycle
	Lists  []*cyber.Publication                           // in the order of the framework's functions
	Bands  map[partnership.PartnerID][]cyber.FunctionBand // by city
	Scores map[partnership.PartnerID]map[string]int       // by city and item; 0 when an answer scores nothing
	Why    string                                         // when nothing was shared: what it waits for
}

// Handed gathers what was shared with a partner of a cycle. Viewer 0 stands for
// whoever holds the file and sees all of it.
func Handed(r field.Reader, cycle cyber.CycleID, viewer partnership.PartnerID) Handout {
	h := Handout{Cycle: field.Get(r, cycle), Bands: map[partnership.PartnerID][]cyber.FunctionBand{},
		Scores: map[partnership.PartnerID]map[string]int{}}
	if h.Cycle == nil {
		h.Why = "There is no such cycle."
		return h
	}
	for p := range field.Of[cyber.Publication](r, "cycle", cycle) {
		if viewer != 0 && !slices.Contains(p.Audience, viewer) {
			continue
		}
		switch p.Sort {
		case cyber.PublishedList:
			h.Lists = append(h.Lists, p)
		case cyber.PublishedBands:
			h.Bands[p.City] = p.Bands
		case cyber.PublishedScores:
			scores := map[string]int{}
			for _, s := range p.Scores {
				scores[s.Item] = s.Score
			}
			h.Scores[p.City] = scores
		}
	}
	h.Why = h.why(r)
	return h
}

// why says what the viewer waits for, or why it has been handed nothing.
func (h *Handout) why(r field.Reader) string {
	year := strconv.Itoa(h.Cycle.Year)
	if h.Cycle.Published.Set {
		if len(h.Lists)+len(h.Bands)+len(h.Scores) == 0 {
			return "Results of the " + year + " cycle have been shared, and none of them with you."
		}
		return ""
	}
	var waiting []string
	for _, c := range h.Cycle.Cities {
		if c.Part == cyber.TakesPart && !c.Released.Set {
			waiting = append(waiting, names(r, []partnership.PartnerID{c.Partner})...)
		}
	}
	until, cities := h.Cycle.Pause(0)
	switch {
	case len(h.Cycle.TakingPart()) == 0:
		return "Nobody has said yet which cities take part in the " + year + " cycle."
	case len(waiting) == 0 && until.Set:
		return "Every city has released. Results are shared from " + until.V.Long() + " on, since " +
			joined(names(r, cities)) + " can call a signed release back until then; sooner once it stands by it."
	case len(waiting) == 0:
		return "Every city has released; the results are being put together."
	}
	return "Results are shared when every city that takes part has released. Waiting for " + joined(waiting) + "."
}

// names gives the names of partners on file.
func names(r field.Reader, list []partnership.PartnerID) []string {
	var out []string
	for _, id := range list {
		if p := field.Get(r, id); p != nil {
			out = append(out, p.Name)
		}
	}
	return out
}

func joined(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// Items lists every item that the lists name, in the order of the framework.
func (h *Handout) Items() []string {
	var out []string
	for _, p := range h.Lists {
		out = append(out, p.Items...)
	}
	return out
}

// Levels gives a city's scores as levels, in the order of a framework's items.
// A score of 5 is shown as work in process, since which of the two it is was
// not shared.
func (h *Handout) Levels(f *framework.Framework, city partnership.PartnerID) cyber.Levels {
	out := make(cyber.Levels, len(f.Items))
	for i, it := range f.Items {
		if score, ok := h.Scores[city][string(it.ID)]; ok && score > 0 {
			out[i] = cyber.LevelFor(score)
		}
	}
	return out
}
