package value

// Span is a stretch of local time that a record takes up, half-open. Group
// says of what: a unit, say.
type Span struct {
	Group       uint64
	From, Until Wall
}

// SpanWeek is the length, in minutes, of the pieces by which readers file
// spans. A record is filed under every piece it touches.
const SpanWeek = 7 * 24 * 60
