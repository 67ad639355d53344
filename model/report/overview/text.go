package overview

import (
	"bytes"
	"encoding/json"
	"strings"

	"interlocal/model/document"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// Text writes a summary as plain text of a width, for a pipe or a
// terminal without a dashboard; how adds by what arithmetic a day was found.
func Text(s Summary, settings *partnership.Settings, width int, how bool) string {
	width = max(width, 40)
	var b strings.Builder
	title := settings.Name
	if title == "" {
		title = "Overview"
	}
	if settings.Sample {
		title += " · SAMPLE"
	}
	document.Wrapped(&b, title, "", "", width)
	document.Wrapped(&b, s.Now.Day().Weekday().String()+", "+s.Now.Day().Long(), "", "", width)
	s.attentionText(&b, width, how)
	if len(s.First) > 0 {
		heading(&b, "What to do first")
		for _, step := range s.First {
			document.Wrapped(&b, step.Text, "  - ", "    ", width)
		}
	}
	s.ownersText(&b, width)
	s.tilesText(&b, width)
	heading(&b, "The next 30 days")
	if len(s.Coming) == 0 {
		document.Wrapped(&b, "Nothing is on file for the next 30 days.", "  ", "  ", width)
	}
	for _, c := range s.Coming {
		day := document.Padded(c.Day.Weekday().String()[:3]+" "+c.Day.Long(), 18)
		document.Wrapped(&b, c.Text, "  "+day, strings.Repeat(" ", 20), width)
	}
	if s.Later > 0 {
		document.Wrapped(&b, "and "+text.Thousands(int64(s.Later))+" more", "  ", "  ", width)
	}
	return b.String()
}

func (s *Summary) attentionText(b *strings.Builder, width int, how bool) {
	heading(b, "Needs attention")
	if len(s.Attention) == 0 {
		document.Wrapped(b, "Nothing needs attention today.", "  ", "  ", width)
	}
	for _, l := range s.Attention {
		document.Wrapped(b, l.Text, "  "+document.Padded(l.Urgency.String(), 10), strings.Repeat(" ", 12), width)
		if how && l.How != "" {
			document.Wrapped(b, l.How, strings.Repeat(" ", 12), strings.Repeat(" ", 12), width)
		}
	}
	if s.More > 0 {
		document.Wrapped(b, "and "+text.Thousands(int64(s.More))+" more", "  ", "  ", width)
	}
}

// ownersText says who has actions to do.
func (s *Summary) ownersText(b *strings.Builder, width int) {
	if len(s.Owners) == 0 {
		return
	}
	heading(b, "Open actions")
	for _, o := range s.Owners {
		said := text.Counted(o.Open, "action", "actions")
		if o.Overdue > 0 {
			said += ", " + text.Thousands(int64(o.Overdue)) + " overdue"
		}
		document.Wrapped(b, said, "  "+document.Padded(o.Name, 24), strings.Repeat(" ", 26), width)
	}
}

func (s *Summary) tilesText(b *strings.Builder, width int) {
	if len(s.Tiles) == 0 {
		return
	}
	heading(b, "Figures")
	value := 0
	for _, t := range s.Tiles {
		value = max(value, text.Width(t.Value))
	}
	for _, t := range s.Tiles {
		lead := "  " + document.Padded(t.Name, 20) + document.Padded(t.Value, value+2)
		document.Wrapped(b, t.Note, lead, strings.Repeat(" ", text.Width(lead)), width)
	}
}

func heading(b *strings.Builder, s string) { b.WriteString("\n" + s + "\n") }

type lineJSON struct {
	Urgency string   `json:"urgency"`
	Due     *string  `json:"due"`
	Text    string   `json:"text"`
	How     string   `json:"arithmetic,omitempty"`
	Kind    string   `json:"kind"`
	ID      uint64   `json:"id"`
	Tab     Tab      `json:"tab"`
	For     []uint64 `json:"for"`
}

type stepJSON struct {
	Text string `json:"text"`
	Kind string `json:"kind"`
	Key  string `json:"key"`
}

type tileJSON struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Number *int64 `json:"number"`
	Unit   string `json:"unit"`
	Note   string `json:"note"`
	Tab    Tab    `json:"tab"`
}

type comingJSON struct {
	Day  string `json:"day"`
	Text string `json:"text"`
	Kind string `json:"kind"`
	ID   uint64 `json:"id"`
	Tab  Tab    `json:"tab"`
}

type ownerJSON struct {
	ID      uint64 `json:"id"`
	Name    string `json:"name"`
	Open    int    `json:"open"`
	Overdue int    `json:"overdue"`
}

type summaryJSON struct {
	Partnership string       `json:"partnership"`
	Sample      bool         `json:"sample"`
	Now         string       `json:"now"`
	Attention   []lineJSON   `json:"attention"`
	More        int          `json:"attention_more"`
	First       []stepJSON   `json:"first_steps"`
	Owners      []ownerJSON  `json:"open_actions"`
	Figures     []tileJSON   `json:"figures"`
	Coming      []comingJSON `json:"coming"`
	Later       int          `json:"coming_more"`
}

// JSON writes a summary for programs, indented and ended by a line
// break. Field names are stable; a figure that is not recorded has number
// null, money is in cents (unit "cents"), and lists are never null. Each line names
// the partners, by number, whose it is to see to; none is all of them.
func JSON(s Summary, settings *partnership.Settings) ([]byte, error) {
	out := summaryJSON{Partnership: settings.Name, Sample: settings.Sample, Now: s.Now.String(), More: s.More,
		Later:     s.Later,
		Attention: []lineJSON{}, First: []stepJSON{}, Owners: []ownerJSON{}, Figures: []tileJSON{},
		Coming: []comingJSON{}}
	for _, l := range s.Attention {
		j := lineJSON{Urgency: l.Urgency.String(), Text: l.Text, How: l.How, Kind: l.Kind, ID: l.ID, Tab: l.Tab,
			For: []uint64{}}
		for _, p := range l.For {
			j.For = append(j.For, uint64(p))
		}
		if l.Due.Set {
			due := l.Due.V.String()
			j.Due = &due
		}
		out.Attention = append(out.Attention, j)
	}
	for _, f := range s.First {
		out.First = append(out.First, stepJSON{f.Text, f.Kind, f.Key})
	}
	for _, o := range s.Owners {
		out.Owners = append(out.Owners, ownerJSON{uint64(o.Person), o.Name, o.Open, o.Overdue})
	}
	for _, t := range s.Tiles {
		j := tileJSON{Name: t.Name, Value: t.Value, Unit: "count", Note: t.Note, Tab: t.Tab}
		if t.Number.Set {
			n := t.Number.V
			j.Number = &n
		}
		if t.Money {
			j.Unit = "cents"
		}
		out.Figures = append(out.Figures, j)
	}
	for _, c := range s.Coming {
		out.Coming = append(out.Coming, comingJSON{c.Day.String(), c.Text, c.Kind, c.ID, c.Tab})
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	err := w.Encode(out)
	return b.Bytes(), err
}
