package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

func (s *Server) registerRoutes() {
	s.get("/registers", s.listRegisters)
	s.get("/registers/admitted", s.showRegister(admittedRegister))
	s.get("/registers/admitted.xlsx", s.downloadRegister(admittedRegister))
	s.get("/registers/left", s.showRegister(leftRegister))
	s.get("/registers/left.xlsx", s.downloadRegister(leftRegister))
	s.get("/registers/lent", s.showRegister(lentRegister))
	s.get("/registers/lent.xlsx", s.downloadRegister(lentRegister))
	s.get("/registers/uses", s.showRegister(usesRegister))
	s.get("/registers/uses.xlsx", s.downloadRegister(usesRegister))
}

// A registerKind is one of the registers that offices keep (RPT-37).
type registerKind struct {
	key  string
	read func(s *Server, r *request, q app.RegisterQuery) (registerFound, error)
}

// The registers.
var (
	admittedRegister = registerKind{"admitted", (*Server).readAdmitted}
	leftRegister     = registerKind{"left", (*Server).readLeft}
	lentRegister     = registerKind{"lent", (*Server).readLent}
	usesRegister     = registerKind{"uses", (*Server).readUses}
)

// registerKinds are the registers that an actor may open, in the order of the page.
func registerKinds(r *request) []registerKind {
	all := []registerKind{admittedRegister, leftRegister, lentRegister}
	if app.MayReadUses(r.who, r.today) {
		all = append(all, usesRegister)
	}
	return all
}

func (k registerKind) href() string { return "/registers/" + k.key }

// A registersPage lists the registers.
type registersPage struct {
	ui.Base
	Rows []registerLink
}

// A registerLink leads to a register.
type registerLink struct {
	Label, Text, Href string
	Current           bool
}

func (s *Server) listRegisters(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	p := registersPage{Base: s.base(r, i18n.Text(ctx, "register.title"))}
	if !r.who.Has(access.SeeFile, r.today) {
		return errs.E(errs.NotFound, "error.not_found")
	}
	for _, k := range registerKinds(r) {
		p.Rows = append(p.Rows, registerLink{Label: i18n.Text(ctx, "register."+k.key+".title"), Text: i18n.Text(ctx, "register."+k.key+".lead"), Href: k.href()})
	}
	p.Rows = append(p.Rows, registerLink{Label: i18n.Text(ctx, "number.title"), Text: i18n.Text(ctx, "register.number.lead"), Href: "/numbers"})
	return s.page(w, r, http.StatusOK, registersView(p))
}

// A registerColumn is a column of a register; one for the screen is neither printed nor
// written to a sheet.
type registerColumn struct {
	Name   string
	Screen bool
}

// A registerRow is a row of a register, cell by cell.
type registerRow []registerCell

// A registerCell is a text, with an address where it leads somewhere.
type registerCell struct{ Text, Href string }

// registerFound is a register as it was read.
type registerFound struct {
	app.RegisterHead
	Columns []registerColumn
	Rows    []registerRow
	Notes   []string
}

// columns fills in the columns by the keys of their names.
func (f *registerFound) columns(r *request, keys ...string) {
	for _, key := range append([]string{"file.sheet.no"}, keys...) {
		f.Columns = append(f.Columns, registerColumn{Name: i18n.Text(r.Context(), key)})
	}
}

// add adds a row, with its number before it.
func (f *registerFound) add(cells ...registerCell) {
	f.Rows = append(f.Rows, append(registerRow{{Text: strconv.Itoa(len(f.Rows) + 1)}}, cells...))
}

// A registerPage is a register as a document.
type registerPage struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Action  string
	Kinds   []registerLink
	Unit    ui.Input
	Units   []ui.Option
	Year    ui.Input
	Years   []ui.Option
	Part    ui.Input
	Parts   []ui.Option
	Out     *ui.Input // of the lent: only what has not come back
	OnlyOut bool
	Problem ui.ProblemBox
	Found   registerFound
	Sheet   string
	More    string
	Empty   ui.Nothing
}

func (s *Server) showRegister(k registerKind) handler {
	return func(w http.ResponseWriter, r *request) error {
		period, err := periodOf(r)
		if e, ok := formError(err); ok { // another year than was typed is shown, and said
			return s.registerPage(w, r, http.StatusUnprocessableEntity, k, yearPeriod(r.today.Year()), ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), e)}}})
		}
		return s.registerPage(w, r, http.StatusOK, k, period, ui.ProblemBox{})
	}
}

func yearPeriod(year int) date.Period {
	p, err := date.ParsePeriod(strconv.Itoa(year))
	if err != nil {
		return date.Period{}
	}
	return p
}

func (s *Server) registerPage(w http.ResponseWriter, r *request, status int, k registerKind, period date.Period, box ui.ProblemBox) error {
	found, err := k.read(s, r, app.RegisterQuery{Unit: s.unitOf(r), From: period.From, To: period.To, Limit: app.MaxRegister})
	if err != nil {
		return err
	}
	ctx, code, year := r.Context(), string(found.Unit.Code), strconv.Itoa(period.From.Year())
	part := strings.TrimPrefix(strings.TrimPrefix(period.String(), year), "-")
	here := func(code string) string {
		return address(k.href(), "unit", code, "year", year, "part", part, "out", r.FormValue("out"))
	}
	crumbs := append([]ui.Crumb{{Label: i18n.Text(ctx, "register.title"), Href: "/registers"}}, s.above(r, found.Line, here)...)
	p := registerPage{Base: s.base(r, i18n.Text(ctx, "register."+k.key+".title"), crumbs...), Head: sheetOf(r, found.Line), Action: k.href(), Problem: box, Found: found,
		Unit: ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true},
		Year: ui.Input{Name: "year", Label: i18n.Text(ctx, "report.year"), Value: year, Optional: true},
		Part: ui.Input{Name: "part", Label: i18n.Text(ctx, "report.part"), Value: part, Optional: true}, Parts: parts(r),
		Sheet: address(k.href()+".xlsx", "unit", code, "year", year, "part", part, "out", r.FormValue("out")),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "register."+k.key+".empty"), Text: i18n.Text(ctx, "register.empty_why")}}
	p.Wide = true
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return err
	}
	p.Years = registerYears(r, period.From.Year())
	p.Lead = i18n.Text(ctx, "register.of", "unit", found.Unit.Name, "period", period.Name())
	if k.key == lentRegister.key {
		p.Out, p.OnlyOut = &ui.Input{Name: "out", Value: "1", Label: i18n.Text(ctx, "register.lent.out")}, r.FormValue("out") != ""
		if p.OnlyOut {
			p.Lead = i18n.Text(ctx, "register.lent.of_out", "unit", found.Unit.Name, "day", i18n.Date(i18n.From(ctx), r.today))
		}
	}
	if found.More {
		p.More = i18n.Text(ctx, "register.more", "n", len(found.Rows))
	}
	for _, other := range registerKinds(r) {
		p.Kinds = append(p.Kinds, registerLink{Label: i18n.Text(ctx, "register."+other.key+".short"), Current: other.key == k.key,
			Href: address(other.href(), "unit", code, "year", year, "part", part)})
	}
	return s.page(w, r, status, registerView(p))
}

// yearsOfRegisters is how many years back a register offers.
const yearsOfRegisters = 10

func registerYears(r *request, shown int) []ui.Option {
	years := []int{shown}
	for y := r.today.Year(); y > r.today.Year()-yearsOfRegisters; y-- {
		if y != shown {
			years = append(years, y)
		}
	}
	slices.SortFunc(years, func(a, b int) int { return b - a })
	out := make([]ui.Option, len(years))
	for i, y := range years {
		out[i] = ui.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)}
	}
	return out
}

func (s *Server) downloadRegister(k registerKind) handler {
	return func(w http.ResponseWriter, r *request) error {
		period, err := periodOf(r)
		if err != nil {
			return err
		}
		found, err := k.read(s, r, app.RegisterQuery{Unit: s.unitOf(r), From: period.From, To: period.To, Limit: app.MaxRegisterSheet})
		if err != nil {
			return err
		}
		ctx := r.Context()
		title := i18n.Text(ctx, "register."+k.key+".title") + ", " + period.Name()
		if found.More {
			found.Notes = append(found.Notes, i18n.Text(ctx, "file.sheet.cut", "n", len(found.Rows)))
		}
		return s.sendPeople(w, r, "register-"+k.key, string(found.Unit.Code), i18n.Text(ctx, "register."+k.key+".sheet")+"-"+period.String(),
			registerSheet(title, found.Unit.Name, found.Columns, found.Rows, found.Notes))
	}
}

// registerSheet is a register as a sheet, without what is for the screen alone.
func registerSheet(title, unit string, columns []registerColumn, rows []registerRow, notes []string) xlsx.Table {
	var names []string
	for _, c := range columns {
		if !c.Screen {
			names = append(names, c.Name)
		}
	}
	cells := make([][]string, len(rows))
	for i, row := range rows {
		for k, c := range row {
			if k < len(columns) && !columns[k].Screen {
				cells[i] = append(cells[i], c.Text)
			}
		}
	}
	return table.Register(title, unit, names, cells, notes)
}

func (s *Server) readAdmitted(r *request, q app.RegisterQuery) (f registerFound, err error) {
	head, event, rows, err := s.app.AdmittedRegister(r.Context(), r.who, q)
	if err != nil {
		return f, err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	f = registerFound{RegisterHead: head, Notes: []string{i18n.Text(ctx, "report.admitted.note", "event", event.Words())}}
	f.columns(r, "file.col.name", "file.field.birth", "file.field.sex", "file.col.unit", "register.col.decision", "register.col.decided", "register.col.ceremony", "register.col.now")
	for _, x := range rows {
		f.add(registerCell{x.Name, "/files/" + x.ID}, registerCell{Text: i18n.Date(lang, x.Birth)}, registerCell{Text: sexWords(r, string(x.Sex))}, registerCell{Text: x.UnitName},
			registerCell{Text: x.Number}, registerCell{Text: i18n.Date(lang, x.DecidedOn)}, registerCell{Text: i18n.Date(lang, x.AdmittedOn)}, registerCell{Text: x.Stage.Words()})
	}
	return f, nil
}

func (s *Server) readLeft(r *request, q app.RegisterQuery) (f registerFound, err error) {
	head, rows, err := s.app.Left(r.Context(), r.who, q)
	if err != nil {
		return f, err
	}
	lang := i18n.From(r.Context())
	f = registerFound{RegisterHead: head}
	f.columns(r, "file.col.name", "file.field.birth", "file.col.unit", "register.col.gone", "register.col.how", "register.col.cause", "register.col.number")
	for _, x := range rows {
		how := x.Stage.Words()
		if x.Stage == admission.Closed && x.Act.Code != "" { // closed, but how
			how = x.Act.Code.Words()
		}
		f.add(registerCell{x.Name, "/files/" + x.ID}, registerCell{Text: i18n.Date(lang, x.Birth)}, registerCell{Text: x.UnitName},
			registerCell{Text: i18n.Date(lang, x.Since)}, registerCell{Text: i18n.Sentence(how)}, registerCell{Text: leftCause(x)}, registerCell{Text: x.Act.Number})
	}
	return f, nil
}

// leftCause is why a file ended: the cause by its code, and what was noted.
func leftCause(x app.LeftRow) string {
	words := i18n.Sentence(x.Act.Cause.Words())
	switch {
	case words == "":
		return x.Act.Note
	case x.Act.Note == "":
		return words
	}
	return words + ": " + x.Act.Note
}

func (s *Server) readLent(r *request, q app.RegisterQuery) (f registerFound, err error) {
	head, rows, err := s.app.Lent(r.Context(), r.who, q, r.FormValue("out") != "")
	if err != nil {
		return f, err
	}
	f = registerFound{RegisterHead: head}
	f.columns(r, "register.col.file", "file.col.unit", "register.col.kind", "register.col.taker", "register.col.reason", "register.col.out", "register.col.back", "register.col.by")
	for _, x := range rows {
		l := lendingRowOf(r, x, false, r.today)
		taker := l.Taker
		if l.Unit != "" {
			taker += ", " + l.Unit
		}
		f.add(registerCell{x.FileName, "/files/" + x.File + "/lendings"}, registerCell{Text: x.UnitName}, registerCell{Text: l.Kind}, registerCell{Text: taker},
			registerCell{Text: l.Reason}, registerCell{Text: l.On}, registerCell{Text: l.Back}, registerCell{Text: x.By})
	}
	return f, nil
}

func (s *Server) readUses(r *request, q app.RegisterQuery) (f registerFound, err error) {
	if !app.MayReadUses(r.who, r.today) {
		return f, errs.E(errs.Forbidden, "error.forbidden")
	}
	head, rows, err := s.app.Uses(r.Context(), r.who, q)
	if err != nil {
		return f, err
	}
	lang := i18n.From(r.Context())
	f = registerFound{RegisterHead: head}
	f.columns(r, "register.col.at", "register.col.who", "register.col.what", "register.col.whose", "file.col.unit", "register.col.reason")
	for _, x := range rows {
		whose := registerCell{Text: x.FileName}
		if x.File != "" {
			whose.Href = "/files/" + x.File
		}
		f.add(registerCell{Text: i18n.Moment(lang, x.At)}, registerCell{Text: x.Who}, registerCell{Text: useWords(r, x)}, whose, registerCell{Text: x.UnitName}, registerCell{Text: useReason(r, x)})
	}
	return f, nil
}

func useWords(r *request, x app.UseRow) string {
	switch x.Kind {
	case app.UseRead:
		return i18n.Text(r.Context(), "register.use.read")
	case app.UsePrint:
		return i18n.Text(r.Context(), "register.use.print", "code", x.What)
	}
	return i18n.Text(r.Context(), "register.use.export", "n", x.People)
}

// useReason is why somebody opened a person's data; of papers and lists nobody is asked.
func useReason(r *request, x app.UseRow) string {
	if x.Reason.Code == "" {
		return ""
	}
	words := i18n.Text(r.Context(), "identity.reason."+x.Reason.Code)
	if x.Reason.Note != "" {
		words += ": " + x.Reason.Note
	}
	return words
}
