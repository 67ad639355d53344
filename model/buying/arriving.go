package buying

import (
	"slices"
	"strings"
	"time"

	"interlocal/model/field"
	"interlocal/model/text"
	"interlocal/model/value"
)

// Unit gives the one word for a unit of quantity, however an office writes it:
// TN, tons and Ton are ton.
func Unit(said string) string {
	word := strings.Trim(field.FoldName(said), ". ")
	for line := range strings.SplitSeq(unitWords, "\n") {
		if words := strings.Split(line, ","); slices.Contains(words, word) {
			return words[0]
		}
	}
	return strings.TrimSpace(said)
}

// unitWords are units of quantity, each with what offices write for it.
const unitWords = `ton,tons,tn,tns,t
each,ea,unit,units,ct
gallon,gallons,gal,gals
pound,pounds,lb,lbs
cubic yard,cubic yards,cy,cu yd,cu yds
square yard,square yards,sy,sq yd,sq yds
foot,feet,ft,lf,lin ft,linear feet,linear foot
hour,hours,hr,hrs
pallet,pallets
bag,bags
box,boxes
case,cases`

// amountOf parts a figure from the unit that stands with it: "1,100 tons",
// "$55.49/ton".
func amountOf(said string) (figure, unit string) {
	said = strings.TrimSpace(said)
	end := strings.IndexFunc(said, func(r rune) bool { return !strings.ContainsRune("$0123456789., ", r) })
	if end < 0 {
		end = len(said)
	}
	figure = strings.Trim(said[:end], "$ ")
	unit, _ = strings.CutPrefix(strings.Trim(said[end:], "/ "), "per ")
	if figure == "" || unit != "" && strings.ContainsAny(unit, "0123456789|;") {
		return said, ""
	}
	return figure, Unit(unit)
}

// needHeadings say how surveys write what a city will buy.
func needHeadings() field.Headings {
	return field.Headings{
		Words: []field.HeadingWords{
			{Field: "item", Words: "description, product, material, goods, what is needed, item description"},
			{Field: "quantity",
				Words: "estimated annual quantity, annual quantity, estimated quantity, est quantity, " +
					"est qty, qty, annual usage, estimated usage"},
			{Field: "unit", Words: "unit of measure, uom, units, u m"},
			{Field: "baseline",
				Words: "current price, unit price, price, current unit price, price paid, price per unit"},
			{Field: "baseline_source", Words: "current vendor, vendor, supplier, current supplier, current contract"},
		},
		Fresh: map[string]string{"state": string(NeedOpen)}, Arrive: arrivingNeed, Gains: []string{"item", "unit"},
	}
}

// arrivingNeed mends a row of a survey: what it calls a commodity is the thing
// wanted unless it is a code, and figures come with their units.
func arrivingNeed(row field.Arrival) {
	if code := row.Said("commodity"); row.Said("item") == "" && strings.Trim(code, "0123456789-. ") != "" {
		row.Means("item", code)
		row.Means("commodity", "")
	}
	figure, unit := amountOf(row.Said("quantity"))
	row.Means("quantity", figure)
	price, per := amountOf(row.Said("baseline"))
	row.Means("baseline", price)
	for _, said := range []string{row.Said("unit"), unit, per} {
		if said != "" {
			row.Means("unit", Unit(said))
			break
		}
	}
}

// bidHeadings say how results of biddings are posted.
func bidHeadings() field.Headings {
	return field.Headings{
		Words: []field.HeadingWords{
			{Field: "solicitation", Words: "bid, bid title, project, bid name, ifb, rfp"},
			{Field: "vendor", Words: "bidder, company, contractor, supplier, vendor name, firm"},
			{Field: "tiers", Words: "total bid, unit price, bid price, price, price per unit, bid amount, amount"},
			{Field: "received", Words: "date received, received on, time received, date time received, submitted"},
			{Field: "responsive", Words: "responsible, meets specifications, compliant, meets specs"},
		},
		Fresh:  map[string]string{"manner": string(TierAll), "responsive": "yes"},
		Arrive: arrivingBid, Recast: tabulatedBids,
	}
}

// arrivingBid reads one price as that of every unit. What is headed as a total
// and names no unit is one, and says nothing of the price of a unit.
func arrivingBid(row field.Arrival) {
	price, unit := amountOf(row.Said("tiers"))
	total := row.Beside("totalbid", "totalbidamount", "bidtotal", "totalamount")
	if price == "" || strings.ContainsAny(price, "|;") || total != "" && unit == "" {
		return
	}
	row.Means("tiers", "1 | "+price)
}

// solicitationHeadings read the lots of a tabulation as solicitations.
func solicitationHeadings() field.Headings {
	return field.Headings{
		Fresh:  map[string]string{"manner": string(JointBid), "state": string(Gathering)},
		Recast: tabulatedLots,
	}
}

// tabulation is a bid tabulation as cities post it: lines of title, then a row for
// each lot and a column for each vendor.
type tabulation struct {
	title, opened string
	head          []string
	item, what    int // columns; -1 for none
	quantity      int
	unit          int
	lots          []int // rows
}

// tabulated finds a tabulation in the rows of a file; nil where there is none.
func tabulated(rows [][]string) *tabulation {
	t := &tabulation{}
	for i, row := range rows {
		at := func(words ...string) int {
			return slices.IndexFunc(row, func(cell string) bool { return slices.Contains(words, field.FoldName(cell)) })
		}
		if t.head != nil {
			if cellAt(row, t.what) != "" && cellAt(row, t.quantity) != "" {
				t.lots = append(t.lots, i)
			}
			continue
		}
		t.item, t.what = at("item", "line", "no", "item no", "lot"), at("description", "item description", "product")
		t.quantity, t.unit = at("qty", "quantity", "est qty"), at("uom", "unit", "unit of measure", "units")
		if t.what >= 0 && t.quantity >= 0 && t.unit >= 0 && len(row) > t.unit+1 {
			t.head = row
			continue
		}
		t.line(row)
	}
	if t.head == nil || len(t.lots) == 0 || t.title == "" {
		return nil
	}
	return t
}

// line reads a line above the headings: when bids were opened, or what for.
func (t *tabulation) line(row []string) {
	said := strings.TrimSpace(text.Line(strings.Join(row, " "), 0))
	if when, ok := strings.CutPrefix(strings.ToUpper(said), "OPENED "); ok {
		for _, layout := range []string{"Monday, January 2, 2006 3:04 PM", "January 2, 2006 3:04 PM",
			"1/2/2006 3:04 PM"} {
			if at, err := time.Parse(layout, when); err == nil {
				t.opened = value.DayOf(at).At(at.Hour(), at.Minute()).String()
			}
		}
		return
	}
	if low := strings.ToLower(said); t.title == "" && said != "" && low != "bid tabulation" && low != "bid tab" {
		t.title = said
	}
}

func cellAt(row []string, j int) string {
	if j < 0 || j >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[j])
}

// name is what the solicitation of a lot is called: by the bidding, and where
// that has several lots by the lot.
func (t *tabulation) name(row []string) string {
	if len(t.lots) == 1 {
		return t.title
	}
	return t.title + ": " + cellAt(row, t.what)
}

// tabulatedLots gives a solicitation for each lot.
func tabulatedLots(rows [][]string) (out [][]string, from []int) {
	t := tabulated(rows)
	if t == nil {
		return nil, nil
	}
	out, from = [][]string{{"title", "estimate", "unit", "due", "state"}}, []int{0}
	for _, i := range t.lots {
		figure, unit := amountOf(cellAt(rows[i], t.quantity))
		if said := cellAt(rows[i], t.unit); said != "" {
			unit = Unit(said)
		}
		out, from = append(out, []string{t.name(rows[i]), figure, unit, t.opened, string(Opened)}), append(from, i)
	}
	return out, from
}

// tabulatedBids gives a bid for each vendor's price of each lot. "No Bid" is
// none.
func tabulatedBids(rows [][]string) (out [][]string, from []int) {
	t := tabulated(rows)
	if t == nil {
		return nil, nil
	}
	out, from = [][]string{{"solicitation", "vendor", "price"}}, []int{0}
	for _, i := range t.lots {
		for j := t.unit + 1; j < len(t.head); j++ {
			price := cellAt(rows[i], j)
			if vendor := cellAt(t.head, j); vendor != "" && strings.ContainsAny(price, "0123456789") {
				out, from = append(out, []string{t.name(rows[i]), vendor, price}), append(from, i)
			}
		}
	}
	return out, from
}
