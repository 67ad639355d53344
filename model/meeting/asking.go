package meeting

import (
	"slices"
	"strings"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Cities are asked for what they know by sheets that they fill in and send back.
// Each sheet that is out is an open action of the city's liaison, so that it is
// told and becomes due as other actions do, and is done when the sheet comes in.

// askedFor begins what the action of a sheet says, before the city's name.
const askedFor = "Send back the sheet for "

// Asked is a sheet that a city has not sent back.
type Asked struct {
	Action  ActionID
	City    *partnership.Partner
	Liaison *partnership.Person // nil when nobody is on record
	Due     value.Opt[value.Day]
}

// Asking is when the sheets are wanted.
type Asking struct{ Due value.Day }

// AskAct asks every city for its sheet. It is on no list: the command that writes
// the sheets does it.
func AskAct() *field.Act {
	return field.ActOn[field.Alone, Asking]{Name: "sheet.ask", Title: "Ask the cities for their sheets",
		Help: "Notes that every city is asked for its sheet.",
		History: func(_ field.Viewpoint, _ *field.Alone, a *Asking) string {
			return "ask the cities for their sheets by " + a.Due.Long()
		},
		Do: func(w field.Writer, _ *field.Alone, a *Asking, _ any) (field.Result, error) {
			_, err := Ask(w, a.Due)
			return field.Result{}, err
		}}.Act()
}

// Ask asks every city but the facilitator for a sheet by a day. Of a city that is
// asked already the day is moved.
func Ask(w field.Writer, due value.Day) ([]Asked, error) {
	open := Missing(w)
	var out []Asked
	for _, city := range partnership.Cities(w) {
		a := &Action{What: askedFor + city.Name, State: ActionOpen, At: value.Some(w.Now())}
		if at := slices.IndexFunc(open, func(o Asked) bool { return o.City.ID == city.ID }); at >= 0 {
			again := *field.Get(w, open[at].Action)
			a = &again
		}
		liaison := liaisonOf(w, city.ID)
		if liaison != nil {
			a.Who = liaison.ID
		}
		a.Due = value.Some(due)
		id, err := field.Put(w, a)
		if err != nil {
			return nil, err
		}
		out = append(out, Asked{id, city, liaison, a.Due})
	}
	return out, nil
}

// liaisonOf gives a city's liaison, who is asked.
func liaisonOf(r field.Reader, city partnership.PartnerID) *partnership.Person {
	for p := range field.All[partnership.Person](r) {
		if p.Partner == city && !p.Left && p.Has(partnership.RoleLiaison) {
			return p
		}
	}
	return nil
}

// Missing lists the sheets that are out, by city.
func Missing(r field.Reader) []Asked {
	var out []Asked
	for a := range field.All[Action](r) {
		name, ok := strings.CutPrefix(a.What, askedFor)
		if !ok || a.State != ActionOpen {
			continue
		}
		for _, city := range partnership.Cities(r) {
			if city.Name == name {
				out = append(out, Asked{a.ID, city, field.Get(r, a.Who), a.Due})
			}
		}
	}
	return out
}

// Returned takes down that a sheet came back. A number of none that is out says
// nothing.
func Returned(w field.Writer, id ActionID) error {
	for _, o := range Missing(w) {
		if o.Action == id {
			return field.Change(w, id, func(a *Action) error {
				a.State, a.DoneOn = ActionDone, value.Some(w.Now().Day())
				return nil
			})
		}
	}
	return nil
}
