package cyber

// walk names the questions that answering goes through: all of them, or those
// that want something.
type walk int

// The walks.
const (
	walkAll walk = iota
	walkUnanswered
	walkInherited
	walkFlagged
	walkChanged
	walkBelow
)

// walks lists them in the order in which they are offered.
func walks() []walk {
	return []walk{walkAll, walkUnanswered, walkInherited, walkFlagged, walkChanged, walkBelow}
}

// String names a walk for the sheet's first line.
func (w walk) String() string {
	return [...]string{"all questions", "unanswered", "inherited", "flagged", "changed since last year", "below the minimum"}[w]
}

// takes reports whether question i is on the walk.
func (w walk) takes(sh *sheet, i int) bool {
	l := sh.level(i)
	switch w {
	case walkUnanswered:
		return l == "" && !sh.inherited(i)
	case walkInherited:
		return sh.inherited(i)
	case walkFlagged:
		return sh.flagged(i)
	case walkChanged:
		was := sh.ghost(i)
		return l != "" && was != "" && l != was
	case walkBelow:
		v, scored := l.Value()
		return scored && v < sh.goal(i)
	}
	return true
}

// count tells how many questions are on a walk.
func (w walk) count(sh *sheet) int {
	n := 0
	for i := range sh.fw.Items {
		if w.takes(sh, i) {
			n++
		}
	}
	return n
}

// next gives the first question on the walk from one on in a direction, going
// round at the end; ok is false when there is none but possibly from itself.
func (w walk) next(sh *sheet, from, step int) (to int, ok bool) {
	n := len(sh.fw.Items)
	for k := 1; k <= n; k++ {
		i := ((from+step*k)%n + n) % n
		if i != from && w.takes(sh, i) {
			return i, true
		}
	}
	return from, false
}
