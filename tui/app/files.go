package app

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"interlocal/model/failure"
	"interlocal/store/run"
	"interlocal/tui/overlay"
)

// File is something to be written for the user.
type File struct {
	Title string // of the question where to
	Name  string // proposed, with its ending
	// Write makes the contents; it runs beside the session.
	Write func(io.Writer) error
}

// home gives the folder in which files are proposed: where the program was
// started, or the user's home when that cannot be told.
func home() string {
	if dir, err := os.Getwd(); err == nil {
		return dir
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return dir
}

// Home proposes a place for a file or a folder of a name.
func (d *App) Home(name string) string { return filepath.Join(home(), name) }

// SaveFile asks where a file is to go and writes it there. A file that exists
// is overwritten only after a second question. A session on somebody else's
// machine has no files there and is told what to do instead.
func (d *App) SaveFile(file File) {
	if !d.Local {
		d.Say(overlay.Info, "Files are saved on your own machine: run the export or report command there.")
		return
	}
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, file.Title, "Where to? A name, or a path.",
		d.Home(file.Name), "save", func(path string) tea.Cmd {
			path = Expand(path)
			if d.Store.Owns(path) {
				d.Fail(failure.New(failure.Invalid, "that is a file of interlocal itself; give another name"))
				return nil
			}
			if _, err := os.Stat(path); err == nil {
				d.Dialogs.Push(overlay.NewConfirm(d.Theme, overlay.Question{Title: "That file exists",
					Ask: "Replace " + path + "?", Yes: "replace", No: "keep it"},
					func() tea.Cmd { return d.write(path, file) }))
				return nil
			}
			return d.write(path, file)
		}))
}

// write writes the file beside the session: in full, or not at all.
func (d *App) write(path string, file File) tea.Cmd {
	return d.Background(func() func() tea.Cmd {
		err := run.WriteWhole(path, file.Write)
		return func() tea.Cmd {
			if err != nil {
				d.Fail(err)
				return nil
			}
			d.Say(overlay.Done, "Saved "+path)
			return nil
		}
	})
}

// Expand turns a leading ~ into the user's home.
func Expand(path string) string {
	path = strings.TrimSpace(path)
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if dir, err := os.UserHomeDir(); err == nil {
			return filepath.Join(dir, rest)
		}
	}
	return path
}

// OpenFile asks which file to read and hands it, opened, to read, which runs
// beside the session and returns what to do with the outcome.
func (d *App) OpenFile(title, words string, read func(name string, r io.Reader) func() tea.Cmd) {
	if !d.Local {
		d.Say(overlay.Info, "Files are read from your own machine: run the import command there.")
		return
	}
	d.askFile(title, words, "", read)
}

// askFile asks for a file, again with what was typed when it cannot be opened.
func (d *App) askFile(title, words, typed string, read func(name string, r io.Reader) func() tea.Cmd) {
	d.Dialogs.Push(overlay.NewPrompt(d.Theme, title, words, typed, "read", func(typed string) tea.Cmd {
		path := Expand(typed)
		return d.Background(func() func() tea.Cmd {
			in, err := openRegular(path)
			if err != nil {
				return func() tea.Cmd {
					d.askFile(title, words, typed, read)
					d.Fail(&failure.Error{Code: failure.NotFound, Cause: err, Message: "cannot open " + path +
						": check the name"})
					return nil
				}
			}
			defer in.Close()
			return read(filepath.Base(path), in)
		})
	}))
}

// openRegular opens a file that can be read to an end; a pipe would wait.
func openRegular(path string) (*os.File, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, os.ErrInvalid)
	}
	return os.Open(path)
}
