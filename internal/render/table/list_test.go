package table

import (
	"bytes"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/render/xlsx"
	"ketnap/rating"
	"ketnap/target"
)

func TestEveryRowFitsItsColumns(t *testing.T) {
	t.Parallel()
	day := date.Must("2024-10-15")
	good, plan := rating.Good, 5
	for name, table := range map[string]xlsx.Table{
		"stuck": Stuck("Khối", day, 3, []StuckLine{{Unit: "C02", In: "Chi bộ", Name: "Lê Thị Lan", Stage: admission.Listed,
			Since: date.Must("2024-05-01"), Reason: admission.WaitingClass.Words(), Next: admission.Certify, Who: admission.DeskBranch}}),
		"admitted": Admitted("Khối", day, day, target.ByDecision, []AdmittedLine{{Unit: "C02", Name: "Lê Thị Lan", Decided: day}}),
		"ratings": Ratings("Khối", 2024, []RatingLine{{Name: "Chi bộ", Source: 4,
			Rating: rating.Rating{Unit: "C02", Year: 2024, Plan: &plan, Admitted: 3, HasSource: true, HasSourceBasis: rating.Computed, Ceiling: &good, CountingEvent: target.ByDecision}}}),
	} {
		if len(table.Rows) != 1 || len(table.Rows[0]) != len(table.Columns) || len(table.Notes) == 0 {
			t.Errorf("%s: %d cells for %d columns, notes %q", name, len(table.Rows[0]), len(table.Columns), table.Notes)
		}
		var b bytes.Buffer
		if err := xlsx.Write(&b, table); err != nil || b.Len() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWordsOfALine(t *testing.T) {
	t.Parallel()
	if got := Source(rating.Rating{HasSourceBasis: rating.Recorded}); got != "không còn nguồn (đã kết luận)" {
		t.Error(got)
	}
	for desk, want := range map[admission.Desk]string{admission.DeskBranch: "chi bộ", admission.DeskBase: "đảng ủy cơ sở", admission.DeskBoard: "cấp ủy có thẩm quyền", "": ""} {
		if got := Desk(desk); got != want {
			t.Errorf("%q: %q", desk, got)
		}
	}
}
