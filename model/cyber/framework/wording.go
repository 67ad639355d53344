package framework

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"interlocal/model/failure"
	"interlocal/model/text"
)

// Wording is the official text of subcategories. It is shown first, with the
// program's own question beneath, because the review asks in the official
// words.
type Wording map[ID]string

// WordingReport says what a file held.
type WordingReport struct {
	Version   Version
	Read      int      // subcategories whose wording was taken
	Missing   []ID     // subcategories the file has no text for
	Withdrawn []string // numbers of 1.1 that a file about 2.0 still carries
	Unknown   []string // numbers that belong to neither version
	Repeated  []ID     // subcategories given twice with different texts; the first was taken
}

// String says it in a sentence or two.
func (r WordingReport) String() string {
	said := "CSF " + string(r.Version) + ": " + text.Counted(r.Read, "subcategory", "subcategories") + " read"
	if len(r.Missing) > 0 {
		said += ", " + text.Counted(len(r.Missing), "is", "are") + " missing (" + FirstFew(r.Missing) + ")"
	}
	said += "."
	if n := len(r.Withdrawn); n > 0 {
		said += " Passed over as withdrawn: " + strconv.Itoa(n) + "."
	}
	if len(r.Unknown) > 0 {
		said += " Not known: " + FirstFew(r.Unknown) + "."
	}
	if len(r.Repeated) > 0 {
		said += " Given twice with different texts, the first taken: " + FirstFew(r.Repeated) + "."
	}
	return said
}

// Limits on files from outside. NIST's own files are a quarter of a megabyte
// and hold about two hundred subcategories.
const (
	maxWordingBytes = 8 << 20
	maxWordingDepth = 64
	maxWordingNodes = 200_000
	maxWordingRows  = 20_000
	maxWordingText  = 2_000
	maxWordingItems = 2_000
	maxWordingCell  = 64 << 10
)

// Import reads NIST's catalog in OSCAL form, XML or JSON; the first character
// tells which. [ImportRows] reads the spreadsheet.
//
// The text comes from a file and is made one line of printable characters
// here; a caller that has stricter rules for text applies them too.
func Import(data []byte) (Wording, WordingReport, error) {
	if len(data) > maxWordingBytes {
		return nil, WordingReport{}, failure.New(failure.Invalid, "The file is larger than 8 MB; NIST's framework "+
			"files are far smaller. Check that it is the right one.")
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(body) == 0:
		return nil, WordingReport{}, failure.New(failure.Damaged, "The file is empty. Download it again from NIST.")
	case body[0] == '<':
		return importWith(readXML, body)
	case body[0] == '{':
		return importWith(readJSON, body)
	}
	return nil, WordingReport{}, failure.New(failure.Invalid, "The file is neither OSCAL XML nor OSCAL JSON. Use "+
		"NIST's CSF catalog or its spreadsheet (XLSX).")
}

// ImportRows reads the rows of the sheet of NIST's spreadsheet that has a
// column headed "Subcategory".
func ImportRows(rows [][]string) (Wording, WordingReport, error) {
	if len(rows) > maxWordingRows {
		return nil, WordingReport{}, failure.New(failure.Invalid, "The sheet has more than 20,000 rows; NIST's has "+
			"about 230. Check that it is the right one.")
	}
	for _, row := range rows {
		for _, cell := range row {
			if len(cell) > maxWordingCell {
				return nil, WordingReport{}, failure.New(failure.Invalid, "A cell of the sheet is longer than a "+
					"spreadsheet allows. Download the file again from NIST.")
			}
		}
	}
	c, err := readRows(rows)
	if err != nil {
		return nil, WordingReport{}, err
	}
	return c.finish()
}

func importWith(read func([]byte) (*collector, error), body []byte) (Wording, WordingReport, error) {
	c, err := read(body)
	if err != nil {
		return nil, WordingReport{}, err
	}
	return c.finish()
}

// statement is one numbered text as a file gives it.
type statement struct {
	number string
	text   string
}

// collector gathers what a reader finds, before it is known which version the
// file is about.
type collector struct {
	title string
	found []statement
}

// add notes a numbered text; ok is false when there are too many.
func (c *collector) add(number, text string) (ok bool) {
	if len(c.found) >= maxWordingItems {
		return false
	}
	c.found = append(c.found, statement{clip(oneLine(number), 40), oneLine(text)})
	return true
}

// finish decides on the version and sorts the texts out.
func (c *collector) finish() (Wording, WordingReport, error) {
	f := c.framework()
	if f == nil {
		return nil, WordingReport{}, failure.New(failure.Invalid, "The file holds no subcategories of the "+
			"Cybersecurity Framework"+
			c.quotedTitle()+". Use NIST's CSF 2.0 or 1.1 catalog or spreadsheet.")
	}
	w, r := Wording{}, WordingReport{Version: f.Version}
	for _, s := range c.found {
		id, ok := f.Match(s.number)
		switch {
		case !ok:
			r.passOver(s.number)
		case s.text == "" || len(s.text) > maxWordingText:
		case w[id] == "":
			w[id] = s.text
		case w[id] != s.text && !slices.Contains(r.Repeated, id):
			r.Repeated = append(r.Repeated, id)
		}
	}
	r.Read = len(w)
	for _, it := range f.Items {
		if w[it.ID] == "" {
			r.Missing = append(r.Missing, it.ID)
		}
	}
	if r.Read == 0 {
		return nil, r, failure.New(failure.Invalid, "The file names subcategories but gives no wording for any. "+
			"Download it again from NIST.")
	}
	return w, r, nil
}

// passOver notes a number the version does not have. No number of 1.1 is
// withdrawn from 1.1, so the version need not be asked.
func (r *WordingReport) passOver(number string) {
	list := &r.Unknown
	if _, gone := Withdrawn(number); gone {
		list = &r.Withdrawn
	}
	if !slices.Contains(*list, number) {
		*list = append(*list, number)
	}
}

// framework gives the version that most of the numbers belong to. A number is
// taken as it is written, since only the digits tell ID.AM-1 from ID.AM-01.
func (c *collector) framework() *Framework {
	var best *Framework
	most := 0
	for _, f := range frameworks() {
		n := 0
		for _, s := range c.found {
			category, num, _, ok := splitID(s.number)
			written := ID(strings.ToUpper(strings.ReplaceAll(s.number, " ", "")))
			if ok && numbered(f.Version, category, num) == written && f.has(written) {
				n++
			}
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

func (f *Framework) has(id ID) bool {
	_, ok := f.index[id]
	return ok
}

func (c *collector) quotedTitle() string {
	if c.title == "" {
		return ""
	}
	return "; it calls itself " + text.QuoteShort(oneLine(c.title))
}

// oneLine makes text from a file one line of printable characters. Joiners and
// marks of writing direction go too, so that a text cannot hide another.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// clip cuts a text to at most n bytes at the end of a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// FirstFew writes up to five of a list and how many more there are.
func FirstFew[S ~string](list []S) string {
	var parts []string
	for _, s := range list[:min(5, len(list))] {
		parts = append(parts, string(s))
	}
	text := strings.Join(parts, ", ")
	if more := len(list) - len(parts); more > 0 {
		text += " and " + strconv.Itoa(more) + " more"
	}
	return text
}
