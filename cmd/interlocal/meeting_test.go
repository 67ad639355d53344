package main

import (
	"strings"
	"testing"
	"time"
)

// meetingOffice is an office with people and a meeting of today.
func meetingOffice(t *testing.T) *office {
	o := newOffice(t)
	o.must("import", "people", o.file("people.csv",
		"name,partner,roles\nDana Reyes,Raytown,liaison\nPeg Whitlock,Blue Springs,liaison\n"))
	o.must("import", "meetings", o.file("meetings.csv",
		"name,start,sort,state\nStaff,2027-03-04 09:00,staff,planned\nStaff,2027-04-01 09:00,staff,planned\n"))
	o.must("import", "actions", o.file("actions.csv", "what,who,state\nCall the plant,Dana Reyes,open\n"))
	return o
}

// TestAMeetingFromTheCommandLine: from the agenda to approved minutes, without a
// dashboard and without naming the meeting once.
func TestAMeetingFromTheCommandLine(t *testing.T) {
	o := meetingOffice(t)
	say := func(part string, args ...string) {
		t.Helper()
		if got := o.must(append([]string{"meeting"}, args...)...); !strings.Contains(got, part) {
			t.Errorf("meeting %s: %s, want %q", strings.Join(args, " "), got, part)
		}
	}
	say("On the agenda: Winter readiness", "add", "Winter readiness")
	say("On the agenda: Hotline contract.", "add", "Hotline", "contract", "10m")
	o.run("meeting", "note", "too early").wants(t, exitFailed, "no meeting is open")
	say("Would say: The meeting is open", "open", "--dry-run")
	say("The meeting is open", "open")
	say("The roll is called", "roll", "--excused", "peg")
	say("Note written down", "note", "Brine", "is", "ready")
	if got := o.must("action", "done", "Call the plant"); !strings.Contains(got, "Done: Call the plant.") {
		t.Error(got)
	}
	say("Decision written down", "decide", "Fill the tanks")
	say("Dana Reyes: ask three vendors, by Mar 18, 2027", "act", "dana: ask three vendors by mar 18")
	say("On the item: Hotline contract", "next")
	o.run("meeting", "next").wants(t, exitFailed, "that was the last item")
	say("renew for a year (moved by Dana Reyes, seconded by Peg Whitlock)", "move", "dana/peg:", "renew", "for", "a",
		"year")
	o.run("meeting", "vote").wants(t, exitFailed, "nobody has voted")
	say("The motion carried", "vote", "--recused", "Raytown", "--all")
	o.now = o.now.Add(time.Hour)
	say("closed and its minutes are kept", "close")
	o.run("meeting", "note", "too late").wants(t, exitFailed, "no meeting is open")
	o.run("meeting", "note", "--meeting", "1", "too late").wants(t, exitFailed, "not open any more")
	say("The minutes are approved", "approve")
	o.run("meeting", "approve", "1").wants(t, exitFailed, "approved on Mar 4, 2027 already")
	say("The minutes are amended", "amend", "The", "vote", "was", "four", "to", "none.")

	minutes := o.must("export", "minutes", "--format", "json")
	at := 0
	for _, want := range []string{"Called to order", "Brine is ready", "Done: Action: Dana Reyes: Call the plant",
		"Decided: Fill the tanks",
		"Action: Dana Reyes: ask three vendors, by Mar 18, 2027",
		"Motion: renew for a year (moved by Dana Reyes, seconded by Peg Whitlock)",
		"recused: Raytown. Carried", "Adjourned", "The vote was four to none."} {
		i := strings.Index(minutes[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing, or not in its place, in %s", want, minutes)
		}
		at += i
	}
	o.run("undo").wants(t, exitFailed, "others rely on it")
}

// TestWordsOfANoteNameNoMeeting: what stands behind the verb is what was said,
// also when it is the name or the number of a meeting.
func TestWordsOfANoteNameNoMeeting(t *testing.T) {
	o := meetingOffice(t)
	o.must("meeting", "open", "2")
	o.must("meeting", "note", "1")
	notes := o.records("notes")
	if len(notes) != 1 || notes[0]["text"] != "1" || !strings.Contains(notes[0]["meeting"].(string), "2027-04-01") &&
		!strings.Contains(notes[0]["meeting"].(string), "Apr 1, 2027") {
		t.Errorf("%v", notes)
	}
	o.must("meeting", "open", "1")
	o.run("meeting", "note", "which?").wants(t, exitFailed, "more than one meeting is open")
	o.must("meeting", "note", "--meeting", "#1", "this one")
	if notes = o.records("notes"); len(notes) != 2 {
		t.Errorf("%v", notes)
	}
}

// TestAnImportGoesIntoTheMinutes: a file that comes in by a command while a
// meeting is recorded is part of the record, of one kind as of all.
func TestAnImportGoesIntoTheMinutes(t *testing.T) {
	o := meetingOffice(t)
	o.must("meeting", "open", "1")
	o.must("import", "programs", o.file("programs.csv", "name,status\nSnow school,idea\n"))
	o.must("import", "all", o.file("all.json", `{"programs": [{"name": "Salt barn", "status": "idea"}]}`))
	o.must("meeting", "close")
	minutes := o.must("export", "minutes", "--format", "json")
	for _, want := range []string{"Snow school", "Salt barn"} {
		if !strings.Contains(minutes, want) {
			t.Errorf("%q came in during the meeting and is missing in %s", want, minutes)
		}
	}
	o.run("undo").wants(t, exitFailed, "others rely on it")
}

// TestAnArgumentNamesARecordByItsBareNumber: as the record behind the verb does.
func TestAnArgumentNamesARecordByItsBareNumber(t *testing.T) {
	o := meetingOffice(t)
	o.must("meeting", "open", "1")
	o.must("meeting", "move", "dana/peg:", "renew")
	o.must("meeting", "move", "dana/peg:", "renew", "again")
	o.run("meeting", "vote", "--motion", "7", "--all").wants(t, exitMisuse, "7")
	if got := o.must("meeting", "vote", "--motion", "2", "--all"); !strings.Contains(got, "carried") {
		t.Error(got)
	}
	for i, m := range o.records("motions") {
		if carried := m["outcome"] == "carried"; carried != (i == 1) {
			t.Errorf("motion %d: %v", i+1, m)
		}
	}
}
