package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/access"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/union"
	"ketnap/web/ui"
)

func (s *Server) unionPersonRoutes() {
	s.get("/unions/introductions", s.listIntroductions)
	s.get("/unions/introductions.xlsx", s.downloadIntroductions)
	s.get("/unions/introductions/new", s.newIntroduction)
	s.post("/unions/introductions/new", s.introduce)
	s.get("/unions/inbox", s.showInbox)
	s.post("/unions/inbox/{id}/take", s.takeIntroduced)
	s.post("/unions/inbox/{id}/decline", s.declineIntroduced)
}

func introductionQuery(r *request) app.UnionPersonQuery {
	q := app.UnionPersonQuery{Unit: r.FormValue("unit"), Fate: union.Fate(r.FormValue("fate"))}
	if r.FormValue("year") != "" {
		q.Year = yearOf(r)
	}
	return q
}

// listIntroductions shows whom unions introduced, and what became of each in steps.
func (s *Server) listIntroductions(w http.ResponseWriter, r *request) error {
	q := introductionQuery(r)
	l, err := s.app.Introductions(r.Context(), r.who, q)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.introduction.list")), Lead: i18n.Text(ctx, "union.introduction.lead"), Tabs: unionTabs(r, "introduction")}
	p.Wide = true
	for _, u := range l.May {
		p.Actions = append(p.Actions, ui.Action{Label: i18n.Text(ctx, "union.introduce"), Href: unionHref("/unions/introductions/new", "unit", string(u.Code)), Primary: len(p.Actions) == 0})
	}
	if r.who.Has(access.OpenFile, r.today) {
		p.Actions = append(p.Actions, ui.Action{Label: i18n.Text(ctx, "union.inbox.title"), Href: "/unions/inbox"})
	}
	if l.Nameless {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.introduction.nameless"), Text: i18n.Text(ctx, "union.introduction.nameless_why")}
		return s.page(w, r, http.StatusOK, unionView(p))
	}
	p.Filters = introductionFilter(r, q, l)
	t := introductionTable(r, l, true)
	x := unionSection{ID: "danh-sach", Title: i18n.Text(ctx, "union.introduction.people"), Note: introductionNote(r, l), Table: &t}
	switch {
	case len(t.Rows) > 0:
		p.Sheet = unionHref("/unions/introductions.xlsx", "unit", q.Unit, "year", r.FormValue("year"), "fate", string(q.Fate))
		p.Sections = []unionSection{x}
	case q != (app.UnionPersonQuery{}):
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.narrow"), Text: i18n.Text(ctx, "union.narrow_why"), First: &ui.Action{Label: i18n.Text(ctx, "ui.clear"), Href: "/unions/introductions"}}
	default:
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.introduction.none"), Text: i18n.Text(ctx, "union.introduction.none_why")}
	}
	return s.page(w, r, http.StatusOK, unionView(p))
}

func introductionFilter(r *request, q app.UnionPersonQuery, l app.IntroductionList) *unionFilter {
	ctx := r.Context()
	f := &unionFilter{Action: "/unions/introductions"}
	if len(l.Unions) > 1 {
		options := []ui.Option{{Label: i18n.Text(ctx, "union.any_union")}}
		for _, u := range l.Unions {
			options = append(options, ui.Option{Value: string(u.Code), Label: u.Name})
		}
		f.Fields = append(f.Fields, unionField{Kind: unionChoice, Options: options, In: ui.Input{Name: "unit", Label: i18n.Text(ctx, "union.col.union"), Value: q.Unit, Optional: true}})
	}
	years := append([]ui.Option{{Label: i18n.Text(ctx, "union.any_year")}}, unionYears(r)...)
	fates := []ui.Option{{Label: i18n.Text(ctx, "union.any_fate")}}
	for _, fate := range union.Fates() {
		fates = append(fates, ui.Option{Value: string(fate), Label: i18n.Sentence(fate.Words()) + " (" + strconv.Itoa(l.Fates[fate]) + ")"})
	}
	return &unionFilter{Action: f.Action, Fields: append(f.Fields,
		unionField{Kind: unionChoice, Options: years, In: ui.Input{Name: "year", Label: i18n.Text(ctx, "union.col.year"), Value: r.FormValue("year"), Optional: true}},
		unionField{Kind: unionChoice, Options: fates, In: ui.Input{Name: "fate", Label: i18n.Text(ctx, "union.col.fate"), Value: string(q.Fate), Optional: true}})}
}

// introductionNote is the ratio of those admitted to those introduced (TGT-16).
func introductionNote(r *request, l app.IntroductionList) string {
	share := l.Tally.Percent()
	if share == nil {
		return ""
	}
	return i18n.Text(r.Context(), "union.introduction.tally", "n", strconv.Itoa(l.Tally.Introduced), "m", strconv.Itoa(l.Tally.Admitted), "share", unionShare(share))
}

// unionShare is a percentage as offices write it.
func unionShare(share *float64) string {
	if share == nil {
		return noFigure
	}
	return strings.ReplaceAll(strconv.FormatFloat(*share, 'f', 1, 64), ".", ",") + "%"
}

func introductionTable(r *request, l app.IntroductionList, links bool) unionTable {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.col.person", "union.col.birth", "union.col.union", "union.col.resolution", "union.col.branch", "union.col.fate")}
	for _, x := range l.Rows {
		fate := unionCell{Text: i18n.Sentence(x.Fate.Words()), Mood: ui.Todo, Note: x.Since.VN()}
		switch {
		case x.Fate.Became():
			fate.Mood, fate.Note = ui.Done, ""
		case x.Fate == union.FateDeclined:
			fate.Mood, fate.Note = ui.Shut, x.Reason
		case x.Fate == union.FateStopped:
			fate.Mood, fate.Note = ui.Shut, ""
		case x.Fate == union.FateSent:
			fate.Note = i18n.Text(ctx, "union.introduction.waits", "n", strconv.Itoa(x.Waits))
			if x.Waits > union.InboxDays {
				fate.Mood = ui.Late
			}
		}
		name := unionCell{Text: x.Name}
		if links && x.File != "" {
			name.Href = "/files/" + x.File
		}
		t.Rows = append(t.Rows, []unionCell{name, {Text: x.Birth.VN()}, {Text: x.UnionOf}, {Text: x.Number, Note: " " + x.On.VN()}, {Text: x.Branch}, fate})
	}
	return t
}

func (s *Server) downloadIntroductions(w http.ResponseWriter, r *request) error {
	l, err := s.app.Introductions(r.Context(), r.who, introductionQuery(r))
	if err != nil {
		return err
	}
	return s.sendUnionTable(w, r, "gioi-thieu", i18n.Text(r.Context(), "union.introduction.list"), introductionNote(r, l), introductionTable(r, l, false), true)
}

// A unionPersonForm is a line of the form of a resolution, as typed.
type unionPersonForm struct{ Branch, Name, Birth, Sex string }

func (f unionPersonForm) empty() bool { return strings.TrimSpace(f.Name+f.Birth) == "" }

// introducedRows is how many empty lines the form brings at first.
const introducedRows = 2

func (s *Server) newIntroduction(w http.ResponseWriter, r *request) error {
	return s.introductionForm(w, r, http.StatusOK, url.Values{"unit": {s.unitOf(r)}, "on": {r.today.String()}}, make([]unionPersonForm, introducedRows), nil)
}

// introductionForm is the form of a resolution: its number and day, and the people.
func (s *Server) introductionForm(w http.ResponseWriter, r *request, status int, v url.Values, people []unionPersonForm, faults map[string]string) error {
	ctx := r.Context()
	d, err := s.app.Introducing(ctx, r.who, v.Get("unit"))
	if err != nil {
		return err
	}
	p := unionFormPage{Base: s.unionBase(r, i18n.Text(ctx, "union.introduce"), ui.Crumb{Label: i18n.Text(ctx, "union.introduction.list"), Href: "/unions/introductions"}),
		Lead: i18n.Text(ctx, "union.introduce.lead", "unit", d.Unit.Name, "party", d.Party.Name), Notes: []string{i18n.Text(ctx, "union.introduce.note", "paper", string(union.Paper(d.Unit.Kind)))}}
	fields := []unionField{
		{In: ui.Input{Name: "number", Label: i18n.Text(ctx, "union.field.number"), Value: v.Get("number"), Help: i18n.Text(ctx, "union.field.number_help"), Short: true}},
		{Kind: unionDay, In: ui.Input{Name: "on", Label: i18n.Text(ctx, "union.field.on"), Value: v.Get("on")}},
		unionCount("present", i18n.Text(ctx, "union.field.present"), v.Get("present")),
		unionCount("for", i18n.Text(ctx, "union.field.for"), v.Get("for")),
	}
	fields[2].In.Optional, fields[3].In.Optional = true, true
	var branches []ui.Option
	for _, b := range d.Branches {
		branches = append(branches, ui.Option{Value: string(b.Code), Label: b.Name})
	}
	order := []string{"number", "on", "present", "for"}
	for i, x := range people {
		at := "-" + strconv.Itoa(i)
		if x.Branch == "" && len(branches) == 1 {
			x.Branch = branches[0].Value
		}
		fields = append(fields, unionField{Kind: unionPart, In: ui.Input{Label: i18n.Text(ctx, "union.introduce.person", "n", strconv.Itoa(i+1))}},
			unionField{In: ui.Input{Name: "name" + at, Label: i18n.Text(ctx, "file.field.name"), Value: x.Name, Optional: i > 0, Attrs: templ.Attributes{"autocomplete": "off"}}},
			unionField{Kind: unionDay, In: ui.Input{Name: "birth_date" + at, Label: i18n.Text(ctx, "file.field.birth"), Value: x.Birth, Optional: i > 0}},
			unionField{Kind: unionRadio, Options: sexOptions(ctx), In: ui.Input{Name: "sex" + at, Label: i18n.Text(ctx, "file.field.sex"), Value: x.Sex}},
			unionField{Kind: unionChoice, Options: branches, In: ui.Input{Name: "branch" + at, Label: i18n.Text(ctx, "union.field.branch"), Value: x.Branch, Optional: i > 0}})
		order = append(order, "name"+at, "birth_date"+at, "sex"+at, "branch"+at)
	}
	p.Form = unionForm{ID: "act", Action: "/unions/introductions/new", Hidden: map[string]string{"unit": v.Get("unit"), "rows": strconv.Itoa(len(people))}, Fields: fields, Cancel: "/unions/introductions",
		Buttons: []unionButton{{i18n.Text(ctx, "union.introduce.send"), "send"}, {i18n.Text(ctx, "union.introduce.more"), "more"}}}
	p.Form.faults(faults)
	p.Problem = slips(faults, order...)
	return s.page(w, r, status, unionFormPageView(p))
}

func sexOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, sex := range []person.Sex{person.Female, person.Male} {
		out = append(out, ui.Option{Value: string(sex), Label: i18n.Text(ctx, "file.sex."+string(sex))})
	}
	return out
}

// introducedTyped reads the lines that were filled in, in their order.
func introducedTyped(v url.Values) []unionPersonForm {
	n, _ := writtenNumber(v.Get("rows"))
	var out []unionPersonForm
	for i := range min(n, union.MostAtOnce+introducedRows) {
		at := "-" + strconv.Itoa(i)
		x := unionPersonForm{Branch: v.Get("branch" + at), Name: v.Get("name" + at), Birth: strings.TrimSpace(v.Get("birth_date" + at)), Sex: v.Get("sex" + at)}
		if !x.empty() {
			out = append(out, x)
		}
	}
	return out
}

func (s *Server) introduce(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v := r.Context(), r.PostForm
	typed := introducedTyped(v)
	again := func(status int, faults map[string]string) error {
		return s.introductionForm(w, r, status, v, append(typed, make([]unionPersonForm, 1)...), faults)
	}
	if v.Get("go") == "more" {
		return again(http.StatusOK, nil)
	}
	faults := map[string]string{}
	res := union.Resolution{Number: v.Get("number"), On: unionDayOf(ctx, v, "on", faults)}
	res.Present, res.For = unionNumberOf(ctx, v, "present", faults), unionNumberOf(ctx, v, "for", faults)
	var people []app.NewIntroduced
	for i, x := range typed {
		birth, ok := writtenDay(x.Birth)
		if !ok {
			faults["birth_date-"+strconv.Itoa(i)] = i18n.Text(ctx, "act.wrong.day", "typed", x.Birth)
		}
		people = append(people, app.NewIntroduced{Branch: x.Branch, Name: x.Name, Birth: birth, Sex: x.Sex})
	}
	if len(faults) > 0 {
		return again(http.StatusUnprocessableEntity, faults)
	}
	_, err := s.app.Introduce(ctx, r.who, v.Get("unit"), res, people)
	if e, ok := formError(err); ok {
		return again(e.Kind.Status(), map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/unions/introductions", i18n.Text(ctx, "union.introduce.sent", "n", strconv.Itoa(len(people))))
}

// unionNumberOf reads a number that may be left out.
func unionNumberOf(ctx context.Context, v url.Values, name string, faults map[string]string) int {
	text := strings.TrimSpace(v.Get(name))
	n, ok := writtenNumber(text)
	if !ok && text != "" {
		faults[name] = i18n.Text(ctx, "union.fault.number_typed", "typed", text)
	}
	return n
}
