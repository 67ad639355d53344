package users

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"interlocal/model/accounts"
	"interlocal/model/failure"
	"interlocal/store"
)

// Server is how people outside reach the desk.
type Server struct {
	Host        string `json:"host"`
	Port        int    `json:"port"`
	Fingerprint string `json:"fingerprint"` // of the host key
}

// serverPref is where the server's address is kept: it is no record, and of no
// user.
const serverPref = "server"

// Announce remembers how people outside reach the desk, for invitations.
func Announce(st *store.Store, s Server) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return st.SetPref("", serverPref, data)
}

// Announced gives what a server said of itself last; ok is false when none has
// run on this file.
func Announced(st *store.Store) (s Server, ok bool) {
	return s, json.Unmarshal(st.Pref("", serverPref), &s) == nil && s.Port != 0
}

// ServerAt reads where a server is, as in desk.example:2222. What is not said is
// as known, and the port otherwise that of SSH.
func ServerAt(known Server, at string) (Server, error) {
	s := known
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		host, port = at, "22"
		if known.Port != 0 {
			port = strconv.Itoa(known.Port)
		}
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || host == "" || strings.ContainsAny(host, " @'\"") {
		return s, failure.New(failure.Invalid, "a server's address is a name and a port, as in desk.example:2222")
	}
	s.Host, s.Port = host, int(n)
	return s, nil
}

// Line is what a person types to sign in, as a login or "" for their own.
func (s Server) Line(name string) string {
	host := s.Host
	if name != "" {
		host = name + "@" + host
	}
	if s.Port == 22 {
		return "ssh " + host
	}
	return fmt.Sprintf("ssh -p %d %s", s.Port, host)
}

// Instructions are what a newcomer needs to read to come in, on any of the
// three systems.
func Instructions(partnership string, s Server, u *accounts.User, code string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "You are invited to the shared-services desk of %s, until %s.\n\n", partnership, u.Invite.Until.V.Long())
	b.WriteString(`1. Open a window to type in.
   Windows 10 or 11   press the Windows key, type powershell, press Enter
   macOS              press Command and Space, type terminal, press Enter
   Linux              open the program called Terminal

2. Make a key for yourself; Enter at each question keeps what it proposes. If it
   says that a file exists already, you have a key: answer n.
      ssh-keygen -t ed25519
   (Windows says that ssh-keygen is not recognized? Under Settings, System,
   Optional features, add OpenSSH Client, and open a new window.)

3. Join, once:
`)
	fmt.Fprintf(&b, "      %s\n", s.Line(accounts.JoinPrefix+code))
	if s.Fingerprint != "" {
		fmt.Fprintf(&b, "   It asks whether to go on connecting. Answer yes if it shows this fingerprint:\n      %s\n", s.Fingerprint)
	}
	fmt.Fprintf(&b, "\n4. From then on, to sign in:\n      %s\n", s.Line(u.Login))
	return b.String()
}

// seenPref is where the moment somebody was last here is kept.
const seenPref = "seen"

// Seen is when somebody was last here, how far the records had come then, and
// which form was open.
type Seen struct {
	At   time.Time `json:"at"`
	Rev  uint64    `json:"rev"`
	Form string    `json:"form,omitempty"` // name of its draft
}

// LastSeen tells when an identity was last here, by its key; ok is false when
// it never was. It is kept outside the journal.
func LastSeen(st *store.Store, user string) (s Seen, ok bool) {
	return s, json.Unmarshal(st.Pref(user, seenPref), &s) == nil
}

// LastSeenUser is LastSeen of a user on file.
func LastSeenUser(st *store.Store, id accounts.UserID) (Seen, bool) {
	return LastSeen(st, accounts.Key(id))
}

// MarkSeen remembers that somebody was here.
func MarkSeen(st *store.Store, user string, s Seen) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return st.SetPref(user, seenPref, data)
}
