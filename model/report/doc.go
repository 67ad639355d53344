// Package report makes the papers that go to a council, into a meeting or onto a
// wall from what the partnership's records say.
//
// Everything here is a pure function of a [field.Reader] and a local time.
// Because a reader already lacks whatever its viewer may not see, a paper made
// for somebody holds nothing that is hidden from them: the answers of another
// city's self-assessment yield no line, no figure and no gap.
//
// A [document.Document] is headings, paragraphs, lists and tables, written as Markdown,
// as a self-contained web page for printing, or as plain text. Every figure in
// it carries a mark such as [p7], and the document ends by saying which record
// and which of its fields each mark stands for.
//
// Nothing is inferred from silence. A value that is not recorded is called
// [document.NotRecorded], never zero, and what has no date is never overdue.
//
// # Where things stand
//
// source.go lists the papers by name and cite.go makes their marks; phrase.go
// has the phrases they share. Of partners: briefing.go, briefingcity.go and
// briefingduty.go make the yearly briefing, directory.go the people and the
// programs. Of meetings: minutes.go, proposals.go. Of job shadowing: event.go,
// eventpapers.go, signupform.go, results.go. Of equipment and purchases: lending.go, buying.go.
// Of self-assessments: assessment.go, council.go, form.go; the wallet card
// for incidents is calltree.go. What the public would see of a
// city is in disclosure.go, what cities are asked for in asking.go. What needs
// attention, and the figures that matter, are package overview's.
package report
