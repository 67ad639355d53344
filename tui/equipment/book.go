package equipment

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"interlocal/model/access"
	"interlocal/model/lending"
	"interlocal/model/lending/loans"
	"interlocal/model/partnership"
	"interlocal/model/value"
	"interlocal/tui/act"
	"interlocal/tui/app"
	"interlocal/tui/frame"
	"interlocal/tui/overlay"
	"interlocal/tui/page"
)

// booking is the line in which a loan is asked for. Below it stand what fits,
// what is in the way and when else it could be had, after every letter.
type booking struct {
	*search
	instead lending.ReservationID // the loan that this one makes up for
	keys    struct{ book, wait, up, down, leave key.Binding }
}

// Book opens the booking line over whatever is shown.
func Book(d *app.App) tea.Cmd { return book(d, "") }

// book opens the booking line with what is known already.
func book(d *app.App, line string) tea.Cmd { return bookFor(d, line, 0) }

// bookUnit is book with a unit that is meant as long as the line names no other.
func bookUnit(d *app.App, tag string) tea.Cmd {
	return openBooking(d, &booking{search: newSearch(d, "", offered)}, tag)
}

// bookFor is book for what makes up for another loan.
func bookFor(d *app.App, line string, instead lending.ReservationID) tea.Cmd {
	return openBooking(d, &booking{search: newSearch(d, line, offered), instead: instead}, "")
}

// offered is how many units the booking line lists.
const offered = 40

func openBooking(d *app.App, b *booking, tag string) tea.Cmd {
	if !mayBook(d) {
		return nil
	}
	b.unit = tag
	b.bindKeys()
	d.Dialogs.Push(b)
	return b.ask()
}

// bindKeys names the keys of the window.
func (b *booking) bindKeys() {
	bind := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	b.keys.book, b.keys.wait = bind("Enter", "book", "enter"), bind("Tab", "ask or wait for it all the same", "tab")
	b.keys.up, b.keys.down, b.keys.leave = bind("↑", "up", "up"), bind("↓", "next offer", "down"), bind("Esc",
		"close", "esc")
}

// mayBook reports whether the user may ask for loans at all, and says why not.
func mayBook(d *app.App) bool {
	id, k := d.Me.Identity(), d.Kind(lending.KindReservations)
	if id.Rights(k).Change != access.None {
		return true
	}
	d.Fail(id.MayChange(k, true, false, nil, nil))
	return false
}

// Title implements overlay.Titled.
func (b *booking) Title() string { return "Book" }

// Help implements overlay.Dialog.
func (b *booking) Help() []key.Binding {
	enter := b.keys.book
	if o := b.current(); o != nil && !o.Free {
		enter.SetHelp("Enter", "take the nearest free time")
		if !o.Next.Set {
			enter.SetHelp("Enter", "wait for it")
		}
		if len(o.Taken) > 0 {
			return []key.Binding{b.keys.wait, b.keys.down, b.keys.up, b.keys.leave}
		}
		return []key.Binding{enter, b.keys.down, b.keys.wait, b.keys.up, b.keys.leave}
	}
	return []key.Binding{enter, b.keys.down, b.keys.up, b.keys.leave}
}

// Size implements overlay.Dialog.
func (b *booking) Size(room frame.Rect) (w, h int) { return min(room.W, 96), min(room.H, 15) }

// Update implements overlay.Dialog.
func (b *booking) Update(msg tea.Msg) (done bool, cmd tea.Cmd) {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		if _, paste := msg.(tea.PasteMsg); paste {
			return false, b.edit(msg)
		}
		return false, nil
	}
	switch {
	case key.Matches(press, b.keys.leave):
		return true, nil
	case key.Matches(press, b.keys.up):
		b.move(-1)
	case key.Matches(press, b.keys.down):
		b.move(1)
	case key.Matches(press, b.keys.book):
		return false, b.answered(func() tea.Cmd { return b.take(false) })
	case key.Matches(press, b.keys.wait):
		return false, b.answered(func() tea.Cmd { return b.take(true) })
	default:
		return false, b.edit(msg)
	}
	return false, nil
}

// take books the offer under the cursor, or first moves to the nearest time at
// which it is free.
func (b *booking) take(anyway bool) tea.Cmd {
	o := b.current()
	switch {
	case o == nil || !b.said.Ready():
		b.d.Say(overlay.Info, b.missing())
		return nil
	case b.borrower() == 0:
		b.d.Say(overlay.Info, "For whom? Add the city at the end: "+b.entry.Value()+" raytown")
		return nil
	case !o.Free && !anyway && len(o.Taken) > 0:
		b.d.Say(overlay.Info, o.refusal(b.d.Today()))
		return nil
	case !o.Free && !anyway && o.Next.Set:
		b.said.What = o.Tag
		b.said.Start, b.said.End = value.Some(o.Next.V.Start), value.Some(o.Next.V.End)
		b.entry.SetValue(b.rewritten(o))
		return b.ask()
	}
	return b.request(*o, anyway || !o.Free)
}

// rewritten is the line with the unit and time of an offer.
func (b *booking) rewritten(o *offer) string {
	line := o.Tag + " " + loans.WriteWhen(o.Next.V.Start, o.Next.V.End)
	if b.said.Borrower != 0 {
		line += " for " + b.d.Env().Label(partnership.KindPartners, uint64(b.said.Borrower))
	}
	if b.said.Purpose != "" {
		line += ": " + b.said.Purpose
	}
	return line
}

// missing says what the line still lacks.
func (b *booking) missing() string {
	switch {
	case b.said.What == "":
		return "Say what is wanted: a tag, or the beginning of a name: vac tue 8-17"
	case !b.said.Start.Set:
		return "Say when: " + b.said.What + " tue 8-17"
	case b.said.Fault != "":
		return sentence(b.said.Fault)
	}
	return "Nothing fits; try fewer letters."
}

// request stores the booking. The line comes back when it is refused, since
// somebody may have been faster.
func (b *booking) request(o offer, wait bool) tea.Cmd {
	d, line := b.d, b.line()
	ask := loans.Asking{Order: o.Order}
	ask.Instead, ask.Wait = b.instead, wait
	d.Dialogs.Pop()
	return act.Do(d, act.Offer{Act: loans.Acts().Named("loan.book"), Ask: []string{},
		Preset: func(args any) { *args.(*loans.Asking) = ask },
		Fails: func(err error) tea.Cmd {
			again := &booking{search: newSearch(d, line, offered), instead: ask.Instead}
			again.bindKeys()
			d.Dialogs.Push(again)
			again.said, again.offers, again.at, again.asked, again.known = b.said, b.offers, b.at, b.asked, b.known
			d.Fail(err)
			return nil
		}})
}

// Draw implements overlay.Dialog.
func (b *booking) Draw(f *frame.Frame, r frame.Rect) {
	t := b.d.Theme
	line, rest := r.SplitTop(1)
	f.At(line.X, line.Y)
	f.Text(t.Over(t.InputFocus, t.Accent), "› ", 2)
	_, field := line.SplitLeft(2)
	hint := "vac tue 8-17 … what, when, for whom, what for"
	if b.unit != "" {
		hint = "tue 8-17 for " + b.unit + ", or another: vac tue 8-17"
	}
	b.entry.Draw(f, field, t, hint)
	read, rest := rest.SplitTop(1)
	f.At(read.X, read.Y)
	f.Text(t.Dim, "  "+b.read(), read.W)
	f.HLine(rest.X, rest.Y, rest.W, t.Faint)
	_, rest = rest.SplitTop(1)
	says, rest := rest.SplitBottom(4)
	switch {
	case len(b.offers) == 0 && b.said.What == "" && b.unit == "":
		page.DrawLines(f, rest, t, []string{"vac tue 8-17", "any dump 10+ tue-thu grandview: overlay",
			"sweeper mar 4 8-12 weekly x6 except mar 18",
			"", "A tag or the beginning of a name, then the day and the hours."})
	case len(b.offers) == 0 && b.known == b.asked:
		page.DrawLines(f, rest, t, []string{b.missing()})
	default:
		b.drawOffers(f, rest)
	}
	f.HLine(says.X, says.Y, says.W, t.Faint)
	_, says = says.SplitTop(1)
	page.DrawLines(f, says, t, b.verdict())
}

// refusal says when else an offer could be had and who has it.
func (o *offer) refusal(today value.Day) string {
	says := o.Title + ": " + o.Why + "."
	if o.follows {
		says = o.Title + " " + o.Why + "."
	}
	if o.Next.Set {
		says = "Nearest free: " + when(o.Next.V.Start, o.Next.V.End, today) + ". " + says
	}
	return says
}

// dates says when a booking repeats and which dates are left out.
func (b *booking) dates() []string {
	l, today := b.said, b.d.Today()
	if len(l.Out) == 0 {
		return nil
	}
	var out []string
	for _, d := range l.Out {
		out = append(out, loans.DayText(d, today))
	}
	times := l.Times(l.Start.V, l.End.V)
	return []string{"Left out: " + strings.Join(out, ", ") + ". The last is " +
		loans.DayText(times[len(times)-1].Start.Day(), today) + "."}
}

// verdict says in a sentence what Enter would do.
func (b *booking) verdict() []string {
	o := b.current()
	if o == nil {
		return nil
	}
	if !b.said.Ready() {
		return append([]string{b.missing()}, o.says...)
	}
	if o.Free {
		lines := append(b.dates(), o.says...)
		return append([]string{o.Title + " is free " + when(b.said.Start.V, b.said.End.V, b.d.Today()) + "."}, lines...)
	}
	return append([]string{o.refusal(b.d.Today())}, o.says...)
}
