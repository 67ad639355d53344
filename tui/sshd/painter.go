package sshd

import (
	"bytes"
	"io"
	"strconv"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The sequences that a terminal is prepared and put back with. Restoring names
// every mode that a dashboard may have set, so that it can be sent whatever
// state the terminal is in.
const (
	// Prepare: other screen, home, clear, pastes are marked, the background is
	// asked for.
	prepare = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H\x1b[?2004h\x1b]11;?\x07"
	mouseOn = "\x1b[?1002h\x1b[?1006h"
	// Restore puts a terminal back that a dashboard was shown on.
	Restore = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l\x1b[?2027l" +
		"\x1b[>4;0m\x1b[<1u\x1b[0 q\x1b[m\x1b]2;\x07\x1b[?1049l\x1b[?25h"
)

// frameGap is the least time between two pictures: what changes sooner is shown
// together.
const frameGap = 10 * time.Millisecond

// painter brings pictures to a terminal, as fast as it takes them: while one is
// under way, those that come are forgotten but for the wish to be asked again.
type painter struct {
	out   io.Writer
	again func() // asks for a picture; not called by show

	mu      sync.Mutex
	busy    bool // a picture is under way
	missed  bool // another is wanted after it
	waiting bool // the timer runs
	full    bool // everything has to be drawn
	stopped bool
	last    time.Time // when the last picture had been written

	wake chan struct{}
	done chan struct{}

	// what the terminal shows, and what is under way: of show while nothing is, and
	// of the painter's goroutine while something is
	shown  []byte
	title  string
	mouse  bool
	cursor bool
	spot   []byte // where the cursor stands, as written
	buf    []byte
}

func newPainter(out io.Writer, again func()) *painter {
	return &painter{out: out, again: again, full: true, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// show paints what picture gives, unless the last is still under way or has only
// just been shown: then it asks again when it is time.
func (p *painter) show(picture func() (rows []byte, v tea.View)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.stopped:
		return
	case p.busy || p.waiting:
		p.missed = true
		return
	}
	if gap := frameGap - time.Since(p.last); gap > 0 {
		p.missed = true
		p.wait(gap)
		return
	}
	rows, v := picture()
	full := p.full
	p.full = false
	if p.compose(rows, v, full); len(p.buf) > 0 {
		p.busy = true
		p.wake <- struct{}{}
	}
}

// wait asks for a picture after a while. The caller holds the lock.
func (p *painter) wait(gap time.Duration) {
	p.waiting = true
	time.AfterFunc(gap, func() {
		p.mu.Lock()
		p.waiting = false
		missed := p.missed && !p.stopped
		p.missed = false
		p.mu.Unlock()
		if missed {
			p.again()
		}
	})
}

// redraw has everything drawn the next time: the terminal may show anything.
func (p *painter) redraw() {
	p.mu.Lock()
	p.full = true
	p.mu.Unlock()
}

// run paints until stop; it returns when the terminal takes no more.
func (p *painter) run() {
	defer close(p.done)
	_, err := io.WriteString(p.out, prepare)
	for range p.wake {
		if err == nil {
			_, err = p.out.Write(p.buf)
		}
		p.mu.Lock()
		p.busy, p.last = false, time.Now()
		if p.missed && !p.stopped {
			p.wait(frameGap)
		}
		p.mu.Unlock()
	}
	if err == nil {
		io.WriteString(p.out, Restore) // the terminal may have gone
	}
}

// stop ends the painter and waits until the terminal has been put back.
func (p *painter) stop() {
	p.mu.Lock()
	if !p.stopped {
		p.stopped = true
		close(p.wake)
	}
	p.mu.Unlock()
	<-p.done
}

// compose puts what differs from what is shown into the buffer.
func (p *painter) compose(rows []byte, v tea.View, full bool) {
	p.buf = p.buf[:0]
	if full {
		p.shown, p.cursor = p.shown[:0], false
		p.buf = append(p.buf, "\x1b[?25l\x1b[m\x1b[2J"...)
	}
	if v.WindowTitle != p.title {
		p.title = v.WindowTitle
		p.buf = append(append(append(p.buf, "\x1b]2;"...), p.title...), '\x07')
	}
	if on := v.MouseMode != tea.MouseModeNone; on != p.mouse {
		p.mouse = on
		if on {
			p.buf = append(p.buf, mouseOn...)
		} else {
			p.buf = append(p.buf, "\x1b[?1002l\x1b[?1006l"...)
		}
	}
	start := len(p.buf)
	if !bytes.Equal(rows, p.shown) {
		p.rows(rows)
		p.shown = append(p.shown[:0], rows...)
	}
	p.place(v.Cursor, len(p.buf) > start)
}

// rows writes every row that is not what the terminal shows.
func (p *painter) rows(content []byte) {
	old, lineEnd := p.shown, []byte("\n")
	hidden := !p.cursor
	for y := 1; len(content) > 0; y++ {
		var row, was []byte
		row, content, _ = bytes.Cut(content, lineEnd)
		was, old, _ = bytes.Cut(old, lineEnd)
		if bytes.Equal(row, was) {
			continue
		}
		if !hidden {
			p.buf = append(p.buf, "\x1b[?25l"...)
			hidden = true
		}
		col, ink, body := differing(row, was)
		p.buf = strconv.AppendInt(append(p.buf, "\x1b["...), int64(y), 10)
		if col > 0 {
			p.buf = strconv.AppendInt(append(p.buf, ';'), int64(col+1), 10)
		}
		p.buf = append(append(append(p.buf, 'H'), ink...), body...)
		p.buf = append(p.buf, "\x1b[m"...)
	}
	p.cursor = p.cursor && !hidden
}

// differing gives the part of a row that is not as it was: the column it begins
// in, the ink in force there, and its bytes. Rows are equally wide, an ink's
// sequence says all about it, and only plain text is counted, so what comes
// before and after the part stands where it stood.
func differing(row, was []byte) (col int, ink, body []byte) {
	same := 0
	for same < len(row) && same < len(was) && row[same] == was[same] {
		same++
	}
	at, plain := 0, false
	for at < same {
		c := row[at]
		if c == 0x1b {
			end := bytes.IndexByte(row[at:same], 'm')
			if end < 0 {
				break
			}
			ink = row[at : at+end+1]
			at, plain = at+end+1, false
			continue
		}
		if c < ' ' || c >= 0x7f {
			break
		}
		at, plain = at+1, true
		col++
	}
	if plain && at < len(row) && row[at] >= 0x7f {
		at, col = at-1, col-1 // what follows may join the character before it
	}
	tail := 0
	for tail < len(row)-at && tail < len(was)-at && row[len(row)-1-tail] == was[len(was)-1-tail] {
		tail++
	}
	body = row[at:]
	if first := bytes.IndexByte(row[len(row)-tail:], 0x1b); first >= 0 {
		body = row[at : len(row)-tail+first]
	}
	return col, ink, body
}

// place puts the terminal's own cursor where the picture has it.
func (p *painter) place(c *tea.Cursor, moved bool) {
	if c == nil {
		if p.cursor {
			p.buf = append(p.buf, "\x1b[?25l"...)
			p.cursor = false
		}
		return
	}
	var room [24]byte
	at := room[:0]
	at = strconv.AppendInt(append(at, "\x1b["...), int64(c.Y+1), 10)
	at = append(strconv.AppendInt(append(at, ';'), int64(c.X+1), 10), 'H')
	if p.cursor && !moved && bytes.Equal(at, p.spot) {
		return
	}
	p.buf = append(p.buf, at...)
	p.spot = append(p.spot[:0], at...)
	if !p.cursor {
		p.buf = append(p.buf, "\x1b[?25h"...)
		p.cursor = true
	}
}
