package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/report"
)

func (c *call) discloseCommand() *cobra.Command {
	var out output
	var whole bool
	cmd := c.command("disclose CITY|partnership", "what of the file a city would have to give to the public",
		between(1, 1),
		func(ctx context.Context, args []string) error { return c.disclose(ctx, args[0], whole, out) })
	cmd.Long = `disclose shows the records that a city answers for as the public would see them, and lists what could
be withheld, with the subdivision of section 610.021 and the reason for each. It is orientation for counsel: what may
be closed need not be, and what has no subdivision to its name is put to counsel. Each city answers for its own
records; those of no city are the partnership's.

Without --export it counts, and lists what is withheld. With it the records are written as JSON without what is
withheld, and with the list beside them. While a request is open, stop all removal of history: interlocal history hold
REQUEST.`
	cmd.Flags().BoolVar(&whole, "export", false, "write the records themselves, as JSON")
	out.flags(cmd)
	return cmd
}

// aboutDisclosure heads what is given.
const aboutDisclosure = "Orientation for counsel, and no decision: section 610.021 says what may be closed, not " +
	"what must be."

func (c *call) disclose(ctx context.Context, word string, whole bool, out output) error {
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	city, name := field.Party(0), "the partnership"
	if !strings.EqualFold(word, "partnership") {
		id, err := env.Resolve(partnership.KindPartners, word)
		if err != nil {
			return err
		}
		city, name = field.Party(id), field.Get(view, partnership.PartnerID(id)).Name
	}
	if !c.id.SeesAll(view.Schema().Kind(partnership.KindPeople)) && c.id.Partner != city {
		return misuse("each city answers for its own records; ask for your own: interlocal disclose CITY")
	}
	d := report.Disclose(env, city, name, c.wall(view).Day())
	if whole || c.json {
		return c.write(out, func(w io.Writer) error { return writeDisclosure(w, d) })
	}
	return c.write(out, func(w io.Writer) error {
		fmt.Fprintf(w, "%s, %s\n%s\n\n", d.City, d.Day.Long(), aboutDisclosure)
		for _, n := range d.Counts() {
			fmt.Fprintf(w, "%-16s %d given, %d in part, %d withheld\n", n.Kind, n.Whole, n.Part, n.Withheld)
		}
		fmt.Fprintf(w, "\nWithheld (%d):\n", len(d.Withheld))
		for _, line := range d.Withheld {
			fmt.Fprintf(w, "  %s\n", line.Line())
		}
		return nil
	})
}

func writeDisclosure(w io.Writer, d *report.Disclosure) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(map[string]any{"city": d.City, "day": d.Day.String(), "about": aboutDisclosure,
		"given": append([]report.GivenRecord{}, d.Given...), "withheld": append([]report.Withheld{}, d.Withheld...)})
}
