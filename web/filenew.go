package web

import (
	"net/http"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/person"
	"ketnap/web/ui"
)

// Most branches that a choice offers, and how many are read at once.
const (
	branchesInChoice = 2000
	branchesAtOnce   = 500
)

// A newFileForm is what was typed to open a file.
type newFileForm struct {
	Unit, Name, Birth, Sex string
	Twins                  ui.ProblemBox // files that may be of the same person
	Confirm                string        // whom the question about them named
}

// A newFilePage is the form that opens a file. Errors are by field.
type newFilePage struct {
	ui.Base
	Form    newFileForm
	Units   []ui.Option
	Sexes   []ui.Option
	Errors  map[string]string
	Problem ui.ProblemBox
}

// newFile shows the form to whoever may open files.
func (s *Server) newFile(w http.ResponseWriter, r *request) error {
	if !r.who.Has(access.OpenFile, r.today) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.newFilePage(w, r, http.StatusOK, newFileForm{Unit: r.FormValue("unit")}, nil)
}

func (s *Server) newFilePage(w http.ResponseWriter, r *request, status int, form newFileForm, faults map[string]string) error {
	ctx := r.Context()
	units, err := s.branches(r, access.OpenFile)
	if err != nil {
		return err
	}
	if form.Unit == "" && len(units) == 1 {
		form.Unit = units[0].Value
	}
	p := newFilePage{Base: s.base(r, i18n.Text(ctx, "file.new.title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: "/files"}),
		Form: form, Units: units, Errors: faults}
	for _, sex := range []person.Sex{person.Female, person.Male} {
		p.Sexes = append(p.Sexes, ui.Option{Value: string(sex), Label: i18n.Text(ctx, "file.sex."+string(sex))})
	}
	p.Problem = slips(faults, "unit", "name", "birth_date", "sex")
	if len(form.Twins.Findings) > 0 {
		p.Problem = form.Twins
	}
	return s.page(w, r, status, newFileView(p))
}

// openFile opens a file and goes to it.
func (s *Server) openFile(w http.ResponseWriter, r *request) error {
	form := newFileForm{Unit: strings.TrimSpace(r.PostFormValue("unit")), Name: r.PostFormValue("name"),
		Birth: strings.TrimSpace(r.PostFormValue("birth_date")), Sex: r.PostFormValue("sex")}
	if !r.who.Has(access.OpenFile, r.today) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	birth, ok := writtenDay(form.Birth)
	faults := map[string]string{}
	if form.Unit == "" {
		faults["unit"] = i18n.Text(r.Context(), "file.unit_missing")
	}
	if !ok {
		faults["birth_date"] = i18n.Text(r.Context(), "act.wrong.day", "typed", form.Birth)
	}
	if len(faults) > 0 {
		return s.newFilePage(w, r, http.StatusUnprocessableEntity, form, faults)
	}
	n := app.NewFile{Unit: form.Unit, Name: form.Name, Birth: birth, Sex: form.Sex}
	var err error
	if form.Twins, err = s.newFileTwins(r, n); err != nil {
		return err
	}
	if len(form.Twins.Findings) > 0 {
		form.Confirm = twinKey(n)
		return s.newFilePage(w, r, http.StatusOK, form, nil)
	}
	page, err := s.app.OpenFile(r.Context(), r.who, n)
	if e, ours := formError(err); ours {
		return s.newFilePage(w, r, http.StatusUnprocessableEntity, form, map[string]string{e.Field: message(r.Context(), err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+page.File.ID, i18n.Text(r.Context(), "file.opened", "name", page.File.Name, "unit", page.Unit.Name))
}

// branches lists the branches over which the actor holds a right, by code.
func (s *Server) branches(r *request, right access.Right) ([]ui.Option, error) {
	var out []ui.Option
	seen := map[org.UnitNo]bool{}
	for _, root := range r.home {
		if !holds(r, right, root.No) {
			continue
		}
		for after := ""; len(out) < branchesInChoice; {
			units, _, err := s.app.Units(r.Context(), r.who, string(root.Code), after, branchesAtOnce)
			if err != nil {
				return nil, err
			}
			for _, u := range units {
				after = string(u.Code)
				if u.Type.IsBranch() && u.OpenOn(r.today) && !seen[u.No] {
					seen[u.No] = true
					out = append(out, ui.Option{Value: string(u.Code), Label: u.Name})
				}
			}
			if len(units) < branchesAtOnce {
				break
			}
		}
	}
	return out, nil
}

// holds reports whether the actor was given a right on this very unit.
func holds(r *request, right access.Right, unit org.UnitNo) bool {
	for _, g := range r.who.Grants {
		if g.Unit == unit && g.On(r.today) && g.Role.Has(right) {
			return true
		}
	}
	return false
}

// slips is the box over a form with slips in its fields, in the order of the fields.
func slips(faults map[string]string, order ...string) ui.ProblemBox {
	box := ui.ProblemBox{Mood: ui.Late}
	for _, field := range append(order, "") {
		if text := faults[field]; text != "" {
			box.Findings = append(box.Findings, ui.Finding{Message: text, Field: field})
		}
	}
	return box
}
