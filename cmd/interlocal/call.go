package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run/presence"
)

// call is one run of a command.
type call struct {
	*Main
	db   string // --db
	json bool   // --json
	as   string // --as

	store  *store.Store
	id     access.Identity
	schema *field.Schema        // for help, which needs no file
	after  []string             // lines to be said when all is done
	steady func() time.Duration // of a server: how long it has run, by a clock that nobody sets

	unfounded bool // a new file begins without the founding records

	hardware []string // roles that come to a server by a key in a device only

	meeting  sync.Once
	presence *presence.Registry // who is connected to the file
}

// open gives the store and settles who is looking. A file that is not there is
// made, with the founding records.
func (c *call) open(ctx context.Context) (*store.Store, error) {
	if c.store != nil {
		return c.store, nil
	}
	if c.Host != nil {
		c.store, c.id = c.Host.Store, c.Host.Identity
		return c.store, c.narrow()
	}
	path, err := c.path()
	if err != nil {
		return nil, err
	}
	c.spareMemory(path)
	st, err := c.openWhenFree(ctx, path)
	if err != nil {
		err = c.joinable(path, err)
	}
	if err != nil && c.unusable(path, err) {
		st, err = c.openElsewhere(ctx, path, err)
	}
	if err != nil {
		return nil, err
	}
	c.store = st
	if !c.unfounded {
		if err := found(ctx, st); err != nil {
			return nil, err
		}
	}
	c.id = ownIdentity(st, c.User)
	return st, c.narrow()
}

// largeFile is from what size on a file is large, in bytes; sparing is how much of
// what its records take may be left unused, in percent.
const (
	largeFile = 100 << 20
	sparing   = 12
)

// spareMemory has less memory left unused when the file is large: it would otherwise
// be as much as its records take. What the environment says of it counts.
func (c *call) spareMemory(path string) {
	if info, err := os.Stat(path); err == nil && info.Size() > largeFile && c.env("GOGC") == "" {
		debug.SetGCPercent(sparing)
	}
}

// openExisting is open for commands that are about a file and have no use for a
// new one.
func (c *call) openExisting(ctx context.Context) (*store.Store, error) {
	if c.Host == nil {
		if _, err := c.existing(); err != nil {
			return nil, err
		}
	}
	return c.open(ctx)
}

// existing is the path of a file that is there.
func (c *call) existing() (string, error) {
	path, err := c.path()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return "", failure.New(failure.NotFound, "there is no file "+path+" yet; start interlocal to make it, or "+
			"name another with --db")
	}
	return path, nil
}

func (c *call) storeOptions() store.Options {
	return store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf, PruneAfter: partnership.PruneAfter,
		Now: c.Now, Probe: c.Probe,
		AskClock: true, Steady: c.steady}
}

// close gives a file back that this call opened.
func (c *call) close() error {
	if c.store == nil || c.Host != nil {
		return nil
	}
	return c.store.Close()
}

// view gives the records as they are now, as far as the identity may see.
func (c *call) view(ctx context.Context) (*store.View, *field.Env, error) {
	st, err := c.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	v := st.As(c.id).View()
	return v, field.NewEnv(v, c.wall(v).Day()), nil
}

// viewNamed is view for commands that only read: a file that was named and is
// not there is a slip of the pen, and is not made.
func (c *call) viewNamed(ctx context.Context) (*store.View, *field.Env, error) {
	if c.Host == nil && (c.db != "" || c.env("INTERLOCAL_DB") != "") {
		if _, err := c.existing(); err != nil {
			return nil, nil, err
		}
	}
	return c.view(ctx)
}

// wall is the time on the partnership's clocks.
func (c *call) wall(r field.Reader) value.Wall {
	t := c.Now().In(partnership.SettingsOf(r).Location())
	return value.DayOf(t).At(t.Hour(), t.Minute())
}

// local gives an instant on the partnership's clocks.
func (c *call) local(r field.Reader, t time.Time) string {
	return t.In(partnership.SettingsOf(r).Location()).Format("2006-01-02 15:04")
}

// say writes what a command has done: a sentence, or for --json a value.
func (c *call) say(words string, value any) error {
	if c.json {
		return c.writeJSON(value)
	}
	_, err := fmt.Fprintln(c.Stdout, words)
	return err
}

func (c *call) writeJSON(value any) error {
	enc := json.NewEncoder(c.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

// note tells a person at the terminal how things are going. Scripts are not
// told.
func (c *call) note(format string, args ...any) {
	if c.Terminal.Err {
		fmt.Fprintf(c.Stderr, format+"\n", args...)
	}
}

// warn tells of what was not as it should be and did not keep the command from
// its work.
func (c *call) warn(format string, args ...any) { fmt.Fprintf(c.Stderr, format+"\n", args...) }

// localFiles refuses paths to a call from elsewhere, whose files are not on this
// machine.
func (c *call) localFiles(what string) error {
	if c.Host != nil && !c.Host.Local {
		return misuse("%s is on your own machine; send it through the command's input or output, named -", what)
	}
	return nil
}

// at gives a file's name as seen from this process: a call of another window
// means its own folder.
func (c *call) at(name string) string {
	if c.Host == nil || c.Host.Dir == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.Host.Dir, name)
}

// input opens a file to read, or the input stream for "-". A command that uses
// the store opens it first and asks whether it may: a file that another window
// holds is found out before the input is read, which cannot be read twice.
func (c *call) input(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(c.Stdin), nil
	}
	if err := c.localFiles(name); err != nil {
		return nil, err
	}
	f, err := os.Open(c.at(name))
	if err != nil {
		return nil, &failure.Error{Code: failure.NotFound, Message: "cannot read " + strconv.Quote(name) +
			"; check the name", Cause: err}
	}
	return f, nil
}

// kind finds a kind by the word used in commands, or by the start of one.
func kindNamed(s *field.Schema, word string) (*field.Kind, error) {
	word = strings.ToLower(word)
	if k := s.Kind(word); k != nil {
		return k, nil
	}
	var fits []*field.Kind
	for _, k := range s.Kinds {
		if k.One == word {
			return k, nil
		}
		if strings.HasPrefix(k.Name, word) && word != "" {
			fits = append(fits, k)
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	return nil, misuse("there is no kind of record called %q; kinds are %s", word, strings.Join(kindNames(s), ", "))
}

func kindNames(s *field.Schema) []string {
	names := make([]string, len(s.Kinds))
	for i, k := range s.Kinds {
		names[i] = k.Name
	}
	return names
}
