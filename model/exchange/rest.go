package exchange

import (
	"strings"

	"interlocal/model/exchange/spreadsheet"
)

// setRest reads a list of which some elements name no record: those are kept in
// words under another field, unless one looks like a slip.
func (r *RowReader) setRest(i int, src *source, other string, rec any, raw string, err error) error {
	var known, rest []string
	for part := range strings.SplitSeq(raw, ";") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case r.parse(i, src, rec, part) == nil:
			known = append(known, part)
		case r.suggest(src, part) != "":
			return err
		default:
			rest = append(rest, part)
		}
	}
	if len(rest) == 0 {
		return err
	}
	r.row.Means(other, strings.Join(rest, "; "))
	r.warn(spreadsheet.Fault{Line: r.sheet.Line(i), Column: r.heading(src),
		Value: spreadsheet.Shorten(strings.Join(rest, "; ")),
		Reason: "on record as no " +
			r.env.Reader.Schema().Kind(src.col.Target).One + "; kept by name"})
	if len(known) == 0 {
		src.col.Clear(rec)
		return nil
	}
	return r.parse(i, src, rec, strings.Join(known, "; "))
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
