package forms_test

import (
	"interlocal/model"
	"interlocal/model/shadowing/forms"
)

func init() { forms.NewSchema = model.NewSchema }
