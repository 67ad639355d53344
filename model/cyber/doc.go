// Package cyber holds what the yearly cybersecurity self-assessment is made
// of: the questions, the answers one may give, the arithmetic that turns
// answers into scores, and the search for the joint solutions that lift most
// for the money.
//
// # Framework
//
// A [framework.Framework] is one version of the NIST Cybersecurity Framework: 2.0 (2024;
// 6 functions, 22 categories, 106 subcategories) or 1.1 (2018; 5, 23, 108).
// [framework.Catalogue] gives both. Identifiers and the names of functions and
// categories are NIST's; the question asked for every subcategory, what being
// at level 5 looks like and what would prove it are this program's own words.
// [framework.Import] reads the official wording from a file NIST publishes. A
// [framework.Crosswalk] says which subcategory of 1.1 lives on in which of 2.0.
//
// # Answers
//
// A [Level] is one of the eight answers of the Nationwide Cybersecurity
// Review (MS-ISAC), of which two are worth 5, or "not applicable", "unknown" or
// nothing at all. Unknown is not zero: it is left out of a mean, counted beside
// it and opens an interval.
//
// # Scores
//
// Every figure is an exact [Ratio], rounded only when written, and can say in
// words how it came about ([Score.Explain]). The review's own roll-up is not
// public; the two offered here are named by [RollUp].
//
// # Joint solutions
//
// A [portfolio.Problem] asks for the set of [portfolio.Solution] values that lifts the cities'
// answers most within a budget. [portfolio.Problem.Greedy] answers at once and
// [portfolio.Problem.Best] proves the best answer, or says how far from it one may be.
// [value.Split] divides a cost to the cent.
//
// # From the records
//
// [ReadSheet] gives a city's assessment as its records have it, [Years] all of
// its years, and [Carry] what of last year comes into a new cycle: as a ghost
// that counts for nothing until somebody confirms it. What other cities learn of
// it is package release's, the sheets that go out and come back are package
// paper's.
//
// Nothing here reads a clock or a file: days, bytes and rows are arguments.
package cyber
