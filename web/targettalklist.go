package web

import (
	"net/http"
	"net/url"
	"strconv"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/web/ui"
)

// talksPage lists where the talks with the children of a unit stand.
type talksPage struct {
	ui.Base
	Heading, Lead string
	Unit, Year    string
	Waiting       bool
	Count         string
	All, Only     ui.Link
	Back          ui.Link
	Sheet         string
	Heads         []string
	Rows          []talksRow
	Empty         *ui.Nothing
}

type talksRow struct {
	Name, Href string
	Cells      []talksCell
}

type talksCell struct {
	Label, Plan, Said, State string
	Mood                     ui.Mood
}

func (s *Server) talksOf(r *request) (talksPage, error) {
	d, lines, err := s.app.TargetTalks(r.Context(), r.who, s.unitOf(r), yearOf(r))
	if err != nil {
		return talksPage{}, err
	}
	lang := i18n.From(r.Context())
	unit, year := string(d.Unit.Code), strconv.Itoa(d.Year)
	p := talksPage{Heading: i18n.T(lang, "target.talks.title", "year", year), Lead: d.Unit.Name, Unit: unit, Year: year, Waiting: r.FormValue("waiting") != "",
		All: ui.Link{Label: i18n.T(lang, "target.talks.all"), Href: talksHref(unit, d.Year, false)}, Back: ui.Link{Label: i18n.T(lang, "target.grid.back"), Href: targetsHref(unit, d.Year)}}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(talkCrumbs(d), ui.Crumb{Label: d.Unit.Name, Href: targetsHref(unit, d.Year)})...)
	p.Wide = true
	waits := 0
	for _, l := range lines {
		if l.Waits() {
			waits++
		} else if p.Waiting {
			continue
		}
		row := talksRow{Name: l.Unit.Name, Href: talkHref(string(l.Unit.Code), d.Year)}
		for _, t := range l.Talks {
			row.Cells = append(row.Cells, talksCellOf(lang, t))
		}
		p.Rows = append(p.Rows, row)
	}
	for i, l := range lines {
		if i == 0 {
			for _, t := range l.Talks {
				p.Heads = append(p.Heads, t.Column.Indicator.Words())
			}
		}
	}
	p.Only = ui.Link{Label: i18n.T(lang, "target.talks.waiting", "n", waits), Href: talksHref(unit, d.Year, true)}
	q := url.Values{"unit": {unit}, "year": {year}}
	if p.Waiting {
		q.Set("waiting", "1")
	}
	p.Sheet = "/targets/talks.xlsx?" + q.Encode()
	if len(p.Rows) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.T(lang, "target.talks.none"), Text: i18n.T(lang, "target.talks.none_text"), First: &ui.Action{Label: p.All.Label, Href: p.All.Href}}
	}
	return p, nil
}

func talksCellOf(lang i18n.Lang, t app.TargetTalk) talksCell {
	c := talksCell{Label: t.Column.Indicator.Words(), Plan: noFigure, State: t.Field.Turn.Words(), Mood: turnMood(t.Field.Turn)}
	switch {
	case t.Field.Plan != nil:
		c.Plan = t.Field.Plan.Words()
	case t.Field.Goal != nil:
		c.Plan = i18n.T(lang, "target.grid.goal", "figure", t.Field.Goal.Words())
	}
	if m := t.Field.Move; m != nil {
		c.Said = moveWords(lang, *m)
	}
	return c
}

func (s *Server) showTalks(w http.ResponseWriter, r *request) error {
	p, err := s.talksOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, talksView(p))
}

func (s *Server) downloadTalks(w http.ResponseWriter, r *request) error {
	p, err := s.talksOf(r)
	if err != nil {
		return err
	}
	lang := i18n.From(r.Context())
	t := xlsx.Table{Title: p.Heading, Subtitle: p.Lead, Columns: []xlsx.Column{{Name: i18n.T(lang, "target.column.unit")}}}
	for _, h := range p.Heads {
		t.Columns = append(t.Columns, xlsx.Column{Name: h, Width: 20}, xlsx.Column{Name: i18n.T(lang, "target.talks.state"), Width: 30}, xlsx.Column{Name: i18n.T(lang, "target.talks.said"), Width: 50})
	}
	for _, row := range p.Rows {
		cells := []xlsx.Cell{xlsx.Str(row.Name)}
		for _, c := range row.Cells {
			cells = append(cells, xlsx.Str(c.Plan), xlsx.Str(c.State), xlsx.Str(c.Said))
		}
		t.Rows = append(t.Rows, cells)
	}
	return s.sendSheet(w, "y-kien-chi-tieu-"+p.Unit+"-"+p.Year, t)
}
