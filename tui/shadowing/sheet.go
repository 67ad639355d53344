package shadowing

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/forms"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// Sheet is the page on which sign-ups are typed off paper, line by line.
type Sheet struct {
	d *app.App
	s *records.Screen

	worked *Current              // shared with the board
	event  shadowing.EventID     // of the lines; set once and carried
	city   partnership.PartnerID // set once and carried
	paper  int                   // how many lines the paper has; 0 when not said

	lines   []*line
	at, top int // of the lines, while nothing is typed
	queue   []*line
	storing bool

	typing  bool
	row     row
	known   *shadowing.Known
	asked   uint64    // revision for which known is being gathered
	held    []tea.Msg // typed before it was known who is on file
	begun   bool      // the draft has been looked for
	seen    bool      // drawn since records changed last
	intents page.Keymap
}

// NewSheet makes the page; s is the tab it stands in.
func NewSheet(d *app.App, s *records.Screen, at *Current) *Sheet {
	sheet := &Sheet{d: d, s: s, worked: at, row: newRow(), at: -1}
	sheet.intents = sheet.makeIntents()
	return sheet
}

// Name implements records.View.
func (*Sheet) Name() string { return "sheet" }

// Title implements records.View.
func (*Sheet) Title() string { return "Sign-up sheet" }

// Typing implements app.Screen.
func (s *Sheet) Typing() bool { return s.typing }

// Visit turns to the sheet, of an event when the place names one.
func (s *Sheet) Visit(p app.Route) tea.Cmd {
	s.restore()
	if s.worked.event != 0 && !s.unfinished() {
		s.setEvent(s.worked.Event())
	}
	if p.Kind == shadowing.KindEvents && p.ID != 0 {
		s.setEvent(shadowing.EventID(p.ID))
	}
	if field.Get(s.d.View(), s.event) == nil {
		s.event = s.worked.Event()
	}
	s.worked.Set(s.event)
	if own := s.d.Me.Identity().Partner; s.city == 0 && own != 0 {
		s.city = partnership.PartnerID(own)
	}
	return s.gather()
}

// unfinished reports whether something stands on the sheet that is not stored.
func (s *Sheet) unfinished() bool {
	return s.row.value(colName) != "" || slices.ContainsFunc(s.lines, func(l *line) bool { return l.state != saved })
}

// setEvent begins a sheet of another event.
func (s *Sheet) setEvent(id shadowing.EventID) {
	if s.event != id {
		s.event, s.lines, s.paper, s.at, s.top = id, nil, 0, -1, 0
	}
}

// Refresh takes up a changed view: lines that were taken back go.
func (s *Sheet) Refresh() tea.Cmd {
	s.lines = slices.DeleteFunc(s.lines, func(l *line) bool {
		return l.state == saved &&
			field.Get(s.d.View(), l.ID) == nil
	})
	s.at = min(s.at, len(s.lines)-1)
	if !s.seen {
		return nil // nobody looks at the sheet; turning to it reads anew
	}
	s.seen = false
	return s.gather()
}

// Return is called when a link that was followed from the sheet leads back.
func (s *Sheet) Return() tea.Cmd { return s.gather() }

// gather brings who is on file up to date, beside the session.
func (s *Sheet) gather() tea.Cmd {
	view := s.d.View()
	if s.asked == view.Rev() && s.known != nil {
		return nil
	}
	s.asked = view.Rev()
	return s.d.Background(func() func() tea.Cmd {
		k := shadowing.KnownIn(view)
		return func() tea.Cmd {
			if s.known == nil || view.Rev() == s.asked {
				s.known = k
				s.row.offer(s)
			}
			if held := s.held; len(held) > 0 {
				s.held = nil
				return func() tea.Msg { return app.Replay(held) }
			}
			return nil
		}
	})
}

// Update answers a message.
func (s *Sheet) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return s.paste(msg)
	case tea.KeyPressMsg:
		if s.typing && s.known == nil {
			s.held = append(s.held, msg) // else a name typed fast would be somebody new
			return nil
		}
		if s.typing {
			return s.typeKey(msg)
		}
		cmd, _ := s.now().Press(msg)
		return cmd
	}
	return nil
}

// mend brings a refused line back to be typed again, or begins the next.
func (s *Sheet) mend() tea.Cmd {
	if s.at >= 0 && s.at < len(s.lines) && s.lines[s.at].state == refused {
		return s.again(s.lines[s.at])
	}
	return s.begin()
}

// newSheet puts the lines entered aside, for the next paper to be counted from
// one. Lines that are not stored stay.
func (s *Sheet) newSheet() tea.Cmd {
	s.lines = slices.DeleteFunc(s.lines, func(l *line) bool { return l.state == saved })
	s.paper, s.at, s.top = 0, len(s.lines)-1, 0
	s.keep()
	s.d.Say(overlay.Info, "A new sheet. What was entered before stays stored.")
	return nil
}

// begin gives the entry line the keys, once event and city are known.
func (s *Sheet) begin() tea.Cmd {
	if s.event == 0 {
		return s.pickEvent(s.begin)
	}
	if err := act.May(s.d, events.Acts().Named("event.signup"), uint64(s.event)); err != nil {
		act.Refuse(s.d, err)
		return nil
	}
	if s.city == 0 {
		return s.pickCity(s.begin)
	}
	s.typing = true
	s.row.offer(s)
	return nil
}

// importForm takes a web form's spreadsheet in for the sheet's event.
func (s *Sheet) importForm() tea.Cmd {
	if s.event == 0 {
		return s.pickEvent(s.importForm)
	}
	event := s.event
	return s.s.Import(s.d.Kind(shadowing.Signup{}.KindName()),
		func(have run.Records, today value.Day, sheet *spreadsheet.Sheet,
			m *spreadsheet.Mapping) (*exchange.Plan, error) {
			if !forms.IsSignupForm(m) {
				return s.s.Files().Plan(have, today, sheet, m)
			}
			return forms.NewSignupPlan(sheet, m, field.NewEnv(have, today), event)
		})
}

// end takes the keys off the entry line; what stands in it stays.
func (s *Sheet) end() {
	s.typing = false
	s.at = len(s.lines) - 1
	s.sayCount()
	s.keep()
}

// edit opens the form of the line's sign-up.
func (s *Sheet) edit() tea.Cmd {
	if s.at < 0 || s.at >= len(s.lines) || s.lines[s.at].state != saved {
		s.d.Say(overlay.Info, "Choose a stored line with the arrow keys; e opens its sign-up.")
		return nil
	}
	return s.s.Edit(app.Route{Kind: "signups", ID: uint64(s.lines[s.at].ID)})
}

// pickCity asks for the city of the lines to come.
func (s *Sheet) pickCity(then func() tea.Cmd) tea.Cmd {
	stays := func(p *partnership.Partner) bool { return p.Status != partnership.Withdrawn }
	return s.d.PickPartner("City of the lines that follow", stays, func(id partnership.PartnerID) tea.Cmd {
		s.city = id
		s.row.offer(s)
		s.keep()
		return follow(then)
	})
}

// pickEvent asks for the event that people sign up for.
func (s *Sheet) pickEvent(then func() tea.Cmd) tea.Cmd {
	return pickEvent(s.d, "Sign up for which event?", func(id shadowing.EventID) tea.Cmd {
		s.setEvent(id)
		s.worked.Set(id)
		s.keep()
		return follow(then)
	})
}

func follow(then func() tea.Cmd) tea.Cmd {
	if then == nil {
		return nil
	}
	return then()
}
