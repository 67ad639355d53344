package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
	"interlocal/model/value"
	"interlocal/store"
	"interlocal/store/run"
	"interlocal/tui/app"
	"interlocal/tui/page"
	"interlocal/tui/records"
)

// keyCase is an act by its key and by its command.
type keyCase struct {
	as     string            // the city whose editor does it; "" is whoever has the file
	setup  []any             // records that are added
	on     string            // what the record is called; "" is the first on which it may be done
	first  []string          // acts that lead up to it, as "name argument=value", on the first record they fit
	before []string          // keys that lead up to it, pressed on the page
	lead   []string          // the acts that those keys come to, with what their record is called
	press  []string          // what answers the key; "=word" is typed
	words  map[string]string // what the command says
	// told adds to the words what the page said of itself: where its cursor was. It
	// is read from what the key did to a record; that is not the one it reports false.
	told func(before, after any, words map[string]string) bool
}

// keyCases lists the acts that pages bind to keys.
func keyCases(t *testing.T) map[string]keyCase {
	reason, today := map[string]string{"reason": "in service"}, value.DayOf(noon)
	key := publicKey(t, 9) + " laptop"
	published := []string{"event.publish"}
	held := append(published, "event.hold")
	question := func(_, after any, words map[string]string) bool {
		a, is := after.(*cyber.Answer)
		if is {
			words["cycle"], words["partner"], words["item"] = number(a.Cycle), number(a.Partner), a.Item
		}
		return is
	}
	visit := func(turned func(was, is *shadowing.Match) bool) func(_, after any, words map[string]string) bool {
		return func(before, after any, words map[string]string) bool {
			was, _ := before.(*shadowing.Match)
			is, _ := after.(*shadowing.Match)
			if was == nil || is == nil || !turned(was, is) {
				return false
			}
			words["visitor"], words["host"] = number(was.Visitor), number(was.Host)
			return true
		}
	}
	locked := visit(func(was, is *shadowing.Match) bool { return is.Locked && !was.Locked })
	declined := visit(func(was, is *shadowing.Match) bool { return is.State == "declined" && is.State != was.State })
	billed := func(_, after any, words map[string]string) bool {
		s, is := after.(*lending.Statement)
		if is {
			words["first"], words["second"], words["until"] = number(s.First), number(s.Second), s.Until.V.String()
		}
		return is
	}
	item := []string{"meeting.add title=Hotline contract"}
	tabs := func(n int, more ...string) []string { return append(slices.Repeat([]string{"tab"}, n), more...) }
	note := map[string]string{"note": "misread"}
	inMeeting := []string{"meeting.open Feb 19"}
	return map[string]keyCase{
		"loan.approve":  {},
		"loan.decline":  {press: []string{"=in service", "enter"}, words: reason},
		"loan.wait":     {},
		"loan.handover": {press: []string{"=9000", "f2"}, words: map[string]string{"meter": "9000"}},
		"loan.return":   {press: []string{"=4150", "f2"}, words: map[string]string{"meter": "4150"}},
		"loan.end":      {press: []string{"ctrl+u", "=wed 17", "enter"}, words: map[string]string{"until": "wed 17"}},
		"loan.recall":   {press: []string{"=in service", "enter", "esc"}, words: reason},
		"loan.cancel":   {press: []string{"y"}},
		"loan.noshow": {as: "Lee's Summit", on: "SAMPLE-311", press: []string{"y"}, setup: []any{&lending.Reservation{
			Unit: 8, Borrower: 4, State: lending.Approved, Start: value.Some(today.At(8, 0)),
			End: value.Some(today.At(17, 0))}}},
		"loan.amend-handover": {press: tabs(8, "=misread", "f2"), words: note},
		"loan.amend-return":   {press: tabs(11, "=misread", "f2"), words: note},
		"loan.move": {press: []string{"l", "enter"}, told: func(_, after any, words map[string]string) bool {
			v := after.(*lending.Reservation)
			words["unit"], words["from"], words["until"] = number(v.Unit), v.Start.V.String(), v.End.V.String()
			return true
		}},
		"solicitation.open": {on: "Slag", setup: []any{&buying.Solicitation{Title: "Slag", Lead: 1, Unit: "ton",
			Manner: buying.JointBid, Due: value.Some(today.At(8, 0)), State: buying.Gathering}}},
		"bid.award":      {press: []string{"y"}},
		"statement.make": {first: []string{"loan.return meter=4150"}, press: []string{"y"}, told: billed},
		"idea.adopt":     {},
		"partner.join": {setup: []any{&partnership.Partner{Name: "Liberty", Kind: partnership.City,
			Status: partnership.Invited}}},
		"partner.admit": {setup: []any{&partnership.Partner{Name: "Liberty", Kind: partnership.City,
			Status: partnership.Joining}, &partnership.Resolution{Partner: 7, Title: "Common purpose",
			Status: partnership.Passed, Date: value.Some(today)}}},
		"action.done":   {},
		"action.reopen": {},
		"meeting.open":  {on: "Feb 19"},
		"meeting.roll":  {press: []string{"enter"}},
		"meeting.add": {press: []string{"=Hotline contract 10m", "enter"},
			words: map[string]string{"title": "Hotline contract 10m"}},
		"agenda.later":    {first: item},
		"agenda.earlier":  {first: item, on: "Hotline", before: []string{"down"}},
		"agenda.remove":   {press: []string{"y"}},
		"agenda.turn":     {first: item, on: "Hotline", before: []string{"b"}, lead: inMeeting},
		"meeting.close":   {before: []string{"b"}, lead: inMeeting, press: []string{"y"}},
		"meeting.approve": {press: []string{"y"}},
		"meeting.amend": {first: []string{"meeting.approve"}, press: []string{"=Four to none.", "enter"},
			words: map[string]string{"text": "Four to none."}},
		"user.add-key":    {press: []string{"=" + key, "enter"}, words: map[string]string{"key": key}},
		"user.disable":    {on: "lee", press: []string{"y"}},
		"user.enable":     {before: []string{"D", "y"}, lead: []string{"user.disable"}, on: "lee"},
		"event.open":      {press: []string{"down", "down", "enter"}},
		"event.draft":     {first: []string{"event.open"}, press: []string{"down", "enter"}},
		"event.publish":   {press: []string{"enter", "y"}},
		"event.hold":      {first: published, press: []string{"enter"}},
		"event.close":     {first: held, press: []string{"enter"}},
		"event.reopen":    {press: []string{"enter"}},
		"event.match":     {press: []string{"y"}},
		"event.drop":      {press: []string{"=calvin", "enter"}, words: map[string]string{"person": "Calvin Roark"}},
		"event.lock":      {press: []string{"y"}, told: locked},
		"event.rule-out":  {press: []string{"y"}, told: declined},
		"match.confirm":   {},
		"match.unconfirm": {before: []string{"c"}, lead: []string{"match.confirm"}},
		"match.missed":    {first: published},
		"answer.give":     {words: map[string]string{"level": "1"}, told: question},
		"answer.flag":     {told: question},
		"answer.note": {press: []string{"=Ask Pat", "enter"}, told: question,
			words: map[string]string{"note": "Ask Pat"}},
	}
}

// elsewhere are the acts on keys that this walk leaves out, and why.
func elsewhere() map[string]string {
	return map[string]string{
		"loan.book": "TestABookingByKeyAndByCommand", "need.gather": "TestASolicitationByKeyAndByCommand",
		"user.role": "TestARoleByKeyAndByCommand", "user.invite": "its code is random",
		"meeting.vote": "TestAMeetingByKeysAndByCommands", "event.repair": "TestADropoutIsRepairedAndToldOf",
		"event.tell": "TestADropoutIsRepairedAndToldOf", "event.unlock": "TestEveryChangeSaysItsPriceFirst",
		"event.add": "TestEveryChangeSaysItsPriceFirst", "event.swap": "TestEveryChangeSaysItsPriceFirst",
		"assess.begin": "TestBeginningWithLastYear", "assess.consent": "TestConsentAndRelease",
		"cycle.invite": "TestSayingWhoTakesPart", "solution.suggest": "TestSuggestionsStartAPortfolio",
	}
}

func number[T any](id field.ID[T]) string { return fmt.Sprintf("#%d", id) }

// place is where a key stands for an act.
type place struct{ view, kind, key string }

// placesOf lists where the keys of a session's pages stand for which acts: a list
// of the records that the act is done to before a page.
func placesOf(s *Session, into map[string]place) {
	add := func(p place, list []page.Action) {
		for _, a := range list {
			for _, name := range a.Acts {
				if was, known := into[name]; !known || was.view != "" && p.view == "" {
					into[name] = place{p.view, p.kind, a.Key.Keys()[0]}
				}
			}
		}
	}
	for _, tab := range s.tabs {
		screen, ok := tab.screen().(*records.Screen)
		if !ok {
			continue
		}
		for _, kind := range tab.kinds {
			add(place{kind: kind}, screen.Acting(kind))
		}
		for _, v := range screen.Views() {
			switch v := v.(type) {
			case interface {
				records.View
				Acting() []page.Action
			}:
				add(place{view: v.Name()}, v.Acting())
			case interface {
				records.View
				Acting() page.Keymap
			}:
				add(place{view: v.Name()}, v.Acting())
			}
		}
	}
}

// places walks a session through the states of a meeting, on which its keys depend.
func places(t *testing.T, st *store.Store) map[string]place {
	out := map[string]place{}
	r := play(t, st, dana(), 120, 36).press("g", "u", "g", "m")
	placesOf(r.s, out)
	for _, keys := range [][]string{{"b"}, {"C", "y"}, {"A", "y"}} {
		placesOf(r.press(keys...).s, out)
	}
	return out
}

// fits gives the first record called so on which somebody may do an act, or 0.
func fits(t *testing.T, st *store.Store, id access.Identity, a *field.Act, called string) uint64 {
	t.Helper()
	view, now := st.As(id).View(), st.As(id).Now()
	env, k := field.NewEnv(view, now.Day()), view.Schema().Kind(a.On)
	for n, rec := range view.Scan(a.On) {
		if run.May(view, id, a, n, now) == nil && strings.Contains(env.Title(k, rec), called) {
			return n
		}
	}
	return 0
}

// ready makes a store of a case: a copy of the story, and what leads up to it.
func (c *keyCase) ready(t *testing.T, story []byte) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, story, 0o600); err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(path, store.Options{Schema: model.NewSchema(), Zone: partnership.ZoneOf,
		Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	add(t, st, c.setup...)
	for _, line := range c.first {
		name, said, _ := strings.Cut(line, " ")
		words := map[string]string{}
		if argument, value, ok := strings.Cut(said, "="); ok {
			words[argument] = value
		}
		command(t, st, dana(), name, fits(t, st, dana(), model.NewActs().Named(name), ""), words)
	}
	return st
}

// who does it.
func (c *keyCase) who(t *testing.T, st *store.Store) access.Identity {
	if c.as == "" {
		return dana()
	}
	return of(t, st, c.as, access.Editor)
}

// byKey presses the key of an act on a record, and gives what it did.
func (c *keyCase) byKey(t *testing.T, st *store.Store, a *field.Act, p place) *store.Entry {
	t.Helper()
	route, id := app.Route{View: p.view, Kind: p.kind}, c.who(t, st)
	if a.On != "" {
		route.Kind, route.ID = a.On, fits(t, st, id, a, c.on)
	}
	r := play(t, st, id, 120, 36)
	r.do(r.s.app.Open(route))
	r.press(c.before...).press(p.key)
	for _, k := range c.press {
		if word, typed := strings.CutPrefix(k, "="); typed {
			r.types(word)
		} else {
			r.press(k)
		}
	}
	entries, err := st.As(dana()).Recent(3, 0)
	for i := range entries {
		if entries[i].Op.Act == a.Name {
			return &entries[i]
		}
	}
	t.Errorf("%s: %s does not do it (%v):\n%s", a.Name, p.key, err, r.screen())
	return nil
}

// TestEveryActByKeyIsAsByCommand: each act that a page binds to a key leaves the
// same records, column by column, as its command with the same arguments.
func TestEveryActByKeyIsAsByCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("two files an act")
	}
	st := story(t)
	staffed(t, st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	story, err := os.ReadFile(st.Path())
	if err != nil {
		t.Fatal(err)
	}
	cases := keyCases(t)
	bound := places(t, (&keyCase{}).ready(t, story))
	for _, a := range model.NewActs() {
		p, on := bound[a.Name]
		c, told := cases[a.Name]
		_, left := elsewhere()[a.Name]
		switch {
		case on && !told && !left:
			t.Errorf("%s has the key %s on %s%s, and no case here", a.Name, p.key, p.view, p.kind)
		case !on && (told || left):
			t.Errorf("%s has a case here and no key", a.Name)
		case told:
			t.Run(a.Name, func(t *testing.T) { c.compare(t, story, a, p) })
		}
	}
}

// compare does an act both ways.
func (c *keyCase) compare(t *testing.T, story []byte, a *field.Act, p place) {
	byKey, byCommand := c.ready(t, story), c.ready(t, story)
	done := c.byKey(t, byKey, a, p)
	if done == nil {
		return
	}
	words := map[string]string{}
	for k, v := range c.words {
		words[k] = v
	}
	rec := c.changed(done, a, words)
	for _, line := range c.lead {
		name, called, _ := strings.Cut(line, " ")
		lead, at := model.NewActs().Named(name), rec
		if lead.On != a.On {
			at = fits(t, byCommand, dana(), lead, called)
		}
		command(t, byCommand, c.who(t, byCommand), name, at, nil)
	}
	if fit := fits(t, byCommand, c.who(t, byCommand), a, c.on); rec == 0 || c.on != "" {
		rec = fit
	}
	command(t, byCommand, c.who(t, byCommand), a.Name, rec, words)
	same(t, byKey, byCommand)
}

// changed gives the record that an act was done to, if it is among those that it
// changed, and adds to the words what the page said.
func (c *keyCase) changed(done *store.Entry, a *field.Act, words map[string]string) (rec uint64) {
	told := c.told == nil
	for i := range done.Changes {
		change := &done.Changes[i]
		if change.Kind == a.On && !a.Apart && rec == 0 {
			rec = change.ID
		}
		told = told || c.told(change.Before, change.After, words)
	}
	return rec
}
