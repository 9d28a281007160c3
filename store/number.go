package store

import (
	"context"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Series is the outgoing numbers of one kind within one term of a committee (PAPER-08).
type Series struct {
	Unit org.UnitNo
	Kind string    // NQ, QĐ, BC, CV, …
	Term date.Date // the first day of the term
}

// A SeriesRow is a series with the last number that was taken of it.
type SeriesRow struct {
	Series
	Last int
}

// TakeNumbers takes the next n numbers of a series and returns the first. They are gone
// for good once the transaction is committed, and untouched when it is not: the register
// has no gap. It needs a permit of a desk.
func (t *Tx) TakeNumbers(ctx context.Context, p access.Permit, s Series, n int) (first int, err error) {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) || n < 1 {
		return 0, errPermit
	}
	var last int
	err = t.QueryRow(ctx, `INSERT INTO number_series (unit_no, kind, term_on, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_no, kind, term_on) DO UPDATE SET last = number_series.last + excluded.last RETURNING last`,
		int(s.Unit), s.Kind, s.Term, n).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("take numbers: %w", err)
	}
	return last - n + 1, nil
}

// RaiseNumber says that a number of a series was used by hand: the next one taken lies
// above it. It needs a permit of a desk.
func (t *Tx) RaiseNumber(ctx context.Context, p access.Permit, s Series, used int) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO number_series (unit_no, kind, term_on, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_no, kind, term_on) DO UPDATE SET last = excluded.last WHERE number_series.last < excluded.last`,
		int(s.Unit), s.Kind, s.Term, used)
	return err
}

// SetLastNumber says which number of a series was the last one used on paper, so that
// ours go on from there.
func (t *Tx) SetLastNumber(ctx context.Context, p access.Permit, s Series, last int) error {
	if !p.Allows(access.RecordBranch, s.Unit) && !p.Allows(access.RecordBase, s.Unit) && !p.Allows(access.RecordBoard, s.Unit) {
		return errPermit
	}
	_, err := t.Exec(ctx, `INSERT INTO number_series (unit_no, kind, term_on, last) VALUES ($1, $2, $3, $4)
		ON CONFLICT (unit_no, kind, term_on) DO UPDATE SET last = excluded.last`, int(s.Unit), s.Kind, s.Term, last)
	return err
}

// LastNumber returns the last number taken of a series; 0 where none was.
func (t *Tx) LastNumber(ctx context.Context, s Series) (last int, err error) {
	err = t.QueryRow(ctx, `SELECT last FROM number_series WHERE unit_no = $1 AND kind = $2 AND term_on = $3`,
		int(s.Unit), s.Kind, s.Term).Scan(&last)
	if errors.Is(err, sqldb.ErrNoRows) {
		return 0, nil
	}
	return last, err
}

// AllSeries returns the series of a unit, the latest term first.
func (t *Tx) AllSeries(ctx context.Context, no org.UnitNo) ([]SeriesRow, error) {
	return collect(ctx, t, `SELECT unit_no, kind, term_on, last FROM number_series WHERE unit_no = $1 ORDER BY term_on DESC`,
		[]any{int(no)}, func(r sqldb.Row) (s SeriesRow, err error) {
			err = r.Scan(&s.Unit, &s.Kind, &s.Term, &s.Last)
			return s, err
		})
}

// AddTerm records that a new term of a committee began on a day: numbers begin again at 01.
func (t *Tx) AddTerm(ctx context.Context, no org.UnitNo, from date.Date) error {
	_, err := t.Exec(ctx, `INSERT INTO committee_term (unit_no, from_on) VALUES ($1, $2) ON CONFLICT (unit_no, from_on) DO NOTHING`, int(no), from)
	return err
}

// TermOn returns the first day of the term that ran at the nearest unit of a line which
// has its terms recorded; false where none has by that day.
func (t *Tx) TermOn(ctx context.Context, line []org.UnitNo, day date.Date) (date.Date, bool, error) {
	if len(line) == 0 {
		return date.Date{}, false, nil
	}
	a := args{day}
	latest := make(map[org.UnitNo]date.Date, len(line))
	err := t.Query(ctx, `SELECT unit_no, from_on FROM committee_term WHERE from_on <= $1 AND unit_no IN `+in(&a, ints(line))+` ORDER BY from_on`, a,
		func(r sqldb.Row) error {
			var no org.UnitNo
			var from date.Date
			if err := r.Scan(&no, &from); err != nil {
				return err
			}
			latest[no] = from // the latest comes last
			return nil
		})
	for _, no := range line {
		if from, ok := latest[no]; ok {
			return from, true, err
		}
	}
	return date.Date{}, false, err
}

// A Letterhead is how the papers of a unit name it; empty fields are drawn from its type.
type Letterhead struct {
	Unit   org.UnitNo
	Name   string // as printed at the head
	Symbol string // ĐUK, ĐU, CB (PAPER-09)
	Place  string // before the date
	Title  string // of who signs: BÍ THƯ, PHÓ BÍ THƯ
	Signer string // who signs; else the head of the unit on that day
}

// Letterheads returns those of units that have one.
func (t *Tx) Letterheads(ctx context.Context, nos []org.UnitNo) (map[org.UnitNo]Letterhead, error) {
	out := map[org.UnitNo]Letterhead{}
	err := inChunks(ints(nos), func(part []int) error {
		var a args
		rows, err := collect(ctx, t, `SELECT unit_no, name, symbol, place, title, signer FROM letterhead WHERE unit_no IN `+in(&a, part), a,
			func(r sqldb.Row) (h Letterhead, err error) {
				err = r.Scan(&h.Unit, &h.Name, &h.Symbol, &h.Place, &h.Title, &h.Signer)
				return h, err
			})
		for _, h := range rows {
			out[h.Unit] = h
		}
		return err
	})
	return out, err
}

// SetLetterhead records how the papers of a unit name it, in the place of what stood before.
func (t *Tx) SetLetterhead(ctx context.Context, h Letterhead) error {
	_, err := t.Exec(ctx, `INSERT INTO letterhead (unit_no, name, symbol, place, title, signer) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (unit_no) DO UPDATE SET name = excluded.name, symbol = excluded.symbol, place = excluded.place,
		title = excluded.title, signer = excluded.signer`, int(h.Unit), h.Name, h.Symbol, h.Place, h.Title, h.Signer)
	return err
}
