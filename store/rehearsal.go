package store

import (
	"context"
	"errors"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Rehearsal is how far the trial of a draft over all open files has come.
type Rehearsal struct {
	Change  string // id of the draft
	Run     string // another one each time it begins anew
	On      date.Date
	Book    string // token of the regulation that the draft is compared with
	Total   int    // open files when it began
	Looked  int    // of which were looked at
	Kept    int    // rows that are kept of those that differ
	Cursor  org.UnitNo
	Done    bool
	Begun   date.Instant
	Stepped date.Instant // when it last came on
}

// A RehearsalUnit counts the open files of a unit.
type RehearsalUnit struct {
	Unit     org.UnitNo
	Files    int // looked at
	Affected int // of which something would be otherwise
	Late     int // of which a term would be overdue that is not now
}

// A RehearsalRule counts the files of a unit of which a rule speaks otherwise.
type RehearsalRule struct {
	Unit  org.UnitNo
	Rule  string
	Files int
}

// A RehearsalRow is a file that differs. Detail holds how, as text of package app.
type RehearsalRow struct {
	File   string
	Unit   org.UnitNo
	Stage  admission.Stage
	Detail string

	Name     string // as it is now; read, not written
	UnitName string
}

// A RehearsalStep is what one portion of files adds to a rehearsal.
type RehearsalStep struct {
	Next  org.UnitNo // the last unit looked at
	Done  bool
	Files int
	Units []RehearsalUnit
	Rules []RehearsalRule
	Rows  []RehearsalRow
}

// ErrRehearsed reports that somebody else took this step, or began the rehearsal anew.
var ErrRehearsed = errors.New("the rehearsal has gone on without this step")

// CountOpenFiles returns how many files within scope are open, by the counters.
func (t *Tx) CountOpenFiles(ctx context.Context, s access.Scope) (n int, err error) {
	if s.Empty() {
		return 0, nil
	}
	var indicators []string
	for _, stage := range openStages() {
		indicators = append(indicators, StageIndicator(stage))
	}
	q := &query{}
	q.and(`realm = ` + q.arg(Realm))
	within(q, `unit_no`, ints(s.Roots()))
	q.and(`period = ` + q.arg(Now))
	within(q, `indicator`, indicators)
	err = t.QueryRow(ctx, `SELECT COALESCE(SUM(value), 0) FROM counter WHERE `+q.conditions(), q.args...).Scan(&n)
	return n, err
}

// BeginRehearsal puts a rehearsal at its start; what an earlier one of the draft counted
// is gone.
func (t *Tx) BeginRehearsal(ctx context.Context, p access.Permit, r Rehearsal) error {
	if err := t.DropRehearsal(ctx, p, r.Change); err != nil {
		return err
	}
	_, err := t.Exec(ctx, `INSERT INTO rehearsal (change_id, run, on_day, book, total, looked, kept, cursor_no, done, begun_at, stepped_at)
		VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6, $7, $8)`, r.Change, r.Run, r.On, r.Book, r.Total, false, r.Begun, r.Begun)
	if err != nil {
		return fmt.Errorf("begin rehearsal of %s: %w", r.Change, err)
	}
	return nil
}

// DropRehearsal forgets what was counted for a draft that is none any more.
func (t *Tx) DropRehearsal(ctx context.Context, p access.Permit, change string) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `DELETE FROM rehearsal WHERE change_id = $1`, asID(change)); err != nil {
		return fmt.Errorf("drop rehearsal of %s: %w", change, err)
	}
	for _, text := range []string{
		`DELETE FROM rehearsal_unit WHERE realm = $1 AND change_id = $2`,
		`DELETE FROM rehearsal_rule WHERE realm = $1 AND change_id = $2`,
		`DELETE FROM rehearsal_row WHERE realm = $1 AND change_id = $2`,
	} {
		if _, err := t.Exec(ctx, text, Realm, asID(change)); err != nil {
			return fmt.Errorf("drop rehearsal of %s: %w", change, err)
		}
	}
	return nil
}

// Rehearsal returns how far the rehearsal of a draft has come; false where there is none.
func (t *Tx) Rehearsal(ctx context.Context, change string) (r Rehearsal, found bool, err error) {
	var last int
	err = t.QueryRow(ctx, `SELECT change_id, run, on_day, book, total, looked, kept, cursor_no, done, begun_at, stepped_at
		FROM rehearsal WHERE change_id = $1`, asID(change)).Scan(&r.Change, &r.Run, &r.On, &r.Book, &r.Total, &r.Looked, &r.Kept, &last, &r.Done, &r.Begun, &r.Stepped)
	if errors.Is(err, sqldb.ErrNoRows) {
		return Rehearsal{}, false, nil
	}
	r.Cursor = org.UnitNo(last)
	return r, err == nil, err
}

// StepRehearsal adds a portion to a rehearsal that still stands where r says. It fails
// with ErrRehearsed where it does not: of two that took the same step one is written.
func (t *Tx) StepRehearsal(ctx context.Context, p access.Permit, r Rehearsal, s RehearsalStep, at date.Instant) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE rehearsal SET looked = looked + $1, kept = kept + $2, cursor_no = $3, done = $4, stepped_at = $5
		WHERE change_id = $6 AND run = $7 AND book = $8 AND cursor_no = $9 AND done = $10`,
		s.Files, len(s.Rows), int(s.Next), s.Done, at, r.Change, r.Run, r.Book, int(r.Cursor), false)
	if err == nil && n != 1 {
		err = errs.E(errs.Stale, "rule.stale").Because(ErrRehearsed)
	}
	if err != nil {
		return fmt.Errorf("step of rehearsal of %s: %w", r.Change, err)
	}
	return t.addRehearsed(ctx, r, s)
}

func (t *Tx) addRehearsed(ctx context.Context, r Rehearsal, s RehearsalStep) error {
	var units, rules, rows []any
	for _, u := range s.Units {
		units = append(units, Realm, r.Change, int(u.Unit), u.Files, u.Affected, u.Late)
	}
	for _, c := range s.Rules {
		rules = append(rules, Realm, r.Change, int(c.Unit), c.Rule, c.Files)
	}
	for i, row := range s.Rows {
		rows = append(rows, Realm, r.Change, r.Kept+i+1, int(row.Unit), row.File, row.Stage, row.Detail)
	}
	if err := t.insert(ctx, "rehearsal_unit", `realm, change_id, unit_no, files, affected, late`, "", units); err != nil {
		return fmt.Errorf("count units of rehearsal: %w", err)
	}
	if err := t.insert(ctx, "rehearsal_rule", `realm, change_id, unit_no, rule, files`, "", rules); err != nil {
		return fmt.Errorf("count rules of rehearsal: %w", err)
	}
	if err := t.insert(ctx, "rehearsal_row", `realm, change_id, seq, unit_no, file_id, stage, detail`, "", rows); err != nil {
		return fmt.Errorf("keep rows of rehearsal: %w", err)
	}
	return nil
}

// rehearsed is the condition that a row of a rehearsal is of a change and within scope.
func rehearsed(s access.Scope, change string) *query {
	q := &query{}
	q.and(`r.realm = ` + q.arg(Realm))
	q.and(`r.change_id = ` + q.arg(asID(change)))
	q.and(`r.unit_no IN (SELECT c.unit_no FROM unit_closure c WHERE c.ancestor_no IN ` + in(&q.args, ints(s.Roots())) + `)`)
	return q
}

// RehearsalUnits returns what was counted of the units within scope.
func (t *Tx) RehearsalUnits(ctx context.Context, s access.Scope, change string) ([]RehearsalUnit, error) {
	if s.Empty() {
		return nil, nil
	}
	q := rehearsed(s, change)
	return collect(ctx, t, `SELECT r.unit_no, r.files, r.affected, r.late FROM rehearsal_unit r WHERE `+q.conditions()+` ORDER BY r.unit_no`, q.args,
		func(row sqldb.Row) (u RehearsalUnit, err error) {
			var no int
			err = row.Scan(&no, &u.Files, &u.Affected, &u.Late)
			u.Unit = org.UnitNo(no)
			return u, err
		})
}

// RehearsalRules returns how many files within scope each rule speaks of otherwise; their
// units are left out.
func (t *Tx) RehearsalRules(ctx context.Context, s access.Scope, change string) ([]RehearsalRule, error) {
	if s.Empty() {
		return nil, nil
	}
	q := rehearsed(s, change)
	return collect(ctx, t, `SELECT r.rule, SUM(r.files) FROM rehearsal_rule r WHERE `+q.conditions()+` GROUP BY r.rule ORDER BY r.rule`, q.args,
		func(row sqldb.Row) (c RehearsalRule, err error) {
			err = row.Scan(&c.Rule, &c.Files)
			return c, err
		})
}

// RehearsalRows returns the first files within scope that are kept, at most limit. A file
// that is gone since has no name.
func (t *Tx) RehearsalRows(ctx context.Context, s access.Scope, change string, limit int) ([]RehearsalRow, error) {
	if s.Empty() {
		return nil, nil
	}
	q := rehearsed(s, change)
	return collect(ctx, t, `SELECT r.file_id, r.unit_no, r.stage, r.detail, COALESCE(f.name, ''), u.name FROM rehearsal_row r
		JOIN unit u ON u.no = r.unit_no LEFT JOIN admission_file f ON f.realm = r.realm AND f.id = r.file_id
		WHERE `+q.conditions()+` ORDER BY r.seq LIMIT `+q.arg(limit), q.args,
		func(row sqldb.Row) (x RehearsalRow, err error) {
			var no int
			err = row.Scan(&x.File, &no, &x.Stage, &x.Detail, &x.Name, &x.UnitName)
			x.Unit = org.UnitNo(no)
			return x, err
		})
}
