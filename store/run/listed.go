package run

import (
	"encoding/json"

	"interlocal/model/field"
)

// runs says which records the rows of a list brought, in runs of rows and
// records that follow one another.
type runs []rowRun

type rowRun struct{ Row, ID, Count uint64 }

// with adds a row behind all others.
func (l runs) with(row, id uint64) runs {
	if n := len(l); n > 0 && row == l[n-1].Row+l[n-1].Count && id == l[n-1].ID+l[n-1].Count {
		l[n-1].Count++
		return l
	}
	return append(l, rowRun{row, id, 1})
}

// of gives the record of a row; 0 for none.
func (l runs) of(row uint64) uint64 {
	for _, r := range l {
		if row >= r.Row && row < r.Row+r.Count {
			return r.ID + row - r.Row
		}
	}
	return 0
}

// listedKey names what is remembered of a kind's last list.
func listedKey(kind string) string { return "listed:" + kind }

// list remembers which records a list's rows brought: lists of what became of them
// count the rows, since whoever wrote both knew no numbers of ours. When it cannot
// be kept, a later list is told that a number is nobody's.
func (f *Files) list(k *field.Kind, l runs) {
	if data, err := json.Marshal(l); err == nil && len(l) > 0 {
		_ = f.store.SetPref(f.me.Identity().User, listedKey(k.Name), data)
	}
}

// listed looks rows of somebody's last lists up.
func (f *Files) listed() func(kind string, row uint64) uint64 {
	known := map[string]runs{}
	return func(kind string, row uint64) uint64 {
		l, ok := known[kind]
		if !ok {
			_ = json.Unmarshal(f.store.Pref(f.me.Identity().User, listedKey(kind)), &l) // none is none
			known[kind] = l
		}
		return l.of(row)
	}
}
