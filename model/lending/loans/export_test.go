package loans

// MaxWeeks is how often a line repeats at most.
const MaxWeeks = maxWeeks
