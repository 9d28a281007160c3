package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/rule"
	"ketnap/web/ui"
)

// A verificationListPage is the open requests of a unit, by due day.
type verificationListPage struct {
	ui.Base
	Unit    ui.Input
	Units   []ui.Option
	Window  ui.Input
	Windows []ui.Option
	Total   string
	More    string
	Rows    []verificationOpenRow
	Choose  bool // some of the rows may be reminded here
	All     string
	On      ui.Input
	Problem ui.ProblemBox
	Sheet   string
	Send    *ui.Action
	Empty   ui.Nothing
}

// An verificationOpenRow is one open request of the list.
type verificationOpenRow struct {
	Value, ChooseLabel                              string // of the box; none where the acts alone tell of it
	Chosen                                          bool
	Name, Href, Unit, About, Place, Notes, Due, End string
	Sent, Received                                  string
	Mood                                            ui.Mood
	State                                           string
}

func verificationWindowOf(r *request) app.VerificationWindow {
	w := app.VerificationWindow(r.FormValue("window"))
	if slices.Contains([]app.VerificationWindow{app.Past, app.WithinAWk, app.WithinAMo}, w) {
		return w
	}
	return app.AnyDue
}

func (s *Server) listVerifications(w http.ResponseWriter, r *request) error {
	return s.answerVerifications(w, r, http.StatusOK, ui.Input{Value: r.today.String()}, ui.ProblemBox{})
}

func (s *Server) answerVerifications(w http.ResponseWriter, r *request, status int, on ui.Input, box ui.ProblemBox) error {
	unit, window := s.unitOf(r), verificationWindowOf(r)
	found, err := s.app.OpenVerifications(r.Context(), r.who, unit, window)
	if err != nil {
		return err
	}
	ctx, lang, code := r.Context(), i18n.From(r.Context()), string(found.Unit.Code)
	on.Name, on.Label = "on", i18n.Text(ctx, "verification.day.remind")
	p := verificationListPage{
		Base:   s.base(r, i18n.Text(ctx, "verification.list.title"), s.above(r, found.Line, func(code string) string { return address("/verification", "unit", code) })...),
		Unit:   ui.Input{Name: "unit", Label: i18n.Text(ctx, "verification.list.unit"), Value: code, Optional: true},
		Window: ui.Input{Name: "window", Label: i18n.Text(ctx, "verification.list.window"), Value: string(window), Optional: true},
		On:     on, Problem: box,
		Total: i18n.Text(ctx, "verification.list.total", "n", len(found.Open), "day", i18n.Date(lang, found.Today)),
		Sheet: address("/verification.xlsx", "unit", code, "window", string(window)),
		All:   address("/verification", "unit", code, "window", string(window), "all", "1"),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "verification.list.empty"), Text: i18n.Text(ctx, "verification.list.empty_why")},
	}
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return err
	}
	for _, x := range []struct {
		window app.VerificationWindow
		key    string
	}{{app.AnyDue, "verification.list.window.all"}, {app.Past, "verification.list.window.overdue"}, {app.WithinAWk, "verification.list.window.7"}, {app.WithinAMo, "verification.list.window.30"}} {
		p.Windows = append(p.Windows, ui.Option{Value: string(x.window), Label: i18n.Text(ctx, x.key) + " (" + i18n.Count(lang, found.Counts[x.window]) + ")"})
	}
	if window != app.AnyDue && found.Counts[app.AnyDue] > 0 {
		p.Empty = ui.Nothing{Title: i18n.Text(ctx, "verification.list.none"), Text: i18n.Text(ctx, "verification.list.none_why"),
			First: &ui.Action{Label: i18n.Text(ctx, "ui.clear"), Href: address("/verification", "unit", code)}}
	}
	if found.More {
		p.More = i18n.Text(ctx, "verification.list.more", "n", len(found.Open))
	}
	if found.May && len(found.Waiting) > 0 {
		p.Send = &ui.Action{Label: i18n.Text(ctx, "verification.list.send", "n", len(found.Waiting)), Href: address("/verification/send", "unit", code), Primary: len(found.Open) == 0}
	}
	for _, q := range found.Open {
		row := verificationOpenRowOf(r, found, q)
		p.Choose = p.Choose || row.Value != ""
		p.Rows = append(p.Rows, row)
	}
	return s.page(w, r, status, verificationListView(p))
}

func verificationOpenRowOf(r *request, found app.VerificationList, q app.OpenRequest) verificationOpenRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := verificationOpenRow{Name: q.File.Name, Href: "/files/" + q.File.ID + "/verification", Unit: q.File.UnitName, About: q.Subject.Words(),
		Place: q.Request.Place, Due: i18n.Date(lang, q.Term.Due), Sent: i18n.Date(lang, q.Request.Sent), Received: i18n.Date(lang, q.Request.Received),
		Mood: ui.Todo, State: i18n.Sentence(q.Request.State.Words())}
	var notes []string
	if q.Request.Number != "" {
		notes = append(notes, i18n.Text(ctx, "verification.number", "number", q.Request.Number))
	}
	if q.Request.Abroad {
		notes = append(notes, i18n.Text(ctx, "verification.abroad"))
	}
	if n := len(q.Request.Reminded); n > 0 {
		notes = append(notes, i18n.Text(ctx, "verification.reminded", "days", i18n.Date(lang, q.Request.Reminded[n-1])))
	}
	if q.Request.ID == "" {
		notes = append(notes, i18n.Text(ctx, "verification.list.by_act"))
	}
	row.Notes = strings.Join(notes, " · ")
	if !q.Term.Due.IsZero() {
		if row.Mood = dueMood(q.Term.Due, found.Today); q.Term.Late || q.Term.Due.Before(found.Today) {
			row.Mood, row.End = ui.Late, lateWords(r, found.Calendar, q.Term.Due)
		} else {
			row.End = i18n.Text(ctx, "verification.left", "n", found.Calendar.WorkingBetween(found.Today, q.Term.Due))
		}
	}
	if found.May && q.Request.ID != "" && q.Request.Takes(admission.StepRemind) {
		row.Value = q.File.ID + "/" + q.Request.ID
		row.ChooseLabel = i18n.Text(ctx, "verification.list.choose_one", "name", q.File.Name, "place", q.Request.Place)
		row.Chosen = r.FormValue("all") == "1" || slices.Contains(r.Form["choose"], row.Value)
	}
	return row
}

func (s *Server) remindVerifications(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	typed := strings.TrimSpace(r.PostFormValue("on"))
	on, ok := writtenDay(typed)
	field := ui.Input{Value: typed}
	if !ok {
		field.Error = i18n.Text(ctx, "act.wrong.day", "typed", typed)
		return s.answerVerifications(w, r, http.StatusUnprocessableEntity, field, slips(map[string]string{"on": field.Error}, "on"))
	}
	var chosen []app.VerificationRequest
	for _, v := range r.PostForm["choose"] {
		file, request, _ := strings.Cut(v, "/")
		chosen = append(chosen, app.VerificationRequest{File: file, Request: request})
	}
	done, err := s.app.RemindVerifications(ctx, r.who, chosen, on)
	if e, shown := formError(err); shown {
		return s.answerVerifications(w, r, e.Kind.Status(), field, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, err)}}})
	}
	if err != nil {
		return err
	}
	if !done.Written {
		return s.answerVerifications(w, r, http.StatusUnprocessableEntity, field, verificationSaidOf(r, done))
	}
	return s.redirect(w, r, address("/verification", "unit", s.unitOf(r), "window", string(verificationWindowOf(r))), i18n.Text(ctx, "verification.list.reminded", "n", len(chosen)))
}

// verificationSaidOf is the box of what rules said of many files, each named.
func verificationSaidOf(r *request, b app.VerificationBulk) ui.ProblemBox {
	var all []rule.Finding
	for _, said := range b.Said {
		for _, f := range said.Findings {
			f.Message = i18n.Text(r.Context(), "verification.send.of", "name", said.Name, "message", f.Message)
			all = append(all, f)
		}
	}
	return problem(verificationOnce(all))
}

func (s *Server) downloadVerifications(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	found, err := s.app.OpenVerifications(r.Context(), r.who, unit, verificationWindowOf(r))
	if err != nil {
		return err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	t := xlsx.Table{Title: i18n.Text(ctx, "verification.list.title"), Subtitle: found.Unit.Name,
		Notes: []string{i18n.Text(ctx, "verification.list.total", "n", len(found.Open), "day", i18n.Date(lang, found.Today))}}
	for _, key := range []string{"verification.list.col.name", "verification.list.col.unit", "verification.list.col.about", "verification.col.place",
		"verification.field.number", "verification.col.sent", "verification.col.received", "verification.col.due", "verification.col.state", "verification.day.remind"} {
		t.Columns = append(t.Columns, xlsx.Column{Name: i18n.Text(ctx, key), Kind: xlsx.Text})
	}
	for _, q := range found.Open {
		row := verificationOpenRowOf(r, found, q)
		var days []string
		for _, d := range q.Request.Reminded {
			days = append(days, i18n.Date(lang, d))
		}
		state := row.State
		if row.End != "" {
			state += "; " + row.End
		}
		var cells []xlsx.Cell
		for _, text := range []string{row.Name, row.Unit, q.Subject.Relation.Words(), row.Place, q.Request.Number, row.Sent, row.Received, row.Due, state, strings.Join(days, ", ")} {
			cells = append(cells, xlsx.Str(text))
		}
		t.Rows = append(t.Rows, cells)
	}
	return s.sendPeople(w, r, "verification", unit, i18n.Text(ctx, "verification.sheet")+"-"+found.Today.String(), t)
}

// A sendVerificationsPage is the form of one letter about many people.
type sendVerificationsPage struct {
	ui.Base
	Unit    string
	Form    verificationForm
	Errors  map[string]string
	Problem ui.ProblemBox
	Files   []ui.Option
	Ways    []ui.Option
	All     string
	Back    string
	Confirm bool
}

func (p sendVerificationsPage) chosen(id string) bool { return slices.Contains(p.Form.Requests, id) }

func (s *Server) showSendVerifications(w http.ResponseWriter, r *request) error {
	form := verificationForm{On: r.today.String(), Way: string(admission.ByPost), Requests: r.URL.Query()["file"]}
	return s.answerSending(w, r, http.StatusOK, form, nil, ui.ProblemBox{})
}

func (s *Server) answerSending(w http.ResponseWriter, r *request, status int, form verificationForm, faults map[string]string, box ui.ProblemBox) error {
	found, err := s.app.OpenVerifications(r.Context(), r.who, s.unitOf(r), app.AnyDue)
	if err != nil {
		return err
	}
	if !found.May {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	ctx, code := r.Context(), string(found.Unit.Code)
	back := address("/verification", "unit", code)
	p := sendVerificationsPage{Base: s.base(r, i18n.Text(ctx, "verification.send.title"), ui.Crumb{Label: i18n.Text(ctx, "verification.list.title"), Href: back}),
		Unit: code, Form: form, Errors: faults, Problem: box, Back: back, All: address("/verification/send", "unit", code, "all", "1"),
		Confirm: len(box.Findings) > 0 && box.Mood == ui.Soon}
	for _, f := range found.Waiting {
		p.Files = append(p.Files, ui.Option{Value: f.ID, Label: f.Name + " — " + f.UnitName})
		if r.FormValue("all") == "1" {
			p.Form.Requests = append(p.Form.Requests, f.ID)
		}
	}
	for _, x := range []admission.Way{admission.ByPost, admission.ByMembers} {
		p.Ways = append(p.Ways, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
	}
	return s.page(w, r, status, sendVerificationsView(p))
}

func (s *Server) sendVerifications(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	form := verificationFormOf(r)
	form.Requests = r.PostForm["file"]
	on, ok := writtenDay(form.On)
	if !ok {
		faults := map[string]string{"on": i18n.Text(ctx, "act.wrong.day", "typed", form.On)}
		return s.answerSending(w, r, http.StatusUnprocessableEntity, form, faults, slips(faults, "on"))
	}
	var files []app.VerificationFile
	for _, id := range form.Requests {
		files = append(files, app.VerificationFile{ID: id})
	}
	done, err := s.app.SendVerifications(ctx, r.who, files, app.VerificationSending{Place: form.Place, Abroad: form.Abroad, Way: admission.Way(form.Way),
		Number: form.Number, On: on, Stamped: form.Stamped, Carried: form.Carried}, !form.Confirm)
	if e, shown := formError(err); shown {
		return s.answerSending(w, r, e.Kind.Status(), form, nil, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, err)}}})
	}
	if err != nil {
		return err
	}
	if done.Written {
		return s.redirect(w, r, address("/verification", "unit", s.unitOf(r)), i18n.Text(ctx, "verification.send.done", "n", done.Files, "place", form.Place))
	}
	faults := map[string]string{}
	for _, said := range done.Said {
		for _, f := range said.Findings {
			if f.Severity == rule.Block && f.Field != "" && faults[f.Field] == "" {
				faults[f.Field] = f.Message
			}
		}
	}
	status := http.StatusOK
	if done.Blocked() {
		status = http.StatusUnprocessableEntity
	}
	return s.answerSending(w, r, status, form, faults, verificationSaidOf(r, done))
}
