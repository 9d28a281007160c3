package rating

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/source"
	"ketnap/target"

	"pgregory.net/rapid"
)

// letter is the ceiling of the letter: 2024 and 2025, clause 1.
func letter() []Ceiling {
	return []Ceiling{
		{Document: "708-CV/ĐUK", Clause: "1", Year: 2024, Denies: Excellent, Condition: WhenSourceAndPlanMissed},
		{Document: "708-CV/ĐUK", Clause: "1", Year: 2025, Denies: Excellent, Condition: WhenSourceAndPlanMissed},
	}
}

func people(stages ...admission.Stage) []source.Candidate {
	var out []source.Candidate
	for i, s := range stages {
		out = append(out, source.Candidate{ID: string(rune('a' + i)), Name: "Nguyễn Thị Lan", Stage: s})
	}
	return out
}

// facts are those of a school that was to admit 5 in 2024, admitted 3 and has 4 left.
func facts() Facts {
	return Facts{
		Unit: "THPT1", Year: 2024, Today: date.Must("2025-01-10"), Admitted: 3, Event: target.ByDecision,
		Plan:       &target.Target{Unit: "THPT1", Year: 2024, Min: 5, State: target.Assigned, Document: "42-KH/ĐUK", Clause: "2", SetOn: date.Must("2024-01-15")},
		Candidates: people(admission.Listed, admission.Ready, admission.BaseResolved, admission.Held),
		Ceilings:   letter(), Head: &Head{Name: "Trần Văn Bình", From: date.Must("2020-08-01")},
	}
}

func judged(change func(*Facts)) Rating {
	f := facts()
	if change != nil {
		change(&f)
	}
	return Judge(f)
}

func (r Rating) says(text string) bool {
	return slices.ContainsFunc(r.Because, func(b Because) bool { return strings.Contains(b.Text, text) || strings.Contains(b.Cite, text) })
}

func TestCeiling(t *testing.T) {
	t.Parallel()
	judgement := func(l source.Level, has bool) func(*Facts) {
		return func(f *Facts) {
			f.Judgements = []source.Judgement{{Year: 2024, Level: l, HasSource: has, Reason: source.AllMembers, On: date.Must("2024-11-20"), By: "Lê Thị Hoa"}}
		}
	}
	for _, c := range []struct {
		name     string
		change   func(*Facts)
		ceiling  bool
		source   bool
		basis    string
		sentence string
		because  string
	}{
		{name: "source left and plan missed: denied (EVAL-20)", ceiling: true, source: true, basis: Computed,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3, còn nguồn 4.", because: "708-CV/ĐUK, mục 1"},
		{name: "plan reached: open (EVAL-22)", change: func(f *Facts) { f.Admitted = 5 }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 5.", because: "đạt kế hoạch"},
		{name: "no source: open", change: func(f *Facts) { f.Candidates = people(admission.Outstanding, admission.Decided, admission.Closed) }, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3, nhưng không còn nguồn.", because: "Không còn nguồn"},
		{name: "the decided are source where the ceremony counts", change: func(f *Facts) { f.Candidates, f.Event = people(admission.Decided), target.ByCeremony }, ceiling: true, source: true, basis: Computed,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3, còn nguồn 1.", because: "ngày tổ chức lễ kết nạp"},
		{name: "no plan: open, with a warning", change: func(f *Facts) { f.Plan = nil }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: chưa có chỉ tiêu được giao năm 2024.", because: "EVAL-23"},
		{name: "a plan of 0 is reached by nobody", change: func(f *Facts) { f.Plan.Min, f.Admitted = 0, 0 }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 0, đã kết nạp 0.", because: "đạt kế hoạch"},
		{name: "2025 is covered too", change: func(f *Facts) { f.Year, f.Today = 2025, date.Must("2026-01-10") }, ceiling: true, source: true, basis: Computed,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3, còn nguồn 4.", because: "Năm 2025"},
		{name: "after its years the rule is silent (EVAL-27)", change: func(f *Facts) { f.Year, f.Today = 2026, date.Must("2027-01-10") }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3; năm 2026 không có văn bản nào quy định.", because: "EVAL-27"},
		{name: "before its years too", change: func(f *Facts) { f.Year = 2023 }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3; năm 2023 không có văn bản nào quy định.", because: "EVAL-27"},
		{name: "no ceiling covers the unit", change: func(f *Facts) { f.Ceilings = nil }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3; năm 2024 không có văn bản nào quy định.", because: "EVAL-27"},
		{name: "the recorded judgement rules over the files", change: judgement(source.Confirmed, false), basis: Recorded,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3, nhưng không còn nguồn.", because: "kết luận đã ghi được áp dụng"},
		{name: "a recorded source without a file denies", change: func(f *Facts) { judgement(source.Checked, true)(f); f.Candidates = nil }, ceiling: true, source: true, basis: Recorded,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3, còn nguồn theo kết luận rà soát.", because: "Lê Thị Hoa"},
		{name: "another year's judgement says nothing", change: func(f *Facts) { judgement(source.Checked, false)(f); f.Judgements[0].Year = 2023 }, ceiling: true, source: true, basis: Computed,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3, còn nguồn 4.", because: "Nguyễn Thị Lan (cảm tình đảng)"},
		{name: "a document that asks for no source", change: func(f *Facts) { f.Ceilings[0].Condition, f.Candidates = WhenPlanMissed, nil }, ceiling: true, basis: Computed,
			sentence: "Không xếp loại Hoàn thành xuất sắc: kế hoạch 5, đã kết nạp 3.", because: "708-CV/ĐUK"},
		{name: "an unknown condition is left to people", change: func(f *Facts) { f.Ceilings[0].Condition = "other" }, source: true, basis: Computed,
			sentence: "Không giới hạn mức xếp loại: kế hoạch 5, đã kết nạp 3; năm 2024 không có văn bản nào quy định.", because: "EVAL-27"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := judged(c.change)
			if (r.Ceiling != nil) != c.ceiling || r.HasSource != c.source || r.HasSourceBasis != c.basis {
				t.Errorf("got ceiling %v, source %v by %s", r.Ceiling, r.HasSource, r.HasSourceBasis)
			}
			if r.Sentence() != c.sentence {
				t.Errorf("got  %s\nwant %s", r.Sentence(), c.sentence)
			}
			if !r.says(c.because) {
				t.Errorf("no reason says %q: %v", c.because, r.Because)
			}
			if c.ceiling && (*r.Ceiling != Good || !slices.Equal(r.AppliesTo, []string{"committee", "organization", "head"})) || !c.ceiling && len(r.AppliesTo) != 0 {
				t.Errorf("ceiling %v applies to %v", r.Ceiling, r.AppliesTo)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*Facts)
		want   string
		none   bool
	}{
		{name: "no plan", change: func(f *Facts) { f.Plan = nil }, want: "Chưa có chỉ tiêu"},
		{name: "the year is not over", change: func(f *Facts) { f.Today = date.Must("2024-12-30") }, want: "tạm tính đến ngày 30/12/2024"},
		{name: "its last day closes the year", change: func(f *Facts) { f.Today = date.Must("2024-12-31") }, want: "tạm tính", none: true},
		{name: "a year to come is not over", change: func(f *Facts) { f.Today = date.Must("2023-05-01") }, want: "tạm tính"},
		{name: "record and files disagree", change: func(f *Facts) {
			f.Judgements = []source.Judgement{{Year: 2024, Level: source.Declared, On: date.Must("2024-11-20")}}
		}, want: "khác với hồ sơ"},
		{name: "under 366 a missed plan may break the 100 percent (EVAL-26)", change: func(f *Facts) { f.Year, f.Today = 2025, date.Must("2026-01-05") }, want: "100% nhiệm vụ"},
		{name: "not in 2024, under 124", want: "100% nhiệm vụ", none: true},
		{name: "an unknown condition", change: func(f *Facts) { f.Ceilings[0].Condition = "other" }, want: "chưa áp dụng tự động"},
		{name: "nobody is recorded as head", change: func(f *Facts) { f.Head = nil }, want: "người đứng đầu"},
	} {
		r := judged(c.change)
		if found := strings.Contains(strings.Join(r.Warnings, "\n"), c.want); found == c.none {
			t.Errorf("%s: warnings %q", c.name, r.Warnings)
		}
	}
}

func TestTheShapeIsTheContracts(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(judged(nil))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"unit", "year", "has_source", "has_source_basis", "plan", "admitted", "counting_event",
		"ceiling", "applies_to", "head", "because", "candidates", "warnings"} {
		if _, ok := got[key]; !ok {
			t.Errorf("no key %s", key)
		}
	}
	if len(got) != 13 || got["ceiling"] != "good" || got["plan"] != 5.0 || got["counting_event"] != "decision" {
		t.Errorf("got %s", b)
	}
	if head := got["head"].(map[string]any); head["to"] != nil || head["from"] != "2020-08-01" || head["name"] != "Trần Văn Bình" {
		t.Errorf("head: %v", head)
	}
	empty, err := json.Marshal(Judge(Facts{Unit: "A", Year: 2026, Today: date.Must("2027-02-01"), Event: target.ByDecision}))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"plan":null`, `"ceiling":null`, `"head":null`, `"applies_to":[]`, `"candidates":[]`} {
		if !strings.Contains(string(empty), part) {
			t.Errorf("no %s in %s", part, empty)
		}
	}
}

func TestTheDayThatCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ today, want string }{{"2024-06-01", "2024-06-01"}, {"2024-12-31", "2024-12-31"}, {"2026-11-23", "2024-12-31"}} {
		if got := Day(2024, date.Must(c.today)); got != date.Must(c.want) {
			t.Errorf("on %s: %s", c.today, got)
		}
	}
}

func TestCeilingStandsExactlyWhereTheRuleSays(t *testing.T) {
	t.Parallel()
	stages := rapid.SampledFrom(admission.Stages())
	rapid.Check(t, func(t *rapid.T) {
		f := facts()
		f.Year = rapid.IntRange(2023, 2027).Draw(t, "year")
		f.Admitted = rapid.IntRange(0, 8).Draw(t, "admitted")
		f.Event = rapid.SampledFrom([]target.Event{target.ByDecision, target.ByCeremony}).Draw(t, "event")
		f.Candidates = people(rapid.SliceOfN(stages, 0, 5).Draw(t, "stages")...)
		if rapid.Bool().Draw(t, "no plan") {
			f.Plan = nil
		}
		r := Judge(f)
		covered := f.Year == 2024 || f.Year == 2025
		want := covered && f.Plan != nil && f.Admitted < f.Plan.Min && source.HasSource(f.Candidates, f.Event)
		if (r.Ceiling != nil) != want {
			t.Fatalf("ceiling %v, want %v", r.Ceiling, want)
		}
		if r.Because == nil || r.Candidates == nil || r.Warnings == nil || r.AppliesTo == nil || r.Sentence() == "" {
			t.Fatal("no list is null, and there is a sentence")
		}
	})
}
