package store

import (
	"context"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A BranchFile is an open file with its acts and the row that lists show of it.
type BranchFile struct {
	File admission.File
	Row  FileRow
}

// unitsAtOnce is how many units one step of a walk over all files takes.
const unitsAtOnce = 64

// OpenFilesAfter returns the open files of the next units behind one, by their numbers,
// within scope, and the last of those units; 0 at the end. It is for walks over all files
// that take them in portions: a file is met once, wherever the walk was broken off.
func (t *Tx) OpenFilesAfter(ctx context.Context, s access.Scope, after org.UnitNo) ([]BranchFile, org.UnitNo, error) {
	q := &query{}
	q.and(`c.unit_no > ` + q.arg(int(after)))
	if len(s.Roots()) == 0 {
		return nil, 0, nil
	}
	within(q, `c.ancestor_no`, ints(s.Roots()))
	units, err := collect(ctx, t, `SELECT DISTINCT c.unit_no FROM unit_closure c WHERE `+q.conditions()+` ORDER BY c.unit_no LIMIT `+q.arg(unitsAtOnce),
		q.args, func(r sqldb.Row) (no int, err error) {
			err = r.Scan(&no)
			return no, err
		})
	if err != nil || len(units) == 0 {
		return nil, 0, err
	}
	a := args{Realm}
	files, err := collect(ctx, t, `SELECT `+fileColumns+`, `+pressColumns+`, f.vote_from FROM admission_file f JOIN unit u ON u.no = f.unit_no
		WHERE f.realm = $1 AND f.unit_no IN `+in(&a, units)+` AND f.stage IN `+in(&a, openStages()), a, func(r sqldb.Row) (BranchFile, error) {
		var p Pressing
		var vote date.Date
		row, err := scanFile(withTail{r, []any{&p.Act, &p.Who, &p.Rule, &p.Due, &vote}})
		row.Press, row.VoteFrom = p, vote
		return BranchFile{Row: row, File: admission.File{ID: row.ID, Unit: string(row.UnitCode), Name: row.Name, Birth: row.Birth, Sex: string(row.Sex), Version: row.Version}}, err
	})
	if err != nil {
		return nil, 0, err
	}
	return files, org.UnitNo(units[len(units)-1]), t.fillActs(ctx, files)
}

func openStages() []admission.Stage {
	return slices.DeleteFunc(admission.Stages(), func(s admission.Stage) bool { return !s.Open() })
}

// fillActs reads the acts of many files with few statements and draws their states.
func (t *Tx) fillActs(ctx context.Context, files []BranchFile) error {
	at, ids := make(map[string]int, len(files)), make([]string, len(files))
	for i, f := range files {
		at[f.Row.ID], ids[i] = i, f.Row.ID
	}
	err := inChunks(ids, func(part []string) error {
		a := args{Realm}
		return t.Query(ctx, `SELECT `+actColumns+`, file_id FROM admission_act WHERE realm = $1 AND file_id IN `+in(&a, part)+
			` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
			var file string
			act, err := scanAct(withTail{r, []any{&file}})
			if err != nil {
				return err
			}
			f := &files[at[file]].File
			f.Acts = append(f.Acts, act)
			return nil
		})
	})
	if err != nil {
		return err
	}
	for i := range files {
		files[i].File = admission.Replay(files[i].File)
	}
	return nil
}

// A DeadlineChange is a term of an open file whose last day became another one because
// rules or calendar changed. A day that was or is not known is the zero day.
type DeadlineChange struct {
	File    string
	Rule    string
	From    date.Date
	WasDue  date.Date
	Due     date.Date
	Because string
	At      date.Instant
}

// Redraw writes what lists keep of an open file anew, without an act of its own: the
// rules or the calendar changed. The version stays. It reports whether it wrote: a file
// that an act changed meanwhile has been drawn by it, and one that another worker drew
// since the row was read is left to that one, so that each move of a day is told once.
func (t *Tx) Redraw(ctx context.Context, p access.Permit, row FileRow, st FileState) (bool, error) {
	if !permitOf(p, access.ManageSetting) {
		return false, errPermit
	}
	n, err := t.Exec(ctx, `UPDATE admission_file SET certificate_until = $1, papers_until = $2, answer_due = $3,
		next_act = $4, next_who = $5, next_rule = $6, next_due = $7, press_act = $8, press_who = $9, press_rule = $10, press_due = $11, vote_from = $12
		WHERE realm = $13 AND id = $14 AND version = $15
		AND certificate_until IS NOT DISTINCT FROM $16 AND papers_until IS NOT DISTINCT FROM $17 AND answer_due IS NOT DISTINCT FROM $18
		AND next_act = $19 AND next_who = $20 AND next_rule = $21 AND next_due IS NOT DISTINCT FROM $22
		AND press_act = $23 AND press_who = $24 AND press_rule = $25 AND press_due IS NOT DISTINCT FROM $26 AND vote_from IS NOT DISTINCT FROM $27`,
		st.Brief.CertificateUntil, st.Brief.PapersUntil, st.Brief.AnswerDue, st.Next.Act, st.Next.Who, st.Next.Rule, st.Next.Due,
		st.Press.Act, st.Press.Who, st.Press.Rule, st.Press.Due, st.Vote, Realm, row.ID, row.Version, row.CertificateUntil, row.PapersUntil, row.AnswerDue,
		row.NextAct, row.NextWho, row.NextRule, row.NextDue, row.Press.Act, row.Press.Who, row.Press.Rule, row.Press.Due, row.VoteFrom)
	if err != nil {
		return false, fmt.Errorf("redraw file %s: %w", row.ID, err)
	}
	return n == 1, nil
}

// AddDeadlineChanges keeps both values of terms that were drawn anew.
func (t *Tx) AddDeadlineChanges(ctx context.Context, p access.Permit, changes []DeadlineChange) error {
	if !permitOf(p, access.ManageSetting) {
		return errPermit
	}
	var rows []any
	for _, c := range changes {
		rows = append(rows, Realm, c.File, c.Rule, c.From, c.At, c.WasDue, c.Due, c.Because)
	}
	return t.insert(ctx, "deadline_change", `realm, file_id, rule, from_on, changed_at, was_due, due, because`,
		` ON CONFLICT (realm, file_id, rule, from_on, changed_at) DO UPDATE SET due = excluded.due, because = excluded.because`, rows)
}

// DeadlineChanges returns what became of the terms of a file within scope, the newest first.
func (t *Tx) DeadlineChanges(ctx context.Context, s access.Scope, file string) ([]DeadlineChange, error) {
	no, err := t.FileUnit(ctx, file)
	if err != nil {
		return nil, err
	}
	if in, err := t.inScope(ctx, s, no); err != nil || !in {
		return nil, err
	}
	return collect(ctx, t, `SELECT file_id, rule, from_on, was_due, due, because, changed_at FROM deadline_change
		WHERE realm = $1 AND file_id = $2 ORDER BY changed_at DESC`, []any{Realm, asID(file)}, func(r sqldb.Row) (c DeadlineChange, err error) {
		err = r.Scan(&c.File, &c.Rule, &c.From, &c.WasDue, &c.Due, &c.Because, &c.At)
		return c, err
	})
}
