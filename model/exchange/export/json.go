package export

import (
	"io"
	"strconv"

	"interlocal/model/field"
)

// WriteJSON writes a table as an array of objects, one a line, whose keys are
// id, rev and the field names. A value that is not recorded is null.
func WriteJSON(w io.Writer, t Table, env *field.Env, o Options) error {
	j := jsonWriter{w: w, env: env, bare: o.Bare}
	j.array(t)
	j.buf = append(j.buf, '\n')
	return j.flush()
}

// WriteAllJSON writes several tables as an object of arrays, each named after
// its kind, in the order given.
func WriteAllJSON(w io.Writer, tables []Table, env *field.Env, o Options) error {
	j := jsonWriter{w: w, env: env, bare: o.Bare}
	j.buf = append(j.buf, '{')
	for i, t := range tables {
		if i > 0 {
			j.buf = append(j.buf, ',')
		}
		j.buf = append(j.buf, '\n')
		j.buf = append(strconv.AppendQuote(j.buf, t.Kind.Name), ": "...)
		j.array(t)
	}
	j.buf = append(j.buf, "\n}\n"...)
	return j.flush()
}

type jsonWriter struct {
	w    io.Writer
	env  *field.Env
	bare bool
	buf  []byte
	err  error
}

func (j *jsonWriter) array(t Table) {
	cols := t.columns()
	keys := make([]string, len(cols))
	for i, c := range cols {
		keys[i] = strconv.Quote(c.Name) + ":"
	}
	j.buf = append(j.buf, '[')
	first := true
	for row := range t.Rows {
		if !first {
			j.buf = append(j.buf, ',')
		}
		first = false
		j.buf = append(j.buf, '\n')
		j.object(row, cols, keys)
		if len(j.buf) >= flushAt && j.flush() != nil {
			return
		}
	}
	if !first {
		j.buf = append(j.buf, '\n')
	}
	j.buf = append(j.buf, ']')
}

func (j *jsonWriter) object(row Row, cols []*field.Column, keys []string) {
	j.buf = append(j.buf, '{')
	if !j.bare {
		j.buf = strconv.AppendUint(append(j.buf, `"id":`...), row.ID, 10)
		j.buf = strconv.AppendUint(append(j.buf, `,"rev":`...), row.Rev, 10)
	}
	for i, c := range cols {
		if i > 0 || !j.bare {
			j.buf = append(j.buf, ',')
		}
		j.buf = c.AppendJSON(append(j.buf, keys[i]...), row.Rec, j.env)
	}
	j.buf = append(j.buf, '}')
}

func (j *jsonWriter) flush() error {
	if j.err == nil {
		_, j.err = j.w.Write(j.buf)
	}
	j.buf = j.buf[:0]
	return j.err
}
