package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/match"
	"interlocal/model/partnership"
	"interlocal/model/shadowing/events"
	"interlocal/model/shadowing/pairing"
	"interlocal/store"
	"interlocal/store/run"
)

// peering is what the peers command is asked.
type peering struct {
	file   string
	top    int
	format string
	seed   bool
}

func (c *call) peersCommand() *cobra.Command {
	var o peering
	cmd := c.command("peers [PERSON]", "who does similar work in the other cities", between(0, 1),
		func(ctx context.Context, args []string) error { return c.peers(ctx, strings.Join(args, ""), o) })
	cmd.Long = `peers ranks the people of other cities by how similar their work is to PERSON's, named by name or
number, and says why. Without PERSON it ranks for everybody. With --file it ranks the people of a CSV file with the
columns id, city, department, title and duties instead, and writes the columns id, rank, peer, score and reasons.`
	cmd.Example = "  interlocal peers \"Dana Reyes\"\n  interlocal peers --file people.csv --top 30 --format csv > " +
		"ranking.csv"
	cmd.Flags().StringVar(&o.file, "file", "", "rank the people of a CSV `FILE`")
	cmd.Flags().IntVar(&o.top, "top", 10, "the best `N` for each")
	cmd.Flags().BoolVar(&o.seed, "seed-synonyms", false, "put the program's abbreviations on record, so that they "+
		"can be edited")
	cmd.Flags().StringVar(&o.format, "format", "", "`FORMAT`: table, csv or json")
	oneOf(cmd, "format", "table", "csv", "json")
	return cmd
}

func (c *call) peers(ctx context.Context, person string, o peering) error {
	switch {
	case o.top < 1:
		return misuse("--top takes a number from 1")
	case o.file != "" && person != "":
		return misuse("name a person or a --file, not both")
	}
	if o.seed {
		return c.seedSynonyms(ctx)
	}
	if o.format == "" && c.json {
		o.format = "json"
	}
	if o.file != "" {
		return c.peersOfFile(o)
	}
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	if person == "" {
		s, people := pairing.Staff(view, run.OnAllProcessors)
		return c.writeRanking(o, s, people)
	}
	id, err := recordNamed(env, view.Schema().Kind(partnership.KindPeople), person)
	if err != nil {
		return err
	}
	peers, err := pairing.Peers(view, partnership.PersonID(id), o.top, run.OnAllProcessors)
	if err != nil {
		return err
	}
	return c.writePeers(o, peersOf(view, peers))
}

// seedSynonyms puts the program's own synonyms on record.
func (c *call) seedSynonyms(ctx context.Context) error {
	if _, err := c.openExisting(ctx); err != nil {
		return err
	}
	done, err := c.do(ctx, run.Request{Act: events.Acts().Named("synonym.seed")})
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(map[string]int{"added": done.Stored.Changed})
	}
	_, err = fmt.Fprintln(c.Stdout, done.Text)
	return err
}

// peersOfFile ranks the people of a CSV file.
func (c *call) peersOfFile(o peering) error {
	in, err := c.input(o.file)
	if err != nil {
		return err
	}
	defer in.Close()
	people, err := match.ReadPeople(in)
	if err != nil {
		return explainInput(baseName(o.file), err)
	}
	if o.format == "" {
		o.format = "csv"
	}
	return c.writeRanking(o, match.NewSimilarity(people, match.SimilarityOptions{Parallel: run.OnAllProcessors}),
		people)
}

// explainInput makes an error of package match one of ours.
func explainInput(name string, err error) error {
	var bad *match.InputError
	if errors.As(err, &bad) {
		if name == "the "+bad.Field {
			return &failure.Error{Code: failure.Invalid, Message: name + " " + bad.Problem, Cause: err}
		}
		return &failure.Error{Code: failure.Invalid, Message: name + ": " + bad.Error(), Cause: err}
	}
	return &failure.Error{Code: failure.Unusable, Message: name + " could not be read to its end", Cause: err}
}

// peerJSON is one peer for scripts.
type peerJSON struct {
	Rank       int    `json:"rank"`
	Score      int    `json:"score"`
	Peer       uint64 `json:"peer"`
	Name       string `json:"name"`
	City       string `json:"city"`
	Title      string `json:"title"`
	Department string `json:"department"`
	Reasons    string `json:"reasons"`
}

func peersOf(view *store.View, peers []pairing.Peer) []peerJSON {
	out := []peerJSON{}
	for i, p := range peers {
		out = append(out, peerJSON{i + 1, p.Score, uint64(p.Person.ID), p.Person.Name, p.City, p.Person.Title,
			p.Person.Department,
			described(view, p.Reasons)})
	}
	return out
}

// described writes reasons with the names of the people they mention.
func described(view *store.View, reasons []match.Reason) string {
	reasons = slices.Clone(reasons)
	for i, r := range reasons {
		id, err := strconv.ParseUint(r.Text, 10, 64)
		if r.Kind != match.Agreement || err != nil {
			continue
		}
		if p := field.Get(view, partnership.PersonID(id)); p != nil {
			reasons[i].Text = p.Name
		}
	}
	return match.Describe(reasons)
}

// writePeers writes one person's peers.
func (c *call) writePeers(o peering, peers []peerJSON) error {
	switch o.format {
	case "json":
		return c.writeJSON(peers)
	case "csv", "table", "":
	default:
		return misuse("peers are written as table, csv or json, not as %q", o.format)
	}
	head := []string{"rank", "score", "peer", "name", "city", "title", "department", "reasons"}
	rows := [][]string{head}
	for _, p := range peers {
		rows = append(rows, []string{strconv.Itoa(p.Rank), strconv.Itoa(p.Score), strconv.FormatUint(p.Peer, 10),
			p.Name, p.City, p.Title, p.Department, p.Reasons})
	}
	if o.format == "csv" {
		return writeCells(c.Stdout, rows)
	}
	return writeAligned(c.Stdout, rows)
}

// writeRanking writes everybody's peers: id, rank, peer, score, reasons.
func (c *call) writeRanking(o peering, s *match.Similarity, people []match.Person) error {
	switch o.format {
	case "csv", "table", "":
		return c.write(output{}, func(w io.Writer) error { return match.WriteRanking(w, s, o.top) })
	case "json":
		return c.writeJSON(rankingOf(s.RankAll(o.top), people))
	}
	return misuse("a ranking is written as csv or json, not as %q", o.format)
}

// rankJSON is a line of a ranking for scripts.
type rankJSON struct {
	ID      string `json:"id"`
	Rank    int    `json:"rank"`
	Peer    string `json:"peer"`
	Score   int    `json:"score"`
	Reasons string `json:"reasons"`
}

func rankingOf(ranked [][]match.Peer, people []match.Person) []rankJSON {
	out := []rankJSON{}
	for i, list := range ranked {
		for n, p := range list {
			out = append(out, rankJSON{people[i].ID, n + 1, people[p.Index].ID, p.Score, match.Describe(p.Reasons)})
		}
	}
	return out
}

// writeCells writes rows as CSV whose cells a spreadsheet takes for text.
func writeCells(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
