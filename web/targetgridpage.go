package web

import (
	"strconv"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
	"ketnap/target"
	"ketnap/web/ui"
)

// gridPage fills the page of the grid. What was typed stands over what is there, except
// where nobody typed anything.
func (s *Server) gridPage(r *request, d app.TargetSheet, t typedGrid, e *errs.Error, spread *gridSpread) gridPage {
	lang := i18n.From(r.Context())
	unit, year := string(d.Unit.Code), strconv.Itoa(d.Year)
	p := gridPage{Heading: i18n.T(lang, "target.grid.title", "year", year), Lead: d.Unit.Name, Unit: unit, Year: year,
		Before: ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year-1)), Href: gridHref(unit, d.Year-1)},
		After:  ui.Link{Label: i18n.T(lang, "target.year", "year", strconv.Itoa(d.Year+1)), Href: gridHref(unit, d.Year+1)},
		Back:   targetsHref(unit, d.Year), Sheet: address("/targets/grid.xlsx", "unit", unit, "year", year),
		Answers: ui.Link{Label: i18n.T(lang, "target.talks.open"), Href: talksHref(unit, d.Year, false)},
		Last:    i18n.T(lang, "target.grid.last."+string(d.Columns[d.Main].Indicator), "year", strconv.Itoa(d.Year-1)),
		Parts:   r.FormValue("parts") != ""}
	p.Base = s.base(r, p.Heading+" · "+d.Unit.Name, append(s.above(r, d.Line, func(code string) string { return targetsHref(code, d.Year) }),
		ui.Crumb{Label: d.Unit.Name, Href: p.Back})...)
	p.Wide = true
	if p.Spread = s.gridSpread(r, d, firstSpread(d)); spread != nil {
		p.Spread = *spread
	}
	p.Reason = ui.Input{Name: "reason", Label: i18n.T(lang, "target.grid.reason"), Help: i18n.T(lang, "target.grid.reason_help"), Value: r.PostFormValue("reason"), Optional: true}
	p.Symbol = ui.Input{Name: "document", Label: i18n.T(lang, "target.grid.document"), Help: i18n.T(lang, "target.grid.document_help"), Value: r.PostFormValue("document"), Optional: true}
	p.Problem.Mood = ui.Late
	if e != nil {
		text := message(r.Context(), e)
		p.Problem.Findings = gridFindings(t, e, text)
		switch e.Field {
		case "reason":
			p.Reason.Error = text
		case "document":
			p.Symbol.Error = text
		}
	}
	for _, row := range d.Rows {
		p.Rows = append(p.Rows, gridLineOf(lang, d, row, t))
	}
	p.columns(lang, d)
	if len(d.Rows) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.T(lang, "target.grid.empty_title"), Text: i18n.T(lang, "target.grid.empty_text"), First: &ui.Action{Label: i18n.T(lang, "target.grid.back"), Href: p.Back}}
	}
	p.Live = gridWords{Number: i18n.T(lang, "target.cell.number"), Order: i18n.T(lang, "target.cell.order"), Large: i18n.T(lang, "target.cell.large"),
		Percent: i18n.T(lang, "target.percent"), Base: i18n.T(lang, "target.grid.base"), Short: i18n.T(lang, "target.grid.short"), Over: i18n.T(lang, "target.grid.over"),
		Even: i18n.T(lang, "target.grid.even"), None: i18n.T(lang, "target.grid.own_none"), Changed: i18n.T(lang, "target.grid.changed")}
	return p
}

func gridLineOf(lang i18n.Lang, d app.TargetSheet, row app.TargetSheetRow, t typedGrid) gridLine {
	code := string(row.Unit.Code)
	l := gridLine{Name: row.Unit.Name, Code: code, Href: talkHref(code, d.Year), Source: i18n.Count(lang, row.Source), Last: i18n.Count(lang, row.Last), Members: "–"}
	if row.Members != nil {
		l.Members = i18n.Count(lang, *row.Members)
	}
	if row.Base != nil {
		l.Base = strconv.Itoa(*row.Base)
	}
	if row.Closed() {
		l.Closed = i18n.T(lang, "target.grid.closed", "day", i18n.Date(lang, row.Unit.ClosedOn))
	}
	main := row.Fields[d.Main]
	if m := main.Move; m != nil && m.Range != nil {
		l.Proposed = m.Range.Words()
	}
	l.Turn, l.Waits = main.Turn.Words(), main.Turn.Waits()
	for i, c := range d.Columns {
		l.Cells = append(l.Cells, gridCellOf(lang, row, row.Fields[i], app.TargetCellKey{Unit: code, Indicator: c.Indicator, Part: c.Part}, t))
	}
	return l
}

func gridCellOf(lang i18n.Lang, row app.TargetSheetRow, f app.TargetField, k app.TargetCellKey, t typedGrid) gridCell {
	c := gridCell{Name: cellName(k), Column: string(k.Indicator) + "/" + string(k.Part), Part: k.Part != target.Whole, Value: f.Text(),
		Was: strconv.Itoa(f.Seq) + "|" + f.Text(), Error: t.faults[k], Planned: f.Plan != nil,
		Head:  columnWords(app.TargetColumn{Indicator: k.Indicator, Part: k.Part}),
		Label: joinWords(": ", row.Unit.Name, joinWords(", ", k.Indicator.Words(), k.Part.Words()))}
	if text, ok := t.text[k]; ok && text != t.was[k] {
		c.Value = text
	}
	switch {
	case f.Plan != nil && f.Plan.Share.Hundredths > 0:
		c.Note = i18n.T(lang, "target.grid.people", "n", f.Plan.Share.People())
	case f.Goal != nil:
		c.Note = i18n.T(lang, "target.grid.goal", "figure", f.Goal.Words())
	}
	return c
}

// columns sums up each column as it stands in the cells, beside the unit's own figure.
func (p *gridPage) columns(lang i18n.Lang, d app.TargetSheet) {
	for i, c := range d.Columns {
		col := gridColumn{Key: string(c.Indicator) + "/" + string(c.Part), Words: columnWords(c), Part: c.Part != target.Whole, Own: i18n.T(lang, "target.grid.own_none")}
		var own *int
		if plan := d.Own[i].Plan; plan != nil {
			own, col.Own, col.OwnMin = &plan.Min, plan.Range().Words(), strconv.Itoa(plan.Min)
		}
		var typed []int
		for k, row := range p.Rows {
			typed = append(typed, peopleOf(row.Cells[i].Value, d.Rows[k].Base))
		}
		b := target.Balance(own, typed)
		col.Sum, col.Balance = i18n.Count(lang, b.Sum), b.Words()
		p.Columns = append(p.Columns, col)
	}
}

// peopleOf is how many people a cell asks for at least; 0 where it cannot be read.
func peopleOf(text string, base *int) int {
	c, err := target.ParseCell(text)
	switch {
	case err != nil || c.Empty:
		return 0
	case c.Percent == 0:
		return c.Range.Min
	case base == nil:
		return 0
	}
	return target.Share{Hundredths: c.Percent, Base: *base}.People()
}

// gridSheet is the grid for a spreadsheet, from which cells are pasted back.
func gridSheet(lang i18n.Lang, p gridPage) xlsx.Table {
	t := xlsx.Table{Title: p.Heading, Subtitle: p.Lead, Columns: []xlsx.Column{{Name: i18n.T(lang, "target.column.unit")}, {Name: i18n.T(lang, "target.grid.code"), Width: 16},
		{Name: i18n.T(lang, "target.grid.members"), Width: 12}, {Name: i18n.T(lang, "target.grid.source"), Width: 12}, {Name: p.Last, Width: 12}, {Name: i18n.T(lang, "target.grid.proposed"), Width: 14}}}
	total := []xlsx.Cell{xlsx.Str(i18n.T(lang, "target.sum")), {}, {}, {}, {}, {}}
	for _, c := range p.Columns {
		t.Columns = append(t.Columns, xlsx.Column{Name: c.Words, Width: 18})
		total = append(total, xlsx.Str(c.Sum))
	}
	for _, row := range p.Rows {
		cells := []xlsx.Cell{xlsx.Str(row.Name), xlsx.Str(row.Code), xlsx.Str(row.Members), xlsx.Str(row.Source), xlsx.Str(row.Last), xlsx.Str(row.Proposed)}
		for _, c := range row.Cells {
			cells = append(cells, xlsx.Str(c.Value))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Total = total
	return t
}
