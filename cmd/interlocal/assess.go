package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/cyber/assess"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store/run"
)

// assessing is what the assess commands are asked.
type assessing struct {
	cycle, partner string
	by, office     string
	reason         string
	because        string // why one login does what takes two
	five           string
	mapping        []string // what headings of a file stand for
	rehearse       bool
	clashes        string
	format         string
	out            output

	y *cyber.Cycle
	p partnership.PartnerID
}

func (c *call) assessCommand() *cobra.Command {
	cmd := c.command("assess STEP [--cycle YEAR] [--partner CITY]", "the steps of a city's self-assessment", nil, nil)
	cmd.Long = `assess does what a city's self-assessment needs, step by step. Without --cycle it is the newest cycle,
without --partner your own city, or the only one with answers in it.

Answers stay with the city. "preview" shows what each other city would be handed under the sharing consent on file;
"release" hands it in, and when every city that takes part has released, the results are shared, once.`
	cmd.Example = "  interlocal assess carry --partner raytown\n  interlocal assess approve --by \"Sam Lee\" " +
		"--office \"city manager\"\n" +
		"  interlocal assess send RS -o respond.xlsx\n  interlocal assess take respond.xlsx --by \"Ana Ortiz\""
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		return misuse("write it as: interlocal assess STEP; steps are %s", strings.Join(stepNames(cmd), ", "))
	}
	cmd.AddCommand(c.assessSteps()...)
	cmd.AddCommand(c.assessFiles()...)
	cmd.AddCommand(c.assessJointStep())
	return cmd
}

func stepNames(cmd *cobra.Command) []string {
	var out []string
	for _, sub := range cmd.Commands() {
		out = append(out, sub.Name())
	}
	return out
}

// assessStep makes one of the commands.
func (c *call) assessStep(use, short string, args cobra.PositionalArgs, flags func(*cobra.Command, *assessing),
	run func(context.Context, *assessing, []string) error) *cobra.Command {
	o := &assessing{}
	cmd := c.command(use, short, args, func(ctx context.Context, args []string) error {
		if err := c.chooseAssessment(ctx, o); err != nil {
			return err
		}
		return run(ctx, o, args)
	})
	cmd.Flags().StringVar(&o.cycle, "cycle", "", "the `YEAR` of the cycle (default: the newest)")
	cmd.Flags().StringVar(&o.partner, "partner", "", "the `CITY` (default: your own)")
	if flags != nil {
		flags(cmd, o)
	}
	return cmd
}

// chooseAssessment finds the cycle and the city that are meant.
func (c *call) chooseAssessment(ctx context.Context, o *assessing) error {
	view, env, err := c.viewNamed(ctx)
	if err != nil {
		return err
	}
	for y := range field.All[cyber.Cycle](view) {
		if o.cycle == strconv.Itoa(y.Year) || o.cycle == "" && (o.y == nil || y.Year > o.y.Year) {
			o.y = y
		}
	}
	if o.y == nil {
		if o.cycle != "" {
			return failure.New(failure.NotFound, "there is no cycle "+o.cycle+"; interlocal list cycles shows those "+
				"there are")
		}
		return failure.New(failure.NotFound, "there is no self-assessment cycle yet; add one to the list of cycles")
	}
	o.p = partnership.PartnerID(c.id.Partner)
	if o.partner != "" {
		id, err := env.Resolve(partnership.KindPartners, o.partner)
		if err != nil {
			return err
		}
		o.p = partnership.PartnerID(id)
	}
	if o.p == 0 {
		o.p = onlyCity(view, o.y.ID)
	}
	if o.p == 0 {
		return misuse("say which city: --partner raytown")
	}
	if !c.id.Sees(view.Schema().Kind(cyber.Answer{}.KindName()), []field.Party{field.Party(o.p)}) {
		return failure.New(failure.Forbidden, "a city's answers are its own: as "+string(c.id.Role)+" you cannot see "+
			"those of "+env.Label(partnership.KindPartners, uint64(o.p)))
	}
	return nil
}

// onlyCity gives the city whose assessment a file of one city holds.
func onlyCity(r field.Reader, cycle cyber.CycleID) partnership.PartnerID {
	var found partnership.PartnerID
	for s := range field.Of[cyber.Assessment](r, "cycle", cycle) {
		if found != 0 && found != s.Partner {
			return 0
		}
		found = s.Partner
	}
	return found
}

// actDone carries an act out on a record, or on none, and says on the side what is
// to be looked at. Set gives the arguments that the command line stands for.
func actDone[A any](ctx context.Context, c *call, name string, id uint64, set func(*A),
	answer ...*field.Override) (run.Done, error) {
	a, view := assess.Acts(accounts.Signer).Named(name), c.store.As(c.id).View()
	if err := run.May(view, c.id, a, id, c.wall(view)); err != nil {
		return run.Done{}, err
	}
	args := a.NewArgs(run.ViewOf(view, c.id, a, c.wall(view)), view.Get(a.On, id))
	if set != nil {
		set(args.(*A))
	}
	q := run.Request{Act: a, ID: id, Args: args}
	if len(answer) > 0 {
		q.Override = answer[0]
	}
	done, err := c.do(ctx, q)
	for _, w := range done.Stored.Warnings {
		fmt.Fprintln(c.Stderr, w.Message)
	}
	return done, err
}

// of says whose assessment is meant, as acts take it.
func (o *assessing) of() assess.Of { return assess.Of{Cycle: o.y.ID, Partner: o.p} }

// assessAct makes the command that takes an assessment a step on, and says so.
func assessAct[A any](c *call, short, says, name string, flags func(*cobra.Command, *assessing),
	set func(*assessing, *A)) *cobra.Command {
	_, verb, _ := strings.Cut(name, ".")
	return c.assessStep(verb, short, none, flags, func(ctx context.Context, o *assessing, _ []string) error {
		s := cyber.AssessmentOf(c.store.As(c.id).View(), o.y.ID, o.p)
		if s == nil {
			return failure.New(failure.NotFound, "there is no assessment of this city in the cycle that you may "+
				"change; begin it first")
		}
		var with func(*A)
		if set != nil {
			with = func(a *A) { set(o, a) }
		}
		var answer *field.Override
		if o.because != "" {
			answer = &field.Override{Name: c.nameFor(o), Reason: o.because}
		}
		done, err := actDone(ctx, c, name, uint64(s.ID), with, answer)
		if err != nil {
			return err
		}
		if out, ok := done.Detail.(assess.Outcome); ok {
			return c.sayOutcome(out)
		}
		return c.say(says, map[string]any{"done": says})
	})
}

// assessSteps lists the steps that change an assessment's state.
func (c *call) assessSteps() []*cobra.Command {
	by := func(cmd *cobra.Command, o *assessing) {
		cmd.Flags().StringVar(&o.by, "by", "", "the `NAME` of whoever does it (default: yours)")
	}
	approve := func(cmd *cobra.Command, o *assessing) {
		by(cmd, o)
		cmd.Flags().StringVar(&o.office, "office", "", "the `OFFICE` of whoever approves")
		cmd.Flags().StringVar(&o.because, "because", "", "`WHY` the login that sent it for review approves it too")
	}
	reason := func(cmd *cobra.Command, o *assessing) {
		cmd.Flags().StringVar(&o.reason, "reason", "", "`WHY`")
	}
	because := func(o *assessing, a *assess.Because) { a.Reason = o.reason }
	return []*cobra.Command{
		c.assessStep("status", "how far the assessment has come and what it lacks", none, nil, c.assessStatus),
		c.assessStep("begin", "begin the assessment", none, by,
			func(ctx context.Context, o *assessing, _ []string) error {
				_, err := actDone(ctx, c, "assess.begin", 0,
					func(a *assess.Beginning) { a.Of, a.By = o.of(), c.nameFor(o) })
				if err != nil {
					return err
				}
				return c.say("Begun.", map[string]any{"done": "Begun."})
			}),
		c.assessStep("carry", "carry last year's answers forward, each to be confirmed", none, by, c.assessCarry),
		assessAct(c, "send it to review", "Sent to review.", "assess.submit", by,
			func(o *assessing, a *assess.Preparing) { a.By = c.nameFor(o) }),
		assessAct(c, "send it back with a --reason", "Returned.", "assess.return", reason, because),
		assessAct(c, "sign it off", "Approved.", "assess.approve", approve,
			func(o *assessing, a *assess.Signing) { a.Name, a.Office = c.nameFor(o), o.office }),
		assessAct[field.NoArgs](c, "fix the approved answers", "Locked.", "assess.lock", nil, nil),
		assessAct(c, "open it again for a --reason", "Reopened.", "assess.reopen", reason, because),
		c.assessStep("preview", "what each other city would be handed", none, nil, c.assessPreview),
		assessAct[field.NoArgs](c, "hand in what the sharing consent permits", "", "assess.release", nil, nil),
		c.assessStep("unrelease", "take a release back, until results are shared", none, nil,
			c.assessRelease("release.take-back")),
		c.assessStep("confirm", "stand by a release that came in signed, so that results need not wait", none, nil,
			c.assessRelease("release.confirm")),
	}
}

// assessRelease makes the function that does an act on the city's release.
func (c *call) assessRelease(act string) func(context.Context, *assessing, []string) error {
	return func(ctx context.Context, o *assessing, _ []string) error {
		v := cyber.ReleaseOf(c.store.As(c.id).View(), o.y.ID, o.p)
		if v == nil {
			return failure.New(failure.NotFound, "this city has released nothing in the cycle")
		}
		done, err := actDone[field.NoArgs](ctx, c, act, uint64(v.ID), nil)
		if err != nil {
			return err
		}
		return c.sayOutcome(done.Detail.(assess.Outcome))
	}
}

func (c *call) nameFor(o *assessing) string {
	if o.by != "" {
		return o.by
	}
	return c.id.Name
}

func (c *call) sayOutcome(out assess.Outcome) error {
	return c.say(out.String(), map[string]any{"shared": out.Shared, "waiting": append([]string{}, out.Waiting...),
		"year": out.Year})
}

func (c *call) assessCarry(ctx context.Context, o *assessing, _ []string) error {
	done, err := actDone(ctx, c, "assess.carry", 0, func(a *assess.Beginning) { a.Of, a.By = o.of(), c.nameFor(o) })
	if err != nil {
		return err
	}
	carried := done.Detail.(*cyber.Carried)
	return c.say(carried.String(), map[string]any{"carried": len(carried.Answers), "present": carried.Present,
		"nothing_to_carry": append([]string{}, carried.New...)})
}

// assessStatus tells how an assessment stands.
func (c *call) assessStatus(_ context.Context, o *assessing, _ []string) error {
	view := c.store.As(c.id).View()
	s, err := cyber.ReadSheet(view, o.y.ID, o.p, c.wall(view).Day())
	if err != nil {
		return err
	}
	score := s.Score(cyber.BySubcategory)
	state := "not begun"
	if s.Assessment != nil {
		state = string(s.Assessment.State)
	}
	lacks := cyber.ApprovalLacks(view, o.y.ID, o.p, c.wall(view).Day())
	if c.json {
		return c.writeJSON(map[string]any{"city": s.City.Name, "year": o.y.Year, "state": state, "items": len(s.Levels),
			"open": score.Overall.Open(), "score": score.Overall.Mean.String(), "below": score.Overall.Short,
			"categories": categoryScores(s, score),
			"lacks":      lackLines(lacks)})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d (%s): %s\n%s\n", s.City.Name, o.y.Year, o.y.Framework.Title(), state, score.Explain(""))
	for i, cat := range s.Framework.Categories {
		fmt.Fprintf(&b, "  %s %s: %s\n", cat.ID, cat.Name, score.Categories[i].Mean)
	}
	for _, l := range lackLines(lacks) {
		b.WriteString(l + "\n")
	}
	for _, f := range s.Findings(c.wall(view).Day()) {
		b.WriteString("Check: " + f.Text + "\n")
	}
	_, err = fmt.Fprint(c.Stdout, b.String())
	return err
}

func categoryScores(s *cyber.Sheet, score cyber.Score) map[string]string {
	out := map[string]string{}
	for i, cat := range s.Framework.Categories {
		out[string(cat.ID)] = score.Categories[i].Mean.String()
	}
	return out
}

func lackLines(lacks []cyber.Lack) []string {
	out := []string{}
	for _, l := range lacks {
		out = append(out, l.Item+": "+string(l.What))
	}
	return out
}

// assessPreview shows what the consent on file would hand to whom.
func (c *call) assessPreview(ctx context.Context, o *assessing, _ []string) error {
	view, env, err := c.view(ctx)
	if err != nil {
		return err
	}
	s, err := cyber.ReadSheet(view, o.y.ID, o.p, c.wall(view).Day())
	if err != nil {
		return err
	}
	consent := cyber.ConsentOf(view, o.y.ID, o.p)
	if consent == nil {
		return failure.New(failure.NotFound, "there is no sharing consent of "+s.City.Name+" for "+
			strconv.Itoa(o.y.Year)+" that you may see; add one to the list of consents")
	}
	v := cyber.ReleaseOf(view, o.y.ID, o.p)
	if void := consent.Void(view, o.y); v == nil && void != "" {
		fmt.Fprintln(c.Stdout, "The consent is void: "+void+".")
	}
	if v == nil {
		v = release.Seal(view, release.Of(s.Framework, s.Levels, o.y, consent, o.p, c.id.Name, env.Today))
	}
	for _, p := range release.Previews(view, v) {
		fmt.Fprintf(c.Stdout, "%s would see:\n", env.Label(partnership.KindPartners, uint64(p.To)))
		for _, line := range p.Lines {
			fmt.Fprintln(c.Stdout, "  "+line)
		}
	}
	fmt.Fprintln(c.Stdout, "\nWhat this concedes:")
	for _, line := range release.Concedes(consent, o.y) {
		fmt.Fprintln(c.Stdout, "  "+line)
	}
	return nil
}
