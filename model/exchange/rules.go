package exchange

import (
	"interlocal/model/exchange/spreadsheet"
	"interlocal/model/field"
)

// Rules says what rows of files mean beyond records: what they do, and how
// files are read that are no lists of records. The domains know; whoever takes
// files in is handed it.
type Rules struct {
	// Acts are what rows of some kinds do when they come from elsewhere.
	Acts field.Acts
	// Form plans a file whose rows are answers to a form's questions; nil, and no
	// error, when the mapping is of no form.
	Form func(s *spreadsheet.Sheet, m *spreadsheet.Mapping, env *field.Env) (*Plan, error)
	// Answer stores a row of a form for which there is no act.
	Answer func(w field.Writer, row any) error
	// Remark is what history adds to the title of a file that holds some kinds.
	Remark func(r field.Reader, kinds []*field.Kind) string
}
