package web

import (
	"io"
	"net/http"
	"strconv"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) keepingRoutes() {
	s.get("/files/{id}/lendings", s.listLendings)
	s.post("/files/{id}/lendings", s.lendFile)
	s.post("/lendings/{lending}/back", s.takeBack)
	s.get("/files/{id}/attachments", s.listAttachments)
	s.post("/files/{id}/attachments", s.attach)
	s.get("/files/{id}/attachments/{scan}", s.downloadAttachment)
	s.post("/files/{id}/attachments/{scan}/drop", s.dropAttachment)
}

// A lendingPage is where a file was lent to and handed over.
type lendingPage struct {
	ui.Base
	Lead    string
	Rows    []lendingRow
	May     bool
	Action  string
	Problem ui.ProblemBox
	Kind    ui.Input
	Kinds   []ui.Option
	Fields  []ui.Input
}

// A lendingRow is one lending.
type lendingRow struct {
	Taker, Unit, Kind, Reason, On string
	Mood                          ui.Mood
	Back                          string
	Return                        string // where its coming back is posted; "" where it is not out
}

func (s *Server) listLendings(w http.ResponseWriter, r *request) error {
	return s.lendingPage(w, r, http.StatusOK, nil)
}

func (s *Server) lendingPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx := r.Context()
	found, err := s.app.FileLendings(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := lendingPage{Base: s.base(r, i18n.Text(ctx, "lending.title"), paperCrumbs(r, found.File)...), Lead: i18n.Text(ctx, "lending.lead", "name", found.File.Name),
		May: found.May, Action: "/files/" + found.File.ID + "/lendings",
		Kind:  ui.Input{Name: "kind", Label: i18n.Text(ctx, "lending.field.kind"), Value: typed(r.PostFormValue("kind"), string(app.Lent))},
		Kinds: []ui.Option{{Value: string(app.Lent), Label: i18n.Text(ctx, "lending.kind.lent")}, {Value: string(app.HandedOver), Label: i18n.Text(ctx, "lending.kind.handed_over")}}}
	var beside map[string]string
	p.Problem, beside = faults(r, fault)
	p.Kind.Error = beside["kind"]
	for _, f := range []struct {
		name     string
		day, may bool
	}{{"taker", false, false}, {"taker_unit", false, true}, {"reason", false, false}, {"on", true, false}, {"due", true, true}} {
		in := ui.Input{Name: f.name, Label: i18n.Text(ctx, "lending.field."+f.name), Value: r.PostFormValue(f.name), Optional: f.may, Error: beside[f.name]}
		if f.day {
			in.Type, in.Short = "date", true
		}
		if f.name == "on" {
			in.Value = typed(in.Value, found.Today.String())
		}
		p.Fields = append(p.Fields, in)
	}
	for _, l := range found.Rows {
		p.Rows = append(p.Rows, lendingRowOf(r, l, found.May, found.Today))
	}
	return s.page(w, r, status, lendingView(p))
}

// lendingRowOf draws one lending as a list shows it.
func lendingRowOf(r *request, l app.Lending, may bool, today date.Date) lendingRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := lendingRow{Taker: l.Taker, Unit: l.TakerUnit, Kind: i18n.Text(ctx, "lending.kind."+string(l.Kind)), Reason: l.Reason, On: i18n.Date(lang, l.On), Mood: ui.Done}
	switch {
	case l.Kind == app.HandedOver:
	case !l.Back.IsZero():
		row.Back = i18n.Date(lang, l.Back)
	case !l.Due.IsZero() && l.Due.Before(today):
		row.Mood, row.Back = ui.Late, i18n.Text(ctx, "lending.overdue", "day", i18n.Date(lang, l.Due))
	case !l.Due.IsZero():
		row.Mood, row.Back = ui.Todo, i18n.Text(ctx, "lending.until", "day", i18n.Date(lang, l.Due))
	default:
		row.Mood, row.Back = ui.Todo, i18n.Text(ctx, "lending.still")
	}
	if may && l.Kind == app.Lent && l.Back.IsZero() {
		row.Return = "/lendings/" + l.ID + "/back"
	}
	return row
}

func (s *Server) lendFile(w http.ResponseWriter, r *request) error {
	l := app.Lending{Kind: app.LendingKind(r.PostFormValue("kind")), Taker: r.PostFormValue("taker"), TakerUnit: r.PostFormValue("taker_unit"), Reason: r.PostFormValue("reason")}
	var err error
	if l.On, err = typedDay(r, "on", "lending.day"); err == nil {
		if l.Due, err = typedDay(r, "due", "lending.day"); err == nil {
			err = s.app.Lend(r.Context(), r.who, r.PathValue("id"), l)
		}
	}
	if e, ok := formError(err); ok {
		return s.lendingPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+r.PathValue("id")+"/lendings", i18n.Text(r.Context(), "lending.done"))
}

func (s *Server) takeBack(w http.ResponseWriter, r *request) error {
	back, err := typedDay(r, "back", "lending.day")
	if err != nil {
		return err
	}
	file, err := s.app.TakeBack(r.Context(), r.who, r.PathValue("lending"), back)
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+file+"/lendings", i18n.Text(r.Context(), "lending.back.done"))
}

// An attachmentPage is the scans of a file.
type attachmentPage struct {
	ui.Base
	Lead    string
	Rows    []attachmentRow
	May     bool
	Action  string
	Problem ui.ProblemBox
	Code    ui.Input
	Codes   []ui.Option
	File    ui.Input
}

// An attachmentRow is one scan.
type attachmentRow struct{ Name, Href, Code, By, Size, Drop, ID string }

func (s *Server) listAttachments(w http.ResponseWriter, r *request) error {
	return s.attachmentPage(w, r, http.StatusOK, nil)
}

func (s *Server) attachmentPage(w http.ResponseWriter, r *request, status int, fault *errs.Error) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	found, err := s.app.Attachments(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := attachmentPage{Base: s.base(r, i18n.Text(ctx, "attachment.title"), paperCrumbs(r, found.File)...), May: found.May,
		Lead:   i18n.Text(ctx, "attachment.lead", "name", found.File.Name, "most", app.MaxAttachment>>20),
		Action: "/files/" + found.File.ID + "/attachments",
		Code:   ui.Input{Name: "code", Label: i18n.Text(ctx, "attachment.field.code"), Value: r.PostFormValue("code")},
		File:   ui.Input{Name: "file", Label: i18n.Text(ctx, "attachment.field.file"), Type: "file"}}
	var beside map[string]string
	p.Problem, beside = faults(r, fault)
	p.Code.Error, p.File.Error = beside["code"], beside["file"]
	for _, f := range found.Forms {
		p.Codes = append(p.Codes, ui.Option{Value: f.Code, Label: f.Code + " — " + f.Name})
	}
	for i, x := range found.Rows {
		row := attachmentRow{Name: x.Name, Code: x.Code, By: i18n.Text(ctx, "paper.fact.by", "name", x.By, "day", i18n.Date(lang, date.Of(x.At.Time()))),
			Href: p.Action + "/" + x.ID, Size: i18n.Text(ctx, "attachment.size_of", "size", (x.Size+1023)>>10), ID: "scan-" + strconv.Itoa(i)}
		if found.May {
			row.Drop = row.Href + "/drop"
		}
		p.Rows = append(p.Rows, row)
	}
	return s.page(w, r, status, attachmentView(p))
}

func (s *Server) attach(w http.ResponseWriter, r *request) error {
	x := app.Attachment{Code: r.PostFormValue("code")}
	if f, head, err := r.FormFile("file"); err == nil {
		x.Name = head.Filename
		if x.Bytes, err = io.ReadAll(io.LimitReader(f, app.MaxAttachment+1)); err != nil {
			return errs.E(errs.Invalid, "error.bad_form").Because(err)
		}
		if err := f.Close(); err != nil {
			s.log.Debug("upload", "error", err)
		}
	}
	err := s.app.Attach(r.Context(), r.who, r.PathValue("id"), x)
	if e, ok := formError(err); ok {
		return s.attachmentPage(w, r, e.Kind.Status(), e)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+r.PathValue("id")+"/attachments", i18n.Text(r.Context(), "attachment.done"))
}

func (s *Server) downloadAttachment(w http.ResponseWriter, r *request) error {
	x, err := s.app.AttachmentFile(r.Context(), r.who, r.PathValue("id"), r.PathValue("scan"))
	if err != nil {
		return err
	}
	return s.sendFile(w, fileTitle(x.Code), x.Format, x.Bytes)
}

func (s *Server) dropAttachment(w http.ResponseWriter, r *request) error {
	if err := s.app.DropAttachment(r.Context(), r.who, r.PathValue("id"), r.PathValue("scan")); err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+r.PathValue("id")+"/attachments", i18n.Text(r.Context(), "attachment.dropped"))
}
