package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"interlocal/model/exchange"
	"interlocal/model/field"
	"interlocal/store/run"
)

// baseName is the name under which a file is read.
func baseName(file string) string {
	if file == "-" {
		return file
	}
	return filepath.Base(file)
}

// inputName is how the history and refusals name a file.
func inputName(file string) string {
	if file == "-" {
		return "the input"
	}
	return filepath.Base(file)
}

// mapSheet settles what each heading of a sheet stands for: as remembered, as
// --map says, and where somebody can be asked, by asking.
func (c *call) mapSheet(k *field.Kind, sheet *exchange.Sheet, file string, o importing) (*exchange.Mapping, error) {
	k = exchange.ReadAs(k, sheet.Headings)
	m := exchange.Map(k, sheet.Headings, run.Remembered(c.store, c.id.User, k.Name))
	told := len(o.mapping) > 0
	for _, pair := range o.mapping {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 {
			return nil, misuse("write --map as \"Heading=field\", not %q", pair)
		}
		if err := m.Set(strings.TrimSpace(pair[:at]), strings.TrimSpace(pair[at+1:])); err != nil {
			return nil, misuse("%s", err.Error())
		}
	}
	if file != "-" && c.Terminal.In && c.Terminal.Err && c.Host == nil && len(m.Unknown()) > 0 {
		told = true
		c.askMapping(m, sheet)
	}
	if !told {
		return m, nil
	}
	return m, run.Remember(c.store, c.id.User, m)
}

// askMapping asks about each heading that is not known.
func (c *call) askMapping(m *exchange.Mapping, sheet *exchange.Sheet) {
	var names []string
	for _, col := range m.Kind.Columns {
		names = append(names, col.Name)
	}
	fmt.Fprintf(c.Stderr, "Some headings of %s are not known. For each, type the field it stands for, or Enter to leave it out.\nFields: %s\n",
		sheet.File, strings.Join(names, ", "))
	for at, heading := range m.Headings {
		if m.Targets[at] != "" {
			continue
		}
		example := ""
		if sheet.Len() > 0 {
			example = sheet.Cell(0, at)
		}
		for {
			fmt.Fprintf(c.Stderr, "  %s (such as %q) = ", heading, oneLine(example))
			answer, readErr := c.readLine()
			if answer = strings.TrimSpace(answer); answer == "" {
				answer = exchange.Ignored
			}
			err := m.Set(heading, answer)
			if err == nil || readErr != nil {
				break
			}
			fmt.Fprintln(c.Stderr, "  "+oneLine(err.Error()))
		}
	}
}
