package match

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Person is what similarity knows about somebody. Only ID and City must be
// filled in; somebody with no words at all is ranked last, not refused.
type Person struct {
	ID         string
	City       string
	Department string
	Title      string
	Duties     string
	Tags       []string
}

// MaxPeople is the largest number of people that ReadPeople accepts.
const MaxPeople = 200_000

// An InputError says which part of an input cannot be used and what would be
// accepted instead. Field names the place in the input's own terms, such as
// "line 7, city" or "people[3].capacity".
type InputError struct {
	Field   string
	Problem string
}

// Error returns the sentence for a person.
func (e *InputError) Error() string { return e.Field + ": " + e.Problem }

func refuse(field, format string, args ...any) error {
	return &InputError{Field: field, Problem: fmt.Sprintf(format, args...)}
}

// ReadPeople reads people from CSV with a heading line. The columns id and city
// are needed; department, title, duties and tags (separated by semicolons) are
// used when present, and any other column is ignored.
func ReadPeople(r io.Reader) ([]Person, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	in.ReuseRecord = true
	head, err := in.Read()
	if err == io.EOF {
		return nil, refuse("people", "the file is empty; the first line should be id,city,department,title,duties")
	}
	if err != nil {
		return nil, csvError(err)
	}
	col, err := peopleColumns(head)
	if err != nil {
		return nil, err
	}
	var people []Person
	seen := map[string]int{}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return people, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := in.FieldPos(0)
		p, err := col.person(row, line)
		if err != nil {
			return nil, err
		}
		if first, dup := seen[p.ID]; dup {
			return nil, refuse(lineField(line, "id"), "%q is already on line %d", p.ID, first)
		}
		if len(people) == MaxPeople {
			return nil, refuse(lineField(line, "id"), "more than %d people", MaxPeople)
		}
		seen[p.ID] = line
		people = append(people, p)
	}
}

// columns maps each known heading to its position, or -1.
type columns struct{ id, city, department, title, duties, tags int }

func peopleColumns(head []string) (columns, error) {
	find := func(name string) int {
		for i, h := range head {
			if strings.EqualFold(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")), name) {
				return i
			}
		}
		return -1
	}
	c := columns{find("id"), find("city"), find("department"), find("title"), find("duties"), find("tags")}
	if c.id < 0 {
		return c, refuse("line 1", "there is no column headed id")
	}
	if c.city < 0 {
		return c, refuse("line 1", "there is no column headed city")
	}
	return c, nil
}

func (c columns) person(row []string, line int) (Person, error) {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return strings.Clone(strings.TrimSpace(revive(row[i])))
	}
	p := Person{
		ID: cell(c.id), City: cell(c.city), Department: cell(c.department),
		Title: cell(c.title), Duties: cell(c.duties),
	}
	if p.ID == "" {
		return p, refuse(lineField(line, "id"), "is empty")
	}
	if p.City == "" {
		return p, refuse(lineField(line, "city"), "is empty; peers are looked for in other cities")
	}
	for tag := range strings.SplitSeq(cell(c.tags), ";") {
		if tag = strings.TrimSpace(tag); tag != "" {
			p.Tags = append(p.Tags, tag)
		}
	}
	return p, nil
}

func lineField(line int, column string) string {
	return "line " + strconv.Itoa(line) + ", " + column
}

func csvError(err error) error {
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return refuse("line "+strconv.Itoa(bad.Line), "is not proper CSV (%v)", bad.Err)
	}
	return err
}

// WriteRanking writes the best n peers of everybody as CSV with the columns
// id,rank,peer,score,reasons.
func WriteRanking(w io.Writer, s *Similarity, n int) error {
	if _, err := io.WriteString(w, "id,rank,peer,score,reasons\n"); err != nil {
		return err
	}
	for start := 0; start < len(s.people); start += rankBatch {
		end := min(start+rankBatch, len(s.people))
		parts := make([]bytes.Buffer, (end-start+chunkRows-1)/chunkRows)
		s.run.chunks(end-start, func(from, to int) {
			out := csv.NewWriter(&parts[from/chunkRows])
			s.writeRows(out, start+from, start+to, n)
			out.Flush()
		})
		for i := range parts {
			if _, err := parts[i].WriteTo(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeRows writes to memory, which does not fail.
func (s *Similarity) writeRows(out *csv.Writer, from, to, n int) {
	b := s.scratch()
	row := make([]string, 5)
	for i := from; i < to; i++ {
		for r, p := range s.rank(i, n, b) {
			row[0] = defuse(s.people[i].ID)
			row[1] = strconv.Itoa(r + 1)
			row[2] = defuse(s.people[p.Index].ID)
			row[3] = strconv.Itoa(p.Score)
			row[4] = defuse(Describe(p.Reasons))
			_ = out.Write(row)
		}
	}
}

// rankBatch people are ranked at a time, so that memory does not grow with the
// number of people ranked.
const rankBatch = 4096

// A cell that begins with one of these is a formula to a spreadsheet. It is
// written with an apostrophe in front, which revive takes away again.
const formulaStarts = "=+-@\t\r"

func defuse(cell string) string {
	if cell != "" && strings.ContainsRune(formulaStarts, rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func revive(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune(formulaStarts, rune(cell[1])) {
		return cell[1:]
	}
	return cell
}
