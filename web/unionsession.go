package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/union"
	"ketnap/web/ui"
)

func (s *Server) unionSessionRoutes() {
	s.get("/unions/sessions", s.listSessions)
	s.get("/unions/sessions.xlsx", s.downloadSessions)
	s.get("/unions/sessions/new", s.newSession)
	s.post("/unions/sessions/new", s.recordSession)
	s.post("/unions/sessions/rule", s.setSessionRule)
	s.get("/unions/sessions/{id}", s.showSession)
	s.post("/unions/sessions/{id}/done", s.finishUnionConclusion)
}

// listSessions lists the working sessions of a year, and which are due.
func (s *Server) listSessions(w http.ResponseWriter, r *request) error {
	l, err := s.app.UnionSessions(r.Context(), r.who, yearOf(r))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.session.list")), Lead: i18n.Text(ctx, "union.session.lead"), Tabs: unionTabs(r, "session")}
	if len(l.May) > 0 {
		a := ui.Action{Label: i18n.Text(ctx, "union.session.new"), Href: "/unions/sessions/new", Primary: true}
		p.Actions = []ui.Action{a}
	}
	p.Filters = &unionFilter{Action: "/unions/sessions", Fields: []unionField{unionYearField(r, l.Year)}}
	if len(l.Dues) > 0 {
		p.Sections = append(p.Sections, sessionDueSection(r, l))
	}
	t := unionSessionTable(r, l)
	x := unionSection{ID: "cac-buoi", Title: i18n.Text(ctx, "union.session.of_year", "year", strconv.Itoa(l.Year)), Note: i18n.Text(ctx, "union.session.count", "n", strconv.Itoa(len(t.Rows))), Table: &t}
	if len(t.Rows) == 0 {
		x.None = i18n.Text(ctx, "union.session.none_yet")
	} else {
		p.Sheet = unionHref("/unions/sessions.xlsx", "year", strconv.Itoa(l.Year))
	}
	p.Sections = append(p.Sections, x)
	return s.page(w, r, http.StatusOK, unionView(p))
}

func unionYearField(r *request, year int) unionField {
	return unionField{Kind: unionChoice, Options: unionYears(r), In: ui.Input{Name: "year", Label: i18n.Text(r.Context(), "union.col.year"), Value: strconv.Itoa(year), Optional: true}}
}

// sessionDueShown is how many committees the list of what is due shows.
const sessionDueShown = 100

// sessionDueSection lists when each committee is to meet its unions next.
func sessionDueSection(r *request, l app.SessionList) unionSection {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.col.committee", "union.col.last_session", "union.col.next_session", "union.col.rule")}
	late := 0
	for i, d := range l.Dues {
		late += boolCount(d.Late > 0 || d.Last.IsZero())
		if i >= sessionDueShown {
			continue
		}
		next := unionCell{Text: d.Next.VN()}
		switch {
		case d.Last.IsZero():
			next = unionCell{Text: i18n.Text(ctx, "union.session.never"), Mood: ui.Soon}
		case d.Late > 0:
			next.Mood, next.Note = ui.Late, unionDays(r, d.Late)
		}
		last := unionCell{Text: noFigure}
		if !d.Last.IsZero() {
			last.Text = d.Last.VN()
		}
		t.Rows = append(t.Rows, []unionCell{{Text: d.Unit.Name}, last, next, {Text: sessionRuleWords(r, d)}})
	}
	x := unionSection{ID: "den-ky", Title: i18n.Text(ctx, "union.session.due"), Note: i18n.Text(ctx, "union.session.due_count", "n", strconv.Itoa(late), "m", strconv.Itoa(len(l.Dues))), Table: &t,
		Texts: []string{i18n.Text(ctx, "union.session.advice")}}
	if len(l.Dues) == 1 {
		x.Asks = []unionAsk{sessionRuleAsk(r, l.Dues[0])}
	} else if own := sessionOwn(r, l); own.Unit.No != 0 {
		x.Asks = []unionAsk{sessionRuleAsk(r, own)}
	}
	return x
}

func boolCount(is bool) int {
	if is {
		return 1
	}
	return 0
}

// sessionOwn is the first of the actor's own committees among those that are due.
func sessionOwn(r *request, l app.SessionList) app.SessionDue {
	for _, h := range r.home {
		if i := slices.IndexFunc(l.Dues, func(d app.SessionDue) bool { return d.Unit.No == h.No }); i >= 0 {
			return l.Dues[i]
		}
	}
	return app.SessionDue{}
}

func sessionRuleWords(r *request, d app.SessionDue) string {
	key := "union.session.rule.usual"
	if d.Own {
		key = "union.session.rule.own"
	}
	return i18n.Text(r.Context(), key, "n", strconv.Itoa(d.Months))
}

func sessionRuleAsk(r *request, d app.SessionDue) unionAsk {
	ctx := r.Context()
	var options []ui.Option
	for _, m := range app.SessionMonths() {
		options = append(options, ui.Option{Value: strconv.Itoa(m), Label: i18n.Text(ctx, "union.session.rule.own", "n", strconv.Itoa(m))})
	}
	return unionAsk{Ask: ui.Ask{ID: "rule", Open: i18n.Text(ctx, "union.session.rule.set"), Heading: i18n.Text(ctx, "union.session.rule.set"), Text: i18n.Text(ctx, "union.session.rule.ask", "unit", d.Unit.Name),
		Action: "/unions/sessions/rule", Hidden: map[string]string{"unit": string(d.Unit.Code)}, Submit: i18n.Text(ctx, "union.save")}, Fields: []unionField{
		{Kind: unionChoice, Options: options, In: ui.Input{Name: "months", Label: i18n.Text(ctx, "union.col.rule"), Value: strconv.Itoa(d.Months)}},
		{In: ui.Input{Name: "source", Label: i18n.Text(ctx, "union.field.source")}}}}
}

func unionSessionTable(r *request, l app.SessionList) unionTable {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.col.day", "union.col.committee", "union.col.with", "union.col.chair", "#union.col.conclusions", "#union.col.open", "union.col.overdue")}
	for _, x := range l.Rows {
		open, late := 0, 0
		for i, st := range x.States {
			if st.DoneOn.IsZero() {
				open++
				if due := x.Conclusions[i].Due; !due.IsZero() && due.Before(l.Today) {
					late++
				}
			}
		}
		overdue := unionCell{}
		if late > 0 {
			overdue = unionCell{Text: i18n.Text(ctx, "union.session.overdue", "n", strconv.Itoa(late)), Mood: ui.Late}
		}
		n := len(x.Conclusions)
		t.Rows = append(t.Rows, []unionCell{{Text: x.On.VN(), Href: "/unions/sessions/" + x.ID}, {Text: x.UnitName}, {Text: strings.Join(x.UnionNames, "; ")}, {Text: x.Chair},
			unionNumber(r, &n, ""), unionNumber(r, &open, ""), overdue})
	}
	return t
}

func (s *Server) downloadSessions(w http.ResponseWriter, r *request) error {
	l, err := s.app.UnionSessions(r.Context(), r.who, yearOf(r))
	if err != nil {
		return err
	}
	return s.sendUnionTable(w, r, "lam-viec-doan-the-"+strconv.Itoa(l.Year), i18n.Text(r.Context(), "union.session.list"), strconv.Itoa(l.Year), unionSessionTable(r, l), false)
}

// conclusionRows is how many empty conclusions the form brings.
const conclusionRows = 2

func (s *Server) newSession(w http.ResponseWriter, r *request) error {
	return s.sessionForm(w, r, http.StatusOK, url.Values{"unit": {r.FormValue("unit")}, "on": {r.today.String()}, "rows": {strconv.Itoa(conclusionRows)}}, nil)
}

// sessionForm is the form of a working session.
func (s *Server) sessionForm(w http.ResponseWriter, r *request, status int, v url.Values, faults map[string]string) error {
	ctx := r.Context()
	f, err := s.app.NewUnionSession(ctx, r.who, v.Get("unit"))
	if err != nil {
		return err
	}
	p := unionFormPage{Base: s.unionBase(r, i18n.Text(ctx, "union.session.new"), ui.Crumb{Label: i18n.Text(ctx, "union.session.list"), Href: "/unions/sessions"}), Lead: f.Unit.Name}
	if len(f.Units) == 0 {
		p.Notes = []string{i18n.Text(ctx, "union.session.no_union")}
	}
	if !v.Has("chair") {
		v.Set("chair", f.Chair)
	}
	var units []ui.Option
	for _, u := range f.Units {
		units = append(units, ui.Option{Value: string(u.Code), Label: u.Name})
	}
	fields := []unionField{{Kind: unionChoice, Options: units, In: ui.Input{Name: "unit", Label: i18n.Text(ctx, "union.col.committee"), Value: string(f.Unit.Code)}},
		{Kind: unionDay, In: ui.Input{Name: "on", Label: i18n.Text(ctx, "union.field.session_on"), Value: v.Get("on")}},
		{In: ui.Input{Name: "chair", Label: i18n.Text(ctx, "union.field.chair"), Value: v.Get("chair"), Attrs: templ.Attributes{"autocomplete": "off"}}}}
	fields = append(fields, sessionUnionFields(r, f, v, faults)...)
	fields = append(fields, unionField{Kind: unionSay, In: ui.Input{Label: i18n.Text(ctx, "union.session.figures_later")}},
		unionField{Kind: unionArea, In: ui.Input{Name: "problems", Label: i18n.Text(ctx, "union.field.problems"), Value: v.Get("problems"), Optional: true}})
	order := []string{"unit", "on", "chair", "with", "problems"}
	rows, _ := writtenNumber(v.Get("rows"))
	for i := range min(rows, union.MostConclusions) {
		at := "-" + conclusionAt(i)
		fields = append(fields, unionField{Kind: unionPart, In: ui.Input{Label: i18n.Text(ctx, "union.session.conclusion", "n", strconv.Itoa(i+1))}},
			unionField{Kind: unionArea, In: ui.Input{Name: "text" + at, Label: i18n.Text(ctx, "union.field.conclusion"), Value: v.Get("text" + at), Optional: true}},
			unionField{In: ui.Input{Name: "owner" + at, Label: i18n.Text(ctx, "union.field.owner"), Value: v.Get("owner" + at), Optional: true, Attrs: templ.Attributes{"autocomplete": "off"}}},
			unionField{Kind: unionDay, In: ui.Input{Name: "due" + at, Label: i18n.Text(ctx, "union.field.conclusion_due"), Value: v.Get("due" + at), Optional: true}})
		order = append(order, "text"+at, "owner"+at, "due"+at)
	}
	p.Form = unionForm{ID: "act", Action: "/unions/sessions/new", Hidden: map[string]string{"rows": strconv.Itoa(rows)}, Fields: fields, Cancel: "/unions/sessions",
		Buttons: []unionButton{{i18n.Text(ctx, "union.session.record"), "record"}, {i18n.Text(ctx, "union.session.more"), "more"}}}
	p.Form.faults(faults)
	p.Problem = slips(faults, order...)
	return s.page(w, r, status, unionFormPageView(p))
}

// sessionUnionFields are a tick for each union beside the committee; the first says what
// is wrong with all of them.
func sessionUnionFields(r *request, f app.SessionForm, v url.Values, _ map[string]string) []unionField {
	fields := []unionField{{Kind: unionPart, In: ui.Input{Label: i18n.Text(r.Context(), "union.col.with")}}}
	for i, u := range f.Unions {
		in := ui.Input{Name: "with", ID: "with", Label: u.Name, Value: string(u.Code)}
		if i > 0 {
			in.ID = "with-" + strconv.Itoa(i)
		}
		fields = append(fields, unionField{Kind: unionTick, In: in, Checked: slices.Contains(v["with"], string(u.Code)) || !v.Has("chair_sent") && len(f.Unions) == 1})
	}
	return fields
}

// conclusionAt names the place of a conclusion in the fields of a form.
func conclusionAt(i int) string { return strconv.Itoa(i + 1) }

func (s *Server) recordSession(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v := r.Context(), r.PostForm
	v.Set("chair_sent", "1")
	if v.Get("go") == "more" {
		rows, _ := writtenNumber(v.Get("rows"))
		v.Set("rows", strconv.Itoa(min(rows+conclusionRows, union.MostConclusions)))
		return s.sessionForm(w, r, http.StatusOK, v, nil)
	}
	faults := map[string]string{}
	x := union.Session{On: unionDayOf(ctx, v, "on", faults), Chair: strings.TrimSpace(v.Get("chair")), Problems: strings.TrimSpace(v.Get("problems"))}
	x.Conclusions = conclusionsTyped(r, v, faults)
	if len(faults) > 0 {
		return s.sessionForm(w, r, http.StatusUnprocessableEntity, v, faults)
	}
	id, err := s.app.RecordUnionSession(ctx, r.who, v.Get("unit"), x, v["with"])
	if e, ok := formError(err); ok {
		return s.sessionForm(w, r, e.Kind.Status(), v, map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/unions/sessions/"+id, i18n.Text(ctx, "union.session.recorded"))
}

// conclusionsTyped reads the conclusions of a form and moves those that were filled in to
// the front, so that a fault stands beside what it is about.
func conclusionsTyped(r *request, v url.Values, faults map[string]string) []union.Conclusion {
	rows, _ := writtenNumber(v.Get("rows"))
	var out []union.Conclusion
	for i := range min(rows, union.MostConclusions) {
		from, to := "-"+conclusionAt(i), "-"+conclusionAt(len(out))
		text, owner, due := strings.TrimSpace(v.Get("text"+from)), strings.TrimSpace(v.Get("owner"+from)), strings.TrimSpace(v.Get("due"+from))
		for name := range map[string]bool{"text": true, "owner": true, "due": true} {
			v.Del(name + from)
		}
		if text+owner+due == "" {
			continue
		}
		v.Set("text"+to, text)
		v.Set("owner"+to, owner)
		v.Set("due"+to, due)
		out = append(out, union.Conclusion{Text: text, Owner: owner, Due: unionDayOf(r.Context(), v, "due"+to, faults)})
	}
	return out
}

func (s *Server) setSessionRule(w http.ResponseWriter, r *request) error {
	months, _ := writtenNumber(r.PostFormValue("months"))
	err := s.app.SetSessionRule(r.Context(), r.who, r.PostFormValue("unit"), months, r.PostFormValue("source"))
	return s.unionDone(w, r, err, "/unions/sessions", "union.session.rule.done")
}

// showSession shows a working session as its minutes.
func (s *Server) showSession(w http.ResponseWriter, r *request) error {
	x, err := s.app.UnionSession(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	paper := sheetOf(r, x.Line)
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.session.title", "day", x.On.VN()), ui.Crumb{Label: i18n.Text(ctx, "union.session.list"), Href: "/unions/sessions"}),
		Lead: i18n.Text(ctx, "union.session.between", "unit", x.UnitName, "unions", strings.Join(x.UnionNames, "; ")), Paper: &paper}
	youth := noFigure
	if x.Youth != nil {
		youth = strconv.Itoa(*x.Youth)
	}
	about := unionSection{ID: "noi-dung", Title: i18n.Text(ctx, "union.session.about"), Facts: []ui.Fact{
		{Term: i18n.Text(ctx, "union.col.chair"), Value: x.Chair},
		{Term: i18n.Text(ctx, "union.session.youth"), Value: youth, Note: i18n.Text(ctx, "union.session.youth_note")},
		{Term: i18n.Text(ctx, "union.session.introduced"), Value: strconv.Itoa(x.Introduced), Note: i18n.Text(ctx, "union.session.frozen", "day", x.On.VN())},
		{Term: i18n.Text(ctx, "union.session.admitted"), Value: strconv.Itoa(x.Admitted)},
	}}
	if x.Problems != "" {
		about.Texts = append([]string{i18n.Text(ctx, "union.field.problems") + ":"}, strings.Split(x.Problems, "\n")...)
	}
	p.Sections = []unionSection{about, conclusionSection(r, x)}
	return s.page(w, r, http.StatusOK, unionView(p))
}

// conclusionSection lists the conclusions with what became of each.
func conclusionSection(r *request, x app.SessionPage) unionSection {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.field.conclusion", "union.field.owner", "union.field.conclusion_due", "union.col.state")}
	out := unionSection{ID: "ket-luan", Title: i18n.Text(ctx, "union.session.conclusions"), Table: &t, None: i18n.Text(ctx, "union.session.no_conclusion")}
	for i, c := range x.Conclusions {
		st := x.States[i]
		state := unionCell{Text: i18n.Text(ctx, "union.session.open"), Mood: ui.Todo}
		switch late := x.Late(i); {
		case !st.DoneOn.IsZero():
			state = unionCell{Text: i18n.Text(ctx, "union.session.done", "day", st.DoneOn.VN()), Mood: ui.Done, Note: st.Note}
		case late > 0:
			state.Mood, state.Note = ui.Late, unionDays(r, late)
		}
		due := ""
		if !c.Due.IsZero() {
			due = c.Due.VN()
		}
		t.Rows = append(t.Rows, []unionCell{{Text: strconv.Itoa(i+1) + ". " + c.Text}, {Text: c.Owner}, {Text: due}, state})
		if x.May && st.DoneOn.IsZero() {
			n := strconv.Itoa(i + 1)
			out.Asks = append(out.Asks, unionAsk{Ask: ui.Ask{ID: "done-" + n, Open: i18n.Text(ctx, "union.session.finish", "n", n), Heading: i18n.Text(ctx, "union.session.finish", "n", n), Text: c.Text,
				Action: "/unions/sessions/" + x.ID + "/done", Hidden: map[string]string{"conclusion": n}, Submit: i18n.Text(ctx, "union.session.finish_submit")},
				Fields: []unionField{{In: ui.Input{Name: "note", ID: "note-" + n, Label: i18n.Text(ctx, "union.field.how")}}}})
		}
	}
	return out
}

func (s *Server) finishUnionConclusion(w http.ResponseWriter, r *request) error {
	n, ok := writtenNumber(r.PostFormValue("conclusion"))
	if !ok {
		n = 0
	}
	err := s.app.FinishUnionConclusion(r.Context(), r.who, r.PathValue("id"), n-1, r.PostFormValue("note"))
	return s.unionDone(w, r, err, "/unions/sessions/"+url.PathEscape(r.PathValue("id")), "union.session.finished")
}
