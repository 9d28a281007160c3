package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/web/ui"
)

func (s *Server) adminUnitRoutes() {
	s.get("/admin/units", s.showUnits)
	s.get("/admin/units/{code}", s.showUnit)
	s.post("/admin/units/{code}/children", s.createUnit)
	s.post("/admin/units/{code}/counts", s.setCounts)
	s.post("/admin/units/{code}/head", s.setHead)
}

// A unitsPage is where the management of units begins.
type unitsPage struct {
	ui.Base
	Tabs  []adminTab
	Units []org.Unit
}

func (s *Server) showUnits(w http.ResponseWriter, r *request) error {
	units, err := s.app.ManagedTops(r.Context(), r.who)
	if err != nil {
		return err
	}
	p := unitsPage{Base: s.base(r, i18n.Text(r.Context(), "admin.title")), Tabs: adminTabs(r, "/admin/units"), Units: units}
	return s.page(w, r, http.StatusOK, unitsView(p))
}

// A countField is a head count in a form.
type countField struct{ Name, Label, Value, Now string }

// An adminUnitPage is a unit with its counts, its head and the units under it.
type adminUnitPage struct {
	ui.Base
	Unit     org.Unit
	Facts    []ui.Fact
	Children []org.Unit
	Counts   []countField
	Types    []ui.Option
	Kinds    []ui.Option
	Value    func(string) string // what was typed in a field, "" on a fresh page
	Today    string
	Head     string
	Problem  ui.ProblemBox
	Errors   map[string]string
}

func (s *Server) showUnit(w http.ResponseWriter, r *request) error {
	p, err := s.adminUnitPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, adminUnitView(p))
}

func (s *Server) adminUnitPage(r *request) (adminUnitPage, error) {
	ctx := r.Context()
	u, err := s.app.ManagedUnit(ctx, r.who, r.PathValue("code"))
	if err != nil {
		return adminUnitPage{}, err
	}
	crumbs := []ui.Crumb{adminCrumb(r), {Label: i18n.Text(ctx, "admin.tab.unit"), Href: "/admin/units"}}
	p := adminUnitPage{Base: s.base(r, u.Unit.Name, crumbs...), Unit: u.Unit, Children: u.Children, Value: r.PostFormValue, Today: u.Today.String()}
	p.Facts = []ui.Fact{
		{Term: i18n.Text(ctx, "admin.unit.code"), Value: string(u.Unit.Code)},
		{Term: i18n.Text(ctx, "admin.unit.type"), Value: i18n.Text(ctx, "admin.type."+string(u.Unit.Type))},
	}
	if u.Unit.Kind != "" {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "admin.unit.kind"), Value: i18n.Text(ctx, "admin.kind."+string(u.Unit.Kind))})
	}
	if len(u.Line) > 0 {
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "admin.unit.parent"), Value: u.Line[0].Name})
	}
	if u.Head.Name != "" {
		p.Head = u.Head.Title
		p.Facts = append(p.Facts, ui.Fact{Term: i18n.Text(ctx, "admin.unit.head"), Value: u.Head.Name,
			Note: u.Head.Title + ", " + i18n.Text(ctx, "account.since", "day", u.Head.From)})
	}
	for _, kind := range app.CountKinds() {
		f := countField{Name: string(kind), Label: i18n.Text(ctx, "admin.count."+string(kind)), Value: r.PostFormValue(string(kind)), Now: i18n.Text(ctx, "admin.count.none")}
		if n, ok := u.Counts[kind]; ok {
			f.Now = i18n.Text(ctx, "admin.count.now", "n", n)
		}
		p.Counts = append(p.Counts, f)
	}
	for _, t := range org.Types() {
		if t.MayStandUnder(u.Unit.Type) {
			p.Types = append(p.Types, ui.Option{Value: string(t), Label: i18n.Text(ctx, "admin.type."+string(t))})
		}
	}
	p.Kinds = []ui.Option{{Label: i18n.Text(ctx, "admin.kind.none")}}
	for _, k := range append(org.Kinds(), org.UnionKinds()[1:]...) {
		p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Label: i18n.Text(ctx, "admin.kind."+string(k))})
	}
	return p, nil
}

// settledUnit answers a form about a unit.
func (s *Server) settledUnit(w http.ResponseWriter, r *request, err error, to, flash string) error {
	if e, ok := formError(err); ok {
		p, err := s.adminUnitPage(r)
		if err != nil {
			return err
		}
		p.Problem, p.Errors = faults(r, e)
		return s.page(w, r, e.Kind.Status(), adminUnitView(p))
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, to, i18n.Text(r.Context(), flash))
}

func (s *Server) createUnit(w http.ResponseWriter, r *request) error {
	u, err := s.app.CreateUnit(r.Context(), r.who, app.NewUnit{Code: strings.TrimSpace(r.PostFormValue("code")),
		Name: strings.TrimSpace(r.PostFormValue("name")), Type: org.Type(r.PostFormValue("type")), Kind: org.Kind(r.PostFormValue("kind")),
		Parent: r.PathValue("code")})
	return s.settledUnit(w, r, err, "/admin/units/"+string(u.Code), "admin.unit.created")
}

func (s *Server) setCounts(w http.ResponseWriter, r *request) error {
	counts, err := countsOf(r)
	if err == nil {
		from, fault := typedDay(r, "from", "unit.from")
		if err = fault; err == nil {
			err = s.app.SetCounts(r.Context(), r.who, r.PathValue("code"), from, counts)
		}
	}
	return s.settledUnit(w, r, err, "/admin/units/"+r.PathValue("code"), "admin.count.saved")
}

// countsOf reads the counts that were filled in; an empty field says nothing.
func countsOf(r *request) (map[org.CountKind]int, error) {
	counts := map[org.CountKind]int{}
	for _, kind := range app.CountKinds() {
		text := strings.ReplaceAll(strings.TrimSpace(r.PostFormValue(string(kind))), ".", "")
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, errs.E(errs.Invalid, "unit.count").On(string(kind)).Because(err)
		}
		counts[kind] = n
	}
	return counts, nil
}

func (s *Server) setHead(w http.ResponseWriter, r *request) error {
	from, err := typedDay(r, "head_from", "unit.from")
	if err == nil {
		err = s.app.SetHead(r.Context(), r.who, r.PathValue("code"), org.Post{Name: r.PostFormValue("head_name"), Title: r.PostFormValue("head_title"), From: from})
	}
	return s.settledUnit(w, r, err, "/admin/units/"+r.PathValue("code"), "admin.unit.head.saved")
}
