package web

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/person"
	"ketnap/web/ui"
)

// A readingsPage is who opened a person's data.
type readingsPage struct {
	ui.Base
	Lead  string
	Back  string
	Lines []readingLine
}

type readingLine struct{ At, Who, Why, Fields string }

// showReadings shows who opened the data of the person of a file.
func (s *Server) showReadings(w http.ResponseWriter, r *request) error {
	f, readings, err := s.app.IdentityReadings(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := fileViewer{FilePage: f, r: r, lang: i18n.From(r.Context()), sets: f.Sets}
	file := "/files/" + f.File.ID
	p := readingsPage{Base: s.base(r, v.text("identity.readings.title"), append(v.crumbs(), ui.Crumb{Label: f.File.Name, Href: file},
		ui.Crumb{Label: v.text("identity.title"), Href: file + "/identity"})...),
		Lead: v.text("identity.lead", "name", f.File.Name, "unit", f.Unit.Name, "birth", i18n.Date(v.lang, f.File.Birth)), Back: file + "/identity"}
	for _, k := range readings {
		line := readingLine{At: i18n.Moment(v.lang, k.At), Who: cmp.Or(k.Name, k.Login, v.text("audit.system")), Why: known("identity.reason.", k.Reason.Code, "reason", k.Reason.Code, r)}
		if k.Reason.Note != "" {
			line.Why += " — " + k.Reason.Note
		}
		var fields []string
		for _, field := range k.Fields {
			fields = append(fields, v.text("identity.field."+string(field)))
		}
		line.Fields = strings.Join(fields, "; ")
		p.Lines = append(p.Lines, line)
	}
	return s.page(w, r, http.StatusOK, readingsView(p))
}

// A duplicatesPage is the files that may be of one person with another.
type duplicatesPage struct {
	ui.Base
	Lines []duplicateLine
	More  bool
	Sheet string
}

type duplicateLine struct {
	Name, Birth, Unit, Href string
	Same                    string // by what
	Other                   string // the other file, as far as it may be told
	OtherHref               string
}

// duplicates reads the files of the actor's units that may be of one person with another
// of the installation (IDN-05), and whether there are more.
func (s *Server) duplicates(r *request) (lines []duplicateLine, more bool, err error) {
	ctx := r.Context()
	pairs, more, err := s.app.Duplicates(ctx, r.who, r.FormValue("unit"))
	if err != nil {
		return nil, false, err
	}
	for _, pair := range pairs {
		line := duplicateLine{Name: pair.A.Name, Birth: pair.A.Birth.VN(), Unit: pair.A.UnitName, Href: "/files/" + pair.A.ID,
			Same: i18n.Text(ctx, "identity.duplicates.name"), Other: i18n.Text(ctx, "identity.duplicates.elsewhere")}
		if pair.B.Number {
			line.Same = i18n.Text(ctx, "identity.duplicates.number")
		}
		if pair.B.Seen() {
			line.Other = i18n.Text(ctx, "identity.duplicates.other", "name", pair.B.Name, "birth", pair.B.Birth.VN(), "unit", pair.B.UnitName)
			line.OtherHref = "/files/" + pair.B.ID
		}
		lines = append(lines, line)
	}
	return lines, more, nil
}

func (s *Server) showDuplicates(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	lines, more, err := s.duplicates(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, duplicatesView(duplicatesPage{Lines: lines, More: more, Sheet: "/duplicates.xlsx?" + url.Values{"unit": {r.FormValue("unit")}}.Encode(),
		Base: s.base(r, i18n.Text(ctx, "identity.duplicates.title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: "/files"})}))
}

func (s *Server) downloadDuplicates(w http.ResponseWriter, r *request) error {
	lang := i18n.From(r.Context())
	lines, more, err := s.duplicates(r)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, l := range lines {
		rows = append(rows, []string{l.Name, l.Birth, l.Unit, l.Same, l.Other})
	}
	var notes []string
	if more {
		notes = append(notes, i18n.T(lang, "identity.duplicates.more", "n", len(lines)))
	}
	return s.sendPeople(w, r, "duplicates", r.FormValue("unit"), "ho-so-trung", table.Register(i18n.T(lang, "identity.duplicates.title"), "",
		texts(lang, "file.col.name", "file.field.birth", "file.col.unit", "identity.duplicates.same", "identity.duplicates.with"), rows, notes))
}

// newFileTwins asks before a file is opened for somebody who may have one already; the
// box is empty where there is nobody, or once the question was answered for this person.
func (s *Server) newFileTwins(r *request, n app.NewFile) (ui.ProblemBox, error) {
	box := ui.ProblemBox{Mood: ui.Soon}
	if r.PostFormValue("confirm") == twinKey(n) {
		return box, nil
	}
	twins, err := s.app.NewFileTwins(r.Context(), r.who, n)
	for _, t := range twins {
		box.Findings = append(box.Findings, ui.Finding{Message: app.TwinText(t), Cite: cited("IDN-05"), Field: "name"})
	}
	return box, err
}

// twinKey names the person whom a question was about: the answer does not hold for a name
// that was typed afterwards.
func twinKey(n app.NewFile) string {
	return person.Fold(n.Name) + "|" + n.Birth.String() + "|" + n.Sex
}
