package web

import (
	"context"
	"net/http"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) settingRoutes() {
	s.get("/admin/settings", s.showSettings)
	s.post("/admin/settings", s.setSetting)
}

// A settingLine is a setting from a day on.
type settingLine struct{ What, Value, From, Reason string }

// A holidayLine is a day laid over the calendar.
type holidayLine struct{ Day, What, Source string }

// A settingPage is what the committee may decide for itself.
type settingPage struct {
	ui.Base
	Tabs     []adminTab
	Facts    []ui.Fact
	Lines    []settingLine
	Holidays []holidayLine
	Settings []settingForm
	Today    string
	Problem  ui.ProblemBox
	Errors   map[string]string
}

// A settingForm changes one setting. What was typed and refused stays in its own form.
type settingForm struct {
	ID, Title, Help, Label string
	Options                []ui.Option // of a choice; none for a number
	Value, From, Reason    string
	Errors                 map[string]string
}

func (s *Server) showSettings(w http.ResponseWriter, r *request) error {
	return s.settingPage(w, r, http.StatusOK, nil)
}

func (s *Server) settingPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	set, err := s.app.Settings(ctx, r.who)
	if err != nil {
		return err
	}
	p := settingPage{Base: s.base(r, i18n.Text(ctx, "admin.title")), Tabs: adminTabs(r, "/admin/settings"), Today: set.Today.String()}
	p.Problem, p.Errors = faults(r, fault)
	p.Facts = []ui.Fact{
		{Term: i18n.Text(ctx, "admin.setting.counting_event"), Value: i18n.Text(ctx, "admin.setting.event."+set.CountingEvent)},
		{Term: i18n.Text(ctx, "admin.setting.stuck_months"), Value: i18n.Text(ctx, "admin.setting.n_months", "n", set.StuckMonths)},
		{Term: i18n.Text(ctx, "admin.setting.helper_months"), Value: i18n.Text(ctx, "admin.setting.n_months", "n", set.HelperMonths)},
		{Term: i18n.Text(ctx, "admin.setting.attachments"), Value: i18n.Text(ctx, "admin.setting.event."+set.Attachments)},
	}
	p.Settings = settingForms(ctx)
	for i := range p.Settings {
		f := &p.Settings[i]
		f.From = p.Today
		if r.PostFormValue("id") == f.ID {
			f.Value, f.From, f.Reason, f.Errors = r.PostFormValue("value"), r.PostFormValue("from"), r.PostFormValue("reason"), p.Errors
		}
	}
	p.list(r, set)
	return s.page(w, r, status, settingView(p))
}

// settingForms are the forms of what may be set, empty.
func settingForms(ctx context.Context) []settingForm {
	choice := func(values ...string) (out []ui.Option) {
		for _, v := range values {
			out = append(out, ui.Option{Value: v, Label: i18n.Text(ctx, "admin.setting.event."+v)})
		}
		return out
	}
	form := func(id, label string, options []ui.Option) settingForm {
		return settingForm{ID: id, Label: i18n.Text(ctx, label), Title: i18n.Text(ctx, "admin.setting."+id+".change"), Help: i18n.Text(ctx, "admin.setting."+id+".help"), Options: options}
	}
	return []settingForm{
		form("counting_event", "admin.setting.counting_event", choice(app.EventDecision, app.EventCeremony)),
		form("stuck_months", "admin.setting.months.label", nil),
		form("helper_months", "admin.setting.months.label", nil),
		form("attachments", "admin.setting.attachments", choice(app.AttachmentsOff, app.AttachmentsOn)),
	}
}

func (p *settingPage) list(r *request, set app.SettingPage) {
	ctx := r.Context()
	for _, row := range set.Rows {
		l := settingLine{What: i18n.Text(ctx, "admin.setting."+row.ID), Value: row.Value, From: i18n.Date(p.Lang, row.From), Reason: row.Reason}
		switch row.Value {
		case app.EventDecision, app.EventCeremony, app.AttachmentsOn, app.AttachmentsOff:
			l.Value = i18n.Text(ctx, "admin.setting.event."+row.Value)
		}
		p.Lines = append(p.Lines, l)
	}
	for _, h := range set.Holidays {
		what := "admin.holiday.working"
		if h.Off {
			what = "admin.holiday.off"
		}
		l := holidayLine{Day: i18n.Sentence(i18n.LongDate(p.Lang, h.On)), What: i18n.Text(ctx, what) + " — " + h.Name, Source: h.Source}
		if !h.Announced.IsZero() {
			l.Source += " " + i18n.Text(ctx, "rule.announced", "day", i18n.Date(p.Lang, h.Announced))
		}
		p.Holidays = append(p.Holidays, l)
	}
}

func (s *Server) settledSetting(w http.ResponseWriter, r *request, err error, flash string) error {
	if e, ok := formError(err); ok {
		return s.settingPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/admin/settings", i18n.Text(r.Context(), flash))
}

func (s *Server) setSetting(w http.ResponseWriter, r *request) error {
	from, err := typedDay(r, "from", "admin.setting.from")
	if err == nil {
		err = s.app.SetSetting(r.Context(), r.who, app.SettingRow{ID: r.PostFormValue("id"), From: from, Value: r.PostFormValue("value"), Reason: r.PostFormValue("reason")})
	}
	return s.settledSetting(w, r, err, "admin.setting.saved")
}
