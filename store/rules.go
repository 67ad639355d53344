package store

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// change is one record that an update leaves otherwise than it found it.
type change struct {
	key           recKey
	before, after entry
	images        imagePair
}

// changes lists what the draft changes, in order of kind and id. Records that
// end up as they were are put back, so that their revision stays.
func (t *Tx) changes() []change {
	d := t.draft
	var out []change
	for _, key := range d.written() {
		c := change{key: key, before: d.before[key], after: d.now(key)}
		k := d.kinds[key.kind].Kind
		c.images = imagePair{tag: k.Tag, id: key.id, beforeRev: c.before.rev, afterRev: c.after.rev}
		if c.before.rec != nil {
			c.images.before = k.Pack(make([]byte, 0, 160), c.before.rec)
		}
		if c.after.rec != nil {
			c.images.after = k.Pack(make([]byte, 0, 160), c.after.rec)
		}
		if (c.before.rec == nil) == (c.after.rec == nil) && string(c.images.before) == string(c.images.after) {
			if c.before.rec != nil {
				d.put(key, c.before)
			}
			continue
		}
		out = append(out, c)
	}
	t.finishNumbers(out)
	return out
}

// finishNumbers makes the next number of each kind follow from the records that
// were added, so that replaying the journal gives the same.
func (t *Tx) finishNumbers(changes []change) {
	d := t.draft
	copy(d.next, d.base.next)
	for _, c := range changes {
		d.next[c.key.kind] = max(d.next[c.key.kind], c.key.id+1)
	}
}

// check applies rights, rules, references and uniqueness to what the draft
// changes. Warnings are what is saved all the same.
func (t *Tx) check(changes []change) (warnings failure.Problems, err error) {
	var refused refusals
	for i := range changes {
		c := &changes[i]
		if err := t.checkRights(c.key, c.before.rec, c.after.rec); err != nil {
			return nil, err
		}
		if c.after.rec == nil {
			if err := t.checkUnreferred(c.key, c.before.rec); err != nil {
				return nil, err
			}
			k := t.draft.kinds[c.key.kind].Kind
			refused.add(k.Label(c.before.rec), k.CheckRemoval(t.draft, t.today, c.before.rec))
			continue
		}
		problems := t.problems(c.key, c.before.rec, c.after.rec)
		label := t.draft.kinds[c.key.kind].Label(c.after.rec)
		if conflict := t.merged[c.key]; conflict != nil && problems.Err("") != nil {
			conflict.Problems = problems
			return nil, conflict
		}
		refused.add(label, problems)
		warnings = append(warnings, labelled(label, problems, len(changes) > 1)...)
	}
	t.checkWhole(changes, &refused)
	return warnings, refused.err()
}

// checkWhole applies the rules that the records of each kind changed keep as a
// whole.
func (t *Tx) checkWhole(changes []change, refused *refusals) {
	for i := range changes {
		if i > 0 && changes[i].key.kind == changes[i-1].key.kind {
			continue
		}
		k := t.draft.kinds[changes[i].key.kind].Kind
		refused.add(k.Title, k.Whole(t.draft, t.today))
	}
}

// checkOne checks one record of the draft as it stands.
func (t *Tx) checkOne(key recKey) error {
	before, after := t.draft.before[key].rec, t.draft.now(key).rec
	if err := t.checkRights(key, before, after); err != nil {
		return err
	}
	k := t.draft.kinds[key.kind].Kind
	if err := t.problems(key, before, after).Err(k.Label(after)); err != nil {
		return err
	}
	return k.Whole(t.draft, t.today).Err(k.Title)
}

// labelled picks the warnings, naming the record when there are several.
func labelled(label string, problems failure.Problems, several bool) failure.Problems {
	var out failure.Problems
	for _, p := range problems {
		if p.Warning {
			if several {
				p.Message = label + ": " + p.Message
			}
			out = append(out, p)
		}
	}
	return out
}

// refusals gathers the records that break a rule; a sentence names the first
// few.
type refusals struct {
	first []error
	count int
	all   failure.Problems
}

func (r *refusals) add(label string, problems failure.Problems) {
	err := problems.Err(label)
	if err == nil {
		return
	}
	r.count++
	if len(r.first) < maxNamed {
		r.first = append(r.first, err)
		for _, p := range problems {
			if !p.Warning {
				r.all = append(r.all, p)
			}
		}
	}
}

// maxNamed is how many records a sentence names before it only counts.
const maxNamed = 5

func (r *refusals) err() error {
	if r.count == 0 {
		return nil
	}
	parts := make([]string, len(r.first))
	for i, err := range r.first {
		parts[i] = err.Error()
	}
	sentence := strings.Join(parts, ". ")
	if more := r.count - len(r.first); more > 0 {
		sentence += ". And " + strconv.Itoa(more) + " more."
	}
	return &failure.Error{Code: failure.Invalid, Message: sentence, Problems: r.all}
}

// checkRights asks whether the identity may make the change.
func (t *Tx) checkRights(key recKey, before, after any) error {
	k := t.draft.kinds[key.kind].Kind
	var was, is []field.Party
	if before != nil {
		was = k.Parties(t.draft.base, before)
	}
	if after != nil {
		is = k.Parties(t.draft, after)
	}
	id := t.id
	if t.trusted[key] {
		id = asProgram(id)
	} else if t.program {
		id = t.asked
	}
	if err := id.MayChange(k, before == nil, after == nil, was, is); err != nil {
		return err
	}
	return k.MayStep(t.draft, id.Actor(k), before, after)
}

// problems lists what is wrong with a record as it would be saved.
func (t *Tx) problems(key recKey, before, after any) failure.Problems {
	check := t.draft.kinds[key.kind].CheckAt
	if t.back {
		check = t.draft.kinds[key.kind].CheckBack
	}
	return append(check(t.draft, t.Now(), before, after), t.integrity(key, before, after)...)
}

// integrity lists references that lead nowhere and values that should be unique
// and are not.
// A record that the identity may not see is not there for it, unless it was
// referred to before.
func (t *Tx) integrity(key recKey, before, after any) failure.Problems {
	d := t.draft
	k := d.kinds[key.kind].Kind
	var out failure.Problems
	k.Refs(after, func(c *field.Column, kind string, id uint64) {
		if d.Get(kind, id) == nil || t.Get(kind, id) == nil && !refersTo(k, before, kind, id) {
			out.Add(c.Name, c.Title+" refers to "+d.schema.Kind(kind).One+" #"+strconv.FormatUint(id, 10)+
				", which is not there")
		}
	})
	for _, slot := range d.kinds[key.kind].uniqs {
		if p, ok := t.clash(slot, key, after); ok {
			return append(out, p)
		}
	}
	return out
}

// refersTo reports whether a record refers to another; before may be nil.
func refersTo(k *field.Kind, rec any, kind string, id uint64) bool {
	found := false
	if rec != nil {
		k.Refs(rec, func(_ *field.Column, other string, n uint64) { found = found || other == kind && n == id })
	}
	return found
}

// clash looks for another record that holds the same unique values.
func (t *Tx) clash(slot int, key recKey, rec any) (failure.Problem, bool) {
	d, def := t.draft, t.draft.layout.uniqs[slot]
	k := d.kinds[key.kind].Kind
	unique, ok := d.uniqueKey(nil, def, rec)
	if !ok {
		return failure.Problem{}, false
	}
	for _, id := range d.holders(slot, unique) {
		if id == key.id {
			continue
		}
		p := failure.Problem{Message: "there is already a " + k.One + " with this " + fieldTitles(def.cols)}
		if len(def.cols) > 0 {
			p.Field = def.cols[len(def.cols)-1].Name
		}
		if seen := t.show(key.kind, d.now(recKey{key.kind, id}).rec); seen != nil {
			p.Message += " (" + k.Label(seen) + ", #" + strconv.FormatUint(id, 10) + ")"
		}
		return p, true
	}
	return failure.Problem{}, false
}

func fieldTitles(cols []*field.Column) string {
	if len(cols) == 0 {
		return "name"
	}
	titles := make([]string, len(cols))
	for i, c := range cols {
		titles[i] = strings.ToLower(c.Title)
	}
	return strings.Join(titles, " and ")
}

// checkUnreferred refuses to delete what others refer to, naming up to five.
func (t *Tx) checkUnreferred(key recKey, rec any) error {
	found, count, hidden := t.scoped.referrers(&t.draft.state, key, maxNamed)
	if count == 0 && !hidden {
		return nil
	}
	var names []string
	for _, r := range found {
		other := t.draft.schema.Kind(r.Kind)
		names = append(names, other.One+" "+other.Label(t.Get(r.Kind, r.ID)))
	}
	subject := strings.Join(names, ", ")
	switch rest := count - len(names); {
	case count == 0:
		subject = "other records" // not how many: they are hidden
	case hidden:
		subject += " and other records"
	case rest > 0:
		subject += " and " + plural(rest, "more record", "more records")
	}
	refer := " refer"
	if count == 1 && !hidden {
		refer = " refers"
	}
	return failure.New(failure.InUse, t.draft.kinds[key.kind].Label(rec)+" cannot be deleted: "+subject+refer+
		" to it; change or delete those first")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
