package frame

// Strip says which labels of a row to draw when not all fit w columns: those
// from one up to another, the chosen one among them. Widths counts the space
// after each label in.
func Strip(widths []int, chosen, w int) (from, to int) {
	for taken, i := 0, chosen; i >= 0; i-- {
		if taken += widths[i]; taken > w {
			from = min(i+1, chosen)
			break
		}
	}
	taken := 0
	for to = from; to < len(widths); to++ {
		if taken += widths[to]; taken > w && to > chosen {
			break
		}
	}
	return from, to
}
