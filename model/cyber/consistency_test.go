package cyber

import (
	"slices"
	"testing"

	"interlocal/model/cyber/framework"
	"interlocal/model/value"
)

var today = value.Date(2026, 10, 15)

func on(d value.Day) value.Opt[value.Day] { return value.Opt[value.Day]{V: d, Set: true} }

func TestInconsistencies(t *testing.T) {
	accepted := Claim{Level: RiskAccepted, Approver: "City manager", Reason: "Replaced in spring", Expires: on(today)}
	for _, c := range []struct {
		name   string
		claims map[framework.ID]Claim
		want   []string
	}{
		{"an untroubled sheet", map[framework.ID]Claim{
			"PR.AA-01": {Level: Tested, TestedOn: on(today)}, "PR.AA-02": accepted,
			"PR.AA-03": {Level: NotApplicable, Reason: "No such thing"},
			"GV.PO-01": {Level: Informal}, "GV.PO-02": {Level: Documented}, "PR.DS-01": {Level: Documented}}, nil},
		{"6 and 7 need a test date", map[framework.ID]Claim{"PR.AA-01": {Level: Tested}, "PR.AA-02": {Level: Optimized},
			"PR.AA-03": {Level: InProcess}},
			[]string{
				"test date missing: PR.AA-01 is answered 6, but no test date is recorded: add the day of the last " +
					"test, or answer 5p.",
				"test date missing: PR.AA-02 is answered 7, but no test date is recorded: add the day of the last " +
					"test, or answer 5p."}},
		{"a test cannot be to come", map[framework.ID]Claim{"PR.AA-01": {Level: Tested, TestedOn: on(today + 1)}},
			[]string{"test date ahead: PR.AA-01 is answered 6, but its test is dated Oct 16, 2026, which is still to come."}},
		{"an acceptance ends", map[framework.ID]Claim{"PR.AA-01": {Level: RiskAccepted, Approver: "a", Reason: "b",
			Expires: on(today - 1)}},
			[]string{"acceptance expired: PR.AA-01 was accepted as a risk until Oct 14, 2026, which is past: renew " +
				"the acceptance or answer what is really done."}},
		{"an acceptance needs all three", map[framework.ID]Claim{"PR.AA-01": {Level: RiskAccepted, Reason: " "}},
			[]string{"acceptance incomplete: PR.AA-01 is an accepted risk without an approver and a reason and an " +
				"expiry date."}},
		{"n/a needs a reason", map[framework.ID]Claim{"PR.AA-01": {Level: NotApplicable, Reason: "  "}},
			[]string{"reason missing: PR.AA-01 is not applicable, but no reason is given: say why."}},
		{"no policy, yet policies", map[framework.ID]Claim{"GV.PO-01": {Level: NotPerformed},
			"GV.PO-02": {Level: Documented}, "PR.AA-01": {Level: Documented}, "ID.AM-01": {Level: InProcess}},
			[]string{"policy contradicted: GV.PO-01 says there is no cybersecurity policy, but a documented policy " +
				"(3) is claimed for PR.AA-01.",
				"policy review claimed: GV.PO-02 says the policy is kept current, but GV.PO-01 says there is none."}},
		{"no policy and none claimed", map[framework.ID]Claim{"GV.PO-01": {Level: NotPerformed},
			"GV.PO-02": {Level: NotPerformed}, "ID.AM-01": {Level: InProcess}}, nil},
	} {
		f := mustLookup(t, framework.CSF20)
		claims := make([]Claim, len(f.Items))
		for id, claim := range c.claims {
			i, ok := f.Index(id)
			if !ok {
				t.Fatal(id)
			}
			claims[i] = claim
		}
		var got []string
		for _, fd := range Inconsistencies(f, claims, today) {
			got = append(got, string(fd.Rule)+": "+fd.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestPolicyContradictionInTheOlderVersion(t *testing.T) {
	f := mustLookup(t, framework.CSF11)
	claims := make([]Claim, len(f.Items))
	for i := range claims {
		claims[i].Level = Documented
	}
	i, _ := f.Index("ID.GV-1")
	claims[i].Level = NotPerformed
	got := Inconsistencies(f, claims, today)
	if len(got) != 1 || got[0].Item != i || len(got[0].Others) != 107 ||
		got[0].Text != "ID.GV-1 says there is no cybersecurity policy, but a documented policy (3) is claimed for "+
			"ID.AM-1, ID.AM-2, ID.AM-3, ID.AM-4, ID.AM-5 and 102 more." {
		t.Errorf("%+v", got)
	}
	if got := Inconsistencies(f, nil, today); got != nil {
		t.Errorf("nothing answered, yet %+v", got)
	}
}
