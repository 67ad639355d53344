package assess

import (
	"bytes"
	"context"

	"interlocal/model/access"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/store"
)

// ReadWording reads the official wording from a file of the framework's
// publisher: the catalog as OSCAL XML or JSON, or the spreadsheet.
func ReadWording(data []byte, name string) (framework.Wording, framework.WordingReport, error) {
	if !bytes.HasPrefix(data, []byte("PK")) {
		return framework.Import(data)
	}
	var failed error
	for _, sheet := range paper.PublishedSheets() {
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
	s, err := exchange.Read(bytes.NewReader(data), name, exchange.ReadOptions{Kind: paper.PublishedKind(sheet)})
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

// StoreWording keeps the official wording in the file, in place of an earlier
// one, and says how many texts changed.
func StoreWording(ctx context.Context, st *store.Store, id access.Identity, v framework.Version, w framework.Wording) (int, error) {
	changed := 0
	_, err := st.Update(ctx, id, store.Op{Title: "import the official wording of " + v.Title()}, func(tx *store.Tx) error {
		have := map[string]*cyber.Wording{}
		for rec := range field.All[cyber.Wording](tx) {
			if rec.Framework == v {
				have[rec.Item] = rec
			}
		}
		for _, item := range framework.ItemsOf(v) {
			text := w[framework.ID(item)]
			rec := cyber.Wording{Framework: v, Item: item, Text: text}
			if old := have[item]; old != nil {
				rec.ID = old.ID
				if old.Text == text {
					continue
				}
			}
			if text == "" {
				continue
			}
			if _, err := store.Put(tx, &rec); err != nil {
				return err
			}
			changed++
		}
		return nil
	})
	return changed, err
}
