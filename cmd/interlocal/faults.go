package main

import (
	"io"

	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
)

// mayReport makes sure, before anything is changed, that the report can go where
// it is to go.
func (c *call) mayReport(o importing) error {
	for _, file := range []string{o.report, o.rejects} {
		if file == "" {
			continue
		}
		if err := c.mayWrite(output{file: file, force: o.force}); err != nil {
			return err
		}
	}
	return nil
}

// writeRejects writes the rows that were left out as a file that comes back in
// once it is mended.
func (c *call) writeRejects(s *spreadsheet.Sheet, m *spreadsheet.Mapping, r *exchange.Report, o importing) error {
	if o.rejects == "" || len(r.Problems) == 0 {
		return nil
	}
	return c.write(output{file: o.rejects, force: o.force}, func(w io.Writer) error {
		return exchange.WriteRejects(w, s, m, r.Problems, export.Options{})
	})
}

// writeFaults writes the rows that were left out to a CSV file, to be mended or
// sent back to whoever wrote the list.
func (c *call) writeFaults(reports []*exchange.Report, o importing) error {
	all := new(exchange.Report)
	for _, r := range reports {
		all.Problems, all.Warnings = append(all.Problems, r.Problems...), append(all.Warnings, r.Warnings...)
	}
	return c.write(output{file: o.report, force: o.force}, func(w io.Writer) error {
		return all.WriteCSV(w, export.Options{})
	})
}
