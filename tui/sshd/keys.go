package sshd

import (
	"bytes"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// keys makes events of the bytes that a terminal sends. What is unfinished waits
// for the rest, but never holds more than one paste and one short sequence.
type keys struct {
	decoder uv.EventDecoder
	most    int // bytes of a paste
	rest    []byte
	paste   []byte
	pasting bool
}

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	escapeKey  = "\x1b[27u" // of terminals that tell it from the beginning of a sequence
	// longestSequence bounds what is taken for the beginning of a sequence; the
	// longest that a terminal sends are its answers about colours.
	longestSequence = 512
)

// take decodes input. With final, what looks unfinished is taken as it is: no
// more is coming, so an escape is the Escape key. That key also ends a paste whose
// end has been lost, and what was pasted is kept.
func (k *keys) take(input []byte, final bool, send func(uv.Event)) {
	k.rest = append(k.rest, input...)
	for len(k.rest) > 0 {
		if k.pasting {
			if !k.takePaste(final, send) {
				return
			}
			continue
		}
		if bytes.HasPrefix(k.rest, []byte(pasteStart)) {
			k.pasting, k.rest = true, k.rest[len(pasteStart):]
			continue
		}
		n, event := k.next(final)
		if n == 0 {
			return
		}
		k.rest = k.rest[n:]
		k.give(event, send)
	}
	k.rest = nil
}

// next decodes one event; n is 0 when more has to come first.
func (k *keys) next(final bool) (n int, event uv.Event) {
	first := k.rest[0]
	if first >= utf8.RuneSelf && !utf8.FullRune(k.rest) && !final {
		return 0, nil
	}
	n, event = k.decoder.Decode(k.rest)
	if n <= 0 {
		return 1, nil
	}
	_, unknown := event.(uv.UnknownEvent)
	unfinished := first == 0x1b && n == len(k.rest) && (n <= 2 || unknown)
	if unfinished && !final && n < longestSequence {
		return 0, nil
	}
	return n, event
}

func (k *keys) give(event uv.Event, send func(uv.Event)) {
	switch event := event.(type) {
	case nil, uv.UnknownEvent, uv.PasteStartEvent, uv.PasteEndEvent:
	case uv.MultiEvent:
		for _, e := range event {
			k.give(e, send)
		}
	default:
		send(event)
	}
}

// pasteEnd finds what ends a paste and how long that is: the mark, the Escape key
// as newer terminals spell it, or escapes after which nothing comes. The first is
// -1 while there is none.
func (k *keys) pasteEnd(final bool) (end, length int) {
	end, length = bytes.Index(k.rest, []byte(pasteEnd)), len(pasteEnd)
	if at := bytes.Index(k.rest, []byte(escapeKey)); at >= 0 && (end < 0 || at < end) {
		end, length = at, len(escapeKey)
	}
	if end < 0 && final && k.escaped() {
		end = len(bytes.TrimRight(k.rest, "\x1b"))
		length = len(k.rest) - end
	}
	return end, length
}

// takePaste collects a paste and reports whether it has ended.
func (k *keys) takePaste(final bool, send func(uv.Event)) bool {
	end, mark := k.pasteEnd(final)
	body := k.rest[:max(0, len(k.rest)-len(pasteEnd)+1)] // the end may have begun
	if end >= 0 {
		body = k.rest[:end]
	}
	room := max(0, k.most-len(k.paste))
	k.paste = append(k.paste, body[:min(room, len(body))]...)
	if end < 0 {
		k.rest = append([]byte(nil), k.rest[len(body):]...)
		return false
	}
	k.rest, k.pasting = k.rest[end+mark:], false
	text := string(bytes.ToValidUTF8(k.paste, nil))
	k.paste = nil
	send(uv.PasteEvent{Content: text})
	return true
}

// escaped reports whether the last that came is an escape.
func (k *keys) escaped() bool { return bytes.HasSuffix(k.rest, []byte{0x1b}) }

// open reports whether something waits for its rest: of a paste, what may be the
// Escape key.
func (k *keys) open() bool { return len(k.rest) > 0 && (!k.pasting || k.escaped()) }
