package framework

import (
	"slices"
	"strings"
	"sync"
)

// Title names the edition for people: "CSF 2.0".
func (v Version) Title() string { return "CSF " + string(v) }

// ItemsOf lists the subcategories of an edition of the framework in the order
// of its publication; none for an edition that is not known. The rules need
// to know which there are; what they ask is model/cyber's to say. The list is
// shared and must not be changed.
func ItemsOf(v Version) []string { return itemLists()[v] }

// IsItem reports whether an edition has a subcategory of that number, written
// as the edition writes it.
func IsItem(v Version, item string) bool { return slices.Contains(ItemsOf(v), item) }

// FunctionsOf lists an edition's functions, in order.
func FunctionsOf(v Version) []string {
	if v == CSF11 {
		return []string{"ID", "PR", "DE", "RS", "RC"}
	}
	return []string{"GV", "ID", "PR", "DE", "RS", "RC"}
}

// FunctionOf gives the function an item belongs to: PR of PR.AA-01.
func FunctionOf(item string) string {
	fn, _, _ := strings.Cut(item, ".")
	return fn
}

var itemLists = sync.OnceValue(func() map[Version][]string {
	return map[Version][]string{CSF20: spread(csf20Numbers), CSF11: spread(csf11Numbers)}
})

// spread makes a list of items of lines that hold a category and its numbers.
func spread(lines string) []string {
	var out []string
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		for _, n := range words[min(1, len(words)):] {
			out = append(out, words[0]+"-"+n)
		}
	}
	return out
}

// The numbers of CSF 2.0 (NIST CSWP 29, 2024) have gaps where subcategories of
// 1.1 were withdrawn.
const csf20Numbers = `GV.OC 01 02 03 04 05
GV.RM 01 02 03 04 05 06 07
GV.RR 01 02 03 04
GV.PO 01 02
GV.OV 01 02 03
GV.SC 01 02 03 04 05 06 07 08 09 10
ID.AM 01 02 03 04 05 07 08
ID.RA 01 02 03 04 05 06 07 08 09 10
ID.IM 01 02 03 04
PR.AA 01 02 03 04 05 06
PR.AT 01 02
PR.DS 01 02 10 11
PR.PS 01 02 03 04 05 06
PR.IR 01 02 03 04
DE.CM 01 02 03 06 09
DE.AE 02 03 04 06 07 08
RS.MA 01 02 03 04 05
RS.AN 03 06 07 08
RS.CO 02 03
RS.MI 01 02
RC.RP 01 02 03 04 05 06
RC.CO 03 04`

// The numbers of CSF 1.1 (NIST CSWP 6, 2018).
const csf11Numbers = `ID.AM 1 2 3 4 5 6
ID.BE 1 2 3 4 5
ID.GV 1 2 3 4
ID.RA 1 2 3 4 5 6
ID.RM 1 2 3
ID.SC 1 2 3 4 5
PR.AC 1 2 3 4 5 6 7
PR.AT 1 2 3 4 5
PR.DS 1 2 3 4 5 6 7 8
PR.IP 1 2 3 4 5 6 7 8 9 10 11 12
PR.MA 1 2
PR.PT 1 2 3 4 5
DE.AE 1 2 3 4 5
DE.CM 1 2 3 4 5 6 7 8
DE.DP 1 2 3 4 5
RS.RP 1
RS.CO 1 2 3 4 5
RS.AN 1 2 3 4 5
RS.MI 1 2 3
RS.IM 1 2
RC.RP 1
RC.IM 1 2
RC.CO 1 2 3`
