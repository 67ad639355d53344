package field

import (
	"context"
	"reflect"
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/value"
)

// Effect says what an act leaves behind. It is declared, never inferred from
// the way in.
type Effect uint8

// The effects. An act that declares none changes records.
const (
	Changes  Effect = iota // may be taken back
	Reads                  // nothing changes
	Final                  // others rely on it at once: it is followed by another act, not undone
	Destroys               // removes what cannot be had again: asked about before it is done
)

// String gives the word used in help.
func (e Effect) String() string { return [...]string{"changes", "reads", "final", "destroys"}[e] }

// Viewpoint is what an act looks at before it is done: the records as somebody
// sees them, who that is, and when.
type Viewpoint struct {
	Reader
	By  Actor
	Now value.Wall
	// Past reads what was recorded in a meeting; nil where there is no history. A
	// plan may ask it through [Viewpoint.Recorded].
	Past func(meeting uint64) ([]Entry, error)
}

// Result is what came of an act.
type Result struct {
	Text string // a sentence for the one who did it: "Approved: bucket truck for Raytown."
	Kind string // the record to look at next, or ""
	ID   uint64
	// Follow names an act to offer next with the same record, or "".
	Follow string
	// Detail is what a page or a command that knows the act says besides: the code
	// of an invitation, the times of a booking. Nil is nothing.
	Detail any
	// Records is the meeting into whose minutes goes what the same person does
	// from then on; 0 is none, unset is as before.
	Records value.Opt[uint64]
}

// Done is a result that is a sentence and nothing more.
func Done(text string) Result { return Result{Text: text} }

// Act is something that can be done to records, written once. From it follow
// the command, the palette's entry, the form for what is missing, completion,
// the title in the history, and what a row of a file does. An act never looks
// at a cursor: its record and its arguments are handed to it.
type Act struct {
	Name    string // "loan.approve": a noun and a verb, which are the words of the command
	Title   string // "Approve": a palette entry and the head of a form
	Help    string // one or two sentences
	On      string // the kind whose record it is done to; "" stands alone
	Args    *Kind  // describes the arguments; nil when there are none
	Rest    string // the argument that the words behind the record fill, or ""
	Words   []string
	Old     []string
	Effect  Effect
	Apart   bool   // leaves the record as it is and changes others, which are then judged
	Makes   string // the kind of which it adds records, when it stands alone or apart
	Trusted bool   // a part of it is written with all that the program sees; see [OnBehalf]
	ByFile  bool   // it is done with a file that a page or a command of its own reads
	// Reserved says, to those whose role does not do it, who does; "" leaves it to
	// what is said of the records.
	Reserved string

	Rows  *FileRows  // the rows of files, and the forms, that do it by adding a record; nil when none do
	Steps *FileSteps // those that do it by changing one; nil when none do
	// Doubts are those that a record leaves which a row brings as it is, with the
	// record that this act, which answers for them, is done to.
	Doubts func(r Reader, rec any) (id uint64, open Doubts)
	Then   *Act // what is done at once after it with the same record; nil is nothing

	standard func(v Viewpoint) (uint64, error)
	within   func(v Viewpoint, rec any) uint64

	may     func(v Viewpoint, rec any) error
	fill    func(v Viewpoint, rec, args any)
	preview func(v Viewpoint, rec, args any) string
	history func(v Viewpoint, rec, args any) string
	plan    func(ctx context.Context, v Viewpoint, rec, args any) (any, error)
	do      func(w Writer, rec, args, plan any) (Result, error)
}

// ActOn describes an act on records of type T with arguments of type A;
// [ActOn.Act] erases the types.
type ActOn[T Record, A any] struct {
	Name, Title, Help string
	Words             []string // what people also call it, for the palette
	Old               []string // former names, which still work
	Effect            Effect
	Args              []Field[A]
	Rest              string
	Apart             bool
	Makes             string
	Trusted, ByFile   bool
	Reserved          string
	Rows              *FileRows
	Steps             *FileSteps
	Doubts            func(r Reader, rec any) (id uint64, open Doubts)
	Then              *Act // completes it: done at once with the same record

	// Default gives the record that is meant when none is named; the error says
	// why that cannot be told. Without it a record must be named.
	Default func(v Viewpoint) (ID[T], error)
	// Within gives the meeting in which the act is recorded, whoever does it; 0 is
	// the one that they record, if any.
	Within func(v Viewpoint, rec *T) uint64
	// May says in a sentence why the act cannot be done to a record now; nil
	// means that it can. It is asked at every move of a cursor. Whether somebody's
	// role and city may change the record has been asked before.
	May func(v Viewpoint, rec *T) error
	// Fill sets what a form begins with, and what a command takes for arguments
	// that are not given.
	Fill func(v Viewpoint, rec *T, args *A)
	// Preview says what the arguments would come to: "Comes to $81.00".
	Preview func(v Viewpoint, rec *T, args *A) string
	// History is what history and the offer to undo call it; nil is the title
	// and the record's name.
	History func(v Viewpoint, rec *T, args *A) string
	// Plan does long or random work before the transaction; it is never repeated.
	Plan func(ctx context.Context, v Viewpoint, rec *T, args *A) (any, error)
	// Do carries the act out. It depends on nothing but what it is handed, since
	// it runs again after a doubt or when somebody else was first.
	Do func(w Writer, rec *T, args *A, plan any) (Result, error)
}

// NoArgs is the arguments of an act that needs none.
type NoArgs struct{}

// Alone is the record of an act that stands alone.
type Alone struct{}

// KindName is "": no record of it is kept.
func (Alone) KindName() string { return "" }

// Act erases the types.
func (d ActOn[T, A]) Act() *Act {
	var t T
	a := &Act{Name: d.Name, Title: d.Title, Help: d.Help, On: t.KindName(), Rest: d.Rest, Words: d.Words, Old: d.Old,
		Effect: d.Effect, Apart: d.Apart, Makes: d.Makes, Trusted: d.Trusted, ByFile: d.ByFile,
		Reserved: d.Reserved, Rows: d.Rows, Steps: d.Steps, Doubts: d.Doubts, Then: d.Then}
	if len(d.Args) > 0 {
		a.Args = argumentKind(d.Name, d.Title, Columns(d.Args), reflect.TypeFor[A]())
	}
	if d.Default != nil {
		a.standard = func(v Viewpoint) (uint64, error) { id, err := d.Default(v); return uint64(id), err }
	}
	if d.Within != nil {
		a.within = func(v Viewpoint, rec any) uint64 { return d.Within(v, recordOf[T](rec)) }
	}
	if d.May != nil {
		a.may = func(v Viewpoint, rec any) error { return d.May(v, recordOf[T](rec)) }
	}
	if d.Fill != nil {
		a.fill = func(v Viewpoint, rec, args any) { d.Fill(v, recordOf[T](rec), argumentsOf[A](args)) }
	}
	if d.Preview != nil {
		a.preview = func(v Viewpoint, rec, args any) string {
			return d.Preview(v, recordOf[T](rec), argumentsOf[A](args))
		}
	}
	if d.History != nil {
		a.history = func(v Viewpoint, rec, args any) string {
			return d.History(v, recordOf[T](rec), argumentsOf[A](args))
		}
	}
	if d.Plan != nil {
		a.plan = func(ctx context.Context, v Viewpoint, rec, args any) (any, error) {
			return d.Plan(ctx, v, recordOf[T](rec), argumentsOf[A](args))
		}
	}
	a.do = func(w Writer, rec, args, plan any) (Result, error) {
		return d.Do(w, recordOf[T](rec), argumentsOf[A](args), plan)
	}
	return a
}

// Pick gives some of the fields of a description, in the order of the names:
// arguments that are noted as they are described elsewhere.
func Pick[T any](fields []Field[T], names ...string) []Field[T] {
	out := make([]Field[T], 0, len(names))
	for _, name := range names {
		for _, f := range fields {
			if f.col.Name == name {
				out = append(out, f)
			}
		}
	}
	return out
}

// Needing marks a field of a description as required: what an act asks for that the
// record itself may do without.
func Needing[T any](fields []Field[T], name string) []Field[T] {
	for i, f := range fields {
		if f.col.Name == name {
			fields[i] = f.Required()
		}
	}
	return fields
}

func recordOf[T any](rec any) *T {
	v, _ := rec.(*T)
	return v
}

// argumentsOf gives arguments that are never nil.
func argumentsOf[A any](args any) *A {
	if v, ok := args.(*A); ok && v != nil {
		return v
	}
	return new(A)
}

// argumentKind describes arguments as a kind that no file holds.
func argumentKind(name, title string, cols []*Column, of reflect.Type) *Kind {
	k := &Kind{
		Name: name, One: "argument", Title: title, Columns: cols,
		id:    func(any) uint64 { return 0 },
		setID: func(any, uint64) {},
		label: func(any) string { return title },
	}
	return k.made(of)
}

// Noun is the first word of the command: "loan".
func (a *Act) Noun() string { noun, _, _ := strings.Cut(a.Name, "."); return noun }

// Verb is the second word of the command: "approve".
func (a *Act) Verb() string { _, verb, _ := strings.Cut(a.Name, "."); return verb }

// HasDefault reports whether a record may be left unnamed.
func (a *Act) HasDefault() bool { return a.standard != nil }

// Default gives the record that is meant when none is named.
func (a *Act) Default(v Viewpoint) (uint64, error) { return a.standard(v) }

// Within gives the meeting in which the act is recorded; 0 leaves it to whoever
// does it.
func (a *Act) Within(v Viewpoint, rec any) uint64 {
	if a.within == nil {
		return 0
	}
	return a.within(v, rec)
}

// May says why the act cannot be done to a record now, or nil.
func (a *Act) May(v Viewpoint, rec any) error {
	if a.may == nil {
		return nil
	}
	return a.may(v, rec)
}

// NewArgs makes the arguments that a form begins with; nil when there are none.
func (a *Act) NewArgs(v Viewpoint, rec any) any {
	if a.Args == nil {
		return nil
	}
	args := a.Args.New()
	if a.fill != nil {
		a.fill(v, rec, args)
	}
	return args
}

// Preview says what the arguments would come to, or "".
func (a *Act) Preview(v Viewpoint, rec, args any) string {
	if a.preview == nil {
		return ""
	}
	return a.preview(v, rec, args)
}

// HistoryTitle is what history calls the act.
func (a *Act) HistoryTitle(v Viewpoint, rec, args any) string {
	if a.history != nil {
		return a.history(v, rec, args)
	}
	title := strings.ToLower(a.Title[:1]) + a.Title[1:]
	if rec == nil || a.On == "" {
		return title
	}
	return title + " " + v.Schema().Kind(a.On).Label(rec)
}

// CheckArgs lists what is wrong with arguments before the act is tried.
func (a *Act) CheckArgs(v Viewpoint, args any) error {
	if a.Args == nil {
		return nil
	}
	return a.Args.CheckAt(v, v.Now, nil, args).Err(a.Title)
}

// Plan does the work that goes before the transaction.
func (a *Act) Plan(ctx context.Context, v Viewpoint, rec, args any) (any, error) {
	if a.plan == nil {
		return nil, nil
	}
	return a.plan(ctx, v, rec, args)
}

// Do carries the act out on the record with a number, which is looked up again
// since it may have moved on; id is 0 for an act that stands alone.
func (a *Act) Do(w Writer, id uint64, args, plan any) (Result, error) {
	var rec any
	if a.On != "" {
		k := w.Schema().Kind(a.On)
		if rec = w.Get(a.On, id); rec == nil {
			return Result{}, failure.New(failure.NotFound, "there is no "+k.One+" #"+strconv.FormatUint(id, 10)+
				" any more")
		}
	}
	if err := a.May(Viewpoint{Reader: w, By: w.Actor(), Now: w.Now()}, rec); err != nil {
		return Result{}, err
	}
	return a.do(w, rec, args, plan)
}

// Acts is the list of what can be done, in the order of help.
type Acts []*Act

// On lists the acts on records of a kind.
func (as Acts) On(kind string) Acts {
	var out Acts
	for _, a := range as {
		if a.On == kind {
			out = append(out, a)
		}
	}
	return out
}

// Named finds an act by its name or a former one; nil when there is none.
func (as Acts) Named(name string) *Act {
	for _, a := range as {
		if a.Name == name {
			return a
		}
		for _, old := range a.Old {
			if old == name {
				return a
			}
		}
	}
	return nil
}
