package report

import (
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// Step is something to do first in a file that is still thin. It disappears
// once it has been done.
type Step struct {
	Kind string // what to add or edit
	Key  string // the key that does it on that list
	Text string
}

// FirstSteps works out from what is missing what to record first; at most four.
func FirstSteps(r field.Reader) []Step {
	var steps []Step
	for _, step := range []func(field.Reader) (Step, bool){
		firstPartners, firstLiaisons, firstBriefings, firstPrograms, firstAgreements, firstEquipment,
	} {
		if s, missing := step(r); missing && len(steps) < maxSteps {
			steps = append(steps, s)
		}
	}
	return steps
}

// cities lists the partners that have a governing body and take part.
func cities(r field.Reader) []*partnership.Partner {
	var out []*partnership.Partner
	for p := range field.All[partnership.Partner](r) {
		if p.Governs() && p.Active() {
			out = append(out, p)
		}
	}
	return out
}

func firstPartners(r field.Reader) (Step, bool) {
	for p := range field.All[partnership.Partner](r) {
		if p.Governs() && p.Status != partnership.Withdrawn {
			return Step{}, false
		}
	}
	return Step{"partners", "a", "Add the cities that take part, and who helps them"}, true
}

// lacking lists the names of cities without what have says they may have, and
// says whether that is all of them.
func lacking(r field.Reader, have map[partnership.PartnerID]bool) (names []string, all bool) {
	in := cities(r)
	for _, p := range in {
		if !have[p.ID] {
			names = append(names, p.Name)
		}
	}
	return names, len(names) == len(in)
}

func firstLiaisons(r field.Reader) (Step, bool) {
	have := map[partnership.PartnerID]bool{}
	for p := range field.All[partnership.Person](r) {
		if !p.Left && p.Has(partnership.RoleLiaison) {
			have[p.Partner] = true
		}
	}
	names, all := lacking(r, have)
	if all {
		return Step{"people", "a", "Add each city's liaison so that colleagues find them"}, len(names) > 0
	}
	return Step{"people", "a", "Add the liaison of " + text.Joined(names, 3)}, len(names) > 0
}

func firstBriefings(r field.Reader) (Step, bool) {
	have := map[partnership.PartnerID]bool{}
	for b := range field.All[partnership.Briefing](r) {
		if b.Status == partnership.BriefingGiven && b.Date.Set {
			have[b.Partner] = true
		}
	}
	names, all := lacking(r, have)
	if all {
		return Step{"briefings", "a", "Record the last council briefing of each city"}, len(names) > 0
	}
	return Step{"briefings", "a", "Record the last council briefing of " + text.Joined(names, 3)}, len(names) > 0
}

func firstPrograms(r field.Reader) (Step, bool) {
	none, live := true, false
	for p := range field.All[partnership.Program](r) {
		none = false
		if p.Live() && p.Lead != 0 {
			return Step{}, false
		}
		live = live || p.Live()
	}
	if none {
		return Step{"programs", "a", "Add what you already do together, as programs"}, true
	}
	return Step{"programs", "e", "Say who leads each program"}, live
}

func firstAgreements(r field.Reader) (Step, bool) {
	for range field.All[partnership.Agreement](r) {
		return Step{}, false
	}
	return Step{"agreements", "a", "Record the agreements in force between the cities"}, true
}

func firstEquipment(r field.Reader) (Step, bool) {
	for range field.All[lending.Equipment](r) {
		return Step{}, false
	}
	return Step{"equipment", "a", "List the machines and tools a city could lend"}, true
}
