package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) taskRoutes() {
	s.get("/tasks/{id}", s.showTask)
	s.post("/tasks/{id}", s.finishTask)
}

// A taskPage is one thing that a unit must do, with the form that says it is done.
type taskPage struct {
	ui.Base
	Task     app.Task
	Lead     string
	Facts    []ui.Fact
	May      bool
	Evidence string
	Version  int
	Problem  ui.ProblemBox
	Errors   map[string]string
}

func (s *Server) showTask(w http.ResponseWriter, r *request) error {
	k, may, err := s.app.Task(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	p, err := s.taskPage(r, k, may)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, taskView(p))
}

func (s *Server) taskPage(r *request, k app.Task, may bool) (taskPage, error) {
	ctx := r.Context()
	cal, err := s.app.Calendar(ctx)
	if err != nil {
		return taskPage{}, err
	}
	title := i18n.Text(ctx, "task.title", "unit", k.UnitName)
	p := taskPage{Base: s.base(r, title, ui.Crumb{Label: i18n.Text(ctx, "work.title"), Href: "/"}), Task: k, May: may,
		Evidence: k.Evidence, Version: k.Version, Lead: taskLead(r, k, cal)}
	p.Facts = []ui.Fact{
		{Term: i18n.Text(ctx, "task.text"), Value: i18n.Sentence(k.Text)},
		{Term: i18n.Text(ctx, "task.for"), Value: k.UnitName},
	}
	add := func(key, value string) {
		if value != "" {
			p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, key), Value: value})
		}
	}
	if k.Role != "" {
		add("task.role", i18n.Text(ctx, "role."+string(k.Role)))
	}
	add("task.due", i18n.LongDate(p.Lang, k.Due))
	if k.Repeat != "" {
		add("task.repeat", i18n.Text(ctx, "task.repeat."+k.Repeat))
	}
	add("task.cite", taskCite(r, k))
	if k.Done {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "task.done"), Value: k.Evidence,
			Note: i18n.Text(ctx, "task.done.by", "name", k.DoneBy, "day", k.DoneOn)})
	}
	return p, nil
}

func taskCite(r *request, k app.Task) string {
	if k.Symbol == "" {
		return k.Clause
	}
	return i18n.Text(r.Context(), "task.clause", "symbol", k.Symbol, "clause", k.Clause)
}

func taskLead(r *request, k app.Task, cal date.Calendar) string {
	ctx := r.Context()
	day := i18n.LongDate(i18n.From(ctx), k.Due)
	switch {
	case k.Done:
		return i18n.Text(ctx, "task.lead.done", "day", k.DoneOn)
	case k.Due.IsZero():
		return i18n.Text(ctx, "task.lead.undated")
	case k.Due.Before(r.today):
		return i18n.Text(ctx, "task.lead.late", "day", day, "n", max(cal.WorkingBetween(k.Due, r.today), 1))
	}
	return i18n.Text(ctx, "task.lead.due", "day", day)
}

func (s *Server) finishTask(w http.ResponseWriter, r *request) error {
	id, done := r.PathValue("id"), r.PostFormValue("state") != "open"
	evidence := strings.TrimSpace(r.PostFormValue("evidence"))
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return errs.E(errs.Invalid, "error.bad_form").Because(err)
	}
	if done && evidence == "" {
		err = errs.E(errs.Invalid, "task.evidence.missing").On("evidence")
	} else {
		if !done {
			evidence = ""
		}
		err = s.app.FinishTask(r.Context(), r.who, id, version, done, evidence)
	}
	if e, ok := formError(err); ok {
		return s.refuseTask(w, r, id, evidence, e)
	}
	if err != nil {
		return err
	}
	flash := "task.finished"
	if !done {
		flash = "task.reopened"
	}
	return s.redirect(w, r, "/tasks/"+id, i18n.Text(r.Context(), flash))
}

// refuseTask shows the form again with what was typed. A stale one shows the task as it
// is now, but keeps the old version: only who opens the page anew writes over it.
func (s *Server) refuseTask(w http.ResponseWriter, r *request, id, evidence string, fault *errs.Error) error {
	k, may, err := s.app.Task(r.Context(), r.who, id)
	if err != nil {
		return err
	}
	if !may {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	p, err := s.taskPage(r, k, may)
	if err != nil {
		return err
	}
	if p.Evidence = evidence; k.Done && evidence != "" {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(r.Context(), "task.typed"), Value: evidence})
	}
	if v, err := strconv.Atoi(r.PostFormValue("version")); err == nil {
		p.Version = v
	}
	p.Problem, p.Errors = faults(r, fault)
	return s.page(w, r, fault.Kind.Status(), taskView(p))
}
