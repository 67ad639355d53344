package spreadsheet

import "interlocal/model/field"

// NewSchema makes the schema of the whole program. It is handed in from outside the package, since the program's list
// of acts knows this room.
var NewSchema func() *field.Schema
