// Package store keeps the partnership's records in one bbolt file and hands
// them out, to many people at once, only as far as each may see them.
//
// # One way to read, one way to write
//
// [Store.As] gives a [Session] for an identity; its [View] is one moment of the
// partnership, already without the records and fields that the identity may not
// see. Lists, filters, sorting, history and exports are all made from a View, so
// none of them can tell what its reader should not know.
//
// [Store.Update] runs a function over a [Tx]: a draft of the next moment in
// which the function reads, adds, changes and deletes. At its end the draft is
// checked as a whole: rights, every rule of every record written, references,
// uniqueness. It then becomes the next revision, or nothing has happened.
//
// # How a revision comes about
//
// All records live decoded in memory, in trees that copy on write: a moment is
// a handful of roots, and making the next one copies a few nodes. A draft is
// such a copy. Updates run one after another, each on the moment its predecessor
// left, so rules that span records hold without locks. A single goroutine takes
// whatever has piled up, writes it to bbolt in key order in one transaction,
// publishes the newest moment and only then answers the callers. If the disk
// refuses, the whole pile is taken back and every caller in it is told.
//
// # The journal
//
// Each revision has one entry: who, when, why, and every record before and
// after. It is the audit trail, undo, the feed of what happened, and a second
// copy of everything: replayed into an empty file it gives the same records,
// revisions and numbers ([Replay]). An entry needs nothing but itself and those
// before it. All entries reach a file by one way, be they somebody's own, replayed
// or saved from a damaged file (see landing).
//
// What is done to the history itself is an entry too, whose data say what: a purge
// or a redaction names the revisions that it reaches, a clock mark those that were
// made under a wrong clock, a rule of keeping what holds the history and for how
// long it is kept. So every copy of the file comes out the same. Revisions order;
// times are what a clock said, and a clock that jumps is asked about before the
// first change ([Store.ClockDoubt]).
//
// A file that goes back to a backup goes on by a timeline of its own, and what is
// exported carries it ([Session.Stamp]): a list that left before is known by it.
//
// # What is on disk
//
// The file holds a bucket of stored records per kind, the journal, the trail
// (which revisions touched a record), remembered operations, drafts and
// preferences. Every value ends in a checksum over its key and itself, and
// no page is read that has not been walked, and none written before all have been, so
// that damage is found and named rather than read (see verification). Should a file be damaged, [Repair] keeps all that
// can be read, each record from its table or from the journal, and the journal around what is lost,
// where one entry stands for what is missing; [Survey] says first what that comes
// to. [Restore] puts a backup in the file's place. A history that is damaged while
// the records are whole holds nobody up: the file is used, copied and compacted,
// and [Store.Damage] tells. Indexes are not on disk: they are derived when first
// asked for and kept up from then on, and have nothing to drift from.
//
// Whoever can open the file is its master: rights are kept by this package, not
// by the file, which is readable by its owner alone.
//
// # Where things stand
//
// A file is opened and closed: open.go, store.go (options), lock.go (lock_unix.go,
// lock_windows.go), owns.go, fsprobe.go (fsprobe_linux.go, fsprobe_darwin.go,
// fsprobe_windows.go, fsprobe_other.go), readonly.go, peek.go (a glance at a
// backup), load.go, meta.go (format), value.go (buckets), pages.go and verify.go (what
// is walked when), layout.go (what the schema says about tables and indexes).
//
// It is read: session.go (as an identity), visibility.go and visible.go, rows.go,
// order.go, search.go, referrers.go, spans.go, history.go, kept.go, authors.go, watch.go,
// stats.go.
//
// It is written: update.go, tx.go, save.go (an edit that merges), rules.go, undo.go,
// lineage.go, meeting.go, ops.go (operation ids), draft.go (the state a change
// makes), state.go, queue.go and flush.go (to disk), landing.go, entry.go and
// head.go (the journal), prefs.go, drafts.go (forms half filled in).
//
// It is looked after: backup.go, copies.go, check.go, report.go (what a check found),
// compact.go, prune.go, purge.go, keeping.go, clock.go, timeline.go.
//
// It is damaged: guard.go, repair.go, replay.go, mend.go, orphans.go, wreck.go.
package store
