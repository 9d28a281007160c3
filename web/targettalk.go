package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) targetTalkRoutes() {
	s.get("/targets/talk", s.showTalk)
	s.post("/targets/talk", s.sayTalk)
	s.get("/targets/talks", s.showTalks)
	s.get("/targets/talks.xlsx", s.downloadTalks)
}

func talkHref(unit string, year int) string {
	return address("/targets/talk", "unit", unit, "year", strconv.Itoa(year))
}

func talksHref(unit string, year int, waiting bool) string {
	only := ""
	if waiting {
		only = "1"
	}
	return address("/targets/talks", "unit", unit, "year", strconv.Itoa(year), "waiting", only)
}

// targetWays are the pages that belong to the targets of a unit in a year.
func targetWays(lang i18n.Lang, d app.TargetPage) []ui.Link {
	unit := string(d.Unit.Unit.Code)
	ways := []ui.Link{{Label: i18n.T(lang, "target.ways.talk"), Href: talkHref(unit, d.Year)}, {Label: i18n.T(lang, "target.ways.plan"), Href: planHref(unit, d.Year)},
		{Label: i18n.T(lang, "target.ways.history"), Href: historyHref(unit)}}
	if len(d.Children) > 0 {
		if d.MayAssign {
			ways = append(ways, ui.Link{Label: i18n.T(lang, "target.ways.grid"), Href: gridHref(unit, d.Year)})
		}
		ways = append(ways, ui.Link{Label: i18n.T(lang, "target.ways.talks"), Href: talksHref(unit, d.Year, false)},
			ui.Link{Label: i18n.T(lang, "target.ways.plans"), Href: address("/plans", "unit", unit, "year", strconv.Itoa(d.Year))})
	}
	return ways
}

// talkPage is the talk between a unit and its superior about the figures of a year.
type talkPage struct {
	ui.Base
	Problem       ui.ProblemBox
	Heading, Lead string
	Before, After ui.Link
	Back          ui.Link
	Source        []ui.Fact
	SourceHref    string
	Talks         []talkView
}

type talkView struct {
	Label, State string
	Mood         ui.Mood
	Now          string // the figure that holds
	Steps        []string
	Forms        []talkForm
	Adjust       *ui.Link // another figure, by the superior
}

// talkForm is one step that can be taken now.
type talkForm struct {
	Title         string
	Hidden        map[string]string
	Figure        *ui.Input
	Reason        *ui.Input
	Submit        string
	Primary, Open bool
}

func (s *Server) showTalk(w http.ResponseWriter, r *request) error {
	d, err := s.app.TargetTalk(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, talkPageView(s.talkPage(r, d, nil)))
}

func (s *Server) sayTalk(w http.ResponseWriter, r *request) error {
	unit, year := r.FormValue("unit"), yearOf(r)
	n := app.NewMove{Unit: unit, Year: year, Indicator: target.Indicator(r.PostFormValue("indicator")), Kind: target.MoveKind(r.PostFormValue("kind")),
		Text: r.PostFormValue("figure"), Reason: r.PostFormValue("reason")}
	var bad error
	if n.Seq, bad = strconv.Atoi(r.PostFormValue("seq")); bad != nil {
		n.Seq = -1 // of no talk: stale
	}
	if n.Figure, bad = strconv.Atoi(r.PostFormValue("at")); bad != nil {
		n.Figure = -1
	}
	err := s.app.SayTarget(r.Context(), r.who, n)
	if err == nil {
		return s.redirect(w, r, talkHref(unit, year), i18n.Text(r.Context(), "target.talk.done."+string(n.Kind)))
	}
	e, ok := formError(err)
	if !ok {
		return err
	}
	d, again := s.app.TargetTalk(r.Context(), r.who, unit, year)
	if again != nil {
		return again
	}
	return s.page(w, r, e.Kind.Status(), talkPageView(s.talkPage(r, d, e)))
}

func (s *Server) talkPage(r *request, d app.TalkPage, e *errs.Error) talkPage {
	lang := i18n.From(r.Context())
	unit := string(d.Unit.Code)
	p := talkPage{Heading: i18n.T(lang, "target.talk.title", "year", strconv.Itoa(d.Year)), Lead: d.Unit.Name,
		Before: ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year-1)), Href: talkHref(unit, d.Year-1)},
		After:  ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year+1)), Href: talkHref(unit, d.Year+1)},
		Back:   ui.Link{Label: i18n.T(lang, "target.grid.back"), Href: targetsHref(unit, d.Year)}}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(talkCrumbs(d), ui.Crumb{Label: d.Unit.Name, Href: targetsHref(unit, d.Year)})...)
	members := "–"
	if d.Members != nil {
		members = i18n.Count(lang, *d.Members)
	}
	p.Source = []ui.Fact{{Term: i18n.T(lang, "target.grid.members"), Value: members}, {Term: i18n.T(lang, "target.talk.source"), Value: i18n.Count(lang, d.Source)}}
	for _, st := range d.Stages {
		p.Source = append(p.Source, ui.Fact{Term: i18n.Sentence(st.Stage.Words()), Value: i18n.Count(lang, st.Count)})
	}
	p.Source = append(p.Source, ui.Fact{Term: i18n.T(lang, "target.grid.last."+string(d.Talks[len(d.Talks)-1].Column.Indicator), "year", strconv.Itoa(d.Year-1)), Value: i18n.Count(lang, d.Last)})
	for _, t := range d.Talks {
		p.Talks = append(p.Talks, s.talkView(r, d, t, e))
	}
	if e != nil {
		p.Problem = ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: message(r.Context(), e), Field: e.Field}}}
	}
	return p
}

func talkCrumbs(d app.TalkPage) []ui.Crumb {
	var path []ui.Crumb
	for _, u := range slices.Backward(d.Above) {
		path = append(path, ui.Crumb{Label: u.Name, Href: targetsHref(string(u.Code), d.Year)})
	}
	return path
}

func turnMood(t target.Turn) ui.Mood {
	switch t {
	case target.AtSuperior, target.Contested, target.AtUnit:
		return ui.Soon
	case target.Agreed, target.SettledKept:
		return ui.Done
	case target.Silent:
	}
	return ui.Todo
}

func (s *Server) talkView(r *request, d app.TalkPage, t app.TargetTalk, e *errs.Error) talkView {
	lang := i18n.From(r.Context())
	v := talkView{Label: t.Column.Indicator.Words(), State: t.Field.Turn.Words(), Mood: turnMood(t.Field.Turn), Now: i18n.T(lang, "target.none"), Steps: talkSteps(lang, t)}
	switch {
	case t.Field.Plan != nil:
		v.Now = joinWords(" · ", t.Field.Plan.Words(), t.Field.Plan.Share.Words())
	case t.Field.Goal != nil:
		v.Now = i18n.T(lang, "target.grid.goal", "figure", t.Field.Goal.Words())
	}
	if d.MayAnswer {
		v.Adjust = &ui.Link{Label: i18n.T(lang, "target.talk.adjust"), Href: targetHref(string(d.Unit.Code), d.Year, t.Column.Indicator)}
	}
	for _, k := range []target.MoveKind{target.Accepted, target.Proposed, target.Countered, target.Kept} {
		may := d.MayPropose
		if k == target.Kept {
			may = d.MayAnswer
		}
		one := target.Exactly(1)
		if may && (target.Move{Kind: k, Range: &one, Reason: "x"}).Check(t.Field.Turn) == nil {
			v.Forms = append(v.Forms, s.talkForm(r, d, t, k, e))
		}
	}
	return v
}

func (s *Server) talkForm(r *request, d app.TalkPage, t app.TargetTalk, k target.MoveKind, e *errs.Error) talkForm {
	lang := i18n.From(r.Context())
	mine := e != nil && r.PostFormValue("kind") == string(k) && r.PostFormValue("indicator") == string(t.Column.Indicator)
	f := talkForm{Title: i18n.T(lang, "target.talk.form."+string(k)), Submit: i18n.T(lang, "target.talk.submit."+string(k)), Open: mine,
		Hidden: map[string]string{"unit": string(d.Unit.Code), "year": strconv.Itoa(d.Year), "indicator": string(t.Column.Indicator), "kind": string(k),
			"seq": strconv.Itoa(t.Seq), "at": strconv.Itoa(t.Field.Seq)}}
	if k == target.Accepted {
		return f
	}
	id := string(k) + "-" + string(t.Column.Indicator)
	in := func(name string) *ui.Input {
		x := &ui.Input{Name: name, ID: name + "-" + id, Label: i18n.T(lang, "target.talk."+name), Help: i18n.T(lang, "target.talk."+name+"_help")}
		if mine {
			if x.Value = r.PostFormValue(name); e.Field == name {
				x.Error = message(r.Context(), e)
			}
		}
		return x
	}
	if k != target.Kept {
		f.Figure = in("figure")
		f.Figure.Short = true
	}
	f.Reason = in("reason")
	return f
}

// talkSteps tells figures and moves together, oldest first. On one day a figure stands
// before what answers it.
func talkSteps(lang i18n.Lang, t app.TargetTalk) []string {
	var steps []string
	moves := t.Moves
	for i, f := range t.Figures {
		for len(moves) > 0 && (moves[0].On.Before(f.SetOn) || moves[0].On == f.SetOn && moves[0].Figure < t.Seqs[i]) {
			steps = append(steps, moveWords(lang, moves[0]))
			moves = moves[1:]
		}
		steps = append(steps, figureWords(lang, f))
	}
	for _, m := range moves {
		steps = append(steps, moveWords(lang, m))
	}
	return steps
}

func moveWords(lang i18n.Lang, m target.Move) string {
	figure := ""
	if m.Range != nil {
		figure = m.Range.Words()
	}
	return joinWords(" · ", i18n.Date(lang, m.On), joinWords(" ", m.Kind.Words(), figure), m.By, m.Reason)
}

// figureWords tells one figure with its source.
func figureWords(lang i18n.Lang, t target.Target) string {
	source := ""
	if t.Document != "" {
		source = i18n.T(lang, "target.history.source", "symbol", t.Document)
		if t.Clause != "" {
			source = i18n.T(lang, "target.history.clause", "symbol", t.Document, "clause", t.Clause)
		}
	}
	return joinWords(" · ", i18n.Date(lang, t.SetOn), t.Words()+" ("+t.State.Words()+")", t.Share.Words(), t.SetBy, source, t.Reason)
}

// sortedNames are the names of hidden fields, in an order that does not change.
func sortedNames(values map[string]string) []string { return slices.Sorted(maps.Keys(values)) }
