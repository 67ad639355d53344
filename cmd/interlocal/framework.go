package main

import (
	"context"
	"strings"

	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/tui/assess"
)

// importFramework brings the official wording in.
func (c *call) importFramework(ctx context.Context, file string, o importing) error {
	if _, err := c.open(ctx); err != nil {
		return err
	}
	kind := model.NewSchema().Kind(cyber.Wording{}.KindName())
	if err := c.id.MayChange(kind, true, false, nil, nil); err != nil { // it is nobody's own
		return err
	}
	data, err := c.readWhole(file)
	if err != nil {
		return err
	}
	w, report, err := assess.ReadWording(data, baseName(file))
	if err != nil {
		return err
	}
	changed := 0
	if !o.rehearse {
		if changed, err = assess.StoreWording(ctx, c.store, c.id, report.Version, w); err != nil {
			return err
		}
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
	return writeLines(c, &assessing{format: format, out: out}, paper.FrameworkKind(), paper.FrameworkLines(f, cyber.Official(view, v)), nil)
}
