package store

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// LeftFiles lists the files within scope that came to an end without membership from one
// day to another, the latest first; at most limit.
func (t *Tx) LeftFiles(ctx context.Context, s access.Scope, f FileFilter, from, to date.Date) ([]FileRow, error) {
	f.Stages = []admission.Stage{admission.Removed, admission.Withdrawn, admission.Closed}
	q, ok, err := t.fileQuery(ctx, s, f)
	if err != nil || !ok {
		return nil, err
	}
	q.and(`f.stage IN ('removed', 'withdrawn', 'closed')`) // as the index has it
	q.also(`f.since >= ` + q.arg(from))
	q.also(`f.since <= ` + q.arg(to))
	order := `f.since DESC, f.id DESC`
	if !q.walks() {
		order = `CASE WHEN f.since IS NULL THEN 1 ELSE 0 END, ` + order
	}
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY `+order+` LIMIT `+q.arg(max(f.Limit, 1)), q.args, scanFile)
}

// A Use is that somebody read, printed or took away people's data.
type Use struct {
	At       date.Instant
	Name     string // of who did; "" where the account is not known
	Login    string
	Right    access.Right
	Object   string
	Unit     string // code; "" where it concerned none in particular
	UnitName string
	After    string // what the record keeps of it
	Stream   string
	Seq      int
}

// Uses lists who read, printed and took away people's data of the units within scope, the
// latest first; at most limit. What concerned no unit is not listed: it is the auditor's.
func (t *Tx) Uses(ctx context.Context, s access.Scope, unit org.UnitNo, from, to date.Instant, limit int) ([]Use, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	a := args{from, to}
	text := `SELECT a.at, COALESCE(p.name, ''), COALESCE(p.login, ''), a."right", a.object, a.unit, u.name, a."after", a.stream, a.seq
		FROM audit a JOIN unit u ON u.code = a.unit LEFT JOIN account p ON p.id = a.actor
		WHERE a."right" IN ('file.see', 'identity.see') AND a.at >= $1 AND a.at < $2
		AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.unit_no = u.no AND c.ancestor_no IN ` + in(&a, ints(roots)) + `)
		ORDER BY a.at DESC, a.stream DESC, a.seq DESC LIMIT ` + a.add(limit)
	return collect(ctx, t, text, a, func(r sqldb.Row) (x Use, err error) {
		err = r.Scan(&x.At, &x.Name, &x.Login, &x.Right, &x.Object, &x.Unit, &x.UnitName, &x.After, &x.Stream, &x.Seq)
		return x, err
	})
}

// FileNames returns the names of files within scope, by id; others are left out.
func (t *Tx) FileNames(ctx context.Context, s access.Scope, ids []string) (map[string]string, error) {
	out := map[string]string{}
	roots, err := t.Narrow(ctx, s, 0)
	if err != nil || len(roots) == 0 {
		return out, err
	}
	err = inChunks(ids, func(part []string) error {
		a := args{Realm}
		text := `SELECT f.id, f.name FROM admission_file f WHERE f.realm = $1 AND f.id IN ` + in(&a, part) +
			` AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.unit_no = f.unit_no AND c.ancestor_no IN ` + in(&a, ints(roots)) + `)`
		return t.Query(ctx, text, a, func(r sqldb.Row) error {
			var id, name string
			err := r.Scan(&id, &name)
			out[id] = name
			return err
		})
	})
	return out, err
}
