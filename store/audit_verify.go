package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"ketnap/internal/sqldb"
)

// VerifyAudit goes through the whole record and returns the number of its rows and the
// first place that is not as it was written, as stream#seq, or "" when all is well. It
// finds rows that were altered, removed or reordered, heads that do not fit their
// streams, and streams that end before their last checkpoint.
func (s *Store) VerifyAudit(ctx context.Context) (rows int, firstBad string, err error) {
	err = s.Read(ctx, func(t *Tx) error {
		rows, firstBad, err = t.VerifyAudit(ctx)
		return err
	})
	return rows, firstBad, err
}

// VerifyAudit does what Store.VerifyAudit does, within a transaction.
func (t *Tx) VerifyAudit(ctx context.Context) (rows int, firstBad string, err error) {
	v := &verifier{heads: map[string]headMark{}, marks: map[string][]headMark{}}
	if err := v.readHeads(ctx, t); err != nil {
		return 0, "", fmt.Errorf("verify the record: %w", err)
	}
	if err := v.readMarks(ctx, t); err != nil {
		return 0, "", fmt.Errorf("verify the record: %w", err)
	}
	// The order of the streams is the engine's own and means nothing: rows of one stream
	// only have to come together.
	err = t.Query(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY stream, seq`, nil, func(r sqldb.Row) error {
		row, err := scanAudit(r)
		if err != nil {
			return v.unreadable(r)
		}
		v.row(row)
		return nil
	})
	if err != nil {
		return 0, "", fmt.Errorf("verify the record: %w", err)
	}
	v.finish()
	if v.bad != nil {
		firstBad = fmt.Sprintf("%s#%d", v.bad.Stream, v.bad.Seq)
	}
	return v.rows, firstBad, nil
}

// scanAudit reads a row. SQLite hands the moment over as the text that lies in the file;
// one that says the same in other letters was altered too.
func scanAudit(r sqldb.Row) (a auditRow, err error) {
	var at any
	err = r.Scan(&a.Stream, &a.Seq, &at, &a.Actor, &a.Right, &a.Object, &a.Unit, &a.Before, &a.After, &a.Rules, &a.Request, &a.Prev, &a.Hash)
	if err != nil {
		return a, err
	}
	if err := a.At.Scan(at); err != nil {
		return a, err
	}
	if text, ok := at.(string); ok && text != a.At.String() {
		return a, fmt.Errorf("a moment that was not written so: %q", text)
	}
	return a, nil
}

// A verifier walks the rows, stream after stream.
type verifier struct {
	heads map[string]headMark   // of streams not yet seen
	marks map[string][]headMark // of checkpoints, by stream and rising seq, not yet passed
	last  headMark              // the row before in the stream being walked
	rows  int
	bad   *headMark
}

// fault keeps the first bad place in the order of bytes, the same on both engines.
func (v *verifier) fault(stream string, seq int) {
	if v.bad == nil || cmp.Or(cmp.Compare(stream, v.bad.Stream), cmp.Compare(seq, v.bad.Seq)) < 0 {
		v.bad = &headMark{Stream: stream, Seq: seq}
	}
}

func (v *verifier) readHeads(ctx context.Context, t *Tx) error {
	return t.Query(ctx, `SELECT stream, seq, hash FROM audit_head`, nil, func(r sqldb.Row) error {
		var m headMark
		if err := r.Scan(&m.Stream, &m.Seq, &m.Hash); err != nil {
			return err
		}
		v.heads[m.Stream] = m
		return nil
	})
}

func (v *verifier) readMarks(ctx context.Context, t *Tx) error {
	return t.Query(ctx, `SELECT seq, "after" FROM audit WHERE stream = $1 ORDER BY seq`, []any{CheckpointStream}, func(r sqldb.Row) error {
		var (
			seq   int
			after string
			marks []headMark
		)
		if err := r.Scan(&seq, &after); err != nil {
			return err
		}
		if json.Unmarshal([]byte(after), &marks) != nil {
			v.fault(CheckpointStream, seq) // what cannot be read was altered; go on with the rest
			return nil
		}
		for _, m := range marks {
			v.marks[m.Stream] = append(v.marks[m.Stream], m)
		}
		return nil
	})
}

func (v *verifier) row(r auditRow) {
	if r.Stream != v.last.Stream || v.rows == 0 {
		v.end()
		v.last = headMark{Stream: r.Stream, Hash: firstPrev(r.Stream)}
	}
	v.rows++
	if r.Seq != v.last.Seq+1 || r.Prev != v.last.Hash || r.Hash != r.sum() {
		v.fault(r.Stream, min(r.Seq, v.last.Seq+1))
	}
	for marks := v.marks[r.Stream]; len(marks) > 0 && marks[0].Seq <= r.Seq; marks = v.marks[r.Stream] {
		if marks[0].Seq != r.Seq || marks[0].Hash != r.Hash {
			v.fault(r.Stream, marks[0].Seq)
		}
		v.marks[r.Stream] = marks[1:]
	}
	v.last = headMark{Stream: r.Stream, Seq: r.Seq, Hash: r.Hash}
}

// unreadable takes a row with a value that its column cannot hold: SQLite lets anybody
// who opens the file put one there.
func (v *verifier) unreadable(r sqldb.Row) error {
	values := make([]any, strings.Count(auditColumns, ",")+1)
	dest := make([]any, len(values))
	for i := range values {
		dest[i] = &values[i]
	}
	if err := r.Scan(dest...); err != nil {
		return err
	}
	stream := fmt.Sprint(values[0])
	if stream != v.last.Stream || v.rows == 0 {
		v.end()
		v.last = headMark{Stream: stream, Hash: firstPrev(stream)}
	}
	v.rows++
	v.last.Seq++
	v.fault(stream, v.last.Seq)
	return nil
}

// end compares the end of the stream that was walked with its head.
func (v *verifier) end() {
	if v.rows == 0 {
		return
	}
	head, ok := v.heads[v.last.Stream]
	if !ok || head != v.last {
		at := v.last.Seq
		if ok && head.Seq > v.last.Seq {
			at = v.last.Seq + 1 // the first row that is missing
		}
		v.fault(v.last.Stream, at)
	}
	delete(v.heads, v.last.Stream)
}

// finish looks at what no row answered for: heads without rows, and marks beyond the end.
func (v *verifier) finish() {
	v.end()
	for stream := range v.heads {
		v.fault(stream, 1)
	}
	for stream, marks := range v.marks {
		if len(marks) > 0 {
			v.fault(stream, marks[0].Seq)
		}
	}
}
