package paper

import "interlocal/model"

// PublishedLine is a row of the spreadsheet in which NIST publishes the
// framework; only its subcategory is of use.
type PublishedLine struct {
	ID          model.ID[PublishedLine]
	Function    string
	Category    string
	Subcategory string
	Examples    string
	References  string
}

// KindName is "published".
func (PublishedLine) KindName() string { return "published" }

// PublishedKind describes NIST's spreadsheet, so that the right sheet of the
// workbook and the row with its headings are found.
func PublishedKind() *model.Kind {
	return model.Def[PublishedLine]{
		Tag: 5, One: "row", Title: "NIST's spreadsheet",
		ID:    func(l *PublishedLine) *model.ID[PublishedLine] { return &l.ID },
		Label: func(l *PublishedLine) string { return l.Subcategory },
		Fields: []model.Field[PublishedLine]{
			model.Text(1, "function", "Function", func(l *PublishedLine) *string { return &l.Function }),
			model.Text(2, "category", "Category", func(l *PublishedLine) *string { return &l.Category }),
			model.Text(3, "subcategory", "Subcategory", func(l *PublishedLine) *string { return &l.Subcategory }),
			model.Text(4, "implementation_examples", "Implementation Examples", func(l *PublishedLine) *string { return &l.Examples }),
			model.Text(5, "informative_references", "Informative References", func(l *PublishedLine) *string { return &l.References }),
		},
	}.Kind()
}
