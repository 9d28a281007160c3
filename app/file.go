package app

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/target"
)

// A NewFile is what opening a file asks: no more than is needed before the person has
// agreed to more (LAW-09).
type NewFile struct {
	Unit  string // code of the branch
	Name  string
	Birth date.Date
	Sex   string
}

// oldest is the greatest age that is no slip of the pen, in years.
const oldest = 100

// OpenFile registers a candidate. It is no act and has no day of its own.
func (a *App) OpenFile(ctx context.Context, who Actor, n NewFile) (FilePage, error) {
	var id string
	err := a.write(ctx, who, atCode(ctx, access.OpenFile, access.SeeFile, n.Unit), func(w *writing) (record, error) {
		f, r, err := a.open(ctx, w, n)
		id = f.ID
		return r, err
	})
	if err != nil {
		return FilePage{}, err
	}
	return a.File(ctx, who, id)
}

// open registers a candidate: the work of OpenFile inside its transaction.
func (a *App) open(ctx context.Context, w *writing, n NewFile) (admission.File, record, error) {
	u, err := w.UnitByNo(ctx, w.Permit.Unit())
	if err != nil {
		return admission.File{}, record{}, err
	}
	f, name, err := newFile(n, u, w.Today)
	if err != nil {
		return f, record{}, err
	}
	world, err := a.world(ctx, w.Tx, u.No, w.Today, w.Today)
	if err != nil {
		return f, record{}, err
	}
	f = admission.Replay(f)
	if err := w.BulkFiles(ctx, w.Permit, []store.BulkFile{{File: f, Name: name, State: stateOf(f, u.No, world)}}, w.At); err != nil {
		return f, record{}, err
	}
	r := record{object: "file/" + f.ID, after: fileRecord{Stage: f.Stage, Version: f.Version, Unit: f.Unit}}
	return f, r, w.AddCounters(ctx, store.Realm, stageDeltas(nil, w.Line, "", f.Stage), slotOf(f.ID))
}

// newFile checks what was typed of a person.
func newFile(n NewFile, u org.Unit, today date.Date) (admission.File, person.Name, error) {
	if !u.Type.IsBranch() {
		return admission.File{}, person.Name{}, errs.E(errs.Invalid, "file.unit_no_branch", "unit", u.Name).On("unit")
	}
	name, err := person.Parse(n.Name)
	if err != nil {
		return admission.File{}, name, errs.E(errs.Invalid, "file.name", "why", err.Error()).On("name").Because(err)
	}
	sex, err := person.ParseSex(n.Sex)
	if err != nil {
		return admission.File{}, name, errs.E(errs.Invalid, "file.sex").On("sex").Because(err)
	}
	switch {
	case n.Birth.IsZero():
		return admission.File{}, name, errs.E(errs.Invalid, "file.birth_missing").On("birth_date")
	case n.Birth.After(today):
		return admission.File{}, name, errs.E(errs.Invalid, "file.birth_future", "day", n.Birth.VN(), "today", today.VN()).On("birth_date")
	case n.Birth.AddMonths(12 * oldest).Before(today):
		return admission.File{}, name, errs.E(errs.Invalid, "file.birth_old", "day", n.Birth.VN()).On("birth_date")
	}
	return admission.File{ID: newID(), Unit: string(u.Code), Name: name.Full(), Birth: n.Birth, Sex: string(sex), Version: 1}, name, nil
}

// fileRecord is what the audit keeps of a file: no name, no birth date.
type fileRecord struct {
	Stage   admission.Stage `json:"stage"`
	Version int             `json:"version"`
	Unit    string          `json:"unit"`
	Act     admission.Code  `json:"act,omitempty"`
	ActID   string          `json:"act_id,omitempty"`
	On      date.Date       `json:"on,omitzero"`
}

// A Recorded is the answer to an act: the file as it became, or findings that blocked.
type Recorded struct {
	Page     FilePage
	Findings []rule.Finding
	Written  bool
}

// RecordAct records an act on a file. version is the one with which the file was read.
// Findings that block come back with Written false, and nothing was written. confirm
// says that the person has seen the warnings; without it warnings come back unwritten
// too when ask is set (pages ask, the API does not).
func (a *App) RecordAct(ctx context.Context, who Actor, id string, act admission.Act, version int, ask bool) (Recorded, error) {
	var out Recorded
	act.ID = newID()
	find := func(tx *store.Tx) (order, error) { return a.actOrder(ctx, tx, who, id, act) }
	err := a.write(ctx, who, find, func(w *writing) (record, error) {
		_, r, findings, err := a.advance(ctx, w, id, act, version)
		out.Findings = findings
		if err == nil && ask && len(findings) > 0 {
			err = errBlocked
		}
		return r, err
	})
	if errors.Is(err, errBlocked) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Written = true
	out.Page, err = a.File(ctx, who, id)
	if errs.KindOf(err) == errs.NotFound { // a transfer may take the file out of sight
		return out, nil
	}
	return out, err
}

// advance records an act: the work of RecordAct inside its transaction. It fails with
// errBlocked when rules said no.
func (a *App) advance(ctx context.Context, w *writing, id string, act admission.Act, version int) (admission.File, record, []rule.Finding, error) {
	f, row, err := w.File(ctx, access.ScopeOfPermit(w.Permit), id)
	if err != nil {
		return f, record{}, nil, err
	}
	if f.Version != version {
		return f, record{}, nil, errs.E(errs.Stale, "file.stale")
	}
	next, effects, findings, err := a.judge(ctx, w, f, row.Unit, act)
	if err != nil {
		return f, record{}, findings, err
	}
	if rule.Blocked(findings) {
		return f, record{}, findings, errBlocked
	}
	r, err := a.keep(ctx, w, f, next, row, effects, findings)
	return next, r, findings, err
}

// errBlocked rolls the transaction back when rules said no: an answer, not a failure.
var errBlocked = errs.E(errs.Invalid, "file.blocked")

// actOrder finds the right that an act needs from the file itself. Who may not see the
// file learns nothing of its stage from the answer: the gate hides it.
func (a *App) actOrder(ctx context.Context, tx *store.Tx, who Actor, id string, act admission.Act) (order, error) {
	unit, err := tx.FileUnit(ctx, id)
	if err != nil {
		return order{}, err
	}
	today, err := a.today(ctx, tx)
	if err != nil {
		return order{}, err
	}
	s, err := scope(ctx, tx, who, today, access.SeeFile)
	if err != nil {
		return order{}, err
	}
	f, _, err := tx.File(ctx, s, id)
	if err != nil {
		return order{}, err
	}
	line, err := tx.LineUnits(ctx, unit)
	if err != nil {
		return order{}, err
	}
	above := org.AboveOf(line)
	desk := f.Desk(act, admission.Over{Sectional: above.Sectional != 0, Base: above.Base != 0})
	right, ok := desks[desk]
	if !ok { // no such act: whoever sees the file is told so by Advance
		right = access.SeeFile
	}
	return order{right: right, see: access.SeeFile, unit: unit}, nil
}

// judge runs the state machine with the facts of the day of the act.
func (a *App) judge(ctx context.Context, w *writing, f admission.File, unit org.UnitNo, act admission.Act) (admission.File, []admission.Effect, []rule.Finding, error) {
	on := act.On
	if on.IsZero() {
		on = w.Today
	}
	world, err := a.world(ctx, w.Tx, unit, w.Today, on)
	if err != nil {
		return f, nil, nil, err
	}
	if act.Code == admission.Transfer {
		if findings, err := transferTarget(ctx, w.Tx, act); err != nil || findings != nil {
			return f, nil, findings, err
		}
	}
	act.Actor, act.ActorName, act.Recorded, act.Line = w.who.ID, w.who.Name, w.At, lineText(w.Line)
	next, effects, findings := admission.Advance(f, act, world)
	twice, err := numberTwice(ctx, w, f, act)
	return next, effects, append(findings, twice...), err
}

// numberTwice refuses the number of a certificate that the permanent register of a
// committee above gave to somebody else (CLS-09).
func numberTwice(ctx context.Context, w *writing, f admission.File, act admission.Act) ([]rule.Finding, error) {
	n, ok := class.ParseNumber(class.Awareness, act.Number)
	if act.Code != admission.Certify || !ok {
		return nil, nil
	}
	issued := act.Issued
	if issued.IsZero() {
		issued = act.On
	}
	taken, err := w.NumberTaken(ctx, w.Line, class.Awareness, issued.Year(), n, f.ID)
	if err != nil || !taken {
		return nil, err
	}
	return []rule.Finding{{Rule: "CLS-09", Cite: "QĐ 1147-QĐ/BTGDVTW", Severity: rule.Block, Field: "number",
		Message: fmt.Sprintf("Số %s năm %d đã cấp cho người khác theo sổ gốc. Xem lại số trên giấy chứng nhận.", act.Number, issued.Year())}}, nil
}

// transferTarget makes sure that the receiving unit is an open branch.
func transferTarget(ctx context.Context, tx *store.Tx, act admission.Act) ([]rule.Finding, error) {
	u, err := unitByCode(ctx, tx, act.Unit)
	if errs.KindOf(err) == errs.NotFound || err == nil && (!u.Type.IsBranch() || !u.ClosedOn.IsZero()) {
		return []rule.Finding{{Rule: "ADM-114", Cite: "QĐ 24-QĐ/TW, 3.3", Severity: rule.Block, Field: "unit",
			Message: "Không có chi bộ nào đang hoạt động mang mã này. Chọn lại chi bộ nhận hồ sơ."}}, nil
	}
	return nil, err
}

// keep writes what the state machine made: the act, the row of the file, the counters of
// every unit above, and the tasks that the act starts.
func (a *App) keep(ctx context.Context, w *writing, was, f admission.File, row store.FileRow, effects []admission.Effect, findings []rule.Finding) (record, error) {
	unit, line := row.Unit, w.Line
	if f.Unit != was.Unit {
		u, err := unitByCode(ctx, w.Tx, f.Unit)
		if err != nil {
			return record{}, err
		}
		unit = u.No
		if line, err = w.Tx.Line(ctx, u.No); err != nil {
			return record{}, err
		}
	}
	world, err := a.world(ctx, w.Tx, unit, w.Today, w.Today)
	if err != nil {
		return record{}, err
	}
	if err := w.SaveFile(ctx, w.Permit, row.Unit, f, stateOf(f, unit, world)); err != nil {
		return record{}, err
	}
	if err := w.voidPapers(ctx, was, f); err != nil {
		return record{}, err
	}
	if err := w.countNumber(ctx, f.Acts[len(f.Acts)-1], row.Unit); err != nil {
		return record{}, err
	}
	deltas := append(stageDeltas(w.Line, line, was.Stage, f.Stage), eventDeltas(was, f)...)
	if err := w.AddCounters(ctx, store.Realm, deltas, slotOf(f.ID)); err != nil {
		return record{}, err
	}
	for _, e := range effects {
		if err := w.follow(ctx, e, f, unit); err != nil {
			return record{}, err
		}
	}
	act := f.Acts[len(f.Acts)-1]
	return record{
		object: "file/" + f.ID,
		before: fileRecord{Stage: was.Stage, Version: was.Version, Unit: was.Unit},
		after:  fileRecord{Stage: f.Stage, Version: f.Version, Unit: f.Unit, Act: act.Code, ActID: act.ID, On: act.On},
		rules:  rulesText(world.Sets.On(act.On), findings),
	}, nil
}

// rulesText names the set by which an act was judged, its hash, and the rules that spoke.
func rulesText(set rule.Set, findings []rule.Finding) string {
	words := []string{set.ID + "@" + set.Hash()}
	for _, f := range findings {
		words = append(words, f.Rule)
	}
	return strings.Join(words, " ")
}

// follow does what an act starts beside the file: it opens or takes back a task.
func (w *writing) follow(ctx context.Context, e admission.Effect, f admission.File, unit org.UnitNo) error {
	if e.Kind == admission.ForgetBallot {
		return w.DropTask(ctx, w.Permit, f.ID, e.Rule)
	}
	return w.AddTask(ctx, w.Permit, effectTask(e, f, unit))
}

// effectTask is the task to report a ballot that fell short: it stands with the branch
// whose vote it was, and is the office's to follow.
func effectTask(e admission.Effect, f admission.File, unit org.UnitNo) store.Task {
	return store.Task{ID: newID(), File: f.ID, Unit: unit, Clause: e.Rule, Repeat: "",
		Text: "Báo cáo kết quả biểu quyết không đạt với cấp ủy có thẩm quyền"}
}

// stateOf draws from a file what lists keep of it.
func stateOf(f admission.File, unit org.UnitNo, w admission.World) store.FileState {
	st := store.FileState{Unit: unit, Brief: f.Brief(w)}
	if next := f.Next(w); len(next) > 0 {
		st.Next = next[0]
	}
	st.Press, _ = f.Pressing(w) // none where there is no next step
	st.Vote = target.VoteFrom(f, w)
	return st
}

// slotOf spreads files over the slots of the counters.
func slotOf(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	return int(h.Sum32() >> 1)
}
