package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/watch"
	"ketnap/web/ui"
)

// freshConclusions is how many empty rows for conclusions a form brings.
const freshConclusions = 3

// A gatheringFormPage is the form of a gathering, new or corrected.
type gatheringFormPage struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Action  string
	Back    string
	Hidden  map[string]string
	On      ui.Input
	Kind    ui.Input
	Kinds   []ui.Option
	Topic   ui.Input
	Led     ui.Input
	Invited ui.Input
	Present ui.Input
	Lines   []conclusionFields
	Reason  *ui.Input // of a correction
	Submit  string
}

// conclusionFields are the fields of one conclusion.
type conclusionFields struct {
	ID, Name         string
	Text, Owner, Due ui.Input
	IDField          string
}

// gatheringTyped is a gathering as it was typed.
type gatheringTyped struct {
	on, kind, topic, led, invited, attended, reason string
	version                                         int
	lines                                           []conclusionTyped
}

type conclusionTyped struct{ id, text, owner, due string }

func (c conclusionTyped) empty() bool { return c.text == "" && c.owner == "" && c.due == "" }

func gatheringTypedOf(r *request) gatheringTyped {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	t := gatheringTyped{on: get("on"), kind: get("kind"), topic: get("topic"), led: get("led"), invited: get("invited"), attended: get("attended"), reason: get("reason")}
	t.version = wantedNumber(get("version"))
	for i := range watch.MaxConclusions + freshConclusions {
		c := conclusionTyped{get(watch.ConclusionField(i, "id")), get(watch.ConclusionField(i, "text")), get(watch.ConclusionField(i, "owner")), get(watch.ConclusionField(i, "due"))}
		if !c.empty() {
			t.lines = append(t.lines, c)
		}
	}
	return t
}

func gatheringBegun(g app.Gathering) gatheringTyped {
	t := gatheringTyped{on: g.On.String(), kind: string(g.Kind), topic: g.Topic, led: g.Led, attended: strconv.Itoa(g.Attended), version: g.Row.Version}
	if g.Invited > 0 {
		t.invited = strconv.Itoa(g.Invited)
	}
	for _, c := range g.Conclusions {
		t.lines = append(t.lines, conclusionTyped{c.ID, c.Text, c.Owner, c.Due.String()})
	}
	return t
}

// gathering reads what was typed; the findings say which fields hold no day or number.
func (t gatheringTyped) gathering() (watch.Gathering, []rule.Finding) {
	g := watch.Gathering{Kind: watch.GatheringKind(t.kind), Topic: t.topic, Led: t.led}
	var out []rule.Finding
	block := func(field, key string) {
		out = append(out, rule.Finding{Rule: "TGT-02", Severity: rule.Block, Field: field, Message: i18n.T(i18n.Vietnamese, key)})
	}
	day := func(field, text string) date.Date {
		d, ok := writtenDay(text)
		if !ok {
			block(field, "gathering.bad_day")
		}
		return d
	}
	number := func(field, text string) int {
		n, ok := writtenNumber(text)
		if !ok && text != "" {
			block(field, "gathering.bad_number")
		}
		return n
	}
	g.On, g.Invited, g.Attended = day("on", t.on), number("invited", t.invited), number("attended", t.attended)
	for i, c := range t.lines {
		g.Conclusions = append(g.Conclusions, watch.Conclusion{ID: c.id, Text: c.text, Owner: c.owner, Due: day(watch.ConclusionField(i, "due"), c.due)})
	}
	return g, out
}

func (s *Server) newGathering(w http.ResponseWriter, r *request) error {
	if !mayHold(r) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.gatheringForm(w, r, http.StatusOK, s.unitOf(r), "", gatheringTyped{kind: string(watch.Thematic), on: r.today.String()}, nil)
}

// gatheringForm shows the form: of a new gathering of a unit, or of one with an id.
func (s *Server) gatheringForm(w http.ResponseWriter, r *request, status int, unit, id string, t gatheringTyped, findings []rule.Finding) error {
	u, err := s.app.Unit(r.Context(), r.who, unit)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := gatheringFormPage{Action: "/gatherings/new", Back: address("/gatherings", "unit", unit), Hidden: map[string]string{"unit": unit}, Lead: u.Unit.Name,
		Submit:  i18n.Text(ctx, "gathering.submit"),
		On:      ui.Input{Name: "on", Label: i18n.Text(ctx, "gathering.col.on"), Value: t.on, Short: true, Error: beside(findings, "on")},
		Kind:    ui.Input{Name: "kind", Label: i18n.Text(ctx, "gathering.col.kind"), Value: t.kind, Error: beside(findings, "kind")},
		Topic:   ui.Input{Name: "topic", Label: i18n.Text(ctx, "gathering.col.topic"), Value: t.topic, Error: beside(findings, "topic"), Attrs: map[string]any{"maxlength": strconv.Itoa(watch.MaxTopic)}},
		Led:     ui.Input{Name: "led", Label: i18n.Text(ctx, "gathering.col.led"), Value: t.led, Help: i18n.Text(ctx, "gathering.led_help"), Error: beside(findings, "led"), Attrs: map[string]any{"maxlength": strconv.Itoa(watch.MaxName)}},
		Invited: ui.Input{Name: "invited", Label: i18n.Text(ctx, "gathering.invited"), Value: t.invited, Short: true, Optional: true, Error: beside(findings, "invited"), Attrs: map[string]any{"inputmode": "numeric"}},
		Present: ui.Input{Name: "attended", Label: i18n.Text(ctx, "gathering.attended"), Value: t.attended, Short: true, Error: beside(findings, "attended"), Attrs: map[string]any{"inputmode": "numeric"}},
	}
	title := i18n.Text(ctx, "gathering.form.new")
	if id != "" {
		title = i18n.Text(ctx, "gathering.form.edit")
		p.Action, p.Back, p.Hidden = "/gatherings/"+id+"/edit", "/gatherings/"+id, map[string]string{"version": strconv.Itoa(t.version)}
		p.Reason = &ui.Input{Name: "reason", Label: i18n.Text(ctx, "gathering.why"), Value: t.reason, Error: beside(findings, "reason"), Attrs: map[string]any{"maxlength": strconv.Itoa(watch.MaxReason)}}
	}
	p.Base = s.base(r, title, ui.Crumb{Label: i18n.Text(ctx, "gathering.menu"), Href: address("/gatherings", "unit", unit)}, ui.Crumb{Label: u.Unit.Name})
	for _, k := range watch.GatheringKinds() {
		p.Kinds = append(p.Kinds, ui.Option{Value: string(k), Label: i18n.Sentence(k.Words())})
	}
	for i := range min(len(t.lines)+freshConclusions, watch.MaxConclusions+1) {
		line := conclusionTyped{}
		if i < len(t.lines) {
			line = t.lines[i]
		}
		p.Lines = append(p.Lines, conclusionFieldsOf(r, i, line, findings))
	}
	if len(findings) > 0 {
		p.Problem = problem(findings)
	}
	return s.page(w, r, status, gatheringFormView(p))
}

func conclusionFieldsOf(r *request, i int, c conclusionTyped, findings []rule.Finding) conclusionFields {
	ctx := r.Context()
	field := func(part, value, key string, most int) ui.Input {
		name := watch.ConclusionField(i, part)
		return ui.Input{Name: name, Label: i18n.Text(ctx, key), Value: value, Optional: true, Error: beside(findings, name), Attrs: map[string]any{"maxlength": strconv.Itoa(most)}}
	}
	return conclusionFields{ID: c.id, IDField: watch.ConclusionField(i, "id"), Name: i18n.Text(ctx, "gathering.conclusion", "n", i+1),
		Text: field("text", c.text, "gathering.conclusion.text", watch.MaxText), Owner: field("owner", c.owner, "gathering.conclusion.owner", watch.MaxName),
		Due: field("due", c.due, "gathering.conclusion.due", 10)}
}

func (s *Server) holdGathering(w http.ResponseWriter, r *request) error {
	t, unit := gatheringTypedOf(r), r.PostFormValue("unit")
	g, findings := t.gathering()
	id, err := "", error(nil)
	if len(findings) == 0 {
		id, findings, err = s.app.HoldGathering(r.Context(), r.who, unit, g)
	}
	if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.gatheringForm(w, r, http.StatusUnprocessableEntity, unit, "", t, findings)
	}
	return s.redirect(w, r, "/gatherings/"+id, i18n.Text(r.Context(), "gathering.saved"))
}

func (s *Server) editGathering(w http.ResponseWriter, r *request) error {
	g, err := s.app.Gathering(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !g.May {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	return s.gatheringForm(w, r, http.StatusOK, string(g.Row.UnitCode), g.Row.ID, gatheringBegun(g.Gathering), nil)
}

func (s *Server) correctGathering(w http.ResponseWriter, r *request) error {
	was, err := s.app.Gathering(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := gatheringTypedOf(r)
	g, findings := t.gathering()
	if len(findings) == 0 {
		findings, err = s.app.CorrectGathering(r.Context(), r.who, was.Row.ID, t.version, g, t.reason)
	}
	status := http.StatusUnprocessableEntity
	if e, ok := formError(err); ok {
		status, findings = e.Kind.Status(), []rule.Finding{{Severity: rule.Block, Message: message(r.Context(), e)}}
	} else if err != nil {
		return err
	}
	if len(findings) > 0 {
		return s.gatheringForm(w, r, status, string(was.Row.UnitCode), was.Row.ID, t, findings)
	}
	return s.redirect(w, r, "/gatherings/"+was.Row.ID, i18n.Text(r.Context(), "gathering.saved"))
}
