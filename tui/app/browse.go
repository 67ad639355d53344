package app

import (
	"os"
	"os/exec"
	"runtime"

	tea "charm.land/bubbletea/v2"

	"interlocal/tui/overlay"
)

// Browse opens an address in the user's browser when this machine is the
// user's and has one; otherwise, and beside, it copies and shows the address.
func (d *App) Browse(url string) tea.Cmd {
	name, args := opener(url)
	if !d.Local || name == "" {
		return d.Copy(url, "Link")
	}
	return d.Background(func() func() tea.Cmd {
		opening := exec.Command(name, args...)
		err := opening.Start()
		if err == nil {
			go func() { _ = opening.Wait() }() // only so that it does not linger
		}
		return func() tea.Cmd {
			if err != nil {
				return d.Copy(url, "Link")
			}
			d.Say(overlay.Done, "Opened "+url)
			return nil
		}
	})
}

// opener names the program that opens addresses here; "" when there is no
// screen to open them on.
func opener(url string) (name string, args []string) {
	switch runtime.GOOS {
	case "darwin":
		name, args = "open", []string{url}
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return "", nil
		}
		name, args = "xdg-open", []string{url}
	}
	if _, err := exec.LookPath(name); err != nil {
		return "", nil
	}
	return name, args
}

// copyShown is the longest text that the line about copying repeats.
const copyShown = 200

// Copy puts text on the clipboard of the terminal that shows the session. Not
// every terminal allows that and none says whether it did, so the text is
// shown as well: in the line below when it is short, in a window otherwise.
func (d *App) Copy(s, what string) tea.Cmd {
	if len(s) <= copyShown {
		d.Say(overlay.Done, what+" sent to your clipboard: "+s)
	} else {
		d.Dialogs.Push(overlay.NewText(d.Theme, what+" sent to your clipboard", s))
	}
	return tea.SetClipboard(s)
}
