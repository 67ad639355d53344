package framework_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
)

// withdrawnNumbers lists the numbers that files about 2.0 still carry.
func withdrawnNumbers() []string {
	var out []string
	for _, it := range framework.Builtin(framework.CSF11).Items {
		category, n, _, _ := framework.SplitID(string(it.ID))
		if number := string(framework.Numbered(framework.CSF20, category, n)); number != "" {
			if _, gone := framework.Withdrawn(number); gone {
				out = append(out, number)
			}
		}
	}
	return out
}

// madeUp is a text no framework has, for files made by tests.
func madeUp(id string) string { return "Something is done about " + id + " & <others>" }

// xmlFile makes an OSCAL catalog that holds the numbers.
func xmlFile(numbers []string) []byte {
	var b strings.Builder
	b.WriteString("\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<catalog " +
		"xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"><metadata><title>Made up</title></metadata><group id=\"GV\" " +
		"class=\"function\">")
	b.WriteString("<control id=\"GV.OC\" class=\"category\"><title>A category</title><part " +
		"name=\"statement\"><p>About the category</p></part>")
	for _, n := range numbers {
		b.WriteString("<control id=\"" + n + "\" class=\"subcategory\"><title>" + n +
			"</title><part name=\"statement\"><p>")
		_ = xml.EscapeText(&b, []byte(strings.Replace(madeUp(n), "about", "about\n\t ", 1)))
		b.WriteString("</p></part><part name=\"example\"><p>An example</p></part></control>")
	}
	b.WriteString("</control></group></catalog>")
	return []byte(b.String()[1:])
}

// jsonFileOf makes the same catalog in its JSON form.
func jsonFileOf(numbers []string) []byte {
	var controls []map[string]any
	for _, n := range numbers {
		controls = append(controls, map[string]any{"id": n, "class": "subcategory", "title": n,
			"parts": []map[string]any{
				{"id": n + "_statement", "name": "statement", "prose": madeUp(n)},
				{"id": n + ".001", "name": "example", "prose": "An example"}}})
	}
	category := map[string]any{"id": "GV.OC", "class": "category", "controls": controls,
		"parts": []map[string]any{{"name": "statement", "prose": "About the category"}}}
	data, err := json.Marshal(map[string]any{"catalog": map[string]any{"metadata": map[string]any{"title": "Made up"},
		"groups": []map[string]any{{"id": "GV", "class": "function", "controls": []any{category}}}}})
	if err != nil {
		panic(err)
	}
	return data
}

// sheetRows makes rows like those of NIST's spreadsheet.
func sheetRows(numbers []string) [][]string {
	rows := [][]string{{"", "The framework"}, {"Function", "Category", "Subcategory", "Implementation Examples"},
		{"GOVERN (GV): about the function"}, {"", "Organizational Context (GV.OC): about the category", ""}}
	for _, n := range numbers {
		text := n + ": " + madeUp(n)
		if old, gone := framework.Withdrawn(n); gone && string(old) != n {
			text = n + ": [Withdrawn: Moved to GV.OC-01]"
		}
		rows = append(rows, []string{"", "", text, "Ex1: An example"})
	}
	return append(rows, []string{"GOVERN (GV)"}, nil)
}

// numbersOf lists the numbers of a framework.
func numbersOf(f *framework.Framework) []string {
	var out []string
	for _, it := range f.Items {
		out = append(out, string(it.ID))
	}
	return out
}

func TestImportInEveryForm(t *testing.T) {
	for _, f := range framework.Catalogue() {
		numbers, gone := numbersOf(f), 0
		if f.Version == framework.CSF20 {
			numbers, gone = append(numbers, withdrawnNumbers()...), 79
		}
		for form, read := range map[string]func() (framework.Wording, framework.WordingReport, error){
			"XML": func() (framework.Wording, framework.WordingReport, error) {
				return framework.Import(xmlFile(numbers))
			},
			"JSON": func() (framework.Wording, framework.WordingReport, error) {
				return framework.Import(jsonFileOf(numbers))
			},
			"sheet": func() (framework.Wording, framework.WordingReport, error) {
				return framework.ImportRows(sheetRows(numbers))
			},
		} {
			w, r, err := read()
			if err != nil {
				t.Errorf("CSF %s as %s: %v", f.Version, form, err)
				continue
			}
			if r.Version != f.Version || r.Read != len(f.Items) || len(r.Missing) > 0 || len(r.Withdrawn) != gone ||
				len(r.Unknown)+len(r.Repeated) != 0 {
				t.Errorf("CSF %s as %s: %+v", f.Version, form, r)
			}
			for _, it := range f.Items {
				if w[it.ID] != madeUp(string(it.ID)) {
					t.Errorf("CSF %s as %s: %s is %q", f.Version, form, it.ID, w[it.ID])
				}
			}
		}
	}
}

func TestImportReportsWhatDoesNotFit(t *testing.T) {
	numbers := append(numbersOf(framework.Builtin(framework.CSF20))[3:], "GV.ZZ-01", "GV.ZZ-01", "pr.aa-1", "AC-1")
	w, r, err := framework.Import(jsonFileOf(numbers))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Missing, []framework.ID{"GV.OC-01", "GV.OC-02", "GV.OC-03"}) ||
		!slices.Equal(r.Unknown, []string{"GV.ZZ-01", "AC-1"}) ||
		!slices.Equal(r.Repeated, []framework.ID{"PR.AA-01"}) || w["PR.AA-01"] != madeUp("PR.AA-01") {
		t.Errorf("%+v", r)
	}
	want :=
		"CSF 2.0: 103 subcategories read, 3 are missing (GV.OC-01, GV.OC-02, GV.OC-03). Not known: GV.ZZ-01, AC-1. " +
			"Given twice with different texts, the first taken: PR.AA-01."
	if r.String() != want {
		t.Error(r.String())
	}
}

func TestImportCleansText(t *testing.T) {
	text := "  Two\nlines\u202e with \u200bhidden\x07 marks\t"
	w, _, err := framework.ImportRows([][]string{{"Subcategory"}, {"PR.AA-01: " + text}})
	if err != nil || w["PR.AA-01"] != "Two lines with hidden marks" {
		t.Errorf("%q, %v", w["PR.AA-01"], err)
	}
	if got := framework.OneLine("bad\xff byte"); got != "bad\ufffd byte" {
		t.Errorf("%q", got)
	}
}

func TestImportRefuses(t *testing.T) {
	good := numbersOf(framework.Builtin(framework.CSF20))
	goodXML, goodJSON := xmlFile(good), jsonFileOf(good)
	deep := bytes.Repeat([]byte("<group>"), 5000)
	for _, c := range []struct {
		name string
		data []byte
		code failure.Code
		says string
	}{
		{"nothing", nil, failure.Damaged, "empty"},
		{"blanks", []byte(" \n\t"), failure.Damaged, "empty"},
		{"a letter", []byte("Dear sirs,"), failure.Invalid, "neither"},
		{"a spreadsheet", []byte("PK\x03\x04rest"), failure.Invalid, "neither"},
		{"XML cut short", goodXML[:len(goodXML)/2], failure.Damaged, "cut short"},
		{"XML cut before its end", goodXML[:len(goodXML)-4], failure.Damaged, "cut short"},
		{"XML with only a declaration", []byte("<?xml version=\"1.0\"?>"), failure.Damaged, "cut short"},
		{"JSON cut short", goodJSON[:len(goodJSON)/2], failure.Damaged, "cut short"},
		{"JSON cut before its end", goodJSON[:len(goodJSON)-1], failure.Damaged, "cut short"},
		{"broken XML", []byte("<catalog><group></catalog>"), failure.Damaged, "not proper XML"},
		{"broken JSON", []byte(`{"catalog": nonsense}`), failure.Damaged, "not proper JSON"},
		{"another XML", []byte("<html><body/></html>"), failure.Invalid, "begins with <html>"},
		{"another JSON", []byte(`{"name": "package"}`), failure.Invalid, "not an OSCAL catalog"},
		{"JSON of another shape", []byte(`{"catalog": [1, 2]}`), failure.Invalid, "not an OSCAL catalog"},
		{"another catalog", bytes.ReplaceAll(goodXML, []byte("class=\"subcategory\""), []byte("class=\"SP800-53\"")),
			failure.Invalid, "it calls itself \"Made up\""},
		{"an empty catalog", []byte("<catalog/>"), failure.Invalid, "no subcategories"},
		{"a catalog without wording", bytes.ReplaceAll(goodJSON, []byte("prose"), []byte("poetry")), failure.Invalid,
			"no wording"},
		{"XML nested deep", append([]byte("<catalog>"), deep...), failure.Invalid, "nested"},
		{"JSON nested deep", []byte(`{"catalog":` + strings.Repeat("[", 100_000)), failure.Invalid, "nested"},
		{"XML with too much", append([]byte("<catalog>"), bytes.Repeat([]byte("<a/>"), 150_000)...), failure.Invalid,
			"far more"},
		{"JSON with too much", []byte(`{"catalog":[` + strings.Repeat("1,", 250_000)), failure.Invalid, "far more"},
		{"too many subcategories", xmlFile(slices.Repeat([]string{"PR.AA-01"}, 2001)), failure.Invalid, "far more"},
		{"an entity bomb",
			[]byte(
				`<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><catalog><metadata><title>&b;</title></metadata></catalog>`), failure.Damaged, "not proper XML"},
		{"a huge file", make([]byte, 9<<20), failure.Invalid, "larger than 8 MB"},
		{"UTF-16", []byte("\xff\xfe<\x00c\x00"), failure.Invalid, "neither"},
	} {
		w, _, err := framework.Import(c.data)
		if w != nil || failure.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %d texts, %q %v", c.name, len(w), failure.CodeOf(err), err)
		}
	}
	for _, c := range []struct {
		name string
		rows [][]string
		says string
	}{
		{"no rows", nil, "no column headed Subcategory"},
		{"another sheet", [][]string{{"Name", "City"}, {"Ann", "Raytown"}}, "no column headed Subcategory"},
		{"headings only", [][]string{{"Function", "subcategory "}}, "no subcategories"},
		{"too many rows", make([][]string, 20_001), "20,000 rows"},
		{"a giant cell", [][]string{{"Subcategory"}, {strings.Repeat("x", 70_000)}}, "longer"},
	} {
		if w, _, err := framework.ImportRows(c.rows); w != nil || failure.CodeOf(err) != failure.Invalid ||
			!strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %d texts, %v", c.name, len(w), err)
		}
	}
}

func TestImportOfTheOfficialCatalog(t *testing.T) {
	data, err := os.ReadFile(sharedFile(t, "NIST_CSF_v2.0_catalog.xml"))
	if err != nil {
		t.Fatal(err)
	}
	w, r, err := framework.Import(data)
	if err != nil {
		t.Fatal(err)
	}
	checkOfficial(t, w, r)
	for _, cut := range []int{len(data) / 3, len(data) - 20} {
		if _, _, err := framework.Import(data[:cut]); err == nil || err.Error() != framework.CutShort {
			t.Errorf("cut at %d: %v", cut, err)
		}
	}
}

func TestImportOfTheOfficialSpreadsheet(t *testing.T) {
	w, r, err := framework.ImportRows(readSheet(t, sharedFile(t, "nist_csf20_export_2026-07-20.xlsx"),
		"xl/worksheets/sheet2.xml"))
	if err != nil {
		t.Fatal(err)
	}
	checkOfficial(t, w, r)
}

func checkOfficial(t *testing.T, w framework.Wording, r framework.WordingReport) {
	t.Helper()
	if r.Version != framework.CSF20 || r.Read != 106 || len(r.Missing) > 0 || len(r.Withdrawn) != 79 || len(r.Unknown)+
		len(r.Repeated) != 0 {
		t.Errorf("%+v", r)
	}
	for _, row := range sharedRows(t, "csf20.tsv") {
		if got := w[framework.ID(row[0])]; !slices.Equal(words(got), words(row[3])) {
			t.Errorf("%s is %q, officially %q", row[0], got, row[3])
		}
	}
}

// readSheet reads the texts of one sheet, enough for this one file.
func readSheet(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	unpack := func(name string, into any) {
		file, err := z.Open(name)
		if err == nil {
			var data []byte
			data, err = io.ReadAll(file)
			err = errors.Join(err, xml.Unmarshal(data, into))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var texts struct {
		SI []struct {
			T []string `xml:"t"`
			R []struct {
				T string `xml:"t"`
			} `xml:"r"`
		} `xml:"si"`
	}
	var cells struct {
		Row []struct {
			C []struct {
				Kind string `xml:"t,attr"`
				V    string `xml:"v"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	unpack("xl/sharedStrings.xml", &texts)
	unpack(sheet, &cells)
	var rows [][]string
	for _, r := range cells.Row {
		var row []string
		for _, c := range r.C {
			text := c.V
			if c.Kind == "s" {
				var i int
				if _, err := fmt.Sscan(c.V, &i); err != nil {
					t.Fatal(err)
				}
				text = strings.Join(texts.SI[i].T, "")
				for _, run := range texts.SI[i].R {
					text += run.T
				}
			}
			row = append(row, text)
		}
		rows = append(rows, row)
	}
	return rows
}

// checkImported tests what must hold for whatever a file contained.
func checkImported(t *testing.T, w framework.Wording, r framework.WordingReport, err error) {
	t.Helper()
	if err != nil {
		if w != nil || failure.CodeOf(err) == "" || len(err.Error()) > 300 ||
			framework.OneLine(err.Error()) != err.Error() {
			t.Errorf("refused with %d texts and %q", len(w), err)
		}
		return
	}
	f := framework.Builtin(r.Version)
	if r.Read != len(w) || r.Read == 0 || r.Read+len(r.Missing) != len(f.Items) {
		t.Errorf("%d texts, %+v", len(w), r)
	}
	for id, text := range w {
		if _, ok := f.Index(id); !ok || text == "" || framework.OneLine(text) != text ||
			len(text) > framework.MaxWordingText {
			t.Errorf("%s: %q", id, text)
		}
	}
	if s := r.String(); len(s) > 2000 || framework.OneLine(s) != s {
		t.Errorf("the report reads %q", s)
	}
}

func FuzzImport(f *testing.F) {
	some := []string{"PR.AA-01", "ID.AM-06", "PR.AA-1", "XX.YY-03"}
	f.Add(xmlFile(some))
	f.Add(jsonFileOf(some))
	f.Add([]byte("\xef\xbb\xbf" +
		`{"catalog":{"groups":[{"groups":[{"controls":[{"id":"ID.AM-1","class":"subcategory","parts":[{"name":"statement","prose":"x"}]}]}]}]}}`))
	f.Add(
		[]byte(
			`<catalog><control id="PR.AA-01" class="subcategory"><part name="statement"><part name="statement"><p>a</p></part></part></control></catalog>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, r, err := framework.Import(data)
		checkImported(t, w, r, err)
	})
}

func FuzzImportRows(f *testing.F) {
	f.Add("Function\tSubcategory\n\tPR.AA-01: text\n\tID.AM-06: [Withdrawn: x]")
	f.Add("Subcategory\nID.AM-1: text\nID.AM-1: other")
	f.Fuzz(func(t *testing.T, sheet string) {
		var rows [][]string
		for line := range strings.SplitSeq(sheet, "\n") {
			rows = append(rows, strings.Split(line, "\t"))
		}
		w, r, err := framework.ImportRows(rows)
		checkImported(t, w, r, err)
	})
}

func FuzzParseLevel(f *testing.F) {
	for _, c := range cyber.Choices() {
		f.Add(c.Label)
		f.Add(c.Keys)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := cyber.ParseLevel(s)
		if err != nil {
			if l != cyber.Unanswered || failure.CodeOf(err) != failure.Invalid {
				t.Errorf("%q: %q, %v", s, l, err)
			}
			return
		}
		if again, err := cyber.ParseLevel(string(l)); err != nil || again != l {
			t.Errorf("%q is %q, which is %q, %v", s, l, again, err)
		}
	})
}
