package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// An IssueAsk is what one may say to the certificates of a class.
type IssueAsk struct {
	On      date.Date
	First   int    // the first number; 0 for the next of the series
	Reason  string // why numbers are left out before it
	Issuer  string // as printed; "" for the committee
	Confirm bool   // the person has seen the warnings
}

// An Issuing is the certificates that a class may get next, with their numbers.
type Issuing struct {
	Next     int // of the series
	Entry    int // of the register, the next
	Learners []LessonLearner
	Findings []rule.Finding
}

// Number is that of the certificate which the learner at a place of the list gets.
func (i Issuing) Number(k class.Kind, at int) string { return class.FormatNumber(k, i.Next+at) }

// Issuing says who gets a certificate next, and which numbers they get when it is issued
// on a day. Nothing is written.
func (a *App) Issuing(ctx context.Context, who Actor, id string, ask IssueAsk) (l Lesson, i Issuing, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if l, err = a.lesson(ctx, r.Tx, r.Scope, r.Today, id); err != nil {
			return err
		}
		if l.All = r.Scope.Covers(numbers(l.Line)); !l.All {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		if l.May, err = r.holds(ctx, access.ManageClass, numbers(l.Line)); err != nil {
			return err
		}
		if ask.On.IsZero() {
			ask.On = r.Today
		}
		i, err = l.issuing(ctx, r.Tx, ask)
		return err
	})
	return l, i, err
}

// issuing finds the numbers and judges them.
func (l *Lesson) issuing(ctx context.Context, tx *store.Tx, ask IssueAsk) (i Issuing, err error) {
	for _, x := range l.Learners {
		if x.Frozen != "" && x.Result.Outcome == class.OutcomePassed && !l.had(x.ID) {
			i.Learners = append(i.Learners, x)
		}
	}
	last, number, err := tx.RegisterEnd(ctx, l.Class.UnitNo, l.Class.Kind, ask.On.Year())
	if err != nil {
		return i, err
	}
	hand, err := tx.HandNumbers(ctx, l.Class.UnitNo, ask.On.Year())
	if err != nil {
		return i, err
	}
	var used []int
	owner := map[int]string{}
	for _, h := range hand {
		if n, ok := class.ParseNumber(l.Class.Kind, h.Number); ok {
			used, owner[n] = append(used, n), h.Name
		}
	}
	i.Entry, i.Next = last+1, class.NextNumber(number, used)
	i.Findings = l.issuable(ask)
	if ask.First != 0 && ask.First != i.Next {
		i.Findings = append(i.Findings, l.first(ask, i.Next, number, len(i.Learners), owner)...)
		i.Next = ask.First
	}
	return i, nil
}

// had reports whether a certificate was issued to a learner, whatever became of it.
func (l *Lesson) had(learner string) bool {
	return slices.ContainsFunc(l.Certificate, func(c store.CertificateRow) bool { return c.Learner == learner })
}

// issuable judges the day of certificates.
func (l *Lesson) issuable(ask IssueAsk) (found []rule.Finding) {
	block := func(field, format string, args ...any) {
		found = append(found, rule.Finding{Rule: "CLS-09", Cite: l.Regulation.Certificate.Cite, Severity: rule.Block, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if utf8.RuneCountInString(ask.Issuer) > maxSigner {
		block("issuer", "Dài quá %d ký tự.", maxSigner)
	}
	if !l.Decided() {
		block("", "Chưa có quyết định công nhận kết quả; chưa cấp giấy chứng nhận được.")
		return found
	}
	decided := l.Results[len(l.Results)-1].On
	switch {
	case ask.On.After(l.Today):
		block("on", "Ngày cấp %s sau ngày hôm nay (%s).", ask.On.VN(), l.Today.VN())
	case ask.On.Before(decided):
		block("on", "Ngày cấp %s trước quyết định công nhận ngày %s.", ask.On.VN(), decided.VN())
	default:
		found = append(found, class.Late(decided, ask.On)...)
	}
	return found
}

// first judges a first number that is not the next one: none of the n from there may have
// been used, and why numbers are left out or taken from between is said.
func (l *Lesson) first(ask IssueAsk, next, last, n int, owner map[int]string) []rule.Finding {
	f := rule.Finding{Rule: "CLS-09", Cite: l.Regulation.Copies.Cite, Severity: rule.Block, Field: "first"}
	taken, name := 0, ""
	for k := ask.First + n - 1; k >= ask.First && ask.First > 0; k-- {
		if owner[k] != "" {
			taken, name = k, owner[k]
		}
	}
	switch {
	case ask.First < 0 || ask.First > 999_999:
		f.Message = "Số đầu tiên từ 1 đến 999999."
	case name != "":
		f.Message = fmt.Sprintf("Số %s đã ghi trong hồ sơ của %s. Số tiếp theo còn trống là %s.",
			class.FormatNumber(l.Class.Kind, taken), name, class.FormatNumber(l.Class.Kind, next))
	case ask.First <= last:
		f.Message = fmt.Sprintf("Số %s đã dùng trong sổ gốc. Số tiếp theo còn trống là %s.", class.FormatNumber(l.Class.Kind, ask.First), class.FormatNumber(l.Class.Kind, next))
	case ask.First < next && strings.TrimSpace(ask.Reason) == "":
		f.Field = "reason"
		f.Message = fmt.Sprintf("Trong hồ sơ đã ghi tới số %s. Ghi lý do bắt đầu từ số nhỏ hơn.", class.FormatNumber(l.Class.Kind, next-1))
	case strings.TrimSpace(ask.Reason) == "":
		f.Field = "reason"
		f.Message = fmt.Sprintf("Bắt đầu từ %s sẽ bỏ trống %d số. Ghi lý do, ví dụ: các số đó đã cấp trên giấy.", class.FormatNumber(l.Class.Kind, ask.First), ask.First-next)
	case utf8.RuneCountInString(ask.Reason) > maxRemarks:
		f.Field, f.Message = "reason", fmt.Sprintf("Dài quá %d ký tự.", maxRemarks)
	default:
		return nil
	}
	return []rule.Finding{f}
}

// An IssuedRun is what came of issuing: findings that kept it from being written, or the
// certificates of the class with what became of them in the files.
type IssuedRun struct {
	Findings []rule.Finding
	Written  bool
	Issued   int // by this press
	Lesson   Lesson
}

// Waiting lists the certificates that do not stand in the files of their learners yet.
func (l Lesson) Waiting() (out []store.CertificateRow) {
	for _, c := range l.Certificate {
		if c.Waiting != "" && c.Act == "" && c.Marked == "" {
			out = append(out, c)
		}
	}
	return out
}

// Issue issues certificates to all who passed and have none: in one transaction each gets
// the next number of the series, an entry of the register and its paper, and each is
// written into the learner's admission file as far as the rules of admission let it
// (CLS-14). Where they do not, the certificate stands in the register and waits. Findings
// that block, or warnings that nobody confirmed, come back with Written false, and nothing
// was written. A second press writes nothing.
func (a *App) Issue(ctx context.Context, who Actor, id string, ask IssueAsk) (run IssuedRun, err error) {
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		run = IssuedRun{}
		if ask.On.IsZero() {
			ask.On = w.Today
		}
		i, err := l.issuing(ctx, w.Tx, ask)
		if err != nil {
			return record{}, err
		}
		if len(i.Learners) == 0 && len(l.Certificate) > 0 {
			return record{}, errNothing
		}
		if run.Findings = i.Findings; len(i.Learners) == 0 {
			run.Findings = append(run.Findings, rule.Finding{Rule: "CLS-09", Cite: l.Regulation.Certificate.Cite, Severity: rule.Block,
				Message: "Không có ai đạt mà chưa có giấy chứng nhận."})
		}
		if err := lessonRefused(run.Findings, ask.Confirm); err != nil {
			return record{}, err
		}
		rows, err := a.certificates(ctx, w, l, i, ask)
		if err != nil {
			return record{}, err
		}
		if err := w.keepCertificates(ctx, l, rows); err != nil {
			return record{}, err
		}
		run.Issued = len(rows)
		if err := a.deliver(ctx, w, l, rowsOf(rows)); err != nil {
			return record{}, err
		}
		r := record{object: "class/" + id + "/certificates", after: certificateRecord(rows, ask), rules: lessonRules("CLS-09 CLS-14", run.Findings)}
		return r, w.classTo(ctx, l, class.Closed)
	})
	if errors.Is(err, errBlocked) {
		return run, nil
	}
	if err != nil {
		return run, err
	}
	run.Written = true
	run.Lesson, err = a.Lesson(ctx, who, id)
	return run, err
}

// keepCertificates writes certificates, and into the list of the class that they came.
func (w *writing) keepCertificates(ctx context.Context, l *Lesson, rows []store.NewCertificate) error {
	if err := w.AddCertificates(ctx, w.Permit, rows); err != nil {
		return err
	}
	var learners []store.LearnerRow
	for _, c := range rows {
		x := l.learner(c.Learner).LearnerRow
		x.Certified = c.On
		learners = append(learners, x)
	}
	return w.SaveLearners(ctx, w.Permit, l.Class.ID, learners)
}

func rowsOf(rows []store.NewCertificate) []store.CertificateRow {
	out := make([]store.CertificateRow, len(rows))
	for i, c := range rows {
		out[i] = c.CertificateRow
	}
	return out
}

// certificateRecord is what the audit keeps: numbers by learner, no name.
func certificateRecord(rows []store.NewCertificate, ask IssueAsk) map[string]any {
	numbers := map[string]string{}
	for _, c := range rows {
		numbers[c.Learner] = class.FormatNumber(c.Kind, c.Number)
	}
	return map[string]any{"on": ask.On, "numbers": numbers, "reason": strings.TrimSpace(ask.Reason)}
}

// A CertificateMark is a mark beside an entry of the register, with its reason.
type CertificateMark struct {
	Mark   class.RegisterMark
	Reason string
}

// MarkCertificate marks a certificate as printed wrongly, and prints another under the same
// number, or as taken back. The entry itself is never changed. Findings that block come
// back, and nothing was written. A second press of the same mark writes nothing.
func (a *App) MarkCertificate(ctx context.Context, who Actor, id, certificate string, ask CertificateMark) (found []rule.Finding, err error) {
	ask.Reason = strings.TrimSpace(ask.Reason)
	err = a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		i := slices.IndexFunc(l.Certificate, func(c store.CertificateRow) bool { return c.ID == certificate })
		if i < 0 {
			return record{}, errCertificate
		}
		c := l.Certificate[i]
		if c.Marked == ask.Mark && c.Reason == ask.Reason {
			return record{}, errNothing
		}
		if found = class.Replace(c.Marked == "", w.Today, ask.Reason); rule.Blocked(found) {
			return record{}, errBlocked
		}
		r := record{object: "certificate/" + c.ID, after: map[string]any{"mark": ask.Mark, "reason": ask.Reason, "number": class.FormatNumber(c.Kind, c.Number)}, rules: "CLS-09"}
		c.Marked, c.MarkedOn, c.Reason = ask.Mark, w.Today, ask.Reason
		switch ask.Mark {
		case class.Voided:
			return r, w.Tx.MarkCertificate(ctx, w.Permit, c, w.At, w.who.Name)
		case class.Replaced:
			return r, a.replace(ctx, w, l, c)
		}
		return r, errCertificate
	})
	if errors.Is(err, errBlocked) {
		return found, nil
	}
	return found, err
}

// replace marks a certificate and prints it again: the same number, the next copy, an entry
// of its own at the end of the register.
func (a *App) replace(ctx context.Context, w *writing, l *Lesson, c store.CertificateRow) error {
	if err := w.Tx.MarkCertificate(ctx, w.Permit, c, w.At, w.who.Name); err != nil {
		return err
	}
	x := l.learner(c.Learner)
	if x == nil {
		return errCertificate
	}
	entry, _, err := w.RegisterEnd(ctx, c.Unit, c.Kind, c.Year)
	if err != nil {
		return err
	}
	again, err := a.certificate(ctx, w, l, *x, c)
	if err != nil {
		return err
	}
	again.Entry, again.Copy = entry+1, c.Copy+1
	return w.AddCertificates(ctx, w.Permit, []store.NewCertificate{again})
}

// byUnit orders certificates by unit: the heads of the audit are locked in one order.
func byUnit(rows []store.CertificateRow, code map[string]string) {
	slices.SortStableFunc(rows, func(a, b store.CertificateRow) int {
		return cmp.Or(cmp.Compare(code[a.ID], code[b.ID]), cmp.Compare(a.File, b.File))
	})
}
