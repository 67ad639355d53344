package exchange

import (
	"io"
	"strings"

	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
)

// WriteRejects writes the rows of a sheet that faults name, with the columns that
// were read and the reasons, as CSV: mended, it comes in as the sheet did.
func WriteRejects(w io.Writer, s *spreadsheet.Sheet, m *spreadsheet.Mapping, faults []spreadsheet.Fault,
	o export.Options) error {
	why := map[int][]string{}
	for _, f := range faults {
		reason := f.Reason
		if f.Column != "" {
			reason = f.Column + ": " + reason
		}
		why[f.Line] = append(why[f.Line], reason)
	}
	c := export.NewCSVWriter(o)
	var columns []int
	for j, h := range s.Headings {
		if t := m.Targets[j]; t != "" && t != spreadsheet.Ignored {
			columns = append(columns, j)
			c.Text(h)
		}
	}
	c.Text(spreadsheet.ReasonHeading)
	c.EndLine()
	for i := range s.Len() {
		reasons := why[s.Line(i)]
		if len(reasons) == 0 {
			continue
		}
		for _, j := range columns {
			c.Text(s.Cell(i, j))
		}
		c.Text(strings.Join(reasons, "; "))
		c.EndLine()
	}
	return c.Flush(w)
}
