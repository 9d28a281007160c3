package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/watch"
	"ketnap/web/ui"
)

// readObstacles reads the obstacles in the state asked for; open ones where none is named.
func (s *Server) readObstacles(r *request) (app.ObstaclesPage, registerFound, string, error) {
	state := r.FormValue("state")
	ask := watch.ObstacleState(state)
	switch {
	case state == "all":
		ask = ""
	case !ask.Valid():
		ask, state = watch.Open, string(watch.Open)
	}
	found, err := s.app.Obstacles(r.Context(), r.who, s.unitOf(r), ask)
	if err != nil {
		return found, registerFound{}, state, err
	}
	lang := i18n.From(r.Context())
	list := registerFound{}
	list.columns(r, "obstacle.col.text", "obstacle.col.unit", "obstacle.col.remedy", "obstacle.col.owner", "obstacle.col.due", "obstacle.col.state", "obstacle.col.changed")
	for _, o := range found.List {
		list.add(registerCell{o.Text, "/obstacles/" + o.ID}, registerCell{Text: o.UnitName}, registerCell{Text: o.Remedy}, registerCell{Text: o.Owner},
			registerCell{Text: i18n.Date(lang, o.Due)}, registerCell{Text: obstacleState(r, o)}, registerCell{Text: joinWords(", ", o.ChangedBy, i18n.Date(lang, o.ChangedOn))})
	}
	return found, list, state, nil
}

// obstacleState says how an obstacle stands, and whether its remedy is overdue.
func obstacleState(r *request, o app.ObstacleRow) string {
	words := i18n.Sentence(watch.ObstacleState(o.State).Words())
	if app.ObstacleOf(o).Late(r.today) {
		return i18n.Text(r.Context(), "obstacle.late", "days", r.today.Sub(o.Due))
	}
	return joinWords(": ", words, o.Note)
}

func (s *Server) listObstacles(w http.ResponseWriter, r *request) error {
	found, list, state, err := s.readObstacles(r)
	if err != nil {
		return err
	}
	ctx, code := r.Context(), string(found.Line[0].Code)
	p := listingPage{
		Base: s.base(r, i18n.Text(ctx, "obstacle.title"), s.above(r, found.Line, func(code string) string { return address("/obstacles", "unit", code) })...), Head: sheetOf(r, found.Line),
		Lead: i18n.Text(ctx, "obstacle.lead", "unit", found.Line[0].Name), Action: "/obstacles", Columns: list.Columns, Rows: list.Rows,
		Sheet: address("/obstacles.xlsx", "unit", code, "state", state),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "obstacle.empty"), Text: i18n.Text(ctx, "obstacle.empty_why")},
	}
	p.Wide, p.Tabs = true, sourceTabs(r, code, "/obstacles")
	units, err := s.unitOptions(r, found.Line)
	if err != nil {
		return err
	}
	states := []ui.Option{}
	for _, x := range watch.ObstacleStates() {
		states = append(states, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
	}
	states = append(states, ui.Option{Value: "all", Label: i18n.Text(ctx, "obstacle.all")})
	p.Choices = []fileChoice{{ui.Input{Name: "unit", Label: i18n.Text(ctx, "report.unit"), Value: code, Optional: true}, units},
		{ui.Input{Name: "state", Label: i18n.Text(ctx, "obstacle.col.state"), Value: state, Optional: true}, states}}
	if found.More {
		p.Notes = []string{i18n.Text(ctx, "register.more", "n", len(found.List))}
	}
	if found.May {
		p.First = &ui.Action{Label: i18n.Text(ctx, "obstacle.new"), Href: address("/obstacles/new", "unit", code), Primary: true}
		p.Empty.First = p.First
		if len(p.Rows) == 0 {
			p.First = nil
		}
	}
	return s.page(w, r, http.StatusOK, listingView(p))
}

func (s *Server) downloadObstacles(w http.ResponseWriter, r *request) error {
	found, list, _, err := s.readObstacles(r)
	if err != nil {
		return err
	}
	return s.sendSheet(w, "kho-khan-"+found.Today.String(), registerSheet(i18n.Text(r.Context(), "obstacle.title"), found.Line[0].Name, list.Columns, list.Rows,
		[]string{i18n.Text(r.Context(), "obstacle.note", "day", found.Today.VN())}))
}

// An obstaclePage is the form of an obstacle with its history.
type obstaclePage struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Action  string
	Back    string
	Unit    string
	Seq     int
	May     bool
	Facts   []ui.Fact // for who can only read
	Text    ui.Input
	Remedy  ui.Input
	Owner   ui.Input
	Due     ui.Input
	State   ui.Input
	States  []ui.Option
	Note    ui.Input
	Submit  string
	History []ui.Event
}

// obstacleTyped is an obstacle as it was typed.
type obstacleTyped struct {
	text, remedy, owner, due, state, note string
	seq                                   int
}

func obstacleTypedOf(r *request) obstacleTyped {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	t := obstacleTyped{text: get("text"), remedy: get("remedy"), owner: get("owner"), due: get("due"), state: get("state"), note: get("note")}
	t.seq = wantedNumber(get("seq"))
	if t.state == "" {
		t.state = string(watch.Open)
	}
	return t
}

func (t obstacleTyped) obstacle() (watch.Obstacle, []rule.Finding) {
	o := watch.Obstacle{Text: t.text, Remedy: t.remedy, Owner: t.owner, State: watch.ObstacleState(t.state), Note: t.note}
	due, ok := writtenDay(t.due)
	if o.Due = due; !ok {
		return o, []rule.Finding{{Rule: "MON-04", Severity: rule.Block, Field: "due", Message: i18n.T(i18n.Vietnamese, "gathering.bad_day")}}
	}
	return o, nil
}

func (s *Server) newObstacle(w http.ResponseWriter, r *request) error {
	if !mayHold(r) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.obstacleForm(w, r, http.StatusOK, s.unitOf(r), nil, obstacleTyped{state: string(watch.Open)}, nil)
}

func (s *Server) showObstacle(w http.ResponseWriter, r *request) error {
	o, err := s.app.Obstacle(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := obstacleTyped{text: o.Text, remedy: o.Remedy, owner: o.Owner, due: o.Due.String(), state: o.State, seq: o.Seq}
	return s.obstacleForm(w, r, http.StatusOK, string(o.UnitCode), &o, t, nil)
}

// obstacleForm shows the form of a new obstacle of a unit, or of one that is there.
func (s *Server) obstacleForm(w http.ResponseWriter, r *request, status int, unit string, o *app.ObstaclePage, t obstacleTyped, findings []rule.Finding) error {
	u, err := s.app.Unit(r.Context(), r.who, unit)
	if err != nil {
		return err
	}
	ctx, back := r.Context(), address("/obstacles", "unit", unit)
	field := func(name, value, key string, most int) ui.Input {
		return ui.Input{Name: name, Label: i18n.Text(ctx, key), Value: value, Error: beside(findings, name), Attrs: map[string]any{"maxlength": strconv.Itoa(most)}}
	}
	p := obstaclePage{Base: s.base(r, i18n.Text(ctx, "obstacle.form.new"), ui.Crumb{Label: i18n.Text(ctx, "obstacle.menu"), Href: back}, ui.Crumb{Label: u.Unit.Name}),
		Lead: u.Unit.Name, Action: "/obstacles/new", Back: back, Unit: unit, Seq: t.seq, May: true, Submit: i18n.Text(ctx, "obstacle.submit"),
		Text: field("text", t.text, "obstacle.col.text", watch.MaxText), Remedy: field("remedy", t.remedy, "obstacle.col.remedy", watch.MaxText),
		Owner: field("owner", t.owner, "obstacle.col.owner", watch.MaxName), Due: field("due", t.due, "obstacle.col.due", 10),
		State: ui.Input{Name: "state", Label: i18n.Text(ctx, "obstacle.col.state"), Value: t.state, Error: beside(findings, "state")},
		Note:  field("note", t.note, "obstacle.note_label", watch.MaxReason)}
	p.Text.Help = i18n.Text(ctx, "obstacle.text_help")
	p.Due.Optional, p.Due.Short = true, true
	if o != nil {
		p.Title, p.Action, p.May = i18n.Text(ctx, "obstacle.form.edit"), "/obstacles/"+o.ID, o.May
		for _, x := range watch.ObstacleStates() {
			p.States = append(p.States, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
		}
		p.Facts = obstacleFacts(r, o.ObstacleRow)
		for _, h := range o.History {
			p.History = append(p.History, obstacleEvent(r, h))
		}
	}
	if len(findings) > 0 {
		p.Problem = problem(findings)
	}
	return s.page(w, r, status, obstacleView(p))
}

func obstacleFacts(r *request, o app.ObstacleRow) []ui.Fact {
	ctx := r.Context()
	return []ui.Fact{{Term: i18n.Text(ctx, "obstacle.col.text"), Value: o.Text}, {Term: i18n.Text(ctx, "obstacle.col.remedy"), Value: o.Remedy},
		{Term: i18n.Text(ctx, "obstacle.col.owner"), Value: o.Owner}, {Term: i18n.Text(ctx, "obstacle.col.due"), Value: i18n.Date(i18n.From(ctx), o.Due)},
		{Term: i18n.Text(ctx, "obstacle.col.state"), Value: obstacleState(r, o)}}
}

func obstacleEvent(r *request, h app.ObstacleRow) ui.Event {
	ctx, lang := r.Context(), i18n.From(r.Context())
	e := ui.Event{When: i18n.Date(lang, h.ChangedOn), What: i18n.Sentence(watch.ObstacleState(h.State).Words()),
		Notes: []string{h.ChangedBy, i18n.Text(ctx, "obstacle.history", "text", h.Text, "remedy", h.Remedy, "owner", h.Owner)}}
	if !h.Due.IsZero() {
		e.Notes = append(e.Notes, i18n.Text(ctx, "obstacle.history.due", "day", i18n.Date(lang, h.Due)))
	}
	if h.Note != "" {
		e.Notes = append(e.Notes, h.Note)
	}
	return e
}

func (s *Server) addObstacle(w http.ResponseWriter, r *request) error {
	t, unit := obstacleTypedOf(r), r.PostFormValue("unit")
	t.state = string(watch.Open)
	o, findings := t.obstacle()
	var err error
	if len(findings) == 0 {
		_, findings, err = s.app.AddObstacle(r.Context(), r.who, unit, o)
	}
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.obstacleForm(w, r, http.StatusUnprocessableEntity, unit, nil, t, findings)
	}
	return s.redirect(w, r, address("/obstacles", "unit", unit), i18n.Text(r.Context(), "obstacle.saved"))
}

func (s *Server) changeObstacle(w http.ResponseWriter, r *request) error {
	was, err := s.app.Obstacle(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := obstacleTypedOf(r)
	o, findings := t.obstacle()
	if len(findings) == 0 || !was.May { // who may not is told so, whatever was typed
		findings, err = s.app.ChangeObstacle(r.Context(), r.who, was.ID, t.seq, o)
	}
	status := http.StatusUnprocessableEntity
	if e, ok := formError(err); ok {
		status, findings = e.Kind.Status(), []rule.Finding{{Severity: rule.Block, Message: message(r.Context(), e)}}
	} else if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.obstacleForm(w, r, status, string(was.UnitCode), &was, t, findings)
	}
	return s.redirect(w, r, "/obstacles/"+was.ID, i18n.Text(r.Context(), "obstacle.saved"))
}

// mayHold reports whether the actor may record gatherings and obstacles anywhere.
func mayHold(r *request) bool { return r.who.Has(access.HoldSession, r.today) }
