// Package release works out what leaves a city: what a sharing consent
// permits, what the cities of a cycle learn together, and what each of them is
// then handed.
//
// # What is safe, and why
//
// Five cities are no crowd: one who knows its own answers and a count knows
// nearly everything. So nothing is computed for a viewer from answers that it
// may not see. There is one step that looks at several cities at once,
// [Publish], and it reads releases, not answers; a release ([Make]) holds what
// the city's consent permits and nothing else. What [Publish] gives is stored
// and handed to its audience as it is. Every screen, export, report and
// solution is worked out from that and from the viewer's own answers
// ([Handed], [Joint]), and so cannot tell more.
//
// # The rules
//
// A list names the items of a function that at least two cities that joined
// are below the minimum in. Only positives are named: neither how many nor
// who. It is made when every city that takes part has released, once. Fewer
// than four cities that joined and keep their scores to themselves are too few
// for a list, unless every city that joined agreed to so small a circle. It
// goes to the cities that joined it and to the facilitator.
//
// Bands go to the facilitator, scores to the partners a city names. Which of
// the two answers worth five it is, reasons, notes and evidence go to nobody.
//
// Five is not anonymity, and consent is the control: a city below the minimum
// in an item that the list does not name knows that the others are not.
// [Concedes] says so before anybody joins, and [Previews] shows what would go
// to whom.
package release
