package class

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/rule"
)

// A ProposalState says how far a proposal is.
type ProposalState string

// The states of a proposal.
const (
	ProposalDraft     ProposalState = "draft"
	ProposalSent      ProposalState = "sent"    // before the standing committee
	ProposalDecided   ProposalState = "decided" // its chosen options became classes
	ProposalDismissed ProposalState = "dismissed"
)

// Words says the state.
func (s ProposalState) Words() string {
	switch s {
	case ProposalDraft:
		return "Đang soạn"
	case ProposalSent:
		return "Đã trình, chờ quyết định"
	case ProposalDecided:
		return "Đã quyết định"
	case ProposalDismissed:
		return "Không mở lớp"
	}
	return string(s)
}

// Open reports whether options may still be changed, or decided on.
func (s ProposalState) Open() bool { return s == ProposalDraft || s == ProposalSent }

// A Proposal lays options before the standing committee, which considers opening classes
// (CLS-01).
type Proposal struct {
	ID        string
	Unit      string // code of the committee
	Kind      Kind
	Survey    string // id of the survey whose answers are the demand; "" for the register's
	Title     string
	Number    string // of the tờ trình
	On        date.Date
	State     ProposalState
	Sheet     Sheet
	Decision  string // its number
	DecidedOn date.Date
	DecidedBy string
	Version   int
}

// A Sheet is what was typed, and from the decision on what each option would have done.
type Sheet struct {
	Reason  string   `json:"reason,omitempty"` // why classes are proposed
	Options []Option `json:"options,omitempty"`
	Frozen  []Summary
}

// A Summary is a cover in figures, kept when the proposal was decided.
type Summary struct {
	Units, People, Left, TooLate, Stuck int
	Shares                              []Share
}

// Sum brings a cover to its figures.
func (c Cover) Sum() Summary {
	s := Summary{People: len(c.People), Left: c.Left(), TooLate: len(c.TooLate), Stuck: len(c.Stuck), Shares: c.Shares}
	for _, x := range c.Shares {
		if x.In > 0 {
			s.Units++
		}
	}
	return s
}

// CheckProposal says what keeps a proposal from being sent.
func CheckProposal(p Proposal, today date.Date) []rule.Finding {
	var out []rule.Finding
	wrong := func(field, message string) {
		out = append(out, rule.Finding{Rule: "CLS-01", Severity: rule.Block, Field: field, Message: message})
	}
	if strings.TrimSpace(p.Title) == "" {
		wrong("title", "Tờ trình chưa có tên.")
	}
	if !p.Kind.Valid() {
		wrong("kind", "Chọn trình mở lớp nào.")
	}
	if p.On.After(today) {
		wrong("on", "Ngày trình "+p.On.VN()+" chưa đến.")
	}
	switch n := len(p.Sheet.Options); {
	case n == 0:
		wrong("options", "Tờ trình chưa có phương án nào. Thêm ít nhất một phương án.")
	case n > MaxOptions:
		wrong("options", fmt.Sprintf("Một tờ trình có nhiều nhất %d phương án.", MaxOptions))
	}
	for i, o := range p.Sheet.Options {
		out = append(out, CheckOption(o, OptionField(i))...)
	}
	return out
}

// OptionField is what the fields of an option begin with in forms and findings.
func OptionField(i int) string { return fmt.Sprintf("o%d_", i) }

// How long the number of a decision and the name of who signed it may be, in letters.
const (
	maxDecision = 64
	maxSigner   = 200
)

// CheckDecision says what is wrong with a decision on a proposal: which options were
// chosen, its number and day, and who signed it.
func CheckDecision(p Proposal, today date.Date) []rule.Finding {
	var out []rule.Finding
	wrong := func(field, message string) {
		out = append(out, rule.Finding{Rule: "CLS-02", Severity: rule.Block, Field: field, Message: message})
	}
	switch n := utf8.RuneCountInString(p.Decision); {
	case strings.TrimSpace(p.Decision) == "":
		wrong("decision", "Ghi số, ký hiệu quyết định mở lớp, ví dụ: 15-QĐ/ĐUK.")
	case n > maxDecision:
		wrong("decision", fmt.Sprintf("Số quyết định dài quá %d ký tự.", maxDecision))
	}
	if utf8.RuneCountInString(p.DecidedBy) > maxSigner {
		wrong("decided_by", fmt.Sprintf("Tên người ký dài quá %d ký tự.", maxSigner))
	}
	switch {
	case p.DecidedOn.IsZero():
		wrong("decided_on", "Ghi ngày ký quyết định.")
	case p.DecidedOn.After(today):
		wrong("decided_on", "Ngày quyết định "+p.DecidedOn.VN()+" chưa đến. Ghi ngày đã ký.")
	case !p.On.IsZero() && p.DecidedOn.Before(p.On):
		wrong("decided_on", "Ngày quyết định "+p.DecidedOn.VN()+" trước ngày trình "+p.On.VN()+".")
	}
	if strings.TrimSpace(p.DecidedBy) == "" {
		wrong("decided_by", "Ghi người ký quyết định.")
	}
	chosen := 0
	for _, o := range p.Sheet.Options {
		if o.Chosen {
			chosen++
		}
	}
	if chosen == 0 {
		wrong("chosen", "Chọn ít nhất một phương án được duyệt, hoặc ghi là không mở lớp.")
	}
	return out
}

// DecisionDay is the day whose rules judge the classes of a proposal: of the decision,
// else of the proposal itself.
func (p Proposal) DecisionDay() date.Date {
	if p.DecidedOn.IsZero() {
		return p.On
	}
	return p.DecidedOn
}
