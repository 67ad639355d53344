package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"interlocal/model/failure"
	"interlocal/store"
)

// fileName is what the partnership's file is called unless the user says
// otherwise.
const fileName = "interlocal.db"

// dataFolder is where a system keeps a user's data: the XDG folder, Application
// Support or LocalAppData.
func (m *Main) dataFolder() (string, error) {
	switch m.System {
	case "windows":
		if dir := m.env("LocalAppData"); dir != "" {
			return filepath.Join(dir, "interlocal"), nil
		}
		if dir := m.env("USERPROFILE"); dir != "" {
			return filepath.Join(dir, "AppData", "Local", "interlocal"), nil
		}
	case "darwin", "ios":
		if dir := m.env("HOME"); dir != "" {
			return filepath.Join(dir, "Library", "Application Support", "interlocal"), nil
		}
	default:
		if dir := m.env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "interlocal"), nil
		}
		if dir := m.env("HOME"); dir != "" {
			return filepath.Join(dir, ".local", "share", "interlocal"), nil
		}
	}
	return "", failure.New(failure.Unusable, "no home folder is known here; say where the file is with --db FILE or "+
		"INTERLOCAL_DB")
}

// path is the file that the call is about.
func (c *call) path() (string, error) {
	if c.db != "" {
		return c.db, nil
	}
	if path := c.env("INTERLOCAL_DB"); path != "" {
		return path, nil
	}
	dir, err := c.dataFolder()
	return filepath.Join(dir, fileName), err
}

// elsewhere lists files to offer when the one asked for cannot be used because
// of its folder, best first.
func (c *call) elsewhere(unusable string) []string {
	var out []string
	add := func(dir string) {
		if path := filepath.Join(dir, fileName); dir != "" && path != unusable {
			out = append(out, path)
		}
	}
	if dir, err := c.dataFolder(); err == nil {
		add(dir)
	}
	if c.System != "windows" {
		add(filepath.Join("/var/tmp", "interlocal-"+filepath.Base(c.User)))
	}
	add(filepath.Join(os.TempDir(), "interlocal-"+filepath.Base(c.User)))
	return out
}

// unusable reports whether an error is about the folder rather than the file.
func (c *call) unusable(path string, err error) bool {
	if errors.As(err, new(*store.PlaceError)) {
		return true
	}
	if failure.CodeOf(err) != failure.Unusable {
		return false
	}
	_, statErr := os.Stat(path)
	return statErr != nil // a file that is there is the matter itself
}

// openElsewhere offers a folder of this machine in place of one that cannot be
// used, and opens the file there. Without somebody to ask, the sentence names
// the folder.
func (c *call) openElsewhere(ctx context.Context, path string, cause error) (*store.Store, error) {
	for _, other := range c.elsewhere(path) {
		if c.tryFolder(filepath.Dir(other)) != nil {
			continue
		}
		if !c.drawable() {
			return nil, &failure.Error{Code: failure.Unusable, Cause: cause,
				Message: strings.TrimRight(cause.Error(), ".") + " (a folder that would do: --db " + other + ")"}
		}
		fmt.Fprintf(c.Stderr, "%s.\nUse %s instead? [y/N] ", oneLine(cause.Error()), other)
		if !c.yes() {
			return nil, cause
		}
		c.after = append(c.after, "The file is "+other+"; to find it again, start with --db "+other+
			" or set INTERLOCAL_DB.")
		c.db = other
		return store.Open(other, c.storeOptions())
	}
	return nil, cause
}

// tryFolder reports why a folder cannot hold a file: it opens one there and
// takes it away again.
func (c *call) tryFolder(dir string) error {
	path := filepath.Join(dir, ".interlocal-trial.db")
	st, err := store.Open(path, c.storeOptions())
	if err != nil {
		return err
	}
	err = st.Close()
	for _, name := range []string{path, path + ".lock"} {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// yes reads an answer from the keyboard.
func (c *call) yes() bool {
	line, _ := c.readLine() // no answer is a no
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes":
		return true
	}
	return false
}

// readLine reads one line from the keyboard and nothing beyond it, since what
// follows may be the dashboard's.
func (c *call) readLine() (string, error) {
	var line []byte
	var b [1]byte
	for len(line) < 4096 {
		n, err := c.Stdin.Read(b[:])
		if n == 1 && b[0] == '\n' {
			return string(line), nil
		}
		if n == 1 {
			line = append(line, b[0])
		}
		if err != nil {
			return string(line), err
		}
	}
	return string(line), nil
}
