package app

import (
	"context"
	"encoding/json"
)

// PrintMeeting makes the files of a meeting's papers, as the job does.
func (a *App) PrintMeeting(ctx context.Context, meeting string) error {
	raw, err := json.Marshal(printArgs{Meeting: meeting})
	if err != nil {
		return err
	}
	return a.printStep(ctx, raw)
}
