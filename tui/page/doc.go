// Package page is the page kit of the tabs: rows under a few columns, with what
// there is to say about the row under the cursor beside or below them. The kit
// owns cursor, scroll, filter, background loading, mouse, hints and help; a page
// gives only what it shows and what its keys mean.
//
// # A new page
//
// It takes one function and at most thirty lines beside its content:
//
//  1. Call [New] with the tab ([Options].Host), a name for links (ID), the word
//     for the strip above (Heading), the [Column]s, a sentence for when there is
//     nothing (Empty), and what help says beyond the keys (Help).
//  2. Give Load: from the records to [Row]s. It runs beside the session. A row's
//     Route is where Enter leads; Side says more about it; About is for actions.
//  3. List the Actions. Most are an act: [ActKey] with its key, or [Binder.Bound]
//     where there is more to say. A list of records takes the same actions, in the
//     tab: screen.Offer(kind, page.ActKey(d, "A", "approve", act)).
//  4. In the tab, insert it: screen.Insert(2, newMembers(d, screen)).
//
// The example below is such a page.
//
// # Keys are data
//
// An [Action] is a key, what it does, and when it is of use. Help, the hints on
// the last line, the palette and the keyboard all read the same list, so that no
// key works without being told. A key is looked up from the inside out: in the
// [Scope] that the page is in (a second key is waited for; there is nothing to
// show), then among the page's actions, then in the kit, which moves the cursor,
// filters, opens and leads back. An action that takes a key of the kit replaces
// it while it is of use. One that is of no use just now is still answered when
// nobody else has its key: that is how a key says why not.
//
// # Pages that draw themselves
//
// A chart, a sheet or a map embeds a [Page] and has its own Draw. It keeps
// [Cursor].Len right, draws from Top, and makes its rows answer the mouse with
// [Cursor.Click]; [Page.DrawRows] draws a table in a part of the page. What was
// rejected: an interface for charts with a method each for keys, help and mouse,
// which every page had to fill in and none filled in alike.
package page
