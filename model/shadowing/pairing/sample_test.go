package pairing_test

import (
	"interlocal/model/field/fieldtest"
	"interlocal/model/sample"
	"interlocal/model/shadowing/pairing"
	"interlocal/model/value"
)

// init hands the records of a made-up partnership to the tests of the package,
// which cannot import what itself imports the package.
func init() {
	pairing.SampleOf = func(people int, day value.Day) *fieldtest.Memory { return sample.Scale(people, day).Reader() }
}
