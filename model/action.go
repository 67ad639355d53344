package model

// ActionID identifies an action.
type ActionID = ID[Action]

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
	ID      ID[Action]
	What    string
	Who     ID[Person]
	Due     Opt[Day]
	State   ActionState
	Meeting ID[Meeting] // in which it was taken on
	Item    ID[AgendaItem]
	At      Opt[Wall]
	DoneOn  Opt[Day]
	Note    string
}

// KindName is "actions".
func (Action) KindName() string { return "actions" }

// Overdue reports whether the action is open past its day. It is worked out,
// never stored; without a day nothing is overdue.
func (a *Action) Overdue(today Day) bool {
	return a.State == ActionOpen && a.Due.Set && a.Due.V < today
}

func actionKind() *Kind {
	return Def[Action]{
		Tag: 75, One: "action", Title: "Actions", Realm: RealmShared,
		Purpose:   "What people undertook to do, by when; open ones come back at every meeting.",
		ID:        func(a *Action) *ID[Action] { return &a.ID },
		Label:     func(a *Action) string { return a.What },
		Recognise: [][]string{{"what", "who"}},
		Parties: func(r Reader, a *Action) []Party {
			parties := meetingParties(r, a.Meeting)
			if p := Get(r, a.Who); p != nil {
				parties = append(parties, Party(p.Partner))
			}
			return parties
		},
		Check: func(c *Checking, _, a *Action) {
			checkItem(c, a.Meeting, a.Item)
			if a.DoneOn.Set && a.State != ActionDone {
				c.Add("done_on", "only what is done has a day on which it was done")
			}
			if a.DoneOn.Set && a.DoneOn.V > c.Today {
				c.Add("done_on", "that day is still to come")
			}
		},
		Fields: []Field[Action]{
			Text(1, "what", "Action", func(a *Action) *string { return &a.What }).Need().Wide(40).Eg("Ask three vendors for prices"),
			Ref(2, "who", "Owner", func(a *Action) *ID[Person] { return &a.Who }).Wide(18).Eg("Dana Reyes"),
			OnDay(3, "due", "Due", func(a *Action) *Opt[Day] { return &a.Due }).Wide(12).Eg("Dec 18, 2026"),
			Word(4, "state", "State", func(a *Action) *ActionState { return &a.State }, Choice{"open", "Open"},
				Choice{"done", "Done"}, Choice{"dropped", "Dropped"}).Need().Wide(8).Eg("Open"),
			Ref(5, "meeting", "Meeting", func(a *Action) *ID[Meeting] { return &a.Meeting }).Tucked(),
			Ref(6, "item", "Item", func(a *Action) *ID[AgendaItem] { return &a.Item }).Tucked(),
			AtWall(7, "at", "At", func(a *Action) *Opt[Wall] { return &a.At }).Tucked(),
			OnDay(8, "done_on", "Done on", func(a *Action) *Opt[Day] { return &a.DoneOn }).Tucked(),
			Long(9, "note", "Note", func(a *Action) *string { return &a.Note }).Tucked(),
		},
	}.Kind()
}
