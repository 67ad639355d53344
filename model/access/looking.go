package access

import (
	"interlocal/model/failure"
	"interlocal/model/field"
)

// Looking is the identity as it sees the file as a role of a partner, or of none:
// what that would see of what this one may see itself. Where the role has no right
// that this one lacks it may do all that the role does; otherwise it looks only, so
// that nobody acts as somebody whom they are not.
func (id Identity) Looking(role Role, partner field.Party, schema *field.Schema) Identity {
	as := id
	as.Role, as.Partner, as.asker = role, partner, id.asker
	if !as.within(id, schema) {
		as.asker = &id
	}
	return as
}

// within reports whether an identity has no right that another lacks.
func (id Identity) within(other Identity, s *field.Schema) bool {
	fits := func(a, b Reach) bool {
		return a <= b && (a != Own || b != Own || id.Partner == 0 || id.Partner == other.Partner) &&
			(a == None || a == All || b == All || id.Partner == 0 || other.Partner != 0)
	}
	for _, k := range s.Kinds {
		a, b := rights(id.Role, k.Scope), other.Rights(k)
		if !fits(a.See, b.See) || !fits(a.Private, b.Private) || !fits(a.Confidential, b.Confidential) ||
			!fits(a.Change, b.Change) {
			return false
		}
	}
	return true
}

// self is the identity without whoever looks as it.
func (id Identity) self() Identity {
	id.asker = nil
	return id
}

// AskedBy gives the partner of whoever looks as the identity, where that narrows what it
// sees; 0 for none.
func (id Identity) AskedBy() field.Party {
	if id.asker == nil {
		return 0
	}
	return id.asker.Partner
}

// Changes returns nil when the identity changes anything at all.
func (id Identity) Changes() error {
	if id.asker == nil {
		return nil
	}
	return failure.New(failure.Forbidden, "seen as "+string(id.Role)+", the file is looked at and not changed, since "+
		"that is not what you are; leave --as away")
}

// Manages reports whether the identity may do what takes the whole file: copy it,
// remove history, set its clock right.
func (id Identity) Manages() bool {
	return (id.Role == Admin || id.Role == Owner) && (id.asker == nil || id.asker.Manages())
}
