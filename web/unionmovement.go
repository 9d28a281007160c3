package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/union"
	"ketnap/web/ui"
)

func (s *Server) unionMovementRoutes() {
	s.get("/unions/movements", s.listMovements)
	s.get("/unions/movements.xlsx", s.downloadMovements)
	s.get("/unions/movements/new", s.newMovement)
	s.post("/unions/movements/new", s.recordMovement)
	s.get("/unions/movements/{id}", s.showMovement)
	s.get("/files/{id}/unions", s.showFileUnions)
	s.post("/files/{id}/unions", s.recordOpinion)
}

// listMovements lists the movements of a year.
func (s *Server) listMovements(w http.ResponseWriter, r *request) error {
	unit := r.FormValue("unit")
	l, err := s.app.UnionMovements(r.Context(), r.who, unit, yearOf(r))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.movement.list")), Lead: i18n.Text(ctx, "union.movement.lead"), Tabs: unionTabs(r, "movement"),
		Filters: &unionFilter{Action: "/unions/movements"}}
	if len(l.Unions) > 1 {
		options := []ui.Option{{Label: i18n.Text(ctx, "union.any_union")}}
		for _, u := range l.Unions {
			options = append(options, ui.Option{Value: string(u.Code), Label: u.Name})
		}
		p.Filters.Fields = append(p.Filters.Fields, unionField{Kind: unionChoice, Options: options, In: ui.Input{Name: "unit", Label: i18n.Text(ctx, "union.col.union"), Value: unit, Optional: true}})
	}
	p.Filters.Fields = append(p.Filters.Fields, unionYearField(r, l.Year))
	for _, u := range l.May {
		p.Actions = append(p.Actions, ui.Action{Label: i18n.Text(ctx, "union.movement.new"), Href: unionHref("/unions/movements/new", "unit", string(u.Code)), Primary: len(p.Actions) == 0})
	}
	t := movementTable(r, l)
	if len(t.Rows) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.movement.none_yet", "year", strconv.Itoa(l.Year)), Text: i18n.Text(ctx, "union.movement.none_why")}
	} else {
		p.Sheet = unionHref("/unions/movements.xlsx", "unit", unit, "year", strconv.Itoa(l.Year))
		p.Sections = []unionSection{{ID: "danh-sach", Title: i18n.Text(ctx, "union.movement.of_year", "year", strconv.Itoa(l.Year)),
			Note: i18n.Text(ctx, "union.movement.count", "n", strconv.Itoa(len(l.Rows)), "m", i18n.Count(i18n.From(ctx), l.People)), Table: &t}}
	}
	return s.page(w, r, http.StatusOK, unionView(p))
}

func movementTable(r *request, l app.MovementList) unionTable {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.col.movement", "union.col.when", "union.col.union", "#union.col.people", "#union.col.named", "union.col.evidence")}
	for _, m := range l.Rows {
		t.Rows = append(t.Rows, []unionCell{{Text: m.Name, Href: "/unions/movements/" + m.ID}, {Text: movementDays(m)}, {Text: m.UnitName}, unionNumber(r, &m.Count, ""), unionNumber(r, &m.Named, ""),
			{Text: movementEvidence(m.Evidence, m.Kept)}})
	}
	return t
}

func movementDays(m app.UnionMovement) string {
	if m.From == m.To {
		return m.From.VN()
	}
	return m.From.VN() + " – " + m.To.VN()
}

func movementEvidence(k union.EvidenceKind, kept string) string {
	return joinWords("; ", i18n.Sentence(k.Words()), kept)
}

func (s *Server) downloadMovements(w http.ResponseWriter, r *request) error {
	l, err := s.app.UnionMovements(r.Context(), r.who, r.FormValue("unit"), yearOf(r))
	if err != nil {
		return err
	}
	return s.sendUnionTable(w, r, "phong-trao-"+strconv.Itoa(l.Year), i18n.Text(r.Context(), "union.movement.list"), strconv.Itoa(l.Year), movementTable(r, l), false)
}

// movementPeopleRows is how many lines for participants the form brings.
const movementPeopleRows = 3

func (s *Server) newMovement(w http.ResponseWriter, r *request) error {
	return s.movementForm(w, r, http.StatusOK, url.Values{"unit": {s.unitOf(r)}, "rows": {strconv.Itoa(movementPeopleRows)}}, nil)
}

// movementForm is the form of a movement: what it was, and who of the introduced took part.
func (s *Server) movementForm(w http.ResponseWriter, r *request, status int, v url.Values, faults map[string]string) error {
	ctx := r.Context()
	f, err := s.app.NewMovement(ctx, r.who, v.Get("unit"))
	if err != nil {
		return err
	}
	p := unionFormPage{Base: s.unionBase(r, i18n.Text(ctx, "union.movement.new"), ui.Crumb{Label: i18n.Text(ctx, "union.movement.list"), Href: "/unions/movements"}), Lead: f.Unit.Name,
		Notes: []string{i18n.Text(ctx, "union.movement.note")}}
	var kinds []ui.Option
	for _, k := range union.EvidenceKinds() {
		kinds = append(kinds, ui.Option{Value: string(k), Label: i18n.Sentence(k.Words())})
	}
	fields := []unionField{
		{In: ui.Input{Name: "name", Label: i18n.Text(ctx, "union.field.movement"), Value: v.Get("name"), Help: i18n.Text(ctx, "union.field.movement_help")}},
		{Kind: unionDay, In: ui.Input{Name: "from", Label: i18n.Text(ctx, "union.field.from"), Value: v.Get("from")}},
		{Kind: unionDay, In: ui.Input{Name: "to", Label: i18n.Text(ctx, "union.field.to"), Value: v.Get("to"), Optional: true}},
		unionCount("count", i18n.Text(ctx, "union.field.count"), v.Get("count")),
		{Kind: unionArea, In: ui.Input{Name: "result", Label: i18n.Text(ctx, "union.field.result"), Value: v.Get("result"), Optional: true}},
		{Kind: unionChoice, Options: kinds, In: ui.Input{Name: "evidence", Label: i18n.Text(ctx, "union.field.evidence"), Value: v.Get("evidence"), Optional: true}},
		{In: ui.Input{Name: "kept", Label: i18n.Text(ctx, "union.field.kept"), Value: v.Get("kept"), Optional: true, Help: i18n.Text(ctx, "union.field.kept_help")}},
	}
	people := []ui.Option{{Label: i18n.Text(ctx, "union.movement.nobody")}}
	for _, x := range f.People {
		people = append(people, ui.Option{Value: x.ID, Label: x.Name + " (" + x.Birth.VN() + ")"})
	}
	order := []string{"name", "from", "to", "count", "result", "evidence", "kept"}
	rows, _ := writtenNumber(v.Get("rows"))
	if len(f.People) == 0 {
		rows = 0
	}
	for i := range min(rows, union.MostAtOnce) {
		at := "-" + strconv.Itoa(i)
		fields = append(fields, unionField{Kind: unionPart, In: ui.Input{Label: i18n.Text(ctx, "union.movement.participant", "n", strconv.Itoa(i+1))}},
			unionField{Kind: unionChoice, Options: people, In: ui.Input{Name: "person" + at, Label: i18n.Text(ctx, "union.field.person"), Value: v.Get("person" + at), Optional: true}},
			unionField{In: ui.Input{Name: "role" + at, Label: i18n.Text(ctx, "union.field.role"), Value: v.Get("role" + at), Optional: true}},
			unionField{In: ui.Input{Name: "outcome" + at, Label: i18n.Text(ctx, "union.field.outcome"), Value: v.Get("outcome" + at), Optional: true}})
		order = append(order, "person"+at, "role"+at, "outcome"+at)
	}
	p.Form = unionForm{ID: "act", Action: "/unions/movements/new", Hidden: map[string]string{"unit": v.Get("unit"), "rows": strconv.Itoa(rows)}, Fields: fields, Cancel: "/unions/movements",
		Buttons: []unionButton{{i18n.Text(ctx, "union.movement.record"), "record"}}}
	if rows > 0 {
		p.Form.Buttons = append(p.Form.Buttons, unionButton{i18n.Text(ctx, "union.introduce.more"), "more"})
	}
	p.Form.faults(faults)
	p.Problem = slips(faults, order...)
	return s.page(w, r, status, unionFormPageView(p))
}

func (s *Server) recordMovement(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v := r.Context(), r.PostForm
	rows, _ := writtenNumber(v.Get("rows"))
	if v.Get("go") == "more" {
		v.Set("rows", strconv.Itoa(min(rows+movementPeopleRows, union.MostAtOnce)))
		return s.movementForm(w, r, http.StatusOK, v, nil)
	}
	faults := map[string]string{}
	m := union.Movement{Name: v.Get("name"), From: unionDayOf(ctx, v, "from", faults), To: unionDayOf(ctx, v, "to", faults), Count: unionNumberOf(ctx, v, "count", faults),
		Result: strings.TrimSpace(v.Get("result")), Evidence: union.EvidenceKind(v.Get("evidence")), Kept: v.Get("kept")}
	if m.To.IsZero() {
		m.To = m.From
	}
	for i := range min(rows, union.MostAtOnce) {
		at := "-" + strconv.Itoa(i)
		if id := v.Get("person" + at); id != "" {
			m.People = append(m.People, union.Participant{Introduced: id, Role: strings.TrimSpace(v.Get("role" + at)), Result: strings.TrimSpace(v.Get("outcome" + at))})
		}
	}
	if len(faults) > 0 {
		return s.movementForm(w, r, http.StatusUnprocessableEntity, v, faults)
	}
	id, err := s.app.RecordMovement(ctx, r.who, v.Get("unit"), m)
	if e, ok := formError(err); ok {
		return s.movementForm(w, r, e.Kind.Status(), v, map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/unions/movements/"+id, i18n.Text(ctx, "union.movement.recorded"))
}

func (s *Server) showMovement(w http.ResponseWriter, r *request) error {
	m, err := s.app.UnionMovement(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, m.Name, ui.Crumb{Label: i18n.Text(ctx, "union.movement.list"), Href: "/unions/movements"}), Lead: joinWords(" · ", m.UnitName, movementDays(m))}
	about := unionSection{ID: "hoat-dong", Title: i18n.Text(ctx, "union.movement.about"), Facts: []ui.Fact{
		{Term: i18n.Text(ctx, "union.field.count"), Value: strconv.Itoa(m.Count)},
		{Term: i18n.Text(ctx, "union.field.evidence"), Value: movementEvidence(m.Evidence, m.Kept)}}}
	if m.Result != "" {
		about.Facts = append(about.Facts, ui.Fact{Term: i18n.Text(ctx, "union.field.result"), Value: m.Result})
	}
	t := unionTable{Columns: unionColumns(ctx, "union.col.person", "union.field.role", "union.field.outcome")}
	for _, x := range m.People {
		t.Rows = append(t.Rows, []unionCell{{Text: x.Name}, {Text: x.Role}, {Text: x.Result}})
	}
	p.Sections = []unionSection{about, {ID: "nguoi", Title: i18n.Text(ctx, "union.movement.people"), Table: &t, None: i18n.Text(ctx, "union.movement.no_names")}}
	return s.page(w, r, http.StatusOK, unionView(p))
}

// showFileUnions shows the branch what unions gave a file: the introduction, results in
// movements, opinions.
func (s *Server) showFileUnions(w http.ResponseWriter, r *request) error {
	return s.fileUnionsPage(w, r, http.StatusOK, url.Values{"on": {r.today.String()}, "agrees": {"yes"}}, nil)
}

func (s *Server) fileUnionsPage(w http.ResponseWriter, r *request, status int, v url.Values, faults map[string]string) error {
	ctx, id := r.Context(), r.PathValue("id")
	u, err := s.app.FileUnions(ctx, r.who, id)
	if err != nil {
		return err
	}
	f, err := s.app.File(ctx, r.who, id)
	if err != nil {
		return err
	}
	p := unionPage{Base: s.base(r, i18n.Text(ctx, "union.file.title"), ui.Crumb{Label: i18n.Text(ctx, "file.list.title"), Href: "/files"}, ui.Crumb{Label: f.File.Name, Href: "/files/" + id}),
		Lead: joinWords(" · ", f.File.Name, f.Unit.Name)}
	intro := unionTable{Columns: unionColumns(ctx, "union.col.union", "union.col.resolution", "union.col.paper", "union.col.votes")}
	for _, x := range u.Introduced {
		votes := ""
		if x.Present > 0 {
			votes = strconv.Itoa(x.For) + "/" + strconv.Itoa(x.Present)
		}
		intro.Rows = append(intro.Rows, []unionCell{{Text: x.UnitName}, {Text: x.Number, Note: " " + x.On.VN()}, {Text: string(union.Paper(x.UnitKind))}, {Text: votes}})
	}
	moves := unionTable{Columns: unionColumns(ctx, "union.col.movement", "union.col.when", "union.col.union", "union.field.role", "union.field.outcome", "union.col.evidence")}
	for _, x := range u.Parts {
		moves.Rows = append(moves.Rows, []unionCell{{Text: x.Movement}, {Text: x.From.VN()}, {Text: x.Union}, {Text: x.Role}, {Text: x.Result}, {Text: movementEvidence(x.Evidence, x.Kept)}})
	}
	opinions := unionTable{Columns: unionColumns(ctx, "union.col.union", "union.col.day", "union.col.number", "union.col.opinion")}
	for _, x := range u.Opinions {
		opinions.Rows = append(opinions.Rows, []unionCell{{Text: union.Words(x.Kind)}, {Text: x.On.VN()}, {Text: x.Number}, {Text: opinionWords(r, x.Agrees, x.Remarks)}})
	}
	o := unionSection{ID: "y-kien", Title: i18n.Text(ctx, "union.opinion.list"), Table: &opinions, None: i18n.Text(ctx, "union.opinion.none")}
	if u.May {
		o.Texts = []string{i18n.Text(ctx, "union.opinion.lead")}
		form := opinionForm(r, id, v)
		form.faults(faults)
		o.Form = &form
	}
	p.Sections = []unionSection{{ID: "gioi-thieu", Title: i18n.Text(ctx, "union.file.introduced"), Table: &intro, None: i18n.Text(ctx, "union.file.not_introduced")},
		{ID: "phong-trao", Title: i18n.Text(ctx, "union.file.movements"), Table: &moves, None: i18n.Text(ctx, "union.file.no_movement")}, o}
	return s.page(w, r, status, unionView(p))
}

func opinionWords(r *request, agrees, remarks bool) string {
	key := "union.opinion.against"
	if agrees {
		key = "union.opinion.for"
	}
	text := i18n.Text(r.Context(), key)
	if remarks {
		text += "; " + i18n.Text(r.Context(), "union.opinion.remarks")
	}
	return text
}

func opinionForm(r *request, file string, v url.Values) unionForm {
	ctx := r.Context()
	var kinds []ui.Option
	for _, k := range org.UnionKinds() {
		kinds = append(kinds, ui.Option{Value: string(k), Label: union.Words(k)})
	}
	return unionForm{ID: "opinion", Action: "/files/" + url.PathEscape(file) + "/unions", Buttons: []unionButton{{i18n.Text(ctx, "union.opinion.record"), "record"}}, Fields: []unionField{
		{Kind: unionChoice, Options: kinds, In: ui.Input{Name: "kind", Label: i18n.Text(ctx, "union.col.union"), Value: v.Get("kind")}},
		{In: ui.Input{Name: "number", Label: i18n.Text(ctx, "union.col.number"), Value: v.Get("number"), Optional: true, Short: true}},
		{Kind: unionDay, In: ui.Input{Name: "on", Label: i18n.Text(ctx, "union.col.day"), Value: v.Get("on")}},
		{Kind: unionRadio, Options: []ui.Option{{Value: "yes", Label: i18n.Text(ctx, "union.opinion.for")}, {Value: "no", Label: i18n.Text(ctx, "union.opinion.against")}},
			In: ui.Input{Name: "agrees", Label: i18n.Text(ctx, "union.col.opinion"), Value: v.Get("agrees")}},
		{Kind: unionTick, In: ui.Input{Name: "remarks", Label: i18n.Text(ctx, "union.opinion.remarks_field"), Attrs: templ.Attributes{}}, Checked: v.Get("remarks") != ""},
	}}
}

func (s *Server) recordOpinion(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v, id := r.Context(), r.PostForm, r.PathValue("id")
	faults := map[string]string{}
	o := union.Opinion{Number: v.Get("number"), On: unionDayOf(ctx, v, "on", faults), Agrees: v.Get("agrees") == "yes", Remarks: v.Get("remarks") != ""}
	if v.Get("agrees") != "yes" && v.Get("agrees") != "no" {
		faults["agrees"] = i18n.Text(ctx, "union.opinion.which")
	}
	if len(faults) > 0 {
		return s.fileUnionsPage(w, r, http.StatusUnprocessableEntity, v, faults)
	}
	err := s.app.RecordOpinion(ctx, r.who, id, org.Kind(v.Get("kind")), o)
	if e, ok := formError(err); ok {
		return s.fileUnionsPage(w, r, e.Kind.Status(), v, map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/files/"+url.PathEscape(id)+"/unions", i18n.Text(ctx, "union.opinion.recorded"))
}
