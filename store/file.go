package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/person"
)

// A FileRow is a file as lists show it: one row, without its acts.
type FileRow struct {
	ID       string
	Unit     org.UnitNo
	UnitCode org.Code
	UnitName string
	Name     string
	Birth    date.Date
	Sex      person.Sex
	Stage    admission.Stage
	Since    date.Date
	Version  int
	Last     date.Date
	Helper   string
	NextAct  admission.Code
	NextWho  admission.Desk
	NextRule string
	NextDue  date.Date

	CertificateUntil date.Date
	PapersUntil      date.Date
	AnswerDue        date.Date
	DecidedOn        date.Date
	AdmittedOn       date.Date

	Press    Pressing  // read only by walks over all files
	VoteFrom date.Date // the same: of target.VoteFrom
}

// A Pressing is the duty of a file that is due first.
type Pressing struct {
	Act  admission.Code
	Who  admission.Desk
	Rule string
	Due  date.Date
}

// pressColumns are the columns of a Pressing.
const pressColumns = `f.press_act, f.press_who, f.press_rule, f.press_due`

// Brief returns what the search for stuck files reads of a row.
func (r FileRow) Brief() admission.Brief {
	return admission.Brief{Stage: r.Stage, Last: r.Last, Helper: r.Helper, CertificateUntil: r.CertificateUntil,
		PapersUntil: r.PapersUntil, AnswerDue: r.AnswerDue}
}

const fileColumns = `f.id, f.unit_no, u.code, u.name, f.name, f.birth_date, f.sex, f.stage, f.since, f.version,
	f.last_on, f.helper, f.next_act, f.next_who, f.next_rule, f.next_due,
	f.certificate_until, f.papers_until, f.answer_due, f.decided_on, f.admitted_on`

func scanFile(row sqldb.Row) (r FileRow, err error) {
	err = row.Scan(&r.ID, &r.Unit, &r.UnitCode, &r.UnitName, &r.Name, &r.Birth, &r.Sex, &r.Stage, &r.Since, &r.Version,
		&r.Last, &r.Helper, &r.NextAct, &r.NextWho, &r.NextRule, &r.NextDue,
		&r.CertificateUntil, &r.PapersUntil, &r.AnswerDue, &r.DecidedOn, &r.AdmittedOn)
	return r, err
}

// asID returns an id as one may ask for it: what is no text, which comes from addresses
// typed by hand, PostgreSQL would not even look for. No row has the id "".
func asID(id string) string {
	if !utf8.ValidString(id) || strings.ContainsRune(id, 0) {
		return ""
	}
	return id
}

// FileUnit returns the unit of a file, so that the gate can ask for rights on it. It
// fails with NotFound.
func (t *Tx) FileUnit(ctx context.Context, id string) (no org.UnitNo, err error) {
	err = t.QueryRow(ctx, `SELECT unit_no FROM admission_file WHERE realm = $1 AND id = $2`, Realm, asID(id)).Scan(&no)
	return no, orNotFound(err, "file.none")
}

// File returns a file with all its acts. Out of scope, there is none. The acts are read
// first: where somebody writes between the two statements the version is the newer one,
// and whoever goes on from here is told that he is late, not that his act does not fit.
func (t *Tx) File(ctx context.Context, s access.Scope, id string) (admission.File, FileRow, error) {
	acts, err := t.acts(ctx, asID(id))
	if err != nil {
		return admission.File{}, FileRow{}, err
	}
	row, err := scanFile(t.QueryRow(ctx, `SELECT `+fileColumns+`
		FROM admission_file f JOIN unit u ON u.no = f.unit_no WHERE f.realm = $1 AND f.id = $2`, Realm, asID(id)))
	if errors.Is(err, sqldb.ErrNoRows) {
		return admission.File{}, row, errs.E(errs.NotFound, "file.none")
	}
	if err != nil {
		return admission.File{}, row, fmt.Errorf("read file %s: %w", id, err)
	}
	in, err := t.inScope(ctx, s, row.Unit)
	if err != nil {
		return admission.File{}, FileRow{}, err
	}
	if !in {
		return admission.File{}, FileRow{}, errs.E(errs.NotFound, "file.none")
	}
	return admission.Replay(admission.File{ID: row.ID, Unit: string(row.UnitCode), Name: row.Name, Birth: row.Birth,
		Sex: string(row.Sex), Version: row.Version, Acts: acts}), row, nil
}

// inScope reports whether a unit lies in a scope.
func (t *Tx) inScope(ctx context.Context, s access.Scope, unit org.UnitNo) (bool, error) {
	line, err := t.Line(ctx, unit)
	return s.Covers(line), err
}

const actColumns = `id, act, on_day, number, detail, rule_set, rules, line, actor, actor_name, recorded_at`

// acts reads the acts of a file, oldest first.
func (t *Tx) acts(ctx context.Context, file string) ([]admission.Act, error) {
	return collect(ctx, t, `SELECT `+actColumns+` FROM admission_act WHERE realm = $1 AND file_id = $2 ORDER BY seq`,
		[]any{Realm, file}, scanAct)
}

func scanAct(r sqldb.Row) (a admission.Act, err error) {
	var kept admission.Act // the columns; detail holds the rest
	var detail, rules string
	if err := r.Scan(&kept.ID, &kept.Code, &kept.On, &kept.Number, &detail, &kept.RuleSet, &rules, &kept.Line, &kept.Actor,
		&kept.ActorName, &kept.Recorded); err != nil {
		return a, err
	}
	if err := json.Unmarshal([]byte(detail), &a); err != nil {
		return a, fmt.Errorf("act %s: %w", kept.ID, err)
	}
	a.ID, a.Code, a.On, a.Number, a.RuleSet, a.Rules = kept.ID, kept.Code, kept.On, kept.Number, kept.RuleSet, strings.Fields(rules)
	a.Line, a.Actor, a.ActorName, a.Recorded = kept.Line, kept.Actor, kept.ActorName, kept.Recorded
	return a, nil
}

// A FileState is what lists keep of a file beside its person, drawn from its acts.
type FileState struct {
	Unit  org.UnitNo
	Brief admission.Brief
	Next  admission.Next // the first step; the zero value for none
	Press admission.Next // the duty that is due first; the zero value for none
	Vote  date.Date      // of target.VoteFrom: since when the branch may vote
}

// OpenFile writes a new file. It needs a permit on the unit of the file.
func (t *Tx) OpenFile(ctx context.Context, p access.Permit, f admission.File, st FileState, at date.Instant) error {
	if !p.Allows(access.OpenFile, st.Unit) {
		return errPermit
	}
	name, err := person.Parse(f.Name)
	if err != nil {
		return fmt.Errorf("name of file %s: %w", f.ID, err)
	}
	return t.BulkFiles(ctx, p, []BulkFile{{File: f, State: st, Name: name}}, at)
}

// SaveFile writes the last act of a file and the state that it made. It needs the permit
// of the desk at which the act was recorded, on the unit where the file was. One act may be
// another's: who issues the certificate of a class (ManageClass) writes it into the files of
// the learners, so that no branch types numbers that the register knows (CLS-14); the board
// sees no file for that, and no other act is let through. It fails with Stale when the file
// was changed since it was read, or stands elsewhere.
func (t *Tx) SaveFile(ctx context.Context, p access.Permit, was org.UnitNo, f admission.File, st FileState) error {
	desk := permitOf(p, access.RecordBranch, access.RecordBase, access.RecordBoard)
	certificate := permitOf(p, access.ManageClass) && len(f.Acts) > 0 && f.Acts[len(f.Acts)-1].Code == admission.Certify
	if !desk && !certificate || p.Unit() != was {
		return errPermit
	}
	n, err := t.Exec(ctx, `UPDATE admission_file SET unit_no = $1, stage = $2, since = $3, version = $4, last_on = $5, helper = $6,
		certificate_until = $7, papers_until = $8, answer_due = $9, decided_on = $10, admitted_on = $11,
		next_act = $12, next_who = $13, next_rule = $14, next_due = $15,
		press_act = $16, press_who = $17, press_rule = $18, press_due = $19, vote_from = $20
		WHERE realm = $21 AND id = $22 AND version = $23 AND unit_no = $24`,
		st.Unit, f.Stage, f.Since, f.Version, f.Last, f.Helper, st.Brief.CertificateUntil, st.Brief.PapersUntil,
		st.Brief.AnswerDue, f.Decided, f.Ceremony, st.Next.Act, st.Next.Who, st.Next.Rule, st.Next.Due,
		st.Press.Act, st.Press.Who, st.Press.Rule, st.Press.Due, st.Vote, Realm, f.ID, f.Version-1, was)
	if err != nil {
		return fmt.Errorf("save file %s: %w", f.ID, err)
	}
	if n != 1 {
		return errs.E(errs.Stale, "file.stale")
	}
	act, err := actRow(f.ID, len(f.Acts), f.Acts[len(f.Acts)-1])
	if err != nil {
		return err
	}
	return t.insert(ctx, "admission_act", actInsert, "", act)
}

// errPermit is a mistake of ours: a write without the permit that it needs.
var errPermit = errors.New("no permit for this write")

// permitOf reports whether a permit is for one of the rights, on whatever unit.
func permitOf(p access.Permit, rights ...access.Right) bool {
	return p.Given() && slices.Contains(rights, p.Right())
}
