package spreadsheet

import "interlocal/model/field"

// ReadAs gives the kind to read a file for a kind as: records may come on a
// form, whose headings the kind tells from those of its own files.
func ReadAs(k *field.Kind, headings []string) *field.Kind {
	if k.Headings.Form == nil || len(headings) == 0 {
		return k
	}
	form := k.Headings.Form()
	m := Map(form, headings, nil)
	for _, target := range k.Headings.FormHas {
		if m.Position(target) >= 0 {
			return form
		}
	}
	return k
}
