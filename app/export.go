package app

import (
	"context"

	"ketnap/access"
)

// LogExport records that a list of people left the program as a file (SEC-03, LAW-16):
// who took it, what, of which unit, and how many. It is written before the file is
// answered; without the record there is no file.
func (a *App) LogExport(ctx context.Context, who Actor, what, unit string, people int) error {
	find := at(access.SeeFile, access.SeeFile, 0)
	if unit != "" {
		find = atCode(ctx, access.SeeFile, access.SeeFile, unit)
	}
	return a.write(ctx, who, find, func(*writing) (record, error) {
		return record{object: "export/" + what, after: map[string]int{"people": people}, rules: "SEC-03 LAW-16"}, nil
	})
}
