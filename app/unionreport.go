package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/report"
	"ketnap/store"
	"ketnap/target"
	"ketnap/union"
)

// unionYear is what is known of one union for a time: its count and what came of it.
type unionYear struct {
	union.Facts
	Figures   union.Figures // as submitted; nil without
	Certified int
}

// unionFacts gathers what unions did from one day to another within a year.
func (a *App) unionFacts(ctx context.Context, r *reading, units []org.Unit, from, to date.Date) (map[org.UnitNo]unionYear, error) {
	out := make(map[org.UnitNo]unionYear, len(units))
	nos, year := numbers(units), from.Year()
	counts, err := r.UnionCountsOf(ctx, nos)
	if err != nil {
		return nil, err
	}
	targets, err := r.plans(ctx, nos, year, target.Introduction)
	if err != nil {
		return nil, err
	}
	movements, err := r.CountUnionMovements(ctx, nos, from, to)
	if err != nil {
		return nil, err
	}
	sessions, err := r.CountUnionSessions(ctx, nos, from, to)
	if err != nil {
		return nil, err
	}
	books, err := a.unionBooks(ctx, r.Tx, units, from, to)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		y := unionYear{Facts: union.Facts{Target: targets[u.No].Min, Movements: movements[u.No], Sessions: sessions[u.No]}}
		if by, ok := union.Introduces(u.Kind); ok {
			n := books[by][u.Beside]
			y.Introduced, y.Admitted, y.Certified = n[union.Introduced], n[union.Admitted], n[union.Certified]
		}
		for _, n := range counts {
			if n.Unit == u.No && n.Year == year {
				y.Asked = true
				if n.State == union.Submitted {
					y.Counted, y.Figures = true, n.Figures
					y.OnTime = union.DaysLate(n.Due, n.SubmittedOn, r.Today) == 0
				}
			}
		}
		out[u.No] = y
	}
	return out, nil
}

// unionBooks are the registers of the party units beside unions, by who introduces.
func (a *App) unionBooks(ctx context.Context, tx *store.Tx, units []org.Unit, from, to date.Date) (map[admission.Introducer]map[org.UnitNo]union.Figures, error) {
	party := map[admission.Introducer][]org.UnitNo{}
	for _, u := range units {
		if by, ok := union.Introduces(u.Kind); ok && u.Beside != 0 && !slices.Contains(party[by], u.Beside) {
			party[by] = append(party[by], u.Beside)
		}
	}
	out := map[admission.Introducer]map[org.UnitNo]union.Figures{}
	for by, nos := range party {
		book, err := a.unionBook(ctx, tx, nos, by, from, to)
		if err != nil {
			return nil, err
		}
		out[by] = book
	}
	return out, nil
}

// A CriterionLine is a union with its year, for the table of the criterion.
type CriterionLine struct {
	Unit org.Unit
	union.Facts
	Percent *float64      // of those introduced, who were admitted (TGT-16)
	Lines   []union.Line  // of the criterion
	Rating  *union.Rating // the last that people decided; nil without
}

// A CriterionTable is the year of every union that the actor sees.
type CriterionTable struct {
	Today date.Date
	Year  int
	Rows  []CriterionLine
}

// UnionCriteria returns the year of every union that the actor sees, as facts: nobody is
// given points and nobody is ranked (EVAL-36).
func (a *App) UnionCriteria(ctx context.Context, who Actor, year int) (t CriterionTable, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		t.Today, t.Year = r.Today, year
		units, err := r.Unions(ctx, r.Scope)
		if err != nil {
			return err
		}
		t.Rows, err = a.criterionLines(ctx, r, units, year)
		return err
	})
	return t, err
}

func (a *App) criterionLines(ctx context.Context, r *reading, units []org.Unit, year int) ([]CriterionLine, error) {
	from, to := yearOfDays(year)
	facts, err := a.unionFacts(ctx, r, units, from, to)
	if err != nil {
		return nil, err
	}
	ratings, err := r.UnionRatings(ctx, numbers(units), year)
	if err != nil {
		return nil, err
	}
	var out []CriterionLine
	for _, u := range units {
		f := facts[u.No].Facts
		line := CriterionLine{Unit: u, Facts: f, Percent: union.Tally{Introduced: f.Introduced, Admitted: f.Admitted}.Percent(), Lines: union.Criterion(f)}
		for _, g := range ratings {
			if g.Unit == u.No {
				line.Rating = &g.Rating
			}
		}
		out = append(out, line)
	}
	return out, nil
}

// A CriterionPage is the year of one union with its ratings.
type CriterionPage struct {
	CriterionLine
	Year    int
	Today   date.Date
	Ratings []store.UnionRating // all that were recorded, oldest first
	May     bool                // the actor records the rating
}

// UnionCriterion returns the year of one union.
func (a *App) UnionCriterion(ctx context.Context, who Actor, unit string, year int) (p CriterionPage, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		p.Year, p.Today = year, r.Today
		u, err := r.union(ctx, unit)
		if err != nil {
			return err
		}
		lines, err := a.criterionLines(ctx, r, []org.Unit{u}, year)
		if err != nil {
			return err
		}
		p.CriterionLine = lines[0]
		if p.Ratings, err = r.UnionRatings(ctx, []org.UnitNo{u.No}, year); err != nil {
			return err
		}
		o, err := a.ratingOrder(ctx, r.Tx, who, u)
		if err != nil {
			return err
		}
		line, err := r.Line(ctx, o.unit)
		p.May = err == nil && who.may(o.right, r.Today, line)
		return err
	})
	return p, err
}

// ratingOrder asks for the right to record the rating of a union: that of the union above
// it, or of the committee beside it, never its own.
func (a *App) ratingOrder(ctx context.Context, tx *store.Tx, who Actor, u org.Unit) (order, error) {
	if u.Parent != 0 {
		line, err := tx.Line(ctx, u.Parent)
		if err != nil {
			return order{}, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return order{}, err
		}
		if who.may(access.RecordUnion, today, line) || u.Beside == 0 {
			return order{right: access.RecordUnion, see: access.SeeUnion, unit: u.Parent, none: "unit.none"}, nil
		}
	}
	if u.Beside == 0 {
		return order{right: access.HoldSession, see: access.SeeUnion, unit: u.No, none: "unit.none"}, nil
	}
	return order{right: access.HoldSession, see: access.SeeUnion, unit: u.Beside, none: "unit.none"}, nil
}

// RateUnion records the official rating of a union's year, as people decided it.
func (a *App) RateUnion(ctx context.Context, who Actor, unit string, g union.Rating) error {
	var u org.Unit
	find := func(tx *store.Tx) (o order, err error) {
		if u, err = unitByCode(ctx, tx, unit); err != nil || u.Type != org.Union {
			return o, errs.E(errs.NotFound, "unit.none").Because(err)
		}
		return a.ratingOrder(ctx, tx, who, u)
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		if field, err := g.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		row := store.UnionRating{Rating: g, ID: newID(), Unit: u.No, At: w.At, Who: w.who.Name}
		return record{object: "union_rating/" + unit, after: map[string]any{"year": g.Year, "level": g.Level, "by": g.By, "on": g.On}, rules: "EVAL-30 EVAL-31"}, w.AddUnionRating(ctx, w.Permit, row)
	})
}

// UnionSheet is the form `union` of a period: the unions below a unit with the count of
// the year and what came of it in the period (UNI-04, UNI-13). The unit is a union, or a
// party unit that stands for the unions beside it. It fails with NotFound where the actor
// sees none of them.
func (a *App) UnionSheet(ctx context.Context, who Actor, unit string, period date.Period) (s report.Sheet, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		u, tops, rows, err := r.sheetUnions(ctx, unit)
		if err != nil {
			return err
		}
		to := period.To
		if to.After(r.Today) {
			to = r.Today
		}
		facts, err := a.unionFacts(ctx, r, rows, period.From, to)
		if err != nil {
			return err
		}
		word, err := a.countingEvent(ctx, r.Tx, r.Today)
		if err != nil {
			return err
		}
		s = report.Sheet{Form: report.Union, Unit: string(u.Code), Name: u.Name, Title: "Thống kê quần chúng trong độ tuổi đoàn và kết quả giới thiệu, kết nạp",
			Period: period, Cutoff: to, Columns: unionSheetColumns(), Notes: []string{
				"Số lượng lấy từ đợt thống kê năm của tổ chức đoàn; đơn vị chưa gửi thì để trống.",
				"Giấy chứng nhận, giới thiệu và kết nạp tính theo sổ, trong kỳ; kết nạp tính theo " + target.Event(word).Words() + ".",
				"Kết nạp là của người do đoàn thể giới thiệu, kể cả giới thiệu từ trước kỳ này."}}
		for _, x := range rows {
			s.Rows = append(s.Rows, unionSheetRow(x, facts[x.No]))
		}
		if err := a.restOfUnions(ctx, r, &s, tops, rows, facts); err != nil {
			return err
		}
		s.Total = s.Sum()
		return nil
	})
	return s, err
}

// restOfUnions adds, for each union over the rows, what it did itself and whom it introduced
// where no union of a row stands, so that the sum is what the union itself shows.
func (a *App) restOfUnions(ctx context.Context, r *reading, s *report.Sheet, tops, rows []org.Unit, facts map[org.UnitNo]unionYear) error {
	tops = slices.DeleteFunc(slices.Clone(tops), func(top org.Unit) bool {
		return slices.ContainsFunc(rows, func(x org.Unit) bool { return x.No == top.No })
	})
	whole, err := a.unionFacts(ctx, r, tops, s.Period.From, s.Cutoff)
	if err != nil {
		return err
	}
	for _, top := range tops {
		rest := whole[top.No]
		rest.Figures = nil // who is counted is counted in the rows
		for _, x := range rows {
			if y := facts[x.No]; x.Parent == top.No {
				rest.Certified -= y.Certified
				rest.Target -= y.Target
				rest.Introduced -= y.Introduced
				rest.Admitted -= y.Admitted
			}
		}
		if max(rest.Certified, rest.Target, rest.Introduced, rest.Admitted, rest.Movements, rest.Sessions) > 0 {
			row := unionSheetRow(top, rest)
			row.Name += ", trực tiếp"
			s.Rows = append(s.Rows, row)
		}
	}
	return nil
}

// sheetUnions finds the unit of a sheet, the unions that stand for it and its rows: the
// unions below these, or themselves where there are none.
func (r *reading) sheetUnions(ctx context.Context, code string) (u org.Unit, tops, rows []org.Unit, err error) {
	if u, err = unitByCode(ctx, r.Tx, code); err != nil {
		return u, nil, nil, unitNone(err)
	}
	tops = []org.Unit{u}
	if u.Type != org.Union {
		if _, _, err = r.unit(ctx, code); err != nil {
			return u, nil, nil, err
		}
		if tops, err = r.UnionsBeside(ctx, u.No); err != nil {
			return u, nil, nil, err
		}
	} else if _, err = r.union(ctx, code); err != nil {
		return u, nil, nil, err
	}
	for _, top := range tops {
		below, err := r.Children(ctx, top.No)
		if err != nil {
			return u, nil, nil, err
		}
		below = slices.DeleteFunc(below, func(c org.Unit) bool { return c.Type != org.Union || !c.ClosedOn.IsZero() })
		if len(below) == 0 {
			below = []org.Unit{top}
		}
		rows = append(rows, below...)
	}
	return u, tops, rows, nil
}

// counted are the columns of the sheet that the count gives; the rest is from registers.
func countedColumns() []union.Column {
	return []union.Column{union.Total, union.OfAge, union.Members, union.PartyOfAge, union.Outstanding, union.Class}
}

func unionSheetColumns() []report.Figure {
	var out []report.Figure
	for _, c := range append(countedColumns(), union.Certified) {
		out = append(out, report.Figure{Key: string(c), Name: c.Words()})
	}
	return append(out, report.Figure{Key: "target", Name: "Chỉ tiêu giới thiệu"}, report.Figure{Key: string(union.Introduced), Name: union.Introduced.Words()},
		report.Figure{Key: string(union.Admitted), Name: union.Admitted.Words()}, report.Figure{Key: "movements", Name: "Phong trào"}, report.Figure{Key: "sessions", Name: "Làm việc với cấp ủy"})
}

func unionSheetRow(u org.Unit, y unionYear) report.SheetRow {
	row := report.SheetRow{Unit: string(u.Code), Name: u.Name}
	for _, c := range countedColumns() {
		if v, ok := y.Figures[c]; ok {
			row.Values = append(row.Values, &v)
		} else {
			row.Values = append(row.Values, nil)
		}
	}
	var aim *int
	if y.Target > 0 {
		aim = &y.Target
	}
	return report.SheetRow{Unit: row.Unit, Name: row.Name, Values: append(row.Values, &y.Certified, aim, &y.Introduced, &y.Admitted, &y.Movements, &y.Sessions)}
}
