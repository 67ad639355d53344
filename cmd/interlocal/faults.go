package main

import (
	"io"

	"interlocal/model/exchange"
)

// mayReport makes sure, before anything is changed, that the report can go where
// it is to go.
func (c *call) mayReport(o importing) error {
	if o.report == "" {
		return nil
	}
	return c.mayWrite(output{file: o.report, force: o.force})
}

// writeFaults writes the rows that were left out to a CSV file, to be mended or
// sent back to whoever wrote the list.
func (c *call) writeFaults(reports []*exchange.Report, o importing) error {
	all := new(exchange.Report)
	for _, r := range reports {
		all.Problems = append(all.Problems, r.Problems...)
	}
	return c.write(output{file: o.report, force: o.force}, func(w io.Writer) error {
		return all.WriteCSV(w, exchange.Options{})
	})
}
