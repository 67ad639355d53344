package match

import "testing"

// The relaxation with every rule about people and pairs, and none made by
// halving, was solved by another program: it proves 279,083 for this problem.
func TestAscentProvesMoreThanTheRelaxation(t *testing.T) {
	const relaxed = 279_083
	p := fullProblem(300, 1)
	in, err := newInstance(p)
	if err != nil {
		t.Fatal(err)
	}
	s := &search{in: in, budget: int64(5 * stepsPerSecond(len(in.options)))}
	s.split()
	s.anneal(s.share(firstShare), nil)
	s.prepare()
	s.ascend(s.share(ascentShare), func(*searchPart) bool { return true })
	r := s.result()
	if err := Check(p, r, r.Certificate); err != nil {
		t.Error(err)
	}
	if r.Bound > relaxed*998/1000 {
		t.Errorf("proved %d; the relaxation proves %d, and rules made by halving should prove less by 0.2%%", r.Bound,
			relaxed)
	}
	if s.spent > s.share(ascentShare+firstShare) {
		t.Errorf("%d steps were spent, of %d", s.spent, s.budget)
	}
}
