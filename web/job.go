package web

import (
	"net/http"
	"strconv"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) jobRoutes() {
	s.get("/admin/jobs", s.showJobs)
	s.post("/admin/jobs/{id}/retry", s.retryJob)
	s.post("/admin/jobs/{id}/drop", s.dropJob)
}

// A jobPage is what the program does by itself.
type jobPage struct {
	ui.Base
	Tabs   []adminTab
	Groups []jobGroup
	Empty  ui.Nothing
}

// A jobGroup is the jobs of a state.
type jobGroup struct {
	ID, Title string
	Rows      []jobRow
}

// A jobRow is one job.
type jobRow struct {
	ID, What, Note     string
	At, Attempt, Error string
	Retry, Drop        string // where the forms are posted; none when empty
}

// jobKinds are the kinds that have words of their own.
var jobKinds = map[string]string{"remind": "job.kind.remind", "checkpoint": "job.kind.checkpoint", "redraw": "job.kind.redraw", "rehearse": "job.kind.rehearse", "print": "job.kind.print", "pace": "job.kind.pace"}

func (s *Server) showJobs(w http.ResponseWriter, r *request) error {
	found, err := s.app.Jobs(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := jobPage{Base: s.base(r, i18n.Text(ctx, "job.title"), adminCrumb(r)), Tabs: adminTabs(r, "/admin/jobs"),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "job.empty"), Text: i18n.Text(ctx, "job.empty_why")}}
	for _, g := range []struct {
		id   string
		jobs []app.JobLine
		act  bool
	}{{"dead", found.Dead, true}, {"failing", found.Failing, true}, {"running", found.Running, false}, {"waiting", found.Waiting, false}, {"done", found.Done, false}} {
		group := jobGroup{ID: "h-" + g.id, Title: i18n.Text(ctx, "job.state."+g.id)}
		for _, j := range g.jobs {
			group.Rows = append(group.Rows, jobLine(r, j, g.act))
		}
		if len(group.Rows) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	return s.page(w, r, http.StatusOK, jobView(p))
}

func jobLine(r *request, j app.JobLine, act bool) jobRow {
	ctx := r.Context()
	row := jobRow{ID: strconv.FormatInt(j.ID, 10), At: i18n.Moment(i18n.From(ctx), j.Next), Error: j.Error,
		Attempt: i18n.Text(ctx, "job.attempt", "n", j.Attempt, "most", j.Most), What: i18n.Text(ctx, "job.kind.other", "kind", j.Kind)}
	if key, ok := jobKinds[j.Kind]; ok {
		row.What = i18n.Text(ctx, key)
	}
	if j.Redraw {
		row.Note = i18n.Text(ctx, "job.redraw", "because", movedReason(r, j.Because), "n", j.Files)
	}
	if act {
		row.Retry, row.Drop = "/admin/jobs/"+row.ID+"/retry", "/admin/jobs/"+row.ID+"/drop"
	}
	return row
}

func jobID(r *request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, errs.E(errs.NotFound, "job.none").Because(err)
	}
	return id, nil
}

func (s *Server) retryJob(w http.ResponseWriter, r *request) error {
	id, err := jobID(r)
	if err == nil {
		err = s.app.RetryJob(r.Context(), r.who, id)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/admin/jobs", i18n.Text(r.Context(), "job.retried"))
}

func (s *Server) dropJob(w http.ResponseWriter, r *request) error {
	id, err := jobID(r)
	if err == nil {
		err = s.app.DropJob(r.Context(), r.who, id)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/admin/jobs", i18n.Text(r.Context(), "job.dropped"))
}
