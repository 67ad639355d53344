package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"interlocal/model/failure"
	"interlocal/model/report"
	"interlocal/model/shadowing"
)

// eventFormCommand writes the form that people sign up on.
func (c *call) eventFormCommand() *cobra.Command {
	var out output
	cmd := c.command("form [EVENT] [-o FILE]", "the sign-up form, as text to paste into a form builder", between(0, 1),
		func(ctx context.Context, args []string) error {
			view, env, err := c.viewNamed(ctx)
			if err != nil {
				return err
			}
			var about report.About
			if len(args) > 0 {
				k := view.Schema().Kind(shadowing.KindEvents)
				if about.Record, err = recordNamed(env, k, args[0]); err != nil {
					return err
				}
			}
			text, err := report.SignupFormText(view, about, c.wall(view))
			if err == nil && text == "" {
				err = failure.New(failure.NotFound, "there is no event to sign up for; add one first")
			}
			if err != nil {
				return err
			}
			return c.write(out, func(w io.Writer) error {
				_, err := io.WriteString(w, text)
				return err
			})
		})
	cmd.Long = `form writes the questions by which people sign up for an event, the next one unless another is named, each
choice on a line of its own, to paste into Microsoft Forms, Google Forms or SurveyMonkey. Asked word for word, what
comes back is taken in without a question: interlocal import signups FILE.

As a Word file, which Microsoft Forms imports: interlocal report sign-up-form -o form.docx`
	cmd.Example = "  interlocal event form\n  interlocal event form \"Spring job shadowing\" -o form.txt"
	out.flags(cmd)
	return cmd
}
