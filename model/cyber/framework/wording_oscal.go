package framework

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"interlocal/model/failure"
)

// cutShort is the sentence for a file that ends before it should.
const cutShort = "The file is cut short: it ends in the middle. Download it again from NIST."

var errTooDeep = failure.New(failure.Invalid, "The file is nested far deeper or holds far more than NIST's framework "+
	"files do. Check that it is the right one.")

// readXML reads an OSCAL catalog. The package encoding/xml neither fetches nor
// expands entities, so only size and depth need bounds.
func readXML(data []byte) (*collector, error) {
	x := xmlCatalog{dec: xml.NewDecoder(bytes.NewReader(data)), out: &collector{}}
	for nodes := 0; ; nodes++ {
		tok, err := x.dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, x.refuse(err)
		}
		if nodes > maxWordingNodes || len(x.open) > maxWordingDepth {
			return nil, errTooDeep
		}
		if err := x.take(tok); err != nil {
			return nil, err
		}
	}
	if !x.rooted {
		return nil, failure.New(failure.Damaged, cutShort)
	}
	return x.out, nil
}

// xmlCatalog follows the elements of a catalog.
type xmlCatalog struct {
	dec    *xml.Decoder
	out    *collector
	rooted bool
	open   []xmlElement
	text   strings.Builder
}

type xmlElement struct {
	name string
	id   string // of a control
	hold bool   // the statement of a subcategory, or the title: text is gathered
}

func (x *xmlCatalog) take(tok xml.Token) error {
	switch t := tok.(type) {
	case xml.StartElement:
		return x.start(t)
	case xml.EndElement:
		return x.end()
	case xml.CharData:
		if x.gathering() && x.text.Len() < 4*maxWordingText {
			x.text.Write(t)
		}
	}
	return nil
}

// gathering says whether some element that is open wants its text.
func (x *xmlCatalog) gathering() bool {
	for _, e := range x.open {
		if e.hold {
			return true
		}
	}
	return false
}

func (x *xmlCatalog) start(t xml.StartElement) error {
	e := xmlElement{name: t.Name.Local}
	if len(x.open) == 0 {
		if e.name != "catalog" {
			return failure.New(failure.Invalid, "The file is XML, but not an OSCAL catalog (it begins with <"+
				clip(oneLine(e.name), 30)+">). Use NIST's CSF catalog.")
		}
		x.rooted = true
	}
	switch e.name {
	case "control":
		if xmlAttr(t, "class") == "subcategory" {
			e.id = xmlAttr(t, "id")
		}
	case "part":
		e.hold = xmlAttr(t, "name") == "statement" && x.control() != ""
	case "title":
		e.hold = len(x.open) == 2 && x.open[1].name == "metadata"
	case "p":
		x.text.WriteByte(' ')
	}
	if e.hold {
		x.text.Reset()
	}
	x.open = append(x.open, e)
	return nil
}

func (x *xmlCatalog) end() error {
	last := x.open[len(x.open)-1]
	x.open = x.open[:len(x.open)-1]
	if !last.hold {
		return nil
	}
	if last.name == "title" {
		x.out.title = x.text.String()
		return nil
	}
	if !x.out.add(x.control(), x.text.String()) {
		return errTooDeep
	}
	return nil
}

// control gives the number of the subcategory the element directly belongs to.
func (x *xmlCatalog) control() string {
	if n := len(x.open); n > 0 {
		return x.open[n-1].id
	}
	return ""
}

func (x *xmlCatalog) refuse(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF") {
		return &failure.Error{Code: failure.Damaged, Message: cutShort, Cause: err}
	}
	return &failure.Error{Code: failure.Damaged, Message: "The file is not proper XML. Download it again from NIST.",
		Cause: err}
}

func xmlAttr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// The parts of an OSCAL catalog in JSON that matter here.
type (
	jsonFile struct {
		Catalog *struct {
			Metadata struct {
				Title string `json:"title"`
			} `json:"metadata"`
			Groups   []jsonGroup   `json:"groups"`
			Controls []jsonControl `json:"controls"`
		} `json:"catalog"`
	}
	jsonGroup struct {
		Groups   []jsonGroup   `json:"groups"`
		Controls []jsonControl `json:"controls"`
	}
	jsonControl struct {
		ID       string        `json:"id"`
		Class    string        `json:"class"`
		Controls []jsonControl `json:"controls"`
		Parts    []jsonPart    `json:"parts"`
	}
	jsonPart struct {
		Name  string `json:"name"`
		Prose string `json:"prose"`
	}
)

// readJSON reads an OSCAL catalog in its JSON form.
func readJSON(data []byte) (*collector, error) {
	if err := boundJSON(data); err != nil {
		return nil, err
	}
	var file jsonFile
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, refuseJSON(err)
	}
	if file.Catalog == nil {
		return nil, failure.New(failure.Invalid, "The file is JSON, but not an OSCAL catalog. Use NIST's CSF catalog.")
	}
	c := &collector{title: file.Catalog.Metadata.Title}
	ok := c.addControls(file.Catalog.Controls)
	for _, g := range file.Catalog.Groups {
		ok = ok && c.addGroup(g)
	}
	if !ok {
		return nil, errTooDeep
	}
	return c, nil
}

// boundJSON walks the tokens first, because decoding into structs would build
// whatever depth and number the file asks for.
func boundJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	depth := 0
	for nodes := 0; ; nodes++ {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if depth > 0 {
				return failure.New(failure.Damaged, cutShort)
			}
			return nil
		}
		if err != nil {
			return refuseJSON(err)
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > maxWordingDepth || nodes > maxWordingNodes {
			return errTooDeep
		}
	}
}

func refuseJSON(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected end of JSON") {
		return &failure.Error{Code: failure.Damaged, Message: cutShort, Cause: err}
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return &failure.Error{Code: failure.Invalid, Message: "The file is JSON, but not an OSCAL catalog. Use " +
			"NIST's CSF catalog.", Cause: err}
	}
	return &failure.Error{Code: failure.Damaged, Message: "The file is not proper JSON. Download it again from NIST.",
		Cause: err}
}

func (c *collector) addGroup(g jsonGroup) bool {
	ok := c.addControls(g.Controls)
	for _, inner := range g.Groups {
		ok = ok && c.addGroup(inner)
	}
	return ok
}

func (c *collector) addControls(controls []jsonControl) bool {
	for _, ctl := range controls {
		for _, p := range ctl.Parts {
			if ctl.Class == "subcategory" && p.Name == "statement" && !c.add(ctl.ID, p.Prose) {
				return false
			}
		}
		if !c.addControls(ctl.Controls) {
			return false
		}
	}
	return true
}
