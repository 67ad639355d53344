package release

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// maxPacket bounds the file that is read; a release of all 106 items with
// scores takes about 4 KB.
const maxPacket = 64 << 10

// Packet is a release as it came in a file, with cities and cycle by name.
type Packet struct {
	City      string
	Year      int
	Framework framework.Version
	Minimum   int
	Made      value.Opt[value.Day]
	MadeBy    string
	Functions []cyber.FunctionConsent
	With      []string
	SmallToo  bool
	FromThree bool
	Members   []string
	Below     []string
	Bands     []cyber.FunctionBand
	Scores    []cyber.ItemScore
	Seal      string
}

// Read reads a release from the file that a city sent. It refuses a file that
// was cut short or edited: the seal has to fit the lines above it.
func Read(data []byte) (*Packet, error) {
	if len(data) > maxPacket {
		return nil, failure.New(failure.Invalid, "this is too large for a release; send the file that the city's "+
			"release was saved as")
	}
	body, _ := cutSignature(string(data))
	lines := plainLines(body)
	if len(lines) == 0 || lines[0] != "interlocal release 1" {
		return nil, failure.New(failure.Invalid,
			"this is not a release; send the file that the city's release was saved as")
	}
	seal, ok := strings.CutPrefix(lines[len(lines)-1], "Seal: ")
	if !ok {
		return nil, failure.New(failure.Invalid, "the release ends before its seal: it was cut short; ask the city "+
			"to send it again")
	}
	if body := strings.Join(lines[:len(lines)-1], "\n") + "\n"; cyber.SealText(body) != seal {
		return nil, failure.New(failure.Invalid, "the release does not fit its seal: it was edited or damaged on the "+
			"way; ask the city to send it again")
	}
	p := &packetReader{lines: lines[1 : len(lines)-1]}
	p.Seal = seal
	p.head()
	p.consent()
	p.results()
	if p.failed == "" && len(p.lines) > 0 {
		p.failed = p.lines[0]
	}
	if p.failed != "" {
		return nil, failure.New(failure.Invalid, "the release has a line this program does not know: "+
			strconv.Quote(shorten(p.failed))+"; it may come from a newer program")
	}
	return &p.Packet, nil
}

// plainLines takes away what mail and editors do to line ends.
func plainLines(text string) []string {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	lines := strings.Split(text, "\n")
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// packetReader goes through the lines in the order in which they are written.
type packetReader struct {
	Packet
	lines  []string
	failed string // the first line that does not fit
}

// take gives what follows a label on the next line.
func (p *packetReader) take(label string) string {
	if p.failed != "" {
		return ""
	}
	if len(p.lines) == 0 {
		p.failed = label
		return ""
	}
	value, ok := strings.CutPrefix(p.lines[0], label)
	if !ok {
		p.failed = p.lines[0]
		return ""
	}
	p.lines = p.lines[1:]
	return value
}

// refuse notes that a value is none that a release has.
func (p *packetReader) refuse(ok bool, value string) {
	if !ok && p.failed == "" {
		p.failed = value
	}
}

func (p *packetReader) head() {
	p.City = p.take("City: ")
	p.Year = p.number(p.take("Cycle: "), 1, 9999)
	fw := p.take("Framework: CSF ")
	p.Framework = framework.Version(fw)
	p.refuse(len(framework.ItemsOf(p.Framework)) > 0, fw)
	p.Minimum = p.number(p.take("Minimum: "), 1, 7)
	made := p.take("Made on: ")
	day, err := value.ParseDay(made, 0)
	p.refuse(err == nil && day.String() == made, made)
	p.Made = value.Some(day)
	p.MadeBy = p.take("Made by: ")
}

func (p *packetReader) consent() {
	p.take("")
	p.take("Sharing consent by function")
	for _, words := range p.indented() {
		p.refuse(slices.Contains(framework.FunctionsOf(p.Framework), words[0]) && len(words[1]) == 1 &&
			words[1] >= "0" && words[1] <= "3", words[0])
		p.Functions = append(p.Functions,
			cyber.FunctionConsent{Function: words[0], Level: cyber.ConsentLevel(words[1])})
	}
	if names := p.take("Scores go to: "); names != "nobody" && names != "" {
		p.With = strings.Split(names, "; ")
	}
	small := p.take("Agrees to a list among fewer than four cities: ")
	p.refuse(small == "yes" || small == "no", small)
	p.SmallToo = small == "yes"
	if p.failed == "" && len(p.lines) > 0 && strings.HasPrefix(p.lines[0], "Items are named") {
		p.FromThree = p.take("Items are named only where three lack them: ") == "yes"
		p.Members = strings.Split(p.take("Made for: "), "; ")
	}
}

func (p *packetReader) results() {
	p.take("")
	p.take("Below the minimum")
	for _, words := range p.indented() {
		p.refuse(words[1] == "" && framework.IsItem(p.Framework, words[0]), words[0])
		p.Below = append(p.Below, words[0])
	}
	p.take("Bands by function")
	for _, words := range p.indented() {
		p.refuse(isBand(words[1]), words[1])
		p.Bands = append(p.Bands, cyber.FunctionBand{Function: words[0], Band: cyber.Band(words[1])})
	}
	p.take("Scores, for the partners")
	for _, words := range p.indented() {
		p.refuse(framework.IsItem(p.Framework, words[0]), words[0])
		p.Scores = append(p.Scores, cyber.ItemScore{Item: words[0], Score: p.number(words[1], 0, 7)})
	}
}

// indented takes the indented lines that follow, each cut after its first
// word.
func (p *packetReader) indented() [][2]string {
	var out [][2]string
	for p.failed == "" && len(p.lines) > 0 && strings.HasPrefix(p.lines[0], "  ") {
		first, rest, _ := strings.Cut(p.lines[0][2:], " ")
		out = append(out, [2]string{first, rest})
		p.lines = p.lines[1:]
	}
	return out
}

func (p *packetReader) number(s string, low, high int) int {
	n, err := strconv.Atoi(s)
	p.refuse(err == nil && n >= low && n <= high, s)
	return n
}

func isBand(s string) bool {
	return slices.Contains([]cyber.Band{cyber.BandLow, cyber.BandMiddle, cyber.BandHigh, cyber.BandNone}, cyber.Band(s))
}

// Into makes the release record of a packet: the city and the cycle are looked
// up by the names in it. Cycle is the one it is expected for, 0 for any.
func (p *Packet) Into(r field.Reader, cycle cyber.CycleID) (*cyber.Release, error) {
	y := cycleOf(r, p.Year)
	switch want := field.Get(r, cycle); {
	case want != nil && want.Year != p.Year:
		return nil, failure.New(failure.Invalid, "this release is for the "+strconv.Itoa(p.Year)+" cycle, not for "+
			strconv.Itoa(want.Year)+"; ask "+shorten(p.City)+" for the right one")
	case y == nil:
		return nil, failure.New(failure.NotFound, "this release is for the "+strconv.Itoa(p.Year)+" cycle, which is "+
			"not on file; add the cycle first")
	}
	v := &cyber.Release{Cycle: y.ID, Framework: p.Framework, Minimum: p.Minimum, Functions: p.Functions,
		SmallToo: p.SmallToo, FromThree: p.FromThree,
		Below: p.Below, Bands: p.Bands, Scores: p.Scores, Made: p.Made, MadeBy: p.MadeBy, Sent: true, Seal: p.Seal}
	if v.Partner = partnerOf(r, p.City); v.Partner == 0 {
		return nil, failure.New(failure.NotFound, "no partner is called "+strconv.Quote(shorten(p.City))+
			", which the release names; the names in both files have to agree")
	}
	for list, names := range map[*[]partnership.PartnerID][]string{&v.With: p.With, &v.Members: p.Members} {
		for _, name := range names {
			id := partnerOf(r, name)
			if id == 0 {
				return nil, failure.New(failure.NotFound, "the release names "+strconv.Quote(shorten(name))+
					", and no partner is called that; the names in both files have to agree")
			}
			*list = append(*list, id)
		}
	}
	if !v.Sealed(r) {
		return nil, failure.New(failure.Invalid, "the release is not written as this program writes it; ask the city "+
			"to send it again")
	}
	return v, nil
}

func cycleOf(r field.Reader, year int) *cyber.Cycle {
	for y := range field.All[cyber.Cycle](r) {
		if y.Year == year {
			return y
		}
	}
	return nil
}

func partnerOf(r field.Reader, name string) partnership.PartnerID {
	for p := range field.All[partnership.Partner](r) {
		if p.Name == name {
			return p.ID
		}
	}
	return 0
}
