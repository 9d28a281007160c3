package app

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/target"
)

// MeetBy returns the last day on which the branch of a unit may meet on admissions so that
// every body has its whole legal term and the year is still kept; of a school whose pupils
// have not left yet, that of the day on which they leave. It fails with NotFound where no
// calendar reaches.
func (a *App) MeetBy(ctx context.Context, who Actor, unit string) (day date.Date, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		book, err := a.rules(ctx, r.Tx)
		if err != nil {
			return err
		}
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		fc := &forecasting{year: r.Today.Year(), Forecaster: target.Forecaster{Today: r.Today, Event: target.Event(word), Class: target.DefaultClass(), Sets: book.Sets, Calendar: book.Calendar}}
		first, err := date.New(fc.year, 1, 1)
		if err != nil {
			return err
		}
		fc.end = first.AddMonths(12).AddDays(-1)
		p := ForecastPage{On: r.Today}
		p.Own.Unit = u
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		if err := a.lastDates(ctx, r, fc, &p); err != nil {
			return err
		}
		if day = p.Last.On(target.LastMeeting); p.School && p.Last.End.Before(r.Today) {
			day = p.YearEnd.On(target.LastMeeting)
		}
		return nil
	})
	return day, err
}
