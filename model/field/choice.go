package field

import (
	"slices"
	"strconv"
	"strings"

	"interlocal/model/failure"
)

// choiceType holds one of a fixed set of words. Order of declaration is order
// of sorting.
func choiceType[V ~string](choices []Choice) Type[V] {
	rank := func(v V) int {
		for i, c := range choices {
			if c.Value == string(v) {
				return i
			}
		}
		return len(choices)
	}
	parse := func(s string, _ *Env) (V, error) {
		v, err := pickChoice(choices, s)
		return V(v), err
	}
	t := textType(ShapeChoice, trimmed)
	return Type[V]{
		shape:   ShapeChoice,
		choices: choices,
		empty:   func(v *V) bool { return *v == "" },
		format:  func(dst []byte, v *V, _ *Env) []byte { return append(dst, *v...) },
		show: func(dst []byte, v *V, _ *Env) []byte {
			if i := rank(*v); i < len(choices) {
				return append(dst, choices[i].Title...)
			}
			return append(dst, *v...)
		},
		parse:  parse,
		key:    func(dst []byte, v *V, _ *Env) []byte { return append(dst, byte(rank(*v))) },
		pack:   func(dst []byte, v *V) []byte { return append(dst, *v...) },
		unpack: func(v *V, s string) error { *v = V(s); return nil },
		equal:  func(a, b *V) bool { return *a == *b },
		json:   func(dst []byte, v *V, _ *Env) []byte { return appendJSONString(dst, string(*v)) },
		unjson: func(raw []byte, env *Env) (V, error) {
			s, err := t.unjson(raw, env)
			if err != nil {
				return "", err
			}
			return parse(s, env)
		},
	}
}

// pickChoice finds the choice whose value or title the text is, or uniquely
// begins, in any case.
func pickChoice(choices []Choice, s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" {
		return "", nil
	}
	var starts []string
	for _, c := range choices {
		value, title := strings.ToLower(c.Value), strings.ToLower(c.Title)
		if s == value || s == title || strings.HasPrefix(value, "0") && s == strings.TrimLeft(value, "0") {
			return c.Value, nil // spreadsheets turn "07" into 7
		}
		if strings.HasPrefix(value, s) || strings.HasPrefix(title, s) {
			starts = append(starts, c.Value)
		}
	}
	if len(starts) == 1 {
		return starts[0], nil
	}
	values := make([]string, len(choices))
	for i, c := range choices {
		values[i] = c.Value
	}
	if len(values) > 12 {
		return "", failure.New(failure.Invalid, strconv.Quote(s)+" is not one of the choices")
	}
	return "", failure.New(failure.Invalid, strconv.Quote(s)+" is not one of "+strings.Join(values, ", "))
}

// Word is one of a fixed set of words, in the order given.
func Word[T any, V ~string](tag int, name, title string, lens func(*T) *V, choices ...Choice) Field[T] {
	return Bind(tag, name, title, choiceType[V](choices), lens)
}

// Words is any number of a fixed set of words.
func Words[T any, V ~string](tag int, name, title string, lens func(*T) *[]V, choices ...Choice) Field[T] {
	return Bind(tag, name, title, ListOf(choiceType[V](choices)), lens)
}

// validChoice reports whether a column of choices holds only declared words.
func validChoice(c *Column, rec any) bool {
	if c.Shape != ShapeChoice && c.Shape != ShapeList {
		return true
	}
	for value := range strings.SplitSeq(string(c.Format(nil, rec, nil)), "; ") {
		if !slices.ContainsFunc(c.Choices, func(choice Choice) bool { return choice.Value == value }) {
			return false
		}
	}
	return true
}
