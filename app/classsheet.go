package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/org"
	"ketnap/report"
	"ketnap/store"
)

// classColumns are the columns of the form of classes (CLS-16).
func classColumns() []report.Figure {
	return []report.Figure{
		{Key: "awareness_listed", Name: "Lớp nhận thức: triệu tập"}, {Key: "awareness_attended", Name: "Dự học"}, {Key: "awareness_passed", Name: "Đạt"},
		{Key: "awareness_female", Name: "Nữ đạt"}, {Key: "awareness_excellent", Name: "Xuất sắc"}, {Key: "awareness_very_good", Name: "Giỏi"},
		{Key: "awareness_good", Name: "Khá"}, {Key: "awareness_average", Name: "Trung bình, đạt"},
		{Key: "new_member_listed", Name: "Lớp đảng viên mới: triệu tập"}, {Key: "new_member_attended", Name: "Dự học"}, {Key: "new_member_passed", Name: "Đạt"},
	}
}

// ClassSheet is the report on classes of a period: a line for each unit directly below, or
// the unit's own where there is none. It counts people on lists, so it is for who sees
// figures. It fails with NotFound for a unit out of sight.
func (a *App) ClassSheet(ctx context.Context, who Actor, unit string, period date.Period) (s report.Sheet, err error) {
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		rows, err := r.Children(ctx, u.No)
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(c org.Unit) bool { return c.Type == org.Board || c.Type == org.Union })
		if len(rows) == 0 {
			rows = []org.Unit{u}
		}
		s = report.Sheet{Form: report.Class, Unit: string(u.Code), Name: u.Name, Title: "Kết quả các lớp bồi dưỡng", Period: period, Cutoff: r.Today, Columns: classColumns(),
			Notes: []string{"Tính các lớp bắt đầu trong kỳ, theo danh sách lớp và quyết định công nhận kết quả; người học hai lớp tính hai lần (CLS-16).", "Người còn được viết lại bài thu hoạch thì tính dự học, đạt khi có quyết định bổ sung."}}
		figures, err := r.ClassFigures(ctx, append(numbers(rows), u.No), period.From, period.To)
		if err != nil {
			return err
		}
		for _, c := range rows {
			s.Rows = append(s.Rows, report.SheetRow{Unit: string(c.Code), Name: c.Name, Values: classValues(figures, c.No)})
		}
		s.Total = report.SheetRow{Unit: s.Unit, Name: s.Name, Values: classValues(figures, u.No)}
		return nil
	})
	return s, err
}

// classValues are the figures of one unit, in the order of classColumns.
func classValues(figures []store.ClassFigure, unit org.UnitNo) []*int {
	n := map[string]int{}
	for _, f := range figures {
		if f.Unit != unit || f.State == class.Dropped {
			continue
		}
		kind := string(f.Kind)
		n[kind+"_listed"] += f.Count
		if f.Attended {
			n[kind+"_attended"] += f.Count
		}
		if f.Outcome != class.OutcomePassed {
			continue
		}
		n[kind+"_passed"] += f.Count
		if f.Sex == "female" {
			n[kind+"_female"] += f.Count
		}
		grade := f.Grade
		if grade == class.Passed {
			grade = class.Average
		}
		n[kind+"_"+string(grade)] += f.Count
	}
	out := make([]*int, 0, len(classColumns()))
	for _, c := range classColumns() {
		v := n[c.Key]
		out = append(out, &v)
	}
	return out
}
