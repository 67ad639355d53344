package framework

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The tables are text so that a person can read and correct them; they are
// parsed once and never changed.
var (
	//go:embed data/frame.tsv
	frameTable string
	//go:embed data/csf20.tsv
	itemTable20 string
	//go:embed data/csf11.tsv
	itemTable11 string
	//go:embed data/steps20.tsv
	stepTable20 string

	frameworks = sync.OnceValue(func() [2]*Framework {
		newest := parseFramework(CSF20, itemTable20)
		newest.addSteps(stepTable20)
		return [2]*Framework{newest, parseFramework(CSF11, itemTable11)}
	})
)

// Catalogue gives the frameworks built in, newest first. The caller owns them;
// a screen asks once and keeps what it gets.
func Catalogue() []*Framework {
	var out []*Framework
	for _, f := range frameworks() {
		out = append(out, f.Clone())
	}
	return out
}

// Lookup gives the framework of a version.
func Lookup(v Version) (*Framework, bool) {
	if f := Builtin(v); f != nil {
		return f.Clone(), true
	}
	return nil, false
}

// Builtin gives the shared original, for reading inside the package only.
func Builtin(v Version) *Framework {
	for _, f := range frameworks() {
		if f.Version == v {
			return f
		}
	}
	return nil
}

// Clone copies the framework, so that its owner may change it.
func (f *Framework) Clone() *Framework {
	c := *f
	c.Functions = slices.Clone(f.Functions)
	c.Categories = slices.Clone(f.Categories)
	c.Items = slices.Clone(f.Items)
	return &c
}

// parseFramework reads the tables of a version. A mistake in them is a mistake
// in the program, which every test would meet, hence the panics.
func parseFramework(v Version, table string) *Framework {
	f := &Framework{Version: v, index: map[ID]int{}}
	names := map[string]string{}
	for _, row := range TableRows(frameTable, 4) {
		if Version(row[0]) == v {
			names[row[2]] = row[3]
		}
	}
	for i, row := range TableRows(table, 4) {
		id := ID(row[0])
		if _, twice := f.index[id]; twice {
			panic("cyber: " + row[0] + " is in the table twice")
		}
		f.index[id] = i
		f.Items = append(f.Items, Item{ID: id, Number: i + 1, Question: row[1], InPlace: row[2], Proof: row[3]})
		f.extend(id, i, names)
	}
	return f
}

// addSteps gives the items what leads from level to level. The table has a row
// for each, in the same order.
func (f *Framework) addSteps(table string) {
	for i, row := range TableRows(table, 6) {
		if it := &f.Items[i]; string(it.ID) != row[0] {
			panic("cyber: " + row[0] + " stands where " + string(it.ID) + " belongs")
		} else {
			it.Steps, it.Apart = Steps{row[1], row[2], row[3], row[4]}, row[5]
		}
	}
}

// extend makes the function and the category of item i reach up to it.
func (f *Framework) extend(id ID, i int, names map[string]string) {
	cat, fn := id.Category(), id.Function()
	if n := len(f.Categories); n == 0 || f.Categories[n-1].ID != cat {
		f.Categories = append(f.Categories, Category{ID: cat, Name: mustName(names, string(cat)), From: i})
	}
	if n := len(f.Functions); n == 0 || f.Functions[n-1].ID != fn {
		f.Functions = append(f.Functions, Function{ID: fn, Name: mustName(names, string(fn)), From: i,
			CatFrom: len(f.Categories) - 1})
	}
	f.Categories[len(f.Categories)-1].To = i + 1
	last := &f.Functions[len(f.Functions)-1]
	last.To, last.CatTo = i+1, len(f.Categories)
}

func mustName(names map[string]string, id string) string {
	if names[id] == "" {
		panic("cyber: " + id + " has no name")
	}
	return names[id]
}

// TableRows splits a table into rows of n cells, without its header.
func TableRows(table string, n int) [][]string {
	lines := strings.Split(strings.Trim(table, "\r\n"), "\n")
	rows := make([][]string, 0, len(lines))
	for _, line := range lines[1:] {
		row := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(row) != n {
			panic("cyber: a row of a table has too few or too many cells: " + line)
		}
		rows = append(rows, row)
	}
	return rows
}
