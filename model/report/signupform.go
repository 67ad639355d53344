package report

import (
	"strconv"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/shadowing/forms"
	"interlocal/model/value"
)

// signupFormOf writes the questions of the form by which people sign up for an
// event, to paste into a form builder.
func signupFormOf(r field.Reader, about About, now value.Wall) (*document.Document, error) {
	p, none, err := aboutEvent(r, about, now, "Sign-up form to paste into Microsoft or Google Forms")
	if p == nil {
		return none, err
	}
	for i, q := range forms.Questions(p.Event, cityNames(r)) {
		blocks := []document.Block{document.Remark{Text: document.Plain(q.Asked())}}
		var items []document.Text
		for _, c := range q.Choices {
			items = append(items, document.Plain(c))
		}
		if len(items) > 0 {
			blocks = append(blocks, document.List{Items: items})
		}
		p.section(strconv.Itoa(i+1)+". "+q.Text, blocks...)
	}
	p.doc.Notes = []string{"Ask the questions and offer the choices word for word: what comes back is then taken in " +
		"without a question, by the key i of the sign-ups or by interlocal import signups FILE."}
	return p.doc, nil
}

// cityNames lists the cities by name.
func cityNames(r field.Reader) (names []string) {
	for _, c := range partnership.Cities(r) {
		names = append(names, c.Name)
	}
	return names
}

// SignupFormText is the form as plain text, each choice on a line of its own.
func SignupFormText(r field.Reader, about About, now value.Wall) (string, error) {
	p, _, err := aboutEvent(r, about, now, "")
	if p == nil || err != nil {
		return "", err
	}
	return forms.FormText(p.Event, cityNames(r)), nil
}
