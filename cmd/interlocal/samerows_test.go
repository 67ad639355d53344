package main

import (
	"strings"
	"testing"

	"interlocal/model"
)

// lot opens an office with two trucks of Raytown, one of them charged for, an
// agreement with Grandview, and a loan of each in some state, made by commands. The
// loans of the first truck are #1 (past) and #2 (to come); #3 is of the second,
// which costs nothing.
func lot(t *testing.T, before ...string) *office {
	t.Helper()
	o := newOffice(t)
	o.must("import", "equipment", o.file("units.csv",
		"tag,name,category,owner,status,shareable,meter,meter_counts,charge,local_rate,local_per\n"+
			"RT-1,Dump truck,dump truck,Raytown,active,yes,100.0,hours,local,50.00,hour\n"+
			"RT-2,Roller,roller,Raytown,active,yes,,,none,,\n"))
	o.must("import", "agreements", o.file("agreements.csv",
		"title,parties,status,effective,expires\nMutual use,\"Raytown; Grandview\",signed,2025-01-01,2028-12-31\n"))
	o.must("import", "solicitations", o.file("solicitations.csv", "title,lead,unit,manner,contract,state\n"+
		"Slag,Raytown,ton,joint,,gathering\nPaint,Raytown,gallon,piggyback,State 12,gathering\n"))
	o.must("book", "rt-1", "mar", "1", "8-17", "for", "grandview:", "sand")
	o.must("book", "rt-1", "mar", "16", "8-17", "for", "grandview:", "gravel")
	o.must("book", "rt-2", "mar", "2", "8-17", "for", "grandview:", "patches")
	for _, line := range before {
		o.must(strings.Fields(line)...)
	}
	return o
}

// The columns of the rows, and what makes loan #2 or #3 out of them.
const (
	loanHead  = "unit,borrower,state,start,end,reason\n"
	firstLoan = "RT-1,Grandview,%,2027-03-01 08:00,2027-03-01 17:00,"
	thatLoan  = "RT-1,Grandview,%,2027-03-16 08:00,2027-03-16 17:00,"
	freeLoan  = "RT-2,Grandview,%,2027-03-02 08:00,2027-03-02 17:00,"
	goneOut   = "loan handover 1 --meter 110 --at 2027-03-01T08:00 --given-by A --taken-by B"
	backAgain = "loan return 1 --meter 118 --at 2027-03-01T17:00 --given-by B --taken-by A"
)

// sameCase is one act, by command and by a row of a file.
type sameCase struct {
	before  []string // commands that lead up to it
	command string
	kind    string
	rows    string
}

func loanRow(row, state, reason string) string {
	return loanHead + strings.Replace(row, "%", state, 1) + reason + "\n"
}

func sameCases() map[string]sameCase {
	const papers = "reservation,unit,at,meter,given_by,taken_by,amends,note\n"
	out, back := []string{"loan approve 1", goneOut}, []string{"loan approve 1", goneOut, backAgain}
	lent := []string{"loan approve 3", "loan handover 3 --at 2027-03-02T08:00 --given-by A --taken-by B",
		"loan return 3 --at 2027-03-02T17:00 --given-by B --taken-by A"}
	loan := func(command, row, state, reason string, before ...string) sameCase {
		return sameCase{before, command, "reservations", loanRow(row, state, reason)}
	}
	paper := func(before []string, command, kind, row string) sameCase {
		return sameCase{before, command, kind, papers + row + "\n"}
	}
	return map[string]sameCase{
		"solicitation.record": {nil, "solicitation record 1 --vendor Acme --tiers 1|20", "bids",
			"solicitation,vendor,tiers\nSlag,Acme,1 | 20.00\n"},
		"solicitation.award": {nil, "solicitation award 2 --vendor Acme --note state-contract --on 2027-03-01",
			"awards",
			"solicitation,vendor,note,on\nPaint,Acme,state-contract,2027-03-01\n"},
		"loan.book": {nil, "book rt-2 mar 20 8-17 for grandview", "reservations",
			loanRow(strings.Replace(freeLoan, "03-02", "03-20", 2), "requested", "")},
		"loan.approve":        loan("loan approve 2", thatLoan, "approved", ""),
		"loan.decline":        loan("loan decline 2 in service", thatLoan, "declined", "in service"),
		"loan.wait":           loan("loan wait 2", thatLoan, "waitlisted", ""),
		"loan.recall":         loan("loan recall 2 snow", thatLoan, "recalled", "snow", "loan approve 2"),
		"loan.cancel":         loan("loan cancel 2 no rain", thatLoan, "cancelled", "no rain"),
		"loan.noshow":         loan("loan noshow 1 nobody", firstLoan, "no-show", "nobody", "loan approve 1"),
		"loan.ask":            loan("loan ask 2", thatLoan, "requested", "", "loan cancel 2 no rain"),
		"loan.close":          loan("loan close 3", freeLoan, "closed", "", lent...),
		"loan.handover":       paper(out[:1], goneOut, "handovers", "#1,RT-1,2027-03-01 08:00,110,A,B,,"),
		"loan.return":         paper(out, backAgain, "returns", "#1,RT-1,2027-03-01 17:00,118,B,A,,"),
		"loan.amend-handover": paper(back, goneOutRight(), "handovers", "#1,RT-1,2027-03-01 08:00,111,A,B,#1,misread"),
		"loan.amend-return": paper(back, strings.Replace(backAgain, "return 1 --meter 118", "amend-return 1 --note "+
			"misread --meter 117", 1),
			"returns", "#1,RT-1,2027-03-01 17:00,117,B,A,#1,misread"),
	}
}

func goneOutRight() string {
	return strings.Replace(goneOut, "handover 1 --meter 110", "amend-handover 1 --note misread --meter 111", 1)
}

// TestByCommandAndByFileIsTheSame: every act that rows of files do leaves the same
// records, column by column, when a command does it.
func TestByCommandAndByFileIsTheSame(t *testing.T) {
	cases := sameCases()
	for _, a := range model.NewActs() {
		if _, has := cases[a.Name]; (a.Rows != nil || a.Steps != nil) && !has {
			t.Errorf("%s is done by rows of files and by no case here", a.Name)
		}
	}
	for name, c := range cases {
		byCommand, byFile := lot(t, c.before...), lot(t, c.before...)
		was := byFile.must("list", "reservations", "--json")
		byCommand.must(strings.Fields(c.command)...)
		byFile.must("import", c.kind, byFile.file("rows.csv", c.rows))
		for _, kind := range []string{"reservations", "handovers", "returns", "charges", "equipment",
			"solicitations", "bids",
			"awards"} {
			a, b := byCommand.must("export", kind, "--format", "json"), byFile.must("export", kind, "--format", "json")
			if a != b {
				t.Errorf("%s: %s by command\n%s\nby file\n%s", name, kind, a, b)
			}
		}
		if c.kind == "reservations" && was == byFile.must("list", "reservations", "--json") {
			t.Errorf("%s: the row did nothing", name)
		}
	}
}

// TestADoubtIsAnsweredByCommandAndByFile, with the same records.
func TestADoubtIsAnsweredByCommandAndByFile(t *testing.T) {
	const row = "unit,borrower,state,start,end\nRT-1,Blue Springs,returned,2027-02-01 08:00,2027-02-01 17:00\n"
	byCommand, byFile := lot(t), lot(t)
	for _, o := range []*office{byCommand, byFile} {
		o.run("import", "reservations", o.file("past.csv", row)).wants(t, exitDone, "no agreement", "1 doubt")
	}
	byCommand.run("loan", "answer", "4").wants(t, exitFailed, "no agreement", "--because")
	byCommand.must("loan", "answer", "4", "--by", "Pat Rowe", "--because", "storm")
	byCommand.run("loan", "answer", "4").wants(t, exitFailed, "nothing about this loan waits")
	byFile.must("import", "reservations", byFile.file("past.csv", row), "--by", "Pat Rowe", "--because", "storm")
	a, b := byCommand.must("export", "reservations", "--format", "json"), byFile.must("export", "reservations",
		"--format", "json")
	if a != b || !strings.Contains(a, "Pat Rowe") {
		t.Errorf("by command\n%s\nby file\n%s", a, b)
	}
}
