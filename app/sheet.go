package app

import (
	"context"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/report"
	"ketnap/source"
)

// A sheetForm is a form of the letter whose columns are its own, with the method that
// fills it.
type sheetForm struct {
	form report.Form
	fill func(*App, context.Context, Actor, string, date.Period) (report.Sheet, error)
}

// sheetForms is the one list of those forms: pages, files, API and command line go by it.
func sheetForms() []sheetForm {
	return []sheetForm{
		{report.Source, (*App).SourceSheet},
		{report.Class, (*App).ClassSheet},
		{report.Union, (*App).UnionSheet},
	}
}

// SheetForms lists the forms that Sheet fills, in the order of the choice of a report.
func SheetForms() []report.Form {
	var out []report.Form
	for _, f := range sheetForms() {
		out = append(out, f.form)
	}
	return out
}

// Sheet fills one of SheetForms for a unit and a period. It fails with NotFound for any
// other form.
func (a *App) Sheet(ctx context.Context, who Actor, form report.Form, unit string, period date.Period) (report.Sheet, error) {
	for _, f := range sheetForms() {
		if f.form == form {
			return f.fill(a, ctx, who, unit, period)
		}
	}
	return report.Sheet{}, errs.E(errs.NotFound, "report.form", "form", string(form))
}

// SourceSheet is the review of the sources of a unit's children in a period. A unit that
// nobody reviewed has the numbers of today's register while the period runs, else none.
func (a *App) SourceSheet(ctx context.Context, who Actor, unit string, period date.Period) (s report.Sheet, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		children, err := r.partyChildren(ctx, u)
		if err != nil {
			return err
		}
		lines, err := r.reviewLines(ctx, append([]org.Unit{u}, children...), period)
		if err != nil {
			return err
		}
		s = report.Sheet{Form: report.Source, Unit: string(u.Code), Name: u.Name, Title: "Rà soát nguồn kết nạp đảng viên",
			Period: period, Cutoff: report.Cutoff(period, r.Today), Columns: sourceColumns(), Rows: []report.SheetRow{}}
		running := period.Contains(r.Today)
		for _, l := range lines[1:] {
			s.Rows = append(s.Rows, sourceRow(l, running))
		}
		if s.Total = s.Sum(); len(s.Rows) == 0 {
			s.Total = sourceRow(lines[0], running)
		}
		s.Notes = []string{"Số của mỗi đơn vị gồm cả các đơn vị trực thuộc, theo lần rà soát do cấp cao nhất ghi.",
			"Đơn vị chưa rà soát: lấy số trong sổ đến ngày " + s.Cutoff.VN() + " nếu kỳ chưa hết; dấu gạch là chưa có số.",
			"Còn nguồn, hết nguồn: số đơn vị đã có kết luận trong kỳ (708-CV/ĐUK, mục 1)."}
		return nil
	})
	return s, err
}

// Keys of the columns of conclusions; the others are the layers.
const (
	columnHas  = "has_source"
	columnNone = "no_source"
)

func sourceColumns() []report.Figure {
	var out []report.Figure
	for _, l := range source.Layers() {
		out = append(out, report.Figure{Key: string(l), Name: l.Short()})
	}
	return append(out, report.Figure{Key: columnHas, Name: "Còn nguồn"}, report.Figure{Key: columnNone, Name: "Hết nguồn"})
}

func sourceRow(l ReviewLine, running bool) report.SheetRow {
	row := report.SheetRow{Unit: string(l.Unit.Code), Name: l.Unit.Name}
	for _, layer := range source.Layers() {
		value, said := l.Value(layer)
		if !said && !running {
			value = nil
		}
		row.Values = append(row.Values, value)
	}
	if l.Review == nil {
		row.Values = append(row.Values, nil, nil)
		return row
	}
	has, none := 1, 0
	if !l.Review.Has {
		has, none = 0, 1
	}
	row.Values = append(row.Values, &has, &none)
	return row
}
