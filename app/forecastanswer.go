package app

import (
	"ketnap/admission"
	"ketnap/date"
	"ketnap/target"
)

// A ForecastAnswer is a forecast as the command and the API give it.
type ForecastAnswer struct {
	Unit          string               `json:"unit"`
	Year          int                  `json:"year"`
	On            date.Date            `json:"on"`
	CountingEvent target.Event         `json:"counting_event"`
	Plan          *int                 `json:"plan"`
	Admitted      int                  `json:"admitted"`
	Possible      int                  `json:"possible"`
	Likely        int                  `json:"likely"`
	OnTrack       *bool                `json:"on_track"`
	LatestMeeting date.Date            `json:"latest_meeting"`
	LastDates     []ForecastAnswerDate `json:"last_dates"`
	Missing       string               `json:"missing"`
	Provisional   bool                 `json:"provisional,omitempty"`
	Files         []ForecastAnswerFile `json:"files"`
}

// A ForecastAnswerDate is the last useful day of a step.
type ForecastAnswerDate struct {
	Step target.LastStep `json:"step"`
	On   date.Date       `json:"on"`
	Rule string          `json:"rule"`
	Cite string          `json:"cite"`
}

// A ForecastAnswerFile is when the person of a file may be admitted; null where no day can
// be told.
type ForecastAnswerFile struct {
	File     string          `json:"file"`
	Unit     string          `json:"unit"`
	Stage    admission.Stage `json:"stage"`
	Earliest *date.Date      `json:"earliest_admission"`
	Expected *date.Date      `json:"expected_admission"`
}

// Answer returns the forecast for the command and the API.
func (p ForecastPage) Answer() ForecastAnswer {
	out := ForecastAnswer{Unit: string(p.Own.Unit.Code), Year: p.Year, On: p.On, CountingEvent: p.Event, Plan: p.Own.Plan, Admitted: p.Own.Admitted,
		Possible: p.Own.Possible, Likely: p.Own.Likely, OnTrack: p.Own.OnTrack(), LatestMeeting: p.Last.On(target.LastMeeting),
		Missing: p.Own.Missing(p.Last, p.On), Provisional: p.Last.Provisional, LastDates: []ForecastAnswerDate{}, Files: []ForecastAnswerFile{}}
	for _, d := range p.Last.Steps {
		out.LastDates = append(out.LastDates, ForecastAnswerDate{Step: d.Step, On: d.On, Rule: d.Rule, Cite: d.Cite})
	}
	for _, f := range p.People {
		out.Files = append(out.Files, ForecastAnswerFile{File: f.ID, Unit: string(f.UnitCode), Stage: f.Stage, Earliest: dayOrNil(f.Earliest), Expected: dayOrNil(f.Expected)})
	}
	return out
}

func dayOrNil(d date.Date) *date.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
