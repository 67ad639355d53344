package pairing

import "interlocal/model/match"

// covers reports whether every plan for the problem as it is now is also a plan
// for the one that was proved, and worth as much there: then its bound still
// holds. That is so after people have left, come less often or take fewer
// visitors, pairs were ruled out and locks were added.
func covers(proved, now *match.Problem) bool {
	if proved.Slots != now.Slots || !capCovers(proved.Visits, now.Visits) || !unitsCover(proved, now) {
		return false
	}
	had := map[string]*match.Participant{}
	for i := range proved.People {
		had[proved.People[i].ID] = &proved.People[i]
	}
	for i := range now.People {
		if a := had[now.People[i].ID]; a == nil || !personCovers(a, &now.People[i]) {
			return false
		}
	}
	return edgesCover(proved, now) && locksCover(proved, now)
}

// capCovers reports whether one cap, nil for none, allows what another does.
func capCovers(proved, now *int) bool { return proved == nil || now != nil && *now <= *proved }

func unitsCover(proved, now *match.Problem) bool {
	for _, a := range now.People {
		if away, capped := proved.Units[a.Unit]; capped {
			if is, ok := now.Units[a.Unit]; !ok || is > away {
				return false
			}
		}
	}
	return true
}

func personCovers(had, is *match.Participant) bool {
	if had.Role != match.Both && had.Role != is.Role || had.Org != is.Org || had.Unit != "" && had.Unit != is.Unit {
		return false
	}
	if had.Wants != "" && had.Wants != match.Either && had.Wants != is.Wants {
		return false
	}
	if is.Role != match.Visit && (had.Capacity != nil && (is.Capacity == nil || *is.Capacity > *had.Capacity) ||
		had.Capacity == nil && is.Capacity != nil && *is.Capacity > 1) {
		return false
	}
	for s := range had.Available {
		if !had.Available[s] && (is.Available == nil || is.Available[s]) {
			return false
		}
	}
	return capCovers(had.Visits, is.Visits)
}

func edgesCover(proved, now *match.Problem) bool {
	worth := map[match.Pair]match.Edge{}
	for _, e := range proved.Edges {
		worth[match.Pair{Visitor: e.Visitor, Host: e.Host}] = e
	}
	out := map[match.Pair]bool{}
	for _, x := range proved.Excluded {
		out[x] = true
	}
	less := func(is, had *int64) bool { return is == nil || had != nil && *is <= *had }
	for _, e := range now.Edges {
		at := match.Pair{Visitor: e.Visitor, Host: e.Host}
		if had, ok := worth[at]; !ok || out[at] || !less(e.Half, had.Half) || !less(e.Full, had.Full) {
			return false
		}
	}
	return true
}

func locksCover(proved, now *match.Problem) bool {
	locked := map[match.Lock]bool{}
	for _, l := range now.Locked {
		locked[l] = true
	}
	for _, l := range proved.Locked {
		if !locked[l] {
			return false
		}
	}
	return true
}
