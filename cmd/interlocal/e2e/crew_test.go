//go:build unix

package e2e

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// crew is a server on the sample partnership with somebody of each role.
type crew struct {
	*served
	db   string
	keys map[string]ssh.Signer
	sent atomic.Int64 // bytes that came to the server
}

// roles are those of a crew, the weakest first.
func roles() []string { return []string{"viewer", "editor", "assessor", "coordinator", "admin"} }

func newCrew(t *testing.T) *crew {
	t.Helper()
	h := newHouse(t)
	h.story()
	c := &crew{db: filepath.Join(h.home, "story.db"), keys: map[string]ssh.Signer{}}
	c.served = serve(t, h, "--db", c.db, "--listen", "127.0.0.1:0")
	for _, role := range roles() {
		_, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if c.keys[role], err = ssh.NewSignerFromKey(private); err != nil {
			t.Fatal(err)
		}
		args := []string{"--db", c.db, "user", "add", role, "--role", role,
			strings.TrimSpace(string(ssh.MarshalAuthorizedKey(c.keys[role].PublicKey())))}
		if role != "coordinator" && role != "admin" {
			args = append(args, "--city", "raytown")
		}
		h.must(args...)
	}
	return c
}

// again starts the server anew after it has ended.
func (c *crew) again() {
	c.t.Helper()
	c.served = serve(c.t, c.house, "--db", c.db, "--listen", "127.0.0.1:0")
}

// counting counts what is sent.
type counting struct {
	net.Conn
	n *atomic.Int64
}

// Write counts what it writes.
func (c counting) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.n.Add(int64(n))
	return n, err
}

// dial signs somebody of a role in; the connection is given besides, to be cut.
func (c *crew) dial(role string) (*ssh.Client, net.Conn, error) {
	addr := "127.0.0.1:" + c.port
	nc, err := net.DialTimeout("tcp", addr, patience)
	if err != nil {
		return nil, nil, err
	}
	conn, chans, reqs, err := ssh.NewClientConn(counting{nc, &c.sent}, addr, &ssh.ClientConfig{User: role,
		Auth: []ssh.AuthMethod{ssh.PublicKeys(c.keys[role])}, HostKeyCallback: ssh.InsecureIgnoreHostKey()})
	if err != nil {
		nc.Close()
		return nil, nil, err
	}
	return ssh.NewClient(conn, chans, reqs), nc, nil
}

// join is dial that has to succeed.
func (c *crew) join(role string) *ssh.Client {
	c.t.Helper()
	client, _, err := c.dial(role)
	if err != nil {
		c.t.Fatal(err)
	}
	return client
}

// command runs a line on a connection and gives its exit status; -1 is none.
func command(client *ssh.Client, line string, in io.Reader, out io.Writer) int {
	s, err := client.NewSession()
	if err != nil {
		return -1
	}
	defer s.Close()
	s.Stdin, s.Stdout, s.Stderr = in, out, io.Discard
	err = s.Run(line)
	if exit, ok := err.(*ssh.ExitError); ok {
		return exit.ExitStatus()
	} else if err != nil {
		return -1
	}
	return 0
}

// state is what the server says of itself.
type state struct {
	Server struct {
		People, Goroutines, Running, Waiting int
	}
}

// asks tells how the server is, over a connection of an administrator's.
func (c *crew) asks(admin *ssh.Client) state {
	c.t.Helper()
	var b bytes.Buffer
	var s state
	if status := command(admin, "status --json", strings.NewReader(""), &b); status != 0 {
		c.t.Fatalf("status: exit %d: %s", status, b.String())
	}
	if err := json.Unmarshal(b.Bytes(), &s); err != nil {
		c.t.Fatal(err)
	}
	return s
}

// memory reads what the server holds, and held at most, in MB.
func (c *crew) memory() (now, most int) {
	c.t.Helper()
	b, err := os.ReadFile("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/status")
	if err != nil {
		c.t.Skip("this system does not tell what a process holds")
	}
	of := func(what string) int {
		m := regexp.MustCompile(what + `:\s+(\d+) kB`).FindSubmatch(b)
		if m == nil {
			c.t.Fatalf("no %s in %s", what, b)
		}
		kb, _ := strconv.Atoi(string(m[1])) // digits
		return kb >> 10
	}
	return of("VmRSS"), of("VmHWM")
}

// descriptors counts the files and connections that the server has open.
func (c *crew) descriptors() int {
	list, err := os.ReadDir("/proc/" + strconv.Itoa(c.cmd.Process.Pid) + "/fd")
	if err != nil {
		c.t.Skip("this system does not tell what a process has open")
	}
	return len(list)
}

// honest moves through a list on a dashboard and notes how long each key waits for
// its answer, until the context ends.
func (c *crew) honest(ctx context.Context) (waits func() []time.Duration) {
	c.t.Helper()
	client := c.join("viewer")
	s, err := client.NewSession()
	if err != nil {
		c.t.Fatal(err)
	}
	keys, _ := s.StdinPipe()
	out, _ := s.StdoutPipe()
	if s.RequestPty("xterm-256color", 36, 120, nil) != nil || s.Shell() != nil {
		c.t.Fatal("no dashboard")
	}
	drawn := make(chan struct{}, 1)
	go func() {
		buf := make([]byte, 1<<16)
		for {
			if _, err := out.Read(buf); err != nil {
				return
			}
			select {
			case drawn <- struct{}{}:
			default:
			}
		}
	}()
	var all []time.Duration
	var done sync.WaitGroup
	done.Go(func() {
		defer client.Close()
		io.WriteString(keys, "gp")
		for i := 0; ctx.Err() == nil; i++ {
			pause(ctx, 100*time.Millisecond)
			select {
			case <-drawn: // of something else
			default:
			}
			began := time.Now()
			if _, err := io.WriteString(keys, []string{"j", "k"}[i%2]); err != nil {
				return
			}
			select {
			case <-drawn:
				all = append(all, time.Since(began))
			case <-time.After(5 * time.Second):
				all = append(all, 5*time.Second)
			case <-ctx.Done():
			}
		}
	})
	return func() []time.Duration {
		done.Wait()
		slices.Sort(all)
		return all
	}
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// percent is the time within which so many in a hundred are.
func percent(sorted []time.Duration, n int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*n/100]
}

// endless repeats a text for so many bytes.
func endless(text string, size int64) io.Reader {
	return io.LimitReader(&repeating{text: []byte(text)}, size)
}

type repeating struct {
	text []byte
	at   int
}

// Read gives the text over and over.
func (r *repeating) Read(b []byte) (n int, err error) {
	for n < len(b) {
		m := copy(b[n:], r.text[r.at:])
		n += m
		r.at = (r.at + m) % len(r.text)
	}
	return n, nil
}

// bomb is a spreadsheet of a few KB whose sheet unpacks to so many MB.
func bomb(t *testing.T, mb int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, body io.Reader) {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.Copy(w, body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const head = `<?xml version="1.0"?>`
	add("[Content_Types].xml", strings.NewReader(head+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/`+
		`content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`))
	add("xl/workbook.xml", strings.NewReader(head+`<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument`+
		`/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	add("xl/_rels/workbook.xml.rels",
		strings.NewReader(head+`<Relationships><Relationship Id="rId1" Type="x/worksheet" `+
			`Target="worksheets/sheet1.xml"/></Relationships>`))
	add("xl/worksheets/sheet1.xml", io.MultiReader(strings.NewReader(head+`<worksheet><sheetData>`),
		endless(`<row><c t="inlineStr"><is><t>name</t></is></c></row>`, int64(mb)<<20)))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hostile are the inputs that a server must bear, by name.
func hostile(t *testing.T, mb int64) map[string]func() io.Reader {
	packed := bomb(t, rounds(10, 1000))
	of := func(text string) func() io.Reader { return func() io.Reader { return endless(text, mb<<20) } }
	return map[string]func() io.Reader{
		"one line without an end": of("x"), "lines": of("name,partner\nDana Reyes,Raytown\n"), "NULs": of("\x00"),
		"arrays in arrays": of("["), "objects in objects": of(`{"people":`), "columns": of(","), "quotes": of("\"\n"),
		"a row that does not end": func() io.Reader {
			return io.MultiReader(strings.NewReader("name,partner\n\""), endless("x\n", mb<<20))
		},
		"a zip bomb": func() io.Reader { return bytes.NewReader(packed) },
		"nothing":    func() io.Reader { return strings.NewReader("") },
	}
}

// words lists every command of the program, with its subcommands and whatever else
// it can be completed with at the same place, such as the kinds of records.
func (h *house) words(before ...string) (out []string) {
	h.t.Helper()
	const most = 60 // of what one place is completed with
	n := 0
	for line := range strings.Lines(h.must(append(append([]string{"__complete"}, before...), "")...)) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if word == "" || strings.ContainsAny(word[:1], ":-") || strings.HasPrefix(line, "Completion ended") {
			continue
		}
		if n++; n > most {
			break
		}
		here := append(slices.Clone(before), word)
		out = append(out, strings.Join(here, " "))
		if word != "help" && word != "completion" && len(before) == 0 { // what follows is of no command any more
			out = append(out, h.words(here...)...)
		}
	}
	return out
}

// ratio writes a part of a whole for a line of the log.
func ratio(part, whole int64) string {
	return fmt.Sprintf("%d of %d bytes, %.4f", part, whole, float64(part)/float64(max(whole, 1)))
}
