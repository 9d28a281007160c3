package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// A History is a person with the acts of the past, to be loaded as they happened.
type History struct {
	Name  person.Name
	Birth date.Date
	Sex   person.Sex
	Unit  org.UnitNo
	Acts  []admission.Act // without ids; recorded in this order
}

// A HistoryError says which of the loaded people a rule refused, at which act.
type HistoryError struct {
	Row      int
	Act      admission.Code
	Findings []rule.Finding
}

// Error names the row and what the first rule said.
func (e *HistoryError) Error() string {
	return fmt.Sprintf("row %d: %s: %s (%s)", e.Row, e.Act, e.Findings[0].Message, e.Findings[0].Rule)
}

// LoadHistories writes many people with their histories under one unit, each act judged
// as if it had been recorded on its day. All or nothing: the first refusal ends it. The
// audit keeps one row, with the hash of all that was loaded.
func (a *App) LoadHistories(ctx context.Context, who Actor, under org.UnitNo, people []History) error {
	return a.write(ctx, who, at(access.OpenFile, access.SeeFile, under), func(w *writing) (record, error) {
		l := loader{app: a, w: w, worlds: map[org.UnitNo]*branchWorld{}}
		files := make([]store.BulkFile, len(people))
		sum := sha256.New()
		for i, h := range people {
			f, err := l.history(ctx, i, h)
			if err != nil {
				return record{}, err
			}
			files[i] = f
			fmt.Fprintf(sum, "%s %d %s\n", f.File.ID, len(f.File.Acts), f.File.Stage)
		}
		if err := w.BulkFiles(ctx, w.Permit, files, w.At); err != nil {
			return record{}, err
		}
		if err := w.AddCounters(ctx, store.Realm, l.deltas, 0); err != nil {
			return record{}, err
		}
		return record{object: "load", after: map[string]any{"files": len(files), "hash": hex.EncodeToString(sum.Sum(nil))}}, nil
	})
}

// loader keeps what many people of one branch share: its line, and its counts by day.
type loader struct {
	app    *App
	w      *writing
	worlds map[org.UnitNo]*branchWorld
	deltas []store.Delta
}

type branchWorld struct {
	world  admission.World
	code   string
	line   []org.UnitNo
	text   string
	counts map[date.Date]admission.Counts // by the first day of a month
}

func (l *loader) branch(ctx context.Context, unit org.UnitNo) (*branchWorld, error) {
	if b, ok := l.worlds[unit]; ok {
		return b, nil
	}
	world, err := l.app.world(ctx, l.w.Tx, unit, l.w.Today, l.w.Today)
	if err != nil {
		return nil, err
	}
	line, err := l.w.LineUnits(ctx, unit)
	if err != nil {
		return nil, err
	}
	if !line[0].Type.IsBranch() {
		return nil, errs.E(errs.Invalid, "file.unit_no_branch", "unit", line[0].Name)
	}
	b := &branchWorld{world: world, code: string(line[0].Code), line: numbers(line), counts: map[date.Date]admission.Counts{}}
	b.text = lineText(b.line)
	l.worlds[unit] = b
	return b, nil
}

// on is the world of a branch with the counts of a day. Counts change on first days of
// months only in what is loaded, so that one question a month is enough.
func (l *loader) on(ctx context.Context, unit org.UnitNo, b *branchWorld, day date.Date) (admission.World, error) {
	month := day.AddDays(1 - day.Day())
	c, ok := b.counts[month]
	if !ok {
		w, err := l.app.world(ctx, l.w.Tx, unit, l.w.Today, day)
		if err != nil {
			return w, err
		}
		c = w.Counts
		b.counts[month] = c
	}
	w := b.world
	w.Counts = c
	return w, nil
}

func (l *loader) history(ctx context.Context, row int, h History) (store.BulkFile, error) {
	b, err := l.branch(ctx, h.Unit)
	if err != nil {
		return store.BulkFile{}, err
	}
	f := admission.Replay(admission.File{ID: newID(), Unit: b.code, Name: h.Name.Full(), Birth: h.Birth, Sex: string(h.Sex), Version: 1})
	for _, act := range h.Acts {
		w, err := l.on(ctx, h.Unit, b, act.On)
		if err != nil {
			return store.BulkFile{}, err
		}
		if act.Code == admission.Void { // a void names the act before it, whose id is only known here
			last, _ := f.LastAct()
			act.ActID = last.ID
		}
		act.ID, act.Actor, act.ActorName, act.Recorded, act.Line = newID(), l.w.who.ID, l.w.who.Name, l.w.At, b.text
		next, _, findings := admission.Advance(f, act, w)
		if rule.Blocked(findings) {
			return store.BulkFile{}, &HistoryError{Row: row, Act: act.Code, Findings: findings}
		}
		f = next
	}
	l.deltas = append(l.deltas, stageDeltas(nil, b.line, "", f.Stage)...)
	l.deltas = append(l.deltas, eventsOf(f, 1)...)
	return store.BulkFile{File: f, Name: h.Name, State: stateOf(f, h.Unit, b.world)}, nil
}
