package knd

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/rule"
)

// Errors of Build.
var (
	ErrUnknown = errors.New("no such form")
	ErrMissing = errors.New("a fact is missing")
	ErrAct     = errors.New("the act is not the one that the form shows")
	ErrVote    = errors.New("the vote does not carry the paper")
)

// A need is a fact without which a paper cannot be written.
type need struct {
	what string
	has  func(Facts) bool
}

func has(get func(Facts) string) func(Facts) bool {
	return func(f Facts) bool { return clean(get(f)) != "" }
}

//nolint:gochecknoglobals // a table that never changes
var (
	needName      = need{"họ tên người được lập hồ sơ", has(func(f Facts) string { return f.Person.Name })}
	needBranch    = need{"tên chi bộ", has(func(f Facts) string { return f.Branch.Name })}
	needSectional = need{"tên đảng ủy bộ phận", has(func(f Facts) string { return f.Sectional.Name })}
	needBase      = need{"tên đảng ủy cơ sở", has(func(f Facts) string { return f.Base.Name })}
	needCompetent = need{"tên cấp ủy có thẩm quyền", has(func(f Facts) string { return f.Competent.Name })}
	needItems     = need{"nội dung họp", func(f Facts) bool { return len(f.Minutes.Items) > 0 }}
	needRows      = need{"quyết định trong danh sách", func(f Facts) bool { return len(f.Session.Rows) > 0 }}
)

func needPerson() []need { return []need{needName, needBranch} }

// Build writes a form from the facts. It returns ErrUnknown for a code without a form,
// ErrMissing with what is missing where the paper cannot do without it, ErrAct where the
// act is another's, and ErrVote where a resolution or decision did not get its votes
// (VOT-04: there is no resolution then). Other facts may be empty: dots are printed.
func Build(code string, f Facts) (document.Document, error) {
	e, ok := find(code, f.Today)
	if !ok {
		return document.Document{}, fmt.Errorf("%w: %q", ErrUnknown, code)
	}
	if err := e.check(f); err != nil {
		return document.Document{}, fmt.Errorf("%s: %w", code, err)
	}
	p := newPaper(e, f)
	e, _ = find(code, p.day) // names are those of the paper's own day
	p.form = e.form(regulation(f.Sets), p.day)
	p.doc.Form = printedCode(e)
	if e.Hand {
		p.doc.Mark = "Mẫu hướng dẫn"
	}
	e.write(p)
	return tidy(p.doc), nil
}

// printedCode is "6-KNĐ"; the codes of this package are of its own making and not printed.
func printedCode(e entry) string {
	if e.clause != "" {
		return ""
	}
	return e.Code
}

func (e entry) check(f Facts) error {
	needs := e.needs
	if needs == nil {
		needs = needPerson()
	}
	var missing []string
	for _, n := range needs {
		if !n.has(f) {
			missing = append(missing, n.what)
		}
	}
	if f.Today.IsZero() && f.Act.On.IsZero() {
		missing = append(missing, "ngày lập văn bản")
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: %s", ErrMissing, strings.Join(missing, ", "))
	}
	if e.Act != "" && f.Act.Code != "" && f.Act.Code != e.Act {
		return fmt.Errorf("%w: %s", ErrAct, f.Act.Code)
	}
	return e.checkVote(f.Act)
}

func (e entry) checkVote(a admission.Act) error {
	if e.Act == "" || a.Votes == nil || a.Code != e.Act {
		return nil
	}
	b, ok := ballot(e.Act, a.Votes.Members)
	if ok && (!sound(*a.Votes) || a.Votes.For < b.Needed) {
		return fmt.Errorf("%w: %d/%d, cần %d", ErrVote, a.Votes.For, a.Votes.Members, b.Needed)
	}
	return nil
}

// A paper is a form while it is written.
type paper struct {
	Facts
	form  Form
	day   date.Date // of the paper; of the draft before it
	set   rule.Set  // in force on the day
	road  admission.File
	draft bool
	doc   document.Document
}

func newPaper(e entry, f Facts) *paper {
	p := &paper{Facts: f, day: f.Today, draft: true}
	if on := e.dayOf(f); !on.IsZero() {
		p.day, p.draft = on, false
		p.doc.On = on
	}
	p.set = regulation(f.Sets).On(p.day)
	p.doc.Layout = document.LayoutOn(p.day)
	if p.draft && e.Kind != "" {
		p.doc.Mark = "Dự thảo"
	}
	p.road = asOf(f.File, f.Act)
	if p.draft || e.Kind == "" {
		return p
	}
	p.doc.Number, p.doc.Symbol = numberOf(f.Act.Number)
	return p
}

// dayOf is the day of the paper, none in a draft. Papers of the dossier have days of
// their own beside the act that hands them in.
func (e entry) dayOf(f Facts) date.Date {
	switch {
	case e.Code == BranchMinutes:
		return f.Minutes.On
	case e.Code == DecisionList:
		return f.Session.On
	case f.Act.Code == "":
		return date.Date{}
	case e.Act == admission.CompleteDossier || e.Act == admission.CompleteReview:
		return f.Act.Papers[admission.PaperCode(e.Code)]
	case e.Act == admission.Certify && !f.Act.Issued.IsZero():
		return f.Act.Issued
	}
	return f.Act.On
}

// asOf is the file as it stood before an act: what a paper cites is what was in force
// when it was made, not what came later.
func asOf(f admission.File, a admission.Act) admission.File {
	if len(f.Acts) == 0 {
		return f
	}
	for i := range f.Acts {
		if a.ID != "" && f.Acts[i].ID == a.ID {
			f.Acts = f.Acts[:i]
			break
		}
	}
	return admission.Replay(f)
}

// cited is the last act of a code that holds, if its day is the one the state keeps.
func (p *paper) cited(code admission.Code, on date.Date) (admission.Act, bool) {
	for i := len(p.road.Acts) - 1; i >= 0; i-- {
		a := p.road.Acts[i]
		if a.Code == code && !a.Voided && a.On == on && !on.IsZero() {
			return a, true
		}
	}
	return admission.Act{}, false
}

// bareNumber is a number that was recorded without its symbol.
var bareNumber = regexp.MustCompile(`^\s*(\d{1,5})\s*$`)

// numberOf takes "05-NQ/CB" apart; what is no number gives 0.
func numberOf(text string) (number int, symbol string) {
	if n, symbol, ok := document.ParseNumber(text); ok {
		return n, symbol
	}
	m := bareNumber.FindStringSubmatch(text)
	if m == nil {
		return 0, ""
	}
	n, err := strconv.Atoi(m[1])
	if err != nil { // five digits always are a number
		return 0, ""
	}
	return n, ""
}

// number gives the series where the recorded number did not bring its own.
func (p *paper) number(symbol string) {
	if p.doc.Symbol == "" {
		p.doc.Symbol = symbol
	}
}

// cite names a paper before this one by number and day (PAPER-16; 05-HD/VPTW sets a
// comma before the day, the letters of before do not).
func (p *paper) cite(kind, symbol string, a admission.Act, on date.Date, by string) string {
	n, own := numberOf(a.Number)
	number := document.Dots + "-" + symbol
	switch {
	case n > 0:
		number = document.FormatNumber(n, or(own, symbol))
	case clean(a.Number) != "": // recorded in a way of its own: as it stands
		number = a.Number
	}
	comma := ""
	if p.doc.Layout == document.Layout05 {
		comma = ","
	}
	return fmt.Sprintf("%s số %s%s %s của %s", kind, number, comma, onDay(on), by)
}

func (p *paper) add(blocks ...document.Block) { p.doc.Body = append(p.doc.Body, blocks...) }

func para(text string) document.Block { return document.P(text) }

func item(text string) document.Block {
	return document.Block{Kind: document.Item, Text: document.Plain("- " + text)}
}

func heading(text string) document.Block {
	return document.Block{Kind: document.Heading, Text: []document.Span{{Text: text, Bold: true}}}
}

func section(text string) document.Block {
	return document.Block{Kind: document.Section, Text: []document.Span{{Text: text, Bold: true}}}
}

func field(label, value string) document.Block {
	b := document.Block{Kind: document.Field, Label: label}
	if value != "" {
		b.Text = document.Plain(value)
	}
	return b
}

func dayField(label string, d date.Date) document.Block { return field(label, d.VN()) }

// written is a labelled part that people write: what was recorded, or lines to write on.
func written(label, recorded string, lines int) []document.Block {
	if clean(recorded) != "" {
		return []document.Block{{Kind: document.Paragraph, Text: []document.Span{{Text: label + ": ", Bold: true}, {Text: sentence(recorded)}}}}
	}
	return []document.Block{
		{Kind: document.Paragraph, Text: []document.Span{{Text: label + ":", Bold: true}}},
		{Kind: document.Lines, Count: lines},
	}
}
