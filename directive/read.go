package directive

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Read reads the plain text of a letter. It fails with a *ReadError when the text is
// empty or shows none of the marks of a letter; whatever else is missing or unclear
// becomes a warning of the Letter.
func Read(text string) (Letter, error) {
	lines := clean(text)
	if len(lines) == 0 {
		return Letter{}, &ReadError{"letter.empty", "Tệp không có chữ nào để đọc."}
	}
	if !looksLikeLetter(lines) {
		return Letter{}, &ReadError{"letter.none", "Không nhận ra văn bản của cấp ủy: thiếu số, ký hiệu, tên loại, «Kính gửi» và «Nơi nhận». Hãy kiểm tra lại tệp."}
	}
	start := footStart(lines)
	h := readHead(lines, start)
	cut := copyStart(lines, start)
	var warnings []string
	if cut < len(lines) {
		warnings = append(warnings, "Chưa đọc phần sau văn bản, từ «"+short(lines[cut].text)+"».")
		lines = lines[:cut]
	}
	lines, notes, removed := takeNotes(lines, h.end, start)
	start -= removed
	if len(notes) > 0 { // a note in the head was read as print
		h = readHead(lines, start)
	}
	f := readFoot(lines[start:])
	body := lines[h.end:start]
	var note *Endorsement
	note, noteWarnings := endorse(notes)
	l := fields(h, f, body)
	l.Endorsement = note
	l.Warnings = append(l.Warnings, append(warnings, append(noteWarnings, f.warnings...)...)...)
	l.Warnings = append(l.Warnings, missing(l)...)
	l.Warnings = append(l.Warnings, defectWarnings(l.Clauses)...)
	for i, w := range l.Warnings {
		l.Warnings[i] = norm.NFC.String(w)
	}
	return l, nil
}

func looksLikeLetter(lines []line) bool {
	for _, l := range lines {
		kind, _ := titleKind(l.text)
		if kind != "" || nation.MatchString(l.text) || addressTag.MatchString(l.text) || recipientTag.MatchString(l.text) ||
			subjectTag.MatchString(l.text) || symbolForm.MatchString(l.text) && len(l.text) < 120 {
			return true
		}
	}
	return false
}

var aboutYear = regexp.MustCompile(`(?i)năm\s+20\d\d`)

// fields puts together what head, body and foot say.
func fields(h head, f foot, body []line) Letter {
	pars := assemble(body)
	all := start(strings.Join(pars, "\n"), 64<<10) // enough to see how names are spelled
	n := readSections(pars)
	pre := readPreamble(n.preamble)
	l := Letter{
		Symbol: h.symbol, Number: h.number, Kind: h.kind, Date: h.date, Place: h.place,
		Subject: subject(h, all), Basis: pre.bases, Recipients: f.recipients, Filed: f.filed, Signer: f.signer,
		Warnings: append(h.warnings, n.warnings...),
	}
	switch k := len(h.orgs); {
	case k == 1:
		l.Issuer = restoreCase(h.orgs[0], all)
	case k >= 2:
		l.Superior, l.Issuer = restoreCase(h.orgs[0], all), restoreCase(h.orgs[1], all)
	}
	for _, a := range h.addressees {
		if a = strings.TrimRight(a, " ,.;:"); a != "" {
			l.Addressees = append(l.Addressees, a)
		}
	}
	sections := n.sections
	if len(sections) == 0 && pre.operative != "" {
		sections = []section{{pars: strings.Split(pre.operative, "\n\n"), parent: -1}}
		l.Warnings = append(l.Warnings, "Nội dung không đánh số mục; đọc thành một mục.")
	}
	for _, s := range sections {
		l.Clauses = append(l.Clauses, Clause{s.no, s.text()})
	}
	l.orders(sections, pre, all)
	l.noNil()
	return l
}

// orders reads targets, ceilings and tasks.
func (l *Letter) orders(sections []section, pre preamble, all string) {
	years := aboutYear.FindAllString(l.Subject, -1)
	targets := targetReader{letterYear: len(years) == 1}
	ceilings := ceilingReader{subject: l.Subject}
	for _, s := range sections {
		heading := ""
		if s.parent >= 0 {
			heading = restoreCase(sections[s.parent].heading, all)
		}
		targets.clause(s.no, s.text(), heading)
		ceilings.clause(s.no, s.text())
	}
	l.Targets, l.Ceilings = targets.targets, ceilings.ceilings
	l.Warnings = append(l.Warnings, append(targets.warnings, ceilings.warnings...)...)
	if l.Kind == "BC" || l.Kind == "TTr" || l.Kind == "BB" {
		return // they report and ask; they order nothing
	}
	tasks := taskReader{body: all, sections: sections, targets: l.Targets, ceilings: l.Ceilings, general: l.general(pre), issuer: l.Issuer}
	tasks.read()
	l.Tasks = tasks.tasks
	l.Warnings = append(l.Warnings, tasks.warnings...)
}

// general returns whom an order without a doer of its own speaks to.
func (l *Letter) general(pre preamble) string {
	if pre.asked != "" {
		return pre.asked
	}
	out := make([]string, len(l.Addressees))
	for i, a := range l.Addressees {
		if bodyLead.lead(fold(a)) > 0 && (strings.HasPrefix(a, "Các ") || strings.HasPrefix(a, "Cấp ") || strings.HasPrefix(a, "Mỗi ")) {
			a = lowerFirst(a)
		}
		out[i] = a
	}
	return strings.Join(out, "; ")
}

func subject(h head, body string) string {
	s := strings.Join(h.subject, " ")
	s = strings.TrimSpace(subjectTag.ReplaceAllString(s, ""))
	return strings.TrimRight(sentenceCase(s, body), " .;")
}

func (l *Letter) noNil() {
	l.Basis = append([]Basis{}, l.Basis...)
	l.Addressees = append([]string{}, l.Addressees...)
	l.Clauses = append([]Clause{}, l.Clauses...)
	l.Tasks = append([]Task{}, l.Tasks...)
	l.Targets = append([]Target{}, l.Targets...)
	l.Ceilings = append([]Ceiling{}, l.Ceilings...)
	l.Recipients = append([]Recipient{}, l.Recipients...)
	l.Warnings = append([]string{}, l.Warnings...)
}

// missing says which fields the letter does not show.
func missing(l Letter) (out []string) {
	for _, f := range []struct {
		absent bool
		name   string
	}{
		{l.Symbol == "", "số, ký hiệu"}, {l.Symbol != "" && l.Number == nil, "số (còn để trống)"},
		{l.Date.IsZero(), "ngày ban hành"}, {l.Place == "", "địa danh"}, {l.Issuer == "", "cơ quan ban hành"},
		{l.Subject == "", "trích yếu"}, {len(l.Addressees) == 0 && (l.Kind == "CV" || l.Kind == "TTr"), "nơi kính gửi"},
		{len(l.Clauses) == 0, "nội dung"}, {len(l.Recipients) == 0, "nơi nhận"}, {l.Signer.Name == "", "người ký"},
	} {
		if f.absent {
			out = append(out, "Không tìm thấy "+f.name+".")
		}
	}
	return out
}
