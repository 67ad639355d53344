package forms

import (
	"regexp"
	"sync"
)

// answerPatterns are what the readers of answers look for, made once.
type answerPatterns struct {
	negation, filler, iAm, year, and, bothHalves, ordinal *regexp.Regexp
	span, dash, ending, point, halvesFirst                *regexp.Regexp
	yes, no, doubt                                        *regexp.Regexp
	role                                                  *roleReader
}

// patterns gives them.
var patterns = sync.OnceValue(func() answerPatterns {
	const clock = `(\d{1,2}|noon)(?::(\d{2}))?(?::\d{2})? ?(am|pm|noon)?`
	const half = `(?:am|pm|mornings?|afternoons?)`
	return answerPatterns{
		negation: regexp.MustCompile(`\b(?:(?:but )?(?:not|cannot|can't|cant|couldn't|won't|wont|unable` +
			`|unavailable|isn't|don't|never)` +
			`|(?:any(?:time|thing| time| day)?|all|every ?day),? but|except(?: for)?|excluding|other than` +
			`|apart from)\b`),
		filler: regexp.MustCompile(
			`\b(?:i'm|i am|i|we|can|do|make|come|be|able to|to|available|free|on|for|work|works|` +
				`will|would|it|is|that|the)\b`),
		iAm:        regexp.MustCompile(`(?i)\bi am\b|\bi['’]m\b`),
		year:       regexp.MustCompile(`(\d),\s*(\d{4})\b`),
		and:        regexp.MustCompile(`(?i)\s(?:and|or|&|\+)\s`),
		bothHalves: regexp.MustCompile(`(?i)\bam ?/ ?pm\b`),
		ordinal:    regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`),
		span: regexp.MustCompile(`(?i)(^|[\s,(:])(?:from )?` + clock + ` ?(?:-|–|—|to|until|till) ?` + clock +
			`($|[\s,;):.])`),
		dash: regexp.MustCompile(`(?i)(\d) ?[-–—] ?(\d{1,2}:\d{2})(?::\d{2})?` +
			`( ?(?:am|pm)? ?(?:-|–|—|to|until|till))`),
		ending: regexp.MustCompile(`(?i)(?:-|–|—|to|until|till) ?\d{1,2}:\d{2}`),
		point:  regexp.MustCompile(`(?i)(^|[\sT])(\d{1,2}):(\d{2})(?::\d{2})? ?(am|pm)?($|[\s,;).])`),
		halvesFirst: regexp.MustCompile(`(?i)^\s*(` + half + `(?:(?:\s*[,&/]\s*|\s+(?:and|or)\s+)` + half +
			`)*)\s+(?:of|on)\s+(?:the\s+)?([^,;]+)$`),
		yes: regexp.MustCompile(`^(?:y|yes|yep|x|1|true|ok|approved|granted|✓|✔)(?:$|[^a-z0-9])`),
		no: regexp.MustCompile(`^(?:n|no|not|0|false|none|na|n/a|-|pending|awaiting|waiting|requested|unknown|unsure` +
			`|in progress)(?:$|[^a-z0-9])`),
		doubt: regexp.MustCompile(`\b(?:not|no|pending|await\w*|waiting|but|if|will|once|after|when|maybe|unsure` +
			`|soon|asked|\w+n't)\b|\?`),
		role: newRoleReader(),
	}
})
