package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/web/ui"
)

// certificateRow is an entry of the register as lists show it.
func certificateRow(r *request, c app.CertificateRow) issuedRow {
	ctx := r.Context()
	row := issuedRow{Number: class.FormatNumber(c.Kind, c.Number), Href: "/certificates/" + c.ID, Name: c.Name, Unit: c.UnitName, Grade: c.Grade.Words(),
		On: i18n.Date(i18n.From(ctx), c.On)}
	row.Mood, row.State = certificateState(r, c)
	if c.Copy > 1 {
		row.Number += " " + i18n.Text(ctx, "certificate.copy", "n", c.Copy)
	}
	return row
}

// certificateState says what became of a certificate.
func certificateState(r *request, c app.CertificateRow) (ui.Mood, string) {
	ctx := r.Context()
	switch {
	case c.Marked != "":
		return ui.Shut, c.Marked.Words()
	case c.File == "":
		return ui.Todo, i18n.Text(ctx, "certificate.no_file")
	case c.Kind == class.NewMember:
		return ui.Done, i18n.Text(ctx, "certificate.review")
	case c.Act != "":
		return ui.Done, i18n.Text(ctx, "certificate.in_file")
	}
	return ui.Soon, i18n.Text(ctx, "certificate.waiting")
}

// A certificatePage is one certificate.
type certificatePage struct {
	ui.Base
	Facts   []ui.Fact
	Altered ui.ProblemBox
	Problem ui.ProblemBox
	Sheet   *document.Document
	Files   []ui.Action
	Replace *ui.Input // why it is printed again; nil for who may not
	Action  string
}

func (s *Server) showCertificate(w http.ResponseWriter, r *request) error {
	return s.certificatePage(w, r, http.StatusOK, nil)
}

func (s *Server) certificatePage(w http.ResponseWriter, r *request, status int, found []rule.Finding) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	c, err := s.app.Certificate(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	number := class.FormatNumber(c.Row.Kind, c.Row.Number)
	p := certificatePage{Base: s.base(r, i18n.Text(ctx, "certificate.title", "number", number), ui.Crumb{Label: i18n.Text(ctx, "class.menu"), Href: "/classes"},
		ui.Crumb{Label: c.Class.Title, Href: "/classes/" + c.Class.ID}, ui.Crumb{Label: i18n.Text(ctx, "lesson.result.short"), Href: lessonHref(c.Class.ID, "result")}), Action: "/certificates/" + c.Row.ID}
	p.Problem = problem(found)
	page, line := class.PageOf(c.Row.Entry)
	_, state := certificateState(r, c.Row)
	p.Facts = []ui.Fact{{Term: i18n.Text(ctx, "certificate.name"), Value: c.Row.Name}, {Term: i18n.Text(ctx, "certificate.grade"), Value: c.Row.Grade.Words(), Note: i18n.Text(ctx, "certificate.mark", "mark", c.Row.Mark.String())},
		{Term: i18n.Text(ctx, "certificate.on"), Value: i18n.Date(lang, c.Row.On)}, {Term: i18n.Text(ctx, "certificate.decision"), Value: c.Row.Decision, Note: i18n.Date(lang, c.Row.DecidedOn)},
		{Term: i18n.Text(ctx, "certificate.entry"), Value: strconv.Itoa(c.Row.Entry), Note: i18n.Text(ctx, "certificate.entry.at", "page", page, "line", line)},
		{Term: i18n.Text(ctx, "certificate.state"), Value: state, Note: typed(c.Row.Waiting, c.Row.Reason)}}
	if c.Altered {
		p.Altered = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: i18n.Text(ctx, "paper.altered")}}}
		return s.page(w, r, status, certificateView(p))
	}
	p.Sheet = &c.Sheet
	for _, format := range []string{"pdf", "docx"} {
		p.Files = append(p.Files, ui.Action{Label: strings.ToUpper(format), Href: address(p.Action+"/file", "format", format), Download: true})
	}
	if c.May && c.Row.Marked == "" {
		p.Replace = &ui.Input{Name: "reason", Label: i18n.Text(ctx, "certificate.reason"), Help: i18n.Text(ctx, "certificate.reason.help"), Value: r.PostFormValue("reason"), Error: beside(found, "reason")}
	}
	return s.page(w, r, status, certificateView(p))
}

func (s *Server) markCertificate(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	c, err := s.app.Certificate(ctx, r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	mark := class.Replaced
	if r.PostFormValue("mark") == string(class.Voided) {
		mark = class.Voided
	}
	found, err := s.app.MarkCertificate(ctx, r.who, c.Class.ID, c.Row.ID, app.CertificateMark{Mark: mark, Reason: r.PostFormValue("reason")})
	if err != nil {
		return err
	}
	if rule.Blocked(found) {
		return s.certificatePage(w, r, http.StatusUnprocessableEntity, found)
	}
	return s.redirect(w, r, lessonHref(c.Class.ID, "result"), i18n.Text(ctx, "certificate.saved."+string(mark), "number", class.FormatNumber(c.Row.Kind, c.Row.Number)))
}

func (s *Server) downloadCertificate(w http.ResponseWriter, r *request) error {
	format := r.FormValue("format")
	c, b, err := s.app.CertificateFile(r.Context(), r.who, r.PathValue("id"), format)
	if err != nil {
		return err
	}
	return s.sendFile(w, i18n.Text(r.Context(), "certificate.file")+"-"+strings.ReplaceAll(class.FormatNumber(c.Row.Kind, c.Row.Number), "/", "-"), format, b)
}

// A bookPage is the register of certificates (sổ gốc), page by page as it is printed.
type bookPage struct {
	ui.Base
	Head  sheetHeading
	Lead  string
	Unit  ui.Input
	Units []ui.Option
	Kind  ui.Input
	Kinds []ui.Option
	Year  ui.Input
	Years []ui.Option
	Find  ui.Input
	Pages []bookSheet
	Sheet string
	Empty ui.Nothing
	More  string
	Count string
}

// A bookSheet is one numbered page of the register.
type bookSheet struct {
	Title string
	Rows  []bookRow
}

// A bookRow is an entry.
type bookRow struct {
	Entry, Name, Birth, Unit, Class, Grade, Decision, Number, Href, On, Note string
}

func bookKind(r *request) class.Kind {
	if k := class.Kind(r.FormValue("kind")); k.Valid() {
		return k
	}
	return class.Awareness
}

// bookYear is the year that a register is asked for; 0 for all.
func bookYear(r *request) int {
	y, err := strconv.Atoi(r.FormValue("year"))
	if err != nil || y < 1930 || y > 9999 {
		return 0
	}
	return y
}

// found reports whether an entry is what somebody looks for: words of the name, or a number.
func bookFinds(c app.CertificateRow, text string) bool {
	if strings.TrimSpace(text) == "" {
		return true
	}
	if strings.Contains(class.FormatNumber(c.Kind, c.Number), strings.TrimSpace(text)) {
		return true
	}
	have := person.Words(c.Name + " " + c.UnitName)
	for _, word := range person.Words(text) {
		hit := false
		for _, h := range have {
			hit = hit || strings.HasPrefix(h, word)
		}
		if !hit {
			return false
		}
	}
	return len(person.Words(text)) > 0
}

func (s *Server) bookRows(r *request) (app.CertificateBook, []bookRow, []int, error) {
	book, err := s.app.CertificateBook(r.Context(), r.who, s.unitOf(r), bookKind(r), bookYear(r))
	if err != nil {
		return book, nil, nil, err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	var rows []bookRow
	var entries []int
	for _, c := range book.Entries {
		if !bookFinds(c, r.FormValue("q")) {
			continue
		}
		row := bookRow{Entry: strconv.Itoa(c.Entry), Name: c.Name, Birth: i18n.Date(lang, c.Birth), Unit: c.UnitName, Class: c.ClassTitle, Grade: c.Grade.Words(),
			Decision: c.Decision + ", " + i18n.Date(lang, c.DecidedOn), Number: class.FormatNumber(c.Kind, c.Number), Href: "/certificates/" + c.ID, On: i18n.Date(lang, c.On)}
		if c.Copy > 1 {
			row.Note = i18n.Text(ctx, "certificate.copy.long", "n", c.Copy)
		}
		if c.Marked != "" {
			row.Note = strings.TrimSpace(row.Note + " " + c.Marked.Words() + " " + i18n.Date(lang, c.MarkedOn) + ": " + c.Reason)
		}
		rows, entries = append(rows, row), append(entries, c.Entry)
	}
	return book, rows, entries, nil
}

func (s *Server) showBook(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	book, rows, entries, err := s.bookRows(r)
	if err != nil {
		return err
	}
	kind, year, code := bookKind(r), bookYear(r), string(book.Unit.Code)
	p := bookPage{Base: s.base(r, i18n.Text(ctx, "certificate.book.title"), ui.Crumb{Label: i18n.Text(ctx, "class.menu"), Href: "/classes"}), Head: sheetOf(r, book.Line),
		Lead: kind.Words() + " · " + book.Unit.Name, Count: i18n.Text(ctx, "certificate.book.count", "n", len(rows))}
	p.Wide = true
	for i, row := range rows {
		page, _ := class.PageOf(entries[i])
		title := i18n.Text(ctx, "certificate.book.page", "page", page)
		if n := len(p.Pages); n == 0 || p.Pages[n-1].Title != title {
			p.Pages = append(p.Pages, bookSheet{Title: title})
		}
		p.Pages[len(p.Pages)-1].Rows = append(p.Pages[len(p.Pages)-1].Rows, row)
	}
	p.Unit = ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true}
	if p.Units, err = s.unitOptions(r, book.Line); err != nil {
		return err
	}
	p.Kind = ui.Input{Name: "kind", Label: i18n.Text(ctx, "certificate.book.kind"), Value: string(kind), Optional: true}
	for _, k := range class.Kinds() {
		p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Label: k.Words()})
	}
	p.Year, p.Years = ui.Input{Name: "year", Label: i18n.Text(ctx, "report.year"), Optional: true}, []ui.Option{{Value: "", Label: i18n.Text(ctx, "certificate.book.all")}}
	shown := r.today.Year()
	if year > 0 {
		p.Year.Value, shown = strconv.Itoa(year), year
	}
	p.Years = append(p.Years, registerYears(r, shown)...)
	p.Find = ui.Input{Name: "q", Label: i18n.Text(ctx, "certificate.book.find"), Value: r.FormValue("q"), Type: "search", Optional: true}
	p.Sheet = address("/classes/register.xlsx", "unit", code, "kind", string(kind), "year", p.Year.Value, "q", r.FormValue("q"))
	p.Empty = ui.Nothing{Title: i18n.Text(ctx, "certificate.book.empty"), Text: i18n.Text(ctx, "certificate.book.empty.text")}
	if book.More {
		p.More = i18n.Text(ctx, "register.more", "n", len(book.Entries))
	}
	return s.page(w, r, http.StatusOK, bookView(p))
}

// bookColumns are the columns of the register.
func bookColumns(r *request) (out []string) {
	for _, key := range []string{"entry", "name", "birth", "unit", "class", "grade", "decision", "number", "on", "note"} {
		out = append(out, i18n.Text(r.Context(), "certificate.book.col."+key))
	}
	return out
}

func (s *Server) downloadBook(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	book, rows, entries, err := s.bookRows(r)
	if err != nil {
		return err
	}
	columns := append(bookColumns(r), i18n.Text(ctx, "certificate.book.col.page"))
	cells := make([][]string, len(rows))
	for i, x := range rows {
		page, line := class.PageOf(entries[i])
		cells[i] = []string{x.Entry, x.Name, x.Birth, x.Unit, x.Class, x.Grade, x.Decision, x.Number, x.On, x.Note, strconv.Itoa(page) + "/" + strconv.Itoa(line)}
	}
	if err := s.app.LogClassList(ctx, r.who, string(book.Unit.Code), "certificate-register", len(rows)); err != nil {
		return err
	}
	return s.sendSheet(w, "so-goc-giay-chung-nhan", table.Register(i18n.Text(ctx, "certificate.book.title")+": "+book.Kind.Words(), book.Unit.Name, columns, cells, nil))
}

// errNoReport is the answer to who does not see the whole list of a class.
var errNoReport = errs.E(errs.Forbidden, "error.forbidden")
