package release

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

// Preview is exactly what one other partner can learn from a city's release.
type Preview struct {
	To    partnership.PartnerID
	Lines []string
}

// Previews lists what each other city of the cycle, the facilitators and the
// partners named for scores would be handed because of a release. It depends
// on the release alone: what others release is not looked at.
func Previews(r field.Reader, v *cyber.Release) []Preview {
	var out []Preview
	for _, to := range others(r, v) {
		out = append(out, Preview{To: to, Lines: linesFor(r, v, to)})
	}
	return out
}

// others lists whom a release might reach: cities that take part, facilitators
// and those named.
func others(r field.Reader, v *cyber.Release) []partnership.PartnerID {
	var out []partnership.PartnerID
	if y := field.Get(r, v.Cycle); y != nil {
		out = append(out, y.TakingPart()...)
	}
	out = append(append(out, cyber.Facilitators(r)...), v.With...)
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(p partnership.PartnerID) bool { return p == v.Partner })
}

func linesFor(r field.Reader, v *cyber.Release, to partnership.PartnerID) []string {
	var out []string
	if line := listLine(v, slices.Contains(cyber.Facilitators(r), to)); line != "" {
		out = append(out, line)
	}
	if slices.Contains(cyber.Facilitators(r), to) {
		for _, b := range v.Bands {
			out = append(out, "Band for "+functionName(v.Framework, b.Function)+": "+string(b.Band))
		}
	}
	if slices.Contains(v.With, to) {
		out = append(out, scoreLines(v)...)
	}
	if len(out) == 0 {
		out = []string{"Nothing"}
	}
	return out
}

// listLine says which items a release may put on a list that a viewer sees.
func listLine(v *cyber.Release, facilitator bool) string {
	var joined []string
	for _, f := range v.Functions {
		if f.Level.Rank() >= 1 {
			joined = append(joined, f.Function)
		}
	}
	if len(joined) == 0 {
		return ""
	}
	whom := "if it joins the same functions"
	if facilitator {
		whom = "as the facilitator"
	}
	if len(v.Below) == 0 {
		return "The list of shared deficiencies (" + strings.Join(joined, ", ") + "), " + whom +
			": nothing of this city is on it"
	}
	return "The list of shared deficiencies (" + strings.Join(joined, ", ") + "), " + whom + ". Of this city's items " +
		"these are named when another city is below the minimum too, without saying whose they are: " +
		strings.Join(v.Below, ", ")
}

func scoreLines(v *cyber.Release) []string {
	var out []string
	for _, f := range v.Functions {
		var parts []string
		for _, s := range v.Scores {
			if framework.FunctionOf(s.Item) == f.Function {
				parts = append(parts, s.Item+" "+scoreText(s.Score))
			}
		}
		if len(parts) > 0 {
			out = append(out, "Scores for "+functionName(v.Framework, f.Function)+": "+strings.Join(parts, ", "))
		}
	}
	return out
}

func scoreText(score int) string {
	if score == 0 {
		return "none"
	}
	return strconv.Itoa(score)
}

func functionName(v framework.Version, fn string) string {
	if f, ok := framework.Lookup(v); ok {
		if found, ok := f.Function(framework.FunctionID(fn)); ok {
			return found.Name
		}
	}
	return fn
}

// Concedes says in plain words what a city gives away by a consent, beyond
// what is named: what others can conclude.
func Concedes(c *cyber.Consent, y *cyber.Cycle) []string {
	most, scored := 0, false
	for _, fn := range framework.FunctionsOf(y.Framework) {
		rank := c.For(fn).Rank()
		most, scored = max(most, rank), scored || rank == 3
	}
	if most == 0 {
		return []string{"Nothing leaves the city. It sees no list of what others share."}
	}
	out := []string{
		"An item on the list: another city that is above the minimum learns that at least two of the others are " +
			"below it.",
		"An item that is not on the list: a city that is below the minimum there knows that no other city that " +
			"joined is; a city that is not knows that at most one of the others is.",
		"Two cities that compare notes know this of the remaining ones. Where only four joined and both of the two " +
			"are above the minimum, a listed item tells them that the other two are below.",
		"Five cities are not anonymous. The consent is what protects you: functions you do not join stay out of " +
			"every list. Ask the others in person who speaks for them: whoever made up all of them would learn yours.",
	}
	if n := inNumbers(c, y); n != "" {
		out = slices.Insert(out, 0, n)
	}
	if c.FromThree {
		out = append(out,
			"What you lack is named only where three lack it, or where two others do that let it be named.")
	}
	if c.SmallToo {
		out = append(out, "Among three cities or fewer a list tells each city nearly all about the others; you "+
			"agreed to that if every one of them did.")
	}
	if most >= 2 {
		out = append(out, "The facilitator learns for each such function whether your mean is below 3, from 3 to "+
			"below 5, or 5 and above.")
	}
	if scored {
		out = append(out, "The partners you name see the number of every answer in those functions, and may tell it "+
			"to others.")
	}
	return append(out, "Once results are shared, none of this can be called back. Notes and evidence never leave.")
}

// Hosting says who can read answers that are kept in a shared file.
func Hosting(path string) []string {
	return []string{
		"Answers kept here lie in " + path + ". Whoever runs that computer, or can copy the file or its backups, can " +
			"read them.",
		"An administrator can add a login, a key or an invitation, and it reads nothing until an assessor of " +
			"the city says yes; the city sees each on overview and in history. Its first assessor is confirmed by a " +
			"code that its manager is handed, which works after a week in which anybody of the city can object. " +
			"Whoever makes the code could use it, and whoever shuts out your only assessor could let in another after a " +
			"week's notice: a city in which nobody else has a login is not warned. Have two assessors.",
		"Other cities cannot: the program hands them only what you release. They can tell how many changes are " +
			"saved, not what they say.",
		"A city that does not want this assesses in a file of its own and sends its release, which it can read " +
			"before it goes, and signs: interlocal assess packet --help.",
	}
}
