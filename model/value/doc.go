// Package value holds what a field can hold: days and local times, half days,
// money, readings and shares, costs as they are noted, stretches of time, and
// the value that may not be recorded.
//
// Each is read as people type it and written as files and people have it. A
// [Day] is a day, not a midnight; a [Wall] is what clocks of the partnership
// show, so that it stays put when clocks change; what is not known is an [Opt]
// that is not set, never a zero. Money is whole cents, and [Split] deals an
// amount out so that none is lost.
package value
