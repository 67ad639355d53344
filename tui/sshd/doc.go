// Package sshd lets many people work in one open file: it answers SSH, on the
// network and on a Unix socket of the same machine, with one dashboard for each
// terminal and with the program's commands.
//
// # Who comes in
//
// A connection passes a [Door]. At the network's door somebody is who their
// public key says, and only the key that has proved itself counts: a key that is
// merely offered settles nothing. At a socket's door somebody is the account that
// the system itself names as the other end. Either way a [Directory] turns the
// proof into a [Guest]; there is no way in that does not pass it, and a server
// without a directory cannot be made.
//
// # What they get
//
// A terminal gets a dashboard, a command gets the program's commands in this
// process with the guest's rights and streams, and everything else that SSH can
// ask for (forwarding, agents, environments, subsystems) is refused, with a
// sentence wherever SSH can carry one.
//
// # What they cannot do
//
// Nobody can take more than their share, which is what [Limits] are for. Before a
// login, connections are counted by address and in total and must log in within
// seconds. After it, sessions are counted by guest and by connection, keys and
// pastes are read no faster than they are worked off, and a picture is drawn only
// when the last one has been taken: a terminal that does not read costs one
// picture, whatever happens meanwhile, and is shown out after a while.
//
// # How a picture gets to a terminal
//
// A dashboard here does not use Bubble Tea's renderer, which compares screens
// cell by cell sixty times a second. The dashboard's rows are finished bytes
// already, so a painter looks only into those that differ, sends the cells that do,
// when there is something to send and the terminal has taken the last, and has the
// terminal move rows that have moved.
package sshd
