package tui

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/report"
	"interlocal/model/text"
	"interlocal/model/value"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/overlay"
)

// askCities asks by which day and into which folder, and writes a sheet to fill in
// and a mail for every city.
func (s *Session) askCities() tea.Cmd {
	d := s.app
	if !d.Local {
		d.Say(overlay.Info, "Files are saved on your own machine: run interlocal ask FOLDER there.")
		return nil
	}
	return d.Ask("Ask the cities for their sheets", "By which day are they wanted?", (d.Today() +
		report.AskDays).String(), "go on", func(word string) tea.Cmd {
		due, err := value.ParseDay(word, d.Today())
		if err != nil || due < d.Today() {
			d.Fail(failure.New(failure.Invalid, "the sheets are wanted by a day to come, such as Dec 11"))
			return nil
		}
		return d.Ask("Ask the cities for their sheets", "A workbook and a mail for every city go into which folder? "+
			"Nothing is sent.", d.Home("sheets"), "write", func(folder string) tea.Cmd {
			return s.writeSheets(app.Expand(folder), due)
		})
	})
}

// writeSheets notes that every city is asked, and writes what goes to each. Files
// of an earlier time are not replaced.
func (s *Session) writeSheets(folder string, due value.Day) tea.Cmd {
	d := s.app
	ctx, st, id, today := d.Context, d.Store, d.Me.Identity(), d.Today()
	return d.Change(func() func() tea.Cmd {
		cities := partnership.Cities(st.As(id).View())
		err := os.MkdirAll(folder, 0o700)
		for _, c := range cities {
			if _, bad := os.Stat(filepath.Join(folder, report.CityFile(c)+".xlsx")); err == nil && bad == nil {
				err = failure.New(failure.Invalid, "the folder holds sheets already; give another")
			}
		}
		if err == nil {
			_, err = run.Do(ctx, st, id, run.Request{Act: meeting.AskAct(), Args: &meeting.Asking{Due: due}})
		}
		view := st.As(id).View()
		for _, a := range meeting.Missing(view) {
			for name, write := range report.AskingFiles(view, a, partnership.SettingsOf(view).Name, today) {
				if err == nil {
					err = run.WriteWhole(filepath.Join(folder, name), write)
				}
			}
		}
		return func() tea.Cmd {
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.Say(overlay.Done, "Sheets and mails for "+text.Counted(len(cities), "city", "cities")+" are in "+folder+
				"; please send them.")
			return nil
		}
	})
}

// stillMissing says which cities have not sent their sheets back.
func (s *Session) stillMissing() tea.Cmd {
	var names []string
	for _, a := range meeting.Missing(s.app.View()) {
		names = append(names, a.City.Name)
	}
	if len(names) == 0 {
		s.app.Say(overlay.Info, "No sheet is missing.")
		return nil
	}
	s.app.Say(overlay.Info, "Still missing: "+strings.Join(names, ", "))
	return nil
}
