package report

import (
	"encoding/json"
	"testing"
)

func TestASheetIsOneObjectARow(t *testing.T) {
	t.Parallel()
	n := func(v int) *int { return &v }
	s := Sheet{
		Form: Source, Unit: "K01", Name: "Đảng bộ Khối", Columns: []Figure{{"youth", "Độ tuổi đoàn"}, {"listed", "Cảm tình đảng"}},
		Rows: []SheetRow{{"K01.01", "Chi bộ Một", []*int{n(3), nil}}, {"K01.02", "Chi bộ Hai", []*int{n(4), nil}}},
	}
	s.Total = s.Sum()
	if *s.Total.Values[0] != 7 || s.Total.Values[1] != nil {
		t.Fatalf("the sum: %+v", s.Total)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Form  string
		Rows  []map[string]any
		Total map[string]any
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if back.Form != "source" || back.Rows[1]["unit"] != "K01.02" || back.Rows[1]["youth"] != 4.0 || back.Rows[1]["listed"] != nil || back.Total["youth"] != 7.0 {
		t.Errorf("%s", text)
	}
}
