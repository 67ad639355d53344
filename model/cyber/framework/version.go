package framework

import "interlocal/model/field"

// Version is the edition of the NIST Cybersecurity Framework that a
// cycle asks about.
type Version string

// Editions.
const (
	CSF11 Version = "1.1"
	CSF20 Version = "2.0"
)

// Versions are the choices of a field that holds one.
func Versions() []field.Choice {
	return []field.Choice{{Value: "1.1", Title: "CSF 1.1"}, {Value: "2.0", Title: "CSF 2.0"}}
}
