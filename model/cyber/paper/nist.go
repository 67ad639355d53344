package paper

import "interlocal/model/field"

// PublishedLine is a row of the spreadsheet in which NIST publishes the
// framework; only its subcategory is of use.
type PublishedLine struct {
	ID          field.ID[PublishedLine]
	Function    string
	Category    string
	Subcategory string
	Examples    string
	References  string
}

// KindPublished names the kind whose records are of type [PublishedLine].
const KindPublished = "published"

// KindName is "published".
func (PublishedLine) KindName() string { return KindPublished }

// PublishedSheets lists the names that the sheet with the subcategories bears
// in NIST's workbooks.
func PublishedSheets() []string { return []string{"CSF 2.0", "CSF 1.1", "CSF"} }

// PublishedKind describes NIST's spreadsheet, so that a sheet of the workbook
// is found by its name and the row with the headings by what they say.
func PublishedKind(sheet string) *field.Kind {
	return field.Def[PublishedLine]{
		Tag: 5, One: "row", Title: sheet,
		ID:    func(l *PublishedLine) *field.ID[PublishedLine] { return &l.ID },
		Label: func(l *PublishedLine) string { return l.Subcategory },
		Fields: []field.Field[PublishedLine]{
			field.Text(1, "function", "Function", func(l *PublishedLine) *string { return &l.Function }),
			field.Text(2, "category", "Category", func(l *PublishedLine) *string { return &l.Category }),
			field.Text(3, "subcategory", "Subcategory", func(l *PublishedLine) *string { return &l.Subcategory }),
			field.Text(4, "implementation_examples", "Implementation Examples",
				func(l *PublishedLine) *string { return &l.Examples }),
			field.Text(5, "informative_references", "Informative References",
				func(l *PublishedLine) *string { return &l.References }),
		},
	}.Kind()
}
