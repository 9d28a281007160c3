package store

import (
	"context"
	"encoding/json"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A CertificateRow is an entry of the register of certificates (sổ gốc), with what was
// marked beside it and whether it stands in the learner's admission file.
type CertificateRow struct {
	ID          string
	Unit        org.UnitNo // the committee whose register it is
	Kind        class.Kind
	Entry       int // of the register
	Class       string
	Learner     string
	LearnerUnit org.UnitNo
	File        string // id of the admission file; "" without one
	Number      int
	Year        int
	Copy        int
	On          date.Date
	Name        string
	Birth       date.Date
	UnitName    string // that sent the learner, as it was called
	ClassTitle  string
	Mark        class.Mark
	Grade       class.Grade
	Decision    string
	DecidedOn   date.Date
	Hash        string // SHA-256 of the paper, hexadecimal
	At          date.Instant
	By          string

	Marked   class.RegisterMark // "" while it stands
	MarkedOn date.Date
	Reason   string

	Tried   bool   // to write it into the file
	Act     string // id of the act that did; ""
	Waiting string // why it does not stand there yet
}

const certificateColumns = `c.id, c.unit_no, c.kind, c.entry, c.class_id, c.learner_id, c.learner_unit_no, c.file_id, c.number, c.year, c.copy,
	c.on_day, c.name, c.birth_date, c.unit_name, c.class_title, c.mark, c.grade, c.decision, c.decided_on, c.hash, c.issued_at, c.issued_by,
	COALESCE(m.mark, ''), m.on_day, COALESCE(m.reason, ''), CASE WHEN d.class_id IS NULL THEN 0 ELSE 1 END,
	COALESCE(d.act_id, ''), COALESCE(d.reason, '')`

const certificateFrom = ` FROM class_certificate c
	LEFT JOIN class_register_mark m ON m.realm = c.realm AND m.certificate_id = c.id
	LEFT JOIN class_delivery d ON d.realm = c.realm AND d.class_id = c.class_id AND d.learner_id = c.learner_id `

func scanCertificate(r sqldb.Row) (c CertificateRow, err error) {
	var tried int
	err = r.Scan(&c.ID, &c.Unit, &c.Kind, &c.Entry, &c.Class, &c.Learner, &c.LearnerUnit, &c.File, &c.Number, &c.Year, &c.Copy,
		&c.On, &c.Name, &c.Birth, &c.UnitName, &c.ClassTitle, &c.Mark, &c.Grade, &c.Decision, &c.DecidedOn, &c.Hash, &c.At, &c.By,
		&c.Marked, &c.MarkedOn, &c.Reason, &tried, &c.Act, &c.Waiting)
	c.Tried = tried == 1
	return c, err
}

// ClassCertificates lists the certificates of a class, by number and copy.
func (t *Tx) ClassCertificates(ctx context.Context, id string) ([]CertificateRow, error) {
	return collect(ctx, t, `SELECT `+certificateColumns+certificateFrom+`WHERE c.realm = $1 AND c.class_id = $2 ORDER BY c.number, c.copy`,
		[]any{Realm, asID(id)}, scanCertificate)
}

// FileCertificates lists the certificates of the person of a file, the earliest first.
func (t *Tx) FileCertificates(ctx context.Context, file string) ([]CertificateRow, error) {
	return collect(ctx, t, `SELECT `+certificateColumns+certificateFrom+`WHERE c.realm = $1 AND c.file_id = $2 AND c.file_id <> ''
		ORDER BY c.on_day, c.copy, c.id`, []any{Realm, asID(file)}, scanCertificate)
}

// Certificate returns an entry of the register with its paper. It fails with NotFound.
func (t *Tx) Certificate(ctx context.Context, id string) (c CertificateRow, content string, err error) {
	c, err = scanCertificate(withTail{t.QueryRow(ctx, `SELECT `+certificateColumns+`, c.content`+certificateFrom+
		`WHERE c.realm = $1 AND c.id = $2`, Realm, asID(id)), []any{&content}})
	return c, content, orNotFound(err, "certificate.none")
}

// A KeptPaper is the content of a certificate with the hash that vouches for it.
type KeptPaper struct{ Content, Hash string }

// CertificatePapers returns the papers of the certificates of a class that stand, by
// number.
func (t *Tx) CertificatePapers(ctx context.Context, id string) ([]KeptPaper, error) {
	return collect(ctx, t, `SELECT c.content, c.hash FROM class_certificate c
		LEFT JOIN class_register_mark m ON m.realm = c.realm AND m.certificate_id = c.id
		WHERE c.realm = $1 AND c.class_id = $2 AND m.certificate_id IS NULL ORDER BY c.number, c.copy`, []any{Realm, asID(id)},
		func(r sqldb.Row) (p KeptPaper, err error) { err = r.Scan(&p.Content, &p.Hash); return p, err })
}

// Register lists the entries of the register of a committee for a kind of class, in their
// order: those of a year, 0 for all, up to a limit.
func (t *Tx) Register(ctx context.Context, unit org.UnitNo, kind class.Kind, year, limit int) ([]CertificateRow, error) {
	a := args{Realm, int(unit), string(kind)}
	text := `WHERE c.realm = $1 AND c.unit_no = $2 AND c.kind = $3`
	if year > 0 {
		text += ` AND c.year = ` + a.add(year)
	}
	return collect(ctx, t, `SELECT `+certificateColumns+certificateFrom+text+` ORDER BY c.entry LIMIT `+a.add(limit), a, scanCertificate)
}

// RegisterEnd returns the last entry of a register and the last number of its series in a
// year; 0 where there is none.
func (t *Tx) RegisterEnd(ctx context.Context, unit org.UnitNo, kind class.Kind, year int) (entry, number int, err error) {
	err = t.QueryRow(ctx, `SELECT COALESCE(MAX(entry), 0), COALESCE(MAX(CASE WHEN year = $1 THEN number ELSE 0 END), 0)
		FROM class_certificate WHERE realm = $2 AND unit_no = $3 AND kind = $4`, year, Realm, int(unit), string(kind)).Scan(&entry, &number)
	return entry, number, err
}

// NumberTaken reports whether a register of one of the units gave a number of a year to
// somebody else than the person of a file.
func (t *Tx) NumberTaken(ctx context.Context, units []org.UnitNo, kind class.Kind, year, number int, file string) (bool, error) {
	q := &query{}
	q.and(`realm = ` + q.arg(Realm))
	within(q, `unit_no`, ints(units))
	q.and(`kind = ` + q.arg(string(kind)))
	q.and(`year = ` + q.arg(year))
	q.and(`number = ` + q.arg(number))
	q.and(`file_id <> ` + q.arg(file))
	var n int
	err := t.QueryRow(ctx, `SELECT count(*) FROM class_certificate WHERE `+q.conditions(), q.args...).Scan(&n)
	return n > 0, err
}

// A HandNumber is the number of a certificate as it stands in the act of a file.
type HandNumber struct {
	File, Name string
	Number     string
}

// HandNumbers lists the numbers of the certificates issued in a year that stand in files
// of the subtree of a committee, however they got there.
func (t *Tx) HandNumbers(ctx context.Context, unit org.UnitNo, year int) ([]HandNumber, error) {
	first, err := date.New(year, 1, 1)
	if err != nil {
		return nil, fmt.Errorf("numbers of %d: %w", year, err)
	}
	var out []HandNumber
	// A certificate is recorded on the day of its issue or after it.
	err = t.Query(ctx, `SELECT f.id, f.name, a.number, a.on_day, a.detail FROM unit_closure c CROSS JOIN admission_file f CROSS JOIN admission_act a
		WHERE c.ancestor_no = $1 AND f.realm = $2 AND f.unit_no = c.unit_no AND a.realm = $2 AND a.file_id = f.id
		AND a.act = $3 AND a.on_day >= $4 ORDER BY f.id, a.seq`, []any{int(unit), Realm, admission.Certify, first}, func(r sqldb.Row) error {
		var h HandNumber
		var on date.Date
		var detail string
		if err := r.Scan(&h.File, &h.Name, &h.Number, &on, &detail); err != nil {
			return err
		}
		var act admission.Act
		if err := json.Unmarshal([]byte(detail), &act); err != nil {
			return fmt.Errorf("certificate of file %s: %w", h.File, err)
		}
		if !act.Issued.IsZero() {
			on = act.Issued
		}
		if on.Year() == year {
			out = append(out, h)
		}
		return nil
	})
	return out, err
}

// A NewCertificate is a certificate to be issued, with its paper.
type NewCertificate struct {
	CertificateRow
	Content string
}

// AddCertificates issues certificates of one class: entries of the register. It needs the
// permit to manage the class, and fails with Stale where an entry or a number was taken
// meanwhile.
func (t *Tx) AddCertificates(ctx context.Context, p access.Permit, rows []NewCertificate) error {
	if len(rows) == 0 {
		return nil
	}
	if err := t.managesClass(ctx, p, rows[0].Class); err != nil {
		return err
	}
	in := t.inserter("class_certificate", `realm, id, unit_no, kind, entry, class_id, learner_id, learner_unit_no, file_id, number, year, copy,
		on_day, name, birth_date, unit_name, class_title, mark, grade, decision, decided_on, content, hash, issued_at, issued_by`)
	for _, c := range rows {
		if c.Unit != p.Unit() || c.Class != rows[0].Class {
			return errPermit
		}
		if err := in.add(ctx, Realm, c.ID, int(c.Unit), string(c.Kind), c.Entry, c.Class, c.Learner, int(c.LearnerUnit), c.File, c.Number, c.Year, c.Copy,
			c.On, c.Name, c.Birth, c.UnitName, c.ClassTitle, int(c.Mark), string(c.Grade), c.Decision, c.DecidedOn, c.Content, c.Hash, c.At, c.By); err != nil {
			return t.taken(err)
		}
	}
	return t.taken(in.flush(ctx))
}

// taken turns the breach of a key of the register into Stale: somebody was faster.
func (t *Tx) taken(err error) error {
	if err != nil && t.Kind(err) == sqldb.Unique {
		return errs.E(errs.Stale, "certificate.stale").Because(err)
	}
	return err
}

// MarkCertificate writes a mark beside an entry of the register, once. It needs the permit
// to manage the class, and fails with Stale where the entry has its mark.
func (t *Tx) MarkCertificate(ctx context.Context, p access.Permit, c CertificateRow, at date.Instant, by string) error {
	if err := t.managesClass(ctx, p, c.Class); err != nil {
		return err
	}
	return t.taken(t.insert(ctx, "class_register_mark", `realm, certificate_id, mark, on_day, reason, entered_at, entered_by`, "",
		[]any{Realm, c.ID, string(c.Marked), c.MarkedOn, c.Reason, at, by}))
}

// A Delivery says whether the certificate of a learner stands in the file: by the act, or
// why it waits.
type Delivery struct {
	Learner string
	Act     string // id; "" while it waits
	Reason  string
}

// Deliver writes down what became of certificates of a class in the files. It needs the
// permit to manage the class.
func (t *Tx) Deliver(ctx context.Context, p access.Permit, id string, rows []Delivery, at date.Instant) error {
	if err := t.managesClass(ctx, p, id); err != nil {
		return err
	}
	var flat []any
	for _, d := range rows {
		flat = append(flat, Realm, id, d.Learner, d.Act, d.Reason, at)
	}
	return t.insert(ctx, "class_delivery", `realm, class_id, learner_id, act_id, reason, tried_at`,
		` ON CONFLICT (realm, class_id, learner_id) DO UPDATE SET act_id = excluded.act_id, reason = excluded.reason, tried_at = excluded.tried_at`, flat)
}
