package report

import (
	"interlocal/model/document"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// About is what a report is asked about; a report takes from it what it needs.
type About struct {
	Partner  partnership.PartnerID
	Record   uint64 // of the kind that the report names
	From, To value.Opt[value.Day]
}

// Report is a document that can be asked for by name.
type Report struct {
	Name         string
	Title        string
	NeedsPartner bool
	// Of names the kind of record that the report is about, "" for none. Asked
	// about no record in particular, Build takes the one that is at hand: the
	// next, or the latest.
	Of     string
	Period bool // takes a first and a last day
	// Build makes the document.
	Build func(r field.Reader, about About, now value.Wall) (*document.Document, error)
}

// Reports lists the documents.
func Reports() []Report {
	list := []Report{
		{Name: "briefing", Title: "Council briefing", NeedsPartner: true, Build: briefingOf},
		{Name: "directory", Title: "Directory of people by city and role", Build: directoryOf},
		{Name: "programs", Title: "Program portfolio", Build: portfolioOf},
		{Name: "agenda", Title: "Agenda of a meeting", Of: "meetings", Build: agendaOf},
		{Name: "minutes", Title: "Minutes of a meeting", Of: "meetings", Build: minutesOf},
		{Name: "actions", Title: "Open actions by owner", Build: actionsOf},
		{Name: "assessment", Title: "Self-assessment, closed: scores and remedies", NeedsPartner: true, Of: "cycles",
			Build: assessmentOf},
		{Name: "council", Title: "Self-assessment, public: process and cost", NeedsPartner: true, Of: "cycles",
			Build: councilOf},
		{Name: "calltree", Title: "Wallet card: whom to call when a system burns", Build: callTree},
		{Name: "form", Title: "Self-assessment on paper", NeedsPartner: true, Of: "cycles", Build: formOf},
		{Name: "schedule", Title: "Schedule of an event by city", Of: "events", Build: scheduleOf},
		{Name: "invitations", Title: "Invitations to an event", Of: "events", Build: invitationsOf},
		{Name: "tell-again", Title: "Who must be told of changes", Of: "events", Build: tellAgainOf},
		{Name: "sign-up-form", Title: "Sign-up form to paste into Microsoft or Google Forms", Of: "events",
			Build: signupFormOf},
		{Name: "sign-in", Title: "Sign-in sheet for paper", Of: "events", Build: signInOf},
		{Name: "feedback", Title: "Feedback form for paper", Of: "events", Build: feedbackFormOf},
		{Name: "certificate", Title: "Certificates of an event", Of: "events", Build: certificatesOf},
		{Name: "quality", Title: "Proof of quality of the matches", Of: "events", Build: qualityOf},
		{Name: "results", Title: "Results of job shadowing", Build: resultsOf},
	}
	return append(append(list, lendingReports()...), buyingReports()...)
}

// ReportNamed finds a report by its name.
func ReportNamed(name string) (Report, bool) {
	for _, r := range Reports() {
		if r.Name == name {
			return r, true
		}
	}
	return Report{}, false
}
