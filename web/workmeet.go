package web

import (
	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A workMeet is the hint that a branch should meet on complete dossiers in time.
type workMeet struct {
	Text     string
	Meet     ui.Action
	Forecast ui.Link
}

// workMeet tells who records for a branch by when it should meet on the dossiers that are
// complete; nothing where none waits for it.
func (s *Server) workMeet(r *request, work app.WorkPage) ([]workMeet, error) {
	ready, unit := 0, ""
	for _, it := range work.Items {
		if it.File == nil || it.Urge || it.Act != admission.BranchResolution {
			continue
		}
		if ready++; unit == "" {
			unit = string(it.File.UnitCode)
		} else if unit != string(it.File.UnitCode) {
			unit = s.chosen(r)
		}
	}
	if ready == 0 || unit == "" || !r.who.Has(access.RecordBranch, r.today) {
		return nil, nil
	}
	day, err := s.app.MeetBy(r.Context(), r.who, unit)
	if errs.KindOf(err) == errs.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	m := workMeet{Text: i18n.Text(ctx, "forecast.meet", "n", ready, "day", i18n.Date(i18n.From(ctx), day)),
		Meet:     ui.Action{Label: i18n.Text(ctx, "forecast.meet.do"), Href: address("/meetings/new", "unit", unit)},
		Forecast: ui.Link{Label: i18n.Text(ctx, "forecast.meet.see"), Href: address("/forecast", "unit", unit)}}
	if day.Before(r.today) {
		m.Text = i18n.Text(ctx, "forecast.meet.late", "n", ready, "day", i18n.Date(i18n.From(ctx), day))
	}
	return []workMeet{m}, nil
}
