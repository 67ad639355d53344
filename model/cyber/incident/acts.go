package incident

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Acts lists what can be done with a call tree.
func Acts() field.Acts { return field.Acts{verifyAct()} }

// Tried says which numbers were tried, and when.
type Tried struct {
	Role string // "" for all
	On   value.Opt[value.Day]
}

func verifyAct() *field.Act {
	return field.ActOn[Card, Tried]{Name: "calltree.verify", Title: "Note that the numbers were tried", Rest: "role",
		Words: []string{"verify contacts"},
		Help:  "Notes on which day the numbers of a city's call tree were tried, of one contact or of all.",
		Args: []field.Field[Tried]{
			field.Text(1, "role", "Contact", func(t *Tried) *string { return &t.Role }).Help("Empty is all of them."),
			field.OnDay(2, "on", "Tried on", func(t *Tried) *value.Opt[value.Day] { return &t.On }).
				Help("Today when not said."),
		},
		History: func(v field.Viewpoint, c *Card, _ *Tried) string {
			return "verify the call tree of " + partnership.PartnerName(v, c.Partner)
		},
		Do: func(w field.Writer, c *Card, t *Tried, _ any) (field.Result, error) {
			day, n := value.Some(t.On.Or(w.Now().Day())), 0
			err := field.Change(w, c.ID, func(c *Card) error {
				c.Contacts, n = slices.Clone(c.Contacts), 0
				for i := range c.Contacts {
					if x := &c.Contacts[i]; t.Role == "" || field.FoldName(x.Role) == field.FoldName(t.Role) {
						x.Verified, n = day, n+1
					}
				}
				if n == 0 {
					return failure.New(failure.NotFound, "the call tree has no contact for that; name one that it has")
				}
				return nil
			})
			return field.Result{Text: text.Counted(n, "contact", "contacts") + " verified; to be tried again in " +
				strconv.Itoa(StaleDays) + " days.", Kind: KindCalltrees, ID: uint64(c.ID)}, err
		}}.Act()
}
