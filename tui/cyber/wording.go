package cyber

import (
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/paper"
	"interlocal/model/failure"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// wordingLimit is more than any file of the framework's publisher takes.
const wordingLimit = 20 << 20

// mayWord reports whether the user may bring in the official wording, which
// is the same for all cities.
func (s *subject) mayWord() bool {
	return s.d.Me.Identity().Rights(s.d.Kind(cyber.KindWordings)).Change == reachAll
}

// importWording asks for a file with the official questions and puts them on
// file; they are then shown first, since the review's portal asks in them.
func (s *subject) importWording(v framework.Version) {
	if !s.mayWord() {
		s.d.Fail(failure.New(failure.Forbidden, "The facilitator brings in the official wording, for all cities at once; ask for it there."))
		return
	}
	s.d.OpenFile("Official wording", "Which file? NIST's catalog of "+v.Title()+" as OSCAL XML or JSON, or its spreadsheet.",
		func(name string, r io.Reader) func() tea.Cmd {
			var words framework.Wording
			var report framework.WordingReport
			data, err := io.ReadAll(io.LimitReader(r, wordingLimit))
			if err != nil {
				err = failure.New(failure.Unusable, "the file cannot be read; copy it again")
			} else {
				words, report, err = paper.ReadWording(data, name)
			}
			return func() tea.Cmd {
				if err != nil {
					s.d.Fail(err)
					return nil
				}
				set := func(args any) { *args.(*assess.WordingIn) = assess.WordingIn{Version: report.Version, Words: words} }
				return s.perform("wording.import", 0, set, func(done run.Done, err error) tea.Cmd {
					if err != nil {
						s.d.Fail(err)
						return nil
					}
					s.d.Say(overlay.Done, fmt.Sprintf("The official wording of %s is on file: %d questions, %d of them new or changed.",
						report.Version.Title(), report.Read, done.Detail))
					return nil
				})
			}
		})
}
