package framework

import "strings"

// FunctionID names a function: GV, ID, PR, DE, RS or RC.
type FunctionID string

// CategoryID names a category: PR.AA.
type CategoryID string

// ID names a subcategory: PR.AA-03 in version 2.0, PR.AC-7 in 1.1. The two
// versions number differently (two digits and one), so no ID is in both.
type ID string

// Category gives the category an ID belongs to.
func (id ID) Category() CategoryID {
	c, _, _ := strings.Cut(string(id), "-")
	return CategoryID(c)
}

// Function gives the function an ID belongs to.
func (id ID) Function() FunctionID { return id.Category().Function() }

// Function gives the function a category belongs to.
func (id CategoryID) Function() FunctionID {
	f, _, _ := strings.Cut(string(id), ".")
	return FunctionID(f)
}

// Function is one of the framework's chapters. Its items are
// Items[From:To] of the framework, its categories Categories[CatFrom:CatTo].
type Function struct {
	ID             FunctionID
	Name           string
	From, To       int
	CatFrom, CatTo int
}

// Category is a group of subcategories. Its items are Items[From:To].
type Category struct {
	ID       CategoryID
	Name     string
	From, To int
}

// Item is one subcategory: the thing a city answers for.
type Item struct {
	ID       ID
	Number   int    // its place on the sheet, from 1
	Question string // what it asks, in a city hall's words
	InPlace  string // what has to be in place for level 5
	Proof    string // what would test it, for level 6
	Steps    Steps  // what leads to the other levels; none in version 1.1
	Apart    string // how it differs from an item that is taken for it, if one is
}

// Steps say what leads to the levels that [Item].InPlace and Proof do not speak
// of, each a sentence in a city hall's words.
type Steps struct{ Two, Three, Four, Seven string }

// Framework is one version with its items in the order of the publication.
// Every value handed out is the caller's own.
type Framework struct {
	Version    Version
	Functions  []Function
	Categories []Category
	Items      []Item
	index      map[ID]int
}

// Index gives the place of a subcategory in Items.
func (f *Framework) Index(id ID) (int, bool) {
	i, ok := f.index[id]
	return i, ok
}

// Item gives a subcategory.
func (f *Framework) Item(id ID) (Item, bool) {
	i, ok := f.index[id]
	if !ok {
		return Item{}, false
	}
	return f.Items[i], true
}

// Function gives a function by its ID.
func (f *Framework) Function(id FunctionID) (Function, bool) {
	for _, fn := range f.Functions {
		if fn.ID == id {
			return fn, true
		}
	}
	return Function{}, false
}

// Category gives a category by its ID.
func (f *Framework) Category(id CategoryID) (Category, bool) {
	for _, c := range f.Categories {
		if c.ID == id {
			return c, true
		}
	}
	return Category{}, false
}

// Match gives the subcategory a person or a spreadsheet means: case, blanks,
// what stands between the parts and leading zeros do not matter, and text after
// the ID is passed over, so "pr.aa-3", "PR AA-03", "[PR.AA - 03]" and "PR.AA-03:
// Users are ..." all find PR.AA-03.
func (f *Framework) Match(s string) (ID, bool) {
	code, n, _, ok := splitID(plainID(s))
	if !ok {
		return "", false
	}
	id := numbered(f.Version, code, n)
	_, ok = f.index[id]
	return id, ok
}

// plainID writes what begins with two letters, two letters and digits, whatever
// stands between them, as splitID reads it.
func plainID(s string) string {
	const between = " .-_\u2010\u2011\u2013\u00a0"
	s = strings.TrimLeft(s, " ([\"'\u00a0")
	if len(s) < 6 {
		return s
	}
	rest := strings.TrimLeft(s[2:], between)
	if len(rest) < 3 {
		return s
	}
	tail := strings.TrimLeft(rest[2:], between)
	if tail == "" || tail[0] < '0' || tail[0] > '9' {
		return s
	}
	return s[:2] + "." + rest[:2] + "-" + tail
}

// Above reports whether a cell names a function or a category, as profiles do in
// rows of their own.
func (f *Framework) Above(s string) bool {
	word, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(s)), " ")
	word = strings.Trim(word, ":([])")
	if _, ok := f.Function(FunctionID(word)); ok {
		return true
	}
	_, ok := f.Category(CategoryID(word))
	return ok
}

// numbered writes an ID the way the version does.
func numbered(v Version, category string, n int) ID {
	if v == CSF20 && n < 10 {
		return ID(category + "-0" + digits(n))
	}
	return ID(category + "-" + digits(n))
}

// digits writes a number of at most two digits.
func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return string(rune('0'+n/10)) + string(rune('0'+n%10))
}

// splitID reads "XX.YY-nn" at the start of s and gives its parts and the text
// that follows. It allows blanks around the dash and either case.
func splitID(s string) (category string, n int, rest string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 7 || s[2] != '.' {
		return "", 0, "", false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return "", 0, "", false
		}
	}
	tail := strings.TrimLeft(s[5:], " ")
	if !strings.HasPrefix(tail, "-") {
		return "", 0, "", false
	}
	tail = strings.TrimLeft(tail[1:], " ")
	end := 0
	for end < len(tail) && end < 3 && tail[end] >= '0' && tail[end] <= '9' {
		n = n*10 + int(tail[end]-'0')
		end++
	}
	if end == 0 || end == 3 || n == 0 {
		return "", 0, "", false
	}
	return strings.ToUpper(s[:5]), n, strings.TrimLeft(tail[end:], ":. \t\n"), true
}
