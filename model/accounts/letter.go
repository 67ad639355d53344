package accounts

import (
	"fmt"
	"strings"
)

// FirstWords say what changes when a file gets its first user.
const FirstWords = "From now on everyone is who their key or their account on this machine says. Whoever owns the " +
	"file can still open it here, " +
	"as an administrator. The program shows that administrator no city's answers, but whoever holds the machine " +
	"can read the file; to keep yours, add yourself with the number of your account."

// Instructions are what a newcomer needs to read to come in, on any of the three
// systems: the line to join with once, what the server's key looks like, where
// that is known, and the line to sign in with from then on.
func (u *User) Instructions(partnership, join, fingerprint, signIn string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "You are invited to the shared-services desk of %s, until %s.\n\n", partnership,
		u.Invite.Until.V.Long())
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
	fmt.Fprintf(&b, "      %s\n", join)
	if fingerprint != "" {
		fmt.Fprintf(&b, "   It asks whether to go on connecting. Answer yes if it shows this fingerprint:\n      %s\n",
			fingerprint)
	}
	fmt.Fprintf(&b, "\n4. From then on, to sign in:\n      %s\n", signIn)
	return b.String()
}
