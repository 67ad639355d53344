package cyber

import (
	"charm.land/bubbles/v2/key"

	"interlocal/tui/app"
)

// binding names a key of the tab.
func binding(help, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
}

// renamed is a key of the program with what it does here.
func renamed(b key.Binding, does string) key.Binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// subjectKeys are the keys that every page of the tab has.
type subjectKeys struct {
	whose   key.Binding // another city or year
	begin   key.Binding
	review  key.Binding // read-back and the next step
	project key.Binding
	export  key.Binding
}

func newSubjectKeys(k app.Keys) subjectKeys {
	return subjectKeys{
		whose:   binding("w", "other city or year", "w"),
		begin:   renamed(k.Add, "begin an assessment"),
		review:  binding("r", "read back, submit", "r"),
		export:  renamed(k.Export, "export"),
		project: binding("P", "project: hide notes", "P"),
	}
}

// answerKeys are the keys of the answer page.
type answerKeys struct {
	subjectKeys
	digits             key.Binding
	process            key.Binding // 5p in one key, since it is the usual 5
	notApplicable      key.Binding
	unknown            key.Binding
	same, back         key.Binding
	open, openBack     key.Binding
	note, flag, whole  key.Binding
	walk               key.Binding
	next, previous     key.Binding
	up, down           key.Binding
	category, catBack  key.Binding
	first, last        key.Binding
	inProcess, accepts key.Binding
	cancel             key.Binding
	wording, complete  key.Binding
}

func newAnswerKeys(k app.Keys) answerKeys {
	return answerKeys{
		subjectKeys:   newSubjectKeys(k),
		digits:        binding("1-7", "answer", "1", "2", "3", "4", "5", "6", "7"),
		process:       binding("p", "5 in process", "p"),
		notApplicable: binding("0", "n/a", "0"),
		unknown:       binding("-", "unknown", "-"),
		same:          binding("Enter", "as last year", "enter"),
		back:          binding("Bksp", "back", "backspace"),
		open:          binding("Tab", "next open", "tab"),
		openBack:      binding("Shift-Tab", "previous open", "shift+tab"),
		note:          binding("t", "note", "t"),
		flag:          binding("f", "flag", "f"),
		whole:         renamed(k.Edit, "all that belongs to the answer"),
		walk:          renamed(k.Filter, "go through"),
		next:          renamed(k.NextMatch, "next of those"),
		previous:      renamed(k.PrevMatch, "previous of those"),
		up:            renamed(k.Up, "previous question"),
		down:          renamed(k.Down, "next question"),
		category:      binding("→ l", "next category", "right", "l"),
		catBack:       binding("← h", "previous category", "left", "h"),
		first:         renamed(k.Home, "first question"),
		last:          renamed(k.End, "last question"),
		inProcess:     binding("p", "5 in process", "p"),
		accepts:       binding("a", "risk formally accepted", "a"),
		complete:      binding("c", "complete: by whom, why, until when", "c"),
		wording:       binding("O", "bring in the official wording", "O"),
		cancel:        binding("Esc Bksp", "take the 5 back", "esc", "backspace"),
	}
}

// Keys lists what the keys do now.
func (a *answering) Keys() []key.Binding {
	k, sh := a.keys, a.shown
	switch {
	case sh == nil:
		return []key.Binding{k.begin, k.whose}
	case a.half:
		return []key.Binding{k.inProcess, k.accepts, k.cancel}
	}
	own := []key.Binding{k.digits, k.notApplicable, k.unknown, k.same, k.open, k.note, k.flag, k.back, k.process, k.walk, k.review, k.whose,
		k.next, k.previous, k.down, k.up, k.category, k.catBack, k.openBack, k.complete, k.whole, k.export, k.project, k.begin, k.first, k.last}
	if len(sh.wording) == 0 && a.s.mayWord() {
		own = append(own, k.wording)
	}
	return own
}
