package paper

import (
	"bytes"

	"interlocal/model/cyber/framework"
	"interlocal/model/exchange/spreadsheet"
)

// ReadWording reads the official wording from a file of the framework's
// publisher: the catalog as OSCAL XML or JSON, or the spreadsheet.
func ReadWording(data []byte, name string) (framework.Wording, framework.WordingReport, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return framework.Import(data)
	}
	var failed error
	for _, sheet := range PublishedSheets() {
		w, report, err := readWorkbook(data, name, sheet)
		if err == nil {
			return w, report, nil
		}
		if failed == nil {
			failed = err
		}
	}
	return nil, framework.WordingReport{}, failed
}

// readWorkbook reads one sheet of the publisher's workbook.
func readWorkbook(data []byte, name, sheet string) (framework.Wording, framework.WordingReport, error) {
	s, err := spreadsheet.Read(bytes.NewReader(data), name, spreadsheet.ReadOptions{Kind: PublishedKind(sheet)})
	if err != nil {
		return nil, framework.WordingReport{}, err
	}
	rows := [][]string{s.Headings}
	for i := range s.Len() {
		row := make([]string, len(s.Headings))
		for j := range row {
			row[j] = s.Cell(i, j)
		}
		rows = append(rows, row)
	}
	return framework.ImportRows(rows)
}
