// Package sample makes up partnerships: one with a busy day, to look around
// in, and ones of any size, to measure with.
//
// [Story] is a day at the desk. A dump truck is late, two loans come back
// today and one goes out, requests wait for an owner, an event is nine days
// off with sign-ups still to approve, a city has 38 answers of its
// self-assessment to go, a council is to be briefed in twelve days, and an
// agreement has entered its notice period. Every date is counted from the day
// it is given, so the story is as busy whenever it is told.
//
// [Scale] fills the same partnership with as many people as asked for, and
// with equipment, loans, programs and answers in proportion.
//
// The five cities and the facilitator are the real ones with what is publicly
// known of them; every person, machine, amount, event and answer is invented.
// The settings say Sample, so that each screen does too; people carry the tag
// "sample" and addresses nobody can write to, and machines have tags that
// begin with SAMPLE. The same arguments always give the same records.
package sample
