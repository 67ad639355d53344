// Package equipment is what the Equipment and Buying tabs show beside their
// lists: when units are free, the yard today, who owes whom, how well the units
// are used, and what several cities could buy together.
//
// Most pages are those of the kit in package page: rows under a few columns, with
// a sentence or two about the row under the cursor. The [timeline] draws itself,
// and only looks at the units and the days in its window.
//
// Nothing here decides what is free, who may do what or what a loan costs. That
// is package model and its neighbors, which the commands ask as well; a page
// asks, and shows the answer with its reason.
package equipment
