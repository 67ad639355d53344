package main

import (
	"context"
	"log/slog"
	"time"

	"interlocal/store"
)

// tend looks after an open file: it makes the daily backup, now and whenever a new
// day has begun, and watches the clock. The log is told at once of what went wrong.
// The channel yields why the last backup failed, once, when all is done.
func (c *call) tend(ctx context.Context, st *store.Store, log *slog.Logger) <-chan error {
	problem := make(chan error, 1)
	go func() {
		hourly, minutely := time.NewTicker(time.Hour), time.NewTicker(time.Minute)
		defer hourly.Stop()
		defer minutely.Stop()
		doubt := c.logClock(st, log, "")
		last := c.backUp(ctx, st, log)
		for {
			select {
			case <-ctx.Done():
				problem <- last
				return
			case <-hourly.C:
				last = c.backUp(ctx, st, log)
			case <-minutely.C:
				doubt = c.logClock(st, log, doubt)
			}
		}
	}()
	return problem
}

// backUp makes the day's backup unless there is one.
func (c *call) backUp(ctx context.Context, st *store.Store, log *slog.Logger) error {
	path, made, err := st.BackupDaily(ctx)
	switch {
	case ctx.Err() != nil:
		return nil
	case err != nil:
		log.Error("the daily backup could not be made", "because", oneLine(err.Error()))
	case made:
		log.Info("backed up", "to", path)
	}
	if d := st.Damage(); made && d != nil {
		log.Error("the history is damaged", "what", d.Words)
	}
	return err
}

// logClock notes when the clock comes into doubt, and when it is believed again.
func (c *call) logClock(st *store.Store, log *slog.Logger, before string) (doubt string) {
	doubt = c.clockDoubt(st)
	switch {
	case doubt != "" && before == "":
		log.Error("the clock is in doubt, so nothing is saved", "why", doubt, "answer", "set it, or: "+
			store.Command(st.Path(), "clock right"))
	case doubt == "" && before != "":
		log.Info("the clock is believed again")
	}
	return doubt
}

// backupFailed is what is said of it when all is done.
func backupFailed(problem error) string {
	return "The daily backup could not be made: " + oneLine(problem.Error()) + "."
}
