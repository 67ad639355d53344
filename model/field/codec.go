package field

import (
	"encoding/binary"

	"interlocal/model/failure"
)

// The stored form of a record is a run of (tag, length, value) triples, tags
// and lengths as unsigned varints, for the fields that hold something, in the
// order of the description. A field can be added without touching what is
// stored; one with an unknown tag is skipped. Tags are never reused.

func packFields(dst []byte, cols []*Column, rec any) []byte {
	var buf [128]byte
	for _, c := range cols {
		if c.Empty(rec) {
			continue
		}
		v := c.pack(buf[:0], rec)
		dst = binary.AppendUvarint(dst, uint64(c.Tag))
		dst = binary.AppendUvarint(dst, uint64(len(v)))
		dst = append(dst, v...)
	}
	return dst
}

func unpackFields(cols []*Column, rec any, s string) error {
	next := 0
	for s != "" {
		tag, rest, ok := cutUvarint(s)
		if !ok {
			return failure.New(failure.Damaged, "a stored record is cut short")
		}
		n, rest, ok := cutUvarint(rest)
		if !ok || n > uint64(len(rest)) {
			return failure.New(failure.Damaged, "a stored record is cut short")
		}
		if c := columnByTag(cols, &next, int(tag)); c != nil {
			if err := c.unpack(rec, rest[:n]); err != nil {
				return err
			}
		}
		s = rest[n:]
	}
	return nil
}

// columnByTag finds the column with the tag, looking first where the last
// search ended, since values are stored in the columns' order.
func columnByTag(cols []*Column, next *int, tag int) *Column {
	for i := range cols {
		j := (*next + i) % len(cols)
		if cols[j].Tag == tag {
			*next = j + 1
			return cols[j]
		}
	}
	return nil
}
