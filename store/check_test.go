package store

import (
	"fmt"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"interlocal/model"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
)

func TestChecksNoticeWhatChecksumsCannot(t *testing.T) {
	edited := func(st *state, edit func(*head)) head { h := headOf(st); edit(&h); return h }
	for name, c := range map[string]struct {
		change func(tx *bbolt.Tx, st *state) error
		want   string
	}{
		"a record gone": {func(tx *bbolt.Tx, st *state) error {
			return tx.Bucket(st.kinds[st.byName["people"]].bucket).Delete(idKey(2))
		}, "not among the records"},
		"a record more": {func(tx *bbolt.Tx, st *state) error {
			k := st.kinds[st.byName["people"]]
			return tx.Bucket(k.bucket).Put(idKey(200), tx.Bucket(k.bucket).Get(idKey(1)))
		}, "person #200 cannot be read"},
		"an entry gone": {func(tx *bbolt.Tx, _ *state) error {
			return tx.Bucket([]byte(bucketJournal)).
				Delete(idKey(5))
		}, "does not follow"},
		"a trail gone": {func(tx *bbolt.Tx, _ *state) error {
			key, _ := tx.Bucket([]byte(bucketTrail)).Cursor().First()
			return tx.Bucket([]byte(bucketTrail)).Delete(key)
		}, "trail"},
		"a number set back": {func(tx *bbolt.Tx, st *state) error {
			return writeHead(tx, edited(st, func(h *head) { h.next[len(h.next)-1].next += 5 }))
		}, "other numbers"},
		"a draft": {func(tx *bbolt.Tx, _ *state) error {
			return tx.Bucket([]byte(bucketDrafts)).Put([]byte("x"), []byte("y"))
		}, "drafts"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := founded(t)
			for i := range 10 {
				put(t, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
			}
			if err := s.alter(func(tx *bbolt.Tx) error { return c.change(tx, s.durable.Load()) }); err != nil {
				t.Fatal(err)
			}
			report, err := s.Check(t.Context())
			if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), c.want) {
				t.Errorf("%+v, %v", report, err)
			}
			err = s.Backup(t.Context(), s.path+".copy")
			if beside := name == "a trail gone" || name == "a draft"; beside != (err == nil) ||
				beside != report.Whole() || s.Damage() == nil {
				t.Errorf("backed up: %v; %+v", err, report)
			}
		})
	}
}

func TestChecksNoticeAnIndexThatDrifted(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	st := s.durable.Load()
	slot := st.kinds[st.byName["people"]].refs[0]
	clean(t, s)
	st.refIndex(slot).Delete(pair{uint64(raytown), 1})
	if report, err := s.Check(t.Context()); err != nil || report.Clean() {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestChecksNoticeThatMemoryHasLostARecord(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), person(raytown, "Ann"))
	last := put(t, s, keeper(), person(raytown, "Bea"))
	st := s.durable.Load()
	st.tables[st.byName["people"]].here().Delete(uint64(last))
	report, err := s.Check(t.Context())
	if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), "people in memory differ") {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestATableThatThisVersionDoesNotKnow(t *testing.T) {
	s, _ := founded(t)
	if err := s.alter(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket(kindBucket(999)); return err }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_, err := Open(s.path, s.options)
	refused(t, failure.Unusable, err)
}

func TestRulesOfTodayAreReportedApartFromDamage(t *testing.T) {
	s, _ := founded(t)
	put(t, s, keeper(), &partnership.Idea{Title: "One street-sweeping contract", Status: partnership.IdeaNew})
	s.Close()
	kinds := model.NewSchema().Kinds
	for i, k := range kinds {
		if k.Name == "ideas" {
			kinds[i] = stricterIdeas(k.Tag)
		}
	}
	o := s.options
	o.Schema = field.SchemaOf(kinds...)
	report, err := CheckFile(s.path, o)
	if err != nil || !report.Clean() || len(report.Rules) != 2 || !strings.Contains(report.Rules[0], "too long") ||
		!strings.Contains(report.Rules[1], "too many") {
		t.Errorf("%+v, %v", report, err)
	}
}

// stricterIdeas describes ideas as a version of the program might that has got a
// new rule.
func stricterIdeas(tag int) *field.Kind {
	return field.Def[partnership.Idea]{
		Tag: tag, One: "idea", Title: "Ideas",
		ID:       func(i *partnership.Idea) *field.ID[partnership.Idea] { return &i.ID },
		Label:    func(i *partnership.Idea) string { return i.Title },
		Together: func(c *field.Checking) { c.Add("", "there are too many ideas") },
		Check: func(c *field.Checking, _, i *partnership.Idea) {
			if len(i.Title) > 10 {
				c.Add("title", "the title is too long")
			}
		},
		Fields: []field.Field[partnership.Idea]{field.Text(1, "title", "Title",
			func(i *partnership.Idea) *string { return &i.Title })},
	}.Kind()
}
