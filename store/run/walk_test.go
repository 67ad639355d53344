package run

import (
	"context"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
	"interlocal/store"
)

// noon is the moment of these tests.
var noon = time.Date(2027, 3, 4, 18, 0, 0, 0, time.UTC)

// story opens a file with the sample partnership's busy day.
func story(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "walk.db"), store.Options{
		Schema: model.NewSchema(), Now: func() time.Time { return noon },
		Probe: func(string) (store.Filesystem, error) { return store.Filesystem{Name: "test"}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	_, err = st.Update(context.Background(), access.Alone("test"), store.Op{Title: "story"}, func(tx *store.Tx) error {
		return sample.Story(value.DayOf(noon)).Each(tx.Insert)
	})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// everybody lists each role at each partner, and those of none.
func everybody(st *store.Store) []access.Identity {
	var out []access.Identity
	for _, role := range access.Roles() {
		out = append(out, access.Identity{User: "x", Name: "Somebody", Role: role})
		for id := range st.As(access.Alone("test")).View().Scan("partners") {
			out = append(out, access.Identity{User: "x", Name: "Somebody", Role: role,
				Partner: field.Party(partnership.PartnerID(id))})
		}
	}
	return out
}

// fill puts something into each argument that is needed and empty.
func fill(a *field.Act, args any, env *field.Env) {
	if a.Args == nil {
		return
	}
	for _, c := range a.Args.Columns {
		if !c.Required || !c.Empty(args) {
			continue
		}
		text := "because"
		switch {
		case len(c.Choices) > 0:
			text = c.Choices[0].Value
		case c.Shape == field.ShapeWall:
			text = (env.Today + 30).At(12, 0).String()
		case c.Shape == field.ShapeDay:
			text = (env.Today + 30).String()
		case c.Shape.Numeric():
			text = "1"
		case c.Shape == field.ShapeRef:
			for id := range env.Reader.Scan(c.Target) {
				text = env.Name(c.Target, id)
				break
			}
		}
		_ = c.Parse(args, text, env)
	}
}

// TestEveryActSaysWhatItIs: help that is sentences, a title, and a name that
// makes two words of a command.
func TestEveryActSaysWhatItIs(t *testing.T) {
	name := regexp.MustCompile(`^[a-z]+\.[a-z]+(-[a-z]+)*$`)
	seen := map[string]bool{}
	for _, a := range model.NewActs() {
		switch {
		case !name.MatchString(a.Name), seen[a.Name]:
			t.Errorf("%q is no name of an act, or that of two", a.Name)
		case a.Title == "", !strings.HasSuffix(a.Help, "."), strings.ToUpper(a.Help[:1]) != a.Help[:1]:
			t.Errorf("%s is not explained: %q, %q", a.Name, a.Title, a.Help)
		case a.On != "" && model.NewSchema().Kind(a.On) == nil:
			t.Errorf("%s is done to %s, which there are none of", a.Name, a.On)
		case a.Rest != "" && (a.Args == nil || a.Args.Column(a.Rest) == nil):
			t.Errorf("%s has no argument %q for the words behind it", a.Name, a.Rest)
		}
		seen[a.Name] = true
	}
}

// TestMayAgreesWithTheCommit walks each act, each record of the story, each role
// at each partner: what may be done is not refused for want of rights when it
// is done, done twice it comes to the same, and who may change nothing may do
// nothing.
func TestMayAgreesWithTheCommit(t *testing.T) {
	st := story(t)
	ctx := context.Background()
	for _, a := range model.NewActs() {
		done := 0
		for _, id := range everybody(st) {
			me := st.As(id)
			view := me.View()
			for rec := range targets(view, a) {
				if May(view, id, a, rec, me.Now()) != nil {
					continue
				}
				if id.Role == access.Viewer && a.Effect != field.Reads {
					t.Errorf("%s: a viewer may", a.Name)
				}
				env := field.NewEnv(view, me.Now().Day())
				v := ViewOf(view, id, a, me.Now())
				args := a.NewArgs(v, view.Get(a.On, rec))
				fill(a, args, env)
				q := Request{Act: a, ID: rec, Args: args, Rehearse: true,
					Override: &field.Override{Name: "Somebody", Reason: "a test"}}
				first, err := Do(ctx, st, id, q)
				if failure.CodeOf(err) == failure.Forbidden {
					t.Errorf("%s #%d as %s of %d: may, and is refused: %v", a.Name, rec, id.Role, id.Partner, err)
					continue
				}
				second, again := Do(ctx, st, id, q)
				first.Detail, second.Detail = nil, nil // a code is drawn anew
				if (err == nil) != (again == nil) || !reflect.DeepEqual(first, second) {
					t.Errorf("%s #%d: done twice it comes to two things: %v, %v", a.Name, rec, first, second)
				}
				if err == nil {
					done++
				}
			}
		}
		if done == 0 {
			t.Logf("%s: nothing in the story can be done by it", a.Name)
		}
	}
}

// targets yields the records that an act may be done to.
func targets(r field.Reader, a *field.Act) map[uint64]bool {
	out := map[uint64]bool{}
	if a.On == "" {
		out[0] = true
		return out
	}
	for id := range r.Scan(a.On) {
		out[id] = true
	}
	return out
}
