package union

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/rule"
)

// A Column is one number of the count (UNI-04).
type Column string

// The columns of the count, for one year.
const (
	Total       Column = "total"         // staff, workers, pupils and students
	OfAge       Column = "of_age"        // of union age, members of the Party included (UNI-03)
	Members     Column = "union_members" // of the union
	PartyOfAge  Column = "party_of_age"  // members of the Party of union age
	Outstanding Column = "outstanding"   // union members whom the union named this year
	Class       Column = "class"         // sent to the awareness class this year
	Certified   Column = "certified"     // who got its certificate this year
	Introduced  Column = "introduced"    // to the Party, by resolution, this year
	Admitted    Column = "admitted"      // this year, of those whom the union introduced
)

// Columns lists the columns in the order of the form.
func Columns() []Column {
	return []Column{Total, OfAge, Members, PartyOfAge, Outstanding, Class, Certified, Introduced, Admitted}
}

// Words names a column as the head of a table.
func (c Column) Words() string {
	switch c {
	case Total:
		return "Tổng số cán bộ, học sinh"
	case OfAge:
		return "Trong độ tuổi đoàn"
	case Members:
		return "Đoàn viên"
	case PartyOfAge:
		return "Đảng viên trong tuổi đoàn"
	case Outstanding:
		return "Đoàn viên ưu tú trong năm"
	case Class:
		return "Cử học lớp nhận thức"
	case Certified:
		return "Được cấp giấy chứng nhận"
	case Introduced:
		return "Đã giới thiệu cho Đảng"
	case Admitted:
		return "Đã kết nạp"
	}
	return string(c)
}

// Limits of what is typed: no unit has more people, and a reason is one line.
const (
	MostPeople = 200_000
	MostReason = 300 // characters
)

// A Sheet is the count as it was typed, so that a draft loses nothing.
type Sheet struct {
	Typed  map[Column]string `json:"typed,omitempty"`
	Why    map[Column]string `json:"why,omitempty"` // a number differs from the register: in one line
	Reason string            `json:"reason,omitempty"`
}

// Figures are the numbers of a count. A column that is not there was not given.
type Figures map[Column]int

// Read reads what was typed. A number that is none, or more than there can be people, is
// a finding at its field; an empty field is no figure.
func (s Sheet) Read() (Figures, []rule.Finding) {
	out := Figures{}
	var findings []rule.Finding
	for _, c := range Columns() {
		text := strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(s.Typed[c]), ".", ""), " ", "")
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		switch {
		case err != nil || n < 0 || text[0] == '+':
			findings = append(findings, refusal(c, "“"+shown(s.Typed[c])+"” không phải là số người. Hãy ghi một số, ví dụ 12."))
		case n > MostPeople:
			findings = append(findings, refusal(c, "“"+shown(s.Typed[c])+"” lớn hơn số người một đơn vị có thể có. Hãy kiểm tra lại."))
		default:
			out[c] = n
		}
	}
	return out, findings
}

// shown cuts what was typed to what a message can hold.
func shown(text string) string {
	const most = 20
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func refusal(c Column, text string) rule.Finding {
	return rule.Finding{Rule: "UNI-04", Severity: rule.Block, Message: text, Field: string(c)}
}

func warning(c Column, text string) rule.Finding {
	return rule.Finding{Rule: "UNI-04", Severity: rule.Warn, Message: text, Field: string(c)}
}

// parts says which number is part of which: more of the first than of the second cannot be.
var parts = []struct{ part, whole Column }{ //nolint:gochecknoglobals // a table that nobody changes
	{OfAge, Total}, {Members, Total}, {PartyOfAge, OfAge}, {Outstanding, Members},
	{Class, Total}, {Certified, Total}, {Introduced, Total}, {Admitted, Total},
}

// follows says which number usually does not pass which. It may: a year's certificates and
// admissions rest on earlier years, and officers of the union are older (UNI-03).
var follows = []struct{ later, earlier Column }{ //nolint:gochecknoglobals // a table that nobody changes
	{Members, OfAge}, {Certified, Class}, {Introduced, Outstanding}, {Admitted, Introduced},
}

// Check judges a count that is to be submitted: every column must be there, no part may
// pass its whole, and what the register says otherwise wants a reason. Known holds what
// the register counts, where it does.
func (s Sheet) Check(known Figures) (Figures, []rule.Finding) {
	n, findings := s.Read()
	bad := map[Column]bool{}
	for _, f := range findings {
		bad[Column(f.Field)] = true
	}
	for _, c := range Columns() {
		if _, ok := n[c]; !ok && !bad[c] {
			findings = append(findings, refusal(c, "Chưa ghi “"+c.Words()+"”. Nếu không có ai, hãy ghi 0."))
			bad[c] = true
		}
	}
	for _, p := range parts {
		part, ok := n[p.part]
		whole, both := n[p.whole]
		if ok && both && part > whole {
			findings = append(findings, refusal(p.part, "“"+p.part.Words()+"” ("+strconv.Itoa(part)+") không thể nhiều hơn “"+p.whole.Words()+"” ("+strconv.Itoa(whole)+")."))
			bad[p.part] = true
		}
	}
	findings = append(findings, s.doubts(n, known, bad)...)
	for _, c := range Columns() {
		if utf8.RuneCountInString(s.Why[c]) > MostReason {
			findings = append(findings, rule.Finding{Rule: "UNI-04", Severity: rule.Block, Message: "Lý do quá dài; hãy ghi trong một dòng.", Field: "why-" + string(c)})
		}
	}
	if utf8.RuneCountInString(s.Reason) > MostText {
		findings = append(findings, rule.Finding{Rule: "UNI-04", Severity: rule.Block, Message: "Nguyên nhân quá dài; hãy ghi ngắn lại.", Field: "reason"})
	}
	return n, findings
}

// doubts are the warnings on numbers that can be, but are unusual or unlike the register.
// One that differs from the register blocks until its reason stands beside it.
func (s Sheet) doubts(n, known Figures, bad map[Column]bool) []rule.Finding {
	var out []rule.Finding
	for _, p := range follows {
		later, ok := n[p.later]
		earlier, both := n[p.earlier]
		if ok && both && later > earlier && !bad[p.later] {
			out = append(out, warning(p.later, "“"+p.later.Words()+"” ("+strconv.Itoa(later)+") nhiều hơn “"+p.earlier.Words()+"” ("+strconv.Itoa(earlier)+"). Hãy xem lại; nếu đúng thì cứ gửi."))
		}
	}
	for _, c := range Columns() {
		typed, ok := n[c]
		book, both := known[c]
		if !ok || !both || typed == book || bad[c] {
			continue
		}
		text := "“" + c.Words() + "” ghi " + strconv.Itoa(typed) + ", theo sổ là " + strconv.Itoa(book) + "."
		if strings.TrimSpace(s.Why[c]) == "" {
			out = append(out, rule.Finding{Rule: "UNI-04", Severity: rule.Block, Message: text + " Hãy ghi một dòng vì sao khác.", Field: "why-" + string(c)})
			continue
		}
		out = append(out, warning(c, text))
	}
	return out
}

// Youth returns the young people of a unit who are not in the Party: those of whom a
// review of the source asks (UNI-03, TGT-23). False where the count does not say.
func (n Figures) Youth() (int, bool) {
	age, ok := n[OfAge]
	party, both := n[PartyOfAge]
	return age - party, ok && both
}

// Sum adds counts up, column by column. A column that nobody gave is absent.
func Sum(counts ...Figures) Figures {
	out := Figures{}
	for _, n := range counts {
		for c, v := range n {
			out[c] += v
		}
	}
	return out
}
