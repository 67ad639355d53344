package cyber

import (
	"strconv"
	"strings"

	"interlocal/model/cyber/framework"
	"interlocal/model/value"
)

// Claim is an answer with what has to stand behind it.
type Claim struct {
	Level    Level
	Reason   string               // why not applicable, or why the risk is accepted
	Approver string               // who accepted the risk
	Expires  value.Opt[value.Day] // the last day of the acceptance
	TestedOn value.Opt[value.Day]
}

// Rule names a consistency check.
type Rule string

// The checks.
const (
	TestDateMissing      Rule = "test date missing"     // 6 or 7 without the day of a test
	TestDateAhead        Rule = "test date ahead"       // the test is in the future
	AcceptanceExpired    Rule = "acceptance expired"    // its last day is past
	AcceptanceIncomplete Rule = "acceptance incomplete" // no approver, reason or last day
	ReasonMissing        Rule = "reason missing"        // not applicable, without saying why
	PolicyContradicted   Rule = "policy contradicted"   // policies claimed although there is no cybersecurity policy
	ReviewContradicted   Rule = "policy review claimed" // the policy is said to be reviewed although there is none
)

// Finding is one answer that does not fit with another or with what is on
// record. It is advice; whether it stops an approval is not decided here.
type Finding struct {
	Rule   Rule
	Item   int    // place in the framework's Items
	Others []int  // further items concerned
	Text   string // what does not fit and what would settle it
}

// Inconsistencies checks an assessment, claims in the order of the framework's
// items, as of a day. Findings come in the order of the sheet.
func Inconsistencies(f *framework.Framework, claims []Claim, today value.Day) []Finding {
	var out []Finding
	policy := policyContradiction(f, claims)
	for i := range min(len(claims), len(f.Items)) {
		for _, fd := range claims[i].findings(today) {
			fd.Item = i
			fd.Text = string(f.Items[i].ID) + " " + fd.Text
			out = append(out, fd)
		}
		for _, fd := range policy {
			if fd.Item == i {
				out = append(out, fd)
			}
		}
	}
	return out
}

// findings checks one claim by itself.
func (c Claim) findings(today value.Day) []Finding {
	switch c.Level {
	case Tested, Optimized:
		v, _ := c.Level.Value()
		if !c.TestedOn.Set {
			return []Finding{{Rule: TestDateMissing, Text: "is answered " + strconv.Itoa(v) +
				", but no test date is recorded: add the day of the last test, or answer 5p."}}
		}
		if c.TestedOn.V > today {
			return []Finding{{Rule: TestDateAhead, Text: "is answered " + strconv.Itoa(v) + ", but its test is dated " +
				c.TestedOn.V.Long() + ", which is still to come."}}
		}
	case RiskAccepted:
		return c.acceptanceFindings(today)
	case NotApplicable:
		if strings.TrimSpace(c.Reason) == "" {
			return []Finding{{Rule: ReasonMissing, Text: "is not applicable, but no reason is given: say why."}}
		}
	}
	return nil
}

func (c Claim) acceptanceFindings(today value.Day) []Finding {
	var out []Finding
	if lacks := c.AcceptanceLacks(); len(lacks) > 0 {
		out = append(out, Finding{Rule: AcceptanceIncomplete,
			Text: "is an accepted risk without " + strings.Join(lacks, " and ") + "."})
	}
	if c.Expires.Set && c.Expires.V < today {
		out = append(out, Finding{Rule: AcceptanceExpired, Text: "was accepted as a risk until " + c.Expires.V.Long() +
			", which is past: renew the acceptance or answer what is really done."})
	}
	return out
}

// AcceptanceLacks names what a risk acceptance still needs, in words that
// follow "without".
func (c Claim) AcceptanceLacks() []string {
	var lacks []string
	if strings.TrimSpace(c.Approver) == "" {
		lacks = append(lacks, "an approver")
	}
	if strings.TrimSpace(c.Reason) == "" {
		lacks = append(lacks, "a reason")
	}
	if !c.Expires.Set {
		lacks = append(lacks, "an expiry date")
	}
	return lacks
}

// policyItems gives the subcategory that asks for a cybersecurity policy and,
// where there is one, the subcategory that asks for its review.
func policyItems(v framework.Version) (policy, review framework.ID) {
	if v == framework.CSF11 {
		return "ID.GV-1", ""
	}
	return "GV.PO-01", "GV.PO-02"
}

// policyContradiction finds answers that speak of policies in a city that says
// it has no cybersecurity policy.
func policyContradiction(f *framework.Framework, claims []Claim) []Finding {
	policy, review := policyItems(f.Version)
	at, _ := f.Index(policy)
	if at >= len(claims) || claims[at].Level != NotPerformed {
		return nil
	}
	var out []Finding
	var others []int
	for i := range min(len(claims), len(f.Items)) {
		if claims[i].Level == Documented && f.Items[i].ID != review {
			others = append(others, i)
		}
	}
	if len(others) > 0 {
		out = append(out, Finding{Rule: PolicyContradicted, Item: at, Others: others,
			Text: string(policy) +
				" says there is no cybersecurity policy, but a documented policy (3) is claimed for " +
				nameSome(f, others) + "."})
	}
	i, ok := f.Index(review)
	if !ok || i >= len(claims) {
		return out
	}
	if v, scored := claims[i].Level.Value(); scored && v > 1 {
		out = append(out, Finding{Rule: ReviewContradicted, Item: i, Others: []int{at},
			Text: string(review) + " says the policy is kept current, but " + string(policy) + " says there is none."})
	}
	return out
}

// nameSome writes the IDs of the first few items and how many more there are.
func nameSome(f *framework.Framework, items []int) string {
	ids := make([]framework.ID, len(items))
	for k, i := range items {
		ids[k] = f.Items[i].ID
	}
	return framework.FirstFew(ids)
}
