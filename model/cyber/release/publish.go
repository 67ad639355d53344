package release

import (
	"cmp"
	"slices"

	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// leastForList is how many cities have to join a list and keep their scores to
// themselves before it is made without each one's word.
const leastForList = 4

// Waiting lists the cities that take part in a cycle and have not released.
func Waiting(y *cyber.Cycle, releases []*cyber.Release) []partnership.PartnerID {
	var out []partnership.PartnerID
	for _, p := range y.TakingPart() {
		if !slices.ContainsFunc(releases, func(v *cyber.Release) bool { return v.Partner == p }) {
			out = append(out, p)
		}
	}
	return out
}

// Publish works out the shared results of a cycle from the releases of the
// cities that take part: for each function a list, and each city's bands and
// scores for those it lets see them. It gives none while a city has not
// released. Releases of cities that do not take part count for nothing.
//
// Each result bears the number of its place among all that there could be, so
// that the numbers somebody sees do not tell what was shared with others.
func Publish(y *cyber.Cycle, releases []*cyber.Release, facilitators []partnership.PartnerID,
	on value.Day) []*cyber.Publication {
	in := y.TakingPart()
	if len(in) == 0 || y.Published.Set || len(Waiting(y, releases)) > 0 {
		return nil
	}
	var part []*cyber.Release
	for _, v := range releases {
		if slices.Contains(in, v.Partner) {
			part = append(part, v)
		}
	}
	slices.SortFunc(part, func(a, b *cyber.Release) int { return cmp.Compare(a.Partner, b.Partner) })
	p := publisher{y: y, part: part, facilitators: facilitators, on: on}
	for _, fn := range framework.FunctionsOf(y.Framework) {
		p.place++
		p.list(fn)
	}
	for _, v := range part {
		p.place++
		p.bands(v)
	}
	for _, v := range part {
		p.place++
		p.scores(v)
	}
	return p.out
}

type publisher struct {
	y            *cyber.Cycle
	part         []*cyber.Release
	facilitators []partnership.PartnerID
	on           value.Day
	place        int // of the next result among all that there could be
	out          []*cyber.Publication
}

// numbersKept is how many numbers the results of a cycle take, used or not.
const numbersKept = 1000

// Numbered gives results their numbers in a file, behind those of the cycles
// before; last is the highest used so far.
func Numbered(pubs []*cyber.Publication, last cyber.PublicationID) []*cyber.Publication {
	base := (last + numbersKept - 1) / numbersKept * numbersKept
	for _, p := range pubs {
		p.ID += base
	}
	return pubs
}

func (p *publisher) add(sort cyber.PublicationSort, audience []partnership.PartnerID, fill func(*cyber.Publication)) {
	slices.Sort(audience)
	pub := &cyber.Publication{ID: cyber.PublicationID(p.place), Cycle: p.y.ID, Sort: sort, Framework: p.y.Framework,
		Audience: slices.Compact(audience), On: value.Some(p.on)}
	fill(pub)
	p.out = append(p.out, pub)
}

// list publishes what at least two of the cities that joined lack in a
// function, or why it is withheld.
func (p *publisher) list(fn string) {
	var joined []*cyber.Release
	var names []partnership.PartnerID
	for _, v := range p.part {
		if v.For(fn).Rank() >= 1 {
			joined, names = append(joined, v), append(names, v.Partner)
		}
	}
	if len(joined) == 0 {
		return
	}
	p.add(cyber.PublishedList, append(slices.Clone(names), p.facilitators...), func(pub *cyber.Publication) {
		pub.Function, pub.Joined = fn, names
		if pub.Withheld = withheld(joined, fn); pub.Withheld == "" {
			pub.Items = shared(joined, fn, p.y.Framework)
		}
	})
}

// withheld says why there can be no list for a function, or nothing.
func withheld(joined []*cyber.Release, fn string) string {
	if len(joined) < 2 {
		return "no other city joined"
	}
	quiet, agreed := 0, 0
	for _, v := range joined {
		if v.For(fn).Rank() < 3 {
			quiet++
		}
		if v.SmallToo {
			agreed++
		}
	}
	if quiet < leastForList && agreed < len(joined) {
		return "fewer than four cities joined and keep their scores to themselves, and not all agreed to a list " +
			"among so few"
	}
	return ""
}

// shared lists the items of a function that at least two releases name; those
// that are named only from three on do not make up the two.
func shared(joined []*cyber.Release, fn string, v framework.Version) []string {
	named, anyhow := map[string]int{}, map[string]int{}
	for _, rel := range joined {
		for _, item := range rel.Below {
			named[item]++
			if !rel.FromThree {
				anyhow[item]++
			}
		}
	}
	var out []string
	for _, item := range framework.ItemsOf(v) {
		if framework.FunctionOf(item) == fn && (named[item] >= 3 || anyhow[item] >= 2) {
			out = append(out, item)
		}
	}
	return out
}

// bands publishes a city's bands for the facilitator.
func (p *publisher) bands(v *cyber.Release) {
	if len(v.Bands) == 0 || len(p.facilitators) == 0 {
		return
	}
	p.add(cyber.PublishedBands, append([]partnership.PartnerID{v.Partner}, p.facilitators...),
		func(pub *cyber.Publication) {
			pub.City, pub.Bands = v.Partner, slices.Clone(v.Bands)
		})
}

// scores publishes a city's scores for the partners it named.
func (p *publisher) scores(v *cyber.Release) {
	if len(v.Scores) == 0 || len(v.With) == 0 {
		return
	}
	p.add(cyber.PublishedScores, append([]partnership.PartnerID{v.Partner}, v.With...), func(pub *cyber.Publication) {
		pub.City, pub.Scores = v.Partner, slices.Clone(v.Scores)
	})
}
