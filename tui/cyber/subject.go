package cyber

import (
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/records"
)

// subject is what all pages of the tab speak of: the self-assessment of one
// city in one cycle.
type subject struct {
	d       *app.App
	screen  *records.Screen
	acts    field.Acts
	choices []cyber.Choice
	frames  map[framework.Version]*framework.Framework

	city      partnership.PartnerID
	cycle     cyber.CycleID
	chosen    bool // the user has chosen, so that nothing else is proposed
	projected bool
	rollUp    cyber.RollUp

	rev  uint64 // of the view that what follows was read from
	read bool
	now  *sheet // nil when there is none
	lack lack   // why there is none
}

// lack says why there is no sheet to show.
type lack int

const (
	lackNothing   lack = iota
	lackRights         // the role sees no answers
	lackCycle          // no cycle is on file
	lackCity           // no city that assesses
	lackBegun          // nobody has begun this one
	lackFramework      // the cycle names no framework that is known
)

func newSubject(d *app.App, screen *records.Screen) *subject {
	s := &subject{d: d, screen: screen, acts: assess.Acts(), choices: cyber.Choices(), frames: map[framework.Version]*framework.Framework{}}
	for _, f := range framework.Catalogue() {
		s.frames[f.Version] = f
	}
	return s
}

// renewed notes that the desk shows another moment.
func (s *subject) renewed() { s.read = s.read && s.rev == s.d.View().Rev() }

// sheet gives the self-assessment, read anew when the records have changed.
func (s *subject) sheet() *sheet {
	if !s.read {
		s.rev, s.read = s.d.View().Rev(), true
		s.now, s.lack = s.load()
	}
	return s.now
}

// show turns to a city's sheet of a cycle.
func (s *subject) show(city partnership.PartnerID, cycle cyber.CycleID) {
	s.city, s.cycle, s.chosen, s.read = city, cycle, true, false
}

// propose chooses the newest cycle and one's own city, or the first that has
// answers in it.
func (s *subject) propose(cycles []*cyber.Cycle) {
	if s.chosen && s.d.View().Get(cyber.KindCycles, uint64(s.cycle)) != nil {
		return
	}
	s.cycle = cycles[0].ID
	s.city = partnership.PartnerID(s.d.Me.Identity().Partner)
	if s.city == 0 {
		s.city = s.firstCity(s.cycle)
	}
}

// cyclesByYear lists the cycles, newest first.
func (s *subject) cyclesByYear() []*cyber.Cycle {
	cycles := slices.Collect(field.All[cyber.Cycle](s.d.View()))
	slices.SortFunc(cycles, func(a, b *cyber.Cycle) int { return b.Year - a.Year })
	return cycles
}

// cities lists the partners whose answers the user may write, those that
// assess themselves: cities that are members.
func (s *subject) cities() []*partnership.Partner {
	own := s.d.Me.Identity().Partner
	reach := s.d.Me.Identity().Rights(s.d.Kind(cyber.KindAnswers))
	var out []*partnership.Partner
	for p := range field.All[partnership.Partner](s.d.View()) {
		if p.Governs() && p.Status != partnership.Withdrawn && (reach.See == reachAll || field.Party(p.ID) == own) {
			out = append(out, p)
		}
	}
	return out
}

// key answers the keys that every page has.
func (s *subject) key(press tea.KeyPressMsg, k subjectKeys) tea.Cmd {
	switch {
	case key.Matches(press, k.whose):
		s.choose()
	case key.Matches(press, k.begin):
		return s.begin()
	case key.Matches(press, k.review):
		return s.review()
	case key.Matches(press, k.project):
		return s.project()
	case key.Matches(press, k.export):
		s.export()
	}
	return nil
}

// emptyKey answers the keys of a page that has no sheet.
func (s *subject) emptyKey(press tea.KeyPressMsg, k subjectKeys) tea.Cmd {
	switch {
	case key.Matches(press, k.whose):
		s.choose()
	case key.Matches(press, k.begin):
		return s.begin()
	case key.Matches(press, s.d.Keys.Back):
		cmd, _ := s.screen.Leave()
		return cmd
	}
	return nil
}

// project hides what is nobody's business in a meeting room, or shows it again;
// the overview and the palette follow.
func (s *subject) project() tea.Cmd {
	s.projected = !s.projected
	s.d.Project(s.projected)
	says := "Everything is shown again."
	if s.projected {
		says = "Fit for a wall: notes, reasons, evidence and other cities are hidden. P shows them again."
	}
	s.d.Say(overlay.Done, says)
	return s.d.Change(func() func() tea.Cmd { return nil })
}

// standingsShown is of how many sheets a list says how far they are; counting
// the answers of hundreds would be felt.
const standingsShown = 60

// choose asks for a city and a year.
func (s *subject) choose() {
	cycles, cities := s.cyclesByYear(), s.cities()
	if s.projected {
		cities = slices.DeleteFunc(cities, func(p *partnership.Partner) bool { return p.ID != s.city })
	}
	var items []overlay.Item
	few := len(cycles)*len(cities) <= standingsShown
	for _, c := range cycles {
		for _, p := range cities {
			it := overlay.Item{ID: strconv.FormatUint(uint64(c.ID), 10) + " " + strconv.FormatUint(uint64(p.ID), 10),
				Title: p.Name + " " + strconv.Itoa(c.Year)}
			if few {
				it.Note = s.standing(p.ID, c.ID)
			}
			if p.ID == s.city && c.ID == s.cycle {
				it.Mark = "✓"
			}
			items = append(items, it)
		}
	}
	s.d.Dialogs.Push(overlay.NewPick(s.d.Theme, overlay.PickOptions{Title: "Whose self-assessment?", Width: 56,
		Placeholder: "a city or a year", Empty: "No city or cycle of that name.", Search: overlay.List(items),
		Choose: func(it overlay.Item) tea.Cmd {
			cycle, city := twoNumbers(it.ID)
			s.show(partnership.PartnerID(city), cyber.CycleID(cycle))
			return nil
		}}))
}

// twoNumbers reads the numbers of an item's name.
func twoNumbers(s string) (a, b uint64) {
	for i := range s {
		if s[i] == ' ' {
			a, _ = strconv.ParseUint(s[:i], 10, 64)
			b, _ = strconv.ParseUint(s[i+1:], 10, 64)
		}
	}
	return a, b
}
