package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func ruleDraft(id string, from date.Date) store.RuleChange {
	return store.RuleChange{ID: id, Kind: "term", Subject: "DL-70", From: from, Document: "15-QĐ/ĐUK", Reason: "Hướng dẫn mới", Detail: "{}", MadeAt: at(1), MadeBy: "Lan"}
}

func testRuleChanges(t *testing.T, s *store.Store) {
	p := access.SystemPermit(access.ManageSetting, 0)
	wrong := access.SystemPermit(access.OpenFile, 0)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		token, err := tx.RuleVersion(ctx)
		equal(t, "the version before the first change", token, "")
		if err != nil {
			return err
		}
		if err := tx.AddRuleChange(ctx, wrong, ruleDraft("a", day)); err == nil {
			t.Error("a change without its permit was written")
		}
		for _, id := range []string{"a", "b", "c"} {
			if err := tx.AddRuleChange(ctx, p, ruleDraft(id, day)); err != nil {
				return err
			}
		}
		return nil
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ApplyRuleChange(ctx, p, "b", 1, at(2), "Minh"); err != nil {
			return err
		}
		if err := tx.ApplyRuleChange(ctx, p, "a", 1, at(3), "Minh"); err != nil {
			return err
		}
		kind(t, "applied twice", tx.ApplyRuleChange(ctx, p, "a", 2, at(3), "Minh"), errs.Stale)
		kind(t, "applied in an old version", tx.ApplyRuleChange(ctx, p, "c", 7, at(3), "Minh"), errs.Stale)
		kind(t, "a change in force is not given up", tx.DropRuleChange(ctx, p, "a", 2), errs.Stale)
		if err := tx.DropRuleChange(ctx, p, "c", 1); err != nil {
			return err
		}
		kind(t, "what is no change in force is not revoked", tx.RevokeRuleChange(ctx, p, "c", "d", day), errs.Stale)
		if err := tx.RevokeRuleChange(ctx, p, "b", "a", day.AddDays(9)); err != nil {
			return err
		}
		if err := tx.SetRuleVersion(ctx, p, "one"); err != nil {
			return err
		}
		return tx.SetRuleVersion(ctx, p, "two")
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		token, err := tx.RuleVersion(ctx)
		equal(t, "version", token, "two")
		if err != nil {
			return err
		}
		in, err := tx.RulesInForce(ctx)
		if err != nil || len(in) != 2 || in[0].ID != "b" || in[1].ID != "a" {
			return fmt.Errorf("in force, in the order of applying: %+v, %w", in, err)
		}
		equal(t, "the last day of what was revoked", in[0].To, day.AddDays(9))
		equal(t, "its state", in[0].State, store.RuleRevoked)
		equal(t, "who applied", in[1].AppliedBy, "Minh")
		equal(t, "when", in[1].AppliedAt, at(3))
		all, err := tx.RuleChanges(ctx)
		equal(t, "nothing is deleted", len(all), 3)
		if err != nil {
			return err
		}
		one, err := tx.RuleChange(ctx, "c")
		equal(t, "given up", one.State, store.RuleDropped)
		if err != nil {
			return err
		}
		_, err = tx.RuleChange(ctx, "nowhere\x00")
		kind(t, "a change that is none", err, errs.NotFound)
		return nil
	})
}

func testRedraw(t *testing.T, s *store.Store) {
	Block(t, s)
	p := access.SystemPermit(access.ManageSetting, 0)
	open := access.SystemPermit(access.OpenFile, 1)
	all := access.SystemScope(1)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, unit := range []org.UnitNo{3, 5, 4} {
			f := admission.Replay(admission.File{ID: fmt.Sprint("f", i), Name: "Trần Thị Lan", Birth: date.Must("2000-01-02"), Sex: "female", Version: 1})
			if err := tx.OpenFile(ctx, access.SystemPermit(access.OpenFile, unit), f, store.FileState{Unit: unit}, at(0)); err != nil {
				return err
			}
		}
		f := admission.Replay(admission.File{ID: "closed", Name: "Lê Văn An", Birth: date.Must("2000-01-02"), Sex: "male", Version: 2,
			Acts: []admission.Act{{ID: "a", Code: admission.Withdraw, On: day, Note: "xin rút", Recorded: at(0)}}})
		return tx.BulkFiles(ctx, open, []store.BulkFile{{File: f, State: store.FileState{Unit: 3}}}, at(0))
	})
	var seen []string
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for last, done := org.UnitNo(0), false; !done; {
			files, next, err := tx.OpenFilesAfter(ctx, all, last)
			if err != nil {
				return err
			}
			for _, f := range files {
				seen = append(seen, f.Row.ID)
				equal(t, "drawn from its acts", f.File.Stage, f.Row.Stage)
			}
			last, done = next, next == 0
		}
		files, next, err := tx.OpenFilesAfter(ctx, access.Scope{}, 0)
		equal(t, "no scope, no files", len(files)+int(next), 0)
		return err
	})
	equal(t, "open files, each once", len(seen), 3)
	due := day.AddDays(30)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, row, err := tx.File(ctx, all, "f0")
		if err != nil {
			return err
		}
		st := store.FileState{Unit: row.Unit, Next: admission.Next{Act: admission.Decide, Who: admission.DeskBoard, Rule: "DL-70", Due: due}, Brief: admission.Brief{PapersUntil: due}}
		if _, err := tx.Redraw(ctx, open, row, st); err == nil {
			t.Error("drawn anew without the permit")
		}
		written, err := tx.Redraw(ctx, p, row, st)
		if err != nil {
			return err
		}
		equal(t, "written", written, true)
		if written, err = tx.Redraw(ctx, p, row, st); err != nil {
			return err
		}
		equal(t, "written from what it was before another drew it", written, false)
		old := row
		old.Version = 7
		if written, err = tx.Redraw(ctx, p, old, store.FileState{}); err != nil {
			return err
		}
		equal(t, "written over an act", written, false)
		return tx.AddDeadlineChanges(ctx, p, []store.DeadlineChange{
			{File: "f0", Rule: "DL-70", From: day, WasDue: day, Due: due, Because: "15-QĐ/ĐUK", At: at(5)},
			{File: "f0", Rule: "DL-70", From: day, WasDue: due, Because: "16-QĐ/ĐUK", At: at(6)},
		})
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, row, err := tx.File(ctx, all, "f0")
		if err != nil {
			return err
		}
		equal(t, "the next step", row.NextDue, due)
		equal(t, "papers", row.PapersUntil, due)
		equal(t, "the version stays", row.Version, 1)
		rows, err := tx.DeadlineChanges(ctx, all, "f0")
		if err != nil || len(rows) != 2 {
			return fmt.Errorf("%+v, %w", rows, err)
		}
		equal(t, "newest first", rows[0].Because, "16-QĐ/ĐUK")
		equal(t, "both values", fmt.Sprint(rows[1].WasDue, rows[1].Due), fmt.Sprint(day, due))
		equal(t, "no day", rows[0].Due, date.Date{})
		none, err := tx.DeadlineChanges(ctx, access.SystemScope(4), "f0")
		equal(t, "out of scope", len(none), 0)
		return err
	})
}
