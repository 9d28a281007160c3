package web

import (
	"net/http"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/meeting"
	"ketnap/web/ui"
)

// meetingPapers are the papers that a meeting issued, and where its minutes are drawn.
func (s *Server) meetingPapers(r *request, m app.MeetingPage) (papers []ui.Link, minutes string, err error) {
	rows, err := s.app.MeetingPapers(r.Context(), r.who, m.ID)
	names := map[string]string{}
	for _, point := range m.Points {
		if point.Seen {
			names[point.Item.File] = point.File.Name
		}
	}
	for _, row := range rows {
		label := row.Title
		if name := names[row.File]; name != "" { // many papers of a session bear one title
			label += " — " + name
		}
		papers = append(papers, ui.Link{Label: label + " — " + issuedLabel(r, row), Href: "/papers/" + row.ID})
	}
	if m.Read.Body == meeting.Branch {
		minutes = "/meetings/" + m.ID + "/minutes"
	}
	return papers, minutes, err
}

// downloadMinutes answers with the minutes of a branch's meeting as a file: a draft until
// the meeting is recorded.
func (s *Server) downloadMinutes(w http.ResponseWriter, r *request) error {
	format := r.FormValue("format")
	if !app.ValidFormat(format) {
		return errs.E(errs.NotFound, "paper.none")
	}
	doc, err := s.app.MeetingDraft(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	b, err := app.RenderPaper(format, doc)
	if err != nil {
		return err
	}
	if err := s.app.LogPrint(r.Context(), r.who, "", doc.Form, "minutes/"+r.PathValue("id")+"."+format); err != nil {
		return err
	}
	return s.sendFile(w, fileTitle(i18n.Text(r.Context(), "meeting.minutes.name")), format, b)
}
