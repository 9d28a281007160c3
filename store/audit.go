package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ketnap/date"
	"ketnap/internal/sqldb"
)

// CheckpointStream is the stream of the checkpoints; no act may write to it.
const CheckpointStream = "checkpoint"

// Heads that one row of a checkpoint records.
const headsPerRow = 1000

// An Entry is one row of the record of acts. Its texts are kept as they come.
type Entry struct {
	Stream  string // the chain: a unit's code, or "system"
	At      date.Instant
	Actor   string
	Right   string
	Object  string
	Unit    string
	Before  string
	After   string
	Rules   string // ids that applied and the hash of the rule set
	Request string
}

// auditRow is an entry with its place in the chain.
type auditRow struct {
	Entry
	Seq  int
	Prev string
	Hash string
}

// sum hashes every column but the hash. Each is led by its length, so that no letter can
// pass from one column to the next.
func (r auditRow) sum() string {
	h := sha256.New()
	var length [8]byte
	for _, column := range []string{
		r.Stream, strconv.Itoa(r.Seq), r.At.String(), r.Actor, r.Right, r.Object, r.Unit,
		r.Before, r.After, r.Rules, r.Request, r.Prev,
	} {
		binary.BigEndian.PutUint64(length[:], uint64(len(column)))
		h.Write(length[:])
		h.Write([]byte(column))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// firstPrev stands where the first row of a stream has no row before it.
func firstPrev(stream string) string {
	h := sha256.Sum256([]byte(stream))
	return hex.EncodeToString(h[:])
}

const auditColumns = `stream, seq, at, actor, "right", object, unit, "before", "after", rules, request, prev, hash`

// AppendAudit adds an entry to the end of its stream, in the transaction of the act. The
// head of the stream stays locked until the transaction ends.
func (t *Tx) AppendAudit(ctx context.Context, e Entry) error {
	if e.Stream == CheckpointStream || e.Stream == "" {
		return fmt.Errorf("append to the record: no act belongs to stream %q", e.Stream)
	}
	_, err := t.appendAudit(ctx, e)
	return err
}

func (t *Tx) appendAudit(ctx context.Context, e Entry) (hash string, err error) {
	row := auditRow{Entry: e}
	row.Seq, row.Prev, err = t.nextInStream(ctx, e.Stream)
	if err != nil {
		return "", fmt.Errorf("append to the record: %w", err)
	}
	row.Hash = row.sum()
	if _, err := t.Exec(ctx, `INSERT INTO audit (`+auditColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		row.Stream, row.Seq, row.At, row.Actor, row.Right, row.Object, row.Unit, row.Before, row.After, row.Rules, row.Request,
		row.Prev, row.Hash); err != nil {
		return "", fmt.Errorf("append to the record: %w", err)
	}
	if _, err := t.Exec(ctx, `UPDATE audit_head SET hash = $1 WHERE stream = $2`, row.Hash, row.Stream); err != nil {
		return "", fmt.Errorf("append to the record: %w", err)
	}
	return row.Hash, nil
}

// nextInStream locks the head, moves it on and returns the hash that it still holds. A
// stream that is new gets its head first.
func (t *Tx) nextInStream(ctx context.Context, stream string) (seq int, prev string, err error) {
	const move = `UPDATE audit_head SET seq = seq + 1 WHERE stream = $1 RETURNING seq, hash`
	err = t.QueryRow(ctx, move, stream).Scan(&seq, &prev)
	if !errors.Is(err, sqldb.ErrNoRows) {
		return seq, prev, err
	}
	if _, err := t.Exec(ctx, `INSERT INTO audit_head (stream, seq, hash, checked) VALUES ($1, 0, $2, 0) ON CONFLICT (stream) DO NOTHING`,
		stream, firstPrev(stream)); err != nil {
		return 0, "", err
	}
	err = t.QueryRow(ctx, move, stream).Scan(&seq, &prev)
	return seq, prev, err
}

// A headMark is the head of a stream at a checkpoint; in JSON it is [stream, seq, hash].
type headMark struct {
	Stream string
	Seq    int
	Hash   string
}

// MarshalJSON writes the mark as an array, which is half as long as an object.
func (m headMark) MarshalJSON() ([]byte, error) { return json.Marshal([]any{m.Stream, m.Seq, m.Hash}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (m *headMark) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&m.Stream, &m.Seq, &m.Hash})
}

// Checkpoint records the heads of all streams that moved since the last checkpoint, so
// that the end of a stream cannot be cut off together with its head. It returns the hash
// of the last row: kept outside the database, it vouches for all that came before.
func (t *Tx) Checkpoint(ctx context.Context, at date.Instant) (hash string, err error) {
	var moved []headMark
	err = t.Query(ctx, `UPDATE audit_head SET checked = seq WHERE checked < seq AND stream <> $1 RETURNING stream, seq, hash`,
		[]any{CheckpointStream}, func(r sqldb.Row) error {
			var m headMark
			if err := r.Scan(&m.Stream, &m.Seq, &m.Hash); err != nil {
				return err
			}
			moved = append(moved, m)
			return nil
		})
	if err != nil {
		return "", fmt.Errorf("checkpoint: %w", err)
	}
	slices.SortFunc(moved, func(a, b headMark) int { return strings.Compare(a.Stream, b.Stream) })
	for first := true; first || len(moved) > 0; first = false {
		n := min(headsPerRow, len(moved))
		after, err := json.Marshal(append([]headMark{}, moved[:n]...))
		if err != nil {
			return "", err
		}
		moved = moved[n:]
		if hash, err = t.appendAudit(ctx, Entry{
			Stream: CheckpointStream, At: at, Actor: "system", Right: "checkpoint", Object: "audit", After: string(after),
		}); err != nil {
			return "", err
		}
	}
	return hash, nil
}
