package store

import (
	"context"
	"encoding/json"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

const (
	verificationColumns = `id, kind, subject_id, request_id, act_id, on_day, number, detail, actor, actor_name, recorded_at`
	verificationInsert  = `realm, file_id, seq, ` + verificationColumns
)

func scanVerificationStep(r sqldb.Row) (s admission.VerificationStep, err error) {
	var kept admission.VerificationStep // the columns; detail holds the rest
	var detail string
	if err := r.Scan(&kept.ID, &kept.Kind, &kept.Subject, &kept.Request, &kept.Act, &kept.On, &kept.Number, &detail,
		&kept.Actor, &kept.ActorName, &kept.Recorded); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(detail), &s); err != nil {
		return s, fmt.Errorf("step %s: %w", kept.ID, err)
	}
	s.ID, s.Kind, s.Subject, s.Request, s.Act, s.On, s.Number = kept.ID, kept.Kind, kept.Subject, kept.Request, kept.Act, kept.On, kept.Number
	s.Actor, s.ActorName, s.Recorded = kept.Actor, kept.ActorName, kept.Recorded
	return s, nil
}

// VerificationSteps returns the steps of the verification of a file, oldest first. Out of
// scope, it fails with NotFound.
func (t *Tx) VerificationSteps(ctx context.Context, s access.Scope, file string) ([]admission.VerificationStep, error) {
	unit, err := t.FileUnit(ctx, file)
	if err != nil {
		return nil, err
	}
	in, err := t.inScope(ctx, s, unit)
	if err != nil {
		return nil, err
	}
	if !in {
		return nil, errs.E(errs.NotFound, "file.none")
	}
	return collect(ctx, t, `SELECT `+verificationColumns+` FROM verification_step WHERE realm = $1 AND file_id = $2 ORDER BY seq`,
		[]any{Realm, asID(file)}, scanVerificationStep)
}

// AddVerificationSteps writes steps of the verification of a file behind those that were
// read. It needs the permit of a desk on the unit of the file. It fails with Stale where
// somebody else added some since.
func (t *Tx) AddVerificationSteps(ctx context.Context, p access.Permit, file string, read int, steps []admission.VerificationStep) error {
	unit, err := t.FileUnit(ctx, file)
	if err != nil {
		return err
	}
	if !permitOf(p, access.RecordBranch, access.RecordBase) || p.Unit() != unit {
		return errPermit
	}
	if err := t.verificationRead(ctx, file, read); err != nil {
		return err
	}
	var rows []any
	for i, s := range steps {
		detail, err := json.Marshal(s)
		if err != nil {
			return fmt.Errorf("step of file %s: %w", file, err)
		}
		rows = append(rows, Realm, file, read+i+1, s.ID, s.Kind, s.Subject, s.Request, s.Act, s.On, s.Number, string(detail),
			s.Actor, s.ActorName, s.Recorded)
	}
	err = t.insert(ctx, "verification_step", verificationInsert, "", rows)
	if err != nil && t.Kind(err) == sqldb.Unique {
		return errs.E(errs.Stale, "file.stale").Because(err)
	}
	return err
}

// verificationRead makes sure that a file has as many steps as were read.
func (t *Tx) verificationRead(ctx context.Context, file string, read int) error {
	n := 0
	if err := t.QueryRow(ctx, `SELECT count(*) FROM verification_step WHERE realm = $1 AND file_id = $2`, Realm, asID(file)).Scan(&n); err != nil {
		return err
	}
	if n != read {
		return errs.E(errs.Stale, "file.stale")
	}
	return nil
}

// A VerifiedFile is a file with its acts and the steps of its verification.
type VerifiedFile struct {
	File  admission.File
	Row   FileRow
	Steps []admission.VerificationStep
}

// VerificationFiles lists the files within scope and under a unit at some stages, with
// their acts and the steps of their verification, by Vietnamese order of names; at most
// limit of them. It reads acts and steps of many files with one statement each.
func (t *Tx) VerificationFiles(ctx context.Context, s access.Scope, unit org.UnitNo, stages []admission.Stage, limit int) ([]VerifiedFile, error) {
	q, ok, err := t.fileQuery(ctx, s, FileFilter{Unit: unit, Stages: stages})
	if err != nil || !ok {
		return nil, err
	}
	rows, err := collect(ctx, t, `SELECT `+fileColumns+` FROM `+q.from+` WHERE `+q.conditions()+
		` ORDER BY f.sort_given, f.sort_rest, f.id LIMIT `+q.arg(limit), q.args, scanFile)
	if err != nil {
		return nil, fmt.Errorf("list files under verification: %w", err)
	}
	out := make([]VerifiedFile, len(rows))
	at, ids := make(map[string]int, len(rows)), make([]string, len(rows))
	for i, r := range rows {
		at[r.ID], ids[i] = i, r.ID
		out[i] = VerifiedFile{Row: r, File: admission.File{ID: r.ID, Unit: string(r.UnitCode), Name: r.Name, Birth: r.Birth, Sex: string(r.Sex), Version: r.Version}}
	}
	err = inChunks(ids, func(part []string) error {
		a := args{Realm}
		var file string
		if err := t.Query(ctx, `SELECT `+actColumns+`, file_id FROM admission_act WHERE realm = $1 AND file_id IN `+in(&a, part)+
			` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
			act, err := scanAct(withTail{r, []any{&file}})
			if err == nil {
				out[at[file]].File.Acts = append(out[at[file]].File.Acts, act)
			}
			return err
		}); err != nil {
			return err
		}
		a = args{Realm}
		return t.Query(ctx, `SELECT `+verificationColumns+`, file_id FROM verification_step WHERE realm = $1 AND file_id IN `+in(&a, part)+
			` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
			step, err := scanVerificationStep(withTail{r, []any{&file}})
			if err == nil {
				out[at[file]].Steps = append(out[at[file]].Steps, step)
			}
			return err
		})
	})
	for i := range out {
		out[i].File = admission.Replay(out[i].File)
	}
	return out, err
}
