package main

import "bytes"

// What a terminal sends around a paste, and the Escape key of those that tell it
// from the beginning of a sequence.
const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	escapeKey  = "\x1b[27u"
)

// pastes watches what a terminal sends for a paste whose end has been lost: the
// Escape key becomes that end, so that what was pasted is kept and keys are keys
// again.
type pastes struct {
	under bool   // a paste is under way
	tail  []byte // the last few bytes that came, which may begin a mark
}

// pass gives what a chunk of input is to be read as. It may be longer by as much
// as an end. quiet waits, and reports whether nothing follows.
func (p *pastes) pass(chunk []byte, quiet func() bool) []byte {
	seen := append(p.tail, chunk...)
	start, end := bytes.LastIndex(seen, []byte(pasteStart)), bytes.LastIndex(seen, []byte(pasteEnd))
	if start != end { // both are -1 when neither is there
		p.under = start > end
	}
	p.tail = append([]byte(nil), seen[max(0, len(seen)-len(pasteEnd)+1):]...)
	if !p.under {
		return chunk
	}
	kept, escaped := bytes.CutSuffix(chunk, []byte(escapeKey))
	if !escaped {
		kept = bytes.TrimRight(chunk, "\x1b")
		escaped = len(kept) < len(chunk) && quiet()
	}
	if !escaped {
		return chunk
	}
	*p = pastes{}
	return append(kept, pasteEnd...)
}
