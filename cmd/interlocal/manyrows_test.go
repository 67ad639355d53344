package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// manyPeople writes a directory of n people in five cities.
func manyPeople(n int) string {
	name := func(i int) string {
		out := []byte{byte('A' + i%26)}
		for i /= 26; i > 0; i /= 26 {
			out = append(out, byte('a'+i%26))
		}
		return string(out)
	}
	cities := []string{"Independence", "Lee's Summit", "Blue Springs", "Grandview", "Raytown"}
	var b strings.Builder
	b.WriteString("Full Name,City,Department,Job Title,Work Phone,E-mail,Duties\n")
	for i := range n {
		fmt.Fprintf(&b, "%sa Q%s,%s,Public Works,City Clerk,816-555-%04d,p%d@city.example,\"snow routes, pavement\"\n",
			name(i), strings.ToLower(name(i*7+3)), cities[i%5], i%10000, i)
	}
	return b.String()
}

// A hundred thousand rows come in within seconds. The long run alone does it, on a
// machine with nothing else to do.
func TestAHundredThousandRows(t *testing.T) {
	if os.Getenv("INTERLOCAL_LONG") == "" {
		t.Skip("left to the long run: INTERLOCAL_LONG=1")
	}
	o := newOffice(t)
	o.must("list", "partners")
	file := manyPeople(100_000)
	began := time.Now()
	o.feed(file, "import", "people", "-").wants(t, exitDone, "100000 added")
	t.Logf("%v", time.Since(began))
}
