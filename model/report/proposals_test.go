package report

import (
	"strings"
	"testing"

	"interlocal/model"
	"interlocal/model/fieldtest"
	"interlocal/model/sample"
)

// An agenda goes to everyone: an administrator's, who may see every answer, holds
// no more of self-assessments than that there is one under way.
func TestAnAgendaTellsNothingOfAssessments(t *testing.T) {
	today := model.Date(2026, 11, 22)
	r := fieldtest.NewMemory(model.NewSchema())
	sample.Story(today).Each(func(kind string, rec any) error { r.Put(kind, rec); return nil })
	cycle := model.CycleID(2)
	for city := model.PartnerID(1); city <= 2; city++ {
		r.Put("assessments", &model.Assessment{ID: model.AssessmentID(70 + city), Cycle: cycle, Partner: city,
			State: model.AssessmentReturned, Returned: "the firewall is wide open"})
		r.Put("answers", &model.Answer{ID: model.AnswerID(9000 + city), Cycle: cycle, Partner: city, Item: "GV.OC-01", Level: model.RiskAccepted,
			Acceptance: model.Acceptance{Expires: model.Some(today - 9)}})
	}
	r.Put("needs", &model.Need{ID: 900, Partner: 2, Item: "Cold patch", State: model.NeedOpen, NeededBy: model.Some(today + 30)})
	var titles []string
	for _, p := range Proposals(r, model.Get(r, model.MeetingID(2)), today.At(12, 0)) {
		titles = append(titles, p.Title)
	}
	all := strings.Join(titles, "\n")
	for _, never := range []string{"firewall", "returned", "acceptance", "remed"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is proposed:\n%s", never, all)
		}
	}
	if n := strings.Count(all, "The 2026 self-assessment: what is left to do"); n != 1 || strings.Contains(all, "answers left") {
		t.Errorf("the self-assessment is proposed %d times:\n%s", n, all)
	}
	if !strings.Contains(all, "Cold patch by") {
		t.Errorf("no need is proposed:\n%s", all)
	}
}
