//go:build unix

package match

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The report over all families is asked for by name and with flags of its own:
//
//	go test ./model/match -run '^TestFamilies$' -v -timeout 0 -args -seed 1 -seeds 3 -people 60,300
//
// It solves every instance on one thread with a limit in processor seconds, so that
// what else runs on the machine makes no difference, checks every certificate, and
// prints value and bound. -export DIR writes the instances as JSON instead, for
// another program to solve; that program's answers, in lines "family people seed
// value bound seconds", are given with -beside FILE and compared.
type familyFlags struct {
	seed, seeds   *int
	family        *string
	people        *string
	seconds       *float64
	export, lines *string
	beside        *string
	trace         *bool
}

var asked = familyFlags{
	seed:    flag.Int("seed", 1, "the first seed of the instances"),
	seeds:   flag.Int("seeds", 0, "how many seeds of each family and size; none are run by default"),
	family:  flag.String("family", "", "the families, separated by commas (default all)"),
	people:  flag.String("people", "60", "how many people, separated by commas"),
	seconds: flag.Float64("cpu", 0, "processor seconds for each instance (default by size: 2, 5, 10, 30)"),
	export:  flag.String("export", "", "write the instances into this folder and solve nothing"),
	lines:   flag.String("lines", "", "append the answers to this file"),
	beside:  flag.String("beside", "", "compare with the answers in this file"),
	trace:   flag.Bool("trace", false, "print value and bound as they get better"),
}

// An answer is what a solver says of an instance.
type answer struct {
	family       string
	people, seed int
	value, bound float64
	seconds      float64
	packed       int
}

func (a answer) name() string { return fmt.Sprintf("%s-%d-%d", a.family, a.people, a.seed) }

func (a answer) proved() bool { return a.bound < a.value+1 }

// processor is how long the program has kept a processor busy.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func limit(people int) float64 {
	switch {
	case *asked.seconds > 0:
		return *asked.seconds
	case people <= 60:
		return 2
	case people <= 300:
		return 5
	case people <= 1000:
		return 10
	}
	return 30
}

func TestFamilies(t *testing.T) {
	if *asked.seeds == 0 {
		t.Skip("asked for with -args -seeds N")
	}
	runtime.GOMAXPROCS(1)
	beside := readAnswers(t, *asked.beside)
	c := comparison{}
	for _, size := range strings.Split(*asked.people, ",") {
		var people int
		if _, err := fmt.Sscan(size, &people); err != nil {
			t.Fatal(err)
		}
		for _, f := range families() {
			if *asked.family != "" && !slices.Contains(strings.Split(*asked.family, ","), f.name) {
				continue
			}
			for seed := *asked.seed; seed < *asked.seed+*asked.seeds; seed++ {
				p := f.draw(people, uint64(seed), signups(t, &f))
				p.Seconds = limit(people)
				if *asked.export != "" {
					export(t, p, fmt.Sprintf("%s-%d-%d.json", f.name, people, seed))
					continue
				}
				a := solved(t, p, answer{family: f.name, people: people, seed: seed})
				t.Log(c.line(a, beside[a.name()]))
			}
		}
	}
	t.Log(c.summary())
}

// solved solves and checks an instance.
func solved(t *testing.T, p *Problem, a answer) answer {
	runtime.GC()
	start := processor()
	end := start + time.Duration(p.Seconds*float64(time.Second))
	r, err := Solve(p, Control{Stop: func() bool { return processor() > end }, Progress: func(x Progress) {
		if *asked.trace {
			fmt.Printf("%6.2f s %9d %9d after %d steps\n", (processor() - start).Seconds(), x.Value, x.Bound, x.Steps)
		}
	}})
	a.seconds = (processor() - start).Seconds()
	if err != nil {
		t.Fatal(a.name(), err)
	}
	if err := Check(p, r, r.Certificate); err != nil {
		t.Fatal(a.name(), err)
	}
	a.value, a.bound, a.packed = float64(r.Value), float64(r.Bound), packed(t, r.Certificate)
	if *asked.lines != "" {
		f, err := os.OpenFile(*asked.lines, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(f, a.family, a.people, a.seed, a.value, a.bound, a.seconds)
		f.Close()
	}
	return a
}

// packed is how many kilobytes a certificate takes when it is kept.
func packed(t *testing.T, c *Certificate) int {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(w).Encode(c); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len() >> 10
}

func export(t *testing.T, p *Problem, name string) {
	data, err := json.Marshal(p)
	if err == nil {
		err = os.WriteFile(filepath.Join(*asked.export, name), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// readAnswers reads another solver's answers by name.
func readAnswers(t *testing.T, file string) map[string]answer {
	out := map[string]answer{}
	if file == "" {
		return out
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var a answer
		if _, err := fmt.Sscan(s.Text(), &a.family, &a.people, &a.seed, &a.value, &a.bound, &a.seconds); err != nil {
			t.Fatal(err)
		}
		out[a.name()] = a
	}
	return out
}

// A comparison collects, by family and size, how far values are below and bounds
// above the best known of either solver.
type comparison map[string]*gaps

// gaps are shares in percent, one for each instance; negative is better than the
// other solver's.
type gaps struct {
	value, bound  []float64
	mine, theirs  int
	order         int
	behind, above int
}

func (c comparison) line(a, other answer) string {
	key := fmt.Sprintf("%-10s %5d", a.family, a.people)
	g := c[key]
	if g == nil {
		g = &gaps{order: len(c)}
		c[key] = g
	}
	text := fmt.Sprintf("%-22s %9.0f %9.0f  %6.3f%% %5.1f s %5d KB", a.name(), a.value, a.bound,
		100*(a.bound-a.value)/max(a.bound, 1), a.seconds, a.packed)
	if a.proved() {
		g.mine++
	}
	if other.family == "" || other.bound > 1e17 {
		g.value = append(g.value, 0)
		g.bound = append(g.bound, 100*(a.bound-a.value)/max(a.bound, 1))
		return text
	}
	if other.proved() {
		g.theirs++
	}
	other.bound = float64(int64(other.bound + 1e-6*max(1, other.bound/1e6)))
	behind, above := 100*(other.value-a.value)/max(other.value, 1), 100*(a.bound-other.bound)/max(other.bound, 1)
	g.value, g.bound = append(g.value, behind), append(g.bound, above)
	mark := ""
	if behind > 0 {
		g.behind++
		mark += " value behind"
	}
	if above > 0 {
		g.above++
		mark += " bound above"
	}
	return text + fmt.Sprintf(" | %9.0f %9.0f %5.1f s | behind %7.3f%% above %7.3f%%%s", other.value, other.bound,
		other.seconds, behind, above, mark)
}

func (c comparison) summary() string {
	var keys []string
	for k := range c {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return c[a].order - c[b].order })
	var out strings.Builder
	fmt.Fprintf(&out, "\n%-16s %9s %26s %26s\n%-16s %4s %4s %10s %9s %5s %10s %9s %5s\n", "", "proved",
		"value behind, %", "bound above, %",
		"family    people", "ours", "peer", "median", "worst", "in", "median", "worst", "in")
	for _, k := range keys {
		g := c[k]
		slices.Sort(g.value)
		slices.Sort(g.bound)
		n := len(g.value)
		fmt.Fprintf(&out, "%s %4d %4d %10.3f %9.3f %2d/%2d %10.4f %9.4f %2d/%2d\n", k, g.mine, g.theirs,
			g.value[n/2], g.value[n-1], g.behind, n, g.bound[n/2], g.bound[n-1], g.above, n)
	}
	return out.String()
}
