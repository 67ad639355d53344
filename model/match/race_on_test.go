//go:build race

package match

// underRace says that the race detector slows everything down.
const underRace = true
