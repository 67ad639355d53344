// Package framework holds the questions of the yearly self-assessment: the
// versions of the NIST Cybersecurity Framework, how one leads to the next, and
// the reading of its official wording.
//
// A [Framework] is one version: 2.0 (2024; 6 functions, 22 categories, 106
// subcategories) or 1.1 (2018; 5, 23, 108). [Catalogue] gives both. Identifiers
// and the names of functions and categories are NIST's; the question asked for
// every subcategory, what being at level 5 looks like and what would prove it
// are this program's own words. [Import] reads the official wording from a file
// NIST publishes. A [Crosswalk] says which subcategory of 1.1 lives on in which
// of 2.0.
package framework
