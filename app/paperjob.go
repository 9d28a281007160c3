package app

import (
	"context"
	"encoding/json"
	"fmt"

	"ketnap/internal/job"
	"ketnap/store"
)

// jobPrint makes the files of the papers of a meeting. A file that is asked for before
// this has come to it is made then.
const jobPrint = "print"

type printArgs struct {
	Meeting string `json:"meeting"`
}

func printJob(meeting string) job.Job {
	return job.Job{Kind: jobPrint, Args: printArgs{Meeting: meeting}, Once: job.WhileWaiting}
}

// printStep makes the files. Taken again, it makes the same bytes and changes nothing.
func (a *App) printStep(ctx context.Context, raw []byte) error {
	var args printArgs
	if err := json.Unmarshal(raw, &args); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	var papers []store.NewPaper
	err := a.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.MeetingPapers(ctx, args.Meeting)
		for _, row := range rows {
			var n store.NewPaper
			if n.PaperRow, n.Content, err = tx.Paper(ctx, row.ID); err != nil {
				return err
			}
			papers = append(papers, n)
		}
		return err
	})
	if err != nil {
		return err
	}
	return a.keepPrints(ctx, papers)
}
