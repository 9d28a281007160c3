package target

import (
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/date"
)

func TestAVerdictSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	l, err := LastUseful(date.Must("2024-12-31"), ByDecision, DefaultClass(), admission.Regulation(), date.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	yes, no := true, false
	for _, c := range []struct {
		name     string
		v        Verdict
		track    *bool
		sentence string
		missing  string
	}{
		{"no plan is neither on track nor behind", Verdict{Admitted: 2, Tally: Tally{Likely: 1}}, nil, "chưa được giao chỉ tiêu", ""},
		{"a plan of nought is reached", Verdict{Plan: ptr(0)}, &yes, "Đã đạt", ""},
		{"reached", Verdict{Plan: ptr(3), Admitted: 3}, &yes, "Đã đạt chỉ tiêu năm 2024: kết nạp 3 / 3", ""},
		{"likely", Verdict{Plan: ptr(3), Admitted: 1, Tally: Tally{Open: 4, Possible: 4, Likely: 2}}, &yes, "Dự báo đạt", ""},
		{"possible still", Verdict{Plan: ptr(5), Admitted: 1, Tally: Tally{Open: 6, Possible: 6, Likely: 2, Ready: 1, Class: 3}}, &no, "thiếu 2 so với chỉ tiêu 5",
			"còn thiếu 2: 1 hồ sơ đủ điều kiện cần chi bộ họp trước 08/10/2024; 2 hồ sơ cần xong giấy tờ, gửi thẩm tra trước 23/8/2024; 3 người cần vào lớp ngay"},
		{"not any more", Verdict{Plan: ptr(5), Admitted: 1, Tally: Tally{Open: 2, Possible: 1}}, &no, "Khó đạt chỉ tiêu 5", "còn 3 người chưa có nguồn"},
	} {
		got := c.v.OnTrack()
		if (got == nil) != (c.track == nil) || got != nil && *got != *c.track {
			t.Errorf("%s: on track %v", c.name, got)
		}
		if s := c.v.Sentence(2024); !strings.Contains(s, c.sentence) {
			t.Errorf("%s: %q", c.name, s)
		}
		if m := c.v.Missing(l, date.Must("2024-08-20")); !strings.Contains(m, c.missing) || (c.missing == "") != (m == "") {
			t.Errorf("%s: %q", c.name, m)
		}
	}
}
