package target

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"ketnap/date"

	"pgregory.net/rapid"
)

func set(least int, state State, on string) Target {
	return Target{Unit: "THPT1", Year: 2024, Indicator: Admission, Min: least, State: state, SetOn: date.Must(on)}
}

func ptr(n int) *int { return &n }

func TestPlanIsTheLastFigureAssignedForTheYear(t *testing.T) {
	t.Parallel()
	otherYear := set(9, Assigned, "2024-03-01")
	otherYear.Year = 2025
	for _, c := range []struct {
		name    string
		history []Target
		plan    int
		none    bool
	}{
		{name: "nothing set is no plan", none: true},
		{name: "a goal spread from a letter is no plan", history: []Target{set(5, Goal, "2024-05-27")}, none: true},
		{name: "a goal marked as assigned is a plan", history: []Target{set(5, Goal, "2024-05-27"), set(5, Assigned, "2024-06-03")}, plan: 5},
		{name: "an adjustment replaces the figure", history: []Target{set(5, Assigned, "2024-01-15"), set(3, Assigned, "2024-09-30")}, plan: 3},
		{name: "a later goal leaves the assigned figure alone", history: []Target{set(4, Assigned, "2024-01-15"), set(8, Goal, "2024-05-27")}, plan: 4},
		{name: "what is assigned after the year comes too late", history: []Target{set(5, Assigned, "2024-01-15"), set(2, Assigned, "2025-01-02")}, plan: 5},
		{name: "the last day of the year still counts", history: []Target{set(5, Assigned, "2024-01-15"), set(2, Assigned, "2024-12-31")}, plan: 2},
		{name: "assigned before the year begins", history: []Target{set(6, Assigned, "2023-12-20")}, plan: 6},
		{name: "of two on one day the later entry counts", history: []Target{set(5, Assigned, "2024-02-01"), set(7, Assigned, "2024-02-01")}, plan: 7},
		{name: "the day counts, not the order of entry", history: []Target{set(7, Assigned, "2024-06-01"), set(5, Assigned, "2024-02-01")}, plan: 7},
		{name: "another year's figure is not this year's", history: []Target{otherYear}, none: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Plan(c.history, 2024)
			if ok == c.none || got.Min != c.plan {
				t.Errorf("got %d, %v", got.Min, ok)
			}
		})
	}
}

func TestARangeIsReachedFromItsLowerEndUpward(t *testing.T) {
	t.Parallel()
	r := set(15, Assigned, "2024-05-27")
	r.Max = ptr(20)
	for done, want := range map[int]bool{14: false, 15: true, 20: true, 21: true} {
		if Reached(r, done) != want {
			t.Errorf("%d of 15–20: want %v", done, want)
		}
	}
}

func TestPercentagesAreWrittenAsOfficesPrintThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		done, plan int
		want       string
	}{
		{21, 20, "105"}, {679, 1000, "67,9"}, {3534, 10000, "35,34"}, {0, 5, "0"}, {3, 5, "60"},
		{1, 3, "33,33"}, {2, 3, "66,67"}, {1, 8, "12,5"}, {1, 800, "0,13"}, {1, 20000, "0,01"}, {1, 20001, "0"},
		{12345, 100000, "12,35"}, {1, 1000, "0,1"}, {201, 200, "100,5"}, {999999, 1000000, "100"}, {1005, 100000, "1,01"},
		{5, 1, "500"}, {155, 1905, "8,14"},
	} {
		if got, ok := Percent(c.done, c.plan); !ok || got != c.want {
			t.Errorf("%d of %d: got %q, want %q", c.done, c.plan, got, c.want)
		}
	}
	for _, c := range [][2]int{{3, 0}, {0, 0}, {3, -1}, {-1, 3}} {
		if got, ok := Percent(c[0], c[1]); ok || got != "" {
			t.Errorf("%v has no percentage, got %q", c, got)
		}
	}
	if PercentOf(3, nil) != nil || PercentOf(3, ptr(0)) != nil || *PercentOf(3, ptr(4)) != "75" {
		t.Error("PercentOf follows Percent")
	}
}

func TestPercentIsTheExactQuotientRoundedHalfUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		done, plan := rapid.IntRange(0, 10_000_000).Draw(t, "done"), rapid.IntRange(1, 10_000_000).Draw(t, "plan")
		got, _ := Percent(done, plan)
		twice := new(big.Rat).SetFrac64(int64(done)*20_000+int64(plan), int64(plan)*2)
		floor := new(big.Int).Div(twice.Num(), twice.Denom())
		want := new(big.Rat).SetFrac(floor, big.NewInt(100))
		back, ok := new(big.Rat).SetString(strings.Replace(got, ",", ".", 1))
		if !ok || back.Cmp(want) != 0 {
			t.Fatalf("%d of %d: got %s, want %s", done, plan, got, want.FloatString(2))
		}
		if strings.Contains(got, ",") && strings.HasSuffix(got, "0") || strings.HasSuffix(got, ",") {
			t.Fatalf("trailing zero in %q", got)
		}
	})
}

func TestWordsOfProgressAndSpread(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{Measure(3, ptr(5)).Words(), "3 / 5 · còn 2"},
		{Measure(5, ptr(5)).Words(), "5 / 5 · đạt"},
		{Measure(6, ptr(5)).Words(), "6 / 5 · vượt 1"},
		{Measure(3, nil).Words(), "3 · chưa giao chỉ tiêu"},
		{Balance(ptr(10), []int{3, 5}).Words(), "giao thiếu 2"},
		{Balance(ptr(10), []int{6, 5}).Words(), "giao thừa 1"},
		{Balance(ptr(10), []int{5, 5}).Words(), "giao đủ"},
		{Balance(nil, []int{5}).Words(), "chưa được giao chỉ tiêu"},
		{Target{Min: 15, Max: ptr(20)}.Words(), "15–20"},
		{Target{Min: 5}.Words(), "từ 5 trở lên"},
		{Target{Min: 5, Max: ptr(5)}.Words(), "5"},
		{Event("decision").Words(), "ngày quyết định kết nạp"},
		{Event("ceremony").Words(), "ngày tổ chức lễ kết nạp"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	for _, i := range Indicators() {
		if i.Words() == string(i) {
			t.Errorf("%s has no words", i)
		}
	}
}

func TestAFigureThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	good := set(15, Goal, "2024-05-27")
	good.Max = ptr(20)
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(*Target)
		want   error
	}{
		{"unknown indicator", func(t *Target) { t.Indicator = "x" }, ErrIndicator},
		{"unknown state", func(t *Target) { t.State = "" }, ErrState},
		{"year of a slip", func(t *Target) { t.Year = 20244 }, ErrYear},
		{"negative", func(t *Target) { t.Min = -1 }, ErrMin},
		{"too many", func(t *Target) { t.Min = maxPeople + 1 }, ErrMin},
		{"upper end below the lower", func(t *Target) { t.Max = ptr(14) }, ErrMax},
		{"upper end too far", func(t *Target) { t.Max = ptr(maxPeople + 1) }, ErrMax},
		{"no day", func(t *Target) { t.SetOn = date.Date{} }, ErrDay},
		{"long reason", func(t *Target) { t.Reason = strings.Repeat("ă", maxText+1) }, ErrText},
	} {
		bad := good
		c.change(&bad)
		if err := bad.Validate(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
	zero := good
	zero.Min = 0
	if err := zero.Validate(); err != nil {
		t.Errorf("a plan of 0 is a plan: %v", err)
	}
}
