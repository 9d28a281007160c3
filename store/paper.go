package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/internal/sqldb"
)

// A PaperStatus says whether an issued paper still stands.
type PaperStatus string

// States of an issued paper.
const (
	PaperIssued PaperStatus = "issued"
	PaperVoided PaperStatus = "voided" // its act was voided; the number stays used
)

// A PaperRow is an issued paper as lists show it.
type PaperRow struct {
	ID      string
	Series            // of its issuer; Kind "" for a paper without a number
	Code    string    // of the form
	Number  int       // 0 for a paper without one
	Symbol  string    // "QĐ/ĐUK"
	File    string    // "" for a paper about several files
	Act     string    // the act that it shows; ""
	Meeting string    // at which it was resolved; ""
	On      date.Date // of the paper
	Title   string
	State   PaperStatus
	Hash    string // SHA-256 of the content, hexadecimal
	At      date.Instant
	By      string // name of who issued it
}

// A NewPaper is a paper to be issued, with its content.
type NewPaper struct {
	PaperRow
	Content string
}

// A PaperPrint is an issued paper as a file.
type PaperPrint struct {
	Format string // docx, pdf
	Hash   string // SHA-256 of the bytes, hexadecimal
	Bytes  []byte
}

const paperColumns = `id, unit_no, code, kind, term_on, number, symbol, file_id, act_id, meeting_id, on_day, title, state, hash, issued_at, issued_by`

func scanPaper(r sqldb.Row) (p PaperRow, err error) {
	err = r.Scan(&p.ID, &p.Unit, &p.Code, &p.Kind, &p.Term, &p.Number, &p.Symbol, &p.File, &p.Act, &p.Meeting, &p.On,
		&p.Title, &p.State, &p.Hash, &p.At, &p.By)
	return p, err
}

// AddPapers issues papers. It needs a permit of a desk.
func (t *Tx) AddPapers(ctx context.Context, p access.Permit, papers []NewPaper) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	rows := t.inserter("paper", "realm, "+paperColumns+", content")
	for _, n := range papers {
		if err := rows.add(ctx, Realm, n.ID, int(n.Unit), n.Code, n.Kind, n.Term, n.Number, n.Symbol, n.File, n.Act, n.Meeting, n.On,
			n.Title, n.State, n.Hash, n.At, n.By, n.Content); err != nil {
			return fmt.Errorf("issue paper: %w", err)
		}
	}
	if err := rows.flush(ctx); err != nil {
		return fmt.Errorf("issue papers: %w", err)
	}
	return nil
}

// KeepPrints keeps the files that were made of an issued paper. They add nothing to what
// was issued, for the same content gives the same bytes: those that are there stay.
func (t *Tx) KeepPrints(ctx context.Context, id string, prints []PaperPrint) error {
	var rows []any
	for _, f := range prints {
		rows = append(rows, Realm, id, f.Format, f.Hash, f.Bytes)
	}
	return t.insert(ctx, "paper_print", "realm, paper_id, format, hash, bytes", ` ON CONFLICT (realm, paper_id, format) DO NOTHING`, rows)
}

// VoidPapers marks the papers of acts of a file that were voided.
func (t *Tx) VoidPapers(ctx context.Context, p access.Permit, file string, acts []string) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	return inChunks(acts, func(part []string) error {
		a := args{PaperVoided, Realm, file}
		_, err := t.Exec(ctx, `UPDATE paper SET state = $1 WHERE realm = $2 AND file_id = $3 AND act_id IN `+in(&a, part), a...)
		return err
	})
}

// FilePapers lists the papers issued for a file, the latest first.
func (t *Tx) FilePapers(ctx context.Context, file string) ([]PaperRow, error) {
	return collect(ctx, t, `SELECT `+paperColumns+` FROM paper WHERE realm = $1 AND file_id = $2 ORDER BY issued_at DESC, number DESC`,
		[]any{Realm, asID(file)}, scanPaper)
}

// MeetingPapers lists the papers issued of a meeting, by number.
func (t *Tx) MeetingPapers(ctx context.Context, meeting string) ([]PaperRow, error) {
	return collect(ctx, t, `SELECT `+paperColumns+` FROM paper WHERE realm = $1 AND meeting_id = $2 AND meeting_id <> '' ORDER BY number, id`,
		[]any{Realm, asID(meeting)}, scanPaper)
}

// Paper returns an issued paper with its content. It fails with NotFound.
func (t *Tx) Paper(ctx context.Context, id string) (p PaperRow, content string, err error) {
	p, err = scanPaper(withTail{t.QueryRow(ctx, `SELECT `+paperColumns+`, content FROM paper WHERE realm = $1 AND id = $2`, Realm, asID(id)), []any{&content}})
	return p, content, orNotFound(err, "paper.none")
}

// PrintOf returns an issued paper as the file that was made of it. It fails with NotFound.
func (t *Tx) PrintOf(ctx context.Context, id, format string) (f PaperPrint, err error) {
	f.Format = format
	err = t.QueryRow(ctx, `SELECT hash, bytes FROM paper_print WHERE realm = $1 AND paper_id = $2 AND format = $3`,
		Realm, asID(id), format).Scan(&f.Hash, &f.Bytes)
	return f, orNotFound(err, "paper.none")
}

// PaperRegister lists the numbered papers of a series, the highest number first: those
// below a number, which is 0 for the first page.
func (t *Tx) PaperRegister(ctx context.Context, s Series, below, limit int) ([]PaperRow, error) {
	a := args{Realm, int(s.Unit), s.Kind, s.Term}
	text := `SELECT ` + paperColumns + ` FROM paper WHERE realm = $1 AND unit_no = $2 AND kind = $3 AND term_on = $4 AND number > 0`
	if below > 0 {
		text += ` AND number < ` + a.add(below)
	}
	return collect(ctx, t, text+` ORDER BY number DESC, id DESC LIMIT `+a.add(limit), a, scanPaper)
}

// AlteredPapers calls yield with each issued paper whose content, and each file of one
// whose bytes, are not what its hash vouches for: with the id of the paper, the format of
// the file or "" for the content, the hash on record and that of what lies there now. It
// reads all of them, one at a time.
func (t *Tx) AlteredPapers(ctx context.Context, yield func(id, format, want, have string)) error {
	judge := func(id, format, want string, b []byte) {
		sum := sha256.Sum256(b)
		if have := hex.EncodeToString(sum[:]); have != want {
			yield(id, format, want, have)
		}
	}
	err := t.Query(ctx, `SELECT id, hash, content FROM paper WHERE realm = $1 ORDER BY id`, []any{Realm}, func(r sqldb.Row) error {
		var id, want, content string
		if err := r.Scan(&id, &want, &content); err != nil {
			return err
		}
		judge(id, "", want, []byte(content))
		return nil
	})
	if err != nil {
		return fmt.Errorf("papers: %w", err)
	}
	err = t.Query(ctx, `SELECT paper_id, format, hash, bytes FROM paper_print WHERE realm = $1 ORDER BY paper_id, format`, []any{Realm}, func(r sqldb.Row) error {
		var id, format, want string
		var b []byte
		if err := r.Scan(&id, &format, &want, &b); err != nil {
			return err
		}
		judge(id, format, want, b)
		return nil
	})
	if err != nil {
		return fmt.Errorf("prints of papers: %w", err)
	}
	return nil
}
