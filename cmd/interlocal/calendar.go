package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
)

func (c *call) calendarCommand() *cobra.Command {
	var out output
	cmd := c.command("calendar UNIT|CITY [-o FILE]", "a unit's or a city's loans as a calendar file", between(1, 1),
		func(ctx context.Context, args []string) error { return c.calendar(ctx, args[0], out) })
	cmd.Long = `calendar writes the loans and blocked times of a unit, or all loans from and to a city, as iCalendar.
Entries keep their identity from one writing to the next, so that a calendar which takes the file in again updates
them.`
	cmd.Example = "  interlocal calendar RT-104 -o rt-104.ics\n  interlocal calendar raytown -o raytown.ics"
	out.flags(cmd)
	return cmd
}

func (c *call) calendar(ctx context.Context, word string, out output) error {
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	var wanted func(unit lending.EquipmentID, borrower partnership.PartnerID) bool
	if unit, err := env.Resolve(lending.KindEquipment, word); err == nil {
		wanted = func(u lending.EquipmentID, _ partnership.PartnerID) bool { return u == lending.EquipmentID(unit) }
	} else if city, err := env.Resolve(partnership.KindPartners, word); err == nil {
		wanted = func(u lending.EquipmentID, b partnership.PartnerID) bool {
			e := field.Get(view, u)
			return b == partnership.PartnerID(city) || e != nil && e.Owner == partnership.PartnerID(city)
		}
	} else {
		return failure.New(failure.NotFound, "no unit and no city is called "+word+"; see interlocal list equipment")
	}
	loans, blocks := view.Rows(lending.KindReservations), view.Rows(lending.KindBlocks)
	var of, kept []int32
	for i := range loans.Len() {
		v := loans.At(i).(*lending.Reservation)
		if !v.Ended() && wanted(v.Unit, v.Borrower) {
			of = append(of, int32(i))
		}
	}
	for i := range blocks.Len() {
		if b := blocks.At(i).(*lending.Block); !b.Lifted && wanted(b.Unit, 0) {
			kept = append(kept, int32(i))
		}
	}
	tables := []export.Table{{Kind: loans.Kind(), Rows: rowsOf(view, loans, of)},
		{Kind: blocks.Kind(), Rows: rowsOf(view, blocks, kept)}}
	o := export.Options{Zone: partnership.SettingsOf(view).Location(), Now: c.Now(),
		Origin: partnership.SettingsOf(view).Name}
	return c.write(out, func(w io.Writer) error { return export.WriteICS(w, tables, env, o) })
}
