package store

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// QuietFiles lists the files within scope, at a stage where they can be stuck, without an
// act since a day, by that last day.
func (t *Tx) QuietFiles(ctx context.Context, s access.Scope, unit org.UnitNo, since date.Date) ([]FileRow, error) {
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
	q.and(`f.last_on < ` + q.arg(since))
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+` ORDER BY f.last_on, f.id`, q.args, scanFile)
}

// StageFiles lists all files within scope at some stages, by Vietnamese order of names.
func (t *Tx) StageFiles(ctx context.Context, s access.Scope, unit org.UnitNo, stages []admission.Stage) ([]FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: stages})
	if err != nil || !ok {
		return nil, err
	}
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY f.sort_given, f.sort_rest, f.id`, q.args, scanFile)
}

// AdmittedFiles lists the files within scope that were decided, or admitted by the
// ceremony, from one day to another.
func (t *Tx) AdmittedFiles(ctx context.Context, s access.Scope, unit org.UnitNo, byCeremony bool, from, to date.Date) ([]FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit})
	if err != nil || !ok {
		return nil, err
	}
	column := `f.decided_on`
	if byCeremony {
		column = `f.admitted_on`
	}
	q.and(column + ` >= ` + q.arg(from))
	q.and(column + ` <= ` + q.arg(to))
	return collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+` ORDER BY `+column+`, f.id`, q.args, scanFile)
}

// AllFiles lists the files within scope with all their acts, for the questions of a past
// day. It reads the acts of many files with one statement each.
func (t *Tx) AllFiles(ctx context.Context, s access.Scope, unit org.UnitNo) ([]admission.File, []FileRow, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit})
	if err != nil || !ok {
		return nil, nil, err
	}
	rows, err := collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY f.sort_given, f.sort_rest, f.id`, q.args, scanFile)
	if err != nil {
		return nil, nil, err
	}
	files := make([]admission.File, len(rows))
	at := make(map[string]int, len(rows))
	ids := make([]string, len(rows))
	for i, r := range rows {
		files[i] = admission.File{ID: r.ID, Unit: string(r.UnitCode), Name: r.Name, Birth: r.Birth, Sex: string(r.Sex), Version: r.Version}
		at[r.ID], ids[i] = i, r.ID
	}
	err = inChunks(ids, func(part []string) error {
		a := args{Realm}
		return t.Query(ctx, `SELECT `+actColumns+`, file_id FROM admission_act WHERE realm = $1 AND file_id IN `+in(&a, part)+
			` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
			var file string
			act, err := scanAct(withTail{r, []any{&file}})
			if err != nil {
				return err
			}
			i := at[file]
			files[i].Acts = append(files[i].Acts, act)
			return nil
		})
	})
	return files, rows, err
}
