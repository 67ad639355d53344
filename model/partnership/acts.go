package partnership

import (
	"cmp"

	"interlocal/model/failure"
	"interlocal/model/field"
)

// Acts lists the steps that lead from one record to the next: an idea becomes a
// program, an invited city becomes a member through its resolution.
func Acts() field.Acts { return field.Acts{adoptAct(), joinAct(), admitAct(), mergeAct()} }

// adoptAct makes a program of an idea: the program takes the idea's title and
// detail, and the idea, then under study, points to it.
func adoptAct() *field.Act {
	return field.ActOn[Idea, field.NoArgs]{Name: "idea.adopt", Title: "Make a program",
		Words: []string{"turn an idea into a program"},
		Help:  "Makes a program of an idea, which is under study from then on.",
		May: func(v field.Viewpoint, i *Idea) error {
			return cmp.Or(failure.If(i.Program != 0, failure.Invalid, "this idea has become a program already"),
				failure.If(!v.By.All, failure.Forbidden,
					"a program that nobody leads yet is the facilitator's to add; ask them to"))
		},
		History: func(field.Viewpoint, *Idea, *field.NoArgs) string { return "make a program of an idea" },
		Do: func(w field.Writer, i *Idea, _ *field.NoArgs, _ any) (field.Result, error) {
			id, err := field.Put(w, &Program{Name: i.Title, Status: ProgramIdea, Note: i.Detail})
			if err != nil {
				return field.Result{}, err
			}
			return field.Result{Text: "The idea is now a program.", Kind: "programs", ID: uint64(id)},
				field.Change(w, i.ID, func(i *Idea) error {
					i.Program, i.Status = id, IdeaStudied
					return nil
				})
		}}.Act()
}

func joinAct() *field.Act {
	return membershipAct("join", "Begin to join", "Notes that an invited partner is joining.", Joining, " is joining.",
		func(_ field.Reader, p *Partner) error { return stands(p, Invited) })
}

// admitAct makes a partner a member once its governing body has passed a
// resolution.
func admitAct() *field.Act {
	return membershipAct("admit", "Make a member", "Makes a joining partner a member, once its resolution has passed.",
		Member, " is a member.",
		func(r field.Reader, p *Partner) error {
			if err := stands(p, Joining); err != nil {
				return err
			}
			return failure.If(p.NeedsResolution(r), failure.Invalid,
				"record the resolution that makes "+p.Name+" a member first")
		})
}

// stands says why a partner is not at the step before.
func stands(p *Partner, status PartnerStatus) error {
	return failure.If(p.Status != status, failure.Invalid,
		p.Name+" is "+string(p.Status)+"; edit the status where that is wrong")
}

// takesIn leaves it to the facilitator to take partners in.
func takesIn(by field.Actor) error {
	return failure.If(!by.All, failure.Forbidden,
		"the facilitator takes partners in; ask them to change a membership")
}

// stepPartner leaves every step of a membership to the facilitator, but for a
// partner that says itself that it withdraws.
func stepPartner(_ field.Reader, by field.Actor, before, p *Partner) error {
	if before == nil || p == nil || before.Status == p.Status || p.Status == Withdrawn {
		return nil
	}
	return takesIn(by)
}

// membershipAct takes a partner a step towards membership.
func membershipAct(verb, title, help string, to PartnerStatus, says string,
	may func(field.Reader, *Partner) error) *field.Act {
	return field.ActOn[Partner, field.NoArgs]{Name: "partner." + verb, Title: title, Help: help,
		May: func(v field.Viewpoint, p *Partner) error {
			return cmp.Or(takesIn(v.By), may(v, p))
		},
		History: func(_ field.Viewpoint, p *Partner, _ *field.NoArgs) string { return "membership of " + p.Name },
		Do: func(w field.Writer, p *Partner, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Becomes(w, p, p.Name+says, func(p *Partner) {
				if p.Status = to; to == Member && p.Since == 0 {
					p.Since = w.Now().Day().Year()
				}
			})
		}}.Act()
}

// BlankAct empties a file of the founding records, for another partnership. It
// is on no list: a new file offers it once.
func BlankAct() *field.Act {
	return field.ActOn[field.Alone, field.NoArgs]{Name: "partnership.blank", Title: "Start blank", Makes: "settings",
		Help: "Empties a new file of the founding records.",
		Do: func(w field.Writer, _ *field.Alone, _ *field.NoArgs, _ any) (field.Result, error) {
			return field.Done("The file is blank."), blank(w)
		}}.Act()
}

// blank takes out every founding record and leaves settings without a name of
// their own. What is not as it was founded is somebody's work.
func blank(w field.Writer) error {
	founded := map[string]map[uint64]any{}
	err := NewSeed().Each(func(kind string, rec any) error {
		if founded[kind] == nil {
			founded[kind] = map[uint64]any{}
		}
		founded[kind][w.Schema().Kind(kind).ID(rec)] = rec
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range w.Schema().Kinds {
		for id, rec := range w.Scan(k.Name) {
			if set, ok := rec.(*Settings); ok {
				fresh := *set
				fresh.Name, fresh.Purpose = "Our partnership", ""
				if _, err := field.Put(w, &fresh); err != nil {
					return err
				}
				continue
			}
			if was := founded[k.Name][id]; was == nil || !k.Equal(was, rec) {
				return failure.New(failure.Conflict, "others have begun to use this file; it stays as it is")
			}
			if err := w.Delete(k.Name, id); err != nil {
				return err
			}
		}
	}
	return nil
}
