package match

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// certified returns a small problem with its solution.
func certified(t *testing.T) (*Problem, *Result) {
	t.Helper()
	p := fairProblem(0, 40)
	p.Locked = []Lock{}
	r, err := Solve(p, Control{})
	if err != nil || !r.Proved {
		t.Fatalf("%v, %v", r, err)
	}
	if err := Check(p, r, r.Certificate); err != nil {
		t.Fatal(err)
	}
	return p, r
}

func TestCheckRefusesWrongResults(t *testing.T) {
	p, good := certified(t)
	for name, spoil := range map[string]func(r *Result){
		"value":          func(r *Result) { r.Value++; r.Bound++ },
		"bound":          func(r *Result) { r.Value--; r.Matches = r.Matches[1:] },
		"proved":         func(r *Result) { r.Proved = false },
		"gap":            func(r *Result) { r.Gap = 0.1 },
		"over bound":     func(r *Result) { r.Bound-- },
		"loose bound":    func(r *Result) { r.Bound += 5 },
		"one missing":    func(r *Result) { r.Matches = r.Matches[1:] },
		"one twice":      func(r *Result) { r.Matches = append(r.Matches, r.Matches[0]) },
		"unknown":        func(r *Result) { r.Matches[0].Host = "nobody" },
		"wrong slot":     func(r *Result) { r.Matches[0].Slots = []int{7} },
		"no slot":        func(r *Result) { r.Matches[0].Slots = nil },
		"three slots":    func(r *Result) { r.Matches[0].Slots = []int{0, 1, 2} },
		"two places":     func(r *Result) { r.Matches[0].Slots = []int{1, 0} },
		"no certificate": func(r *Result) { r.Certificate = nil },
	} {
		r := *good
		r.Matches = slices.Clone(good.Matches)
		spoil(&r)
		if Check(p, &r, r.Certificate) == nil {
			t.Errorf("%s: a wrong result passes", name)
		}
	}
}

func TestCheckRefusesWrongCertificates(t *testing.T) {
	p, r := certified(t)
	leaf := func(n *Node) *Node {
		for n.Split != nil {
			n = n.With
		}
		return n
	}
	busiest := func(c *Certificate) *Part {
		best := &c.Parts[0]
		for i := range c.Parts {
			if len(c.Parts[i].People) > len(best.People) {
				best = &c.Parts[i]
			}
		}
		return best
	}
	var clone func(n *Node) *Node
	clone = func(n *Node) *Node {
		if n == nil {
			return nil
		}
		return &Node{slices.Clone(n.Prices), n.Split, clone(n.Without), clone(n.With)}
	}
	for name, spoil := range map[string]func(c *Certificate){
		"no parts":       func(c *Certificate) { c.Parts = nil },
		"a part missing": func(c *Certificate) { b := busiest(c); b.People = b.People[1:] },
		"a person twice": func(c *Certificate) {
			b := busiest(c)
			b.People = append(slices.Clone(b.People),
				b.People[0])
		},
		"unknown person":  func(c *Certificate) { b := busiest(c); b.People = append(slices.Clone(b.People), 4000) },
		"no tree":         func(c *Certificate) { busiest(c).Root = nil },
		"no prices":       func(c *Certificate) { leaf(busiest(c).Root).Prices = nil },
		"price too low":   func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Price /= 2 },
		"price too high":  func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Price += 50 * PriceUnit },
		"negative price":  func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Price = -1 },
		"absurd price":    func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Price = 1 << 62 },
		"unknown rule":    func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Rule.Kind = 99 },
		"nobody's rule":   func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Rule.Who = -1 },
		"no such slot":    func(c *Certificate) { leaf(busiest(c).Root).Prices[0].Rule.Slot = 2 },
		"bound too small": func(c *Certificate) { busiest(c).Bound-- },
		"bound too large": func(c *Certificate) { busiest(c).Bound++ },
		"halved halves": func(c *Certificate) {
			leaf(busiest(c).Root).Prices[0].Rule = Rule{Kind: HalfRule, Of: []Rule{{Kind: HalfRule}}}
		},
		"half a tree": func(c *Certificate) {
			n := busiest(c).Root
			*n = Node{Split: &Split{Option: OptionID{0, 0, false}}, Without: clone(n)}
		},
		"unknown split": func(c *Certificate) {
			n := busiest(c).Root
			*n = Node{Split: &Split{Option: OptionID{99999, 0, false}}, Without: clone(n), With: clone(n)}
		},
	} {
		c := &Certificate{Rules: r.Certificate.Rules}
		for _, part := range r.Certificate.Parts {
			c.Parts = append(c.Parts, Part{slices.Clone(part.People), part.Bound, clone(part.Root)})
		}
		spoil(c)
		if Check(p, r, c) == nil {
			t.Errorf("%s: a wrong certificate passes", name)
		}
	}
}

func TestExplainAndWaiting(t *testing.T) {
	v := func(x int64) *int64 { return &x }
	p := &Problem{Slots: 1, People: []Participant{
		{ID: "ann", Org: "x", Role: Visit}, {ID: "bob", Org: "y", Role: Both}, {ID: "cy", Org: "z", Role: Visit},
		{ID: "dee", Org: "z", Role: Visit}, {ID: "eve", Org: "z", Role: Visit, Available: []bool{false}},
	}, Edges: []Edge{{"ann", "bob", v(9), nil}, {"cy", "bob", v(5), nil}, {"eve", "bob", v(5), nil}}}
	r, err := Solve(p, Control{})
	if err != nil || r.Value != 9 {
		t.Fatalf("%+v, %v", r, err)
	}
	got := map[string]Waiting{}
	for _, w := range r.Waiting {
		got[w.Person] = w
	}
	if w := got["cy"]; w.Reason != HostFull || w.Host != "bob" || w.Cost != 4 || len(w.Instead) != 1 ||
		w.Instead[0].Visitor != "ann" {
		t.Errorf("cy: %+v", w)
	}
	if w := got["dee"]; w.Reason != NotListed {
		t.Errorf("dee: %+v", w)
	}
	if w := got["eve"]; w.Reason != NoSharedSlot {
		t.Errorf("eve: %+v", w)
	}
	if w := got["bob"]; w.Reason != NotListed || len(got) != 4 {
		t.Errorf("bob: %+v of %v", w, got)
	}
	why, err := Explain(p, r.Matches, "cy", "bob")
	if err != nil || len(why) != 1 || why[0].Hurdle != HostFull || why[0].Cost != 4 {
		t.Errorf("%+v, %v", why, err)
	}
	if why, _ := Explain(p, r.Matches, "dee", "bob"); len(why) != 1 || why[0].Hurdle != NotListed {
		t.Errorf("%+v", why)
	}
}

func TestDecodeNamesTheField(t *testing.T) {
	const people = `"people":[{"id":"a","org":"x","role":"visit","available":[true,true],"wants":"half"},{"id":"b","org":"y","role":"both","capacity":1}],`
	const edge = `"edges":[{"visitor":"a","host":"b","half":8,"full":14}]`
	for in, want := range map[string]string{
		``:                                 "problem: is empty",
		`{"slots":2`:                       "slots: ends",
		`[]`:                               "problem: is a array",
		`{"slots":2} {}`:                   "problem: goes on",
		`{"slots":0,"people":[{}]}`:        "slots: is 0",
		`{"slots":2,"people":[]}`:          "people: there are none",
		`{"slots":1.5}`:                    "slots: is a number 1.5; it should be a whole number",
		`{"slots":2,"people":[{"id":""}]}`: "people[0].id: is empty",
		`{"slots":2,"people":[{"id":"a","role":"guest"}]}`:                   "people[0].role: is \"guest\"",
		`{"slots":2,"people":[{"id":"a","role":"host","capacity":-1}]}`:      "people[0].capacity: is -1",
		`{"slots":2,"people":[{"id":"a","role":"host","capacity":"2"}]}`:     "people[0].capacity: is a string",
		`{"slots":2,"people":[{"id":"a","role":"host","available":[true]}]}`: "people[0].available: has 1",
		`{"slots":2,"people":[{"id":"a","role":"host","wants":"all"}]}`:      "people[0].wants: is \"all\"",
		`{"slots":2,"people":[{"id":"a","role":"host","visits":-1}]}`:        "people[0].visits: is -1",
		`{"slots":2,"people":[{"id":"a","role":"host"},{"id":"a","role":"host"}]}`: "people[1].id: \"a\" is already " +
			"people[0]",
		`{"slots":2,` + people + `"edges":[{"visitor":"a","host":"c"}]}`: "edges[0].host: \"c\" is not " +
			"among the people",
		`{"slots":2,` + people +
			`"edges":[{"visitor":"c","host":"a"}]}`: "edges[0].visitor: \"c\"",
		`{"slots":2,` + people + `"edges":[{"visitor":"a","host":"a"}]}`: "edges[0]: \"a\" cannot visit " +
			"themselves",
		`{"slots":2,` + people + `"edges":[{"visitor":"a","host":"b","half":NaN}]}`: "edges[0].half: is NaN, which " +
			"is not a number",
		`{"slots":2,` + people +
			`"edges":[{"visitor":"a","host":"b","half":-4}]}`: "edges[0].half: is -4",
		`{"slots":2,` + people + `"edges":[{"visitor":"a","host":"b"},{"visitor":"a","host":"b"}]}`: "edges[1]: \"a\" visiting \"b\" is already edges[0]",
		`{"slots":2,` + people + edge +
			`,"locked":[["a","b",2]]}`: "locked[0]: there is no slot 2",
		`{"slots":2,` + people + edge +
			`,"locked":[["a","b"]]}`: "locked: an entry should be",
		`{"slots":2,` + people + edge +
			`,"locked":[["b","a",0]]}`: "locked[0]: \"b\" visiting \"a\" is not among the edges",
		`{"slots":2,` + people + edge +
			`,"locked":[["a","b",0],["a","b",1]]}`: "locked[0]: \"a\" cannot visit \"b\"",
		`{"slots":2,` + people + edge + `,"locked":[["a","b",0]],"excluded":[["a","b"]]}`: "locked[0]: \"a\" " +
			"visiting \"b\" is both locked and excluded",
		`{"slots":2,` + people + edge +
			`,"excluded":[["a","z"]]}`: "excluded[0]: \"z\"",
		`{"slots":2,` + people + edge +
			`,"seconds":-1}`: "seconds: should be",
		`{"slots":2,` + people + edge +
			`,"seed":-1}`: "seed: is a number -1; it should be a whole number, not negative",
		`{"slots":2,` + people + edge + `,"visits":-1}`:      "visits: is -1",
		`{"slots":2,` + people + edge + `,"units":{"u":-1}}`: "units.u: is -1",
	} {
		_, err := DecodeProblem(strings.NewReader(in))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s\n gives %v\n want  %s", in, err, want)
		}
	}
}

func FuzzDecodeProblem(f *testing.F) {
	f.Add(
		`{"slots":2,"people":[{"id":"a","org":"x","role":"both","capacity":2,"available":[true,true],"wants":"either"},{"id":"b","role":"both"}],` +
			`"edges":[{"visitor":"a","host":"b","half":812,"full":1460},{"visitor":"b","host":"a","half":3}],"locked":[["a","b",0]],"excluded":[["b","a"]],"seconds":0.01,"seed":1}`)
	f.Fuzz(func(t *testing.T, in string) {
		p, err := DecodeProblem(strings.NewReader(in))
		if err != nil || len(p.People) > 30 {
			return
		}
		p.Seconds = 0.01
		r, err := Solve(p, Control{})
		if err != nil {
			t.Fatal(err)
		}
		if err := Check(p, r, r.Certificate); err != nil {
			t.Fatal(err)
		}
	})
}

// Every rule holds for every plan, and the checker and the solver write it out in
// the same way.
func TestEveryPlanKeepsEveryRule(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 9))
	tight := map[RuleKind]int{}
	for range 400 {
		p := randomProblem(r, 3+r.IntN(6), 1+r.IntN(4), 70)
		p.Locked = nil
		in, err := newInstance(p)
		if err != nil {
			t.Fatal(err)
		}
		k, err := newChecker(p)
		if err != nil {
			t.Fatal(err)
		}
		tr := &tree{checker: k}
		var rows []row
		for kind := VisitRule; kind <= VisitorDayRule; kind++ {
			for who := range max(len(p.People), len(p.Edges)) {
				for slot := range p.Slots {
					rule := Rule{Kind: kind, Who: who, Slot: slot}
					weight, limit, err := tr.rule(rule)
					if kind == HalfRule || err != nil || len(weight) == 0 {
						continue
					}
					if edge := kind == MeetRule || kind == OnceRule || kind >= HostDayRule; edge &&
						len(k.edgeUses[who]) == 0 {
						continue // nobody asks for rules about an edge that cannot be used
					}
					if kind == TripRule && in.visitCap[who] >= p.Slots {
						continue // nor for a cap that cannot be reached
					}
					x := in.writeOut(rule)
					if x.limit != limit || len(x.terms) != len(weight) {
						t.Fatalf("%+v: the solver has %d terms up to %d, the checker %d up to %d", rule, len(x.terms),
							x.limit, len(weight), limit)
					}
					for _, term := range x.terms {
						if weight[k.index[in.options[term.option].id()]] != int64(term.weight) {
							t.Fatalf("%+v: %+v counts differently", rule, in.options[term.option].id())
						}
					}
					rows = append(rows, x)
				}
			}
		}
		rows = append(rows, mixedRulesOf(t, r, in, tr, k, rows)...)
		for range 30 {
			pl := newPlan(in)
			for _, o := range r.Perm(len(in.options)) {
				if pl.fits(int32(o)) {
					pl.add(int32(o))
				}
			}
			for _, x := range rows {
				used := int64(0)
				for _, term := range x.terms {
					if pl.chosen[in.options[term.option].edge] == term.option {
						used += int64(term.weight)
					}
				}
				if used > x.limit {
					t.Fatalf("%+v: a plan uses %d of %d", x.rule, used, x.limit)
				}
				if used == x.limit {
					tight[x.rule.Kind]++
				}
			}
		}
	}
	for _, kind := range []RuleKind{VisitRule, HostRule, RoleRule, MeetRule, TripRule, UnitRule, OnceRule, HostDayRule,
		VisitorDayRule, MixedRule} {
		if tight[kind] == 0 {
			t.Errorf("no plan has come up to a rule of kind %d", kind)
		}
	}
}

// mixedRulesOf makes mixed rules of rules drawn at random, of which the solver and the
// checker have to make the same.
func mixedRulesOf(t *testing.T, r *rand.Rand, in *instance, tr *tree, k *checker, rows []row) []row {
	t.Helper()
	var out []row
	m := newMixer(len(in.options))
	for range 40 {
		if len(rows) == 0 {
			break
		}
		var of []row
		var times []int64
		over := 2 + r.Int64N(7)
		for range 1 + r.IntN(5) {
			of, times = append(of, rows[r.IntN(len(rows))]), append(times, r.Int64N(over))
		}
		limit := m.add(of, times)
		var flipped []int32
		for _, o := range m.options {
			if r.IntN(4) == 0 {
				flipped = append(flipped, o)
			}
		}
		cut, ok := m.mix(of, times, over, limit, flipped)
		if !ok {
			continue
		}
		for _, x := range of {
			cut.rule.Of = append(cut.rule.Of, x.rule)
		}
		for _, o := range flipped {
			cut.rule.Flipped = append(cut.rule.Flipped, in.options[o].id())
		}
		weight, limit, err := tr.rule(cut.rule)
		if err != nil || limit != cut.limit {
			t.Fatalf("%+v: %v; the solver has a limit of %d, the checker %d", cut.rule, err, cut.limit, limit)
		}
		for _, x := range cut.terms {
			u := k.index[in.options[x.option].id()]
			if weight[u] != int64(x.weight) {
				t.Fatalf("%+v: %+v counts differently", cut.rule, in.options[x.option].id())
			}
			delete(weight, u)
		}
		for u, w := range weight {
			if w != 0 {
				t.Fatalf("%+v: the checker counts %+v as well", cut.rule, k.uses[u].id)
			}
		}
		out, rows = append(out, cut), append(rows, cut)
	}
	return out
}
