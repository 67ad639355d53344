package access_test

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
)

// The partners of these tests: the viewer's own, and another.
const (
	mine   field.Party = 5
	others field.Party = 4
)

// matrix is the policy written out by hand, apart from the code. Each line is
// a role and, for each realm, what it may see, see of private fields, see of
// confidential fields, and change; in each of these three marks stand for a
// record of its own partner, of another partner, and of no partner.
const matrix = `
	role         shared            city              answers           settings          users
	viewer       yyy y-- --- ---   yyy y-- --- ---   --- --- --- ---   yyy --- --- ---   y-- --- --- ---
	editor       yyy y-- --- y--   yyy y-- --- y--   --- --- --- ---   yyy --- --- ---   y-- --- --- ---
	assessor     yyy y-- y-- y--   yyy y-- y-- y--   y-- y-- y-- y--   yyy --- --- ---   y-- --- --- ---
	coordinator  yyy yyy --- yyy   yyy yyy --- yyy   --- --- --- ---   yyy --- --- ---   y-- --- --- ---
	admin        yyy yyy --- yyy   yyy yyy --- yyy   --- --- --- ---   yyy yyy yyy yyy   yyy yyy yyy yyy
	keeper       yyy yyy yyy yyy   yyy yyy yyy yyy   yyy yyy yyy yyy   yyy yyy yyy yyy   yyy yyy yyy yyy
`

// ofRealm gives a kind of each realm, in the matrix's order.
func ofRealm(t *testing.T) []*field.Kind {
	schema := model.NewSchema()
	var out []*field.Kind
	for i, name := range []string{"programs", "people", "answers", "settings", "users"} {
		k := schema.Kind(name)
		if k.Scope != []field.Scope{field.ScopeShared, field.ScopeCity, field.ScopeAnswers, field.ScopeSettings,
			field.ScopeUsers}[i] {
			t.Fatalf("%s is of another realm", name)
		}
		out = append(out, k)
	}
	return out
}

// parties gives the parties that the three marks stand for.
func parties() [][]field.Party {
	return [][]field.Party{{mine}, {others}, nil}
}

func column(s field.Sensitivity) *field.Column {
	return &field.Column{Spec: field.Spec{Name: "x", Sensitivity: s}}
}

func TestMatrix(t *testing.T) {
	kinds := ofRealm(t)
	lines := strings.Split(strings.TrimSpace(matrix), "\n")[1:]
	if len(lines) != len(access.Roles()) {
		t.Fatalf("%d roles in the matrix, %d in the code", len(lines), len(access.Roles()))
	}
	for i, line := range lines {
		cells := strings.Fields(line)
		role := access.Roles()[i]
		if cells[0] != string(role) || len(cells) != 1+4*len(kinds) {
			t.Fatalf("the matrix says %q where the code has %s", line, role)
		}
		id := access.Identity{User: "u", Role: role, Partner: mine}
		for r, k := range kinds {
			for p, party := range parties() {
				got := []bool{
					id.Sees(k, party),
					id.SeesField(k, column(field.Private), party),
					id.SeesField(k, column(field.Confidential), party),
					id.MayChange(k, false, false, party, party) == nil,
				}
				for verb, name := range []string{"see", "see private fields of", "see confidential fields of",
					"change"} {
					want := cells[1+4*r+verb][p] == 'y'
					if got[verb] != want {
						t.Errorf("%s may %s %s of %v: %v, want %v", role, name, k.Name, party, got[verb], want)
					}
				}
				if id.SeesField(k, column(field.Open), party) != got[0] {
					t.Errorf("%s, %s: an open field is not seen as its record is", role, k.Name)
				}
				if adding := id.MayChange(k, true, false, nil, party) == nil; adding != got[3] {
					t.Errorf("%s may add %s of %v: %v, may change them: %v", role, k.Name, party, adding, got[3])
				}
				if deleting := id.MayChange(k, false, true, party, nil) == nil; deleting != got[3] {
					t.Errorf("%s may delete %s of %v: %v, may change them: %v", role, k.Name, party, deleting, got[3])
				}
			}
		}
	}
}

// TestHandingOver: who changes only its own may neither give a record away nor
// take one, and shares one between two parties.
func TestHandingOver(t *testing.T) {
	k := model.NewSchema().Kind("people")
	both := []field.Party{others, mine}
	for name, c := range map[string]struct {
		before, after []field.Party
		want          bool
	}{
		"its own":                  {[]field.Party{mine}, []field.Party{mine}, true},
		"given away":               {[]field.Party{mine}, []field.Party{others}, false},
		"taken":                    {[]field.Party{others}, []field.Party{mine}, false},
		"made nobody's":            {[]field.Party{mine}, nil, false},
		"between the two":          {both, both, true},
		"let another in":           {[]field.Party{mine}, both, true},
		"left to the other":        {both, []field.Party{others}, false},
		"between others":           {[]field.Party{others, 1}, []field.Party{others, 1}, false},
		"nobody's stays so":        {nil, nil, false},
		"of a partner that is not": {[]field.Party{0}, []field.Party{0}, false},
	} {
		id := access.Identity{Role: access.Editor, Partner: mine}
		err := id.MayChange(k, false, false, c.before, c.after)
		if (err == nil) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (failure.CodeOf(err) != failure.Forbidden || !strings.Contains(err.Error(), "person")) {
			t.Errorf("%s: %v is no sentence about a person", name, err)
		}
	}
}

// TestNobody: without a partner nothing is one's own, and an unknown role may
// do nothing at all.
func TestNobody(t *testing.T) {
	for _, k := range ofRealm(t) {
		for _, party := range append(parties(), []field.Party{0}) {
			loose := access.Identity{Role: access.Editor}
			if loose.MayChange(k, false, false, party, party) == nil ||
				loose.SeesField(k, column(field.Private), party) {
				t.Errorf("an editor of no partner changes or looks into %s of %v", k.Name, party)
			}
			stranger := access.Identity{Role: "boss", Partner: mine}
			if stranger.Sees(k, party) || stranger.SeesField(k, column(field.Open), party) || stranger.SeesAll(k) ||
				stranger.MayChange(k, true, false, nil, party) == nil {
				t.Errorf("an unknown role reaches %s of %v", k.Name, party)
			}
		}
	}
}

// TestSeesAll: where nothing is said to be hidden, nothing is, in any record
// of any kind.
func TestSeesAll(t *testing.T) {
	all := 0
	for _, role := range access.Roles() {
		id := access.Identity{Role: role, Partner: mine}
		for _, k := range model.NewSchema().Kinds {
			whole := true
			for _, party := range parties() {
				whole = whole && id.Sees(k, party)
				for _, c := range k.Columns {
					whole = whole && id.SeesField(k, c, party)
				}
			}
			if id.SeesAll(k) != whole {
				t.Errorf("%s sees all of %s: said %v, is %v", role, k.Name, !whole, whole)
			}
			if whole {
				all++
			}
		}
	}
	if all == 0 {
		t.Error("nobody sees all of anything")
	}
}

// TestClass: identities of one class see the same of every record; what is
// prepared for one is served to the other.
func TestClass(t *testing.T) {
	var ids []access.Identity
	for _, role := range access.Roles() {
		for _, p := range []field.Party{0, mine, others} {
			ids = append(ids, access.Identity{User: string(role), Role: role, Partner: p})
		}
	}
	for _, a := range ids {
		for _, b := range ids {
			if a.Audience() != b.Audience() {
				continue
			}
			for _, k := range model.NewSchema().Kinds {
				for _, party := range append(parties(), []field.Party{mine, others}) {
					if a.Sees(k, party) != b.Sees(k, party) {
						t.Errorf("%v and %v are of class %s and see %s of %v differently", a, b, a.Audience(),
							k.Name, party)
					}
					for _, c := range k.Columns {
						if a.SeesField(k, c, party) != b.SeesField(k, c, party) {
							t.Errorf("%v and %v are of class %s and see %s.%s of %v differently", a, b, a.Audience(),
								k.Name, c.Name, party)
						}
					}
				}
			}
		}
	}
	if a, b := (access.Identity{Role: access.Viewer, Partner: 1}), (access.Identity{Role: access.Viewer,
		Partner: 2}); a.Audience() == b.Audience() {
		t.Error("viewers of two partners are of one class")
	}
}

func TestAlone(t *testing.T) {
	id := access.Alone("dana")
	if id.User != "dana" || id.Name != "dana" || id.Role != access.Owner {
		t.Errorf("%+v", id)
	}
	if got := access.Own.String() + access.None.String() + access.All.String(); got != "ownnoneall" {
		t.Error(got)
	}
}

// TestReleased: a result that was released reaches those it names, in roles
// that are trusted with answers or that help the cities, and nobody else; only
// the keeper changes it.
func TestReleased(t *testing.T) {
	k := model.NewSchema().Kind("publications")
	for _, role := range access.Roles() {
		id := access.Identity{User: "u", Role: role, Partner: mine}
		want := map[access.Role]access.Rights{access.Assessor: {See: access.Own, Private: access.Own,
			Confidential: access.Own, Change: access.None}, access.Coordinator: {See: access.Own, Private: access.Own,
			Confidential: access.Own, Change: access.None}, access.Owner: {See: access.All, Private: access.All,
			Confidential: access.All, Change: access.All}}[role]
		if id.Rights(k) != want {
			t.Errorf("%s has %v over shared results, want %v", role, id.Rights(k), want)
		}
		if sees := id.Sees(k, []field.Party{others}); sees != (role == access.Owner) {
			t.Errorf("%s sees what was shared with another: %v", role, sees)
		}
		if sees := id.Sees(k, []field.Party{others, mine}); sees != (want.See != access.None) {
			t.Errorf("%s sees what was shared with its own partner: %v", role, sees)
		}
	}
	if (access.Identity{Role: access.Coordinator}).Sees(k, []field.Party{others}) {
		t.Error("a coordinator of no partner sees shared results")
	}
}

// TestEveryRefusalSaysWhoDoesIt: whoever is refused reads why, and whom to ask.
func TestEveryRefusalSaysWhoDoesIt(t *testing.T) {
	schema := model.NewSchema()
	theirs, nobodys := []field.Party{others}, []field.Party(nil)
	for _, c := range []struct {
		role    access.Role
		kind    string
		parties []field.Party
		want    string
	}{
		{access.Viewer, "people", theirs, "as viewer you can read people but not change them"},
		{access.Editor, "settings", nobodys, "as editor you can read settings but not change them"},
		{access.Editor, "people", theirs,
			"this person belongs to another partner; ask its staff or the facilitator to change it"},
		{access.Coordinator, "answers", theirs,
			"as coordinator you cannot see or change answers, which are a city's own; ask an assessor of the city to do it"},
		{access.Assessor, "answers", theirs,
			"this answer belongs to another partner; ask its staff or the facilitator to change it"},
		{access.Viewer, "publications", theirs, "as viewer you cannot see or change publications"},
		{access.Assessor, "publications", theirs, "as assessor you can read publications but not change them"},
	} {
		id := access.Identity{Role: c.role, Partner: mine}
		err := id.MayChange(schema.Kind(c.kind), false, false, c.parties, c.parties)
		if failure.CodeOf(err) != failure.Forbidden || err.Error() != c.want {
			t.Errorf("%s, %s of %v:\n got %v\nwant %s", c.role, c.kind, c.parties, err, c.want)
		}
	}
}

// TestWorkIsRefusedBeforeItIsBegun: where no record of a kind could be changed,
// that is said before anything is read or typed.
func TestWorkIsRefusedBeforeItIsBegun(t *testing.T) {
	schema := model.NewSchema()
	for _, c := range []struct {
		role    access.Role
		partner field.Party
		kind    string
		want    string // "" where work may begin
	}{
		{access.Admin, 0, "people", ""},
		{access.Editor, mine, "people", ""},
		{access.Editor, 0, "people",
			"as editor of no city you cannot change people; ask an administrator to say whose staff you are"},
		{access.Assessor, mine, "answers", ""},
		{access.Assessor, 0, "answers",
			"as assessor of no city you cannot change answers; ask an administrator to say whose staff you are"},
		{access.Viewer, mine, "people", "as viewer you can read people but not change them"},
		{access.Viewer, 0, "people", "as viewer you can read people but not change them"},
		{access.Admin, mine, "answers",
			"as admin you cannot see or change answers, which are a city's own; ask an assessor of the city to do it"},
	} {
		err := access.Identity{Role: c.role, Partner: c.partner}.MayChangeSome(schema.Kind(c.kind))
		if got := sentence(err); got != c.want {
			t.Errorf("%s of %d, %s:\n got %s\nwant %s", c.role, c.partner, c.kind, got, c.want)
		}
	}
}

func sentence(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestWhoMayAct: an act is let through as far as its record may be changed; one
// that leaves its record alone, as far as what it makes may be added.
func TestWhoMayAct(t *testing.T) {
	schema := model.NewSchema()
	approve := &field.Act{Name: "loan.approve", On: "reservations"}
	read := &field.Act{Name: "loan.find", On: "reservations", Effect: field.Reads}
	gather := &field.Act{Name: "need.gather", On: "needs", Apart: true, Makes: "solicitations"}
	tell := &field.Act{Name: "need.tell", On: "needs", Apart: true}
	begin := &field.Act{Name: "assess.begin", Makes: "answers"}
	reserved := &field.Act{Name: "user.invite", Makes: "users", Reserved: "an administrator invites; ask one"}
	for _, c := range []struct {
		name  string
		role  access.Role
		act   *field.Act
		whose []field.Party
		want  string
	}{
		{"its own", access.Editor, approve, []field.Party{mine}, ""},
		{"another's", access.Editor, approve, []field.Party{others},
			"this reservation belongs to another partner; ask its staff or the facilitator to change it"},
		{"between the two", access.Editor, approve, []field.Party{others, mine}, ""},
		{"by who only reads", access.Viewer, approve, []field.Party{mine},
			"as viewer you can read reservations but not change them"},
		{"reading another's", access.Viewer, read, []field.Party{others}, ""},
		{"apart from another's", access.Editor, gather, []field.Party{others}, ""},
		{"apart, by who adds none of what it makes", access.Viewer, gather, []field.Party{mine},
			"as viewer you can read solicitations but not change them"},
		{"apart, with nothing of one kind made", access.Viewer, tell, []field.Party{others}, ""},
		{"alone, by who may not add", access.Coordinator, begin, nil,
			"as coordinator you cannot see or change answers, which are a city's own; ask an assessor of the city to do it"},
		{"alone, by who may add", access.Assessor, begin, nil, ""},
		{"reserved, by another", access.Editor, reserved, nil, "an administrator invites; ask one"},
		{"reserved, by the one who does it", access.Admin, reserved, nil, ""},
	} {
		err := access.Identity{Role: c.role, Partner: mine}.MayAct(schema, c.act, c.whose)
		if got := sentence(err); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if err != nil && failure.CodeOf(err) != failure.Forbidden {
			t.Errorf("%s: %v is not of what is forbidden", c.name, err)
		}
	}
}

// TestWhoSpeaksForAPartner: the rules of records see whoever changes all of the
// kind as speaking for everybody, others for their own partner.
func TestWhoSpeaksForAPartner(t *testing.T) {
	schema := model.NewSchema()
	for _, c := range []struct {
		role access.Role
		kind *field.Kind
		all  bool
	}{
		{access.Editor, nil, false}, {access.Coordinator, nil, true},
		{access.Coordinator, schema.Kind("people"), true},
		{access.Coordinator, schema.Kind("answers"), false}, // what they help with is not theirs to answer
		{access.Coordinator, schema.Kind("settings"), false},
		{access.Admin, schema.Kind("settings"), true},
	} {
		got := access.Identity{Name: "Dana", Role: c.role, Partner: mine}.Actor(c.kind)
		if want := (field.Actor{Partner: mine, All: c.all, Name: "Dana"}); got != want {
			t.Errorf("%s: %+v, want %+v", c.role, got, want)
		}
	}
}
