package cyber

// What tests from outside the package look at.
var SameAssessed = sameAssessed
