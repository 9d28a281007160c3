package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/union"
	"ketnap/web/ui"
)

// showInbox lists who waits to be taken up.
func (s *Server) showInbox(w http.ResponseWriter, r *request) error {
	return s.inboxPage(w, r, http.StatusOK, "", app.Taken{}, ui.ProblemBox{})
}

// inboxPage is the inbox; asked is the introduction about which there is a question.
func (s *Server) inboxPage(w http.ResponseWriter, r *request, status int, asked string, t app.Taken, box ui.ProblemBox) error {
	b, err := s.app.UnionInbox(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := inboxView{Base: s.unionBase(r, i18n.Text(ctx, "union.inbox.title"), ui.Crumb{Label: i18n.Text(ctx, "union.introduction.list"), Href: "/unions/introductions"}),
		Lead: i18n.Text(ctx, "union.inbox.lead"), Problem: box}
	for _, x := range b.Rows {
		row := inboxLine{ID: x.ID, Name: x.Name, Text: i18n.Text(ctx, "union.inbox.from", "union", x.UnitName, "number", x.Number, "day", x.On.VN(), "paper", string(union.Paper(x.UnitKind))),
			Person: i18n.Text(ctx, "union.inbox.person", "birth", x.Birth.VN(), "sex", i18n.Text(ctx, "file.sex."+x.Sex), "branch", x.BranchName), Mood: ui.Todo,
			Waits: i18n.Text(ctx, "union.introduction.waits", "n", strconv.Itoa(x.Waits))}
		if x.Late {
			row.Mood = ui.Late
		}
		if x.ID == asked {
			row.fill(ctx, t)
		}
		p.Rows = append(p.Rows, row)
	}
	if b.More {
		p.More = i18n.Text(ctx, "union.inbox.more", "n", strconv.Itoa(len(b.Rows)))
	}
	return s.page(w, r, status, unionInboxView(p))
}

// An inboxView is the page of the inbox.
type inboxView struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Rows    []inboxLine
	More    string
}

// An inboxLine is an introduction with what the branch may do.
type inboxLine struct {
	ID, Name, Text, Person, Waits string
	Mood                          ui.Mood
	Asks                          bool // there may be a file of the same person
	Twins                         []inboxTwin
}

// An inboxTwin is a file that may be of the same person; one that cannot be joined has no id.
type inboxTwin struct{ Text, File string }

// fill adds the question about files of the same person.
func (l *inboxLine) fill(_ context.Context, t app.Taken) {
	l.Asks = len(t.Twins) > 0
	for _, x := range t.Twins {
		l.Twins = append(l.Twins, inboxTwin{Text: app.TwinText(x), File: x.ID})
	}
}

func (s *Server) takeIntroduced(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	t, err := s.app.TakeIntroduced(ctx, r.who, id, strings.TrimSpace(r.PostFormValue("answer")))
	if e := errs.As(err); err != nil && e.Kind == errs.Conflict {
		to := "/unions/inbox"
		if t.File != "" {
			to = "/files/" + t.File
		}
		return s.redirect(w, r, to, message(ctx, err))
	}
	if e, ok := formError(err); ok {
		return s.inboxPage(w, r, e.Kind.Status(), id, t, ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(ctx, err)}}})
	}
	switch {
	case err != nil:
		return err
	case t.File == "":
		status, box := http.StatusOK, problem(t.Findings)
		if rule.Blocked(t.Findings) {
			status = http.StatusUnprocessableEntity
		}
		return s.inboxPage(w, r, status, id, t, box)
	}
	text := i18n.Text(ctx, "union.inbox.taken")
	for _, f := range t.Findings { // warnings, which the branch may answer in the file
		text = joinWords(" ", text, f.Message)
	}
	return s.redirect(w, r, "/files/"+t.File, text)
}

func (s *Server) declineIntroduced(w http.ResponseWriter, r *request) error {
	err := s.app.DeclineIntroduced(r.Context(), r.who, r.PathValue("id"), r.PostFormValue("reason"))
	return s.unionDone(w, r, err, "/unions/inbox", "union.inbox.declined")
}
