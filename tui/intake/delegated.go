package intake

import (
	"slices"

	"interlocal/model/cyber/assess"
	"interlocal/model/exchange"
	"interlocal/store"
)

// PlanDelegated works out what the sheet of a colleague who answered a part of
// the questions would do to the answers.
func PlanDelegated(me *store.Session, s *exchange.Sheet) (*exchange.Plan, error) {
	view := me.View()
	m := exchange.Map(view.Schema().Kind("answers"), s.Headings, nil)
	for _, h := range assess.OwnHeadings() {
		if slices.Contains(s.Headings, h) {
			if err := m.Set(h, exchange.Ignored); err != nil {
				return nil, err
			}
		}
	}
	return Plan(me, view, me.Now().Day(), s, m)
}
