package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"interlocal/model"
	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/store"
)

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// importAll takes a file of every kind in, as one change. Each kind is planned
// on what those before it have left, so that rows may refer to one another.
func (c *call) importAll(ctx context.Context, file string, o importing) error {
	if len(o.mapping) > 0 {
		return misuse("--map is for one kind of record: interlocal import KIND FILE --map …")
	}
	if err := c.mayReport(o); err != nil {
		return err
	}
	if err := c.mayTakeAllIn(ctx); err != nil {
		return err
	}
	sheets, err := c.readAll(file)
	if err != nil {
		return err
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	files := c.files(o)
	var reports []*exchange.Report
	elsewhere := false
	title := "import all of " + inputName(file) + files.Remark(kindsOf(sheets)...)
	_, err = c.store.Update(c.recorded(ctx, view), c.id, store.Op{Title: title}, func(tx *store.Tx) error {
		for _, s := range sheets {
			m := spreadsheet.Map(s.kind, s.sheet.Headings, nil)
			plan, err := files.PlanPart(tx, env.Today, s.sheet, m, elsewhere)
			if err != nil {
				return err
			}
			elsewhere = elsewhere || plan.Elsewhere
			r := outcomeReport(plan, files.Take(tx, plan))
			r.File += ", " + s.kind.Name
			reports = append(reports, r)
		}
		if o.rehearse {
			return errRehearsed
		}
		return nil
	})
	if err != nil && !errors.Is(err, errRehearsed) {
		return err
	}
	return c.tellImport(reports, o)
}

// kindSheet is one kind's part of a file.
type kindSheet struct {
	kind  *field.Kind
	sheet *spreadsheet.Sheet
}

func kindsOf(sheets []kindSheet) []*field.Kind {
	out := make([]*field.Kind, len(sheets))
	for i, s := range sheets {
		out[i] = s.kind
	}
	return out
}

// readAll reads a JSON object of arrays, each named after its kind, in the order
// in which kinds refer to one another.
func (c *call) readAll(file string) ([]kindSheet, error) {
	in, err := c.input(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, spreadsheet.MaxFile+1))
	if err != nil {
		return nil, &failure.Error{Code: failure.Unusable, Message: inputName(file) + " could not be read to its end",
			Cause: err}
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return nil, &failure.Error{Code: failure.Invalid, Cause: err,
			Message: inputName(file) + " is not JSON; import all reads what export all --format json wrote, and " +
				"import KIND reads one sheet of a workbook"}
	}
	schema := model.NewSchema()
	for name := range parts {
		if schema.Kind(name) == nil {
			return nil, failure.New(failure.Invalid, inputName(file)+" holds "+name+", which is no kind of record; "+
				"take that part out")
		}
	}
	var out []kindSheet
	for _, k := range schema.Kinds {
		if part := bytes.Join(bytes.Fields(parts[k.Name]), nil); len(part) == 0 || string(part) == "[]" {
			continue
		}
		sheet, err := spreadsheet.Read(bytes.NewReader(b), baseName(file), spreadsheet.ReadOptions{Kind: k})
		if err != nil {
			return nil, err
		}
		out = append(out, kindSheet{k, sheet})
	}
	if len(out) == 0 {
		return nil, failure.New(failure.Invalid, inputName(file)+" holds no records")
	}
	return out, nil
}
