package pairing

import (
	"strconv"
	"strings"

	"interlocal/model/value"
)

// PlainReasons takes the points out of reasons: "title: operator 120, water
// 80" says "title: operator, water".
func PlainReasons(reasons string) string {
	parts := strings.Split(reasons, "; ")
	for i, part := range parts {
		words := strings.Split(part, ", ")
		for j, w := range words {
			if at := strings.LastIndexByte(w, ' '); at > 0 {
				if _, err := strconv.Atoi(w[at+1:]); err == nil {
					words[j] = w[:at]
				}
			}
		}
		parts[i] = strings.Join(words, ", ")
	}
	return strings.Join(parts, " · ")
}

// MoreHalves lists half days that the event could have as well: halves of
// its days that it leaves out, and the day after.
func (b *Board) MoreHalves() []value.Slot {
	have := map[value.Slot]bool{}
	var out []value.Slot
	for _, s := range b.Slots {
		have[s] = true
	}
	if len(have) == 0 {
		return nil
	}
	first, last := b.Slots[0].Day(), b.Slots[len(b.Slots)-1].Day()
	for day := first; day <= last+1; day++ {
		for _, h := range []value.Half{value.Morning, value.Afternoon} {
			if s := value.SlotOn(day, h); !have[s] && len(out) < 4 {
				out = append(out, s)
			}
		}
	}
	return out
}
