package sshd

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostLogged is how many bytes of one value stand in a line of the log. An SSH
// client says up to 256 KB of itself before it has shown who it is.
const mostLogged = 160

// brief is a log whose lines are short, one line each, and free of what a
// terminal or a reader of logs would act on, whatever a client has sent.
type brief struct{ to slog.Handler }

// Enabled reports whether the log takes lines of a level.
func (b brief) Enabled(ctx context.Context, l slog.Level) bool { return b.to.Enabled(ctx, l) }

// Handle writes a line with its values cut and escaped.
func (b brief) Handle(ctx context.Context, r slog.Record) error {
	short := slog.NewRecord(r.Time, r.Level, cut(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		short.AddAttrs(briefly(a))
		return true
	})
	return b.to.Handle(ctx, short)
}

// WithAttrs gives a log whose lines all have these values.
func (b brief) WithAttrs(attrs []slog.Attr) slog.Handler {
	short := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		short[i] = briefly(a)
	}
	return brief{b.to.WithAttrs(short)}
}

// WithGroup gives a log whose values stand under a name.
func (b brief) WithGroup(name string) slog.Handler { return brief{b.to.WithGroup(name)} }

// briefly cuts a value that is text or is written as text; numbers and times
// stay as they are.
func briefly(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, cut(v.String()))
	case slog.KindAny:
		return slog.String(a.Key, cut(fmt.Sprint(v.Any())))
	}
	return slog.Attr{Key: a.Key, Value: v}
}

// cut escapes what is not printable and keeps the first [mostLogged] bytes of
// what comes of it.
func cut(s string) string {
	var b strings.Builder
	for at, r := range s {
		piece := string(r)
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			piece = fmt.Sprintf(`\u%04x`, r)
		}
		if b.Len()+len(piece) > mostLogged {
			return fmt.Sprintf("%s… (%d bytes more)", b.String(), len(s)-at)
		}
		b.WriteString(piece)
	}
	return b.String()
}
