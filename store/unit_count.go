package store

import (
	"context"

	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// UnitCounts returns the head counts of a unit that held on a day. A kind that nobody
// had entered by then is absent.
func (t *Tx) UnitCounts(ctx context.Context, no org.UnitNo, day date.Date) (map[org.CountKind]int, error) {
	all, err := t.CountsOn(ctx, []org.UnitNo{no}, day)
	if err != nil {
		return nil, err
	}
	if all[no] == nil {
		return map[org.CountKind]int{}, nil
	}
	return all[no], nil
}

// CountsOn returns the head counts of several units that held on a day.
func (t *Tx) CountsOn(ctx context.Context, nos []org.UnitNo, day date.Date) (map[org.UnitNo]map[org.CountKind]int, error) {
	out := map[org.UnitNo]map[org.CountKind]int{}
	err := inChunks(ints(nos), func(part []int) error {
		a := args{day}
		text := `SELECT unit_no, kind, value FROM unit_count WHERE from_on <= $1 AND unit_no IN ` + in(&a, part) + ` ORDER BY from_on`
		return t.Query(ctx, text, a, func(r sqldb.Row) error {
			var (
				no    org.UnitNo
				kind  org.CountKind
				value int
			)
			if err := r.Scan(&no, &kind, &value); err != nil {
				return err
			}
			if out[no] == nil {
				out[no] = map[org.CountKind]int{}
			}
			out[no][kind] = value // the latest comes last
			return nil
		})
	})
	return out, err
}

// A CountRow is one head count of a unit, from a day on.
type CountRow struct {
	Unit  org.UnitNo
	Kind  org.CountKind
	From  date.Date
	Value int
}

// CountHistory returns all head counts of units, the earliest first, for those who judge
// acts of many days.
func (t *Tx) CountHistory(ctx context.Context, nos []org.UnitNo) ([]CountRow, error) {
	var out []CountRow
	err := inChunks(ints(nos), func(part []int) error {
		var a args
		rows, err := collect(ctx, t, `SELECT unit_no, kind, from_on, value FROM unit_count WHERE unit_no IN `+in(&a, part)+` ORDER BY from_on`, a,
			func(r sqldb.Row) (c CountRow, err error) {
				err = r.Scan(&c.Unit, &c.Kind, &c.From, &c.Value)
				return c, err
			})
		out = append(out, rows...)
		return err
	})
	return out, err
}

// SetUnitCount records a head count from a day on. A second figure for the same day
// replaces the first.
func (t *Tx) SetUnitCount(ctx context.Context, no org.UnitNo, kind org.CountKind, from date.Date, value int) error {
	_, err := t.Exec(ctx, `INSERT INTO unit_count (unit_no, kind, from_on, value) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_no, kind, from_on) DO UPDATE SET value = excluded.value`, int(no), string(kind), from, value)
	return err
}

// Posts returns the posts of a unit, the earliest first.
func (t *Tx) Posts(ctx context.Context, no org.UnitNo) ([]org.Post, error) {
	return collect(ctx, t, `SELECT unit_no, title, name, head, from_on, to_on FROM post WHERE unit_no = $1 ORDER BY from_on`, []any{int(no)},
		func(r sqldb.Row) (p org.Post, err error) {
			err = r.Scan(&p.Unit, &p.Title, &p.Name, &p.Head, &p.From, &p.To)
			return p, err
		})
}

// HeadOn returns who was the head of a unit on a day; false where nobody is recorded.
func (t *Tx) HeadOn(ctx context.Context, no org.UnitNo, day date.Date) (org.Post, bool, error) {
	posts, err := t.Posts(ctx, no)
	if err != nil {
		return org.Post{}, false, err
	}
	head, ok := org.HeadOn(posts, day)
	return head, ok, nil
}

// SetPost records who holds a post from a day on. Whoever held the post of head, or a
// post of this title that is not the head's, without an end ends on the day before.
func (t *Tx) SetPost(ctx context.Context, id string, p org.Post) error {
	_, err := t.Exec(ctx, `UPDATE post SET to_on = $1
		WHERE unit_no = $2 AND head = $3 AND to_on IS NULL AND from_on < $4 AND (head OR title = $5)`,
		p.From.AddDays(-1), int(p.Unit), p.Head, p.From, p.Title)
	if err != nil {
		return err
	}
	return t.insert(ctx, "post", "id, unit_no, title, name, head, from_on, to_on", "",
		[]any{id, int(p.Unit), p.Title, p.Name, p.Head, p.From, p.To})
}

// BulkPosts records many posts at once, with their ids.
func (t *Tx) BulkPosts(ctx context.Context, ids []string, posts []org.Post) error {
	var rows []any
	for i, p := range posts {
		rows = append(rows, ids[i], int(p.Unit), p.Title, p.Name, p.Head, p.From, p.To)
	}
	return t.insert(ctx, "post", "id, unit_no, title, name, head, from_on, to_on", "", rows)
}
