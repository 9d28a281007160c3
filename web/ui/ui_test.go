package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"ketnap/internal/i18n"
)

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestNewMeter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		done, plan int
		want       string
		width      string // of the bar; no bar when empty
	}{
		{name: "what is left stands in words", done: 3, plan: 5, want: "3 / 5 · còn 2", width: "60.00"},
		{name: "a plan that is reached is said to be", done: 5, plan: 5, want: "5 / 5 · đạt kế hoạch", width: "100.00"},
		{name: "more than the plan fills the bar and no more", done: 6, plan: 5, want: "6 / 5 · vượt 1", width: "100.00"},
		{name: "nothing done is an empty bar", done: 0, plan: 5, want: "0 / 5 · còn 5", width: "0.00"},
		{name: "without a plan there is no bar", done: 3, plan: 0, want: "3 · chưa giao chỉ tiêu"},
		{name: "large figures have dots", done: 1235, plan: 2000, want: "1.235 / 2.000 · còn 765", width: "61.75"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := NewMeter(i18n.Vietnamese, tt.done, tt.plan)
			if got := strings.ReplaceAll(m.Figure+" "+m.Words, "\u00a0", " "); got != tt.want {
				t.Errorf("words %q, want %q", got, tt.want)
			}
			width := ""
			if len(m.Parts) == 1 {
				width = m.Parts[0].width
			}
			if width != tt.width {
				t.Errorf("width %q, want %q", width, tt.width)
			}
		})
	}
}

func TestNewSplitLaysPartsSideBySide(t *testing.T) {
	t.Parallel()
	m := NewSplit(i18n.Vietnamese, 60, Part{Fill: 3, Count: 3}, Part{Fill: 2, Count: 22}, Part{Fill: 1, Count: 40})
	want := [][2]string{{"0.00", "5.00"}, {"5.00", "36.66"}, {"41.66", "58.34"}}
	for i, p := range m.Parts {
		if got := [2]string{p.x, p.width}; got != want[i] {
			t.Errorf("part %d: %v, want %v", i, got, want[i])
		}
	}
}

func TestFieldTiesLabelHelpAndErrorToItsInput(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		field templ.Component
		has   []string
		lacks []string
	}{
		{name: "a refused value is kept and its fault is read with it",
			field: Field(Input{Name: "number", Label: "Số", Value: `1"2`, Error: "Sai số.", Help: "Số ở góc trái."}),
			has:   []string{`<label for="number">`, `value="1&#34;2"`, `aria-describedby="number-err number-help"`, `aria-invalid="true"`, `id="number-err"`, `id="number-help"`, "Sai số."}},
		{name: "a field in order says nothing of faults",
			field: Field(Input{Name: "number", Label: "Số"}), has: []string{`aria-required="true"`}, lacks: []string{"aria-invalid", "aria-describedby", "không bắt buộc"}},
		{name: "a field that may stay empty says so",
			field: Field(Input{Name: "number", Label: "Số", Optional: true}), has: []string{"(không bắt buộc)"}, lacks: []string{"aria-required"}},
		{name: "a password is never sent back",
			field: Field(Input{Name: "password", Label: "Mật khẩu", Type: "password", Value: "secret"}), lacks: []string{"secret"}},
		{name: "a date is asked for by the browser's calendar",
			field: DateField(Input{Name: "on", Label: "Ngày", Value: "2024-08-05"}), has: []string{`type="date"`, `value="2024-08-05"`}},
		{name: "lines are kept",
			field: TextArea(Input{Name: "note", Label: "Ghi chú", Value: "<một>\nhai"}), has: []string{"&lt;một&gt;\nhai</textarea>"}},
		{name: "the choice made stays chosen",
			field: Select(Input{Name: "by", Label: "Nơi", Value: "b"}, []Option{{"a", "A"}, {"b", "B"}}), has: []string{`<option value="b" selected>B`}, lacks: []string{"Chọn…"}},
		{name: "no choice made asks for one",
			field: Select(Input{Name: "by", Label: "Nơi"}, []Option{{"a", "A"}}), has: []string{`<option value="">Chọn…`}, lacks: []string{"selected"}},
		{name: "a list with an empty choice of its own gets no second",
			field: Select(Input{Name: "by", Label: "Nơi"}, []Option{{"", "Tất cả"}, {"a", "A"}}), has: []string{`<option value="" selected>Tất cả`}, lacks: []string{"Chọn…"}},
		{name: "choices in sight keep the one made",
			field: Radios(Input{Name: "sex", Label: "Giới tính", Value: "male", Error: "Xin chọn."}, []Option{{"female", "Nữ"}, {"male", "Nam"}}), has: []string{`value="male" checked`, `aria-describedby="sex-err"`}},
		{name: "a tick is kept", field: Checkbox(Input{Name: "ok", Label: "Đủ"}, true), has: []string{"checked"}},
		{name: "no tick is none", field: Checkbox(Input{Name: "ok", Label: "Đủ"}, false), lacks: []string{"checked", "aria-required"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(strings.Fields(draw(t, tt.field)), " ")
			for _, want := range tt.has {
				if !strings.Contains(got, strings.Join(strings.Fields(want), " ")) {
					t.Errorf("no %s in %s", want, got)
				}
			}
			for _, not := range tt.lacks {
				if strings.Contains(got, not) {
					t.Errorf("%s in %s", not, got)
				}
			}
		})
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	inside := draw(t, Layout(base(i18n.Vietnamese)))
	outside := draw(t, Layout(Base{Lang: i18n.English, Title: "x"}))
	tests := []struct {
		name string
		ok   bool
	}{
		{"one who is logged in has a menu", strings.Contains(inside, `id="menu"`)},
		{"log-out is a form that posts", strings.Contains(inside, `<form action="/logout" method="post">`)},
		{"the page served now is marked", strings.Contains(inside, `aria-current="page"`)},
		{"the other language is offered", strings.Contains(inside, `name="lang" value="en"`)},
		{"the switch comes back to this page", strings.Contains(inside, `name="back" value="/gallery?x=1"`)},
		{"nobody else has a menu", !strings.Contains(outside, `id="menu"`)},
		{"the page says its language", strings.Contains(outside, `<html lang="en">`)},
		{"no style is written into the page", !strings.Contains(inside, "style=") && !strings.Contains(inside, "<style")},
		{"no script is written into the page", !strings.Contains(inside, "onclick") && !strings.Contains(inside, "<script>")},
	}
	for _, tt := range tests {
		if !tt.ok {
			t.Errorf("not so: %s", tt.name)
		}
	}
}

func TestProblem(t *testing.T) {
	t.Parallel()
	if got := draw(t, Problem(ProblemBox{Mood: Late})); got != "" {
		t.Errorf("without findings: %s", got)
	}
	got := draw(t, Problem(ProblemBox{Mood: Late, Findings: []Finding{{Message: "Thiếu phiếu.", Cite: "Điều lệ Đảng, Điều 4; VOT-01", Field: "for"}}}))
	for _, want := range []string{`href="#for"`, "Thiếu phiếu.", "— Điều lệ Đảng, Điều 4; VOT-01", `role="alert"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
