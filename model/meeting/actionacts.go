package meeting

import (
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/value"
)

// onAction is an act on what somebody undertook to do.
type onAction[A any] = field.ActOn[Action, A]

// actionTitle is what history calls what becomes of an action.
func actionTitle[A any](field.Viewpoint, *Action, *A) string { return "action" }

// mayWhileActionOpen refuses what there is no point in once an action is over.
func mayWhileActionOpen(_ field.Viewpoint, a *Action) error {
	return failure.If(a.State != ActionOpen, failure.Conflict,
		"this action is "+string(a.State)+"; open it again first")
}

func doneAct() *field.Act {
	return onAction[field.NoArgs]{Name: "action.done", Title: "Done", Help: "Notes that an action was done today.",
		History: actionTitle[field.NoArgs],
		Words:   []string{"tick off an action"},
		May: func(_ field.Viewpoint, a *Action) error {
			return failure.If(a.State == ActionDone, failure.Conflict, "this action is done already")
		},
		Do: func(w field.Writer, a *Action, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Becomes(w, a, "Done: "+a.What+".", func(fresh *Action) {
				fresh.State, fresh.DoneOn = ActionDone, value.Some(w.Now().Day())
			})
		}}.Act()
}

func reopenAct() *field.Act {
	return onAction[field.NoArgs]{Name: "action.reopen", Title: "Open again",
		Help:    "Opens an action again that was done or dropped.",
		History: actionTitle[field.NoArgs],
		May: func(_ field.Viewpoint, a *Action) error {
			return failure.If(a.State == ActionOpen, failure.Conflict, "this action is open")
		},
		Do: func(w field.Writer, a *Action, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Becomes(w, a, "Open again: "+a.What+".", func(fresh *Action) {
				fresh.State, fresh.DoneOn = ActionOpen, value.Opt[value.Day]{}
			})
		}}.Act()
}

// Deferral is until when an action is put off.
type Deferral struct{ Until value.Opt[value.Day] }

func deferAct() *field.Act {
	return onAction[Deferral]{Name: "action.defer", Title: "Put off",
		Help: "Gives an action another day by which it is to be done.", Rest: "until",
		Words: []string{"postpone an action"}, History: actionTitle[Deferral], May: mayWhileActionOpen,
		Args: []field.Field[Deferral]{
			field.OnDay(1, "until", "Due", func(a *Deferral) *value.Opt[value.Day] { return &a.Until }).Required().
				Help("By when is it to be done?"),
		},
		Do: func(w field.Writer, a *Action, d *Deferral, _ any) (field.Result, error) {
			says := "Put off to " + d.Until.V.Long() + ": " + a.What + "."
			return field.Becomes(w, a, says, func(fresh *Action) { fresh.Due = d.Until })
		}}.Act()
}

func dropAct() *field.Act {
	return onAction[field.NoArgs]{Name: "action.drop", Title: "Drop",
		Help:    "Notes that an action is not going to be done.",
		History: actionTitle[field.NoArgs], May: mayWhileActionOpen,
		Do: func(w field.Writer, a *Action, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Becomes(w, a, "Dropped: "+a.What+".", func(fresh *Action) { fresh.State = ActionDropped })
		}}.Act()
}
