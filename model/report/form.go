package report

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// answerBoxes are what is circled on paper, in the order of the keys.
const answerBoxes = "1  2  3  4  5p  5a  6  7  0  –"

// Form makes the paper form of a cycle, or with cycle 0 of the newest, numbered like the screen, for
// a meeting without a computer. It holds questions only; before there is a
// cycle they are those of the newest edition.
func Form(r field.Reader, partner *partnership.Partner, cycle cyber.CycleID,
	now value.Wall) (*document.Document, error) {
	y := field.Get(r, cycle)
	for c := range field.All[cyber.Cycle](r) {
		if cycle == 0 && (y == nil || c.Year > y.Year) {
			y = c
		}
	}
	if y == nil {
		y = &cyber.Cycle{Year: now.Day().Year(), Framework: framework.CSF20}
	}
	f, ok := framework.Lookup(y.Framework)
	if !ok {
		return nil, failure.New(failure.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	official := cyber.Official(r, y.Framework)
	doc := &document.Document{Title: strconv.Itoa(y.Year) + " self-assessment of " + partner.Name + ": form to fill in",
		Subtitle: subtitle(partnership.SettingsOf(r), now.Day()), Sections: []document.Section{legend()},
		Notes: []string{"Numbered as on the screen, so that the answers can be typed in this order. Keep it closed " +
			"once filled in."}}
	for _, fn := range f.Functions {
		t := document.Table{Head: []string{"No.", "Subcategory", "Question", "Answer", "Remark"}, Right: []bool{true}}
		for _, it := range f.Items[fn.From:fn.To] {
			question := it.Question
			if said := official[it.ID]; said != "" {
				question = said + " — " + question
			}
			t.Rows = append(t.Rows, []document.Text{document.Plain(strconv.Itoa(it.Number)),
				document.Plain(string(it.ID)), document.Plain(question), document.Plain(answerBoxes),
				document.Plain(" ")})
		}
		doc.Sections = append(doc.Sections, document.Section{Heading: string(fn.ID) + " " + fn.Name,
			Blocks: []document.Block{t}})
	}
	return doc, nil
}

func formOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p := field.Get(r, about.Partner)
	if p == nil || !p.Governs() {
		return nil, failure.New(failure.NotFound, "say for which city the form is: name a city")
	}
	if err := cycleAsked(r, about); err != nil {
		return nil, err
	}
	return Form(r, p, cyber.CycleID(about.Record), now)
}

// legend says what the boxes mean.
func legend() document.Section {
	var items []document.Text
	for _, c := range cyber.Choices() {
		items = append(items, document.Plain(c.Keys+" = "+c.Label+": "+c.Meaning))
	}
	return document.Section{Heading: "What to circle", Blocks: []document.Block{document.List{Items: items}}}
}
