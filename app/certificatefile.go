package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/store"
)

// deliver writes certificates into the admission files of their learners, each judged by
// itself; what the rules refuse waits, with the reason. The certificate of the awareness
// class is an act (DL-20 runs from its issue); that of new members is a paper of the review
// at the end of probation, whose form reads it from the register.
func (a *App) deliver(ctx context.Context, w *writing, l *Lesson, rows []store.CertificateRow) error {
	rows = slices.DeleteFunc(slices.Clone(rows), func(c store.CertificateRow) bool { return c.File == "" })
	codes := map[string]string{}
	for _, c := range rows {
		if x := l.learner(c.Learner); x != nil {
			codes[c.ID] = x.Unit
		}
	}
	byUnit(rows, codes)
	var out []store.Delivery
	for _, c := range rows {
		d := store.Delivery{Learner: c.Learner}
		var err error
		if c.Kind == class.Awareness {
			d.Act, d.Reason, err = a.certify(ctx, w, c)
		}
		if err != nil {
			return err
		}
		if d.Act != c.Act || d.Reason != c.Waiting || !c.Tried {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return w.Deliver(ctx, w.Permit, l.Class.ID, out, w.At)
}

// certify records the certificate of one learner in the file: the id of the act, or why it
// could not be recorded.
func (a *App) certify(ctx context.Context, w *writing, c store.CertificateRow) (act, why string, err error) {
	unit, err := w.FileUnit(ctx, c.File)
	if errs.KindOf(err) == errs.NotFound {
		return "", "Không còn hồ sơ của người này.", nil
	}
	if err != nil {
		return "", "", err
	}
	one := *w
	if one.Line, err = w.Tx.Line(ctx, unit); err != nil {
		return "", "", err
	}
	// The board holds the permit of its committee; the file needs one on its own unit.
	if one.Permit, err = permit(w.who, w.Today, order{right: access.ManageClass, see: access.SeeClass, unit: unit}, one.Line); err != nil {
		return "", "Hồ sơ đã chuyển ra ngoài phạm vi của cấp ủy mở lớp.", nil
	}
	f, row, err := one.File(ctx, access.ScopeOfPermit(one.Permit), c.File)
	if err != nil {
		return "", "", err
	}
	number := class.FormatNumber(c.Kind, c.Number)
	if id, ok := standing(f, c); ok {
		return id, "", nil
	}
	next, effects, findings, err := a.judge(ctx, &one, f, row.Unit, admission.Act{ID: newID(), Code: admission.Certify, On: w.Today, Number: number, Issued: c.On})
	if err != nil {
		return "", "", err
	}
	for _, x := range findings {
		if x.Severity == rule.Block {
			return "", x.Message, nil
		}
	}
	r, err := a.keep(ctx, &one, f, next, row, effects, findings)
	if err != nil {
		return "", "", err
	}
	return next.Acts[len(next.Acts)-1].ID, "", one.audit(ctx, string(access.ManageClass), unit, r)
}

// standing finds the act by which a certificate stands in a file already: its number, of
// its year.
func standing(f admission.File, c store.CertificateRow) (string, bool) {
	for _, a := range slices.Backward(f.Acts) {
		if a.Code != admission.Certify || a.Voided {
			continue
		}
		issued := a.Issued
		if issued.IsZero() {
			issued = a.On
		}
		if n, ok := class.ParseNumber(c.Kind, a.Number); ok && n == c.Number && issued.Year() == c.Year {
			return a.ID, true
		}
	}
	return "", false
}

// DeliverAgain tries again to write the certificates of a class that wait into the files,
// and finds those that the branch has recorded meanwhile. It writes nothing where nothing
// has changed.
func (a *App) DeliverAgain(ctx context.Context, who Actor, id string) error {
	return a.manage(ctx, who, id, func(w *writing, l *Lesson) (record, error) {
		waiting := l.Waiting()
		if len(waiting) == 0 {
			return record{}, errNothing
		}
		if err := a.deliver(ctx, w, l, waiting); err != nil {
			return record{}, err
		}
		after, err := w.ClassCertificates(ctx, l.Class.ID)
		if err != nil {
			return record{}, err
		}
		was, is := waitingReasons(l.Certificate), waitingReasons(after)
		if len(was) == len(is) {
			return record{}, errNothing
		}
		return record{object: "class/" + id + "/certificates", before: was, after: is, rules: "CLS-14"}, nil
	})
}

func waitingReasons(rows []store.CertificateRow) map[string]string {
	out := map[string]string{}
	for _, c := range rows {
		if c.Waiting != "" && c.Act == "" && c.Marked == "" {
			out[c.Learner] = c.Waiting
		}
	}
	return out
}
