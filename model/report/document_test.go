package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"pgregory.net/rapid"

	"interlocal/model"
	"interlocal/model/access"
	"interlocal/model/buying"
	"interlocal/model/document"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/text"
	"interlocal/model/value"
)

// written gives a document in its three forms.
func written(t *testing.T, d *document.Document) (md, page, txt string) {
	t.Helper()
	var a, b, c strings.Builder
	if err := errors.Join(d.Markdown(&a), d.HTML(&b), d.Text(&c, 80)); err != nil {
		t.Fatal(err)
	}
	return a.String(), b.String(), c.String()
}

func TestBriefingOfAStory(t *testing.T) {
	r := sample.Story(today).Reader()
	md, page, txt := written(t, Briefing(r, field.Get(r, partnership.PartnerID(4)), morning()))
	golden(t, "briefing.md", md)
	golden(t, "briefing.html", page)
	golden(t, "briefing.txt", txt)
	// A page of Letter in this style holds about 54 lines of 110 characters.
	var wide strings.Builder
	_ = Briefing(r, field.Get(r, partnership.PartnerID(4)), morning()).Text(&wide, 110)
	body, _, _ := strings.Cut(wide.String(), "\nSources\n")
	n := 0
	for line := range strings.Lines(body) {
		if strings.Trim(line, "-= \n") != "" {
			n++
		}
	}
	if n > 54 {
		t.Errorf("%d lines are more than a page:\n%s", n, body)
	}
}

// TestABriefingOfAYoungFile: what nobody has recorded yet is no part of the
// paper, and its author is told of it.
func TestABriefingOfAYoungFile(t *testing.T) {
	for name, r := range map[string]field.Reader{"founding": founding(), "story": sample.Story(today).Reader()} {
		for p := range field.All[partnership.Partner](r) {
			if !p.Governs() {
				continue
			}
			d := Briefing(r, p, morning())
			md, page, txt := written(t, d)
			for _, s := range append(strings.Split(md+page+txt, "\n"), d.Title) {
				if strings.Contains(s, document.NotRecorded) {
					t.Errorf("%s, %s: %q", name, p.Name, s)
				}
			}
			for _, s := range d.Sections {
				if len(s.Blocks) == 0 {
					t.Errorf("%s, %s: nothing stands under %s", name, p.Name, s.Heading)
				}
			}
		}
	}
	r := founding()
	d := Briefing(r, field.Get(r, partnership.PartnerID(5)), morning())
	for _, want := range []string{"Raytown: whether it adopted the statement of common purpose, 2021 revised",
		"Joint supervisory training: lead, who takes part and for what share of the cost and funding",
		"Raytown: when its governing body was last briefed"} {
		if !slices.Contains(d.Blanks, want) {
			t.Errorf("the author is not told %q but %q", want, d.Blanks)
		}
	}
}

func TestReports(t *testing.T) {
	story, fresh, empty := sample.Story(today).Reader(), founding(), fieldtest.NewMemory(model.NewSchema())
	for _, rep := range Reports() {
		again, ok := ReportNamed(rep.Name)
		if !ok || again.Title != rep.Title {
			t.Errorf("%s is not found by its name", rep.Name)
		}
		for name, r := range map[string]field.Reader{"story": story, "founding": fresh, "empty": empty} {
			d, err := rep.Build(r, About{Partner: 1}, morning())
			if rep.NeedsPartner && name == "empty" {
				if failure.CodeOf(err) != failure.NotFound {
					t.Errorf("%s of an unknown partner: %v", rep.Name, err)
				}
				continue
			}
			if rep.Of != "" && name != "story" && failure.CodeOf(err) == failure.NotFound {
				continue // there is none to report on
			}
			if err != nil {
				t.Errorf("%s, %s: %v", rep.Name, name, err)
				continue
			}
			md, page, txt := written(t, d)
			wellFormed(t, page)
			traceable(t, r, d)
			for i, line := range strings.Split(txt, "\n") {
				if text.Width(line) > 80 {
					t.Errorf("%s, %s: line %d is %d wide: %q", rep.Name, name, i, text.Width(line), line)
				}
			}
			if name == "story" && rep.Name != "briefing" {
				golden(t, rep.Name+".md", md)
			}
		}
	}
	if _, ok := ReportNamed("nothing"); ok {
		t.Error("an unknown report is found")
	}
	if _, err := briefingOf(fresh, About{Partner: 6}, morning()); failure.CodeOf(err) != failure.Invalid {
		t.Errorf("a facilitator has no governing body: %v", err)
	}
}

// wellFormed reads a page as XML, with the few elements that HTML leaves open
// closed.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	page = strings.NewReplacer("<!DOCTYPE html>", "", `<meta charset="utf-8">`, "",
		`<meta name="viewport" content="width=device-width, initial-scale=1">`, "").Replace(page)
	d := xml.NewDecoder(strings.NewReader(page))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
	}
}

func runs(d *document.Document) []document.Run {
	var out []document.Run
	add := func(t document.Text) { out = append(out, t...) }
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case document.Paragraph:
				add(b.Text)
			case document.Remark:
				add(b.Text)
			case document.List:
				for _, item := range b.Items {
					add(item)
				}
			case document.Table:
				for _, row := range b.Rows {
					for _, cell := range row {
						add(cell)
					}
				}
			}
		}
	}
	return out
}

// traceable checks that every mark has a source and every source a mark, that
// sources name records that are there, and that no amount, share or counted
// figure goes without a mark.
func traceable(t *testing.T, r field.Reader, d *document.Document) {
	t.Helper()
	used := map[string]bool{}
	numbered := regexp.MustCompile(`^\w+s #\d`)
	figure := regexp.MustCompile(`\$\d|\d%|\d+ (loans?|hours?|people|person)\b`)
	for _, run := range runs(d) {
		for _, m := range run.Marks {
			used[m] = true
		}
		if len(run.Marks) == 0 && figure.MatchString(run.Text) {
			t.Errorf("%s: %q has no source", d.Title, run.Text)
		}
	}
	for _, s := range d.Sources {
		if !used[s.Mark] {
			t.Errorf("%s: source [%s] is not used", d.Title, s.Mark)
		}
		delete(used, s.Mark)
		if s.Kind != "" && r.Get(s.Kind, s.ID) == nil {
			t.Errorf("%s: source %q is not there", d.Title, s.Text)
		}
		if numbered.MatchString(s.Text) {
			t.Errorf("%s: source %q is named by the program's number", d.Title, s.Text)
		}
	}
	if len(used) > 0 {
		t.Errorf("%s: marks without a source: %v", d.Title, used)
	}
}

// TestBriefingCounts works figures out by hand: the city is briefed a year
// ago, lends one loan of 10 hours, borrows one of 33.5 and one before the last
// briefing, and uses a unit of its own; it buys with others once before and twice
// since.
func TestBriefingCounts(t *testing.T) {
	wall := func(days, hour, minute int) value.Opt[value.Wall] {
		return value.Some((today + value.Day(days)).At(hour, minute))
	}
	loan := func(unit lending.EquipmentID, borrower partnership.PartnerID, state lending.ReservationState, start,
		end value.Opt[value.Wall]) lending.Reservation {
		return lending.Reservation{Unit: unit, Borrower: borrower, State: state, Start: start, End: end}
	}
	award := func(days int, quantity int64, price, alone value.Cents) buying.Award {
		return buying.Award{On: fieldtest.On(days),
			Lines: []buying.AwardLine{{Partner: 4, Quantity: value.Some(quantity),
				Price: value.Some(price), Baseline: value.Some(alone)}}}
	}
	r := file(
		lending.Equipment{ID: 1, Tag: "A", Name: "Ours", Owner: 4}, lending.Equipment{ID: 2, Tag: "B", Name: "Theirs",
			Owner: 5},
		award(-301, 10, 5_00, 6_00), award(-20, 10, 5_00, 6_00), award(-3, 2, 9_00, 7_50),
		partnership.Briefing{Partner: 4, Date: fieldtest.On(-300), Status: partnership.BriefingGiven},
		loan(1, 5, lending.Returned, wall(-20, 7, 0), wall(-20, 17, 0)),
		loan(2, 4, lending.OutOnLoan, wall(-1, 7, 0), wall(0, 16, 30)),
		loan(2, 4, lending.Returned, wall(-301, 7, 0), wall(-301, 17, 0)),
		loan(1, 4, lending.Returned, wall(-9, 7, 0), wall(-9, 17, 0)),
		loan(1, 3, lending.Declined, wall(-8, 7, 0), wall(-8, 17, 0)),
		loan(1, 3, lending.Approved, wall(1, 7, 0), wall(1, 17, 0)),
	)
	_, _, txt := written(t, Briefing(r, field.Get(r, partnership.PartnerID(4)), morning()))
	for _, want := range []string{"Equipment lent: 1 loan, 10 hours", "Equipment borrowed: 1 loan, 33.5 hours",
		"since it was last briefed, Apr 26, 2026", "Bought together: $68, $7 less than alone"} {
		if !strings.Contains(txt, want) {
			t.Errorf("no %q in\n%s", want, txt)
		}
	}
	if strings.Contains(txt, "Job shadowing") {
		t.Errorf("nobody signed up for anything:\n%s", txt)
	}
}

// TestNothingPrivate: a document made for a viewer holds no value the viewer
// may not see.
func TestNothingPrivate(t *testing.T) {
	s := sample.Story(today)
	s.People[30].Mobile, s.People[30].Note, s.Signups[12].Needs = "816-555-0777", "secret-note", "secret-needs"
	viewer := seenBy(s.Reader(), access.Identity{Role: access.Viewer, Partner: 1})
	for _, rep := range Reports() {
		d, err := rep.Build(viewer, About{Partner: 4}, morning())
		if err != nil {
			t.Fatal(err)
		}
		md, page, txt := written(t, d)
		if all := md + page + txt; strings.Contains(all, "0777") || strings.Contains(all, "secret") {
			t.Errorf("%s holds private values", rep.Name)
		}
	}
}

// TestEscapes: whatever stands in a record comes out of a Markdown or a web
// page as the same text, and never as markup.
func TestEscapes(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	tags := regexp.MustCompile(`<[^>]*>`)
	word := rapid.StringOfN(rapid.SampledFrom([]rune("ab1 2.)(*_`[]<>|\\~&#+-=!:/{}\"'$^é")), 1, 24, -1)
	same := func(t rapid.TB, s string) {
		d := &document.Document{Title: "T", Sections: []document.Section{{Heading: "H", Blocks: []document.Block{
			document.Paragraph{Text: document.Plain(s)}, document.List{Items: []document.Text{document.Plain(s)}},
			document.Remark{Text: document.Plain(s)},
			document.Table{Head: []string{"c"}, Rows: [][]document.Text{{document.Plain(s)}}}}}}}
		var src, out bytes.Buffer
		_ = d.Markdown(&src)
		if err := md.Convert(src.Bytes(), &out); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"p", "li", "td"} {
			inner := regexp.MustCompile(`(?s)<` + want + `[^>]*>(.*?)</` + want + `>`).FindStringSubmatch(out.String())
			if inner == nil {
				t.Fatalf("no <%s> in\n%s\nfrom\n%s", want, out.String(), src.String())
			}
			if got := html.UnescapeString(tags.ReplaceAllString(inner[1], "")); got != s {
				t.Fatalf("<%s> says %q, want %q\n%s", want, got, s, src.String())
			}
		}
		var page bytes.Buffer
		_ = d.HTML(&page)
		if n := strings.Count(page.String(), html.EscapeString(s)); n < 4 {
			t.Fatalf("%q stands in the page %d times", s, n)
		}
	}
	for _, s := range []string{"~~a~~", "**a**", "__a__", "1. a", "12) a", "- a", "+ a", "# a", "[a](b)", "![a](b)",
		"<b>", "<!-- a", "a|b",
		"&lt;", "&amp;", "\\*a", "`a`", "| a", "===", "---", "> a", "https://a.example/b_c_d?e=1&f=2", "[p7]: x",
		"[^1]", "- [ ] a"} {
		same(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		if s := text.OneLine(word.Draw(t, "text")); s != "" {
			same(t, s)
		}
	})
}

func TestTally(t *testing.T) {
	c := &citations{r: file()}
	ids := make([]uint64, 30)
	for i := range ids {
		ids[i] = uint64(i + 1)
	}
	c.tally("30", "people", ids, "counted")
	c.tally("none", "people", nil, "counted")
	c.mark("programs", 2, "lead")
	c.mark("programs", 2, "lead", "funding")
	c.mark("partners", 9)
	got := c.sources()
	want := []document.Source{{Mark: "m9", Text: "partner #9", Kind: "partners", ID: 9},
		{Mark: "p2", Text: "program #2: lead, funding", Kind: "programs", ID: 2}}
	if !slices.Equal(got[:2], want) || !strings.HasSuffix(got[2].Text, "counted; 30 people") ||
		got[3].Text != "counted; no people on file match" {
		t.Errorf("%+v", got)
	}
}

// FuzzText: no width and no text makes a line longer than asked for.
func FuzzText(f *testing.F) {
	f.Add("Dana Reyes", 80)
	f.Add("東京都 very-long-word-that-cannot-be-broken-anywhere-at-all-not-even-here 👩‍👩‍👧", 41)
	f.Fuzz(func(t *testing.T, s string, width int) {
		s, width = text.OneLine(text.Line(s, 300)), 40+(width%80+80)%80
		d := &document.Document{Title: s,
			Sections: []document.Section{{Heading: "H",
				Blocks: []document.Block{document.Paragraph{Text: document.Plain(s)},
					document.List{Items: []document.Text{document.Plain(s)}},
					document.Table{Head: []string{"a", "b", "c"}, Right: []bool{false, true, false},
						Rows: [][]document.Text{{document.Plain(s), document.Plain(s), document.Plain("x")}}}}}}}
		var b strings.Builder
		_ = d.Text(&b, width)
		for line := range strings.SplitSeq(b.String(), "\n") {
			if text.Width(line) > width {
				t.Fatalf("%d columns instead of %d: %q", text.Width(line), width, line)
			}
		}
	})
}
