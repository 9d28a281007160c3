package store

import (
	"context"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// WaitingFiles lists the files within scope at a stage without an act since a day, by that
// last day.
func (t *Tx) WaitingFiles(ctx context.Context, s access.Scope, unit org.UnitNo, stage admission.Stage, since date.Date) ([]FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: []admission.Stage{stage}})
	if err != nil || !ok {
		return nil, err
	}
	q.and(`f.last_on < ` + q.arg(since))
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+` ORDER BY f.last_on, f.id`, q.args, scanFile)
}

// EndingCertificates lists the files within scope that wait for the branch's vote with a
// certificate that is good until a day at most, by that day.
func (t *Tx) EndingCertificates(ctx context.Context, s access.Scope, unit org.UnitNo, day date.Date) ([]FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit})
	if err != nil || !ok {
		return nil, err
	}
	q.and(certificateHolds)
	q.and(`f.certificate_until <= ` + q.arg(day))
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+` ORDER BY f.certificate_until, f.id`, q.args, scanFile)
}

// A SilentHelper is a file whose helper has not reported, with the day of the last report,
// or of the helper's assignment where there was none since.
type SilentHelper struct {
	FileRow
	Reported date.Date
}

// SilentHelpers lists the files within scope from listed to ready that have a helper of
// whom nothing was heard since a day, the longest first.
func (t *Tx) SilentHelpers(ctx context.Context, s access.Scope, unit org.UnitNo, since date.Date) ([]SilentHelper, error) {
	var stages []admission.Stage
	for _, st := range admission.Stages() {
		if st.Source() && st != admission.BranchResolved && st != admission.Appraised && st != admission.BaseResolved {
			stages = append(stages, st)
		}
	}
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: stages})
	if err != nil || !ok {
		return nil, err
	}
	q.and(`f.helper <> ''`)
	q.and(`NOT EXISTS (SELECT 1 FROM helper_note n WHERE n.realm = f.realm AND n.file_id = f.id AND n.on_day >= ` + q.arg(since) + `)`)
	q.and(`NOT EXISTS (SELECT 1 FROM admission_act a WHERE a.realm = f.realm AND a.file_id = f.id AND a.act = 'assign_helper' AND a.on_day >= ` + q.arg(since) + `)`)
	const heard = `COALESCE((SELECT MAX(n.on_day) FROM helper_note n WHERE n.realm = f.realm AND n.file_id = f.id),
		(SELECT MAX(a.on_day) FROM admission_act a WHERE a.realm = f.realm AND a.file_id = f.id AND a.act = 'assign_helper'))`
	return collect(ctx, t, `SELECT `+fileColumns+`, `+heard+` FROM `+q.from+` WHERE `+q.conditions()+` ORDER BY f.last_on, f.id`, q.args, func(r sqldb.Row) (h SilentHelper, err error) {
		h.FileRow, err = scanFile(withTail{r, []any{&h.Reported}})
		return h, err
	})
}

// An IdleUnit is a unit whose whole list stood still since its last act.
type IdleUnit struct {
	Unit  org.UnitNo
	Code  org.Code
	Name  string
	Files int
	Last  date.Date
}

// IdleUnits lists the units of a subtree within scope that have files from listed to
// ready, none of which had an act since a day, the longest first.
func (t *Tx) IdleUnits(ctx context.Context, s access.Scope, unit org.UnitNo, since date.Date) ([]IdleUnit, error) {
	var stages []admission.Stage
	for _, st := range admission.Stages() {
		if st.Source() && st != admission.BranchResolved && st != admission.Appraised && st != admission.BaseResolved {
			stages = append(stages, st)
		}
	}
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: stages})
	if err != nil || !ok {
		return nil, err
	}
	return collect(ctx, t, `SELECT u.no, u.code, u.name, count(*), MAX(f.last_on) FROM `+q.from+` WHERE `+q.conditions()+
		` GROUP BY u.no, u.code, u.name HAVING MAX(f.last_on) < `+q.arg(since)+` ORDER BY 5, 1`, q.args, func(r sqldb.Row) (i IdleUnit, err error) {
		return i, r.Scan(&i.Unit, &i.Code, &i.Name, &i.Files, &i.Last)
	})
}

// A Silence sets a file aside, or with no file the list of its unit, until a day.
type Silence struct {
	ID     string
	File   string // "" for the list of the unit
	Unit   org.UnitNo
	Seen   string // the state as of which it was made; another one ends it
	Until  date.Date
	Reason string
	On     date.Date
	By     string
}

// AddSilence sets a file or the list of a unit aside; an earlier silence of it ends.
func (t *Tx) AddSilence(ctx context.Context, p access.Permit, s Silence) error {
	if !p.Allows(access.HoldSession, s.Unit) {
		return errPermit
	}
	if err := t.EndSilence(ctx, p, s.Unit, s.File); err != nil {
		return err
	}
	if _, err := t.Exec(ctx, `INSERT INTO silence (realm, id, file_id, unit_no, seen, until_on, reason, made_on, made_by, ended)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)`, Realm, s.ID, s.File, s.Unit, s.Seen, s.Until, s.Reason, s.On, s.By); err != nil {
		return fmt.Errorf("set aside: %w", err)
	}
	return nil
}

// EndSilence takes up again what was set aside: a file, or with none the list of a unit.
func (t *Tx) EndSilence(ctx context.Context, p access.Permit, unit org.UnitNo, file string) error {
	if !p.Allows(access.HoldSession, unit) {
		return errPermit
	}
	_, err := t.Exec(ctx, `UPDATE silence SET ended = TRUE WHERE realm = $1 AND unit_no = $2 AND file_id = $3 AND ended = FALSE`, Realm, unit, file)
	return err
}

// Silences lists what is set aside in a unit's subtree within scope on a day.
func (t *Tx) Silences(ctx context.Context, s access.Scope, unit org.UnitNo, day date.Date) ([]Silence, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`s.realm = ` + q.arg(Realm))
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`s.unit_no = c.unit_no`)
	q.and(`s.ended = FALSE`)
	q.and(`s.until_on >= ` + q.arg(day))
	return collect(ctx, t, `SELECT s.id, s.file_id, s.unit_no, s.seen, s.until_on, s.reason, s.made_on, s.made_by
		FROM unit_closure c CROSS JOIN silence s WHERE `+q.conditions()+` ORDER BY s.id`, q.args, func(r sqldb.Row) (x Silence, err error) {
		return x, r.Scan(&x.ID, &x.File, &x.Unit, &x.Seen, &x.Until, &x.Reason, &x.On, &x.By)
	})
}

// A HelperNote is what a helper said of a person on a day.
type HelperNote struct {
	ID        string
	File      string
	On        date.Date
	Helper    string
	Outcome   string
	EnteredBy string
	EnteredOn date.Date
}

// AddHelperNote records what a helper said. The permit is that of the branch of the file.
func (t *Tx) AddHelperNote(ctx context.Context, p access.Permit, n HelperNote) error {
	if !permitOf(p, access.RecordBranch) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO helper_note (realm, file_id, id, on_day, helper, outcome, entered_by, entered_on)
		SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM admission_file WHERE realm = $1 AND id = $2 AND unit_no = $9`,
		Realm, n.File, n.ID, n.On, n.Helper, n.Outcome, n.EnteredBy, n.EnteredOn, p.Unit()); err != nil {
		return fmt.Errorf("record helper's note: %w", err)
	}
	return nil
}

// HelperNotes lists what helpers said of a file, the newest first.
func (t *Tx) HelperNotes(ctx context.Context, file string) ([]HelperNote, error) {
	return collect(ctx, t, `SELECT id, file_id, on_day, helper, outcome, entered_by, entered_on FROM helper_note WHERE realm = $1 AND file_id = $2
		ORDER BY on_day DESC, id DESC`, []any{Realm, asID(file)}, func(r sqldb.Row) (n HelperNote, err error) {
		return n, r.Scan(&n.ID, &n.File, &n.On, &n.Helper, &n.Outcome, &n.EnteredBy, &n.EnteredOn)
	})
}

// FileVersions returns the versions of files, which every act raises. A file that is not
// there is absent.
func (t *Tx) FileVersions(ctx context.Context, ids []string) (map[string]int, error) {
	out := map[string]int{}
	err := inChunks(ids, func(part []string) error {
		a := args{Realm}
		return t.Query(ctx, `SELECT id, version FROM admission_file WHERE realm = $1 AND id IN `+in(&a, part), a, func(r sqldb.Row) error {
			var id string
			var version int
			err := r.Scan(&id, &version)
			out[id] = version
			return err
		})
	})
	return out, err
}
