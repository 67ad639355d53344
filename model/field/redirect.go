package field

import (
	"bytes"

	"interlocal/model/failure"
)

// Redirect has every record that refers to one record of a kind refer to another
// instead. The kind's labels are not unique, so that its references are written
// with their numbers, by which they are told from all other texts.
func Redirect(w Writer, kind string, from, to uint64) error {
	env := NewEnv(w, w.Now().Day())
	k := w.Schema().Kind(kind)
	if k.UniqueLabel {
		return failure.New(failure.Unusable, k.Title+" cannot be merged")
	}
	old, fresh := appendJSONString(nil, env.Name(kind, from)), appendJSONString(nil, env.Name(kind, to))
	for _, rc := range w.Schema().Referring(kind) {
		var ids []uint64
		for id := range w.Refer(rc.Kind.Name, rc.Column.Name, from) {
			ids = append(ids, id)
		}
		for _, id := range ids {
			rec := rc.Kind.Clone(w.Get(rc.Kind.Name, id))
			said := rc.Column.AppendJSON(nil, rec, env)
			if err := rc.Column.ParseJSON(rec, bytes.ReplaceAll(said, old, fresh), env); err != nil {
				return err
			}
			if _, err := w.Put(rc.Kind.Name, rec); err != nil {
				return err
			}
		}
	}
	return nil
}
