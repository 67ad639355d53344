package match

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// MaxProblemBytes is the largest problem that DecodeProblem reads.
const MaxProblemBytes = 64 << 20

// DecodeProblem reads a problem from JSON and validates it. Errors are
// [InputError] values that name the field.
func DecodeProblem(r io.Reader) (*Problem, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxProblemBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxProblemBytes {
		return nil, refuse("problem", "is larger than %d MB; list fewer edges for each person", MaxProblemBytes>>20)
	}
	p := new(Problem)
	in := json.NewDecoder(bytes.NewReader(data))
	if err := in.Decode(p); err != nil {
		return nil, jsonError(data, err)
	}
	if _, err := in.Token(); err != io.EOF {
		return nil, refuse("problem", "goes on after its closing brace")
	}
	p.Aside = unknownKey(data)
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

// unknownKey gives the first key of a readable problem that means nothing here,
// or "".
func unknownKey(data []byte) string {
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(new(Problem)); err != nil {
		if _, quoted, ok := strings.Cut(err.Error(), "unknown field "); ok {
			name, err := strconv.Unquote(quoted)
			if err == nil {
				return name
			}
		}
	}
	return ""
}

// Encode writes the result as JSON.
func (r *Result) Encode(w io.Writer) error {
	out := *r
	if out.Matches == nil {
		out.Matches = []Match{}
	}
	return json.NewEncoder(w).Encode(&out)
}

// UnmarshalJSON reads ["visitor","host"].
func (p *Pair) UnmarshalJSON(data []byte) error {
	var names []string
	if err := json.Unmarshal(data, &names); err != nil || len(names) != 2 {
		return errPair
	}
	p.Visitor, p.Host = names[0], names[1]
	return nil
}

// MarshalJSON writes ["visitor","host"].
func (p Pair) MarshalJSON() ([]byte, error) {
	return json.Marshal([]string{p.Visitor, p.Host})
}

// UnmarshalJSON reads ["visitor","host",slot].
func (l *Lock) UnmarshalJSON(data []byte) error {
	parts := []any{&l.Visitor, &l.Host, &l.Slot}
	if err := json.Unmarshal(data, &parts); err != nil || len(parts) != 3 {
		return errLock
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil || len(raw) != 3 {
		return errLock
	}
	return nil
}

// MarshalJSON writes ["visitor","host",slot].
func (l Lock) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{l.Visitor, l.Host, l.Slot})
}

var (
	errPair = errors.New(`should be a list of a visitor and a host, such as ["a","c"]`)
	errLock = errors.New(`should be a list of a visitor, a host and a slot, such as ["a","b",0]`)
)

// jsonError names the place in the problem that the decoder could not take.
func jsonError(data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		if word := noNumber(data, syntax.Offset); word != "" {
			return refuse(pathTo(data, syntax.Offset), "is %s, which is not a number", word)
		}
		return refuse(pathTo(data, syntax.Offset), "is not JSON (%v)", syntax)
	case errors.As(err, &kind):
		if strings.HasPrefix(kind.Value, "number ") && strings.HasPrefix(kind.Type.String(), "float") {
			return refuse(pathTo(data, kind.Offset), "is a %s, which is out of range", kind.Value)
		}
		return refuse(pathTo(data, kind.Offset), "is a %s; it should be %s", kind.Value, kindName(kind))
	case errors.Is(err, errPair):
		return refuse("excluded", "an entry %v", errPair)
	case errors.Is(err, errLock):
		return refuse("locked", "an entry %v", errLock)
	case errors.Is(err, io.EOF):
		return refuse("problem", "is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse(pathTo(data, int64(len(data))), "ends in the middle")
	}
	return refuse("problem", "cannot be read (%v)", err)
}

// noNumber gives the word at an offset that some programs write for what is no
// number and JSON does not know.
func noNumber(data []byte, offset int64) string {
	for _, word := range []string{"NaN", "-NaN", "Infinity", "-Infinity", "inf", "-inf", "nan"} {
		for _, from := range []int64{offset - 1, offset - 2} {
			if from >= 0 && bytes.HasPrefix(data[min(from, int64(len(data))):], []byte(word)) {
				return word
			}
		}
	}
	return ""
}

func kindName(e *json.UnmarshalTypeError) string {
	switch name := e.Type.String(); {
	case strings.HasPrefix(name, "int"):
		return "a whole number"
	case strings.HasPrefix(name, "uint"):
		return "a whole number, not negative"
	case strings.HasPrefix(name, "float"):
		return "a number"
	case strings.HasPrefix(name, "[]"):
		return "a list"
	case name == "bool":
		return "true or false"
	case name == "string" || name == "match.Role" || name == "match.Length":
		return "a text"
	}
	return "an object"
}

// pathTo names the value at an offset of a JSON text, such as
// "people[3].capacity".
func pathTo(data []byte, offset int64) string {
	type level struct {
		list, named bool
		index       int
		name        string
	}
	var stack []level
	path := func() string {
		var b strings.Builder
		for _, l := range stack {
			switch {
			case l.list:
				fmt.Fprintf(&b, "[%d]", l.index)
			case l.name != "" && b.Len() > 0:
				b.WriteString("." + l.name)
			default:
				b.WriteString(l.name)
			}
		}
		if b.Len() == 0 {
			return "problem"
		}
		return strconv.Quote(b.String())[1 : b.Len()+1]
	}
	in := json.NewDecoder(bytes.NewReader(data))
	for {
		token, err := in.Token()
		if err != nil {
			return path()
		}
		top := len(stack) - 1
		closing := token == json.Delim('}') || token == json.Delim(']')
		if top >= 0 && !stack[top].list && !stack[top].named && !closing {
			stack[top].name, stack[top].named = token.(string), true
			continue
		}
		if in.InputOffset() >= offset {
			return path()
		}
		switch token {
		case json.Delim('{'):
			stack = append(stack, level{})
			continue
		case json.Delim('['):
			stack = append(stack, level{list: true})
			continue
		}
		if closing {
			stack = stack[:top]
			top--
		}
		if top >= 0 {
			stack[top].index++
			stack[top].named = false
		}
	}
}
