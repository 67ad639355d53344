package run

import (
	"cmp"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/value"
	"interlocal/store"
)

// What somebody did without changing a record is noted in the file, beside the
// history: that they signed in, exported, made a report. What was done several times
// in a day is one note that counts, so that a program which asks every minute does
// not fill the file.

// The ways of doing that are noted.
const (
	SignedIn = "sign in"
	Exported = "export"
	Reported = "report"
)

// Noted is what somebody did on a day.
type Noted struct {
	Day    value.Day           `json:"-"`
	User   string              `json:"user"` // key of who did it
	Name   string              `json:"name"`
	Did    string              `json:"did"`
	What   string              `json:"what"` // the kind exported, the report's name, or where they signed in from
	Times  int                 `json:"times"`
	Rows   int                 `json:"rows,omitempty"`
	Cities map[field.Party]int `json:"cities,omitempty"` // rows that concern a city
	Last   time.Time           `json:"last"`
	Untold bool                `json:"-"` // how many rows there were is not for whoever looks
}

// notedBy is whose preferences hold the notes; it is nobody's key.
const notedBy = "interlocal:noted"

// notedFor is how many days notes are kept.
const notedFor = 400

// notedMost bounds a note's key.
const notedMost = 200

// Note notes what somebody did now; Times and Last are its own to fill in.
func Note(st *store.Store, by access.Identity, n Noted) error {
	today := st.As(by).Now().Day()
	key := strings.Join([]string{today.String(), by.User, n.Did, n.What}, "\x00")
	if len(key) > notedMost {
		key = key[:notedMost]
	}
	if st.Pref(notedBy, key) == nil {
		if err := forgetNoted(st, today-notedFor); err != nil {
			return err
		}
	}
	return st.AmendPref(notedBy, key, func(was []byte) []byte {
		var all Noted
		_ = json.Unmarshal(was, &all) // nothing yet, or nothing that can be read
		all.User, all.Name, all.Did, all.What = by.User, by.Name, n.Did, n.What
		all.Times++
		all.Rows += n.Rows
		all.Last = st.Time()
		for city, rows := range n.Cities {
			if all.Cities == nil {
				all.Cities = map[field.Party]int{}
			}
			all.Cities[city] += rows
		}
		data, _ := json.Marshal(all) // text and numbers always can be
		return data
	})
}

// forgetNoted drops the notes from before a day.
func forgetNoted(st *store.Store, before value.Day) error {
	for key := range st.PrefsOf(notedBy) {
		if day, _, _ := strings.Cut(key, "\x00"); day < before.String() {
			if err := st.SetPref(notedBy, key, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// AllNoted lists what was noted as far as an identity may see it, newest first. Of
// what concerns a city alone, only its own rows are told, and of records that one
// may not see not even how many there were: answers that fall short can be counted.
func AllNoted(st *store.Store, by access.Identity) []Noted {
	var out []Noted
	schema := st.As(by).View().Schema()
	for key, data := range st.PrefsOf(notedBy) {
		var n Noted
		if json.Unmarshal(data, &n) != nil {
			continue
		}
		day, _, _ := strings.Cut(key, "\x00")
		n.Day, _ = value.ParseDay(day, 0)
		var cities []field.Party
		for city := range n.Cities {
			cities = append(cities, city)
		}
		switch by.SeesNoted(n.User, cities) {
		case access.None:
			continue
		case access.Own:
			n.Rows = n.Cities[by.Partner]
			n.Cities, cities = map[field.Party]int{by.Partner: n.Rows}, []field.Party{by.Partner}
		}
		if k := schema.Kind(n.What); n.Did == Exported && n.User != by.User && (k == nil || !sees(by, k, cities)) {
			n.Rows, n.Cities, n.Untold = 0, nil, true
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b Noted) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.User, b.User), cmp.Compare(a.What, b.What))
	})
	return out
}

// sees reports whether an identity sees a kind's records of all these cities.
func sees(by access.Identity, k *field.Kind, cities []field.Party) bool {
	if len(cities) == 0 {
		return by.Sees(k, nil)
	}
	return !slices.ContainsFunc(cities, func(p field.Party) bool { return !by.Sees(k, []field.Party{p}) })
}

// NoteRows notes that somebody took rows of a kind with them.
func NoteRows(st *store.Store, by access.Identity, r field.Reader, k *field.Kind, rows iter.Seq[any]) error {
	n := Noted{Did: Exported, What: k.Name, Cities: map[field.Party]int{}}
	for rec := range rows {
		n.Rows++
		for _, p := range k.Parties(r, rec) {
			n.Cities[p]++
		}
	}
	return Note(st, by, n)
}

// NoteTaken notes that somebody took rows of one city's with them on a paper or sheet
// that is no export of a kind.
func NoteTaken(st *store.Store, by access.Identity, what string, city field.Party, rows int) error {
	return Note(st, by, Noted{Did: Exported, What: what, Rows: rows, Cities: map[field.Party]int{city: rows}})
}

// LastHere tells when an identity was last here, by its key: in a dashboard or by a
// command.
func LastHere(st *store.Store, user string) (at time.Time, ok bool) {
	seen, ok := LastSeen(st, user)
	at = seen.At
	for _, n := range AllNoted(st, access.Identity{User: user}) {
		if n.User == user && n.Last.After(at) {
			at, ok = n.Last, true
		}
	}
	return at, ok
}

// Often tells how often, where that is more than once.
func (n Noted) Often() string {
	if n.Times < 2 {
		return ""
	}
	return strconv.Itoa(n.Times) + " times"
}
