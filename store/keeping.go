package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Keeping says where a paper of a file lies and who keeps it. The paper's text is never
// stored (SEC-06).
type Keeping struct {
	Code   string
	Place  string
	Keeper string
	Since  date.Date
	By     string
	At     date.Instant
}

// Keepings returns where the papers of a file are kept, by the code of the form.
func (t *Tx) Keepings(ctx context.Context, file string) (map[string]Keeping, error) {
	out := map[string]Keeping{}
	err := t.Query(ctx, `SELECT code, place, keeper, since_on, noted_by, noted_at FROM paper_keeping WHERE realm = $1 AND file_id = $2`,
		[]any{Realm, asID(file)}, func(r sqldb.Row) error {
			var k Keeping
			if err := r.Scan(&k.Code, &k.Place, &k.Keeper, &k.Since, &k.By, &k.At); err != nil {
				return err
			}
			out[k.Code] = k
			return nil
		})
	return out, err
}

// SetKeeping records where a paper is kept, in the place of what stood before.
func (t *Tx) SetKeeping(ctx context.Context, p access.Permit, file string, k Keeping) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO paper_keeping (realm, file_id, code, place, keeper, since_on, noted_by, noted_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (realm, file_id, code) DO UPDATE SET place = excluded.place,
		keeper = excluded.keeper, since_on = excluded.since_on, noted_by = excluded.noted_by, noted_at = excluded.noted_at`,
		Realm, file, k.Code, k.Place, k.Keeper, k.Since, k.By, k.At)
	return err
}

// A LendingKind says whether a file was lent to be read or handed over for good.
type LendingKind string

// Kinds of lending (RPT-37).
const (
	Lent       LendingKind = "lent"
	HandedOver LendingKind = "handed_over"
)

// A Lending is one row of the register of files lent and handed over.
type Lending struct {
	ID        string
	File      string
	FileName  string // as lists show it
	Unit      org.UnitNo
	UnitName  string
	Kind      LendingKind
	Taker     string
	TakerUnit string
	Reason    string
	On        date.Date
	Due       date.Date // until when it was lent; zero where it is not
	Back      date.Date // zero while it is out
	By        string
	At        date.Instant
}

// AddLending records that a file was lent or handed over.
func (t *Tx) AddLending(ctx context.Context, p access.Permit, l Lending) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) || p.Unit() != l.Unit {
		return errPermit
	}
	return t.insert(ctx, "lending", "realm, id, file_id, unit_no, kind, taker, taker_unit, reason, on_day, due_on, back_on, noted_by, noted_at", "",
		[]any{Realm, l.ID, l.File, int(l.Unit), l.Kind, l.Taker, l.TakerUnit, l.Reason, l.On, l.Due, l.Back, l.By, l.At})
}

// ReturnLending records the day on which a lent file came back. It fails with Conflict
// where it is not out.
func (t *Tx) ReturnLending(ctx context.Context, p access.Permit, id string, back date.Date) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE lending SET back_on = $1 WHERE realm = $2 AND id = $3 AND kind = $4 AND back_on IS NULL`,
		back, Realm, asID(id), Lent)
	if err == nil && n == 0 {
		return errs.E(errs.Conflict, "lending.back")
	}
	return err
}

const lendingSelect = `SELECT l.id, l.file_id, f.name, l.unit_no, u.name, l.kind, l.taker, l.taker_unit, l.reason, l.on_day, l.due_on, l.back_on, l.noted_by, l.noted_at
	FROM lending l JOIN unit u ON u.no = l.unit_no JOIN admission_file f ON f.realm = l.realm AND f.id = l.file_id `

func scanLending(r sqldb.Row) (l Lending, err error) {
	err = r.Scan(&l.ID, &l.File, &l.FileName, &l.Unit, &l.UnitName, &l.Kind, &l.Taker, &l.TakerUnit, &l.Reason, &l.On, &l.Due, &l.Back, &l.By, &l.At)
	return l, err
}

// FileLendings lists the lendings of a file, the latest first.
func (t *Tx) FileLendings(ctx context.Context, file string) ([]Lending, error) {
	return collect(ctx, t, lendingSelect+`WHERE l.realm = $1 AND l.file_id = $2 ORDER BY l.on_day DESC, l.id DESC`, []any{Realm, asID(file)}, scanLending)
}

// Lending returns one lending. It fails with NotFound.
func (t *Tx) Lending(ctx context.Context, id string) (Lending, error) {
	l, err := scanLending(t.QueryRow(ctx, lendingSelect+`WHERE l.realm = $1 AND l.id = $2`, Realm, asID(id)))
	return l, orNotFound(err, "lending.gone")
}

// Lendings lists the register within a scope, narrowed to a unit and its subtree, the
// latest first: all of a year, or only what is out where out is set.
func (t *Tx) Lendings(ctx context.Context, s access.Scope, unit org.UnitNo, from, to date.Date, out bool, limit int) ([]Lending, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	a := args{Realm}
	text := lendingSelect + `WHERE l.realm = $1 AND l.unit_no IN (SELECT c.unit_no FROM unit_closure c WHERE c.ancestor_no IN ` + in(&a, ints(roots)) + `)`
	if out {
		text += ` AND l.back_on IS NULL AND l.kind = ` + a.add(Lent)
	} else {
		text += ` AND l.on_day >= ` + a.add(from) + ` AND l.on_day <= ` + a.add(to)
	}
	rows, err := collect(ctx, t, text+` ORDER BY l.on_day DESC, l.id DESC LIMIT `+a.add(limit), a, scanLending)
	if err != nil {
		return nil, fmt.Errorf("list lendings: %w", err)
	}
	return rows, nil
}

// An Attachment is a scan of a paper; Bytes is left out of lists.
type Attachment struct {
	ID     string
	File   string
	Code   string
	Name   string
	Format string // pdf, jpeg, png
	Size   int    // bytes
	Hash   string
	By     string
	At     date.Instant
	Bytes  []byte
}

// AddAttachment keeps a scan.
func (t *Tx) AddAttachment(ctx context.Context, p access.Permit, x Attachment) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	return t.insert(ctx, "attachment", "realm, id, file_id, code, name, format, size, hash, bytes, added_by, added_at", "",
		[]any{Realm, x.ID, x.File, x.Code, x.Name, x.Format, x.Size, x.Hash, x.Bytes, x.By, x.At})
}

const attachmentColumns = `id, file_id, code, name, format, size, hash, added_by, added_at`

func scanAttachment(r sqldb.Row) (x Attachment, err error) {
	err = r.Scan(&x.ID, &x.File, &x.Code, &x.Name, &x.Format, &x.Size, &x.Hash, &x.By, &x.At)
	return x, err
}

// Attachments lists the scans of a file, the latest first, without their bytes.
func (t *Tx) Attachments(ctx context.Context, file string) ([]Attachment, error) {
	return collect(ctx, t, `SELECT `+attachmentColumns+` FROM attachment WHERE realm = $1 AND file_id = $2 ORDER BY added_at DESC, id DESC`,
		[]any{Realm, asID(file)}, scanAttachment)
}

// Attachment returns a scan with its bytes. It fails with NotFound.
func (t *Tx) Attachment(ctx context.Context, id string) (Attachment, error) {
	var bytes []byte
	x, err := scanAttachment(withTail{t.QueryRow(ctx, `SELECT `+attachmentColumns+`, bytes FROM attachment WHERE realm = $1 AND id = $2`, Realm, asID(id)), []any{&bytes}})
	x.Bytes = bytes
	return x, orNotFound(err, "attachment.none")
}

// DropAttachment takes a scan out of a file. It fails with NotFound.
func (t *Tx) DropAttachment(ctx context.Context, p access.Permit, file, id string) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	n, err := t.Exec(ctx, `DELETE FROM attachment WHERE realm = $1 AND file_id = $2 AND id = $3`, Realm, asID(file), asID(id))
	return mustChangeRow(n, err, "attachment.none")
}
