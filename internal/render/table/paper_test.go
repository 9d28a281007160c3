package table

import (
	"slices"
	"testing"

	"ketnap/date"
	"ketnap/document"
	"ketnap/org"
	"ketnap/report"
	"ketnap/target"
)

func TestAReportIsAPaperOfItsUnit(t *testing.T) {
	t.Parallel()
	period, err := date.ParsePeriod("2024")
	if err != nil {
		t.Fatal(err)
	}
	five := 5
	r, err := report.Build(report.Admission, period, report.Facts{
		Unit:     report.Line{Unit: "C01", Name: "Đảng ủy Sở Y tế", Plan: &five, Admitted: 3},
		Children: []report.Line{{Unit: "B1", Name: "Chi bộ 1", Plan: &five, Admitted: 3}, {Unit: "B2", Name: "Chi bộ 2"}},
		Today:    date.Must("2026-11-23"), Event: target.ByDecision,
	})
	if err != nil {
		t.Fatal(err)
	}
	above := org.Unit{Name: "Đảng ủy Khối", Type: org.Committee}
	for _, c := range []struct {
		unit            org.Unit
		symbol, title   string
		authority, kept string
	}{
		{org.Unit{Name: "Đảng ủy Sở Y tế", Type: org.BaseCommittee}, "BC/ĐU", "BÍ THƯ", "T/M ĐẢNG ỦY", "Lưu Đảng ủy"},
		{org.Unit{Name: "Chi bộ 1", Type: org.Branch}, "BC/CB", "BÍ THƯ", "T/M CHI BỘ", "Lưu Chi bộ"},
		{org.Unit{Name: "Ban Tổ chức", Type: org.Board}, "BC/BTC", "TRƯỞNG BAN", "", "Lưu Ban"},
	} {
		d := ReportPaper(r, []org.Unit{c.unit, above}, date.Must("2026-11-23"))
		s := d.Signatures[0]
		if d.Symbol != c.symbol || s.Title != c.title || s.Authority != c.authority || d.Filed != c.kept || d.Superior != "ĐẢNG ỦY KHỐI" {
			t.Errorf("%s: %+v", c.unit.Name, d)
		}
		if d.Layout != document.Layout05 || d.Kind != "BÁO CÁO" || d.Title != "kết quả kết nạp đảng viên năm 2024" || d.Number != 0 || !d.On.IsZero() {
			t.Errorf("%s: head %+v", c.unit.Name, d)
		}
		grid := d.Body[1].Table
		if !slices.Equal(grid.Rows[0], []string{"1", "Chi bộ 1", "5", "3", "60"}) || !slices.Equal(grid.Rows[1], []string{"2", "Chi bộ 2", "–", "0", "–"}) ||
			!slices.Equal(grid.Total, []string{"", "Toàn đơn vị", "5", "3", "60"}) {
			t.Errorf("rows %v, total %v", grid.Rows, grid.Total)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}
