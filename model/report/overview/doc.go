// Package overview works out what needs attention today, the figures that
// matter, and what is coming: what a person opening the program sees first, and
// what an agenda begins with.
//
// What is due is declared beside the records ([field.Def.Due]) and collected by
// [field.Viewpoint.Due]; nothing here knows a rule of it. A tab's [Contributor]
// gathers what is due from its kinds and adds its figures. What is no day of any
// one record, such as a return of which no settlement line was made or a new key
// to a city's answers, is an open question and asked here.
//
// overview.go merges and orders, line.go holds what it is made of, figures.go the
// tabs' figures, questions.go the open questions, first.go what to do first in a
// file that is still thin, text.go writes it as text and JSON.
package overview
