// Command interlocal is the shared-services desk of a partnership of cities.
//
// Everything the program does starts at [Main.Run]: it is given arguments and
// the streams to work on, and returns an exit code. The process's own streams,
// environment and clock are handed in by main and nowhere else, so a test, and a
// command that arrives from another machine, run the very same code.
//
// A call has one command, each in a file of its own. Commands read and write
// records through one open store as one identity; both come from [call.open],
// which opens the user's file, or from a [Host] that has it open already.
//
// Exit codes: 0 done, 1 failed, 2 misuse, 3 done in part.
//
// # Where things stand
//
// How a call runs: main.go, root.go (the tree of commands), call.go, failure.go
// (exit codes), identity.go (--as), datadir.go, clock.go and clock_given.go,
// terminal.go, output.go, aligned.go, deployment.go (pages of help), man.go,
// version.go.
//
// The dashboard: dashboard.go, demo.go, demoserve.go, seed.go (a new file),
// project.go, paste.go (paste_unix.go, paste_other.go), window_unix.go,
// window_other.go.
//
// Records: act.go makes the command of every act; list.go, overview.go, history.go,
// undo.go, report.go, calendar.go, export.go, citypart.go (what is one city's),
// ask.go (sheets that cities fill in), import.go, importall.go, mapping.go, faults.go (rows that were refused).
//
// One domain's own: peers.go, match.go, matchevent.go and eventform.go (job shadowing), fits.go,
// forceaccount.go and rates.go (equipment), assess.go, assessfiles.go,
// assessjoint.go and framework.go (self-assessments), user.go, userlist.go and ownkeys.go.
//
// Sharing: serve.go, servekey.go, unit.go (systemd), joining.go, sharing.go,
// directory.go, tend.go.
//
// The file: backup.go, restore.go, check.go, repair.go, compact.go, status.go, audit.go,
// clockcommand.go, retention.go, disclose.go.
package main
