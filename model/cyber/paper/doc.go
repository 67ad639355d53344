// Package paper makes the sheets of a self-assessment that leave the program
// and come back: answers in the order of the review's portal, the plan of what
// is done about deficiencies, one function for a colleague to fill in, and an
// earlier year's answers in whatever form another program wrote them.
//
// A sheet that goes out is described as a kind of record of its own, so that
// model/exchange/export writes it as CSV, JSON or XLSX with its usual care. A sheet
// that comes in is rows of text; what cannot be read is named line by line and
// nothing else is lost.
package paper
