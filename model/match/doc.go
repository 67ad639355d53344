// Package match answers the two questions of a job-shadow day: who does
// similar work in another city, and who should visit whom, when.
//
// The first half is similarity. A [Similarity] is built from what people wrote
// about themselves (title, duties, tags, department) and ranks, for each of
// them, the people of other cities. The score is additive: it is the sum of
// the reasons shown beside it. It compares
//
//   - words, reduced to their stems and weighted by rarity and by field;
//   - spelling, as runs of four letters, which forgives typing errors;
//   - meaning, as closeness in a small space of "directions" found in the very
//     texts compared (latent semantic analysis), which relates words that keep
//     the same company;
//   - departments, by how often their people turn out to do similar work, so
//     that nobody has to maintain a table of which departments correspond;
//   - agreement: what the people most like either of the two have in common
//     with the other.
//
// Nothing is learned beforehand and nothing is kept afterwards: the same people
// give the same ranking, to the last point. The abbreviation table is data,
// handed in and editable.
//
// The second half is the solver. A [Problem] says who may visit, host or both,
// when, for how long and with what value; [Solve] returns the best plan it
// could find, a bound that no plan can exceed, and the multipliers (dual values)
// that prove the bound. It is branch and cut: linear relaxations solved by the dual
// simplex method, cut by rules about pairs, by halved rules and by mixed-integer
// cuts; the volume algorithm where relaxations are large; annealing and large
// neighbourhood search for plans. How that does on kinds of events it was not tuned
// to is in testdata/families.txt.
//
// [Check] verifies plan and bound in integers, by a separate and much smaller piece
// of code, so that "proved best" and "within x% of the best possible" can be
// believed without believing the search.
package match
