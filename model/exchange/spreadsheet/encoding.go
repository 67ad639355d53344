package spreadsheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"interlocal/model/exchange/export"
	"interlocal/model/failure"
)

// decode turns a text file's bytes into UTF-8 and says in a note when it was
// written in something else. Offices write UTF-8 with or without a mark, UTF-16
// ("Unicode text" in Excel) and Windows-1252 ("CSV" in older Excel).
func decode(b []byte, name string) (s, note string, err error) {
	if rest, ok := bytes.CutPrefix(b, []byte(export.ByteOrderMark)); ok {
		b = rest
	} else if order, ok := utf16Order(b); ok {
		return decodeUTF16(b, order, name)
	}
	if looksBinary(b) {
		return "", "", failure.New(failure.Invalid, name+" is not a table; CSV, JSON and XLSX files can be read")
	}
	if utf8.Valid(b) {
		return string(b), "", nil
	}
	if mostlyUTF8(b) {
		return strings.ToValidUTF8(string(b), string(utf8.RuneError)), "some characters are damaged and show as " +
			string(utf8.RuneError), nil
	}
	out, derr := charmap.Windows1252.NewDecoder().Bytes(b)
	if derr != nil {
		return "", "", &failure.Error{Code: failure.Invalid, Message: name + " is in a character set that cannot be " +
			"told; save it as UTF-8", Cause: derr}
	}
	return string(out), "read as Windows-1252", nil
}

// utf16Order recognises UTF-16 by its mark, or by the zero in every other byte
// that Western text has.
func utf16Order(b []byte) (order unicode.Endianness, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return unicode.BigEndian, true
	}
	head := b[:min(len(b), 1024)&^1]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	most := len(head) * 2 / 5
	switch {
	case len(head) < 4:
		return order, false
	case zeros[1] >= most && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] >= most && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return order, false
}

func decodeUTF16(b []byte, order unicode.Endianness, name string) (s, note string, err error) {
	if len(b)%2 != 0 {
		return "", "", failure.New(failure.Invalid, name+" ends in the middle of a character, so it was cut short; "+
			"save or send it again")
	}
	out, derr := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b)
	if derr != nil && !bytes.HasPrefix(b, []byte{0xff, 0xfe}) && !bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		out, derr = unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b)
	}
	if derr != nil {
		return "", "", &failure.Error{Code: failure.Invalid, Message: name +
			" cannot be read as UTF-16; save it as UTF-8", Cause: derr}
	}
	s = strings.ToValidUTF8(strings.TrimPrefix(string(out), export.ByteOrderMark), string(utf8.RuneError))
	if looksBinary([]byte(s[:min(len(s), 8<<10)])) {
		return "", "", failure.New(failure.Invalid, name+" is not a table; CSV, JSON and XLSX files can be read")
	}
	return s, "read as UTF-16", nil
}

// looksBinary reports a zero byte, or more control characters than text has.
func looksBinary(b []byte) bool {
	head := b[:min(len(b), 8<<10)]
	odd := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < ' ' && (c < '\t' || c > '\r') && c != 0x1b {
			odd++
		}
	}
	return odd*10 > len(head)
}

// mostlyUTF8 reports that the bytes are UTF-8 with a few damaged places rather
// than another character set: valid longer characters far outnumber the rest.
func mostlyUTF8(b []byte) bool {
	valid, broken := 0, 0
	for len(b) > 0 {
		i := 0
		for i < len(b) && b[i] < utf8.RuneSelf {
			i++
		}
		if b = b[i:]; len(b) == 0 {
			break
		}
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			valid++
		}
		b = b[size:]
	}
	return valid > 10*broken
}
