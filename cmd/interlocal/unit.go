package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The units that serve prints.
const (
	unitServer = "server"
	unitCopy   = "copy"
	unitTimer  = "timer"
)

// printUnit prints a systemd unit for this file.
func (c *call) printUnit(o serving) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	if path, err = filepath.Abs(path); err != nil {
		return err
	}
	for _, home := range []string{"/home/", "/root/", "/run/user/"} {
		if strings.HasPrefix(path, home) {
			return misuse("a service cannot reach %s, which is in somebody's own folder; name a file outside: --db /var/lib/interlocal/interlocal.db", path)
		}
	}
	program, err := os.Executable()
	if err != nil {
		program = "/usr/local/bin/interlocal"
	}
	switch o.unit {
	case unitServer:
		return c.printServer(o, program, path)
	case unitCopy:
		dir, err := absolute(o.copies)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.Stdout, copyUnitText, unitCommand(program, "--db", path, "backup", "--to", dir))
		return err
	case unitTimer:
		_, err = fmt.Fprint(c.Stdout, timerText)
		return err
	}
	return misuse("a unit is %s, %s or %s, not %q", unitServer, unitCopy, unitTimer, o.unit)
}

func (c *call) printServer(o serving, program, path string) error {
	listen := o.listen
	if listen == "" {
		listen = ":2222"
	}
	run := []string{program, "--db", path, "serve", "--listen", listen}
	if o.name != "" {
		run = append(run, "--name", o.name)
	}
	written := unitWord(filepath.Dir(path))
	if o.copies != "" {
		dir, err := absolute(o.copies)
		if err != nil {
			return err
		}
		written += " " + unitWord("-"+dir) // the server starts without the share, and says that copies fail
	}
	_, err := fmt.Fprintf(c.Stdout, unitText, unitCommand(run...), written)
	return err
}

// unitCommand writes a command so that systemd runs it as it is.
func unitCommand(run ...string) string {
	for i := range run {
		run[i] = strings.ReplaceAll(unitWord(run[i]), "$", "$$")
	}
	return strings.Join(run, " ")
}

const copyUnitText = `# A copy of interlocal's file to a folder elsewhere; see: interlocal help deployment
[Unit]
Description=interlocal, a copy elsewhere

[Service]
Type=oneshot
User=interlocal
Group=interlocal
Environment=XDG_RUNTIME_DIR=/run/interlocal
ExecStart=%s
UMask=0077
NoNewPrivileges=yes
`

const timerText = `# When interlocal's file is copied elsewhere; see: interlocal help deployment
[Unit]
Description=interlocal, a copy elsewhere every night

[Timer]
OnCalendar=*-*-* 02:40
Persistent=yes
Unit=interlocal-copy.service

[Install]
WantedBy=timers.target
`
