package cyber

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
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
	s := &subject{d: d, screen: screen, acts: assess.Acts(accounts.Signer), choices: cyber.Choices(),
		frames: map[framework.Version]*framework.Framework{}}
	for _, f := range framework.Catalogue() {
		s.frames[f.Version] = f
	}
	return s
}

// actions are the keys that every page of the tab has.
func (s *subject) actions() []page.Action {
	k := s.d.Keys
	return []page.Action{
		page.Moves(page.Key("w", "other city or year"), s.choose),
		page.Does(page.Key("r", "read back, submit"), s.review),
		page.Moves(page.Relabel(k.Export, "export"), s.export),
		page.Does(page.Key("P", "project: hide notes"), s.project),
		page.Does(page.Relabel(k.Add, "begin an assessment"), s.begin).Doing("assess.begin"),
	}
}

// renewed notes that the session shows another moment.
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

// hidden reports whether a room looks on, and then says what is not for a wall.
func (s *subject) hidden(says string) bool {
	if s.projected {
		s.d.Say(overlay.Info, says)
	}
	return s.projected
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

// firstCity proposes a city when the user is of none: the first that is at
// work on a cycle, else the first that has something in it, else the first
// that may have.
func (s *subject) firstCity(cycle cyber.CycleID) partnership.PartnerID {
	var first partnership.PartnerID
	for a := range field.Of[cyber.Assessment](s.d.View(), "cycle", cycle) {
		if !a.Settled() {
			return a.Partner
		}
		if first == 0 {
			first = a.Partner
		}
	}
	if first != 0 {
		return first
	}
	for a := range field.Of[cyber.Answer](s.d.View(), "cycle", cycle) {
		return a.Partner
	}
	for _, p := range s.cities() {
		return p.ID
	}
	return 0
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

// visit takes up where a route leads: an assessment, a cycle or an answer. It
// gives the item of an answer.
func (s *subject) visit(to app.Route) framework.ID {
	view := s.d.View()
	switch to.Kind {
	case cyber.KindAssessments:
		if a := field.Get(view, cyber.AssessmentID(to.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
		}
	case cyber.KindAnswers:
		if a := field.Get(view, cyber.AnswerID(to.ID)); a != nil {
			s.show(a.Partner, a.Cycle)
			return framework.ID(a.Item)
		}
	case cyber.KindCycles:
		if c := field.Get(view, cyber.CycleID(to.ID)); c != nil {
			s.show(s.city, c.ID)
		}
	}
	return ""
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

// sheetOf is whose sheet of which cycle.
type sheetOf struct {
	city  partnership.PartnerID
	cycle cyber.CycleID
}

// choose asks for a city and a year.
func (s *subject) choose() {
	cycles, cities := s.cyclesByYear(), s.cities()
	if s.projected {
		cities = slices.DeleteFunc(cities, func(p *partnership.Partner) bool { return p.ID != s.city })
	}
	var list []overlay.Choice[sheetOf]
	few := len(cycles)*len(cities) <= standingsShown
	for _, c := range cycles {
		for _, p := range cities {
			it := overlay.Choice[sheetOf]{Value: sheetOf{p.ID, c.ID}, Title: p.Name + " " + strconv.Itoa(c.Year)}
			if few {
				it.Note = s.standing(p.ID, c.ID)
			}
			if p.ID == s.city && c.ID == s.cycle {
				it.Mark = "✓"
			}
			list = append(list, it)
		}
	}
	overlay.Pick[sheetOf]{Title: "Whose self-assessment?", Width: 56, Placeholder: "a city or a year",
		Empty: "No city or cycle of that name.", Choices: list,
		Choose: func(of sheetOf) tea.Cmd { s.show(of.city, of.cycle); return nil }}.Open(s.d.Dialogs)
}

// standing tells in a few words how far a city is in a cycle.
func (s *subject) standing(city partnership.PartnerID, cycle cyber.CycleID) string {
	view := s.d.View()
	c, n := field.Get(view, cycle), 0
	for a := range field.Of[cyber.Answer](view, "partner", city) {
		if a.Cycle == cycle && a.Given() != "" {
			n++
		}
	}
	as := cyber.AssessmentOf(view, cycle, city)
	switch {
	case as == nil && n == 0:
		return "not begun"
	case as != nil && as.State != cyber.AssessmentDraft:
		return string(as.State)
	}
	return text.Counted(n, "answer", "answers") + " of " + strconv.Itoa(len(framework.ItemsOf(c.Framework)))
}
