package exchange

import (
	"strconv"

	"interlocal/model/exchange/export"
	"interlocal/model/field"
)

// recognise finds the record that each row means. Rows with a number come
// first, then the stronger sets of fields before the weaker ones, each over all
// rows, so that no row takes a record that another fits better.
func (w *planner) recognise() {
	w.claimed = map[uint64]int{}
	w.sets = keySets(w.kind, w.reader.has)
	w.seen, w.whole = make([]map[string]int, len(w.sets)), map[string]int{}
	if w.plan.Elsewhere = w.elsewhere(); w.plan.Elsewhere {
		w.plan.Notes = append(w.plan.Notes, "its numbers are not the ones used here, so records are recognised by "+
			"what the rows say")
	} else {
		w.eachOpen(w.byNumber)
	}
	w.eachOpen(w.byAnswer)
	for n, set := range w.sets {
		w.seen[n] = map[string]int{}
		w.eachOpen(func(i int) {
			if set.binds(w.rows[i].Record) {
				w.byKey(i, n)
			}
		})
	}
	for _, set := range w.sets {
		w.eachOpen(func(i int) { w.byPart(i, set) })
	}
	w.eachOpen(w.byWhole)
}

// elsewhere reports that the file was written by another partnership, or from
// another copy of the records: where its numbers are in use here, one in five
// or more stands for something else.
func (w *planner) elsewhere() bool {
	hits, strange := 0, 0
	w.eachOpen(func(i int) {
		id := w.plan.Rows[i].FileID
		if rec := w.env.Reader.Get(w.kind.Name, id); id != 0 && rec != nil {
			hits++
			if w.strange(i, rec) {
				strange++
			}
		}
	})
	return strange > 0 && strange*5 >= hits
}

// strange reports that the record with a row's number is not what the row's
// writer had: its revision is older than the one stated, or most of what the
// row says differs, the name among it.
func (w *planner) strange(i int, rec any) bool {
	id, rev := w.plan.Rows[i].FileID, w.plan.Rows[i].FileRev
	if w.givenUp(rev) {
		return false
	}
	if w.options.RevOf != nil && rev != 0 {
		now := w.options.RevOf(id)
		if now < rev {
			return true
		}
		if now > rev && w.options.Base != nil {
			if base, ok := w.options.Base(id, rev); ok {
				rec = base
			}
		}
	}
	said, differing := 0, 0
	for n := range w.reader.sources {
		if w.rows[i].blank>>n&1 == 0 {
			said++
			if !w.reader.sources[n].col.Equal(rec, w.rows[i].Record) {
				differing++
			}
		}
	}
	if said < 3 || differing*2 <= said {
		return false
	}
	return w.kind.Label(w.merged(i, rec)) != w.kind.Label(rec)
}

// merged gives a copy of a record with what a row says.
func (w *planner) merged(i int, rec any) any {
	out := w.kind.Clone(rec)
	for n := range w.reader.sources {
		if w.rows[i].blank>>n&1 == 0 {
			w.reader.sources[n].col.Copy(out, w.rows[i].Record)
		}
	}
	return out
}

func (w *planner) open(i int) bool { return w.taken(i) && !w.rows[i].known }

func (w *planner) eachOpen(f func(i int)) {
	for i := range w.rows {
		if w.goesOn(i) && w.open(i) {
			f(i)
		}
	}
}

// byNumber takes the record with the number in the file. A number that is not
// in use is one of a record deleted meanwhile, or of another list.
func (w *planner) byNumber(i int) {
	row, st := &w.plan.Rows[i], &w.rows[i]
	if row.FileID == 0 {
		return
	}
	if rec := w.env.Reader.Get(w.kind.Name, row.FileID); rec != nil {
		st.byNumber = true
		w.claim(i, row.FileID, rec)
		return
	}
	if w.options.Base == nil || row.FileRev == 0 {
		return
	}
	base, deleted := w.options.Base(row.FileID, row.FileRev)
	if !deleted {
		return
	}
	row.Base, row.BaseRev = base, row.FileRev
	row.Action, st.known, st.done = Same, true, true
	if len(w.changes(i)) > 0 {
		w.refuse(i, export.IDColumn, strconv.FormatUint(row.FileID, 10), "this "+w.kind.One+
			" was deleted after the file was written")
	}
}

// claim settles which record a row means; a second row for it repeats the first.
func (w *planner) claim(i int, id uint64, rec any) {
	st := &w.rows[i]
	w.plan.Rows[i].ID, st.known, st.current = id, true, rec
	if first, taken := w.claimed[id]; taken {
		w.duplicate(i, first)
		return
	}
	w.claimed[id] = i
}

// A row that says otherwise than the one it repeats is no repetition: it is left
// out, and the report says so.
func (w *planner) duplicate(i, first int) {
	row := &w.plan.Rows[i]
	if col := w.contradicts(i, first); col != nil {
		w.refuse(i, col.Title, string(col.Show(nil, w.rows[i].Record, w.env)),
			"line "+strconv.Itoa(w.sheet.Line(first))+" is about the same "+w.kind.One+" and says otherwise")
		w.rows[i].known, w.rows[i].done = true, true
		return
	}
	row.Action, row.First = Duplicate, w.sheet.Line(first)
	w.rows[i].done = true
}

// contradicts finds a column in which two rows both say something, and not the
// same, letter case aside.
func (w *planner) contradicts(i, first int) *field.Column {
	mine, other := w.rows[i].Record, w.rows[first].Record
	if mine == nil || other == nil {
		return nil
	}
	for n, source := range w.reader.sources {
		if w.rows[i].blank>>n&1 == 0 && w.rows[first].blank>>n&1 == 0 &&
			string(source.col.Key(nil, mine, nil)) != string(source.col.Key(nil, other, nil)) {
			return source.col
		}
	}
	return nil
}

// byKey takes the record whose values in the n-th set are the row's. Of several
// records, the one that says what the row says is meant. A row for a record
// that an earlier row means repeats that row, unless a stronger set tells the
// record and the row apart.
func (w *planner) byKey(i, n int) {
	set, rec := w.sets[n], w.rows[i].Record
	ids := w.options.Index.find(set.cols, rec)
	free := w.free(ids)
	if id := w.agreeing(i, free); id != 0 {
		w.take(i, id)
		return
	}
	switch {
	case len(ids) == 0:
	case len(free) == 1:
		w.take(i, free[0])
	case len(free) > 1:
		w.refuse(i, "", w.kind.Label(rec), "several "+w.kind.Name+" fit this row ("+numbers(free)+
			"); add the columns id and rev from an export")
	default:
		for _, id := range ids {
			if set.unique || !w.differsBefore(n, rec, w.env.Reader.Get(w.kind.Name, id)) {
				w.take(i, id)
				return
			}
		}
	}
}

func (w *planner) take(i int, id uint64) { w.claim(i, id, w.env.Reader.Get(w.kind.Name, id)) }

// free gives the records that no row means yet.
func (w *planner) free(ids []uint64) []uint64 {
	var out []uint64
	for _, id := range ids {
		if _, taken := w.claimed[id]; !taken {
			out = append(out, id)
		}
	}
	return out
}

// agreeing gives the first record that says all that a row says; 0 for none.
func (w *planner) agreeing(i int, ids []uint64) uint64 {
	for _, id := range ids {
		rec, agrees := w.env.Reader.Get(w.kind.Name, id), true
		for n, src := range w.reader.sources {
			if w.rows[i].blank>>n&1 == 0 && !src.col.Equal(rec, w.rows[i].Record) {
				agrees = false
				break
			}
		}
		if agrees {
			return id
		}
	}
	return 0
}

// differsBefore reports that a set stronger than the n-th tells two records
// apart.
func (w *planner) differsBefore(n int, a, b any) bool {
	for _, set := range w.sets[:n] {
		if set.binds(a) && set.binds(b) && string(key(nil, set.cols, a)) != string(key(nil, set.cols, b)) {
			return true
		}
	}
	return false
}

// byPart recognises a row that lacks one of a set's values by the others, when
// they fit one record only.
func (w *planner) byPart(i int, set keySet) {
	rec := w.rows[i].Record
	cols := filled(set.cols, rec)
	if set.unique || !set.binds(rec) || len(cols) == len(set.cols) {
		return
	}
	if ids := w.options.Index.find(cols, rec); len(ids) == 1 && len(w.free(ids)) == 1 {
		w.take(i, ids[0])
	}
}

// byWhole recognises a row that nothing identifies by all it says.
func (w *planner) byWhole(i int) {
	rec := w.rows[i].Record
	if w.bound(rec) {
		return
	}
	ids := w.options.Index.find(w.reader.columns, rec)
	if free := w.free(ids); len(free) > 0 {
		ids = free
	}
	if len(ids) > 0 {
		w.take(i, ids[0])
	}
}

// bound reports whether any set of fields identifies a record.
func (w *planner) bound(rec any) bool {
	for _, set := range w.sets {
		if set.binds(rec) {
			return true
		}
	}
	return false
}

// earlier finds the row of the file that adds the record this row would add.
func (w *planner) earlier(i int) (first int, ok bool) {
	rec := w.rows[i].Record
	var buf [256]byte
	for n, set := range w.sets {
		if !set.binds(rec) {
			continue
		}
		first, ok := w.seen[n][string(key(buf[:0], set.cols, rec))]
		if ok && (set.unique || !w.numbered(i, first) && !w.differsBefore(n, rec, w.rows[first].Record)) {
			return first, true
		}
	}
	if w.bound(rec) {
		return 0, false
	}
	first, ok = w.whole[string(key(buf[:0], w.reader.columns, rec))]
	return first, ok && !w.numbered(i, first)
}

// numbered reports that the file itself tells two rows apart by their numbers.
func (w *planner) numbered(i, j int) bool {
	a, b := w.plan.Rows[i].FileID, w.plan.Rows[j].FileID
	return a != 0 && b != 0 && a != b
}

// remember notes what a row adds, for the rows behind it.
func (w *planner) remember(i int) {
	rec := w.rows[i].Record
	bound := false
	for n, set := range w.sets {
		if set.binds(rec) {
			bound = true
			w.note(n, i, rec)
		}
	}
	if !bound {
		w.whole[string(key(nil, w.reader.columns, rec))] = i
	}
}

func (w *planner) note(n, i int, rec any) {
	var buf [256]byte
	k := key(buf[:0], w.sets[n].cols, rec)
	if _, ok := w.seen[n][string(k)]; !ok {
		w.seen[n][string(k)] = i
	}
}

// unique refuses a change by which two records would share what only one may
// have, and notes what the changed record takes.
func (w *planner) unique(i int, after any) bool {
	id := w.plan.Rows[i].ID
	for n, set := range w.sets {
		if !set.unique || !set.binds(after) {
			continue
		}
		k := string(key(nil, set.cols, after))
		first, seen := w.seen[n][k]
		other := ""
		for _, owner := range w.options.Index.find(set.cols, after) {
			if owner != id {
				other = "#" + strconv.FormatUint(owner, 10)
			}
		}
		if seen {
			other = "line " + strconv.Itoa(w.sheet.Line(first))
		}
		if other != "" {
			col := set.cols[len(set.cols)-1]
			w.refuse(i, w.reader.Heading(col), string(col.Show(nil, after, w.env)), "another "+w.kind.One+
				" has this already ("+other+")")
			return false
		}
		w.seen[n][k] = i
	}
	return true
}

func numbers(ids []uint64) string {
	out := ""
	for n, id := range ids {
		if n == 3 {
			return out + ", …"
		}
		if n > 0 {
			out += ", "
		}
		out += "#" + strconv.FormatUint(id, 10)
	}
	return out
}
