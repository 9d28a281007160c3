package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
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
	return collect(ctx, t, forecastSelect+` FROM unit_closure c CROSS JOIN admission_file f WHERE `+q.conditions(), q.args, scanForecast)
}

// ForecastRowsOf is ForecastRows of some units, whose place in a scope the caller knows.
func (t *Tx) ForecastRowsOf(ctx context.Context, w Within, units []org.UnitNo, stages []admission.Stage) ([]ForecastRow, error) {
	if len(w.roots) == 0 || len(stages) == 0 {
		return nil, nil
	}
	var out []ForecastRow
	err := inChunks(ints(units), func(part []int) error {
		q := &query{}
		q.and(`f.realm = ` + q.arg(Realm))
		q.and(`f.unit_no IN ` + in(&q.args, part))
		within(q, `f.stage`, stages)
		rows, err := collect(ctx, t, forecastSelect+` FROM admission_file f WHERE `+q.conditions(), q.args, scanForecast)
		out = append(out, rows...)
		return err
	})
	return out, err
}

const forecastSelect = `SELECT f.unit_no, f.stage, f.since, f.birth_date, f.certificate_until, f.papers_until, f.vote_from`

func scanForecast(r sqldb.Row) (row ForecastRow, err error) {
	err = r.Scan(&row.Unit, &row.Stage, &row.Since, &row.Birth, &row.CertificateUntil, &row.PapersUntil, &row.VoteFrom)
	return row, err
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
	err := t.overLines(ctx, `SELECT c.unit_no, u.no, u.type FROM unit_closure s CROSS JOIN unit_closure c CROSS JOIN unit u
		WHERE s.ancestor_no = $1 AND c.unit_no = s.unit_no AND u.no = c.ancestor_no ORDER BY c.unit_no, c.depth`, []any{int(unit)}, lines)
	return overOf(lines), err
}

// OverUnitsOf is OverUnits of some units.
func (t *Tx) OverUnitsOf(ctx context.Context, units []org.UnitNo) (map[org.UnitNo]UnitsOver, error) {
	lines := map[org.UnitNo][]org.Unit{}
	err := inChunks(ints(units), func(part []int) error {
		var a args
		return t.overLines(ctx, `SELECT c.unit_no, u.no, u.type FROM unit_closure c CROSS JOIN unit u
			WHERE c.unit_no IN `+in(&a, part)+` AND u.no = c.ancestor_no ORDER BY c.unit_no, c.depth`, a, lines)
	})
	return overOf(lines), err
}

func (t *Tx) overLines(ctx context.Context, text string, a args, lines map[org.UnitNo][]org.Unit) error {
	return t.Query(ctx, text, a, func(r sqldb.Row) error {
		var no org.UnitNo
		var over org.Unit
		err := r.Scan(&no, &over.No, &over.Type)
		lines[no] = append(lines[no], over)
		return err
	})
}

func overOf(lines map[org.UnitNo][]org.Unit) map[org.UnitNo]UnitsOver {
	out := make(map[org.UnitNo]UnitsOver, len(lines))
	for no, line := range lines {
		a := org.AboveOf(line)
		o := UnitsOver{Base: a.Base, Upper: a.Competent, Sectional: a.Sectional != 0, Committee: a.Base != 0}
		if o.Base == 0 {
			o.Base = no
		}
		out[no] = o
	}
	return out
}

// A stayAct is what a pace reads of an act.
type stayAct struct {
	seq    int
	id     string
	code   admission.Code
	on     date.Date
	detail string // of acts whose detail says where they led
}

// A stayFile is a file with its acts in any order.
type stayFile struct {
	unit org.UnitNo
	acts []stayAct
}

// Stays calls fn for each file of a subtree with the acts that make its way, oldest first,
// those that were voided marked: what a pace is drawn from. It holds one subtree in
// memory: sorting it in the store takes longer than reading it.
func (t *Tx) Stays(ctx context.Context, unit org.UnitNo, fn func(no org.UnitNo, acts []admission.Act)) error {
	files := map[string]*stayFile{}
	err := t.Query(ctx, `SELECT f.unit_no, a.file_id, a.seq, a.id, a.act, a.on_day,
			CASE WHEN a.act IN ('void', 'refuse', 'conclude_verification') THEN a.detail ELSE '' END
		FROM unit_closure c CROSS JOIN admission_file f CROSS JOIN admission_act a
		WHERE c.ancestor_no = $1 AND f.realm = $2 AND f.unit_no = c.unit_no AND a.realm = f.realm AND a.file_id = f.id`,
		[]any{int(unit), Realm}, func(r sqldb.Row) error {
			var no org.UnitNo
			var file string
			var act stayAct
			err := r.Scan(&no, &file, &act.seq, &act.id, &act.code, &act.on, &act.detail)
			f := files[file]
			if f == nil {
				f = &stayFile{unit: no}
				files[file] = f
			}
			f.acts = append(f.acts, act)
			return err
		})
	if err != nil {
		return err
	}
	for _, f := range files {
		acts, err := f.way()
		if err != nil {
			return err
		}
		fn(f.unit, acts)
	}
	return nil
}

// way puts the acts of a file in their order.
func (f *stayFile) way() ([]admission.Act, error) {
	slices.SortFunc(f.acts, func(a, b stayAct) int { return a.seq - b.seq })
	acts, voids := make([]admission.Act, len(f.acts)), false
	for i, kept := range f.acts {
		if kept.detail != "" {
			if err := json.Unmarshal([]byte(kept.detail), &acts[i]); err != nil {
				return nil, fmt.Errorf("act %s: %w", kept.id, err)
			}
		}
		acts[i].ID, acts[i].Code, acts[i].On = kept.id, kept.code, kept.on
		voids = voids || kept.code == admission.Void
	}
	if voids {
		acts = admission.Replay(admission.File{Acts: acts}).Acts
	}
	return acts, nil
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

// Paces returns the usual times that were drawn of units, and the day on which those of
// all were; no day where none was ever drawn.
func (t *Tx) Paces(ctx context.Context, units []org.UnitNo) (paces map[org.UnitNo]target.Pace, on date.Date, err error) {
	paces = map[org.UnitNo]target.Pace{}
	err = t.Query(ctx, `SELECT drawn_on FROM forecast_pace WHERE realm = $1 LIMIT 1`, []any{Realm}, func(r sqldb.Row) error { return r.Scan(&on) })
	if err != nil || on.IsZero() {
		return paces, on, err
	}
	err = inChunks(ints(units), func(part []int) error {
		a := args{Realm}
		return t.Query(ctx, `SELECT unit_no, stage, cases, marks FROM forecast_pace WHERE realm = $1 AND unit_no IN `+in(&a, part), a, func(r sqldb.Row) error {
			var no org.UnitNo
			var stage admission.Stage
			var marks string
			var w target.Wait
			if err := r.Scan(&no, &stage, &w.Cases, &marks); err != nil {
				return err
			}
			if w.Marks, err = parseMarks(marks); err != nil {
				return fmt.Errorf("pace of unit %d at %s: %w", no, stage, err)
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

// parseMarks reads "days:left days:left …".
func parseMarks(text string) ([]target.Mark, error) {
	words := strings.Fields(text)
	var out []target.Mark // none of a step from which nobody came through
	if len(words) > 0 {
		out = make([]target.Mark, len(words))
	}
	for i, word := range words {
		days, left, _ := strings.Cut(word, ":")
		var err error
		if out[i].Days, err = strconv.Atoi(days); err != nil {
			return nil, err
		}
		if out[i].Left, err = strconv.Atoi(left); err != nil {
			return nil, err
		}
	}
	return out, nil
}
