package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/target"
)

// A ForecastRow is of an open file what a forecast reads.
type ForecastRow struct {
	Unit org.UnitNo
	target.Candidate
}

// ForecastRows lists the files within scope at some stages as the forecast reads them, in
// no order of people: it is for figures.
func (t *Tx) ForecastRows(ctx context.Context, s access.Scope, unit org.UnitNo, stages []admission.Stage) ([]ForecastRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 || len(stages) == 0 {
		return nil, err
	}
	q := &query{}
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`f.realm = ` + q.arg(Realm))
	q.and(`f.unit_no = c.unit_no`)
	within(q, `f.stage`, stages)
	return collect(ctx, t, `SELECT f.unit_no, f.stage, f.since, f.birth_date, f.certificate_until, f.papers_until, f.vote_from
		FROM unit_closure c CROSS JOIN admission_file f WHERE `+q.conditions(), q.args, func(r sqldb.Row) (row ForecastRow, err error) {
		err = r.Scan(&row.Unit, &row.Stage, &row.Since, &row.Birth, &row.CertificateUntil, &row.PapersUntil, &row.VoteFrom)
		return row, err
	})
}

// VoteDays returns by id from when the rules let the branches of files vote, of the files
// within scope at some stages; those of which no day was drawn are absent.
func (t *Tx) VoteDays(ctx context.Context, s access.Scope, unit org.UnitNo, stages []admission.Stage) (map[string]date.Date, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: stages})
	if err != nil || !ok {
		return nil, err
	}
	out := map[string]date.Date{}
	err = t.Query(ctx, `SELECT f.id, f.vote_from FROM `+q.from+` WHERE `+q.conditions()+` AND f.vote_from IS NOT NULL`, q.args, func(r sqldb.Row) error {
		var id string
		var day date.Date
		err := r.Scan(&id, &day)
		out[id] = day
		return err
	})
	return out, err
}

// UnitsOver is what stands over a unit: its base organization and who decides.
type UnitsOver struct {
	Base      org.UnitNo // the base committee, or the unit itself where none stands over it
	Upper     org.UnitNo // the competent committee; 0 where none stands above
	Sectional bool
	Committee bool // Base is a committee over the branch, not the branch itself
}

// OverUnits returns what stands over each unit of a subtree, the unit itself included.
func (t *Tx) OverUnits(ctx context.Context, unit org.UnitNo) (map[org.UnitNo]UnitsOver, error) {
	lines := map[org.UnitNo][]org.Unit{}
	err := t.Query(ctx, `SELECT c.unit_no, u.no, u.type FROM unit_closure s CROSS JOIN unit_closure c CROSS JOIN unit u
		WHERE s.ancestor_no = $1 AND c.unit_no = s.unit_no AND u.no = c.ancestor_no ORDER BY c.unit_no, c.depth`, []any{int(unit)}, func(r sqldb.Row) error {
		var no org.UnitNo
		var over org.Unit
		err := r.Scan(&no, &over.No, &over.Type)
		lines[no] = append(lines[no], over)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := make(map[org.UnitNo]UnitsOver, len(lines))
	for no, line := range lines {
		a := org.AboveOf(line)
		o := UnitsOver{Base: a.Base, Upper: a.Competent, Sectional: a.Sectional != 0, Committee: a.Base != 0}
		if o.Base == 0 {
			o.Base = no
		}
		out[no] = o
	}
	return out, nil
}

// Stays calls fn for each file of a subtree with the acts that make its way, oldest first
// and without those that were voided: what a pace is drawn from.
func (t *Tx) Stays(ctx context.Context, unit org.UnitNo, fn func(no org.UnitNo, acts []admission.Act)) error {
	var no org.UnitNo
	file, acts, voids := "", []admission.Act(nil), false
	flush := func() {
		if len(acts) == 0 {
			return
		}
		if voids {
			acts = admission.Replay(admission.File{Acts: acts}).Acts
		}
		fn(no, acts)
		acts, voids = nil, false
	}
	err := t.Query(ctx, `SELECT f.unit_no, a.file_id, a.id, a.act, a.on_day,
			CASE WHEN a.act IN ('void', 'refuse', 'conclude_verification') THEN a.detail ELSE '' END
		FROM unit_closure c CROSS JOIN admission_file f CROSS JOIN admission_act a
		WHERE c.ancestor_no = $1 AND f.realm = $2 AND f.unit_no = c.unit_no AND a.realm = f.realm AND a.file_id = f.id
		ORDER BY a.file_id, a.seq`, []any{int(unit), Realm}, func(r sqldb.Row) error {
		var at org.UnitNo
		var id, detail string
		var kept, act admission.Act
		if err := r.Scan(&at, &id, &kept.ID, &kept.Code, &kept.On, &detail); err != nil {
			return err
		}
		if detail != "" {
			if err := json.Unmarshal([]byte(detail), &act); err != nil {
				return fmt.Errorf("act %s: %w", kept.ID, err)
			}
		}
		if id != file {
			flush()
			file, no = id, at
		}
		act.ID, act.Code, act.On = kept.ID, kept.Code, kept.On
		acts, voids = append(acts, act), voids || act.Code == admission.Void
		return nil
	})
	flush()
	return err
}

// PutPaces replaces the usual times of all organizations. It needs a permit for settings.
func (t *Tx) PutPaces(ctx context.Context, p access.Permit, paces map[org.UnitNo]target.Pace, on date.Date) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `DELETE FROM forecast_pace WHERE realm = $1`, Realm); err != nil {
		return err
	}
	var rows []any
	for no, pace := range paces {
		for stage, w := range pace {
			words := make([]string, len(w.Marks))
			for i, m := range w.Marks {
				words[i] = strconv.Itoa(m.Days) + ":" + strconv.Itoa(m.Left)
			}
			rows = append(rows, Realm, int(no), string(stage), w.Cases, strings.Join(words, " "), on)
		}
	}
	return t.insert(ctx, "forecast_pace", "realm, unit_no, stage, cases, marks, drawn_on", "", rows)
}

// Paces returns the usual times that were drawn of units, and the day on which they were;
// no day where none was ever drawn.
func (t *Tx) Paces(ctx context.Context, units []org.UnitNo) (paces map[org.UnitNo]target.Pace, on date.Date, err error) {
	paces = map[org.UnitNo]target.Pace{}
	err = inChunks(ints(units), func(part []int) error {
		a := args{Realm}
		return t.Query(ctx, `SELECT unit_no, stage, cases, marks, drawn_on FROM forecast_pace WHERE realm = $1 AND unit_no IN `+in(&a, part), a, func(r sqldb.Row) error {
			var no org.UnitNo
			var stage admission.Stage
			var days string
			var w target.Wait
			if err := r.Scan(&no, &stage, &w.Cases, &days, &on); err != nil {
				return err
			}
			for _, word := range strings.Fields(days) {
				var m target.Mark
				if _, err := fmt.Sscanf(word, "%d:%d", &m.Days, &m.Left); err != nil {
					return fmt.Errorf("pace of unit %d at %s: %w", no, stage, err)
				}
				w.Marks = append(w.Marks, m)
			}
			if paces[no] == nil {
				paces[no] = target.Pace{}
			}
			paces[no][stage] = w
			return nil
		})
	})
	return paces, on, err
}
