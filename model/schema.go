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
		rateKind(),
		equipmentKind(),
		kitKind(),
		blockKind(),
		seriesKind(),
		reservationKind(),
		handoverKind(),
		returnKind(),
		statementKind(),
		chargeKind(),
		needKind(),
		opportunityKind(),
		solicitationKind(),
		bidKind(),
		awardKind(),
		cycleKind(),
		answerKind(),
	)
}
