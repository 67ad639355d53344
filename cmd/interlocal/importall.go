package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"interlocal/model"
	"interlocal/model/exchange"
	"interlocal/model/exchange/export"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/store"
)

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// importAll takes a file of every kind in, as one change. Each kind is planned
// on what those before it have left, so that rows may refer to one another. A new
// file that is given its own partners begins without the founding records.
func (c *call) importAll(ctx context.Context, file string, o importing) error {
	if len(o.mapping) > 0 {
		return misuse("--map is for one kind of record: interlocal import KIND FILE --map …")
	}
	if err := c.mayReport(o); err != nil {
		return err
	}
	c.unfounded = true
	if err := c.mayTakeAllIn(ctx); err != nil {
		return err
	}
	sheets, asked, err := c.readAll(file)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(sheets, func(p spreadsheet.Part) bool { return p.Kind.Name == partnership.KindPartners }) {
		if err := found(ctx, c.store); err != nil {
			return err
		}
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	files := c.files(ctx, o)
	var reports []*exchange.Report
	elsewhere := false
	title := "import all of " + inputName(file) + files.Remark(kindsOf(sheets)...)
	take := func(tx *store.Tx) error {
		for _, s := range sheets {
			m := spreadsheet.Map(s.Kind, s.Sheet.Headings, nil)
			plan, err := files.PlanPart(tx, env.Today, s.Sheet, m, elsewhere)
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return err
			}
			elsewhere = elsewhere || plan.Elsewhere
			r := outcomeReport(plan, files.Take(tx, plan))
			r.File += ", " + s.Kind.Name
			reports = append(reports, r)
		}
		if err := ctx.Err(); err != nil || o.rehearse {
			return cmp.Or(err, errRehearsed)
		}
		return meeting.Returned(tx, asked)
	}
	at, op := c.recorded(ctx, view), store.Op{Title: title}
	if o.rehearse { // which holds nobody's changes
		_, err = c.store.Rehearse(at, c.id, op, take)
	} else {
		_, err = c.store.Update(at, c.id, op, take)
	}
	if err != nil && !errors.Is(err, errRehearsed) {
		return err
	}
	return c.tellImport(reports, o)
}

func kindsOf(parts []spreadsheet.Part) []*field.Kind {
	out := make([]*field.Kind, len(parts))
	for i, p := range parts {
		out[i] = p.Kind
	}
	return out
}

// readAll reads a JSON object of arrays, a workbook or a folder whose parts are
// named after their kinds, in the order in which kinds refer to one another. Asked is
// the sheet that a city was asked to fill in, if it is one.
func (c *call) readAll(file string) (parts []spreadsheet.Part, asked meeting.ActionID, err error) {
	if info, missing := os.Stat(c.at(file)); file != "-" && missing == nil && info.IsDir() {
		parts, err = c.readFolder(file)
	} else {
		parts, asked, err = c.readAllOf(file)
	}
	if err == nil && len(parts) == 0 {
		err = failure.New(failure.Invalid, inputName(file)+" holds no records")
	}
	return parts, asked, err
}

// readFolder reads a folder with a file for each kind.
func (c *call) readFolder(dir string) ([]spreadsheet.Part, error) {
	if err := c.localFiles(dir); err != nil {
		return nil, err
	}
	var out []spreadsheet.Part
	for _, k := range model.NewSchema().Kinds {
		file := filepath.Join(dir, k.Name+".csv")
		if _, err := os.Stat(c.at(file)); err != nil {
			continue
		}
		sheet, err := c.readSheet(file, "", k)
		if err != nil {
			return nil, err
		}
		out = append(out, spreadsheet.Part{Kind: k, Sheet: sheet})
	}
	return out, nil
}

// readAllOf reads a file that holds all of the parts.
func (c *call) readAllOf(file string) ([]spreadsheet.Part, meeting.ActionID, error) {
	in, err := c.input(file)
	if err != nil {
		return nil, 0, err
	}
	defer in.Close()
	b, err := spreadsheet.All(in, inputName(file))
	if err != nil {
		return nil, 0, err
	}
	if spreadsheet.IsBook(b) {
		parts, about, err := spreadsheet.ReadParts(b, baseName(file), model.NewSchema().Kinds, export.AboutSheet,
			c.mostRows())
		return parts, askedBy(about), err
	}
	parts, err := c.readObject(b, file)
	return parts, 0, err
}

// readObject reads a JSON object of arrays.
func (c *call) readObject(b []byte, file string) ([]spreadsheet.Part, error) {
	schema := model.NewSchema()
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil {
		return nil, &failure.Error{Code: failure.Invalid, Cause: err,
			Message: inputName(file) + " is neither JSON nor a workbook; import all reads what export all wrote, and " +
				"import KIND reads the list of one kind"}
	}
	for name := range parts {
		if schema.Kind(name) == nil {
			return nil, failure.New(failure.Invalid, inputName(file)+" holds "+name+", which is no kind of record; "+
				"take that part out")
		}
	}
	var out []spreadsheet.Part
	for _, k := range schema.Kinds {
		if part := bytes.Join(bytes.Fields(parts[k.Name]), nil); len(part) == 0 || string(part) == "[]" {
			continue
		}
		sheet, err := spreadsheet.Read(bytes.NewReader(b), baseName(file),
			spreadsheet.ReadOptions{Kind: k, Most: c.mostRows()})
		if err != nil {
			return nil, err
		}
		out = append(out, spreadsheet.Part{Kind: k, Sheet: sheet})
	}
	return out, nil
}
