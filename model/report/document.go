package report

import "interlocal/model"

// Document is a report before it is written in some form. Text in it is plain:
// the writers escape it.
type Document struct {
	Title    string
	Subtitle string
	Sections []Section
	Notes    []string // small print before the sources
	Sources  []Source
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
func (List) block()      {}
func (Remark) block()    {}
func (Table) block()     {}

// Text is a sequence of runs.
type Text []Run

// Run is a piece of text followed by the marks of its sources.
type Run struct {
	Text  string
	Marks []string // such as p7, for [p7]
}

// plain makes text without a source.
func plain(s string) Text { return Text{{Text: oneLine(s)}} }

// Source says what a mark stands for.
type Source struct {
	Mark string
	Text string // "programs #7: funding"
}

// About is what a report is asked about; a report takes from it what it needs.
type About struct {
	Partner  model.PartnerID
	Record   uint64 // of the kind that the report names
	From, To model.Opt[model.Day]
}

// Report is a document that can be asked for by name.
type Report struct {
	Name         string
	Title        string
	NeedsPartner bool
	// Of names the kind of record that the report is about, "" for none. Asked
	// about no record in particular, Build takes the one that is at hand: the
	// next, or the latest.
	Of     string
	Period bool // takes a first and a last day
	// Build makes the document.
	Build func(r model.Reader, about About, now model.Wall) (*Document, error)
}

// Reports lists the documents.
func Reports() []Report {
	list := []Report{
		{Name: "briefing", Title: "Council briefing", NeedsPartner: true, Build: briefingOf},
		{Name: "directory", Title: "Directory of people by city and role", Build: directoryOf},
		{Name: "programs", Title: "Program portfolio", Build: portfolioOf},
		{Name: "agenda", Title: "Agenda of a meeting", Of: "meetings", Build: agendaOf},
		{Name: "minutes", Title: "Minutes of a meeting", Of: "meetings", Build: minutesOf},
		{Name: "actions", Title: "Open actions by owner", Build: actionsOf},
		{Name: "assessment", Title: "Self-assessment, closed: scores and remedies", NeedsPartner: true, Of: "cycles", Build: assessmentOf},
		{Name: "council", Title: "Self-assessment, public: process and cost", NeedsPartner: true, Of: "cycles", Build: councilOf},
		{Name: "form", Title: "Self-assessment on paper", NeedsPartner: true, Of: "cycles", Build: formOf},
		{Name: "schedule", Title: "Schedule of an event by city", Of: "events", Build: scheduleOf},
		{Name: "invitations", Title: "Invitations to an event", Of: "events", Build: invitationsOf},
		{Name: "tell-again", Title: "Who must be told of changes", Of: "events", Build: tellAgainOf},
		{Name: "sign-in", Title: "Sign-in sheet for paper", Of: "events", Build: signInOf},
		{Name: "feedback", Title: "Feedback form for paper", Of: "events", Build: feedbackFormOf},
		{Name: "certificate", Title: "Certificates of an event", Of: "events", Build: certificatesOf},
		{Name: "quality", Title: "Proof of quality of the matches", Of: "events", Build: qualityOf},
		{Name: "results", Title: "Results of job shadowing", Build: resultsOf},
	}
	return append(append(list, lendingReports()...), buyingReports()...)
}

// ReportNamed finds a report by its name.
func ReportNamed(name string) (Report, bool) {
	for _, r := range Reports() {
		if r.Name == name {
			return r, true
		}
	}
	return Report{}, false
}
