// Package access says who may see and do what.
//
// The whole policy is one table, [rights]: for each role and each realm of
// records it gives how far seeing and changing reach, and how far a record's
// private and confidential fields are seen. Everything else in the package
// applies that table to a record's parties. The store asks it for every record
// it hands out and every change it accepts, so no screen or command has a
// policy of its own.
package access

import (
	"slices"
	"strconv"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// Role is what a user is trusted with, weakest first.
type Role string

// The roles. Keeper is whoever opened a file that nobody else has been added
// to: it is theirs.
const (
	Viewer      Role = "viewer"
	Editor      Role = "editor"
	Assessor    Role = "assessor"
	Coordinator Role = "coordinator"
	Admin       Role = "admin"
	Owner       Role = "keeper"
)

// Roles lists all roles, weakest first.
func Roles() []Role { return []Role{Viewer, Editor, Assessor, Coordinator, Admin, Owner} }

// Reach is how far a right goes.
type Reach uint8

// Nowhere, to records of one's own partner, to all for whoever is of some partner, or
// to all.
const (
	None Reach = iota
	Own
	Partners
	All
)

// String gives the word used in tests and documents.
func (r Reach) String() string { return [...]string{"none", "own", "partners", "all"}[r] }

// Rights are what a role may do with the records of one realm.
type Rights struct {
	See          Reach // the record and its open fields
	Private      Reach // private fields
	Confidential Reach // confidential fields
	Change       Reach // add, edit and delete
}

// rights is the policy: for each role, its rights over the realms in the order
// shared, city, answers, settings, users; results that were released follow
// [released], and what the partners have among themselves [among]. Everybody sees
// the logins of their own city, in the history as well, so that nobody is let in to its answers unseen.
func rights(role Role, realm field.Scope) Rights {
	switch realm {
	case field.ScopeReleased:
		return released(role)
	case field.ScopePartners:
		return among(role)
	}
	var row [5]Rights
	switch role {
	//                    see  private confidential change
	case Viewer:
		row = [5]Rights{
			field.ScopeShared:   {All, Own, None, None},
			field.ScopeCity:     {All, Own, None, None},
			field.ScopeAnswers:  {None, None, None, None},
			field.ScopeSettings: {All, None, None, None},
			field.ScopeUsers:    {Own, None, None, None},
		}
	case Editor:
		row = [5]Rights{
			field.ScopeShared:   {All, Own, None, Own},
			field.ScopeCity:     {All, Own, None, Own},
			field.ScopeAnswers:  {None, None, None, None},
			field.ScopeSettings: {All, None, None, None},
			field.ScopeUsers:    {Own, None, None, None},
		}
	case Assessor:
		row = [5]Rights{
			field.ScopeShared:   {All, Own, Own, Own},
			field.ScopeCity:     {All, Own, Own, Own},
			field.ScopeAnswers:  {Own, Own, Own, Own},
			field.ScopeSettings: {All, None, None, None},
			field.ScopeUsers:    {Own, None, None, None},
		}
	case Coordinator:
		row = [5]Rights{
			field.ScopeShared:   {All, All, None, All},
			field.ScopeCity:     {All, All, None, All},
			field.ScopeAnswers:  {None, None, None, None},
			field.ScopeSettings: {All, None, None, None},
			field.ScopeUsers:    {Own, None, None, None},
		}
	case Admin:
		row = [5]Rights{
			field.ScopeShared:   {All, All, None, All},
			field.ScopeCity:     {All, All, None, All},
			field.ScopeAnswers:  {None, None, None, None},
			field.ScopeSettings: {All, All, All, All},
			field.ScopeUsers:    {All, All, All, All},
		}
	case Owner:
		row = [5]Rights{
			field.ScopeShared:   {All, All, All, All},
			field.ScopeCity:     {All, All, All, All},
			field.ScopeAnswers:  {All, All, All, All},
			field.ScopeSettings: {All, All, All, All},
			field.ScopeUsers:    {All, All, All, All},
		}
	}
	return row[realm]
}

// released gives a role's rights over results that cities have released: those
// whom a result names as its audience see it, and nobody changes it. The
// program makes them as the keeper.
func released(role Role) Rights {
	switch role {
	case Assessor, Coordinator:
		return Rights{See: Own, Private: Own, Confidential: Own}
	case Owner:
		return Rights{All, All, All, All}
	}
	return Rights{}
}

// among gives a role's rights over what the partners have among themselves: whoever
// is of one sees all of it, and a city's staff change their own.
func among(role Role) Rights {
	switch role {
	case Viewer:
		return Rights{See: Partners, Private: Partners}
	case Editor, Assessor:
		return Rights{See: Partners, Private: Partners, Change: Own}
	case Coordinator, Admin:
		return Rights{See: All, Private: All, Change: All}
	case Owner:
		return Rights{All, All, All, All}
	}
	return Rights{}
}

// Identity is who is looking or changing.
type Identity struct {
	User    string // stable key: owns undo, drafts and preferences
	Name    string // as history shows it
	Role    Role
	Partner field.Party // 0 when of no partner

	asker *Identity // who looks as this one, where that may see what the asker may not
}

// Alone is the identity of whoever opens a file of their own.
func Alone(user string) Identity { return Identity{User: user, Name: user, Role: Owner} }

// Audience names what the identity can see: identities of equal class see the
// same of every record, so what is prepared for one serves the other.
func (id Identity) Audience() string {
	if id.asker != nil {
		return id.self().Audience() + " of " + id.asker.Audience()
	}
	switch id.Role {
	case Owner, Admin:
		return string(id.Role)
	}
	return string(id.Role) + "@" + strconv.FormatUint(uint64(id.Partner), 10)
}

// Rights gives the identity's rights over a kind.
func (id Identity) Rights(k *field.Kind) Rights {
	r := rights(id.Role, k.Scope)
	if id.asker == nil {
		return r
	}
	of := id.asker.Rights(k)
	return Rights{min(r.See, of.See), min(r.Private, of.Private), min(r.Confidential, of.Confidential), None}
}

// Actor gives the identity as records' own rules see it; without a kind, as the
// rules of day-to-day records do.
func (id Identity) Actor(k *field.Kind) field.Actor {
	realm := field.ScopeCity
	if k != nil {
		realm = k.Scope
	}
	return field.Actor{Partner: id.Partner, All: rights(id.Role, realm).Change == All && id.asker == nil,
		Name: id.Name, User: id.User, Whole: id.Role == Owner && id.asker == nil}
}

// MayAct returns nil when the identity may do an act to a record whose parties
// are given, or at all when it stands alone, as far as rights go: the act's own
// rules and those of the records it changes are asked besides.
func (id Identity) MayAct(schema *field.Schema, a *field.Act, parties []field.Party) error {
	err := id.mayAct(schema, a, parties)
	if err != nil && a.Reserved != "" {
		return failure.New(failure.Forbidden, a.Reserved)
	}
	return err
}

func (id Identity) mayAct(schema *field.Schema, a *field.Act, parties []field.Party) error {
	if a.Effect == field.Reads {
		return nil
	}
	if err := id.Changes(); err != nil {
		return err
	}
	if a.On != "" && !a.Apart {
		return id.MayChange(schema.Kind(a.On), false, false, parties, parties)
	}
	if made := schema.Kind(a.Makes); made != nil && id.Rights(made).Change == None {
		return id.MayChange(made, true, false, nil, nil)
	}
	return nil
}

// owns reports whether the identity's partner is a party.
func (id Identity) owns(parties []field.Party) bool {
	return id.Partner != 0 && slices.Contains(parties, id.Partner)
}

// reaches applies a reach to a record's parties.
func (id Identity) reaches(r Reach, parties []field.Party) bool {
	return r == All || r == Partners && id.Partner != 0 || r == Own && id.owns(parties)
}

// Sees reports whether the identity may know of a record with these parties.
func (id Identity) Sees(k *field.Kind, parties []field.Party) bool {
	if id.asker != nil && !id.asker.Sees(k, parties) {
		return false
	}
	return id.reaches(rights(id.Role, k.Scope).See, parties)
}

// SeesField reports whether the identity may know the value a record with
// these parties holds in a column.
func (id Identity) SeesField(k *field.Kind, c *field.Column, parties []field.Party) bool {
	if id.asker != nil && !id.asker.SeesField(k, c, parties) {
		return false
	}
	r := rights(id.Role, k.Scope)
	switch c.Sensitivity {
	case field.Open:
		return id.reaches(r.See, parties)
	case field.Private:
		return id.reaches(r.Private, parties)
	}
	return id.reaches(r.Confidential, parties)
}

// SeesAll reports whether nothing of the kind is hidden from the identity in
// any record, so that no record needs looking at.
func (id Identity) SeesAll(k *field.Kind) bool {
	if id.asker != nil && !id.asker.SeesAll(k) {
		return false
	}
	r := rights(id.Role, k.Scope)
	if !id.reaches(r.See, nil) {
		return false
	}
	for _, c := range k.Columns {
		if c.Sensitivity == field.Private && !id.reaches(r.Private, nil) ||
			c.Sensitivity == field.Confidential && !id.reaches(r.Confidential, nil) {
			return false
		}
	}
	return true
}

// MayChangeSome returns nil when there can be a record of the kind that the
// identity may change. It is for refusing work before it is begun: what is let
// through here is still asked about record by record.
func (id Identity) MayChangeSome(k *field.Kind) error {
	if err := id.Changes(); err != nil {
		return err
	}
	if r := id.Rights(k).Change; r == All || r == Own && id.Partner != 0 {
		return nil
	}
	if id.Rights(k).Change == Own {
		return failure.New(failure.Forbidden, "as "+string(id.Role)+" of no city you cannot change "+k.Name+
			"; ask an administrator to say whose staff you are")
	}
	return id.MayChange(k, false, false, nil, nil)
}

// MayChange returns nil when the identity may turn a record whose parties were
// before into one whose parties are after; either is nil for a record being
// added or deleted. The error is a sentence.
func (id Identity) MayChange(k *field.Kind, adding, deleting bool, before, after []field.Party) error {
	if err := id.Changes(); err != nil {
		return err
	}
	rights := id.Rights(k)
	r := rights.Change
	if (adding || id.reaches(r, before)) && (deleting || id.reaches(r, after)) {
		return nil
	}
	switch {
	case k.Scope == field.ScopeAnswers && r == None:
		return failure.New(failure.Forbidden, "as "+string(id.Role)+" you cannot see or change "+k.Name+
			", which are a city's own; ask an assessor of the city to do it")
	case rights.See == None:
		return failure.New(failure.Forbidden, "as "+string(id.Role)+" you cannot see or change "+k.Name)
	case r == None:
		return failure.New(failure.Forbidden, "as "+string(id.Role)+" you can read "+k.Name+" but not change them")
	default:
		return failure.New(failure.Forbidden, "this "+k.One+" belongs to another partner; ask its staff or the "+
			"facilitator to change it")
	}
}
