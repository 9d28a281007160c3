package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
	"ketnap/errs"
	"ketnap/internal/render/pdf"
	"ketnap/org"
	"ketnap/store"
)

// errCertificate is the answer to a certificate that there is none of, or out of sight.
var errCertificate = errs.E(errs.NotFound, "certificate.none")

// certificates builds the certificates of a class with their numbers and entries.
func (a *App) certificates(ctx context.Context, w *writing, l *Lesson, i Issuing, ask IssueAsk) ([]store.NewCertificate, error) {
	p, err := a.certificateDesk(ctx, w, l, ask.Issuer)
	if err != nil {
		return nil, err
	}
	out := make([]store.NewCertificate, len(i.Learners))
	for k, x := range i.Learners {
		c := store.CertificateRow{ID: newID(), Unit: l.Class.UnitNo, Kind: l.Class.Kind, Entry: i.Entry + k, Class: l.Class.ID, Learner: x.ID,
			Number: i.Next + k, Year: ask.On.Year(), Copy: 1, On: ask.On, At: w.At, By: w.who.Name}
		if out[k], err = p.certificate(x, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// certificate builds one certificate again, as the list of the class names the learner now.
func (a *App) certificate(ctx context.Context, w *writing, l *Lesson, x LessonLearner, was store.CertificateRow) (store.NewCertificate, error) {
	p, err := a.certificateDesk(ctx, w, l, "")
	if err != nil {
		return store.NewCertificate{}, err
	}
	_, content, err := w.Certificate(ctx, was.ID)
	if err != nil {
		return store.NewCertificate{}, err
	}
	var paper document.Document
	if err := json.Unmarshal([]byte(content), &paper); err == nil { // who issued it stays as it was printed
		p.issuer = paper.Issuer
	}
	return p.certificate(x, store.CertificateRow{ID: newID(), Unit: was.Unit, Kind: was.Kind, Class: was.Class, Learner: was.Learner,
		Number: was.Number, Year: was.Year, On: was.On, At: w.At, By: w.who.Name})
}

// A certificateDesk is what the certificates of one class are written from.
type certificateDesk struct {
	l       *Lesson
	issuer  string
	heads   map[org.UnitNo]store.Letterhead
	decided map[string]store.ResultRow
	from    date.Date
}

func (a *App) certificateDesk(ctx context.Context, w *writing, l *Lesson, issuer string) (p certificateDesk, err error) {
	p.l, p.decided, p.from = l, map[string]store.ResultRow{}, l.Class.From
	if p.heads, err = letterheads(ctx, w.Tx, l.Line, w.Today); err != nil {
		return p, err
	}
	var units []org.UnitNo
	for _, x := range l.Learners {
		units = append(units, x.UnitNo)
	}
	of, err := w.Letterheads(ctx, units)
	for no, h := range of {
		if _, known := p.heads[no]; !known {
			p.heads[no] = h
		}
	}
	for _, r := range l.Results {
		p.decided[r.ID] = r
	}
	for _, s := range l.Sessions {
		if s.Counts() {
			p.from = s.On // the first one: they are in their order
			break
		}
	}
	if p.issuer = issuer; p.issuer == "" {
		p.issuer = p.heads[l.Class.UnitNo].Name
	}
	return p, err
}

// certificate fills the entry of one learner in and writes the paper.
func (p certificateDesk) certificate(x LessonLearner, c store.CertificateRow) (store.NewCertificate, error) {
	d := p.decided[x.Frozen]
	c.LearnerUnit, c.File, c.Name, c.Birth, c.UnitName, c.ClassTitle = x.UnitNo, x.File, x.Name, x.Birth, x.UnitName, p.l.Class.Title
	c.Grade, c.Decision, c.DecidedOn = x.Result.Grade, d.Number, d.On
	if x.Result.Mark != nil {
		c.Mark = *x.Result.Mark
	}
	code, act := admission.PaperCertificate, admission.Act{Code: admission.Certify, On: c.On, Issued: c.On, Number: class.FormatNumber(c.Kind, c.Number)}
	if c.Kind == class.NewMember {
		code, act = admission.PaperNewMember, admission.Act{Code: admission.CompleteReview, On: c.On, Papers: map[admission.PaperCode]date.Date{admission.PaperNewMember: c.On}}
	}
	doc, err := knd.Build(string(code), p.facts(x, c, d, act))
	if err != nil {
		return store.NewCertificate{}, paperFault(err)
	}
	n := store.NewCertificate{CertificateRow: c}
	n.Content, n.Hash, err = frozen(doc)
	return n, err
}

func (p certificateDesk) facts(x LessonLearner, c store.CertificateRow, d store.ResultRow, act admission.Act) knd.Facts {
	head, branch := p.heads[p.l.Class.UnitNo], x.UnitName
	if h := p.heads[x.UnitNo]; h.Name != "" {
		branch = h.Name
	}
	signer, title := d.Signer, d.Title
	if signer == "" {
		signer = head.Signer
	}
	return knd.Facts{Branch: knd.Body{Name: branch}, Competent: knd.Body{Name: head.Name, Symbol: head.Symbol, Place: placeOf(p.l.Line, p.heads)},
		Person: knd.Person{Name: c.Name, Birth: c.Birth, Sex: x.Sex}, Act: act, Today: c.On,
		Class: knd.Class{Name: p.l.Class.Title, From: p.from, To: p.l.Held(), Issuer: p.issuer, Committee: p.l.Class.Host != class.ByCentre,
			Grade: c.Grade.Words(), Number: class.FormatNumber(c.Kind, c.Number), Signer: signer, Title: title}}
}

// A CertificatePaper is a certificate as its page shows it.
type CertificatePaper struct {
	Row     store.CertificateRow
	Class   store.ClassRow
	Line    []org.Unit // of the committee
	Sheet   document.Document
	Altered bool // the content is not what was issued: nothing of it is handed out
	May     bool // the actor manages the class
}

// Certificate returns a certificate. Who sees the unit that sent the learner sees it, and
// who sees the committee that issued it. It fails with NotFound.
func (a *App) Certificate(ctx context.Context, who Actor, id string) (p CertificatePaper, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		p, err = r.certificate(ctx, id)
		return err
	})
	return p, err
}

func (r *reading) certificate(ctx context.Context, id string) (p CertificatePaper, err error) {
	var content string
	if p.Row, content, err = r.Tx.Certificate(ctx, id); err != nil {
		return p, err
	}
	if p.Line, err = r.LineUnits(ctx, p.Row.Unit); err != nil {
		return p, err
	}
	from, err := r.Tx.Line(ctx, p.Row.LearnerUnit)
	if err != nil {
		return p, err
	}
	if !r.Scope.Covers(numbers(p.Line)) && !r.Scope.Covers(from) {
		return CertificatePaper{}, errCertificate
	}
	if p.Class, err = r.Tx.Class(ctx, r.Scope, p.Row.Class); err != nil {
		return p, err
	}
	p.May = r.who.may(access.ManageClass, r.Today, numbers(p.Line))
	if p.Altered = hashOf([]byte(content)) != p.Row.Hash; p.Altered {
		return p, nil
	}
	if err := json.Unmarshal([]byte(content), &p.Sheet); err != nil {
		return p, fmt.Errorf("content of certificate: %w", err)
	}
	return p, nil
}

// CertificateFile returns a certificate as a file. That it was taken is written down first
// (SEC-03). It fails with Conflict where the content was altered past the program.
func (a *App) CertificateFile(ctx context.Context, who Actor, id, format string) (p CertificatePaper, b []byte, err error) {
	if !ValidFormat(format) {
		return p, nil, errCertificate
	}
	if p, err = a.Certificate(ctx, who, id); err != nil {
		return p, nil, err
	}
	if p.Altered {
		return p, nil, errPaperAltered
	}
	if b, err = RenderPaper(format, p.Sheet); err != nil {
		return p, nil, err
	}
	return p, b, a.logCertificates(ctx, who, p.Row.LearnerUnit, "certificate/"+p.Row.ID+"."+format, 1)
}

// CertificateSeries returns all certificates of a class that stand as one PDF, by number,
// to be printed in series. It fails with NotFound where there are none, for who does not
// see the whole list, and with Conflict where one was altered past the program.
func (a *App) CertificateSeries(ctx context.Context, who Actor, id string) (b []byte, err error) {
	var papers []document.Document
	var unit org.UnitNo
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		c, err := r.Tx.Class(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		line, err := r.Tx.Line(ctx, c.UnitNo)
		if err != nil {
			return err
		}
		if unit = c.UnitNo; !r.Scope.Covers(line) {
			return errCertificate
		}
		papers, err = standingPapers(ctx, r.Tx, c.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(papers) == 0 {
		return nil, errCertificate
	}
	var out bytes.Buffer
	if err := pdf.WriteSeries(&out, papers); err != nil {
		return nil, fmt.Errorf("certificates of class %s: %w", id, err)
	}
	return out.Bytes(), a.logCertificates(ctx, who, unit, "class/"+id+"/certificates.pdf", len(papers))
}

// standingPapers reads the papers of a class that stand, none of them altered.
func standingPapers(ctx context.Context, tx *store.Tx, id string) ([]document.Document, error) {
	papers, err := tx.CertificatePapers(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]document.Document, len(papers))
	for i, p := range papers {
		if hashOf([]byte(p.Content)) != p.Hash {
			return nil, errPaperAltered
		}
		if err := json.Unmarshal([]byte(p.Content), &out[i]); err != nil {
			return nil, fmt.Errorf("content of certificate: %w", err)
		}
	}
	return out, nil
}

// logCertificates records that certificates left the program (SEC-03, LAW-16).
func (a *App) logCertificates(ctx context.Context, who Actor, unit org.UnitNo, what string, n int) error {
	return a.write(ctx, who, at(access.SeeClass, access.SeeClass, unit), func(*writing) (record, error) {
		return record{object: "print/" + what, after: map[string]int{"people": n}, rules: "SEC-03 LAW-16"}, nil
	})
}

// A CertificateBook is the register of certificates of a committee (sổ gốc) for one kind of
// class.
type CertificateBook struct {
	Unit    org.Unit
	Line    []org.Unit
	Kind    class.Kind
	Entries []store.CertificateRow
	More    bool // there are more than the limit
}

// maxBook is how many entries of a register are read at once.
const maxBook = 20_000

// CertificateBook returns the register of a committee: the entries of a year, 0 for all, in
// their order. It fails with NotFound for a unit out of sight.
func (a *App) CertificateBook(ctx context.Context, who Actor, unit string, kind class.Kind, year int) (b CertificateBook, err error) {
	if b.Kind = kind; !kind.Valid() {
		return b, errs.E(errs.NotFound, "error.not_found")
	}
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if b.Unit, _, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if b.Line, err = r.LineUnits(ctx, b.Unit.No); err != nil {
			return err
		}
		b.Entries, err = r.Register(ctx, b.Unit.No, kind, year, maxBook+1)
		if b.More = len(b.Entries) > maxBook; b.More {
			b.Entries = b.Entries[:maxBook]
		}
		return err
	})
	return b, err
}

// LogClassList records that a list of the people of a class left the program as a sheet
// (SEC-03, LAW-16).
func (a *App) LogClassList(ctx context.Context, who Actor, unit, what string, people int) error {
	return a.write(ctx, who, atCode(ctx, access.SeeClass, access.SeeClass, unit), func(*writing) (record, error) {
		return record{object: "export/" + what, after: map[string]int{"people": people}, rules: "SEC-03 LAW-16"}, nil
	})
}
