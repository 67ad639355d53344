package report

import (
	"strconv"
	"strings"

	"interlocal/model/cyber/incident"
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// callTree makes the wallet card: whom to call in each city and what it can lend. It
// is the one paper on which call trees leave the file, and works without a network.
func callTree(r field.Reader, _ About, now value.Wall) (*document.Document, error) {
	doc := &document.Document{Title: "Call tree", Subtitle: subtitle(partnership.SettingsOf(r), now.Day())}
	for partner := range field.All[partnership.Partner](r) {
		for card := range field.Of[incident.Card](r, "partner", partner.ID) {
			doc.Sections = append(doc.Sections, callSection(partner.Name, card, now.Day()))
		}
	}
	if len(doc.Sections) == 0 {
		doc.Sections = []document.Section{{Heading: "Call tree", Blocks: []document.Block{document.Paragraph{
			Text: document.Plain("No call tree is recorded that you may see.")}}}}
	}
	doc.Notes =
		[]string{"Private to the partners: carry it on paper, and give it to nobody else. Print it again each " +
			"quarter. The out-of-band number works when a city's own network and telephones do not; (!) is a number that " +
			"nobody has tried for " + strconv.Itoa(incident.StaleDays) + " days."}
	return doc, nil
}

func callSection(city string, card *incident.Card, today value.Day) document.Section {
	t := document.Table{Head: []string{"For", "First", "Second", "Out of band", "Verified"}}
	for i := range card.Contacts {
		c := &card.Contacts[i]
		verified := document.NotRecorded
		if c.Verified.Set {
			verified = c.Verified.V.String()
		}
		if c.Stale(today) {
			verified += " (!)"
		}
		t.Rows = append(t.Rows, []document.Text{document.Plain(c.Role), known(join2(c.First, c.FirstPhone)),
			known(join2(c.Second, c.SecondPhone)), known(c.OutOfBand), document.Plain(verified)})
	}
	blocks := []document.Block{t}
	var lends []string
	for _, l := range card.Lends {
		said := l.What
		if l.Hours.Set {
			said += ", " + strconv.FormatInt(l.Hours.V, 10) + " hours a day"
		}
		for _, more := range []string{l.Kit, l.Clearance} {
			if more != "" {
				said += ", " + more
			}
		}
		lends = append(lends, said)
	}
	if len(lends) > 0 {
		blocks = append(blocks, document.Paragraph{Text: document.Plain("Can lend: " +
			strings.Join(lends, "; ") + ".")})
	}
	return document.Section{Heading: city, Blocks: blocks}
}

func join2(name, phone string) string { return strings.TrimSpace(name + " " + phone) }
