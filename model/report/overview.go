package report

import (
	"slices"

	"interlocal/model/field"
	"interlocal/model/value"
)

// How far ahead and how much an overview tells.
const (
	briefingDays      = 90 // a briefing comes due
	noticeAheadDays   = 30 // the last day for notice comes near
	expiryDays        = 90 // an agreement without a notice period expires
	nextStepDays      = 14 // a next step is due
	qualificationDays = 60 // a licence or certificate expires
	eventDays         = 30 // sign-ups should be approved
	closingDays       = 14 // a self-assessment closes
	comingDays        = 30 // what is coming

	maxLines  = 24
	maxComing = 40
	maxSteps  = 4
)

// Summary is an overview: what a person opening the program sees first.
type Summary struct {
	Now       value.Wall
	Attention []Line
	More      int // lines left out of Attention
	Tiles     []Tile
	Coming    []Coming
	Later     int // entries left out of Coming
	First     []Step
	Owners    []Owner // of open actions
}

// Tell puts what is to be known of the file itself before all else.
func (s *Summary) Tell(notices []string) {
	lines := make([]Line, 0, len(notices)+len(s.Attention))
	for _, n := range notices {
		lines = append(lines, Line{Text: n, Urgency: Overdue})
	}
	s.Attention = append(lines, s.Attention...)
}

// Contributors gives what the program itself has to say, tab by tab.
func Contributors() []Contributor {
	return []Contributor{Partners, Programs, Agreements, Shadowing, Equipment, Cyber, Meetings}
}

// Overview merges what the contributors say at a local time, most urgent
// first; without any it asks [Contributors]. The same records give the same
// summary.
func Overview(r field.Reader, now value.Wall, contributors ...Contributor) Summary {
	if len(contributors) == 0 {
		contributors = Contributors()
	}
	s := Summary{Now: now, First: FirstSteps(r), Owners: Owners(r, now.Day())}
	for _, c := range contributors {
		part := c(r, now)
		s.Attention = append(s.Attention, part.Attention...)
		s.Tiles = append(s.Tiles, part.Tiles...)
		s.Coming = append(s.Coming, part.Coming...)
		s.More += part.More
		s.Later += part.Later
	}
	slices.SortStableFunc(s.Attention, orderLines)
	slices.SortStableFunc(s.Coming, orderComing)
	if n := len(s.Attention) - maxLines; n > 0 {
		s.Attention, s.More = s.Attention[:maxLines], s.More+n
	}
	if n := len(s.Coming) - maxComing; n > 0 {
		s.Coming, s.Later = s.Coming[:maxComing], s.Later+n
	}
	return s
}
