package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
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
			return misuse("a service cannot reach %s, which is in somebody's own folder; name a file outside: --db "+
				"/var/lib/interlocal/interlocal.db", path)
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
		_, err = fmt.Fprintf(c.Stdout, copyUnitText, unitCommand(program, "--db", path, "backup", "--to", dir),
			unitWord(filepath.Dir(path))+" "+unitWord("-"+dir), fmt.Sprintf(hardening, "yes", "AF_UNIX", "", ""))
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
	for _, limit := range o.limits {
		run = append(run, "--limit", limit)
	}
	if len(o.hardware) > 0 {
		run = append(run, "--hardware-keys", strings.Join(o.hardware, ","))
	}
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
	users, able, ambient := "yes", "", ""
	if lowPort(listen) { // which takes a right that a service in a user namespace of its own cannot have
		users, able = "no", "CAP_NET_BIND_SERVICE"
		ambient = "AmbientCapabilities=" + able + "\n"
	}
	_, err := fmt.Fprintf(c.Stdout, unitText, unitCommand(run...), written,
		fmt.Sprintf(hardening, users, "AF_INET AF_INET6 AF_UNIX", able, ambient))
	return err
}

// lowPort reports whether an address has a port that the system keeps for
// services, such as 22 or 443.
func lowPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	n, bad := strconv.Atoi(port)
	return err == nil && bad == nil && n > 0 && n < 1024
}

// unitCommand writes a command so that systemd runs it as it is.
func unitCommand(run ...string) string {
	for i := range run {
		run[i] = strings.ReplaceAll(unitWord(run[i]), "$", "$$")
	}
	return strings.Join(run, " ")
}

// unitWord writes a word so that systemd reads it as it is: in quotation marks
// where it needs them, and without specifiers.
func unitWord(s string) string {
	s = strings.ReplaceAll(s, "%", "%%")
	if s != "" && !strings.ContainsAny(s, " \t\"'\\;") {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

const unitText = `# A server for interlocal; see: interlocal help deployment
[Unit]
Description=interlocal, the shared-services desk
After=network.target

[Service]
User=interlocal
Group=interlocal
ExecStart=%s
# Where its sockets are: one for the group's members, one for the account itself.
RuntimeDirectory=interlocal
RuntimeDirectoryMode=0750
Environment=XDG_RUNTIME_DIR=/run/interlocal
ReadWritePaths=%s
Restart=on-failure
KillSignal=SIGTERM
RestartSec=2
TimeoutStopSec=15
LimitNOFILE=8192
TasksMax=256
MemoryHigh=1G
MemoryMax=1536M
%s
[Install]
WantedBy=multi-user.target
`

// hardening is what a unit of ours may not do: given are whether its users are its
// own, the families of its sockets, and its capabilities.
const hardening = `UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=%s
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=%s
RestrictSUIDSGID=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictNamespaces=yes
MemoryDenyWriteExecute=yes
CapabilityBoundingSet=%s
%sSystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
`

const copyUnitText = `# A copy of interlocal's file to a folder elsewhere; see: interlocal help deployment
[Unit]
Description=interlocal, a copy elsewhere

[Service]
Type=oneshot
User=interlocal
Group=interlocal
Environment=XDG_RUNTIME_DIR=/run/interlocal
ExecStart=%s
ReadWritePaths=%s
PrivateNetwork=yes
%s`

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
