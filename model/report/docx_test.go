package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"interlocal/model/document"
	"interlocal/model/sample"
)

// wordFile is what a reader of Word files finds in one.
type wordFile struct {
	parts      map[string]string
	paragraphs []wordParagraph
	headRows   int
}

type wordParagraph struct{ style, text string }

// TestPapersAsWordFiles: every paper has its title, language, headings, lists and
// the heads of its tables as such, and the words of the document in their order.
func TestPapersAsWordFiles(t *testing.T) {
	r := sample.Story(today).Reader()
	for _, rep := range Reports() {
		d, err := rep.Build(r, About{Partner: 4}, morning())
		if err != nil {
			t.Fatal(err)
		}
		var b, again bytes.Buffer
		if err := d.DOCX(&b); err != nil {
			t.Fatal(err)
		}
		if _ = d.DOCX(&again); !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Errorf("%s is another file the second time", rep.Name)
		}
		f := readWord(t, b.Bytes())
		if core := f.parts["docProps/core.xml"]; !strings.Contains(core, "<dc:language>en-US<") ||
			!strings.Contains(core, "<dc:title>") {
			t.Errorf("%s has no title or language: %s", rep.Name, core)
		}
		want := wordsOf(d)
		if got := f.paragraphs; len(got) != len(want) {
			t.Errorf("%s: %d paragraphs, not %d", rep.Name, len(got), len(want))
			continue
		}
		for i, p := range f.paragraphs {
			if p != want[i] {
				t.Errorf("%s: %+v, not %+v", rep.Name, p, want[i])
			}
		}
		tables := 0
		for _, s := range d.Sections {
			for _, block := range s.Blocks {
				if _, ok := block.(document.Table); ok {
					tables++
				}
			}
		}
		if f.headRows != tables {
			t.Errorf("%s: %d of %d tables have a head that repeats", rep.Name, f.headRows, tables)
		}
	}
}

// wordsOf lists the paragraphs that a document has.
func wordsOf(d *document.Document) []wordParagraph {
	var out []wordParagraph
	add := func(style, s string) { out = append(out, wordParagraph{style, s}) }
	add("Title", d.Title)
	if d.Subtitle != "" {
		add("Subtitle", d.Subtitle)
	}
	for _, s := range d.Sections {
		add("Heading1", s.Heading)
		for _, block := range s.Blocks {
			switch block := block.(type) {
			case document.Paragraph:
				add("", document.TextRuns(block.Text))
			case document.Remark:
				add("Small", document.TextRuns(block.Text))
			case document.List:
				for _, item := range block.Items {
					add("ListBullet", document.TextRuns(item))
				}
			case document.Table:
				out = append(out, wordsOfTable(block)...)
			}
		}
	}
	for _, n := range d.Notes {
		add("Small", n)
	}
	if len(d.Sources) > 0 {
		add("Heading1", "Sources")
	}
	for _, s := range d.Sources {
		add("Small", "["+s.Mark+"] "+s.Text)
	}
	return out
}

func wordsOfTable(t document.Table) (out []wordParagraph) {
	side := func(i int) string {
		if i < len(t.Right) && t.Right[i] {
			return "Right"
		}
		return ""
	}
	for i, h := range t.Head {
		out = append(out, wordParagraph{"Head" + side(i), h})
	}
	for _, row := range t.Rows {
		for i := range t.Head {
			cell := ""
			if i < len(row) {
				cell = document.TextRuns(row[i])
			}
			out = append(out, wordParagraph{"Cell" + side(i), cell})
		}
	}
	return append(out, wordParagraph{"Small", ""})
}

// readWord reads a Word file as a program that does not know ours would.
func readWord(t *testing.T, b []byte) wordFile {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f := wordFile{parts: map[string]string{}}
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		f.parts[part.Name] = string(data)
	}
	dec := xml.NewDecoder(strings.NewReader(f.parts["word/document.xml"]))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return f
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "p":
				f.paragraphs = append(f.paragraphs, wordParagraph{})
			case "pStyle":
				f.paragraphs[len(f.paragraphs)-1].style = token.Attr[0].Value
			case "tblHeader":
				f.headRows++
			}
		case xml.CharData:
			if n := len(f.paragraphs); n > 0 {
				f.paragraphs[n-1].text += string(token)
			}
		}
	}
}

// TestWordFilesOpenInLibreOffice converts a paper by the office program, where
// there is one, and finds its words again.
func TestWordFilesOpenInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	d, err := briefingOf(sample.Story(today).Reader(), About{Partner: 4}, morning())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	out, err := os.Create(filepath.Join(dir, "briefing.docx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.DOCX(out); err != nil {
		t.Fatal(err)
	}
	out.Close()
	said, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/office", "--headless",
		"--convert-to", "html", "--outdir", dir, out.Name()).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	page, err := os.ReadFile(filepath.Join(dir, "briefing.html"))
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	folded := strings.Join(strings.Fields(string(page)), " ")
	for _, want := range []string{"<title>" + d.Title + "</title>", `lang="en-US"`, "What is asked", "<h1", "<li>",
		"<thead>", "Joint supervisory training", "What comes next"} {
		if !strings.Contains(folded, want) {
			t.Errorf("no %q in what LibreOffice read", want)
		}
	}
}
