package sshd

import (
	"io"
	"strconv"
	"strings"
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
	again func() // asks for a picture; called from the painter's goroutine

	mu      sync.Mutex
	busy    bool
	missed  bool
	next    tea.View
	full    bool // everything has to be drawn
	stopped bool

	wake chan struct{}
	done chan struct{}

	// what the terminal shows; the painter's goroutine alone
	shown  string
	title  string
	mouse  bool
	cursor bool
	spot   string // where the cursor stands, as written
	buf    []byte
}

func newPainter(out io.Writer, again func()) *painter {
	return &painter{out: out, again: again, full: true, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// show paints what view gives, unless the last picture is still under way: then
// it asks again when that has been taken.
func (p *painter) show(view func() tea.View) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return
	}
	if p.busy {
		p.missed = true
		return
	}
	v := view()
	p.next, p.busy = v, true
	p.wake <- struct{}{}
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
	gap := time.NewTimer(frameGap)
	defer gap.Stop()
	_, err := io.WriteString(p.out, prepare)
	for range p.wake {
		p.mu.Lock()
		view, full := p.next, p.full
		p.full = false
		p.mu.Unlock()
		if p.compose(view, full); err == nil && len(p.buf) > 0 {
			_, err = p.out.Write(p.buf)
		}
		gap.Reset(frameGap)
		<-gap.C
		p.mu.Lock()
		p.busy = false
		missed := p.missed && !p.stopped
		p.missed = false
		p.mu.Unlock()
		if missed {
			p.again()
		}
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
func (p *painter) compose(v tea.View, full bool) {
	p.buf = p.buf[:0]
	if full {
		p.shown, p.cursor = "", false
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
	if v.Content != p.shown {
		p.rows(v.Content)
	}
	p.place(v.Cursor, len(p.buf) > start)
	p.shown = v.Content
}

// rows writes every row that is not what the terminal shows.
func (p *painter) rows(content string) {
	old := p.shown
	hidden := !p.cursor
	for y := 1; content != ""; y++ {
		var row, was string
		row, content, _ = strings.Cut(content, "\n")
		was, old, _ = strings.Cut(old, "\n")
		if row == was {
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
func differing(row, was string) (col int, ink, body string) {
	same := 0
	for same < len(row) && same < len(was) && row[same] == was[same] {
		same++
	}
	at, plain := 0, false
	for at < same {
		c := row[at]
		if c == 0x1b {
			end := strings.IndexByte(row[at:same], 'm')
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
	if first := strings.IndexByte(row[len(row)-tail:], 0x1b); first >= 0 {
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
	at := make([]byte, 0, 16)
	at = strconv.AppendInt(append(at, "\x1b["...), int64(c.Y+1), 10)
	at = append(strconv.AppendInt(append(at, ';'), int64(c.X+1), 10), 'H')
	if p.cursor && !moved && string(at) == p.spot {
		return
	}
	p.buf = append(p.buf, at...)
	p.spot = string(at)
	if !p.cursor {
		p.buf = append(p.buf, "\x1b[?25h"...)
		p.cursor = true
	}
}
