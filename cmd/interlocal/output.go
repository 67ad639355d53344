package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/failure"
	"interlocal/store/run"
)

// output is where a command's document goes.
type output struct {
	file  string // "" and "-" are the output stream
	force bool
}

func (o *output) flags(cmd *cobra.Command) {
	cmd.Flags().StringVarP(&o.file, "output", "o", "", "write to `FILE` instead of the output")
	cmd.Flags().BoolVar(&o.force, "force", false, "replace the file when it exists")
}

func (o output) stream() bool { return o.file == "" || o.file == "-" }

// write sends a document to its place: the stream, or a file that is written in
// full or not at all.
func (c *call) write(o output, write func(io.Writer) error) error {
	if o.stream() {
		w := bufio.NewWriter(c.Stdout)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	}
	if err := c.mayWrite(o); err != nil {
		return err
	}
	o.file = c.at(o.file)
	if info, err := os.Stat(o.file); err == nil && !info.Mode().IsRegular() {
		return writeInto(o.file, write)
	}
	if err := run.WriteWhole(o.file, write); err != nil {
		return err
	}
	c.note("Saved %s", o.file)
	return nil
}

// writeInto sends a document into a pipe or a device, which cannot be replaced.
func writeInto(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return &failure.Error{Code: failure.Unusable, Message: "cannot write to " + path + "; give another name",
			Cause: err}
	}
	return errors.Join(write(f), f.Close())
}

// mayWrite refuses to replace a file unasked.
func (c *call) mayWrite(o output) error {
	if o.stream() {
		return nil
	}
	if err := c.localFiles(o.file); err != nil {
		return err
	}
	o.file = c.at(o.file)
	if c.store != nil && c.store.Owns(o.file) {
		return failure.New(failure.Invalid, o.file+" is a file of interlocal itself; give another name")
	}
	if info, err := os.Lstat(o.file); err == nil && !o.force &&
		(info.Mode().IsRegular() || info.Mode()&os.ModeSymlink != 0) {
		return failure.New(failure.Invalid, o.file+" exists; give another name, or --force to replace it")
	}
	return nil
}

// formatOf is the format asked for, else that of the file's ending, else a
// usual one.
func formatOf(asked, file, usual string) string {
	if asked != "" {
		return strings.ToLower(asked)
	}
	if ext := strings.TrimPrefix(filepath.Ext(file), "."); ext != "" {
		return strings.ToLower(ext)
	}
	return usual
}
