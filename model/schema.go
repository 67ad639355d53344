package model

// NewSchema describes every kind of record the program keeps. The order is the
// order of exports and of imports: a kind comes after those it refers to where
// that is possible.
func NewSchema() *Schema {
	return SchemaOf(
		settingsKind(),
		partnerKind(),
		personKind(),
		resolutionKind(),
		briefingKind(),
		programKind(),
		ideaKind(),
		agreementKind(),
		eventKind(),
		signupKind(),
		matchKind(),
		feedbackKind(),
		proofKind(),
		synonymKind(),
		equipmentKind(),
		reservationKind(),
		cycleKind(),
		answerKind(),
		meetingKind(),
		agendaKind(),
		noteKind(),
		decisionKind(),
		motionKind(),
		actionKind(),
		minutesKind(),
		userKind(),
		assessmentKind(),
		consentKind(),
		releaseKind(),
		publicationKind(),
		solutionKind(),
		wordingKind(),
		benchmarkKind(),
	)
}
