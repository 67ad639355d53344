package exchange

import (
	"io"
	"strings"
)

// reasonHeading heads the column that says why a row was left out. A file that
// comes back is read without it.
const reasonHeading = "Why left out"

// WriteRejects writes the rows of a sheet that faults name, with the columns that
// were read and the reasons, as CSV: mended, it comes in as the sheet did.
func WriteRejects(w io.Writer, s *Sheet, m *Mapping, faults []Fault, o Options) error {
	why := map[int][]string{}
	for _, f := range faults {
		reason := f.Reason
		if f.Column != "" {
			reason = f.Column + ": " + reason
		}
		why[f.Line] = append(why[f.Line], reason)
	}
	c := csvWriter{pipe: o.Pipe}
	if !o.Pipe {
		c.buf = append(c.buf, byteOrderMark...)
	}
	var columns []int
	for j, h := range s.Headings {
		if t := m.Targets[j]; t != "" && t != Ignored {
			columns = append(columns, j)
			c.text(h)
		}
	}
	c.text(reasonHeading)
	c.endLine()
	for i := range s.Len() {
		reasons := why[s.Line(i)]
		if len(reasons) == 0 {
			continue
		}
		for _, j := range columns {
			c.text(s.Cell(i, j))
		}
		c.text(strings.Join(reasons, "; "))
		c.endLine()
	}
	return c.flush(w)
}
