// Package shadowing is the pages of the Shadowing tab beside its lists: the sheet
// on which sign-ups are typed off paper, the board on which people are brought
// together, and what events have come to.
//
// The sheet is made for speed. What is the same from line to line (event, city,
// what the line before said) is set once and carried; three letters find
// somebody who is known; each line is stored as soon as it is entered, in the
// order of the paper, and one undo takes it back.
//
// The board never decides by itself. It shows a plan, how good the plan is in
// words, and what every change would cost before it is made; what is worked out
// runs beside the session and can be ended at any moment. What the plan is and
// what a change costs is worked out by the model; here it is shown and asked
// about.
package shadowing
