package web

import (
	"net/http"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/source"
	"ketnap/web/ui"
)

// reviewDueStates are the parts of the list of who has to review, by the level that spoke
// last.
func reviewDueStates() []struct {
	key   string
	level source.Level
} {
	return []struct {
		key   string
		level source.Level
	}{{"missing", 0}, {"declared", source.Declared}, {"confirmed", source.Confirmed}, {"checked", source.Checked}}
}

// readReviewDue reads the list and keeps the part that is asked for.
func (s *Server) readReviewDue(r *request) (app.ReviewDuePage, []registerColumn, []registerRow, error) {
	period, err := reviewPeriodOf(r)
	if err != nil {
		return app.ReviewDuePage{}, nil, nil, err
	}
	found, err := s.app.ReviewsDue(r.Context(), r.who, s.unitOf(r), period)
	if err != nil {
		return found, nil, nil, err
	}
	ctx, state := r.Context(), r.FormValue("state")
	list := registerFound{}
	list.columns(r, "review.col.unit", "review.col.above", "review.col.state", "review.col.next")
	for _, d := range found.Rows {
		for _, x := range reviewDueStates() {
			if x.level != d.Level() || state != "" && state != x.key {
				continue
			}
			words := i18n.Sentence(source.State(x.level))
			if !d.On.IsZero() {
				words = i18n.Text(ctx, "review.state_on", "state", words, "day", d.On.VN())
			}
			list.add(registerCell{d.Unit.Name, reviewHref(string(d.Unit.Code), period)}, registerCell{Text: d.ParentName}, registerCell{Text: words},
				registerCell{Text: i18n.Text(ctx, "review.next."+x.key)})
		}
	}
	return found, list.Columns, list.Rows, nil
}

func (s *Server) showReviewDue(w http.ResponseWriter, r *request) error {
	found, columns, rows, err := s.readReviewDue(r)
	if err != nil {
		return err
	}
	ctx, code, period, state := r.Context(), string(found.Line[0].Code), found.Period.String(), r.FormValue("state")
	back := address("/source", "unit", code, "period", period)
	p := listingPage{
		Base: s.base(r, i18n.Text(ctx, "review.due.title", "period", found.Period.Name()), ui.Crumb{Label: i18n.Text(ctx, "review.menu"), Href: back}),
		Head: sheetOf(r, found.Line), Lead: i18n.Text(ctx, "review.due.lead", "unit", found.Line[0].Name), Action: "/source/due",
		Columns: columns, Rows: rows, Sheet: address("/source/due.xlsx", "unit", code, "period", period, "state", state),
		Notes: []string{i18n.Text(ctx, "review.note.levels")},
		Empty: ui.Nothing{Title: i18n.Text(ctx, "review.due.empty"), Text: i18n.Text(ctx, "review.due.empty_why"), First: &ui.Action{Label: i18n.Text(ctx, "review.due.back"), Href: back}},
	}
	p.Tabs = sourceTabs(r, code, "/source/due")
	units, err := s.unitOptions(r, found.Line)
	if err != nil {
		return err
	}
	states := []ui.Option{{Value: "", Label: i18n.Text(ctx, "review.show.all")}}
	for i, n := range []int{found.State.Missing, found.State.Declared, found.State.Confirmed, found.State.Checked} {
		key := reviewDueStates()[i].key
		states = append(states, ui.Option{Value: key, Label: i18n.Text(ctx, "review.state."+key)})
		p.Counts = append(p.Counts, listingCount{stateLink{Count: i18n.Count(i18n.From(ctx), n), Words: i18n.Text(ctx, "review.state."+key),
			Href: address("/source/due", "unit", code, "period", period, "state", key)}, key == state})
	}
	periods := []ui.Option{}
	for _, q := range quickPeriods(r.today) {
		if source.Reviewable(q, r.today) {
			periods = append(periods, ui.Option{Value: q.String(), Label: i18n.Sentence(q.Name())})
		}
	}
	if !hasOption(periods, period) {
		periods = append(periods, ui.Option{Value: period, Label: i18n.Sentence(found.Period.Name())})
	}
	p.Choices = []fileChoice{{ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true}, units},
		{ui.Input{Name: "period", Label: i18n.Text(ctx, "review.period_label"), Value: period, Optional: true}, periods},
		{ui.Input{Name: "state", Label: i18n.Text(ctx, "review.col.state"), Value: state, Optional: true}, states}}
	return s.page(w, r, http.StatusOK, listingView(p))
}

func hasOption(options []ui.Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}

func (s *Server) downloadReviewDue(w http.ResponseWriter, r *request) error {
	found, columns, rows, err := s.readReviewDue(r)
	if err != nil {
		return err
	}
	return s.sendSheet(w, "chua-ra-soat-"+found.Period.String(),
		registerSheet(i18n.Text(r.Context(), "review.due.title", "period", found.Period.Name()), found.Line[0].Name, columns, rows, nil))
}
