package main

import (
	"context"

	"github.com/spf13/cobra"

	"interlocal/store"
)

func (c *call) repairCommand() *cobra.Command {
	var yes bool
	cmd := c.command("repair", "say what of a damaged file can be kept, and keep it", none,
		func(context.Context, []string) error { return c.repair(yes) })
	cmd.Long = `repair reads a damaged file past its damage and says what comes back: records from their tables and
from the history, and the history from every change that can be read. It changes nothing until it is told --yes; then
the file as it was is kept beside the repaired one. Nobody may have the file open meanwhile.`
	cmd.Flags().BoolVar(&yes, "yes", false, "do it")
	return cmd
}

// repairJSON is a repair's result for scripts.
type repairJSON struct {
	File    string   `json:"file"`
	Damaged bool     `json:"damaged"`
	Done    bool     `json:"done"`
	Kept    string   `json:"kept"` // the file as it was
	Records int      `json:"records"`
	Changes int      `json:"changes"`
	Unread  []uint64 `json:"unread"` // changes that cannot be read
	Lost    []string `json:"lost"`
	Older   []string `json:"older"` // records as they once were
	Missing bool     `json:"missing"`
}

func (c *call) repair(yes bool) error {
	if err := c.localFiles("a repair"); err != nil {
		return err
	}
	if c.Host != nil {
		return misuse("repair rebuilds the file, so nobody may have it open; close all windows, or stop the server, " +
			"and try again")
	}
	if c.as != "" {
		return misuse("repair rebuilds the whole file and has no --as")
	}
	path, err := c.existing()
	if err != nil {
		return err
	}
	f, err := store.Survey(path, c.storeOptions())
	if err != nil {
		return err
	}
	out := repairJSON{File: path, Damaged: f.Damaged, Records: f.Records, Changes: f.Changes,
		Unread: append([]uint64{}, f.Unread...),
		Lost:   append([]string{}, f.Lost...), Older: append([]string{}, f.Older...), Missing: f.Missing}
	if !f.Damaged {
		return c.say(path+" is sound, so there is nothing to repair: "+f.Words(), out)
	}
	if !yes {
		words := path + " is damaged. A repair keeps this: " + f.Words() +
			".\nNothing has been changed yet; go on with: " +
			store.Command(path, "repair --yes")
		if advice := store.BackupAdvice(path); advice != "" {
			words += "\nOr go back. " + advice
		}
		return c.say(words, out)
	}
	c.note("%s is damaged. This is kept: %s.", path, f.Words())
	kept, f, err := store.Repair(path, c.storeOptions())
	if err != nil {
		return err
	}
	out.Done, out.Kept = true, kept
	return c.say("Repaired "+path+": "+f.Words()+". The file as it was is "+kept, out)
}
