package field_test

import (
	"fmt"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/value"
)

// Ladder is a record of the example.
type Ladder struct {
	ID      field.ID[Ladder]
	Name    string
	Retired value.Opt[value.Day]
	Why     string
}

func (Ladder) KindName() string { return "ladders" }

func describeLadder() *field.Kind {
	return field.Def[Ladder]{Tag: 1, One: "ladder", Title: "Ladders", Purpose: "What people climb on.",
		ID:    func(l *Ladder) *field.ID[Ladder] { return &l.ID },
		Label: func(l *Ladder) string { return l.Name },
		Fields: []field.Field[Ladder]{
			field.Text(1, "name", "Name", func(l *Ladder) *string { return &l.Name }).Required(),
			field.OnDay(2, "retired", "Retired on", func(l *Ladder) *value.Opt[value.Day] { return &l.Retired }),
			field.Text(3, "why", "Retired because", func(l *Ladder) *string { return &l.Why }),
		}}.Kind()
}

// Retiring is what is said when a ladder is retired.
type Retiring struct {
	On     value.Opt[value.Day]
	Reason string
}

// retireAct is an act in full, as a domain's table lists it. Who may change the
// record has been asked before; May says what else stands in the way.
func retireAct() *field.Act {
	return field.ActOn[Ladder, Retiring]{Name: "ladder.retire", Title: "Retire", Rest: "reason",
		Help: "Takes a ladder out of use for good.",
		Args: []field.Field[Retiring]{
			field.OnDay(1, "on", "Day", func(a *Retiring) *value.Opt[value.Day] { return &a.On }).Required(),
			field.Text(2, "reason", "Why", func(a *Retiring) *string { return &a.Reason }).Required(),
		},
		May: func(_ field.Viewpoint, l *Ladder) error {
			return failure.If(l.Retired.Set, failure.Invalid, l.Name+" is retired already")
		},
		Fill: func(v field.Viewpoint, _ *Ladder, a *Retiring) { a.On = value.Some(v.Now.Day()) },
		Do: func(w field.Writer, l *Ladder, a *Retiring, _ any) (field.Result, error) {
			return field.Becomes(w, l, l.Name+" is retired.", func(l *Ladder) { l.Retired, l.Why = a.On, a.Reason })
		}}.Act()
}

// An act is tried without a store.
func ExampleActOn() {
	schema := field.SchemaOf(describeLadder())
	w := fieldtest.NewWriter(schema, value.Date(2027, 3, 4).At(12, 0))
	id, _ := w.Put("ladders", &Ladder{Name: "L-7"})
	act := retireAct()
	args := act.NewArgs(w.View(), w.Get("ladders", id))
	args.(*Retiring).Reason = "a rung broke"
	done, err := act.Do(w, id, args, nil)
	fmt.Println(done.Text, err)
	fmt.Println(w.Get("ladders", id).(*Ladder).Retired.V, act.May(w.View(), w.Get("ladders", id)))
	// Output:
	// L-7 is retired. <nil>
	// 2027-03-04 L-7 is retired already
}
