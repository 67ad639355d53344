package sample

import (
	"interlocal/model"
	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// Set is the records of a made-up partnership. They refer to each other by
// the numbers they bear.
type Set struct {
	Settings      []*partnership.Settings
	Partners      []*partnership.Partner
	People        []*partnership.Person
	Resolutions   []*partnership.Resolution
	Briefings     []*partnership.Briefing
	Programs      []*partnership.Program
	Ideas         []*partnership.Idea
	Agreements    []*partnership.Agreement
	Events        []*shadowing.Event
	Signups       []*shadowing.Signup
	Matches       []*shadowing.Match
	Feedback      []*shadowing.Feedback
	Proofs        []*shadowing.Proof
	Synonyms      []*shadowing.Synonym
	Equipment     []*lending.Equipment
	Reservations  []*lending.Reservation
	Cycles        []*cyber.Cycle
	Answers       []*cyber.Answer
	Meetings      []*meeting.Meeting
	Agenda        []*meeting.AgendaItem
	Notes         []*meeting.Note
	Decisions     []*meeting.Decision
	Motions       []*meeting.Motion
	Actions       []*meeting.Action
	Minutes       []*meeting.Minutes
	Assessments   []*cyber.Assessment
	Consents      []*cyber.Consent
	Releases      []*cyber.Release
	Publications  []*cyber.Publication
	Solutions     []*cyber.Solution
	Benchmarks    []*cyber.Benchmark
	Rates         []*lending.Rate
	Kits          []*lending.Kit
	Blocks        []*lending.Block
	Series        []*lending.Series
	Handovers     []*lending.Handover
	Returns       []*lending.Return
	Statements    []*lending.Statement
	Charges       []*lending.Charge
	Needs         []*buying.Need
	Opportunities []*buying.Opportunity
	Solicitations []*buying.Solicitation
	Bids          []*buying.Bid
	Awards        []*buying.Award
}

// Each visits the records in an order in which references hold, and stops at
// the first error.
func (s *Set) Each(visit func(kind string, rec any) error) error {
	for _, part := range []func(func(string, any) error) error{
		each(s.Settings), each(s.Partners), each(s.People), each(s.Resolutions), each(s.Briefings), each(s.Programs),
		each(s.Ideas), each(s.Agreements), each(s.Events), each(s.Signups), each(s.Matches), each(s.Feedback),
		each(s.Proofs), each(s.Synonyms), each(s.Rates), each(s.Equipment), each(s.Kits), each(s.Blocks),
		each(s.Series), each(s.Reservations), each(s.Handovers), each(s.Returns), each(s.Statements),
		each(s.Charges), each(s.Needs), each(s.Opportunities), each(s.Solicitations), each(s.Bids), each(s.Awards),
		each(s.Cycles), each(s.Answers), each(s.Meetings), each(s.Agenda), each(s.Notes), each(s.Decisions),
		each(s.Motions), each(s.Actions), each(s.Minutes), each(s.Assessments), each(s.Consents), each(s.Releases),
		each(s.Publications), each(s.Solutions), each(s.Benchmarks),
	} {
		if err := part(visit); err != nil {
			return err
		}
	}
	return nil
}

func each[T field.Record](list []*T) func(func(string, any) error) error {
	var t T
	kind := t.KindName()
	return func(visit func(string, any) error) error {
		for _, rec := range list {
			if err := visit(kind, rec); err != nil {
				return err
			}
		}
		return nil
	}
}

// Len counts the records.
func (s *Set) Len() int {
	n := 0
	_ = s.Each(func(string, any) error { n++; return nil })
	return n
}

// Reader gives the set as something to read from, with the program's schema.
func (s *Set) Reader() *fieldtest.Memory {
	m := fieldtest.NewMemory(model.NewSchema())
	_ = s.Each(func(kind string, rec any) error { m.Put(kind, rec); return nil })
	return m
}

// The partners, by the numbers the founding data gives them.
const (
	independence partnership.PartnerID = iota + 1
	leesSummit
	blueSprings
	grandview
	raytown
	marc
)

// cityIDs lists the five cities in the order of their numbers.
func cityIDs() []partnership.PartnerID {
	return []partnership.PartnerID{independence, leesSummit, blueSprings, grandview, raytown}
}

// domain gives the reserved mail domain of a partner.
func domain(p partnership.PartnerID) string {
	names := [...]string{"", "independence", "leessummit", "bluesprings", "grandview", "raytown", "marc"}
	return names[p] + ".sample.example"
}

// frame begins a set with what is publicly known and says that the rest is
// made up.
func frame() *Set {
	f := partnership.NewSeed()
	s := &Set{Settings: f.Settings, Partners: f.Partners, Resolutions: f.Resolutions}
	s.Settings[0].Sample = true
	return s
}
