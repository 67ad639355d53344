package sshd

import (
	"context"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// A stage is a dashboard as Bubble Tea sees it: its pictures go to a painter
// instead of Bubble Tea's renderer.
type stage struct {
	inner tea.Model
	paint *painter
}

// look asks the stage for a picture.
type look struct{}

// Init begins the dashboard.
func (s *stage) Init() tea.Cmd { return s.inner.Init() }

// Update hands a message on.
func (s *stage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case look:
		return s, nil // View follows
	case tea.WindowSizeMsg:
		s.paint.redraw()
	case tea.CapabilityMsg:
		return s, nil // colours are those of the terminal's name
	}
	inner, cmd := s.inner.Update(msg)
	s.inner = inner
	return s, cmd
}

// View gives the picture to the painter.
func (s *stage) View() tea.View {
	s.paint.show(s.picture)
	return tea.View{}
}

// picture asks the dashboard for its picture, in bytes if it has them.
func (s *stage) picture() (rows []byte, v tea.View) {
	if d, ok := s.inner.(interface{ Picture() ([]byte, tea.View) }); ok {
		return d.Picture()
	}
	v = s.inner.View()
	return []byte(v.Content), v
}

// show is one dashboard on one terminal.
type show struct {
	program *tea.Program
	paint   *painter
	cancel  context.CancelFunc

	typing sync.Mutex // held while keys are handed over, in order
	keys   keys
	flush  *time.Timer // takes an unfinished sequence as it is

	sizes  sync.Mutex
	size   *tea.WindowSizeMsg
	sizing bool
}

// sizeGap is how long a change of size waits for the next one.
const sizeGap = 25 * time.Millisecond

// escapeGap is how long the Escape key may be the beginning of a sequence.
const escapeGap = 50 * time.Millisecond

// flushRate is how often a second Bubble Tea looks for what it has to write
// beside pictures, such as what is copied.
const flushRate = 4

func newShow(ctx context.Context, model tea.Model, out io.Writer, v Visit, size tea.WindowSizeMsg, paste int) *show {
	ctx, cancel := context.WithCancel(ctx)
	s := &show{cancel: cancel, keys: keys{most: paste}}
	s.paint = newPainter(out, func() { s.program.Send(look{}) })
	s.program = tea.NewProgram(&stage{model, s.paint},
		tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(out), tea.WithEnvironment(v.Environ),
		tea.WithColorProfile(v.Profile), // found out from the terminal's name: there is no device to ask
		tea.WithoutSignalHandler(), tea.WithoutRenderer(), tea.WithFPS(flushRate),
		tea.WithWindowSize(size.Width, size.Height))
	return s
}

// run shows the dashboard until its guest quits or it is ended.
func (s *show) run() error {
	go s.paint.run()
	_, err := s.program.Run()
	s.cancel()
	s.typing.Lock()
	if s.flush != nil {
		s.flush.Stop()
	}
	s.typing.Unlock()
	s.paint.stop()
	return err
}

// typed takes what the terminal sent. It returns when the dashboard has
// them, and says whether a paste is under way.
func (s *show) typed(input []byte) (pasting bool) {
	s.typing.Lock()
	defer s.typing.Unlock()
	s.keys.take(input, false, s.send)
	if !s.keys.open() {
		return s.keys.pasting
	}
	if s.flush == nil {
		s.flush = time.AfterFunc(escapeGap, s.expire)
	} else {
		s.flush.Reset(escapeGap)
	}
	return s.keys.pasting
}

func (s *show) expire() {
	s.typing.Lock()
	defer s.typing.Unlock()
	if s.keys.open() {
		s.keys.take(nil, true, s.send)
	}
}

func (s *show) send(e uv.Event) { s.program.Send(e) }

// resize tells the dashboard its window's size: the newest, when sizes come
// faster than they can be shown.
func (s *show) resize(size tea.WindowSizeMsg) {
	s.sizes.Lock()
	defer s.sizes.Unlock()
	s.size = &size
	if !s.sizing {
		s.sizing = true
		time.AfterFunc(sizeGap, s.resized)
	}
}

func (s *show) resized() {
	s.sizes.Lock()
	size := s.size
	s.size, s.sizing = nil, false
	s.sizes.Unlock()
	if size != nil {
		s.program.Send(*size)
	}
}
