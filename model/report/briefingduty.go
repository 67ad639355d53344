package report

import (
	"iter"
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// inForce yields the agreements that bind the city.
func (b *briefing) inForce() iter.Seq[*partnership.Agreement] {
	return func(yield func(*partnership.Agreement) bool) {
		for a := range field.Of[partnership.Agreement](b.r, "parties", b.p.ID) {
			if a.InForce(b.today) && !yield(a) {
				return
			}
		}
	}
}

// toRenew reports whether an agreement ends within six months.
func (b *briefing) toRenew(a *partnership.Agreement) bool {
	return a.Expires.Set && a.Expires.V <= b.today+renewDays
}

// agreements lists those that bind the city; which to renew is asked above.
func (b *briefing) agreements() []document.Block {
	var force document.List
	for a := range b.inForce() {
		if !b.toRenew(a) {
			force.Items = append(force.Items, document.Text{{Text: "In force: "}, b.agreement(a), {Text: "."}})
		}
	}
	for a := range field.Of[partnership.Agreement](b.r, "parties", b.p.ID) {
		switch {
		case a.Status != partnership.AgreementSigned || a.InForce(b.today):
		case !a.Effective.Set:
			b.blank(a.Title, "from when it is in force")
		case a.Expires.Set && a.Expires.V < b.today:
			b.blank(a.Title, "whether it was renewed: it ended"+onDay(a.Expires))
		}
	}
	if len(force.Items) == 0 {
		return nil
	}
	return []document.Block{force, document.Remark{Text: document.Plain(b.law())}}
}

// law orients about the statutes the partnership leans on; Missouri's are
// named only where the partnership says that it is in Missouri.
func (b *briefing) law() string {
	if strings.Contains(b.settings.Name+" "+b.settings.Purpose, "Missouri") {
		return "Municipalities may contract for common services (RSMo 70.210-70.320), in writing, dated and " +
			"signed before performance (RSMo 432.070). Orientation, not advice: check with counsel."
	}
	return "Whether an agreement is valid and in force is a question of law: check with counsel."
}

// agreement names an agreement with its other parties and its term.
func (b *briefing) agreement(a *partnership.Agreement) document.Run {
	var others []string
	for _, p := range a.Parties {
		if p != b.p.ID {
			others = append(others, partnership.PartnerName(b.r, p))
		}
	}
	said := text.Quoted(a.Title)
	if len(others) > 0 {
		said += " with " + text.Joined(others, 6)
	}
	fields := []string{"parties", "status"}
	if a.Expires.Set {
		said += ", until " + a.Expires.V.Long()
		fields = append(fields, "effective", "expires")
	} else {
		b.blank(a.Title, "until when it is in force")
	}
	if notice := a.NoticeDay(); notice.Set && a.NoticeDays.Or(0) > 0 && a.InForce(b.today) {
		fields = append(fields, "notice")
		if notice.V < b.today {
			said += "; the last day for notice was " + notice.V.Long()
		} else {
			said += "; notice in time until " + notice.V.Long()
		}
	}
	if a.RenewalsLeft.Set {
		fields = append(fields, "renewals left")
		said += "; " + text.Counted(int(a.RenewalsLeft.V), "renewal", "renewals") + " left"
	}
	return b.run(text.OneLine(said), partnership.KindAgreements, uint64(a.ID), fields...)
}

// duty says when the body was last briefed and is to be next.
func (b *briefing) duty() document.Text {
	var t document.Text
	if last := b.lastBriefing(); last != nil {
		t = append(t, b.run("This body was last briefed on "+last.Date.V.Long()+".", partnership.KindBriefings,
			uint64(last.ID), "date", "status"))
	}
	for m := range field.Of[partnership.Briefing](b.r, "partner", b.p.ID) {
		if m.Status == partnership.BriefingPlanned && b.due.Planned.Set && m.Date == b.due.Planned {
			t = append(t, b.run(" The next briefing is planned for "+m.Date.V.Long()+".", partnership.KindBriefings,
				uint64(m.ID), "date", "status"))
			break
		}
	}
	if b.due.Due.Set {
		t = append(t, document.Run{Text: " The next one is in time until " + b.due.Due.V.Long() + "."})
	} else if len(t) == 0 {
		b.blank(b.p.Name, "when its "+bodyOf(b.p)+" was last briefed")
	}
	return t
}
