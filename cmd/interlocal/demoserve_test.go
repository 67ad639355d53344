package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// TestTheSharedDemoLetsTwoCitiesIn reads the two lines it prints, signs in with
// them, and looks that nothing is left behind.
func TestTheSharedDemoLetsTwoCitiesIn(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	var errs bytes.Buffer
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	o := newOffice(t)
	m := &Main{Stdin: strings.NewReader(""), Stdout: in, Stderr: &errs,
		Environ: []string{"HOME=" + o.home, "TMPDIR=" + tmp}, System: "linux",
		Now: func() time.Time { return o.now }, User: "dana", Probe: o.probe}
	ended := make(chan int, 1)
	go func() {
		ended <- m.Run(ctx, []string{"demo", "--serve"})
		in.Close()
	}()
	var lines []string
	for scan := bufio.NewScanner(out); scan.Scan(); {
		if line := strings.TrimSpace(scan.Text()); strings.HasPrefix(line, "ssh ") {
			lines = append(lines, line)
		}
		if strings.HasPrefix(scan.Text(), "Ctrl-C") {
			break
		}
	}
	go io.Copy(io.Discard, out)
	if len(lines) != 2 {
		stop()
		t.Fatalf("exit %d, lines %q: %s", <-ended, lines, errs.String())
	}
	for i, city := range []string{"Grandview", "Raytown"} {
		if got := signIn(t, lines[i], "list people partner:"+city+" --columns name,partner"); strings.Count(got,
			city) < 5 {
			t.Errorf("%s is told %q", lines[i], got)
		}
		got := signIn(t, lines[i], "list people mobile:* --columns partner,mobile")
		for _, other := range []string{"Independence", "Lee's Summit", "Blue Springs"} {
			if strings.Contains(got, other) {
				t.Errorf("%s is told mobiles of %s", lines[i], other)
			}
		}
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit %d: %s", code, errs.String())
	}
	if left, err := filepath.Glob(filepath.Join(tmp, "interlocal-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left behind, %v", left, err)
	}
}

// signIn does what an ssh command line says, and runs a command there.
func signIn(t *testing.T, line, command string) string {
	t.Helper()
	words := strings.Fields(line)
	port, file := words[2], words[4]
	known := strings.TrimPrefix(words[8], "UserKnownHostsFile=")
	login, host, _ := strings.Cut(words[9], "@")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file is %v, %v", info.Mode(), err)
	}
	signer, err := ssh.ParsePrivateKey(data)
	if err != nil {
		t.Fatal(err)
	}
	check, err := knownhosts.New(known)
	if err != nil {
		t.Fatal(err)
	}
	client, err := ssh.Dial("tcp", host+":"+port,
		&ssh.ClientConfig{User: login, Auth: []ssh.AuthMethod{ssh.PublicKeys(signer)}, HostKeyCallback: check})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	got, err := session.CombinedOutput(command)
	if err != nil {
		t.Errorf("%s: %v", command, err)
	}
	return string(got)
}
