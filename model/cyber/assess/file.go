package assess

import (
	"strconv"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/field"
	"interlocal/model/text"
)

// EarlierIn is an earlier year's answers, read from another program's sheet.
type EarlierIn struct {
	Of
	Answers []*cyber.Answer
}

// Taken is how many answers were added, and how many were there and stay.
type Taken struct{ Added, Kept int }

func earlierAct() *field.Act {
	return field.ActOn[field.Alone, EarlierIn]{Name: "assess.earlier", Title: "Take an earlier year's answers in",
		Makes: "answers", ByFile: true,
		Help: "Takes in an earlier year's answers from a sheet of another program. Questions that have an " +
			"answer keep it.",
		Args: ofFields(func(e *EarlierIn) *Of { return &e.Of }), May: ofSomeCity,
		Fill: func(v field.Viewpoint, _ *field.Alone, e *EarlierIn) { e.Of = usual(v) },
		History: func(v field.Viewpoint, _ *field.Alone, e *EarlierIn) string {
			if y := field.Get(v, e.Cycle); y != nil {
				return "import the " + strconv.Itoa(y.Year) + " answers"
			}
			return "import answers"
		},
		Do: func(w field.Writer, _ *field.Alone, e *EarlierIn, _ any) (field.Result, error) {
			if e.Answers == nil {
				return field.Result{}, errNoFile()
			}
			have, out := map[string]bool{}, Taken{}
			for a := range field.Of[cyber.Answer](w, "partner", e.Partner) {
				have[a.Item] = have[a.Item] || a.Cycle == e.Cycle
			}
			for _, a := range e.Answers {
				if have[a.Item] {
					out.Kept++
					continue
				}
				if _, err := field.Put(w, a); err != nil {
					return field.Result{}, err
				}
				out.Added++
			}
			return field.Result{Text: text.Counted(out.Added, "answer", "answers") + " added.", Detail: out}, nil
		}}.Act()
}

// WordingIn is the official wording of an edition, as its publisher has it.
type WordingIn struct {
	Version framework.Version
	Words   framework.Wording
}

func wordingAct() *field.Act {
	return field.ActOn[field.Alone, WordingIn]{Name: "wording.import", Title: "Import the official wording",
		Makes: "wordings", ByFile: true,
		Help: "Keeps the official questions of the framework, in place of an earlier wording, for all cities.",
		Args: []field.Field[WordingIn]{
			field.Word(1, "framework", "Framework", func(x *WordingIn) *framework.Version { return &x.Version },
				framework.Versions()...).Required(),
		},
		History: func(_ field.Viewpoint, _ *field.Alone, x *WordingIn) string {
			return "import the official wording of " + x.Version.Title()
		},
		May: maySpeakForAll,
		Do: func(w field.Writer, _ *field.Alone, x *WordingIn, _ any) (field.Result, error) {
			if x.Words == nil {
				return field.Result{}, errNoFile()
			}
			changed, err := storeWording(w, x)
			return field.Result{Text: "The official wording of " + x.Version.Title() + " is on file.", Detail: changed},
				err
		}}.Act()
}

// storeWording keeps the texts that are new or changed, and counts them.
func storeWording(w field.Writer, x *WordingIn) (changed int, err error) {
	have := map[string]*cyber.Wording{}
	for rec := range field.All[cyber.Wording](w) {
		if rec.Framework == x.Version {
			have[rec.Item] = rec
		}
	}
	for _, item := range framework.ItemsOf(x.Version) {
		rec := cyber.Wording{Framework: x.Version, Item: item, Text: x.Words[framework.ID(item)]}
		if old := have[item]; old != nil {
			if rec.ID = old.ID; old.Text == rec.Text {
				continue
			}
		}
		if rec.Text == "" {
			continue
		}
		if _, err := field.Put(w, &rec); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}
