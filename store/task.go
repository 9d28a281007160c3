package store

import (
	"context"
	"fmt"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Task is something that a unit must do, ordered by a clause of a document or started
// by an act on a file.
type Task struct {
	ID       string
	Document string // "" for a task of a file
	Symbol   string // of the document
	File     string // "" for a task of a document
	Clause   string
	Unit     org.UnitNo
	UnitCode org.Code
	UnitName string
	Role     access.Role // whose task it is at the unit; "" for whoever acts for it
	Text     string
	Due      date.Date
	Repeat   string
	Done     bool
	DoneOn   date.Date
	DoneBy   string
	Evidence string
	Version  int
}

const (
	taskOpen = "open"
	taskDone = "done"
)

// AddTask writes a task. The permit is that of the act or the document that starts it.
func (t *Tx) AddTask(ctx context.Context, p access.Permit, k Task) error {
	if !permitOf(p, access.EnterDocument, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `INSERT INTO task (id, document_id, file_id, clause, unit_no, role, text, due_on, repeat, state,
		done_by, evidence, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', 1)`,
		k.ID, nullText(k.Document), nullText(k.File), k.Clause, k.Unit, k.Role, k.Text, k.Due, k.Repeat, taskOpen); err != nil {
		return fmt.Errorf("add task: %w", err)
	}
	return nil
}

// DropTask takes back the last task that acts of a file started under a clause, unless it
// is done: the act that started it was voided. The ids of tasks rise with time.
func (t *Tx) DropTask(ctx context.Context, p access.Permit, file, clause string) error {
	if !permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard) {
		return errPermit
	}
	if _, err := t.Exec(ctx, `DELETE FROM task WHERE state = $1 AND id = (SELECT MAX(id) FROM task WHERE file_id = $2 AND clause = $3)`,
		taskOpen, file, clause); err != nil {
		return fmt.Errorf("drop task: %w", err)
	}
	return nil
}

// FinishTask marks a task as done, or open again. It fails with Stale when it was changed
// since it was read.
func (t *Tx) FinishTask(ctx context.Context, p access.Permit, k Task) error {
	if !p.Allows(access.DoTask, k.Unit) {
		return errPermit
	}
	state := taskOpen
	if k.Done {
		state = taskDone
	}
	n, err := t.Exec(ctx, `UPDATE task SET state = $1, done_on = $2, done_by = $3, evidence = $4, version = version + 1
		WHERE id = $5 AND version = $6 AND unit_no = $7`, state, k.DoneOn, k.DoneBy, k.Evidence, k.ID, k.Version, k.Unit)
	if err != nil {
		return fmt.Errorf("finish task: %w", err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "task.stale")
	}
	return nil
}

const taskColumns = `k.id, COALESCE(k.document_id, ''), COALESCE(d.symbol, ''), COALESCE(k.file_id, ''), k.clause, k.unit_no,
	u.code, u.name, k.role, k.text, k.due_on, k.repeat, k.state, k.done_on, k.done_by, k.evidence, k.version`

const taskFrom = ` FROM task k JOIN unit u ON u.no = k.unit_no LEFT JOIN document d ON d.id = k.document_id `

func scanTask(r sqldb.Row) (k Task, err error) {
	var state string
	err = r.Scan(&k.ID, &k.Document, &k.Symbol, &k.File, &k.Clause, &k.Unit, &k.UnitCode, &k.UnitName, &k.Role,
		&k.Text, &k.Due, &k.Repeat, &state, &k.DoneOn, &k.DoneBy, &k.Evidence, &k.Version)
	k.Done = state == taskDone
	return k, err
}

// TaskByID returns a task. It fails with NotFound.
func (t *Tx) TaskByID(ctx context.Context, id string) (Task, error) {
	k, err := scanTask(t.QueryRow(ctx, `SELECT `+taskColumns+taskFrom+`WHERE k.id = $1`, asID(id)))
	return k, orNotFound(err, "task.none")
}

// UnitTasks lists the open tasks of units that are for one of the roles or for nobody in
// particular, by due day, those without one last.
func (t *Tx) UnitTasks(ctx context.Context, units []org.UnitNo, roles []access.Role, limit int) ([]Task, error) {
	if len(units) == 0 {
		return nil, nil
	}
	q := &query{}
	within(q, `k.unit_no`, ints(units))
	within(q, `k.role`, append(slices.Clone(roles), ""))
	q.and(`k.state = ` + q.arg(taskOpen))
	return t.tasks(ctx, `SELECT `+taskColumns+taskFrom+`WHERE `+q.conditions()+
		` ORDER BY CASE WHEN k.due_on IS NULL THEN 1 ELSE 0 END, k.due_on, k.id LIMIT `+q.arg(limit), q.args...)
}

// DocumentTasks lists the tasks of a document by clause and unit.
func (t *Tx) DocumentTasks(ctx context.Context, document string) ([]Task, error) {
	return t.tasks(ctx, `SELECT `+taskColumns+taskFrom+`WHERE k.document_id = $1 ORDER BY k.clause, k.unit_no, k.id`, document)
}

func (t *Tx) tasks(ctx context.Context, text string, a ...any) ([]Task, error) {
	return collect(ctx, t, text, a, scanTask)
}

// FileTasks lists the tasks that acts of a file started, open ones first.
func (t *Tx) FileTasks(ctx context.Context, file string) ([]Task, error) {
	return t.tasks(ctx, `SELECT `+taskColumns+taskFrom+`WHERE k.file_id = $1
		ORDER BY CASE WHEN k.state = 'open' THEN 0 ELSE 1 END, k.id`, file)
}
