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

// A ReviewLayer is one layer of a review: what was counted and what the committee says.
type ReviewLayer struct {
	Layer   string
	Counted *int
	Origin  string
	Value   *int
	Reason  string
}

// A ReviewRow is a review of the source of a unit in a period, with its judgement.
type ReviewRow struct {
	ID        string
	Unit      org.UnitNo
	Period    string
	EndsOn    date.Date // the last day of the period
	Seq       int
	Standing  bool // the last of its unit and period
	Judgement JudgementRow
	Reasons   string // codes, with blanks between
	Evidence  string
	Despite   string
	Warnings  int // contradictions that were known when it was recorded
	Layers    []ReviewLayer
}

const reviewColumns = `r.id, r.unit_no, r.period, r.ends_on, r.seq, r.standing, r.reasons, r.evidence, r.despite, r.warnings,
	j.id, j.year, j.level, j.has_source, j.reason, j.judged_on, j.judged_by, j.recorded_at`

const reviewFrom = ` FROM source_review r JOIN source_judgement j ON j.id = r.judgement_id `

func scanReview(row sqldb.Row) (r ReviewRow, err error) {
	j := &r.Judgement
	err = row.Scan(&r.ID, &r.Unit, &r.Period, &r.EndsOn, &r.Seq, &r.Standing, &r.Reasons, &r.Evidence, &r.Despite, &r.Warnings,
		&j.ID, &j.Year, &j.Level, &j.HasSource, &j.Reason, &j.On, &j.By, &j.At)
	j.Unit = r.Unit
	return r, err
}

// AddReview writes a review behind the earlier ones of its unit and period, with the
// judgement that ratings read. Seq is the number of the one on which its writer decided,
// 0 for none; it fails with Stale when another was written since.
func (t *Tx) AddReview(ctx context.Context, p access.Permit, r ReviewRow) error {
	if err := t.AddJudgement(ctx, p, r.Judgement); err != nil {
		return err
	}
	if _, err := t.Exec(ctx, `UPDATE source_review SET standing = FALSE WHERE unit_no = $1 AND period = $2 AND standing = TRUE`, r.Unit, r.Period); err != nil {
		return fmt.Errorf("add review: %w", err)
	}
	if _, err := t.Exec(ctx, `INSERT INTO source_review (id, unit_no, period, ends_on, seq, standing, judgement_id, reasons, evidence, despite, warnings)
		VALUES ($1, $2, $3, $4, $5, TRUE, $6, $7, $8, $9, $10)`,
		r.ID, r.Unit, r.Period, r.EndsOn, r.Seq+1, r.Judgement.ID, r.Reasons, r.Evidence, r.Despite, r.Warnings); err != nil {
		if t.Kind(err) == sqldb.Unique {
			return errs.E(errs.Stale, "review.stale").Because(err)
		}
		return fmt.Errorf("add review: %w", err)
	}
	rows := make([]any, 0, 6*len(r.Layers))
	for _, l := range r.Layers {
		rows = append(rows, r.ID, l.Layer, l.Counted, l.Origin, l.Value, l.Reason)
	}
	return t.insert(ctx, "source_review_layer", "review_id, layer, counted, origin, value, reason", "", rows)
}

// StandingReviews returns the review that stands of each of the units in a period; a unit
// without one is absent.
func (t *Tx) StandingReviews(ctx context.Context, units []org.UnitNo, period string) (map[org.UnitNo]ReviewRow, error) {
	return t.standing(ctx, units, `r.period = $1`, period)
}

// ReviewsBefore returns of each of the units the last review that stands of a period that
// ended before a day; a unit without one is absent.
func (t *Tx) ReviewsBefore(ctx context.Context, units []org.UnitNo, day date.Date) (map[org.UnitNo]ReviewRow, error) {
	return t.standing(ctx, units, `r.ends_on < $1 AND NOT EXISTS (SELECT 1 FROM source_review n WHERE n.unit_no = r.unit_no AND n.standing = TRUE
		AND n.ends_on < $1 AND n.ends_on > r.ends_on)`, day)
}

func (t *Tx) standing(ctx context.Context, units []org.UnitNo, where string, value any) (map[org.UnitNo]ReviewRow, error) {
	out := map[org.UnitNo]ReviewRow{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{value}
		rows, err := collect(ctx, t, `SELECT `+reviewColumns+reviewFrom+`WHERE `+where+` AND r.standing = TRUE AND r.unit_no IN `+in(&a, part)+
			` ORDER BY r.seq`, a, scanReview)
		if err == nil {
			err = t.reviewLayers(ctx, rows)
		}
		for _, r := range rows {
			out[r.Unit] = r
		}
		return err
	})
	return out, err
}

// ReviewHistory lists every review of a unit in a period, the newest first.
func (t *Tx) ReviewHistory(ctx context.Context, unit org.UnitNo, period string) ([]ReviewRow, error) {
	rows, err := collect(ctx, t, `SELECT `+reviewColumns+reviewFrom+`WHERE r.unit_no = $1 AND r.period = $2 ORDER BY r.seq DESC`,
		[]any{unit, period}, scanReview)
	if err != nil {
		return nil, err
	}
	return rows, t.reviewLayers(ctx, rows)
}

// reviewLayers fills in the layers of reviews.
func (t *Tx) reviewLayers(ctx context.Context, rows []ReviewRow) error {
	at := make(map[string]int, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = i, r.ID
	}
	return inChunks(ids, func(part []string) error {
		var a args
		return t.Query(ctx, `SELECT review_id, layer, counted, origin, value, reason FROM source_review_layer WHERE review_id IN `+in(&a, part)+
			` ORDER BY review_id, layer`, a, func(row sqldb.Row) error {
			var id string
			var l ReviewLayer
			if err := row.Scan(&id, &l.Layer, &l.Counted, &l.Origin, &l.Value, &l.Reason); err != nil {
				return err
			}
			i := at[id]
			rows[i].Layers = append(rows[i].Layers, l)
			return nil
		})
	})
}

// A ReviewSum is what the units directly below one say together.
type ReviewSum struct {
	Reviewed int // units with a review that stands
	Waiting  int // of them, those that only the branch declared
	Layers   map[string]int
}

// ReviewSums adds up, for each of the units, what those directly below it say in a period.
func (t *Tx) ReviewSums(ctx context.Context, parents []org.UnitNo, period string) (map[org.UnitNo]ReviewSum, error) {
	out := map[org.UnitNo]ReviewSum{}
	err := inChunks(ints(parents), func(part []int) error {
		a := args{period}
		err := t.Query(ctx, `SELECT u.parent_no, count(*), SUM(CASE WHEN j.level = 1 THEN 1 ELSE 0 END)`+reviewFrom+`JOIN unit u ON u.no = r.unit_no
			WHERE r.period = $1 AND r.standing = TRUE AND u.parent_no IN `+in(&a, part)+` GROUP BY u.parent_no`, a, func(row sqldb.Row) error {
			var parent org.UnitNo
			s := ReviewSum{Layers: map[string]int{}}
			err := row.Scan(&parent, &s.Reviewed, &s.Waiting)
			out[parent] = s
			return err
		})
		if err != nil {
			return err
		}
		b := args{period}
		return t.Query(ctx, `SELECT u.parent_no, l.layer, SUM(l.value) FROM source_review r JOIN unit u ON u.no = r.unit_no
			JOIN source_review_layer l ON l.review_id = r.id
			WHERE r.period = $1 AND r.standing = TRUE AND l.value IS NOT NULL AND u.parent_no IN `+in(&b, part)+` GROUP BY u.parent_no, l.layer`, b, func(row sqldb.Row) error {
			var parent org.UnitNo
			var layer string
			var n int
			err := row.Scan(&parent, &layer, &n)
			out[parent].Layers[layer] = n
			return err
		})
	})
	return out, err
}

// certificateHolds are the stages at which a certificate must last until the branch's
// vote. They stand in the text as the index has them.
const certificateHolds = `f.stage IN ('certified', 'applying', 'verifying', 'verified', 'held', 'ready')`

// ExpiredCertificates counts in the subtree of each unit the files that wait for the
// branch's vote with a certificate that ended before a day.
func (t *Tx) ExpiredCertificates(ctx context.Context, units []org.UnitNo, day date.Date) (map[org.UnitNo]int, error) {
	out := map[org.UnitNo]int{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{Realm, day}
		return t.Query(ctx, `SELECT c.ancestor_no, count(*) FROM admission_file f CROSS JOIN unit_closure c
			WHERE f.realm = $1 AND f.certificate_until < $2 AND `+certificateHolds+` AND c.unit_no = f.unit_no
			AND c.ancestor_no IN `+in(&a, part)+` GROUP BY c.ancestor_no`, a, func(row sqldb.Row) error {
			var no org.UnitNo
			var n int
			err := row.Scan(&no, &n)
			out[no] = n
			return err
		})
	})
	return out, err
}

// A ReviewDue is a unit with how far the review of its source has come in a period.
type ReviewDue struct {
	Unit  org.Unit
	Level int       // of the review that stands; 0 for none
	On    date.Date // of that review
}

// ReviewsDue lists the units below one, at any depth, that have one of the types, with how
// far their reviews of a period have come, by code.
func (t *Tx) ReviewsDue(ctx context.Context, under org.UnitNo, types []org.Type, period string) ([]ReviewDue, error) {
	q := &query{}
	of := q.arg(period)
	q.and(`c.ancestor_no = ` + q.arg(int(under)))
	q.and(`u.no = c.unit_no`)
	q.and(`u.closed_on IS NULL`)
	within(q, `u.type`, types)
	return collect(ctx, t, `SELECT u.no, u.code, u.name, u.type, COALESCE(u.parent_no, 0), COALESCE(j.level, 0), j.judged_on
		FROM unit_closure c CROSS JOIN unit u LEFT JOIN source_review r ON r.unit_no = u.no AND r.period = `+of+` AND r.standing = TRUE
		LEFT JOIN source_judgement j ON j.id = r.judgement_id WHERE `+q.conditions()+` ORDER BY u.code_key`, q.args, func(row sqldb.Row) (d ReviewDue, err error) {
		return d, row.Scan(&d.Unit.No, &d.Unit.Code, &d.Unit.Name, &d.Unit.Type, &d.Unit.Parent, &d.Level, &d.On)
	})
}
