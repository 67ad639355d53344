package report

import "interlocal/model"

// Step is something to do first in a file that is still thin. It disappears
// once it has been done.
type Step struct {
	Kind string // what to add or edit
	Key  string // the key that does it on that list
	Text string
}

// FirstSteps works out from what is missing what to record first; at most four.
func FirstSteps(r model.Reader) []Step {
	var steps []Step
	for _, step := range []func(model.Reader) (Step, bool){
		firstPartners, firstLiaisons, firstBriefings, firstPrograms, firstAgreements, firstEquipment,
	} {
		if s, missing := step(r); missing && len(steps) < maxSteps {
			steps = append(steps, s)
		}
	}
	return steps
}

// cities lists the partners that have a governing body and take part.
func cities(r model.Reader) []*model.Partner {
	var out []*model.Partner
	for p := range model.All[model.Partner](r) {
		if p.Governs() && p.Active() {
			out = append(out, p)
		}
	}
	return out
}

func firstPartners(r model.Reader) (Step, bool) {
	for p := range model.All[model.Partner](r) {
		if p.Governs() && p.Status != model.Withdrawn {
			return Step{}, false
		}
	}
	return Step{"partners", "a", "Add the cities that take part, and who helps them"}, true
}

// lacking lists the names of cities without what have says they may have, and
// says whether that is all of them.
func lacking(r model.Reader, have map[model.PartnerID]bool) (names []string, all bool) {
	in := cities(r)
	for _, p := range in {
		if !have[p.ID] {
			names = append(names, p.Name)
		}
	}
	return names, len(names) == len(in)
}

func firstLiaisons(r model.Reader) (Step, bool) {
	have := map[model.PartnerID]bool{}
	for p := range model.All[model.Person](r) {
		if !p.Left && p.Has(model.RoleLiaison) {
			have[p.Partner] = true
		}
	}
	names, all := lacking(r, have)
	if all {
		return Step{"people", "a", "Add each city's liaison so that colleagues find them"}, len(names) > 0
	}
	return Step{"people", "a", "Add the liaison of " + joined(names, 3)}, len(names) > 0
}

func firstBriefings(r model.Reader) (Step, bool) {
	have := map[model.PartnerID]bool{}
	for b := range model.All[model.Briefing](r) {
		if b.Status == model.BriefingGiven && b.Date.Set {
			have[b.Partner] = true
		}
	}
	names, all := lacking(r, have)
	if all {
		return Step{"briefings", "a", "Record the last council briefing of each city"}, len(names) > 0
	}
	return Step{"briefings", "a", "Record the last council briefing of " + joined(names, 3)}, len(names) > 0
}

func firstPrograms(r model.Reader) (Step, bool) {
	none, live := true, false
	for p := range model.All[model.Program](r) {
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

func firstAgreements(r model.Reader) (Step, bool) {
	for range model.All[model.Agreement](r) {
		return Step{}, false
	}
	return Step{"agreements", "a", "Record the agreements in force between the cities"}, true
}

func firstEquipment(r model.Reader) (Step, bool) {
	for range model.All[model.Equipment](r) {
		return Step{}, false
	}
	return Step{"equipment", "a", "List the machines and tools a city could lend"}, true
}

// anyLead reports whether somebody has begun to record who leads what; before
// that, programs without a lead are a first step and not a reproach.
func anyLead(r model.Reader) bool {
	for p := range model.All[model.Program](r) {
		if p.Live() && p.Lead != 0 {
			return true
		}
	}
	return false
}
