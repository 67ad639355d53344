package document

import "interlocal/model/text"

// Document is a report before it is written in some form. Text in it is plain:
// the writers escape it.
type Document struct {
	Title    string
	Subtitle string
	Sections []Section
	Notes    []string // small print before the sources
	Sources  []Source
	// Blanks names what its author could still fill in. They stand in no form of
	// the document itself.
	Blanks []string
}

// Section is a heading with what stands beneath it.
type Section struct {
	Heading string
	Blocks  []Block
}

// Block is one of [Paragraph], [List], [Table] and [Remark].
type Block interface{ block() }

// Paragraph is running text.
type Paragraph struct{ Text Text }

// List is a bulleted list.
type List struct{ Items []Text }

// Remark is an aside in smaller print.
type Remark struct{ Text Text }

// Table has a head and rows of as many cells. Right marks the columns of
// figures. More counts the rows left out.
type Table struct {
	Head  []string
	Right []bool
	Rows  [][]Text
	More  int
}

func (Paragraph) block() {}

func (List) block() {}

func (Remark) block() {}

func (Table) block() {}

// Text is a sequence of runs.
type Text []Run

// Run is a piece of text followed by the marks of its sources.
type Run struct {
	Text  string
	Marks []string // such as p7, for [p7]
}

// Plain makes text without a source.
func Plain(s string) Text { return Text{{Text: text.OneLine(s)}} }

// Source says what a mark stands for: a record, or figures counted or added up
// over several, which have no Kind.
type Source struct {
	Mark string
	Text string // "Joint supervisory training (program): funding"
	Kind string
	ID   uint64
}
