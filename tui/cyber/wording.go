package cyber

import (
	"context"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/tui/assess"
	"interlocal/tui/overlay"
)

// wordingLimit is more than any file of the framework's publisher takes.
const wordingLimit = 20 << 20

// mayWord reports whether the user may bring in the official wording, which
// is the same for all cities.
func (s *subject) mayWord() bool {
	return s.d.Me.Identity().Rights(s.d.Kind("wordings")).Change == reachAll
}

// importWording asks for a file with the official questions and puts them on
// file; they are then shown first, since the review's portal asks in them.
func (s *subject) importWording(v framework.Version) {
	if !s.mayWord() {
		s.d.Fail(failure.New(failure.Forbidden, "The facilitator brings in the official wording, for all cities at once; ask for it there."))
		return
	}
	st, id, ctx := s.d.Store, s.d.Me.Identity(), context.WithoutCancel(s.d.Context)
	s.d.OpenFile("Official wording", "Which file? NIST's catalog of "+v.Title()+" as OSCAL XML or JSON, or its spreadsheet.",
		func(name string, r io.Reader) func() tea.Cmd {
			data, err := io.ReadAll(io.LimitReader(r, wordingLimit))
			return func() tea.Cmd {
				if err != nil {
					s.d.Fail(failure.New(failure.Unusable, "the file cannot be read; copy it again"))
					return nil
				}
				return s.d.Change(func() func() tea.Cmd {
					words, report, err := assess.ReadWording(data, name)
					n := 0
					if err == nil {
						n, err = assess.StoreWording(ctx, st, id, report.Version, words)
					}
					return func() tea.Cmd {
						if err != nil {
							s.d.Fail(err)
							return nil
						}
						s.d.Say(overlay.Done, fmt.Sprintf("The official wording of %s is on file: %d questions, %d of them new or changed.",
							report.Version.Title(), report.Read, n))
						return nil
					}
				})
			}
		})
}
