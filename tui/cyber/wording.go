package cyber

import (
	"interlocal/model"
	"interlocal/model/cyber"
)

// wordingOf reads the official questions of a version; empty when none are on
// file.
func (s *subject) wordingOf(v model.FrameworkVersion) cyber.Wording {
	w := cyber.Wording{}
	for rec := range model.All[model.Wording](s.d.View()) {
		if rec.Framework == v {
			w[cyber.ID(rec.Item)] = rec.Text
		}
	}
	return w
}
