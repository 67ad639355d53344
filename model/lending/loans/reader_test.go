package loans_test

import (
	"iter"

	"interlocal/model"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// partnersOnly is a [field.Reader] that holds the five founding cities.
type partnersOnly struct{}

func (partnersOnly) Schema() *field.Schema { return model.NewSchema() }

func (partnersOnly) Get(string, uint64) any { return nil }

func (partnersOnly) Scan(kind string) iter.Seq2[uint64, any] {
	return func(yield func(uint64, any) bool) {
		if kind != "partners" {
			return
		}
		for i, name := range []string{"Independence", "Grandview", "Lee's Summit", "Blue Springs", "Raytown"} {
			id := field.ID[partnership.Partner](i + 1)
			if !yield(uint64(id), &partnership.Partner{ID: id, Name: name}) {
				return
			}
		}
	}
}

func (partnersOnly) Refer(string, string, uint64) iter.Seq2[uint64, any] {
	return func(func(uint64, any) bool) {}
}
