package report

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/target"

	"pgregory.net/rapid"
)

func ptr(n int) *int { return &n }

func period(t *testing.T, s string) date.Period {
	t.Helper()
	p, err := date.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func facts() Facts {
	return Facts{
		Unit: Line{Unit: "ĐUK", Name: "Đảng ủy Khối các cơ quan tỉnh", Plan: ptr(20), Admitted: 21},
		Children: []Line{
			{Unit: "THPT1", Name: "Trường THPT số 1", Plan: ptr(5), Admitted: 3},
			{Unit: "SYT", Name: "Sở Y tế", Plan: ptr(12), Admitted: 17},
			{Unit: "BTC", Name: "Ban Tổ chức", Admitted: 0},
			{Unit: "VP", Name: "Văn phòng", Plan: ptr(0), Admitted: 1},
		},
		Today: date.Must("2024-11-23"), Event: target.ByDecision,
	}
}

func TestTheShapeIsTheContracts(t *testing.T) {
	t.Parallel()
	r, err := Build(Admission, period(t, "2024-H1"), facts())
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"form":"admission","unit":"ĐUK","period":"2024-H1","cutoff":"2024-06-30","counting_event":"decision","rows":[` +
		`{"unit":"THPT1","name":"Trường THPT số 1","plan":5,"admitted":3,"percent":"60"},` +
		`{"unit":"SYT","name":"Sở Y tế","plan":12,"admitted":17,"percent":"141,67"},` +
		`{"unit":"BTC","name":"Ban Tổ chức","plan":null,"admitted":0,"percent":null},` +
		`{"unit":"VP","name":"Văn phòng","plan":0,"admitted":1,"percent":null}],` +
		`"total":{"plan":20,"children_plan":17,"admitted":21,"percent":"105"}}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAUnitWithoutPlanOrChildren(t *testing.T) {
	t.Parallel()
	r, err := Build(Admission, period(t, "2024"), Facts{Unit: Line{Unit: "CB1", Name: "Chi bộ 1", Admitted: 2}, Today: date.Must("2024-05-27"), Event: target.ByCeremony})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"cutoff":"2024-05-27","counting_event":"ceremony","rows":[],"total":{"plan":null,"children_plan":0,"admitted":2,"percent":null}}`; !strings.HasSuffix(string(got), want) {
		t.Errorf("got %s", got)
	}
}

func TestAnUnknownFormIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Build("zodiac", period(t, "2024"), facts()); !errors.Is(err, ErrForm) {
		t.Errorf("got %v", err)
	}
	for _, f := range Forms() {
		if _, err := Build(f, period(t, "2024"), facts()); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestTheCutoffIsTheEndOfThePeriodOrTheBusinessDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ period, today, want string }{
		{"2024", "2024-11-23", "2024-11-23"}, {"2024", "2024-12-31", "2024-12-31"}, {"2024", "2025-03-01", "2024-12-31"},
		{"2024-Q2", "2024-11-23", "2024-06-30"}, {"2024-05", "2024-05-27", "2024-05-27"},
	} {
		if got := Cutoff(period(t, c.period), date.Must(c.today)); got != date.Must(c.want) {
			t.Errorf("%s on %s: %s, want %s", c.period, c.today, got, c.want)
		}
	}
}

func TestWordsOfTheTable(t *testing.T) {
	t.Parallel()
	r, err := Build(Admission, period(t, "2024-Q2"), facts())
	if err != nil {
		t.Fatal(err)
	}
	if r.Title() != "Kết quả kết nạp đảng viên quý II/2024" || r.Subtitle() != "Đảng ủy Khối các cơ quan tỉnh" {
		t.Errorf("title %q, %q", r.Title(), r.Subtitle())
	}
	notes := strings.Join(r.Notes(), " ")
	for _, want := range []string{"đến hết ngày 30/6/2024", "ngày quyết định kết nạp", "giao thiếu 3"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
	r.Total.Plan = nil
	if !strings.Contains(strings.Join(r.Notes(), " "), "chưa được giao") {
		t.Error("a missing plan is said")
	}
	if cols := r.Columns(); len(cols) != 5 || cols[2].Head != "Chỉ tiêu năm 2024" {
		t.Errorf("columns %v", cols)
	}
}

func TestRowsKeepTheirOrderAndTheirPlansAddUp(t *testing.T) {
	t.Parallel()
	p := period(t, "2024")
	rapid.Check(t, func(t *rapid.T) {
		f := facts()
		f.Children = nil
		sum := 0
		for range rapid.IntRange(0, 20).Draw(t, "children") {
			l := Line{Unit: rapid.String().Draw(t, "unit"), Admitted: rapid.IntRange(0, 99).Draw(t, "admitted")}
			if rapid.Bool().Draw(t, "has plan") {
				l.Plan = ptr(rapid.IntRange(0, 99).Draw(t, "plan"))
				sum += *l.Plan
			}
			f.Children = append(f.Children, l)
		}
		r, err := Build(Admission, p, f)
		if err != nil || r.Rows == nil || len(r.Rows) != len(f.Children) || r.Total.ChildrenPlan != sum {
			t.Fatalf("%v: %+v", err, r)
		}
		for i, row := range r.Rows {
			if row.Unit != f.Children[i].Unit || (row.Percent == nil) != (row.Plan == nil || *row.Plan == 0) {
				t.Fatalf("row %d: %+v", i, row)
			}
		}
	})
}
