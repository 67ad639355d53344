package access_test

import (
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/field"
)

// TestLookingAsSomebodyShowsWhatBothSee: whoever looks as a role sees of every
// record what that role sees and they themselves do, and changes something only
// where the role has no right that they lack.
func TestLookingAsSomebodyShowsWhatBothSee(t *testing.T) {
	schema, kinds := model.NewSchema(), ofRealm(t)
	some := func() (out []access.Identity) {
		for _, role := range access.Roles() {
			for _, p := range []field.Party{mine, others, 0} {
				out = append(out, access.Identity{User: "u", Name: "U", Role: role, Partner: p})
			}
		}
		return out
	}
	looks := 0
	for _, asker := range some() {
		for _, as := range some() {
			id := asker.Looking(as.Role, as.Partner, schema)
			if id.Changes() != nil {
				looks++
			}
			for _, k := range kinds {
				for _, party := range parties() {
					sees := func(id access.Identity) [5]bool {
						return [5]bool{id.Sees(k, party), id.SeesField(k, column(field.Private), party),
							id.SeesField(k, column(field.Confidential), party),
							id.SeesNoted("v", party) == access.All, id.SeesAll(k)}
					}
					got, a, b := sees(id), sees(asker), sees(as)
					for i := range 4 {
						if got[i] != (a[i] && b[i]) {
							t.Errorf("%v as %v: %s of %v, sight %d: %v", asker, as, k.Name, party, i, got[i])
						}
					}
					if got[4] && !(a[4] && b[4]) {
						t.Errorf("%v as %v: all of %s is taken to be seen", asker, as, k.Name)
					}
					changes := id.MayChange(k, false, false, party, party) == nil
					if changes && (asker.MayChange(k, false, false, party, party) != nil ||
						as.MayChange(k, false, false, party, party) != nil) {
						t.Errorf("%v as %v changes %s of %v", asker, as, k.Name, party)
					}
					by := id.Actor(k)
					if id.Changes() != nil && (by.All || by.Whole || id.Manages() && !asker.Manages()) {
						t.Errorf("%v as %v acts for all: %+v", asker, as, by)
					}
				}
			}
		}
	}
	if looks < 50 {
		t.Errorf("only %d of them look alone", looks)
	}
	lee := access.Identity{Role: access.Assessor, Partner: mine}
	a, b := lee.Looking(access.Admin, 0, schema), lee.Looking(access.Editor, mine, schema)
	if a.Audience() == b.Audience() {
		t.Error("what is prepared for one is taken to serve the other")
	}
}
