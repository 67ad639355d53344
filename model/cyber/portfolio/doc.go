// Package portfolio finds the joint solutions that lift the cities' answers most
// for the money, and shares their cost.
//
// A [Problem] asks for the set of [Solution] values that lifts most within a
// budget. [Problem.Greedy] answers at once and [Problem.Best] proves the best
// answer, or says how far from it one may be. [value.Split] divides a cost to the
// cent.
package portfolio
