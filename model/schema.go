package model

import (
	"interlocal/model/accounts"
	"interlocal/model/buying"
	"interlocal/model/cyber"
	"interlocal/model/cyber/incident"
	"interlocal/model/field"
	"interlocal/model/lending"
	"interlocal/model/meeting"
	"interlocal/model/partnership"
	"interlocal/model/shadowing"
)

// NewSchema describes every kind of record the program keeps. The order is the
// order of exports and of imports: a kind comes after those it refers to where
// that is possible.
func NewSchema() *field.Schema {
	return field.SchemaOf(
		partnership.DescribeSettings(),
		partnership.DescribePartner(),
		partnership.DescribePerson(),
		partnership.DescribeResolution(),
		partnership.DescribeBriefing(),
		partnership.DescribeProgram(),
		partnership.DescribeIdea(),
		partnership.DescribeAgreement(),
		partnership.DescribeHoliday(),
		shadowing.DescribeEvent(),
		shadowing.DescribeSignup(),
		shadowing.DescribeMatch(),
		shadowing.DescribeFeedback(),
		shadowing.DescribeProof(),
		shadowing.DescribeSynonym(),
		lending.DescribeRate(),
		lending.DescribeEquipment(),
		lending.DescribeKit(),
		lending.DescribeBlock(),
		lending.DescribeSeries(),
		lending.DescribeReservation(),
		lending.DescribeHandover(),
		lending.DescribeReturn(),
		lending.DescribeStatement(),
		lending.DescribeCharge(),
		buying.DescribeNeed(),
		buying.DescribeOpportunity(),
		buying.DescribeSolicitation(),
		buying.DescribeBid(),
		buying.DescribeAward(),
		cyber.DescribeCycle(),
		cyber.DescribeAnswer(),
		meeting.DescribeMeeting(),
		meeting.DescribeAgenda(),
		meeting.DescribeNote(),
		meeting.DescribeDecision(),
		meeting.DescribeMotion(),
		meeting.DescribeAction(),
		meeting.DescribeMinutes(),
		accounts.DescribeUser(),
		cyber.DescribeAssessment(),
		cyber.DescribeConsent(),
		cyber.DescribeRelease(),
		cyber.DescribePublication(),
		cyber.DescribeSolution(),
		cyber.DescribeWording(),
		cyber.DescribeBenchmark(),
		incident.DescribeCard(),
	)
}
