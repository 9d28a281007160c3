package meeting_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/meeting"
	"ketnap/rule"
)

var today = date.Must("2024-10-15")

func absent(reasons ...meeting.Reason) []meeting.Absence {
	var out []meeting.Absence
	for _, r := range reasons {
		out = append(out, meeting.Absence{Reason: r})
	}
	return out
}

func TestDenominator(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		members  int
		present  int
		absences []meeting.Absence
		want     int
	}{
		{"all members count where nobody is absent", 20, 20, nil, 20},
		{"three absent on business stay counted (S30 q3)", 20, 17, absent(meeting.Ordinary, meeting.Ordinary, meeting.Ordinary), 20},
		{"who is absent without a word stays counted", 20, 17, nil, 20},
		{"who is at temporary activity elsewhere is not counted", 20, 19, absent(meeting.Elsewhere), 19},
		{"who is exempted and absent is not counted", 20, 18, absent(meeting.Exempted, meeting.Exempted), 18},
		{"who is suspended, prosecuted or detained is not counted", 20, 17, absent(meeting.Suspended, meeting.Prosecuted, meeting.Detained), 17},
		{"an accepted reason without a decision leaves nobody out", 20, 19, absent(meeting.Accepted), 20},
		{"with a noted decision it does", 20, 19, []meeting.Absence{{Reason: meeting.Accepted, Decision: "CV 12-CV/CB ngày 02/8/2024"}}, 19},
		{"whoever is present counts, whatever is written of the absent", 3, 3, absent(meeting.Elsewhere, meeting.Exempted), 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := meeting.Denominator(tt.members, tt.present, tt.absences)
			if c.Counted != tt.want {
				t.Errorf("got %d, want %d", c.Counted, tt.want)
			}
			if (c.Note() == "") != (c.Counted == c.Members) {
				t.Errorf("note %q with %d of %d counted", c.Note(), c.Counted, c.Members)
			}
		})
	}
}

func TestWordsSayWhoIsLeftOut(t *testing.T) {
	t.Parallel()
	c := meeting.Denominator(20, 16, []meeting.Absence{{Name: "Lê Văn An", Reason: meeting.Elsewhere}, {Reason: meeting.Ordinary}, {Reason: meeting.Detained}})
	c.Probationary = 2
	want := "Tính trên 18 đảng viên chính thức (tổng số 20, không tính 2: 1 sinh hoạt tạm thời nơi khác, 1 bị tạm giam); có mặt 16, vắng 2 vẫn tính; 2 đảng viên dự bị có mặt không biểu quyết."
	if got := c.Words(meeting.Branch); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if note := c.Note(); !strings.Contains(note, "Lê Văn An (sinh hoạt tạm thời nơi khác); một đồng chí (bị tạm giam)") {
		t.Errorf("note: %s", note)
	}
	many := make([]meeting.Absence, 150)
	for i := range many {
		many[i] = meeting.Absence{Name: "Nguyễn Thị Hồng Nhung " + strconv.Itoa(i), Reason: meeting.Elsewhere}
	}
	if note := meeting.Denominator(400, 100, many).Note(); len([]rune(note)) > 2000 || !strings.Contains(note, "150 sinh hoạt tạm thời") {
		t.Errorf("a note of many names: %d letters", len([]rune(note)))
	}
}

// branchSheet is a meeting of a branch of 20 with one vote on admission.
func branchSheet(change func(*meeting.Sheet)) meeting.Sheet {
	s := meeting.Sheet{On: "2024-08-05", Place: "Hội trường", Chair: "Trần Văn Bình", Secretary: "Lê Thị Hoa", Method: meeting.Ballot,
		Present: "17", Probationary: "1", Absences: absent(meeting.Ordinary, meeting.Ordinary, meeting.Ordinary),
		Lines: []meeting.Line{{File: "f1", Act: admission.BranchResolution, Number: "12-NQ/CB", For: "15", Against: "1"}}}
	if change != nil {
		change(&s)
	}
	return s
}

func TestRead(t *testing.T) {
	t.Parallel()
	line := func(l meeting.Line) func(*meeting.Sheet) {
		return func(s *meeting.Sheet) { l.File = "f1"; s.Lines = []meeting.Line{l} }
	}
	for _, tt := range []struct {
		name   string
		known  int
		change func(*meeting.Sheet)
		field  string // beside which it stands; "" for nothing wrong
		says   string
		warns  bool
	}{
		{"a full sheet is in order", 20, nil, "", "", false},
		{"a day is needed", 20, func(s *meeting.Sheet) { s.On = "" }, "on", "Cần ngày họp", false},
		{"what is no day is refused", 20, func(s *meeting.Sheet) { s.On = "31/02/2024" }, "on", "«31/02/2024» không phải một ngày", false},
		{"results come after the meeting", 20, func(s *meeting.Sheet) { s.On = "2024-10-16" }, "on", "Họp xong mới ghi", false},
		{"somebody is in the chair", 20, func(s *meeting.Sheet) { s.Chair = " " }, "chair", "chủ trì", false},
		{"somebody writes the minutes", 20, func(s *meeting.Sheet) { s.Secretary = "" }, "secretary", "thư ký", false},
		{"the method is chosen (VOT-03)", 20, func(s *meeting.Sheet) { s.Method = "shout" }, "method", "bỏ phiếu kín hay giơ thẻ", false},
		{"the number present is a number", 20, func(s *meeting.Sheet) { s.Present = "mười bảy" }, "present", "«mười bảy»", false},
		{"no sign before a number", 20, func(s *meeting.Sheet) { s.Present = "+17" }, "present", "«+17»", false},
		{"no more are present than there are", 20, func(s *meeting.Sheet) { s.Present = "21"; s.Absences = nil }, "present", "nhiều hơn 20", false},
		{"present and absent are not more than there are", 20, func(s *meeting.Sheet) { s.Present = "18" }, "present", "21 người", false},
		{"a unit without a count is asked for it", 0, nil, "members", "Cần tổng số", false},
		{"and the count typed is warned of", 0, func(s *meeting.Sheet) { s.Members = "20" }, "members", "không đối chiếu", true},
		{"an absence has a reason", 20, func(s *meeting.Sheet) { s.Absences[1] = meeting.Absence{Name: "Lê An"} }, "absent-reason-1", "chọn lý do", false},
		{"an accepted reason without its paper warns", 20, func(s *meeting.Sheet) { s.Absences[2] = meeting.Absence{Reason: meeting.Accepted} }, "absent-decision-2", "vẫn được tính", true},
		{"ballots of those without a vote are seen (VOT-03)", 20, line(meeting.Line{Act: admission.BranchResolution, Number: "1", For: "17", Against: "1"}), "for-0", "Đảng viên dự bị không biểu quyết", false},
		{"both totals are needed", 20, line(meeting.Line{Act: admission.BranchResolution, Number: "1", For: "17"}), "against-0", "không tán thành", false},
		{"a resolution has a number", 20, line(meeting.Line{Act: admission.BranchResolution, For: "17", Against: "0"}), "number-0", "số của văn bản", false},
		{"a vote that fell short has none", 20, line(meeting.Line{Act: admission.BranchResolution, For: "13", Against: "4"}), "", "", false},
		{"a list has a number", 20, line(meeting.Line{Act: admission.List}), "number-0", "số của văn bản", false},
		{"a helper has a name", 20, line(meeting.Line{Act: admission.AssignHelper}), "helper-0", "đảng viên chính thức", false},
		{"who leaves the list leaves it for a reason", 20, line(meeting.Line{Act: admission.Unlist}), "note-0", "lý do", false},
		{"a number from the register need not be typed", 20, func(s *meeting.Sheet) { s.Auto = true; s.Lines[0].Number = "" }, "", "", false},
		{"two papers do not share a number", 20, func(s *meeting.Sheet) {
			s.Lines = append(s.Lines, meeting.Line{File: "f2", Act: admission.BranchResolution, Number: "12-NQ/CB", For: "17", Against: "0"})
		}, "number-1", "mục 1", true},
		{"an agenda has a point", 20, func(s *meeting.Sheet) { s.Lines = nil }, "lines", "chưa có nội dung", false},
		{"too few present to pass anything is warned of", 20, func(s *meeting.Sheet) { s.Present, s.Lines[0].For = "13", "13"; s.Lines[0].Against = "0" }, "present", "không thể đủ 14", true},
		{"a branch of two is warned of (ORG-01)", 2, func(s *meeting.Sheet) {
			s.Present, s.Absences, s.Lines[0].For, s.Lines[0].Against = "2", nil, "2", "0"
		}, "", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := branchSheet(tt.change).Read(meeting.Branch, tt.known, today)
			if tt.field == "" && rule.Blocked(findings) {
				t.Fatalf("findings: %v", findings)
			}
			if tt.field == "" {
				return
			}
			i := slices.IndexFunc(findings, func(f rule.Finding) bool { return f.Field == tt.field && strings.Contains(f.Message, tt.says) })
			if i < 0 {
				t.Fatalf("nothing beside %s says %q: %v", tt.field, tt.says, findings)
			}
			if warns := findings[i].Severity == rule.Warn; warns != tt.warns {
				t.Errorf("severity %s", findings[i].Severity)
			}
		})
	}
}

func TestActs(t *testing.T) {
	t.Parallel()
	s := branchSheet(func(s *meeting.Sheet) {
		s.Present, s.Absences = "17", absent(meeting.Elsewhere)
		s.Lines = append(s.Lines,
			meeting.Line{File: "f2", Act: admission.ProposeRecognition, Number: "13-NQ/CB", For: "12", Against: "2"},
			meeting.Line{File: "f3", Act: admission.List, Number: "14-NQ/CB", Helper: "Trần An"},
			meeting.Line{File: "f4", Act: admission.AssignHelper, Helper: "Trần Bình"},
			meeting.Line{File: "f5", Act: admission.Unlist, Note: "xin thôi"},
			meeting.Line{File: "f6", Act: admission.ProposeRemoval, For: "x"})
	})
	m, _ := s.Read(meeting.Branch, 20, today)
	var got []string
	for _, it := range m.Items {
		for _, a := range m.Acts(it) {
			text := string(a.Code) + " " + a.Number + a.Helper + string(a.Question)
			if a.Votes != nil {
				text += " " + strconv.Itoa(a.Votes.For) + "/" + strconv.Itoa(a.Votes.Members)
			}
			if strings.Contains(a.Note, "sinh hoạt tạm thời") {
				text += " noted"
			}
			got = append(got, text)
		}
	}
	want := []string{"branch_resolution 12-NQ/CB 15/19 noted", "ballot_failed recognition 12/19 noted", "list 14-NQ/CB", "assign_helper 14-NQ/CBTrần An", "assign_helper Trần Bình", "unlist "}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if v, ok := m.Verdict(m.Items[1]); !ok || v.Passed || v.Needed != 13 || v.Rest != 3 {
		t.Errorf("verdict %+v", v)
	}
	if text := m.Text(m.Items[1], "Lê Lan"); !strings.Contains(text, "tán thành 12") || !strings.Contains(text, "không đạt") {
		t.Error(text)
	}
}

func TestNumbersFrom(t *testing.T) {
	t.Parallel()
	for first, want := range map[string]string{"9-QĐ/ĐUK": "09-QĐ/ĐUK 10-QĐ/ĐUK 11-QĐ/ĐUK", "115-QĐ/ĐUK": "115-QĐ/ĐUK 116-QĐ/ĐUK 117-QĐ/ĐUK", "QĐ": "", "": "", "0-QĐ": "", "99999999999999999999": ""} {
		got, ok := meeting.NumbersFrom(first, 3)
		if strings.Join(got, " ") != want || ok != (want != "") {
			t.Errorf("%q: %q", first, got)
		}
	}
}

func TestEveryBodyHasItsWords(t *testing.T) {
	t.Parallel()
	for _, b := range meeting.Bodies() {
		if b.Words() == "" || b.Voters() == "" || !b.Valid() {
			t.Errorf("%s has no words", b)
		}
		for _, c := range b.Acts() {
			if meeting.Heading(c) == "" {
				t.Errorf("%s has no heading", c)
			}
			if _, votes := meeting.QuestionOf(c); votes != c.HasVotes() {
				t.Errorf("%s: voted on %v", c, votes)
			}
		}
		for _, r := range b.Reasons() {
			if r.Words() == "" {
				t.Errorf("%s has no words", r)
			}
		}
	}
}

func drawAbsences(t *rapid.T) []meeting.Absence {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) meeting.Absence {
		return meeting.Absence{Reason: rapid.SampledFrom(meeting.Branch.Reasons()).Draw(t, "reason"), Decision: rapid.SampledFrom([]string{"", "CV 1"}).Draw(t, "decision")}
	}), 0, 12).Draw(t, "absences")
}

func TestWhoIsPresentIsAlwaysCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.IntRange(1, 60).Draw(t, "members")
		present := rapid.IntRange(0, members).Draw(t, "present")
		c := meeting.Denominator(members, present, drawAbsences(t))
		if c.Counted < present || c.Counted > members || c.Counted+len(c.Left) != members {
			t.Fatalf("%+v", c)
		}
	})
}

// What a meeting lets through, the rules of votes let through; and a question passed just
// when it has what it needs.
func TestActsPassTheVotesOfAdmission(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.IntRange(1, 60).Draw(t, "members")
		num := func(name string) string { return strconv.Itoa(rapid.IntRange(0, 60).Draw(t, name)) }
		s := branchSheet(func(s *meeting.Sheet) {
			s.Present, s.Absences = num("present"), drawAbsences(t)
			s.Lines[0].For, s.Lines[0].Against = num("for"), num("against")
		})
		known := rapid.SampledFrom([]int{0, members}).Draw(t, "known")
		s.Members = strconv.Itoa(members)
		m, findings := s.Read(meeting.Branch, known, today)
		it := m.Items[0]
		if v, ok := m.Verdict(it); ok && it.Counted && v.Passed != (it.For >= v.Needed) {
			t.Fatalf("%+v", v)
		}
		if rule.Blocked(findings) {
			return
		}
		f := admission.File{ID: "f1", Birth: date.Must("1996-03-14"), State: admission.State{Stage: admission.Ready,
			Certificate: admission.Certificate{Issued: date.Must("2024-02-18")}, Ballots: map[admission.Question]int{}}}
		w := admission.World{Today: today, Sets: admission.Regulation(), Calendar: date.Builtin(), Counts: admission.Counts{Branch: known}}
		acts := m.Acts(it)
		if len(acts) != 1 || (acts[0].Code == admission.BranchResolution) != m.Passed(it) {
			t.Fatalf("acts %+v", acts)
		}
		acts[0].ID = "a"
		if _, _, said := admission.Advance(f, acts[0], w); rule.Blocked(said) {
			t.Fatalf("%+v: %v", acts[0].Votes, said)
		}
	})
}
