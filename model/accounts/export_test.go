package accounts

// What tests from outside the package look at.
const CodeLetters = codeLetters
const MaxComment = maxComment
