package web

import (
	"net/http"

	"ketnap/access"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// classWork puts what waits about classes behind what presses of the files.
func (s *Server) classWork(r *request, p *workPage) error {
	tasks, err := s.app.ClassTasks(r.Context(), r.who)
	if err != nil || len(tasks) == 0 {
		return err
	}
	t := classTextOf(r)
	g := workGroup{ID: "h-class", Title: t.text("class.menu"), Note: t.text("work.count", "n", len(tasks))}
	for i, k := range tasks {
		row := t.task(k)
		if row.Mood == ui.Late {
			p.late++
		}
		if i < fullItems {
			g.Rows = append(g.Rows, row)
			continue
		}
		g.Lines = append(g.Lines, workLine{Text: joined(row.What, row.Whom), Href: k.Href, When: t.day(k.Due), Late: row.Mood == ui.Late})
	}
	at := 0
	for at < len(p.Groups) && p.Groups[at].ID != "h-later" {
		at++
	}
	p.Groups = append(p.Groups[:at], append([]workGroup{g}, p.Groups[at:]...)...)
	p.Empty = nil
	return nil
}

// A bulkPropose is the button that proposes the people chosen for the class.
type bulkPropose struct {
	Files []string
	Label string
	Help  string
}

// bulkProposal is the button under a list of people chosen for the class, for who may name
// people; nil for others.
func bulkProposal(r *request, ids []string) *bulkPropose {
	if len(ids) == 0 || !r.who.Has(access.NameLearner, r.today) {
		return nil
	}
	return &bulkPropose{Files: ids, Label: i18n.Text(r.Context(), "class.bulk.submit", "n", len(ids)), Help: i18n.Text(r.Context(), "class.bulk.help")}
}

// proposeForClass proposes the people chosen: in the answer to an open survey, or as
// proposals that stand.
func (s *Server) proposeForClass(w http.ResponseWriter, r *request) error {
	n, err := s.app.NameForClass(r.Context(), r.who, r.PostForm["file"])
	if err != nil {
		return err
	}
	t := classTextOf(r)
	said := ""
	for _, x := range []struct {
		key string
		n   int
	}{{"class.bulk.surveyed", n.Surveyed}, {"class.bulk.standing", n.Standing}, {"class.bulk.seated", n.Seated}, {"class.bulk.early", n.Early}} {
		if x.n > 0 {
			said = joinWords(" ", said, t.text(x.key, "n", x.n))
		}
	}
	return s.redirect(w, r, "/classes", said)
}
