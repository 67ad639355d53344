package cyber

import (
	tea "charm.land/bubbletea/v2"

	"interlocal/store/run"
	"interlocal/tui/act"
	"interlocal/tui/app"
)

// change is an act that waits for its turn.
type change struct {
	request run.Request
	done    func(run.Done, error) tea.Cmd
}

// queue stores changes one after the other, in the order in which they were
// made, while the session goes on.
type queue struct {
	d       *app.App
	waiting []change // the first is being stored
	storing bool
	then    []func() tea.Cmd // what waits until all is stored
}

// add stores a change after those made before it.
func (q *queue) add(c change) tea.Cmd {
	q.waiting = append(q.waiting, c)
	return q.next()
}

// next begins to store the first change that waits.
func (q *queue) next() tea.Cmd {
	if q.storing {
		return nil
	}
	if len(q.waiting) == 0 {
		return q.release()
	}
	q.storing = true
	c := q.waiting[0]
	return act.Carry(q.d, c.request, func(res run.Done, err error) tea.Cmd {
		q.storing, q.waiting = false, q.waiting[1:]
		after := c.done(res, err)
		return tea.Batch(after, q.next())
	})
}

// empty reports whether everything has been stored.
func (q *queue) empty() bool { return len(q.waiting) == 0 }

// afterwards does something once everything has been stored.
func (q *queue) afterwards(do func() tea.Cmd) tea.Cmd {
	if q.empty() {
		return do()
	}
	q.then = append(q.then, do)
	return nil
}

// release does what waited.
func (q *queue) release() tea.Cmd {
	var cmds []tea.Cmd
	then := q.then
	q.then = nil
	for _, do := range then {
		cmds = append(cmds, do())
	}
	return tea.Batch(cmds...)
}
