package store

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// An AuditRow is a row of the record of acts as it is listed: an entry and its place.
type AuditRow struct {
	Entry
	Seq int
}

// An AuditFilter says which rows of the record are listed. Empty fields do not filter.
type AuditFilter struct {
	Unit   org.UnitNo   // with its subtree
	From   date.Instant // the first moment
	To     date.Instant // the first moment after
	System bool         // also what concerns no unit
	Cursor string       // of the page before
	Limit  int          // 1 to 200
}

// auditCursor is the last row of a page.
type auditCursor struct {
	At     string `json:"a"`
	Stream string `json:"s"`
	Seq    int    `json:"n"`
}

func (c auditCursor) String() string {
	b, _ := json.Marshal(c) // texts and a number always can be
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseAuditCursor(s string) (at date.Instant, c auditCursor, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err == nil {
		var t time.Time
		t, err = time.Parse(time.RFC3339Nano, c.At)
		at = date.At(t)
	}
	if err != nil {
		return at, c, errs.E(errs.Invalid, "list.cursor").Because(err)
	}
	return at, c, nil
}

// AuditRows lists the record of acts of the units within scope, newest first, and the
// cursor of the next page, "" at the end. It fails with Invalid on a cursor that is none.
func (t *Tx) AuditRows(ctx context.Context, s access.Scope, f AuditFilter) ([]AuditRow, string, error) {
	roots := s.Roots()
	if len(roots) == 0 {
		return nil, "", nil
	}
	q := &query{}
	under := func(nos []org.UnitNo) string {
		a := q.args
		list := in(&a, ints(nos))
		q.args = a
		return `EXISTS (SELECT 1 FROM unit u CROSS JOIN unit_closure c
			WHERE u.code = a.unit AND c.unit_no = u.no AND c.ancestor_no IN ` + list + `)`
	}
	mine := under(roots)
	if f.System && f.Unit == 0 {
		mine = `(a.unit = '' OR ` + mine + `)`
	}
	q.and(mine)
	if f.Unit != 0 {
		q.and(under([]org.UnitNo{f.Unit}))
	}
	if !f.From.IsZero() {
		q.and(`a.at >= ` + q.arg(f.From))
	}
	if !f.To.IsZero() {
		q.and(`a.at < ` + q.arg(f.To))
	}
	if f.Cursor != "" {
		at, c, err := parseAuditCursor(f.Cursor)
		if err != nil {
			return nil, "", err
		}
		q.and(`(a.at, a.stream, a.seq) < (` + q.arg(at) + `, ` + q.arg(c.Stream) + `, ` + q.arg(c.Seq) + `)`)
	}
	limit := min(max(f.Limit, 1), 200)
	rows, err := collect(ctx, t, `SELECT a.stream, a.seq, a.at, a.actor, a."right", a.object, a.unit, a."before", a."after", a.rules, a.request
		FROM audit a WHERE `+q.conditions()+` ORDER BY a.at DESC, a.stream DESC, a.seq DESC LIMIT `+q.arg(limit+1), q.args, scanAuditRow)
	if err != nil {
		return nil, "", fmt.Errorf("list the record: %w", err)
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	last := rows[limit-1]
	return rows[:limit], auditCursor{At: last.At.String(), Stream: last.Stream, Seq: last.Seq}.String(), nil
}

func scanAuditRow(r sqldb.Row) (a AuditRow, err error) {
	err = r.Scan(&a.Stream, &a.Seq, &a.At, &a.Actor, &a.Right, &a.Object, &a.Unit, &a.Before, &a.After, &a.Rules, &a.Request)
	return a, err
}
