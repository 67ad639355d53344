package access

import "interlocal/model/field"

// SeesNoted says how far an identity sees what somebody did without changing a
// record: signed in, exported, made a report. Everybody sees all of what they did
// themselves, and so do administrators of what anybody did; the people of a city see
// what left it, and no more of it than that. Cities are those whose records were in
// what was taken.
func (id Identity) SeesNoted(user string, cities []field.Party) Reach {
	if id.asker != nil {
		return min(id.self().SeesNoted(user, cities), id.asker.SeesNoted(user, cities))
	}
	if id.User == user && user != "" || id.Manages() {
		return All
	}
	for _, p := range cities {
		if p == id.Partner && p != 0 {
			return Own
		}
	}
	return None
}
