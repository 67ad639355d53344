// Package partnership holds what the cities are and do together: settings,
// partners and their people, resolutions and agreements, briefings, programs and
// ideas, and the records a new file starts with.
//
// Every domain builds on it, and no domain on another.
package partnership
