package meeting

import (
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// ActionID identifies an action.
type ActionID = field.ID[Action]

// ActionState is how far an action has come.
type ActionState string

// States of an action.
const (
	ActionOpen    ActionState = "open"
	ActionDone    ActionState = "done"
	ActionDropped ActionState = "dropped"
)

// Action is what somebody undertook to do.
type Action struct {
	ID      field.ID[Action]
	What    string
	Who     field.ID[partnership.Person]
	Due     value.Opt[value.Day]
	State   ActionState
	Meeting field.ID[Meeting] // in which it was taken on
	Item    field.ID[AgendaItem]
	At      value.Opt[value.Wall]
	DoneOn  value.Opt[value.Day]
	Note    string
}

// KindActions names the kind whose records are of type [Action].
const KindActions = "actions"

// KindName is "actions".
func (Action) KindName() string { return KindActions }

// Overdue reports whether the action is open past its day. It is worked out,
// never stored; without a day nothing is overdue.
func (a *Action) Overdue(today value.Day) bool {
	return a.State == ActionOpen && a.Due.Set && a.Due.V < today
}

// DescribeAction describes actions.
func DescribeAction() *field.Kind {
	return field.Def[Action]{
		Tag: 75, One: "action", Title: "Actions", Scope: field.ScopeShared,
		Purpose:   "What people undertook to do, by when; open ones come back at every meeting.",
		ID:        func(a *Action) *field.ID[Action] { return &a.ID },
		Label:     func(a *Action) string { return a.What },
		Recognise: [][]string{{"what", "who"}},
		Parties: func(r field.Reader, a *Action) []field.Party {
			parties := meetingParties(r, a.Meeting)
			if p := field.Get(r, a.Who); p != nil {
				parties = append(parties, field.Party(p.Partner))
			}
			return parties
		},
		Due: dueAction,
		Check: func(c *field.Checking, _, a *Action) {
			checkItem(c, a.Meeting, a.Item)
			if a.DoneOn.Set && a.State != ActionDone {
				c.Add("done_on", "only what is done has a day on which it was done")
			}
			if a.DoneOn.Set && a.DoneOn.V > c.Today {
				c.Add("done_on", "that day is still to come")
			}
		},
		Fields: []field.Field[Action]{
			field.Text(1, "what", "Action", func(a *Action) *string { return &a.What }).Required().Width(40).
				Example("Ask three vendors for prices"),
			field.Ref(2, "who", "Owner", func(a *Action) *field.ID[partnership.Person] { return &a.Who }).Width(18).
				Example("Dana Reyes"),
			field.OnDay(3, "due", "Due", func(a *Action) *value.Opt[value.Day] { return &a.Due }).Width(12).
				Example("Dec 18, 2026"),
			field.Word(4, "state", "State", func(a *Action) *ActionState { return &a.State },
				field.Choice{Value: "open", Title: "Open"},
				field.Choice{Value: "done", Title: "Done"}, field.Choice{Value: "dropped", Title: "Dropped"}).
				Required().Width(8).Example("Open"),
			field.Ref(5, "meeting", "Meeting", func(a *Action) *field.ID[Meeting] { return &a.Meeting }).
				HiddenByDefault(),
			field.Ref(6, "item", "Item", func(a *Action) *field.ID[AgendaItem] { return &a.Item }).HiddenByDefault(),
			field.AtWall(7, "at", "At", func(a *Action) *value.Opt[value.Wall] { return &a.At }).HiddenByDefault(),
			field.OnDay(8, "done_on", "Done on", func(a *Action) *value.Opt[value.Day] { return &a.DoneOn }).
				HiddenByDefault(),
			field.Long(9, "note", "Note", func(a *Action) *string { return &a.Note }).HiddenByDefault(),
		},
	}.Kind()
}
