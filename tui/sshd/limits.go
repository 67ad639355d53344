package sshd

import (
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"interlocal/model/failure"
)

// Limits are what one guest, and all together, may take.
type Limits struct {
	Handshake   time.Duration // to log in
	Tries       int           // keys that may be offered in vain
	Waiting     int           // connections that have not logged in, in total
	WaitingFrom int           // and from one address
	Connections int           // guests connected at a time
	PerGuest    int           // connections of one guest
	Sessions    int           // sessions of one connection
	Idle        time.Duration // without a key, whatever is being written
	Longest     time.Duration // of a connection
	Stalled     time.Duration // that a terminal may leave unread what was written
	Paste       int           // bytes of one paste; the rest is left out
	Input       int           // bytes that a command may read
	Rows        int           // of a file that a command takes in
	Heavy       int           // heavy commands at a time
	Command     time.Duration // that a command may take
}

// DefaultLimits suit a city hall's server.
func DefaultLimits() Limits {
	return Limits{
		Handshake: 15 * time.Second, Tries: 20, Waiting: 100, WaitingFrom: 20,
		Connections: 500, PerGuest: 10, Sessions: 4,
		Idle: 30 * time.Minute, Longest: 12 * time.Hour, Stalled: time.Minute,
		Paste: 1 << 20, Input: 4 << 20, Rows: 50_000, Heavy: 2, Command: 10 * time.Minute,
	}
}

// or fills in what has been left open.
func (l Limits) or(d Limits) Limits {
	pick(&l.Handshake, d.Handshake)
	pick(&l.Tries, d.Tries)
	pick(&l.Waiting, d.Waiting)
	pick(&l.WaitingFrom, d.WaitingFrom)
	pick(&l.Connections, d.Connections)
	pick(&l.PerGuest, d.PerGuest)
	pick(&l.Sessions, d.Sessions)
	pick(&l.Idle, d.Idle)
	pick(&l.Longest, d.Longest)
	pick(&l.Stalled, d.Stalled)
	pick(&l.Paste, d.Paste)
	pick(&l.Input, d.Input)
	pick(&l.Rows, d.Rows)
	pick(&l.Heavy, d.Heavy)
	pick(&l.Command, d.Command)
	return l
}

func pick[T int | time.Duration](have *T, usual T) {
	if *have == 0 {
		*have = usual
	}
}

// LimitNames lists what [ParseLimits] knows, with what holds unless it is said
// otherwise: "waiting-from=20".
func LimitNames() []string {
	usual := DefaultLimits()
	var names []string
	usual.each(func(name string, at any) {
		switch at := at.(type) {
		case *int:
			names = append(names, name+"="+strconv.Itoa(*at))
		case *time.Duration:
			names = append(names, name+"="+spell(*at))
		}
	})
	return names
}

func spell(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d%time.Minute == 0:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return d.String()
}

// ParseLimits reads limits as people write them: "idle=1h", "waiting=200". What
// is not named stays as it is.
func ParseLimits(written []string) (Limits, error) {
	var l Limits
	for _, w := range written {
		name, said, _ := strings.Cut(w, "=")
		known := false
		var err error
		l.each(func(field string, at any) {
			if field != name {
				return
			}
			known = true
			switch at := at.(type) {
			case *int:
				*at, err = strconv.Atoi(said)
				known = err == nil && *at > 0
			case *time.Duration:
				*at, err = time.ParseDuration(said)
				known = err == nil && *at > 0
			}
		})
		if !known {
			return Limits{}, failure.New(failure.Invalid, strconv.Quote(w)+" is no limit; those there are, as they "+
				"are set now: "+
				strings.Join(LimitNames(), ", "))
		}
	}
	return l, nil
}

// each visits the limits by their names: "waiting-from" for WaitingFrom.
func (l *Limits) each(visit func(name string, at any)) {
	v := reflect.ValueOf(l).Elem()
	for i := range v.NumField() {
		var name strings.Builder
		for j, r := range v.Type().Field(i).Name {
			if unicode.IsUpper(r) && j > 0 {
				name.WriteByte('-')
			}
			name.WriteRune(unicode.ToLower(r))
		}
		visit(name.String(), v.Field(i).Addr().Interface())
	}
}
