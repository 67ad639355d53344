package form

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/field"
	"interlocal/model/text"
)

// option is one thing that a text may be meant for.
type option struct {
	label  string
	note   string
	insert string // the text that means it
	add    bool   // add a record of that name
}

// list is what is offered for the text being typed.
type list struct {
	options []option
	at      int    // the one pointed at; -1 for none
	query   string // the text it was made for
}

// on reports whether anything is offered.
func (l *list) on() bool { return len(l.options) > 0 }

// offered is how many are offered at once.
const offered = 8

// completes reports whether values of the column can be looked up: references,
// and lists of references or words.
func completes(c *field.Column) bool {
	return c.Target != "" || c.Shape == field.ShapeList && len(c.Choices) > 0
}

// hint offers likely values in a field that has just been given the keys, pointing
// at none. It stays away where it would cover what is wrong in the rows above.
func (m *Model) hint() {
	c := m.cell()
	if m.quiet = false; m.field().grid() && m.field().bad() != "" {
		return
	}
	if completes(c.col) && (c.blank() || c.col.Shape == field.ShapeList && c.bad == "") {
		m.offer("")
	}
}

// look offers what the text under the cursor may be meant for.
func (m *Model) look() {
	if m.line.Position() < len([]rune(m.line.Value())) {
		m.list = list{}
		return
	}
	_, query := m.fragment()
	m.offer(query)
}

// fragment parts the text into what stands and what is being typed: of a list,
// its last entry.
func (m *Model) fragment() (stands, query string) {
	s := m.line.Value()
	if m.cell().col.Shape != field.ShapeList {
		return "", strings.TrimSpace(s)
	}
	cut := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ';':
			cut = i + 1
		}
	}
	return s[:cut], unescape(strings.TrimSpace(s[cut:]))
}

// offer makes the list for a query. A query points at the best match; without
// one nothing is pointed at.
func (m *Model) offer(query string) {
	c := m.cell()
	m.list = list{at: -1, query: query}
	if c.col.Target == "" {
		m.list.options = m.offerWords(query)
	} else {
		m.list.options = m.offerRecords(c.col.Target, query)
	}
	if query != "" && m.list.on() {
		m.list.at = 0
	}
}

// offerRecords looks records up. Adding comes last, and only when no record bears
// exactly the name typed.
func (m *Model) offerRecords(kind, query string) []option {
	var out []option
	exact := false
	if m.opts.Suggest != nil {
		for _, s := range m.opts.Suggest(kind, query, offered) {
			o := option{label: s.Label, note: s.Note, insert: m.opts.Env.Name(kind, s.ID)}
			if same := text.Fold(s.Label) == text.Fold(query); same && !exact {
				exact = true
				out = slices.Insert(out, 0, o)
			} else {
				out = append(out, o)
			}
		}
	}
	out = out[:min(len(out), offered)]
	if query != "" && m.opts.AddNew != nil && !exact && !strings.HasPrefix(query, "#") {
		out = append(out, option{label: `+ add "` + query + `"`, add: true})
	}
	return out
}

// offerWords lists the words of a list that are not in it yet: those that begin
// with the query before those that hold it further in.
func (m *Model) offerWords(query string) []option {
	c := m.cell()
	stands, _ := m.fragment()
	have := splitFlat(stands, ";")
	want := text.Fold(query)
	var starts, holds []option
	for _, w := range c.col.Choices {
		o := option{label: w.Title, insert: w.Value}
		name, value := text.Fold(w.Title), text.Fold(w.Value)
		switch {
		case slices.Contains(have, escape(w.Value)):
		case strings.HasPrefix(name, want) || strings.HasPrefix(value, want):
			starts = append(starts, o)
		case strings.Contains(name, want) || strings.Contains(value, want):
			holds = append(holds, o)
		}
	}
	return append(starts, holds...)
}

// pressList acts on a key that is the list's and reports whether it was.
func (m *Model) pressList(k tea.KeyPressMsg) bool {
	keys := m.opts.Keys
	switch {
	case key.Matches(k, keys.Down) && m.list.at+1 < len(m.list.options):
		m.list.at++
	case key.Matches(k, keys.Up) && m.list.at > 0:
		m.list.at--
	case key.Matches(k, keys.Up) && m.list.at == 0 && m.list.query == "":
		m.list.at = -1
	case m.list.query != "" && key.Matches(k, keys.Up, keys.Down): // the list ends here
	case key.Matches(k, keys.Leave) && (m.list.at >= 0 || m.list.query != ""):
		m.dismiss()
	default:
		return false
	}
	return true
}

// dismiss closes the list. A value that typing had replaced comes back.
func (m *Model) dismiss() {
	m.list = list{}
	if c := m.cell(); c.col.Shape == field.ShapeRef && m.loaded != "" && m.line.Value() != m.loaded {
		m.line.SetValue(m.loaded)
		m.line.CursorEnd()
		m.edited(m.loaded)
		m.list = list{}
	}
}

// take puts what an option means in place of the text being typed. In a list the
// next entry may follow.
func (m *Model) take(o option) {
	c := m.cell()
	if c.col.Shape != field.ShapeList {
		m.line.SetValue(o.insert)
		m.line.CursorEnd()
		m.edited(o.insert)
		m.list = list{}
		m.finishField(m.at)
		return
	}
	stands, _ := m.fragment()
	if stands = strings.TrimRight(stands, " "); stands != "" {
		stands += " "
	}
	m.line.SetValue(stands + escape(o.insert) + "; ")
	m.line.CursorEnd()
	m.edited(m.line.Value())
	m.offer("")
}

// add asks for a new record of the name being typed.
func (m *Model) add() tea.Cmd {
	_, query := m.fragment()
	m.asked, m.asking = m.at, true
	return m.opts.AddNew(m.cell().col.Target, query)
}
