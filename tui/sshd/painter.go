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

// The least time between two pictures: what changes sooner is shown together. A
// large one takes longer to arrive and to be looked at, as when a list runs.
const (
	frameGap   = 10 * time.Millisecond
	gapPerByte = 25 * time.Microsecond
	longestGap = 50 * time.Millisecond
)

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
	last    time.Time     // when the last picture had been written
	gap     time.Duration // that has to pass since

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

	grid     grid
	old, now [][]byte // rows of shown and of the next picture, while that is made
}

func newPainter(out io.Writer, again func()) *painter {
	return &painter{out: out, again: again, full: true, grid: newGrid(), wake: make(chan struct{}, 1),
		done: make(chan struct{})}
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
	if gap := p.gap - time.Since(p.last); gap > 0 {
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
		p.gap = min(frameGap+time.Duration(len(p.buf))*gapPerByte, longestGap)
		if p.missed && !p.stopped {
			p.wait(p.gap)
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

// rows writes what is not as the terminal shows it; where rows have moved together,
// in the shorter of two ways.
func (p *painter) rows(content []byte) {
	p.old, p.now = lines(p.old[:0], p.shown), lines(p.now[:0], content)
	if p.cursor {
		p.buf = append(p.buf, "\x1b[?25l"...)
		p.cursor = false
	}
	start := len(p.buf)
	p.differing()
	top, bottom, by := scrolled(p.old, p.now)
	if by == 0 {
		return
	}
	end := len(p.buf)
	p.grid.begin()
	p.buf = p.grid.scroll(p.buf, p.old, top, bottom, by)
	p.differing()
	if moved := p.buf[end:]; len(moved) < end-start {
		p.buf = append(p.buf[:start], moved...)
	} else {
		p.buf = p.buf[:end]
	}
}

// lines appends the rows of a picture.
func lines(rows [][]byte, picture []byte) [][]byte {
	for len(picture) > 0 {
		var row []byte
		row, picture, _ = bytes.Cut(picture, []byte("\n"))
		rows = append(rows, row)
	}
	return rows
}

// differing writes every row that is not as it was.
func (p *painter) differing() {
	p.grid.begin()
	for y, row := range p.now {
		var was []byte
		if y < len(p.old) {
			was = p.old[y]
		}
		if !bytes.Equal(row, was) {
			p.buf = p.grid.row(p.buf, y, was, row)
		}
	}
	p.buf = p.grid.write(p.buf, 0)
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
