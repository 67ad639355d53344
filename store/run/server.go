package run

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"

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
