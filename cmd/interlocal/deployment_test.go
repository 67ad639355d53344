package main

import "testing"

func TestUnitWord(t *testing.T) {
	for in, want := range map[string]string{
		"/var/lib/interlocal.db": "/var/lib/interlocal.db",
		"/srv/city desk/x.db":    `"/srv/city desk/x.db"`,
		"100%":                   "100%%",
		`a"b\c`:                  `"a\"b\\c"`,
		"":                       `""`,
	} {
		if got := unitWord(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}
