package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/alecthomas/kong"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/directive"
	"ketnap/internal/intake"
	"ketnap/rule"
)

// deadlineCmd computes a term. It needs no store; with one named, its figures and its
// calendar count.
type deadlineCmd struct {
	Rule       string `arg:"" help:"Mã quy tắc, ví dụ DL-70."`
	Date       string `arg:"" help:"Ngày bắt đầu, ví dụ 2024-08-15."`
	Extended   bool   `help:"Có gia hạn."`
	Abroad     bool   `help:"Nơi được hỏi ở ngoài nước (DL-40)."`
	Conviction bool   `help:"Tính từ ngày được xóa án tích (ELI-08)."`
	JSON       bool   `name:"json" help:"In JSON."`
}

type deadlineAnswer struct {
	Rule        string    `json:"rule"`
	From        date.Date `json:"from"`
	Due         date.Date `json:"due"`
	RuleSet     string    `json:"rule_set"`
	Cite        string    `json:"cite"`
	Amount      int       `json:"amount"`
	Unit        string    `json:"unit"`
	Extension   int       `json:"extension"`
	Moved       bool      `json:"moved"` // no term of the regulation is moved: see CAL-04
	Inherited   *string   `json:"inherited"`
	Provisional bool      `json:"provisional,omitempty"`
}

// Run computes and prints the deadline.
func (c deadlineCmd) Run(e *env) error {
	id, ok := admission.TermOf(c.Rule, c.Abroad, c.Conviction)
	if !ok {
		return usage("không có thời hạn %s với các lựa chọn này", c.Rule)
	}
	from, err := date.Parse(c.Date)
	if err != nil {
		return usage("ngày %q không có; viết như 2024-08-15", c.Date)
	}
	sets, cal, err := e.rules()
	if err != nil {
		return err
	}
	term, err := sets.Term(id, from)
	if err != nil {
		return err
	}
	if c.Extended && term.Extension == 0 {
		return usage("thời hạn %s không có gia hạn", c.Rule)
	}
	if term.Unit == rule.WorkingDays { // one that begins outside the calendar is not computed either
		if _, _, err := cal.IsWorking(from); err != nil {
			return noCalendar(from)
		}
	}
	d, err := admission.Compute(term, c.Rule, from, cal, c.Extended)
	if errors.Is(err, date.ErrNoCalendar) {
		return noCalendar(from)
	}
	if err != nil {
		return err
	}
	a := deadlineAnswer{Rule: c.Rule, From: from, Due: d.Due, RuleSet: term.Set, Cite: term.Cite, Amount: d.Amount,
		Unit: string(d.Unit), Extension: d.Extra, Provisional: d.Provisional}
	if term.Inherited != "" {
		a.Inherited = &term.Inherited
	}
	if c.JSON {
		return e.json(a)
	}
	return e.say("%s: %s đến %s (%s)", a.Rule, a.From.VN(), a.Due.VN(), a.Cite)
}

func noCalendar(from date.Date) error {
	return refused{fmt.Sprintf("chưa có lịch làm việc cho thời gian từ %s", from.VN())}
}

// rules are the sets and the calendar of the store that was named, or those in the binary.
func (e *env) rules() (sets rule.Sets, cal date.Calendar, err error) {
	if !e.named {
		return admission.Regulation(), date.Builtin(), nil
	}
	err = e.with(func(a *app.App) error {
		book, err := a.Rules(e.ctx)
		sets, cal = book.Sets, book.Calendar
		return err
	})
	return sets, cal, err
}

// voteCmd says how many votes a question needs. The shares are the Charter's: no store
// has others.
type voteCmd struct {
	Rule    string `arg:"" help:"VOT-01, VOT-06, VOT-07 hoặc VOT-10."`
	Members count  `required:"" placeholder:"N" help:"Tổng số được tính (VOT-02)."`
	For     count  `required:"" placeholder:"N" help:"Số phiếu tán thành."`
	JSON    bool   `name:"json" help:"In JSON."`
}

// A count is a whole number of a flag. A minus before it is read as its sign, not as
// another flag, so that the command itself says what is wrong with it.
type count int

// Decode reads the number.
func (n *count) Decode(ctx *kong.DecodeContext) error {
	text := ctx.Scan.Pop().String()
	v, err := strconv.Atoi(text)
	if err != nil {
		return fmt.Errorf("%q không phải số nguyên", text)
	}
	*n = count(v)
	return nil
}

// Run prints how many votes are needed and whether they were reached.
func (c voteCmd) Run(e *env) error {
	members, agree := int(c.Members), int(c.For)
	t, ok := admission.ThresholdOf(c.Rule)
	switch {
	case !ok:
		return usage("%s không phải quy tắc biểu quyết", c.Rule)
	case members < 1:
		return refused{"tổng số phải ít nhất là 1"}
	case agree < 0 || agree > members:
		return refused{fmt.Sprintf("số tán thành %d phải từ 0 đến %d", agree, members)}
	}
	needed := t.Needed(members)
	if c.JSON {
		return e.json(struct {
			Rule   string `json:"rule"`
			Needed int    `json:"needed"`
			Passed bool   `json:"passed"`
			Cite   string `json:"cite"`
		}{c.Rule, needed, agree >= needed, t.Cite})
	}
	word := "chưa đủ"
	if agree >= needed {
		word = "đủ"
	}
	return e.say("%d/%d: %s, cần %d (%s). — %s; %s", agree, members, word, needed, t.Share(), t.Cite, t.Rule)
}

// letterCmd reads a letter and changes nothing.
type letterCmd struct {
	File string `arg:"" help:"Tệp văn bản (.txt)."`
	JSON bool   `name:"json" help:"In JSON."`
}

// Run prints the fields of the letter.
func (c letterCmd) Run(e *env) (err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return refused{fmt.Sprintf("không đọc được %s: %v", c.File, errors.Unwrap(err))}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	text, err := intake.Text(f, c.File)
	if err != nil {
		return refused{err.Error()}
	}
	letter, err := directive.Read(text)
	if err != nil {
		return refused{err.Error()}
	}
	if c.JSON {
		return e.json(letter)
	}
	if err := e.say("%s ngày %s, %s\n%s", letter.Symbol, letter.Date.VN(), letter.Issuer, letter.Subject); err != nil {
		return err
	}
	return e.say("%d mục, %d nhiệm vụ, %d chỉ tiêu, %d mức trần, %d điều cần xem lại",
		len(letter.Clauses), len(letter.Tasks), len(letter.Targets), len(letter.Ceilings), len(letter.Warnings))
}
