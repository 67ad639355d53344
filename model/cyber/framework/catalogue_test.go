package framework_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/text"
)

// sharedFile gives the path of a file of official texts kept beside the
// repository, and skips the test where there is none.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no repository around the test")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "csf", name)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the official texts are not here")
	}
	return path
}

// sharedRows reads a table of official texts without its header.
func sharedRows(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func mustLookup(t testing.TB, v framework.Version) *framework.Framework {
	t.Helper()
	f, ok := framework.Lookup(v)
	if !ok {
		t.Fatalf("version %s is not built in", v)
	}
	return f
}

func TestCatalogueCounts(t *testing.T) {
	want := map[framework.Version]struct {
		categories, items int
		functions         []string
	}{
		framework.CSF20: {22, 106, []string{"GV 31", "ID 21", "PR 22", "DE 11", "RS 13", "RC 8"}},
		framework.CSF11: {23, 108, []string{"ID 29", "PR 39", "DE 18", "RS 16", "RC 6"}},
	}
	all := framework.Catalogue()
	if len(all) != 2 || all[0].Version != framework.CSF20 || all[1].Version != framework.CSF11 {
		t.Fatalf("catalogue holds %d frameworks", len(all))
	}
	for _, f := range all {
		var functions []string
		for _, fn := range f.Functions {
			functions = append(functions, string(fn.ID)+" "+framework.Digits(fn.To-fn.From))
		}
		w := want[f.Version]
		if len(f.Items) != w.items || len(f.Categories) != w.categories || !slices.Equal(functions, w.functions) {
			t.Errorf("CSF %s: %d items, %d categories, %v", f.Version, len(f.Items), len(f.Categories), functions)
		}
	}
}

func TestCatalogueHangsTogether(t *testing.T) {
	for _, f := range framework.Catalogue() {
		at, cat := 0, 0
		for _, fn := range f.Functions {
			if fn.From != at || fn.CatFrom != cat || fn.Name == "" {
				t.Errorf("%s %s begins at %d, %d; want %d, %d", f.Version, fn.ID, fn.From, fn.CatFrom, at, cat)
			}
			at, cat = fn.To, fn.CatTo
		}
		if at != len(f.Items) || cat != len(f.Categories) {
			t.Errorf("CSF %s: the functions end at %d, %d", f.Version, at, cat)
		}
		for _, c := range f.Categories {
			for i := c.From; i < c.To; i++ {
				if f.Items[i].ID.Category() != c.ID || f.Items[i].Number != i+1 {
					t.Errorf("%s stands in %s as number %d", f.Items[i].ID, c.ID, f.Items[i].Number)
				}
				if got, ok := f.Item(f.Items[i].ID); !ok || got != f.Items[i] {
					t.Errorf("%s is not found by its ID", f.Items[i].ID)
				}
			}
		}
	}
	if _, ok := framework.Lookup("3.0"); ok {
		t.Error("a version 3.0 was found")
	}
}

func TestCatalogueIsTheCallersOwn(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	f.Items[0].Question, f.Functions[0].Name, f.Categories[0].Name = "", "", ""
	g := mustLookup(t, framework.CSF20)
	if g.Items[0].Question == "" || g.Functions[0].Name == "" || g.Categories[0].Name == "" {
		t.Error("a change by one caller reached another")
	}
}

func TestCatalogueMatchesOfficialNumbers(t *testing.T) {
	for version, name := range map[framework.Version]string{framework.CSF20: "csf20.tsv",
		framework.CSF11: "csf11.tsv"} {
		f := mustLookup(t, version)
		official := map[framework.ID][2]string{}
		for _, row := range sharedRows(t, name) {
			official[framework.ID(row[0])] = [2]string{row[1], row[2]}
		}
		if len(official) != len(f.Items) {
			t.Errorf("CSF %s: %d official subcategories, %d here", version, len(official), len(f.Items))
		}
		for _, it := range f.Items {
			fn, _ := f.Function(it.ID.Function())
			c, _ := f.Category(it.ID.Category())
			want := [2]string{string(fn.ID) + " " + fn.Name, string(c.ID) + " " + c.Name}
			if official[it.ID] != want {
				t.Errorf("%s: %v, officially %v", it.ID, want, official[it.ID])
			}
		}
	}
}

func TestQuestionsReadWell(t *testing.T) {
	seen := map[string]framework.ID{}
	for _, f := range framework.Catalogue() {
		for _, it := range f.Items {
			for kind, text := range map[string]string{"question": it.Question, "in place": it.InPlace,
				"proof": it.Proof, "two": it.Steps.Two, "three": it.Steps.Three, "four": it.Steps.Four,
				"seven": it.Steps.Seven, "apart": it.Apart} {
				if text == "" && (kind == "apart" || f.Version == framework.CSF11) {
					continue
				}
				if other, twice := seen[text]; twice {
					t.Errorf("%s and %s share the %s %q", it.ID, other, kind, text)
				}
				seen[text] = it.ID
				if text != strings.TrimSpace(text) || strings.Contains(text, "  ") ||
					!unicode.IsUpper([]rune(text)[0]) {
					t.Errorf("%s: %s is untidy: %q", it.ID, kind, text)
				}
			}
			if n := len(it.Question); n < 40 || n > 230 || !strings.HasSuffix(it.Question, "?") {
				t.Errorf("%s: the question has %d characters: %q", it.ID, n, it.Question)
			}
			if !strings.HasSuffix(it.InPlace, ".") || !strings.HasSuffix(it.Proof, ".") || len(it.InPlace) > 160 ||
				len(it.Proof) > 160 {
				t.Errorf("%s: hints %q, %q", it.ID, it.InPlace, it.Proof)
			}
		}
	}
	if len(seen) != 3*(106+108)+4*106+12 {
		t.Errorf("%d texts", len(seen))
	}
}

// words splits a text into lower-case words without punctuation.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) &&
			!unicode.IsDigit(r)
	})
}

// runs gives every run of six words of a text.
func runs(s string) []string {
	var out []string
	w := words(s)
	for i := 0; i+6 <= len(w); i++ {
		out = append(out, strings.Join(w[i:i+6], " "))
	}
	return out
}

func TestWordingIsOurs(t *testing.T) {
	official := map[string]bool{}
	for _, source := range []struct {
		name   string
		column int
	}{{"csf20.tsv", 3}, {"csf11.tsv", 3}, {"csf20_examples.tsv", 2}, {"csf20_functions_categories.tsv", 4}} {
		for _, row := range sharedRows(t, source.name) {
			for _, run := range runs(row[source.column]) {
				official[run] = true
			}
		}
	}
	if len(official) < 3000 {
		t.Fatalf("only %d runs of official text to compare with", len(official))
	}
	for _, f := range framework.Catalogue() {
		for _, it := range f.Items {
			for _, run := range runs(strings.Join([]string{it.Question, it.InPlace, it.Proof, it.Steps.Two,
				it.Steps.Three, it.Steps.Four, it.Steps.Seven, it.Apart}, " / ")) {
				if official[run] {
					t.Errorf("%s repeats the official text: %q", it.ID, run)
				}
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		version framework.Version
		text    string
		want    framework.ID
	}{
		{framework.CSF20, "PR.AA-03", "PR.AA-03"},
		{framework.CSF20, " pr.aa-3 ", "PR.AA-03"},
		{framework.CSF20, "PR.AA - 03: Users are authenticated", "PR.AA-03"},
		{framework.CSF20, "PR.DS-10", "PR.DS-10"},
		{framework.CSF20, "PR.DS-010", ""},
		{framework.CSF20, "ID.AM-06", ""},
		{framework.CSF20, "PR.AA", ""},
		{framework.CSF20, "PR.AA-", ""},
		{framework.CSF20, "PR.AA-00", ""},
		{framework.CSF20, "PRéAA-01", ""},
		{framework.CSF20, "", ""},
		{framework.CSF11, "pr.ip-01", "PR.IP-1"},
		{framework.CSF11, "PR.IP-12", "PR.IP-12"},
		{framework.CSF11, "PR.AA-01", ""},
	} {
		got, ok := mustLookup(t, c.version).Match(c.text)
		if got != c.want && ok || ok != (c.want != "") {
			t.Errorf("CSF %s: %q matches %q, %v; want %q", c.version, c.text, got, ok, c.want)
		}
	}
}

func TestNextStepIsConcreteAtEveryLevel(t *testing.T) {
	levels := append([]cyber.Level{cyber.Unanswered}, levelsOf(cyber.Choices())...)
	for _, f := range framework.Catalogue() {
		for _, it := range f.Items {
			seen := map[string]bool{}
			for _, l := range levels {
				text := cyber.NextStep(it, l)
				seen[text] = true
				own := slices.ContainsFunc([]string{it.InPlace, it.Proof, it.Steps.Two, it.Steps.Three, it.Steps.Four,
					it.Steps.Seven}, func(s string) bool { return s != "" && strings.Contains(text, s) })
				if l != cyber.NotApplicable && !own {
					t.Errorf("%s at %q: %q says nothing about the item", it.ID, l, text)
				}
			}
			if len(seen) != len(levels)-1 { // unanswered and unknown share one
				t.Errorf("%s: %d different steps for %d levels", it.ID, len(seen), len(levels))
			}
		}
	}
}

// A small screen, 78 columns inside, has fifteen rows for a question, its ten answers
// and the next step.
func TestQuestionAndNextStepFitASmallScreen(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	for _, it := range f.Items {
		if n := len(it.Apart); n > 96 {
			t.Errorf("%s: %q has %d characters", it.ID, it.Apart, n)
		}
		for _, l := range append(levelsOf(cyber.Choices()), cyber.Unanswered) {
			next := cyber.NextStep(it, l)
			if rows := len(text.Wrap(it.Question, 78)) + len(text.Wrap(next, 78)); rows > 5 || len(next) > 156 {
				t.Errorf("%s at %q takes %d rows: %q %q", it.ID, l, rows, it.Question, next)
			}
		}
	}
}

// No sentence stands twice: what one level asks of an item no other level and no other
// item asks in the same words.
func TestNoSentenceStandsTwice(t *testing.T) {
	seen := map[string]framework.ID{}
	for _, it := range mustLookup(t, framework.CSF20).Items {
		all := strings.Join([]string{it.Question, it.InPlace, it.Proof, it.Steps.Two, it.Steps.Three, it.Steps.Four,
			it.Steps.Seven, it.Apart}, " ")
		for _, s := range strings.SplitAfter(strings.TrimSpace(all), ". ") {
			s = strings.ToLower(strings.TrimSpace(s))
			if other, twice := seen[s]; twice {
				t.Errorf("%s and %s share %q", it.ID, other, s)
			}
			seen[s] = it.ID
		}
	}
}

// Near pairs are told apart at both, and an item that may not apply says when.
func TestNearPairsAreToldApart(t *testing.T) {
	f := mustLookup(t, framework.CSF20)
	for id, names := range map[framework.ID][]string{"ID.AM-02": {"AM-04"}, "ID.AM-04": {"AM-02"},
		"GV.SC-06": {"RA-09", "RA-10"}, "ID.RA-09": {"SC-06", "RA-10"}, "ID.RA-10": {"SC-06", "RA-09"},
		"PR.AA-06": {"CM-02"}, "DE.CM-02": {"AA-06"}, "RC.RP-02": {"RP-04"}, "RC.RP-04": {"RP-02"},
		"RS.CO-02": {"CO-03"}, "RS.CO-03": {"CO-02"}, "PR.AA-04": {"single sign-on", "does not apply"}} {
		it, _ := f.Item(id)
		for _, name := range names {
			if !strings.Contains(it.Apart, name) {
				t.Errorf("%s does not name %s: %q", id, name, it.Apart)
			}
		}
	}
	if it, _ := f.Item("ID.AM-01"); !strings.Contains(it.Question, "owned or not") {
		t.Errorf("hardware that is managed and not owned is left out: %q", it.Question)
	}
}

func levelsOf(choices []cyber.Choice) []cyber.Level {
	var out []cyber.Level
	for _, c := range choices {
		out = append(out, c.Level)
	}
	return out
}
