package framework

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Basis says on what grounds a subcategory of 1.1 is held to live on in one of
// 2.0. Several may apply at once.
type Basis uint8

// The grounds, all of them NIST's own.
const (
	InReference  Basis = 1 << iota // listed among the informative references of CSF 2.0
	SameNumber                     // the subcategory kept its number
	Moved                          // withdrawn from its old place and moved here whole
	Incorporated                   // withdrawn and taken up here, perhaps among others
)

// String writes the grounds for a reader.
func (b Basis) String() string {
	var parts []string
	for _, p := range [...]struct {
		bit  Basis
		text string
	}{
		{SameNumber, "kept its number"},
		{Moved, "moved here"},
		{Incorporated, "taken up here"},
		{InReference, "listed in NIST's references"},
	} {
		if b&p.bit != 0 {
			parts = append(parts, p.text)
		}
	}
	return strings.Join(parts, ", ")
}

// Link ties a subcategory of 1.1 to one of 2.0.
type Link struct {
	Old   ID
	New   ID
	Basis Basis
}

// CategoryLink ties a subcategory of 1.1 to a whole category of 2.0, for want
// of anything closer. Such a link is shown, never used to compare scores.
type CategoryLink struct {
	Old   ID
	New   CategoryID
	Basis Basis
}

// Crosswalk relates version 1.1 to 2.0. It joins NIST's informative references
// of CSF 2.0 (2024) with the notes on what was withdrawn.
type Crosswalk struct {
	Links         []Link
	CategoryLinks []CategoryLink
}

var (
	//go:embed data/crosswalk.tsv
	crosswalkTable string

	crosswalk = sync.OnceValue(parseCrosswalk)
)

// OldToNew gives the crosswalk from 1.1 to 2.0. The caller owns it.
func OldToNew() Crosswalk {
	c := crosswalk()
	return Crosswalk{slices.Clone(c.Links), slices.Clone(c.CategoryLinks)}
}

func parseCrosswalk() Crosswalk {
	var c Crosswalk
	for _, row := range TableRows(crosswalkTable, 3) {
		basis := parseBasis(row[2])
		if strings.Contains(row[1], "-") {
			c.Links = append(c.Links, Link{ID(row[0]), ID(row[1]), basis})
		} else {
			c.CategoryLinks = append(c.CategoryLinks, CategoryLink{ID(row[0]), CategoryID(row[1]), basis})
		}
	}
	return c
}

func parseBasis(s string) Basis {
	var b Basis
	for part := range strings.SplitSeq(s, "+") {
		switch part {
		case "olir":
			b |= InReference
		case "same-id":
			b |= SameNumber
		case "withdrawn-moved":
			b |= Moved
		case "withdrawn-incorporated":
			b |= Incorporated
		default:
			panic("cyber: the crosswalk has an unknown basis: " + part)
		}
	}
	return b
}

// Related gives the links of an ID of either version.
func (c Crosswalk) Related(id ID) []Link {
	var out []Link
	for _, l := range c.Links {
		if l.Old == id || l.New == id {
			out = append(out, l)
		}
	}
	return out
}

// Withdrawn recognises a number that files about 2.0 still carry although the
// subcategory is gone: "ID.AM-06" is ID.AM-6 of 1.1. It gives the ID in 1.1.
func Withdrawn(s string) (ID, bool) {
	category, n, _, ok := splitID(s)
	if !ok {
		return "", false
	}
	if _, current := Builtin(CSF20).Index(numbered(CSF20, category, n)); current {
		return "", false
	}
	old := numbered(CSF11, category, n)
	_, ok = Builtin(CSF11).Index(old)
	return old, ok
}
