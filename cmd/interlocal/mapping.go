package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"interlocal/model/exchange"
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
	"interlocal/model/partnership"
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
// --map and --set say, and where somebody can be asked, by asking.
func (c *call) mapSheet(k *field.Kind, sheet *spreadsheet.Sheet, env *field.Env, file string,
	o importing) (*spreadsheet.Mapping, error) {
	k = spreadsheet.ReadAs(k, sheet.Headings)
	m := spreadsheet.MapSheet(k, sheet, env, run.Remembered(c.store, c.id.User, k.Name))
	run.Recall(c.store, c.id.User, m)
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
	for _, pair := range o.set {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || strings.TrimSpace(value) == "" {
			return nil, misuse("write --set as field=value, such as partner=raytown, not %q", pair)
		}
		if err := m.Fix(fieldNamed(k, strings.TrimSpace(name)), strings.TrimSpace(value)); err != nil {
			return nil, misuse("%s", err.Error())
		}
	}
	c.ownCity(m, env)
	if c.asks(file) && len(m.Unknown()) > 0 {
		told = true
		c.askMapping(m, sheet)
	}
	if !told {
		return m, nil
	}
	return m, run.Remember(c.store, c.id.User, m)
}

// fieldNamed gives the name of a field that is written by its name or its title.
func fieldNamed(k *field.Kind, word string) string {
	for _, col := range k.Columns {
		if strings.EqualFold(col.Title, word) {
			return col.Name
		}
	}
	return strings.ToLower(word)
}

// ownCity gives an editor's rows the editor's own city where the file has no
// column for one.
func (c *call) ownCity(m *spreadsheet.Mapping, env *field.Env) {
	if c.id.Partner == 0 {
		return
	}
	for _, name := range []string{"partner", "owner"} {
		if col := m.Kind.Column(name); col != nil && col.Required && !m.Has(name) {
			_ = m.Fix(name, env.Name(partnership.KindPartners, uint64(c.id.Partner))) // the field is there
		}
	}
}

// asks reports whether somebody sits at a terminal and can be asked.
func (c *call) asks(file string) bool {
	return file != "-" && c.Terminal.In && c.Terminal.Err && c.Host == nil
}

// settled plans a sheet, and again with what somebody answers to the values that
// are not understood: as --answer says, and at a terminal as the person there
// does. Answers are kept for the next file.
func (c *call) settled(plan func() (*exchange.Plan, error), m *spreadsheet.Mapping, file string,
	o importing) (*exchange.Plan, error) {
	asked := map[string]bool{}
	for {
		p, err := plan()
		if err != nil {
			return nil, err
		}
		answered := 0
		for _, q := range p.Questions() {
			if asked[q.Field+"="+q.Value] {
				continue
			}
			means, ok, err := c.answerTo(q, file, o)
			if err != nil {
				return nil, err
			}
			if asked[q.Field+"="+q.Value] = true; !ok {
				continue
			}
			if err := m.Answer(q.Field, q.Value, means); err != nil {
				return nil, err
			}
			answered++
		}
		if answered == 0 {
			return p, nil
		}
		if err := run.Remember(c.store, c.id.User, m); err != nil {
			return nil, err
		}
	}
}

// answerTo gives what a value means, as --answer says or somebody answers.
func (c *call) answerTo(q exchange.Question, file string, o importing) (string, bool, error) {
	for _, pair := range o.answers {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 {
			return "", false, misuse("write --answer as \"value=what it means\", not %q", pair)
		}
		if field.FoldName(pair[:at]) == field.FoldName(q.Value) {
			return strings.TrimSpace(pair[at+1:]), true, nil
		}
	}
	if !c.asks(file) {
		return "", false, nil
	}
	fmt.Fprintf(c.Stderr, "%s: %s\n  %s\n  What does it mean? (Enter: %s; -: nothing) = ", oneLine(q.Column),
		oneLine(q.String()), oneLine(q.Reason),
		orElse(q.Suggest, "leave it"))
	answer, err := c.readLine()
	if answer = strings.TrimSpace(answer); answer == "" && err == nil {
		answer = q.Suggest
	}
	return answer, answer != "", nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// askMapping asks about each heading that is not known.
func (c *call) askMapping(m *spreadsheet.Mapping, sheet *spreadsheet.Sheet) {
	var names []string
	for _, col := range m.Kind.Columns {
		names = append(names, col.Name)
	}
	fmt.Fprintf(c.Stderr, "Some headings of %s are not known. For each, type the field it stands for, or Enter to "+
		"leave it out.\nFields: %s\n",
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
				answer = spreadsheet.Ignored
			}
			err := m.Set(heading, answer)
			if err == nil || readErr != nil {
				break
			}
			fmt.Fprintln(c.Stderr, "  "+oneLine(err.Error()))
		}
	}
}
