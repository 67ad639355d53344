package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"

	"interlocal/model/access"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// many is how many people the large benchmarks work with.
const many = 100_000

// crowd makes n people of different names, titles and cities.
func crowd(n int) []*partnership.Person {
	first := []string{"Dana", "José", "Mei", "Ann", "Bo", "Omar", "Lena", "Piotr"}
	last := []string{"Reyes", "O’Neil", "Zhang", "Smith", "Larsen", "Haddad", "Nováková"}
	jobs := []string{"Street Superintendent", "IT Manager", "City Clerk", "Fleet Mechanic", "Payroll Specialist"}
	out := make([]*partnership.Person, n)
	for i := range out {
		out[i] = &partnership.Person{
			Partner: partnership.PartnerID(i%5 + 1), Department: "Department " + strconv.Itoa(i%40),
			Name:  first[i%len(first)] + " " + last[i/3%len(last)] + " " + strconv.Itoa(i*7919%n),
			Title: jobs[i%len(jobs)], Phone: fmt.Sprintf("816-555-%04d", i%10000),
			Email: "person" + strconv.Itoa(i) + "@city.example", Duties: []string{"permits", "snow routes"},
			Tags: []string{"gis", "snow"}, Note: "keeps a key",
		}
	}
	return out
}

// crowded makes a file with many people and leaves it closed.
func crowded(b testing.TB, n int) (string, Options) {
	b.Helper()
	c := newClock()
	path, o := filepath.Join(b.TempDir(), "desk.db"), options(c)
	s := openAt(b, path, o)
	fillFounding(b, s)
	people := crowd(n)
	update(b, s, keeper(), func(tx *Tx) error {
		for _, p := range people {
			if _, err := tx.Put("people", p); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path, o
}

func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{many, 10 * many} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			path, o := crowded(b, n)
			for b.Loop() {
				s, err := Open(path, o)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				s.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(fileSize(path))/float64(n), "bytes-on-disk/record")
		})
	}
}

func BenchmarkMemoryPerRecord(b *testing.B) {
	path, o := crowded(b, many)
	for b.Loop() {
		var before, after, keyed runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s, err := Open(path, o)
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		v := s.As(keeper()).View()
		filter(b, v, "reyes")
		v.Rows("people").Order(v.Schema().Kind("people").Column("name"), nil)
		runtime.GC()
		runtime.ReadMemStats(&keyed)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/many, "B/record")
		b.ReportMetric(float64(keyed.HeapAlloc-after.HeapAlloc)/many, "B/record-for-search-and-order")
		runtime.KeepAlive(v)
		s.Close()
	}
}

func filter(b testing.TB, v *View, question string) []int32 {
	env := field.NewEnv(v, 0)
	f, err := field.ParseFilter(v.Schema().Kind("people"), question, env, text.Fold)
	if err != nil {
		b.Fatal(err)
	}
	rows, _ := v.Rows("people").Filter(f, env)
	return rows
}

// viewers are who the reading benchmarks read as: one sees everything, the
// other not.
func viewers() []access.Identity {
	return []access.Identity{keeper(), as("Kim", access.Editor, field.Party(raytown))}
}

func BenchmarkRows(b *testing.B) {
	path, o := crowded(b, many)
	s := openAt(b, path, o)
	for _, id := range viewers() {
		b.Run("first/"+string(id.Role), func(b *testing.B) {
			for b.Loop() {
				s.rows.forget()
				s.As(id).View().Rows("people")
			}
		})
		b.Run("after-a-change/"+string(id.Role), func(b *testing.B) {
			filter(b, s.As(id).View(), "reyes")
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				touch(b, s, i)
				b.StartTimer()
				filter(b, s.As(id).View(), "reyes")
			}
		})
	}
}

// touch changes one person.
func touch(b testing.TB, s *Store, i int) {
	update(b, s, keeper(), func(tx *Tx) error {
		p := *field.Get(tx, partnership.PersonID(i%many+1))
		p.Phone = fmt.Sprintf("816-555-%04d", (i*13+7)%10000)
		_, err := field.Put(tx, &p)
		return err
	})
}

func BenchmarkFilter(b *testing.B) {
	path, o := crowded(b, many)
	s := openAt(b, path, o)
	for _, id := range viewers() {
		b.Run("first/"+string(id.Role), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s.rows.forget()
				v := s.As(id).View()
				v.Rows("people")
				b.StartTimer()
				filter(b, v, "reyes it")
			}
		})
		for _, q := range []string{"reyes it", "r", "zzz", "partner:raytown", "-reyes"} {
			b.Run("warm/"+string(id.Role)+"/"+q, func(b *testing.B) {
				v := s.As(id).View()
				filter(b, v, "x")
				for b.Loop() {
					filter(b, v, q)
				}
			})
		}
	}
}

func BenchmarkSort(b *testing.B) {
	path, o := crowded(b, many)
	s := openAt(b, path, o)
	v := s.As(keeper()).View()
	r, k := v.Rows("people"), v.Schema().Kind("people")
	for _, name := range []string{"name", "partner", "title", "email"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r.sort(k.Column(name), field.NewEnv(v, 0))
			}
		})
	}
}

// BenchmarkSnapshot is what a change costs apart from the disk.
func BenchmarkSnapshot(b *testing.B) {
	path, o := crowded(b, many)
	s := openAt(b, path, o)
	base := s.durable.Load()
	for i := 0; b.Loop(); i++ {
		t := s.begin(base, keeper())
		p := *field.Get(t, partnership.PersonID(i%many+1))
		p.Phone = fmt.Sprintf("816-555-%04d", (i+1)%10000)
		if _, err := field.Put(t, &p); err != nil {
			b.Fatal(err)
		}
		changes := t.changes()
		if _, err := t.check(changes); err != nil {
			b.Fatal(err)
		}
		s.pend(t, attempt{id: keeper(), kind: EntryChange}, changes, Result{})
	}
}

func BenchmarkImport(b *testing.B) {
	people := crowd(many)
	for b.Loop() {
		b.StopTimer()
		s, _ := founded(b)
		s.db.NoSync = false
		b.StartTimer()
		update(b, s, keeper(), func(tx *Tx) error {
			for _, p := range people {
				if _, err := tx.Put("people", p); err != nil {
					return err
				}
			}
			return nil
		})
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}

// BenchmarkCommits compares updates of this store with the least that bbolt can
// do for as many writers: one goroutine that drains a channel of keys and
// values, and bbolt's own Batch. Those check nothing, keep no journal and show
// nobody a snapshot.
func BenchmarkCommits(b *testing.B) {
	for _, writers := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("store/%d", writers), func(b *testing.B) {
			s, _ := founded(b)
			ids := make([]partnership.PersonID, writers)
			for i := range ids {
				ids[i] = put(b, s, keeper(), person(raytown, fmt.Sprint("Person ", i)))
			}
			s.db.NoSync = false
			commits(b, writers, func(w, n int) error {
				_, err := s.Update(context.Background(), keeper(), Op{Title: "call"}, func(tx *Tx) error {
					p := *field.Get(tx, ids[w])
					p.Phone = fmt.Sprintf("816-555-%04d", n%10000)
					_, err := field.Put(tx, &p)
					return err
				})
				return err
			})
		})
		b.Run(fmt.Sprintf("drain/%d", writers), func(b *testing.B) { benchDrain(b, writers) })
		b.Run(fmt.Sprintf("batch/%d", writers), func(b *testing.B) {
			db := bareDB(b)
			commits(b, writers, func(w, n int) error {
				return db.Batch(func(tx *bbolt.Tx) error {
					return tx.Bucket([]byte("b")).
						Put(idKey(uint64(w)), bareValue(n))
				})
			})
		})
	}
}

// commits shares b.N commits among writers and reports how many were made a
// second.
func commits(b *testing.B, writers int, commit func(writer, n int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for w := range writers {
		all.Go(func() {
			for n := int(next.Add(1)); n <= b.N; n = int(next.Add(1)) {
				if err := commit(w, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

func bareDB(b *testing.B) *bbolt.DB {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600,
		&bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("b"))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func bareValue(n int) []byte { return append(make([]byte, 192), idKey(uint64(n))...) }

func benchDrain(b *testing.B, writers int) {
	type job struct {
		key, value []byte
		done       chan error
	}
	db, jobs := bareDB(b), make(chan job, 256)
	go func() {
		for first := range jobs {
			batch := []job{first}
			for len(jobs) > 0 {
				batch = append(batch, <-jobs)
			}
			err := db.Update(func(tx *bbolt.Tx) error {
				for _, j := range batch {
					if err := tx.Bucket([]byte("b")).Put(j.key, j.value); err != nil {
						return err
					}
				}
				return nil
			})
			for _, j := range batch {
				j.done <- err
			}
		}
	}()
	commits(b, writers, func(w, n int) error {
		j := job{idKey(uint64(w)), bareValue(n), make(chan error, 1)}
		jobs <- j
		return <-j.done
	})
	close(jobs)
}

// TestMain lets a test run this binary again as a helper.
func TestMain(m *testing.M) {
	if helper := os.Getenv("STORE_TEST_HELPER"); helper != "" {
		os.Exit(runHelper(helper))
	}
	os.Exit(m.Run())
}

// forget drops all rows.
func (c *rowCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slots = nil
}
