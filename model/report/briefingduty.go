package report

import (
	"strings"

	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/text"
)

// agreements lists those that bind the city and says which to renew.
func (b *briefing) agreements() document.Section {
	var force, renew, unclear document.List
	for a := range field.Of[partnership.Agreement](b.r, "parties", b.p.ID) {
		switch {
		case a.InForce(b.today) && a.Expires.Set && a.Expires.V <= b.today+renewDays:
			renew.Items = append(renew.Items, b.agreement(a))
		case a.InForce(b.today):
			force.Items = append(force.Items, b.agreement(a))
		case a.Status == partnership.AgreementSigned && (!a.Effective.Set || a.Expires.Set && a.Expires.V < b.today):
			unclear.Items = append(unclear.Items, b.agreement(a))
		}
	}
	var blocks []document.Block
	add := func(lead string, l document.List) {
		if len(l.Items) > 0 {
			blocks = append(blocks, document.Paragraph{Text: document.Plain(lead)}, l)
		}
	}
	add("In force:", force)
	add("In force and to be renewed or ended within six months:", renew)
	add("Signed, but on file as expired or without an effective date:", unclear)
	if len(blocks) == 0 {
		blocks = append(blocks, document.Paragraph{Text: document.Plain("Agreements of " + b.p.Name + " in force: " +
			document.NotRecorded + ".")})
	}
	return document.Section{Heading: "Agreements",
		Blocks: append(blocks, document.Remark{Text: document.Plain(b.law())})}
}

// law orients about the statutes the partnership leans on; Missouri's are
// named only where the partnership says that it is in Missouri.
func (b *briefing) law() string {
	if strings.Contains(b.settings.Name+" "+b.settings.Purpose, "Missouri") {
		return "Municipalities may contract for common services (RSMo 70.210-70.320), in writing, dated and signed before " +
			"performance (RSMo 432.070). Orientation, not advice: check with counsel."
	}
	return "Whether an agreement is valid and in force is a question of law: check with counsel."
}

func (b *briefing) agreement(a *partnership.Agreement) document.Text {
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
	switch {
	case !a.Effective.Set:
		said += ", effective date " + document.NotRecorded
	case a.Expires.Set:
		said += ", until " + a.Expires.V.Long()
		fields = append(fields, "effective", "expires")
	default:
		said += ", expiry " + document.NotRecorded
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
	return b.text(said, partnership.KindAgreements, uint64(a.ID), fields...)
}

// duty says when the body was last briefed and is to be next.
func (b *briefing) duty() document.Section {
	t := document.Text{{Text: "Each governing body is briefed at least once a year and asked for ideas."}}
	if last := b.lastBriefing(); last != nil {
		t = append(t, b.run(" Last briefed on "+last.Date.V.Long()+".", partnership.KindBriefings, uint64(last.ID),
			"date", "status"))
	} else {
		t = append(t, document.Run{Text: " Earlier briefings: " + document.NotRecorded + "; the clock starts with " +
			"the first."})
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
	}
	return document.Section{Heading: "The duty to brief", Blocks: []document.Block{document.Paragraph{Text: t}}}
}
