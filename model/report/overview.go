package report

import (
	"cmp"
	"slices"

	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// How far ahead and how much an overview tells.
const (
	comingDays = 30 // what is coming

	maxLines  = 32
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
		lines = append(lines, Line{Text: n, Urgency: field.Overdue})
	}
	s.Attention = append(lines, s.Attention...)
}

// Contributors gives what the program itself has to say, tab by tab.
func Contributors() []Contributor {
	return []Contributor{Partners, Programs, Agreements, Shadowing, Equipment, Cyber, Meetings}
}

// Overview merges what the contributors say to somebody at a local time, most
// urgent first; without any it asks [Contributors]. The same records give the same
// summary.
func Overview(v field.Viewpoint, contributors ...Contributor) Summary {
	if len(contributors) == 0 {
		contributors = Contributors()
	}
	s := Summary{Now: v.Now, First: FirstSteps(v), Owners: Owners(v, v.Now.Day())}
	for _, c := range contributors {
		part := c(v)
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

// Owner is somebody with open actions.
type Owner struct {
	Person  partnership.PersonID // 0 for what nobody has taken on
	Name    string
	Open    int
	Overdue int
}

// Owners lists who has open actions, those with the most overdue first.
func Owners(r field.Reader, today value.Day) []Owner {
	at := map[partnership.PersonID]int{}
	var out []Owner
	for a := range field.All[meeting.Action](r) {
		if a.State != meeting.ActionOpen {
			continue
		}
		i, known := at[a.Who]
		if !known {
			i = len(out)
			at[a.Who] = i
			out = append(out, Owner{Person: a.Who, Name: a.Owner(r)})
		}
		out[i].Open++
		if a.Overdue(today) {
			out[i].Overdue++
		}
	}
	slices.SortStableFunc(out, func(a, b Owner) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Name, b.Name))
	})
	return out
}
