package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// guard runs f so that a damaged file cannot take the program down: bbolt
// panics on pages it cannot make sense of, and reading a mapped page that the
// disk cannot deliver is a fault.
func guard(f func() error) (err error) {
	was := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(was)
	defer func() {
		if p := recover(); p != nil {
			err = &failure.Error{Code: failure.Damaged, Message: "cannot be read as it should",
				Cause: fmt.Errorf("%v", p)}
		}
	}()
	return f()
}

// errDamage says what is wrong with a file; [Store.explain] makes it a sentence.
func errDamage(what string) error { return failure.New(failure.Damaged, what) }

func errForeign() error {
	return failure.New(failure.Unusable, "is not a file of this program; choose another with --db")
}

func errNewer() error {
	return failure.New(failure.Unusable, "was written by a newer version of the program; open it with that version")
}

// explainOpen makes a sentence of an error met while opening a file: which
// file, what is the matter and what to do.
func explainOpen(path, backupDir string, err error) error {
	if err == nil {
		return nil
	}
	var e *failure.Error
	if !errors.As(err, &e) {
		return explainSystem(path, err)
	}
	if errors.As(err, new(*HeldError)) || strings.Contains(e.Message, path) {
		return err
	}
	sentence := QuotePath(path) + " " + e.Message
	if e.Code == failure.Damaged {
		sentence = QuotePath(path) + " is damaged (" + e.Message + "). " + restoreAdvice(path, backupDir)
	}
	return &failure.Error{Code: e.Code, Message: sentence, Problems: e.Problems, Cause: err}
}

// restoreAdvice names the command that says what can be saved, and the newest
// backup with the command that brings it back.
func restoreAdvice(path, backupDir string) string {
	advice := "See what of it can be saved with: " + Command(path, "repair")
	if list := listBackups(backupDir); len(list) > 0 {
		return advice + ". " + backupAdvice(path, backupDir)
	}
	return advice + ". There is no backup in " + QuotePath(backupDir)
}

// explainSystem makes a sentence of what the operating system refused.
func explainSystem(path string, err error) error {
	dir := QuotePath(filepath.Dir(path))
	e := &failure.Error{Code: failure.Unusable, Cause: err}
	switch {
	case isNoSpace(err):
		e.Code = failure.NoSpace
		e.Message = "the disk that holds " + dir + " is full; free some space and try again"
	case errors.Is(err, fs.ErrPermission) || isReadOnly(err):
		e.Message = QuotePath(path) + " cannot be written to from here; choose a folder of your own with --db"
	case errors.Is(err, fs.ErrNotExist):
		e.Code = failure.NotFound
		e.Message = "there is no file " + QuotePath(path)
	default:
		e.Message = QuotePath(path) + " cannot be opened; check that the folder is there and the disk is well, or " +
			"choose another with --db"
	}
	return e
}

// Command writes a command for a file that can be typed as it stands.
func Command(path, words string) string { return "interlocal --db " + QuotePath(path) + " " + words }

// QuotePath writes a path so that it can be pasted into a shell when it holds
// spaces or odd characters.
func QuotePath(path string) string {
	if path == "" || strings.ContainsAny(path, " \t\n'\"\\$`&;|<>()*?[]#~!{}") || strconv.Quote(path) != `"`+path+`"` {
		return strconv.Quote(path)
	}
	return path
}
