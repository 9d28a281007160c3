package store

import (
	"context"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A NamedRow is a person whom a unit proposes for a class: in the answer to a survey, or
// of itself where Survey is "".
type NamedRow struct {
	Kind   class.Kind
	Survey string
	File   string
	Unit   org.UnitNo // of the file
	Need   class.Need
	On     date.Date
	By     string
}

// NameLearners proposes people. Who stands there already stays as entered. It needs the permit to
// name people on some unit; the caller has seen to it that it is that of each person.
func (t *Tx) NameLearners(ctx context.Context, p access.Permit, rows []NamedRow) error {
	if !permitOf(p, access.NameLearner) {
		return errPermit
	}
	var flat []any
	for _, n := range rows {
		flat = append(flat, Realm, string(n.Kind), n.Survey, n.File, int(n.Unit), string(n.Need), n.On, n.By)
	}
	return t.insert(ctx, "class_named", `realm, kind, survey_id, file_id, unit_no, need, named_on, named_by`,
		` ON CONFLICT (realm, kind, survey_id, file_id) DO NOTHING`, flat)
}

// UnnameLearners takes proposals of people back: in a survey, or, with survey "", the standing
// ones. It needs the permit of NameLearners, or that to manage classes, which opens the class.
func (t *Tx) UnnameLearners(ctx context.Context, p access.Permit, kind class.Kind, survey string, files []string) error {
	if !permitOf(p, access.NameLearner, access.ManageClass) {
		return errPermit
	}
	return inChunks(files, func(part []string) error {
		a := args{Realm, string(kind), survey}
		_, err := t.Exec(ctx, `DELETE FROM class_named WHERE realm = $1 AND kind = $2 AND survey_id = $3 AND file_id IN `+in(&a, part), a...)
		return err
	})
}

// NamedLearners lists who is proposed for a class of a kind within scope and under unit, 0 for
// all, in some surveys; "" among them stands for the standing proposals.
func (t *Tx) NamedLearners(ctx context.Context, s access.Scope, unit org.UnitNo, kind class.Kind, surveys []string) ([]NamedRow, error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 || len(surveys) == 0 {
		return nil, err
	}
	q := &query{}
	q.and(`n.realm = ` + q.arg(Realm))
	q.and(`n.kind = ` + q.arg(string(kind)))
	within(q, `n.survey_id`, surveys)
	within(q, `c.ancestor_no`, ints(roots))
	q.and(`n.unit_no = c.unit_no`)
	return collect(ctx, t, `SELECT n.kind, n.survey_id, n.file_id, n.unit_no, n.need, n.named_on, n.named_by
		FROM unit_closure c CROSS JOIN class_named n WHERE `+q.conditions()+` ORDER BY n.file_id, n.survey_id`, q.args,
		func(r sqldb.Row) (n NamedRow, err error) {
			err = r.Scan(&n.Kind, &n.Survey, &n.File, &n.Unit, &n.Need, &n.On, &n.By)
			return n, err
		})
}

// ClassFiles lists, within scope and under unit, the files that bear on a class of a kind:
// those at its stages, and those that are named by id.
func (t *Tx) ClassFiles(ctx context.Context, s access.Scope, unit org.UnitNo, kind class.Kind, named []string) ([]FileRow, error) {
	rows, err := t.StageFiles(ctx, s, unit, class.DemandStages(kind))
	if err != nil || len(named) == 0 {
		return rows, err
	}
	known := map[string]bool{}
	for _, r := range rows {
		known[r.ID] = true
	}
	var more []string
	for _, id := range named {
		if !known[id] {
			known[id] = true
			more = append(more, id)
		}
	}
	found, err := t.filesByID(ctx, s, unit, more)
	return append(rows, found...), err
}

// FileBriefs returns the rows of files by their ids, those within scope.
func (t *Tx) FileBriefs(ctx context.Context, s access.Scope, ids []string) ([]FileRow, error) {
	return t.filesByID(ctx, s, 0, ids)
}

func (t *Tx) filesByID(ctx context.Context, s access.Scope, unit org.UnitNo, ids []string) (out []FileRow, err error) {
	roots, err := t.Narrow(ctx, s, unit)
	if err != nil || len(roots) == 0 {
		return nil, err
	}
	err = inChunks(ids, func(part []string) error {
		q := &query{}
		q.and(`f.realm = ` + q.arg(Realm))
		q.and(`f.id IN ` + in(&q.args, part))
		q.and(`u.no = f.unit_no`)
		q.exists(roots)
		found, err := collect(ctx, t, `SELECT `+fileColumns+` FROM admission_file f CROSS JOIN unit u WHERE `+q.conditions(), q.args, scanFile)
		out = append(out, found...)
		return err
	})
	return out, err
}
