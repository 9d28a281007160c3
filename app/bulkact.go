package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// MaxMany is how many files one form may act on at once.
const MaxMany = 200

// A ManyAct is an act on one of many files, with the version of the file that was seen; 0
// takes it as it is.
type ManyAct struct {
	File    string
	Version int
	Act     admission.Act
}

// A ManyResult is what became of one of many acts. Either all are written or none is.
type ManyResult struct {
	File, Name string
	Findings   []rule.Finding
	Stale      bool // somebody changed the file since it was seen
	Already    bool // the same press had written it before
	Written    bool
}

// RecordMany records acts on many files in one transaction, each judged by itself and with
// the permit of its own unit: all of them, or none. The results are in the order of the
// acts. Where a rule refuses any, where a file has changed meanwhile, or where warnings
// came and confirm is not set, nothing is written. What an earlier press of the same form
// has written is not written again. A file out of sight is NotFound, one on which the
// actor may not record is Forbidden.
func (a *App) RecordMany(ctx context.Context, who Actor, acts []ManyAct, confirm bool) ([]ManyResult, error) {
	seen := map[string]bool{}
	acts = slices.DeleteFunc(slices.Clone(acts), func(m ManyAct) bool { twice := seen[m.File]; seen[m.File] = true; return twice })
	switch {
	case len(acts) == 0:
		return nil, errs.E(errs.Invalid, "bulk.none")
	case len(acts) > MaxMany:
		return nil, errs.E(errs.Invalid, "bulk.many", "most", MaxMany)
	}
	var run *manyRun
	find := func(tx *store.Tx) (o order, err error) {
		run = &manyRun{app: a, who: who, acts: acts, results: make([]ManyResult, len(acts))}
		if err := run.sort(ctx, tx); err != nil {
			return o, err
		}
		last := acts[run.order[len(acts)-1]]
		return a.actOrder(ctx, tx, who, last.File, last.Act) // its row is the last of the audit
	}
	err := a.write(ctx, who, find, func(w *writing) (record, error) {
		last, err := run.record(ctx, w)
		if err == nil && run.refused(confirm) {
			err = errBlocked
		}
		return last, err
	})
	if err != nil && !errors.Is(err, errBlocked) {
		return nil, err
	}
	for i := range run.results {
		run.results[i].Written = err == nil || run.done()
	}
	return run.results, nil
}

// A manyRun is one go at many acts; a transaction that is tried again begins another.
type manyRun struct {
	app     *App
	who     Actor
	acts    []ManyAct
	results []ManyResult
	order   []int // of the acts, by unit: the heads of the audit are locked in one order
	units   []org.UnitNo
}

func (m *manyRun) sort(ctx context.Context, tx *store.Tx) error {
	codes := map[org.UnitNo]org.Code{}
	m.units = make([]org.UnitNo, len(m.acts))
	for i, x := range m.acts {
		unit, err := tx.FileUnit(ctx, x.File)
		if err != nil {
			return err
		}
		if _, known := codes[unit]; !known {
			u, err := tx.UnitByNo(ctx, unit)
			if err != nil {
				return err
			}
			codes[unit] = u.Code
		}
		m.units[i], m.order = unit, append(m.order, i)
	}
	slices.SortStableFunc(m.order, func(i, j int) int {
		return cmp.Or(cmp.Compare(codes[m.units[i]], codes[m.units[j]]), cmp.Compare(m.acts[i].File, m.acts[j].File))
	})
	return nil
}

// record records all that the rules let through; refused says whether that may stand.
func (m *manyRun) record(ctx context.Context, w *writing) (last record, err error) {
	for k, i := range m.order {
		one, err := m.desk(ctx, w, i)
		if err != nil {
			return last, err
		}
		r, err := m.one(ctx, one, i)
		switch {
		case err != nil:
			return last, err
		case k == len(m.order)-1:
			last = r
		case r.object != "":
			if err := one.audit(ctx, string(one.Permit.Right()), one.Permit.Unit(), r); err != nil {
				return last, err
			}
		}
	}
	if last.object == "" && !m.done() { // only the last was written before: its row stands
		last = record{object: "file/" + m.acts[m.order[len(m.order)-1]].File}
	}
	return last, nil
}

// desk is the writing for one file: the same transaction, a permit of its own.
func (m *manyRun) desk(ctx context.Context, w *writing, i int) (*writing, error) {
	o, err := m.app.actOrder(ctx, w.Tx, m.who, m.acts[i].File, m.acts[i].Act)
	if err != nil || o.unit == w.Permit.Unit() && o.right == w.Permit.Right() {
		return w, err
	}
	d := *w
	if d.Line, err = w.Tx.Line(ctx, o.unit); err != nil {
		return nil, err
	}
	d.Permit, err = permit(m.who, w.Today, o, d.Line)
	return &d, err
}

// one records one act, or says in its result why not.
func (m *manyRun) one(ctx context.Context, w *writing, i int) (record, error) {
	x, out := m.acts[i], &m.results[i]
	out.File = x.File
	f, row, err := w.File(ctx, access.ScopeOfPermit(w.Permit), x.File)
	if err != nil {
		return record{}, err
	}
	out.Name = f.Name
	if x.Version != 0 && x.Version != f.Version {
		out.Already = f.Version == x.Version+1 && sameAct(f, x.Act, m.who)
		out.Stale = !out.Already
		return record{}, nil
	}
	x.Act.ID = newID()
	next, effects, findings, err := m.app.judge(ctx, w, f, row.Unit, x.Act)
	out.Findings = findings
	if err != nil || rule.Blocked(findings) {
		return record{}, err
	}
	return m.app.keep(ctx, w, f, next, row, effects, findings)
}

// refused reports whether what was recorded must not stand.
func (m *manyRun) refused(confirm bool) bool {
	return m.done() || slices.ContainsFunc(m.results, func(r ManyResult) bool {
		return r.Stale || rule.Blocked(r.Findings) || !confirm && len(r.Findings) > 0
	})
}

// done reports whether an earlier press has written everything.
func (m *manyRun) done() bool {
	return !slices.ContainsFunc(m.results, func(r ManyResult) bool { return !r.Already })
}

// sameAct reports whether the last act of a file is the one that somebody sends again.
func sameAct(f admission.File, act admission.Act, who Actor) bool {
	last, ok := f.LastAct()
	if !ok || last.Actor != who.ID || last.Code != act.Code || last.On != act.On || last.Number != act.Number {
		return false
	}
	a, errA := json.Marshal(last)
	b, errB := json.Marshal(act)
	return errA == nil && errB == nil && string(a) == string(b)
}

// A Chosen is the files that were chosen from a list, in the order of their names.
type Chosen struct {
	Line  []org.Unit // of the nearest unit over all of them, itself first
	Files []ChosenFile
}

// A ChosenFile is one of them.
type ChosenFile struct {
	Row  store.FileRow
	File admission.File
	May  bool // the actor records at the branch's desk of it
}

// Chosen returns files by their ids, those that the actor sees. It fails with NotFound
// where none of them is, and with Invalid where there are too many.
func (a *App) Chosen(ctx context.Context, who Actor, ids []string) (c Chosen, err error) {
	if len(ids) > MaxMany {
		return c, errs.E(errs.Invalid, "bulk.many", "most", MaxMany)
	}
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		files, rows, err := r.FilesByID(ctx, r.Scope, ids)
		if err != nil {
			return err
		}
		lines := map[org.UnitNo][]org.Unit{}
		for _, id := range ids {
			row, ok := rows[id]
			if !ok {
				continue
			}
			delete(rows, id) // an id that comes twice is one file
			if _, known := lines[row.Unit]; !known {
				if lines[row.Unit], err = r.LineUnits(ctx, row.Unit); err != nil {
					return err
				}
				c.Line = chosenLine(c.Line, lines[row.Unit])
			}
			c.Files = append(c.Files, ChosenFile{Row: row, File: files[id], May: who.may(access.RecordBranch, r.Today, numbers(lines[row.Unit]))})
		}
		if len(c.Files) == 0 && len(ids) > 0 {
			return errs.E(errs.NotFound, "file.none")
		}
		return nil
	})
	return c, err
}

// chosenLine is the part of two lines, each from a unit up, that both have; of one that is not
// known yet, the other.
func chosenLine(a, b []org.Unit) []org.Unit {
	if len(a) == 0 {
		return b
	}
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n].No == b[len(b)-1-n].No {
		n++
	}
	return a[len(a)-n:]
}
