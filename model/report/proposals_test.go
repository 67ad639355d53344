package report

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/field"
	"interlocal/model/field/fieldtest"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/sample"
	"interlocal/model/value"
)

// An agenda goes to everyone: an administrator's, who may see every answer, holds
// no more of self-assessments than that there is one under way.
func TestAnAgendaTellsNothingOfAssessments(t *testing.T) {
	today := value.Date(2026, 11, 22)
	r := fieldtest.NewMemory(model.NewSchema())
	sample.Story(today).Each(func(kind string, rec any) error { r.Put(kind, rec); return nil })
	cycle := cyber.CycleID(2)
	for city := partnership.PartnerID(1); city <= 2; city++ {
		r.Put("assessments", &cyber.Assessment{ID: cyber.AssessmentID(70 + city), Cycle: cycle, Partner: city,
			State: cyber.AssessmentReturned, Returned: "the firewall is wide open"})
		r.Put("answers", &cyber.Answer{ID: cyber.AnswerID(9000 + city), Cycle: cycle, Partner: city, Item: "GV.OC-01",
			Level:      cyber.RiskAccepted,
			Acceptance: cyber.Acceptance{Expires: value.Some(today - 9)}})
	}
	r.Put("needs", &buying.Need{ID: 900, Partner: 2, Item: "Cold patch", State: buying.NeedOpen,
		NeededBy: value.Some(today + 30)})
	var titles []string
	for _, p := range Proposals(r, field.Get(r, meeting.MeetingID(2)), today.At(12, 0)) {
		titles = append(titles, p.Title)
	}
	all := strings.Join(titles, "\n")
	for _, never := range []string{"firewall", "returned", "acceptance", "remed"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is proposed:\n%s", never, all)
		}
	}
	if n := strings.Count(all, "The 2026 self-assessment: what is left to do"); n != 1 ||
		strings.Contains(all, "answers left") {
		t.Errorf("the self-assessment is proposed %d times:\n%s", n, all)
	}
	if !strings.Contains(all, "Cold patch by") {
		t.Errorf("no need is proposed:\n%s", all)
	}
}
