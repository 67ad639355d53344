package spreadsheet_test

import (
	"interlocal/model"
	"interlocal/model/exchange/spreadsheet"
)

func init() { spreadsheet.NewSchema = model.NewSchema }
