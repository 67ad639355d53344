package pairing

import (
	"strconv"
	"strings"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// Peer is somebody of another city who does similar work.
type Peer struct {
	Person  *partnership.Person
	City    string
	Score   int
	Reasons []match.Reason
}

// Staff compares the work of the people in service, who are also listed as
// matching sees them; parallel runs work on several processors.
func Staff(r field.Reader, parallel match.Parallel) (*match.Similarity, []match.Person) {
	env := field.NewEnv(r, 0)
	var people []match.Person
	for p := range field.All[partnership.Person](r) {
		if !p.Left {
			people = append(people, match.Person{ID: strconv.FormatUint(uint64(p.ID), 10), Tags: p.Tags,
				City:       env.Label(partnership.KindPartners, uint64(p.Partner)),
				Department: p.Department, Title: p.Title, Duties: strings.Join(p.Duties, "; ")})
		}
	}
	var synonyms []*shadowing.Synonym
	for s := range field.All[shadowing.Synonym](r) {
		synonyms = append(synonyms, s)
	}
	return match.NewSimilarity(people, match.SimilarityOptions{Parallel: parallel, Synonyms: Synonyms(synonyms)}),
		people
}

// Peers ranks the people of other cities by how similar their work is to
// somebody's, the first n of them.
func Peers(r field.Reader, of partnership.PersonID, n int, parallel match.Parallel) ([]Peer, error) {
	s, people := Staff(r, parallel)
	for at, p := range people {
		if p.ID != strconv.FormatUint(uint64(of), 10) {
			continue
		}
		var out []Peer
		for _, found := range s.Rank(at, n) {
			id, _ := strconv.ParseUint(people[found.Index].ID, 10, 64) // made of a number by Staff
			out = append(out, Peer{field.Get(r, partnership.PersonID(id)), people[found.Index].City, found.Score,
				found.Reasons})
		}
		return out, nil
	}
	return nil, failure.New(failure.NotFound, field.NewEnv(r, 0).Label(partnership.KindPeople, uint64(of))+
		" is not a person in service, so there is nothing to compare")
}
