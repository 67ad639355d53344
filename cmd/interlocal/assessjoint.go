package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/cyber"
	"interlocal/model/cyber/portfolio"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
	"interlocal/model/value"
)

// assessJointStep makes the command that says what to buy together.
func (c *call) assessJointStep() *cobra.Command {
	budget, years := "", 3
	cmd := c.assessStep("joint [--budget DOLLARS] [--years N]", "what to buy together, and what each city pays", none,
		func(cmd *cobra.Command, _ *assessing) {
			cmd.Flags().StringVar(&budget, "budget", "", "what may be spent in all, in `DOLLARS` (default: no limit)")
			cmd.Flags().IntVar(&years, "years", 3, "over how many years, 1 to 5")
		},
		func(ctx context.Context, o *assessing, _ []string) error { return c.assessJoint(ctx, o, budget, years) })
	cmd.Long = `joint chooses among the joint solutions on file: the most levels gained, over the cities whose levels
you may see, within a budget. Each solution's cost is shared by its own rule among the cities that it serves. What was
bought since the year before is set beside the answers: how many of the questions it was to lift are answered higher
now.`
	return cmd
}

func (c *call) assessJoint(ctx context.Context, o *assessing, budget string, years int) error {
	if years < 1 || years > 5 {
		return misuse("--years is from 1 to 5")
	}
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	k, err := release.Joint(view, o.y.ID, partnership.PartnerID(c.id.Partner), env.Today)
	if err != nil {
		return err
	}
	k.Problem.Years = years
	for _, s := range k.Problem.Solutions {
		k.Problem.Budget += s.Cost(years)
	}
	if budget != "" {
		var typed cyber.Solution // read as its costs are
		if err := view.Schema().Kind(cyber.KindSolutions).Column("one_time").Parse(&typed, budget, env); err != nil {
			return err
		}
		k.Problem.Budget = max(typed.OneTime.Or(0), 0)
	}
	best, err := k.Problem.Best(0, func() bool { return ctx.Err() != nil })
	if err != nil {
		return err
	}
	return c.tellJoint(view, env, o, k, best)
}

// tellJoint says what was chosen, what each city pays, and what earlier purchases
// have lifted.
func (c *call) tellJoint(view field.Reader, env *field.Env, o *assessing, k *release.Case,
	best portfolio.Portfolio) error {
	var b strings.Builder
	chosen, pays := []string{}, map[string]string{}
	for i := range k.Solutions {
		mark, s := "   ", k.Problem.Solutions[i]
		if slices.Contains(best.Chosen, i) {
			mark, chosen = "buy", append(chosen, s.Name)
		}
		fmt.Fprintf(&b, "%s  %s, %s\n", mark, s.Name, s.Cost(k.Problem.Years))
	}
	fmt.Fprintf(&b, "%s over %s, %s gained, %s.\n", best.Cost, text.Counted(k.Problem.Years, "year", "years"),
		text.Counted(int(best.Gain), "level", "levels"), best.Quality())
	shares, err := k.Shares(view, best, release.OwnRule)
	if err != nil {
		fmt.Fprintln(&b, text.Capital(err.Error())+".")
	}
	for i, amount := range shares {
		name := env.Label(partnership.KindPartners, uint64(k.Serves[i]))
		pays[name] = amount.String()
		fmt.Fprintf(&b, "  %s pays %s\n", name, amount)
	}
	lifted, err := liftedBy(view, o, env.Today)
	if err != nil {
		return err
	}
	for _, line := range append(slices.Clone(k.Notes), lifted...) {
		fmt.Fprintln(&b, line+".")
	}
	return c.say(strings.TrimSpace(b.String()), map[string]any{"chosen": chosen, "cost": best.Cost.String(),
		"gain": best.Gain, "quality": best.Quality(), "pays": pays, "notes": k.Notes, "lifted": lifted})
}

// liftedBy says of each purchase since the year before what it has lifted.
func liftedBy(view field.Reader, o *assessing, today value.Day) ([]string, error) {
	out := []string{}
	s, err := cyber.ReadSheet(view, o.y.ID, o.p, today)
	if err != nil {
		return nil, err
	}
	var before *cyber.Year
	for _, y := range cyber.Years(view, o.p, today) {
		if y.Cycle.Year < o.y.Year {
			before = &y
		}
	}
	if before == nil {
		return out, nil
	}
	for _, sol := range cyber.Bought(view, o.p, before.Cycle, "") {
		items, levels, of := sol.Lifted(s, before)
		out = append(out, fmt.Sprintf("%s, bought %s: %d of %s answered higher than in %d, by %s in all", sol.Name,
			sol.Bought.V, items, text.Counted(of, "question is", "questions are"), before.Cycle.Year,
			text.Counted(levels, "level", "levels")))
	}
	return out, nil
}
