package lending

import (
	"strings"

	"interlocal/model/field"
)

// fleetHeadings say how fleet systems write units.
func fleetHeadings() field.Headings {
	return field.Headings{
		Values: []field.ValueWords{
			{Field: "status", Value: string(EquipmentActive), Words: "a,in service,available,in use,assigned,ready"},
			{Field: "status", Value: string(EquipmentOut), Words: "in shop,down,in repair,under " +
				"repair,deadlined,oos,o,out for repair"},
			{Field: "status", Value: string(EquipmentRetired),
				Words: "surplus,sold,disposed,auctioned,scrapped,salvage,d,inactive,retired - sold,to be auctioned"},
			{Field: "meter_counts", Value: "hours", Words: "h,hr,hrs,hour,hour meter"},
			{Field: "meter_counts", Value: "miles", Words: "m,mi,mile,odometer"},
		},
		Fresh:  map[string]string{"status": string(EquipmentActive)},
		Arrive: arrivingUnit, Gains: []string{"shareable"},
	}
}

// arrivingUnit mends a row of a fleet list: what is surplus or sold is nothing to
// share.
func arrivingUnit(row field.Arrival) {
	switch strings.ToLower(strings.TrimSpace(row.Said("status"))) {
	case "surplus", "sold", "disposed", "auctioned", "scrapped", "salvage", "to be auctioned":
		row.Means("shareable", "no")
	}
}
