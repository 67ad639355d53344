package framework

import (
	"strings"

	"interlocal/model/failure"
)

// readRows reads the sheet NIST's reference tool exports: a row with the
// headings, then one row per function, category or subcategory, each cell of
// the subcategory column being "GV.OC-01: the text".
func readRows(rows [][]string) (*collector, error) {
	head, col := -1, -1
	for i, row := range rows[:min(20, len(rows))] {
		for j, cell := range row {
			if strings.EqualFold(oneLine(cell), "subcategory") {
				head, col = i, j
			}
		}
	}
	if head < 0 {
		return nil, failure.New(failure.Invalid, "The sheet has no column headed Subcategory. Use the CSF sheet of "+
			"NIST's spreadsheet.")
	}
	c := &collector{}
	for _, row := range rows[head+1:] {
		if col >= len(row) {
			continue
		}
		number, text, ok := cutNumber(row[col])
		if !ok {
			continue
		}
		if isWithdrawalNote(text) {
			text = ""
		}
		if !c.add(number, text) {
			return nil, errTooDeep
		}
	}
	return c, nil
}

// cutNumber splits a cell at the colon after its number.
func cutNumber(cell string) (number, text string, ok bool) {
	number, text, found := strings.Cut(cell, ":")
	if !found {
		number, text = cell, ""
	}
	_, _, rest, ok := splitID(oneLine(number))
	return number, text, ok && rest == ""
}

// isWithdrawalNote recognises "[Withdrawn: Moved to GV.OC-03]".
func isWithdrawalNote(text string) bool {
	return strings.HasPrefix(strings.ToLower(oneLine(text)), "[withdrawn")
}
