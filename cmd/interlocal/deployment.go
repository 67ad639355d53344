package main

import (
	_ "embed"
	"strings"

	"github.com/spf13/cobra"
)

// topics are the pages of help that explain no command: for whoever runs the
// server, for a clerk's first day, and what was measured.
func (c *call) topics() []*cobra.Command {
	page := func(name, short, long string) *cobra.Command {
		return &cobra.Command{Use: name, Short: short, Long: strings.TrimSpace(long)}
	}
	return []*cobra.Command{
		page("deployment", "how to run a server for several cities", deploymentText),
		page("clerk", "the first sign-in, and ten things to do", clerkText),
		page("measurements", "what was measured, and how to measure it again", measurementsText),
	}
}

//go:embed clerk.txt
var clerkText string

//go:embed measurements.txt
var measurementsText string

const deploymentText = `
A SERVER FOR SEVERAL CITIES

What it takes: one Linux machine that the cities' staff can reach, an account for the program, and one open port. No
database, web server or certificate. A machine with two cores and 2 GB of memory serves several hundred people.

1. Install
   Put the program in /usr/local/bin and make an account that nobody signs in to:
     useradd --system --home-dir /var/lib/interlocal --shell /usr/sbin/nologin interlocal
     interlocal --db /var/lib/interlocal/interlocal.db serve --listen :2222 --name desk.example --unit \
       > /etc/systemd/system/interlocal.service

2. The first administrator
   Add their public key once, as the program's account, then start the service:
     install -d -o interlocal -g interlocal -m 700 /var/lib/interlocal
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db \
       user add ada --role admin "ssh-ed25519 AAAA… ada"
     systemctl daemon-reload && systemctl enable --now interlocal
   The administrator signs in with: ssh -p 2222 desk.example
   and invites everyone else: ssh -p 2222 desk.example user invite lee --city raytown --role editor

3. Beside OpenSSH
   interlocal answers SSH by itself, on its own port, and has nothing to do with the machine's own sshd: its users have
   no account and no shell there, and its keys open nothing else. Leave sshd on port 22 for whoever looks after the
   machine. Staff who do not want to type the port put this into ~/.ssh/config:
     Host desk
       HostName desk.example
       Port 2222
       IdentityFile ~/.ssh/id_ed25519
       IdentitiesOnly yes
   The last line keeps a program with many keys from offering all of them; a connection may offer 20.

4. Other accounts of the same machine
   Members of the group interlocal come in without SSH, by who the system says they are:
     usermod -aG interlocal dana
     interlocal user add dana --city grandview --role editor --account $(id -u dana)
     INTERLOCAL_DB=/var/lib/interlocal/interlocal.db interlocal

5. Backups
   The server makes one a day beside the file, 14 deep. Keep the key interlocal.db.hostkey once: it is what people's
   computers know the server by. A backup of the moment:
     ssh desk backup
   A copy that leaves the machine every night, into a folder that is mounted from elsewhere and may be written to by
   the account interlocal. Print the server's unit again, since it may write nowhere else, and two more:
     interlocal --db /var/lib/interlocal/interlocal.db serve --listen :2222 --name desk.example --unit \
       --copies /mnt/city-hall > /etc/systemd/system/interlocal.service
     interlocal --db /var/lib/interlocal/interlocal.db serve --unit=copy --copies /mnt/city-hall \
       > /etc/systemd/system/interlocal-copy.service
     interlocal --db /var/lib/interlocal/interlocal.db serve --unit=timer > /etc/systemd/system/interlocal-copy.timer
     systemctl daemon-reload && systemctl restart interlocal && systemctl enable --now interlocal-copy.timer
   Whether copies are made, and how much room is left on the disk, is on the overview; copies are in the dashboard's
   last line as well. As text, with who is connected, what waits, memory, how long commits take and who was last refused
   (--json for a monitor):
     ssh desk status
   Once a month, check that they can be read, and rehearse a restore: interlocal help restore
     ssh desk backup --verify
   A restore needs the file to itself:
     systemctl stop interlocal
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db restore /path/to/a-backup.db
     systemctl start interlocal
   A file that is damaged is read past its damage by repair, which says first what it keeps; stop the server for it:
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db repair
   A second machine that can take over: install the program and the units there as above without starting them, and
   mount the same folder of copies. Now and then, see there that the newest copy, the one with the highest change, is
   whole, and what is in it:
     sudo -u interlocal interlocal backup --verify /mnt/city-hall/COPY
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db restore /mnt/city-hall/COPY
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db status
   Should the first machine be lost, restore the newest copy there once more, start it, and point the name to it; the
   first must not be started again with its old file. What was done after that copy was made is lost with it, and lists
   exported since are asked about when they come in:
     sudo -u interlocal interlocal --db /var/lib/interlocal/interlocal.db restore /mnt/city-hall/COPY
     systemctl enable --now interlocal interlocal-copy.timer
   A clock that is wrong is asked about before anything is saved; when it is right all the same:
     ssh desk clock right

6. Upgrades
   Put the new program in place of the old and restart: those who are signed in are told, their drafts are kept, and
   the file as it was stays beside the new one if its format changes.
     install -m 755 interlocal /usr/local/bin/ && systemctl restart interlocal

7. Another machine
   Stop the service, copy interlocal.db and interlocal.db.hostkey, start it there, and point the name to it. With the
   key goes the fingerprint, so nobody is warned of a changed server.

8. A lost administrator's key
   Whoever is the program's account on the machine can always put a new one on record, with the server running:
     sudo -u interlocal XDG_RUNTIME_DIR=/run/interlocal interlocal --db /var/lib/interlocal/interlocal.db \
       user key ada add "ssh-ed25519 AAAA… ada@new-laptop"

9. What it logs
   Who came from where, how long, which command, and who was turned away: journalctl -u interlocal. Nothing of what they
   read or wrote; that is in the file's own history. Whoever is not let in leaves one line, and an address at most one a
   minute, with how many there were, why in a word (code=key, nothing, account, late, left, crowded, protocol), the name
   that was tried and the key's fingerprint. fail2ban reads them; put this into /etc/fail2ban/filter.d/interlocal.conf:
     [Definition]
     failregex = ^.*?level=WARN msg="not let in" code=(?:key|nothing|late|protocol) from=<HOST>(?:/64)? port=
     journalmatch = _SYSTEMD_UNIT=interlocal.service
   and this into /etc/fail2ban/jail.d/interlocal.conf:
     [interlocal]
     enabled = true
     backend = systemd
     port = 2222
     maxretry = 5

10. Keys
   People see their own keys, and when each was last used, with: ssh desk key
   On a new computer, or with a new key, they do: ssh desk key next, sign in once by what it prints, and end the old
   key: ssh desk key end SHA256:… A key that nobody has used for 90 days is pointed out on the administrators'
   overview and in status; with the setting "Keys end unused after" it signs in no more. A last day, networks from which
   somebody comes, and keys in a device only (the answer to "do you have MFA?"):
     ssh desk user key dana add "ssh-ed25519 AAAA…" --until 2028-06-30
     ssh desk user networks dana 203.0.113.0/24
     interlocal serve --hardware-keys admin,coordinator

11. What it holds back
   Connections that have not signed in have 15 seconds. There is always room for one more from an address that has few:
   who has most at the gate makes it. Logins that come to nothing count against an address for some minutes, but not
   against one from which somebody signed in within a month, so that a town hall behind one address keeps its places. A
   session ends after 30 minutes without a key and after 12 hours; forwarding, agents, environments and file transfer
   are refused. Imports, exports, reports and whatever else takes much run two at a time and one of each person, and
   read at most 4 MB and 50,000 rows; they end with the connection of whoever asked. All of it can be set: serve --limit
   waiting=200 --limit idle=1h --limit input=8388608; serve --help lists the names. Whatever was sent to it, a server
   held 41 MB more than at rest, and the unit's MemoryHigh leaves room for a large file besides; what else was tried is
   in interlocal help measurements. A firewall that lets only the cities' networks in is a good idea all the same.
`
