package cyber

import (
	"fmt"
	"time"
)

// pauseFrom is from when on a gap between two answers is a break and not talk
// about the question.
const pauseFrom = 10 * time.Minute

// paceFrom is how many answers it takes to say how long the rest will take.
const paceFrom = 5

// pace is how fast the answers of a sitting come.
type pace struct {
	last  time.Time
	talk  time.Duration // breaks left out
	count int           // answers that came after another
}

// beat notes that an answer was given.
func (p *pace) beat(now time.Time) {
	if gap := now.Sub(p.last); !p.last.IsZero() && gap >= 0 && gap < pauseFrom {
		p.talk += gap
		p.count++
	}
	p.last = now
}

// says tells how many questions are left and, once it can be told, how long
// they will take at this pace: "38 left, about 19 min".
func (p *pace) says(left int) string {
	if left == 0 {
		return "all answered"
	}
	text := fmt.Sprintf("%d left", left)
	if p.count < paceFrom {
		return text
	}
	rest := p.talk / time.Duration(p.count) * time.Duration(left)
	switch minutes := int(rest.Round(time.Minute) / time.Minute); {
	case minutes < 1:
		return text + ", about a minute"
	case minutes < 90:
		return fmt.Sprintf("%s, about %d min", text, minutes)
	default:
		return fmt.Sprintf("%s, about %d h", text, (minutes+30)/60)
	}
}
