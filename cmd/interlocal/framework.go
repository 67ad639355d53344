package main

import (
	"context"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/store/run"
)

// importFramework brings the official wording in.
func (c *call) importFramework(ctx context.Context, file string, o importing) error {
	if _, err := c.open(ctx); err != nil {
		return err
	}
	view := c.store.As(c.id).View()
	if err := run.May(view, c.id, assess.Acts().Named("wording.import"), 0, c.wall(view)); err != nil {
		return err
	}
	data, err := c.readWhole(file)
	if err != nil {
		return err
	}
	w, report, err := paper.ReadWording(data, baseName(file))
	if err != nil {
		return err
	}
	changed := 0
	if !o.rehearse {
		done, err := actDone(ctx, c, "wording.import", 0,
			func(a *assess.WordingIn) { a.Version, a.Words = report.Version, w })
		if err != nil {
			return err
		}
		changed, _ = done.Detail.(int)
	}
	return c.say(report.String(), map[string]any{"framework": report.Version, "read": report.Read, "changed": changed,
		"missing": report.Missing, "withdrawn": len(report.Withdrawn), "unknown": report.Unknown})
}

// exportFramework writes an edition's subcategories with what is asked.
func (c *call) exportFramework(ctx context.Context, version, format string, out output) error {
	v := framework.Version(strings.TrimPrefix(strings.ToLower(version), "csf "))
	f, ok := framework.Lookup(v)
	if !ok {
		return misuse("--edition is 2.0 or 1.1")
	}
	view, _, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	return writeLines(c, &assessing{format: format, out: out}, paper.FrameworkKind(),
		paper.FrameworkLines(f, cyber.Official(view, v)), nil)
}
