package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

func testRehearsal(t *testing.T, s *store.Store) {
	Block(t, s)
	p, wrong := access.SystemPermit(access.ManageSetting, 0), access.SystemPermit(access.OpenFile, 3)
	all := access.SystemScope(1)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		f := admission.Replay(admission.File{ID: "f0", Name: "Trần Thị Lan", Birth: date.Must("2000-01-02"), Sex: "female", Version: 1})
		if err := tx.OpenFile(ctx, access.SystemPermit(access.OpenFile, 3), f, store.FileState{Unit: 3}, at(0)); err != nil {
			return err
		}
		if err := tx.AddCounters(ctx, store.Realm, []store.Delta{{Unit: 1, Indicator: store.StageIndicator(f.Stage), Value: 1}}, 0); err != nil {
			return err
		}
		return tx.AddRuleChange(ctx, p, ruleDraft("a", day))
	})
	begun := store.Rehearsal{Change: "a", Run: "one", On: day, Book: "b", Total: 3, Begun: at(1)}
	step := store.RehearsalStep{Next: 3, Files: 2, Units: []store.RehearsalUnit{{Unit: 3, Files: 2, Affected: 2, Late: 1}},
		Rules: []store.RehearsalRule{{Unit: 3, Rule: "DL-70", Files: 2}, {Unit: 3, Rule: "DL-30", Files: 1}},
		Rows:  []store.RehearsalRow{{File: "f0", Unit: 3, Stage: admission.BranchResolved, Detail: "[]"}, {File: "gone", Unit: 3, Stage: admission.BranchResolved, Detail: "[]"}}}
	last := store.RehearsalStep{Next: 4, Done: true, Files: 1, Units: []store.RehearsalUnit{{Unit: 4, Files: 1, Affected: 1}}, Rules: []store.RehearsalRule{{Unit: 4, Rule: "DL-70", Files: 1}},
		Rows: []store.RehearsalRow{{File: "f9", Unit: 4, Stage: admission.BranchResolved, Detail: "[1]"}}}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CountOpenFiles(ctx, all)
		equal(t, "open files", n, 1)
		if err != nil {
			return err
		}
		if n, err = tx.CountOpenFiles(ctx, access.Scope{}); n != 0 || err != nil {
			return fmt.Errorf("of no scope: %d, %w", n, err)
		}
		if tx.BeginRehearsal(ctx, wrong, begun) == nil || tx.StepRehearsal(ctx, wrong, begun, step, at(2)) == nil || tx.DropRehearsal(ctx, wrong, "a") == nil {
			t.Error("done without the permit")
		}
		if _, found, err := tx.Rehearsal(ctx, "a"); found || err != nil {
			return fmt.Errorf("before it began: %v, %w", found, err)
		}
		if err := tx.BeginRehearsal(ctx, p, begun); err != nil {
			return err
		}
		return tx.StepRehearsal(ctx, p, begun, step, at(2))
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		r, found, err := tx.Rehearsal(ctx, "a")
		if err != nil {
			return err
		}
		equal(t, "how far it has come", fmt.Sprint(found, r.Run, r.On, r.Book, r.Total, r.Looked, r.Kept, r.Cursor, r.Done), fmt.Sprint(true, "one", day, "b", 3, 2, 2, 3, false))
		if err := tx.StepRehearsal(ctx, p, begun, step, at(3)); !errors.Is(err, store.ErrRehearsed) {
			t.Errorf("a step taken twice: %v", err)
		}
		other := r
		other.Run = "two"
		if err := tx.StepRehearsal(ctx, p, other, last, at(3)); !errors.Is(err, store.ErrRehearsed) {
			t.Errorf("a step of another run: %v", err)
		}
		other = r
		other.Book = "c"
		if err := tx.StepRehearsal(ctx, p, other, last, at(3)); !errors.Is(err, store.ErrRehearsed) {
			t.Errorf("a step by another regulation: %v", err)
		}
		return tx.StepRehearsal(ctx, p, r, last, at(4))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		r, _, err := tx.Rehearsal(ctx, "a")
		if err != nil {
			return err
		}
		equal(t, "at its end", fmt.Sprint(r.Looked, r.Kept, r.Done, r.Stepped), fmt.Sprint(3, 3, true, at(4)))
		for _, c := range []struct {
			scope              access.Scope
			units, rows, dl70s int
		}{{all, 2, 3, 3}, {access.SystemScope(4), 1, 1, 1}, {access.Scope{}, 0, 0, 0}} {
			units, err := tx.RehearsalUnits(ctx, c.scope, "a")
			if err != nil {
				return err
			}
			rules, err := tx.RehearsalRules(ctx, c.scope, "a")
			if err != nil {
				return err
			}
			rows, err := tx.RehearsalRows(ctx, c.scope, "a", 9)
			if err != nil {
				return err
			}
			n := 0
			for _, x := range rules {
				if x.Rule == "DL-70" {
					n = x.Files
				}
			}
			equal(t, "within scope", fmt.Sprint(len(units), len(rows), n), fmt.Sprint(c.units, c.rows, c.dl70s))
		}
		rows, err := tx.RehearsalRows(ctx, all, "a", 2)
		if err != nil || len(rows) != 2 {
			return fmt.Errorf("the first two: %+v, %w", rows, err)
		}
		equal(t, "with their names", rows[0].File+" "+rows[0].Name, "f0 Trần Thị Lan")
		equal(t, "a file that is gone", rows[1].Name, "")
		equal(t, "its unit", rows[1].Unit, org.UnitNo(3))
		return nil
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		begun.Run = "two"
		if err := tx.BeginRehearsal(ctx, p, begun); err != nil {
			return err
		}
		units, err := tx.RehearsalUnits(ctx, all, "a")
		equal(t, "begun anew", len(units), 0)
		if err != nil {
			return err
		}
		if err := tx.DropRehearsal(ctx, p, "a"); err != nil {
			return err
		}
		_, found, err := tx.Rehearsal(ctx, "a")
		equal(t, "dropped", found, false)
		return err
	})
}
