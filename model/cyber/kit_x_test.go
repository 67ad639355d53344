package cyber_test

import (
	"interlocal/model"
	"interlocal/model/field/fieldtest"
)

// with makes a reader over records; one without a number gets the next.
func with(recs ...any) *fieldtest.Memory { return fieldtest.With(model.NewSchema(), recs...) }
