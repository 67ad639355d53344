package framework

// What tests from outside the package look at.
const CutShort = cutShort
const MaxWordingText = maxWordingText

var Digits = digits
var Numbered = numbered
var OneLine = oneLine
var SplitID = splitID
