package sshd

import (
	"context"
	"io"
	"time"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
)

// Guest is who a connection has proved to be.
type Guest struct {
	Identity access.Identity
	Login    uint64 // the users record; 0 for the account that has the file open
	Key      string // fingerprint of the key that proved it; "" for an account
	Greeting string // shown once, such as after an invitation
}

// Directory knows who may come in. It is asked by many goroutines at once, and
// its errors are sentences for the person at the other end.
type Directory interface {
	// Offered says whether a key may be asked to prove itself. It changes
	// nothing: whoever offers a key need not have it.
	Offered(login string, key ssh.PublicKey) error
	// Proved gives the guest whose key has proved itself, and who has come from an
	// address.
	Proved(ctx context.Context, login, from string, key ssh.PublicKey) (Guest, error)
	// Account gives the guest behind an account of this machine.
	Account(uid uint32, name string) (Guest, error)
	// Again says whether a guest who is in may stay, as who they are.
	Again(Guest) error
}

// Visit is a dashboard to be made.
type Visit struct {
	Guest   Guest
	From    string // where the guest is, for those who see them there
	Term    string
	Environ []string
	Profile colorprofile.Profile
	Local   bool     // the guest is the account that has the file open
	Args    []string // the command whose screen is wanted; nil for the dashboard
}

// Call is a command to be carried out.
type Call struct {
	Guest          Guest
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Local          bool     // the guest is the account that has the file open
	Environ        []string // what a guest of this machine has sent along
	Rows           int      // that a file may have; 0 is as many as are read
	Width          int      // of the guest's terminal; 0 where there is none
}

// Visitor is a guest who is connected.
type Visitor struct {
	Guest Guest
	From  string
	Since time.Time
	Local bool
}
