package report

import (
	"strconv"

	"interlocal/model"
	"interlocal/model/cyber"
)

// answerBoxes are what is circled on paper, in the order of the keys.
const answerBoxes = "1  2  3  4  5p  5a  6  7  0  –"

// Form makes the paper form of a cycle, or with cycle 0 of the newest, numbered like the screen, for
// a meeting without a computer. It holds questions only; before there is a
// cycle they are those of the newest edition.
func Form(r model.Reader, partner *model.Partner, cycle model.CycleID, now model.Wall) (*Document, error) {
	y := model.Get(r, cycle)
	for c := range model.All[model.Cycle](r) {
		if cycle == 0 && (y == nil || c.Year > y.Year) {
			y = c
		}
	}
	if y == nil {
		y = &model.Cycle{Year: now.Day().Year(), Framework: model.CSF20}
	}
	f, ok := cyber.Lookup(y.Framework)
	if !ok {
		return nil, model.Fail(model.Invalid, "the cycle names no framework; set it to CSF 1.1 or CSF 2.0")
	}
	official := cyber.Official(r, y.Framework)
	doc := &Document{Title: strconv.Itoa(y.Year) + " self-assessment of " + partner.Name + ": form to fill in",
		Subtitle: subtitle(model.SettingsOf(r), now.Day()), Sections: []Section{legend()},
		Notes: []string{"Numbered as on the screen, so that the answers can be typed in this order. Keep it closed once filled in."}}
	for _, fn := range f.Functions {
		t := Table{Head: []string{"No.", "Subcategory", "Question", "Answer", "Remark"}, Right: []bool{true}}
		for _, it := range f.Items[fn.From:fn.To] {
			question := it.Question
			if text := official[it.ID]; text != "" {
				question = text + " — " + question
			}
			t.Rows = append(t.Rows, []Text{plain(strconv.Itoa(it.Number)), plain(string(it.ID)), plain(question), plain(answerBoxes), plain(" ")})
		}
		doc.Sections = append(doc.Sections, Section{string(fn.ID) + " " + fn.Name, []Block{t}})
	}
	return doc, nil
}

func formOf(r model.Reader, about About, now model.Wall) (*Document, error) {
	p := model.Get(r, about.Partner)
	if p == nil || !p.Governs() {
		return nil, model.Fail(model.NotFound, "say for which city the form is: name a city")
	}
	if err := cycleAsked(r, about); err != nil {
		return nil, err
	}
	return Form(r, p, model.CycleID(about.Record), now)
}

// legend says what the boxes mean.
func legend() Section {
	var items []Text
	for _, c := range cyber.Choices() {
		items = append(items, plain(c.Keys+" = "+c.Label+": "+c.Meaning))
	}
	return Section{"What to circle", []Block{List{items}}}
}
