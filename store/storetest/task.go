package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// dropped opens two tasks of a file under one clause and takes them back one by one.
func dropped(t *testing.T, s *store.Store) {
	t.Helper()
	branch := permit(access.RecordBranch, 3)
	drop := func(p access.Permit, file string) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.DropTask(t.Context(), p, file, "VOT-04") })
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range []string{"k6", "k7"} {
			if err := tx.AddTask(ctx, branch, store.Task{ID: id, File: "f1", Clause: "VOT-04", Unit: 3, Text: "g"}); err != nil {
				return err
			}
		}
		return nil
	})
	kind(t, "a task dropped without its permit", drop(permit(access.DoTask, 3), "f1"), errs.Internal)
	for _, c := range []struct{ name, file, want string }{
		{"a task of another file is dropped", "f2", " k4 k5 k6 k7"},
		{"the last one is dropped", "f1", " k4 k5 k6"},
		{"the one before is dropped", "f1", " k4 k5"},
		{"nothing under the clause is left", "f1", " k4 k5"},
	} {
		if err := drop(branch, c.file); err != nil {
			t.Fatal(err)
		}
		tasks(t, s, c.name, []org.UnitNo{3}, nil, 9, c.want)
	}
}

func testTasks(t *testing.T, s *store.Store) {
	Block(t, s)
	enterLetter(t, s, letter("d1", 1, 0))
	may := permit(access.EnterDocument, 1)
	k := store.Task{ID: "k1", Document: "d1", Clause: "2", Unit: 2, Text: "Rà soát nguồn", Due: day.AddDays(9), Repeat: "quarter"}
	for _, p := range []access.Permit{{}, permit(access.DoTask, 2)} {
		kind(t, "a task without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddTask(t.Context(), p, k) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, n := range []store.Task{
			k, {ID: "k0", Document: "d1", Clause: "1", Unit: 2, Role: access.OrgBoard, Text: "b"},
			{ID: "k2", Document: "d1", Clause: "1", Unit: 5, Text: "c", Due: day}, {ID: "k3", Document: "d1", Clause: "1", Unit: 2, Role: access.UnionOfficer, Text: "d"},
		} {
			if err := tx.AddTask(ctx, may, n); err != nil {
				return err
			}
		}
		if err := tx.AddTask(ctx, permit(access.RecordBranch, 3), store.Task{ID: "k4", File: "f1", Unit: 3, Text: "e"}); err != nil {
			return err
		}
		return tx.AddTask(ctx, permit(access.RecordBase, 3), store.Task{ID: "k5", File: "f1", Unit: 3, Text: "f"})
	})
	dropped(t, s)
	k.Symbol, k.UnitCode, k.UnitName, k.Version = "708-CV/ĐUK", "K01", "Đảng ủy Trường Đại học Quảng Bình", 1
	finish := func(p access.Permit, k store.Task) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.FinishTask(t.Context(), p, k) })
	}
	sameTask(t, s, "as opened", k)
	done := k
	done.Done, done.DoneOn, done.DoneBy, done.Evidence = true, day, "Hoa", "BC 12"
	kind(t, "done without a permit", finish(access.Permit{}, done), errs.Internal)
	kind(t, "done by another unit", finish(permit(access.DoTask, 5), done), errs.Internal)
	taken := done
	taken.Unit = 5
	kind(t, "another unit's task done as one's own", finish(permit(access.DoTask, 5), taken), errs.Stale)
	if err := finish(permit(access.DoTask, 2), done); err != nil {
		t.Fatal(err)
	}
	kind(t, "done by who saw the first version", finish(permit(access.DoTask, 2), done), errs.Stale)
	done.Version = 2
	sameTask(t, s, "as done", done)
	tasks(t, s, "open after that", []org.UnitNo{2, 3}, []access.Role{access.OrgBoard, access.UnionOfficer}, 9, " k0 k3 k4 k5")
	k.Version = 2
	if err := finish(permit(access.DoTask, 2), k); err != nil {
		t.Fatal(err)
	}
	k.Version = 3
	sameTask(t, s, "as opened again", k)
	tasks(t, s, "of no unit", nil, nil, 9, "")
	tasks(t, s, "for nobody in particular", []org.UnitNo{2}, nil, 9, " k1")
	tasks(t, s, "with those of a role, no day last", []org.UnitNo{2, 5}, []access.Role{access.OrgBoard}, 9, " k2 k1 k0")
	tasks(t, s, "at most", []org.UnitNo{2, 5}, []access.Role{access.OrgBoard}, 2, " k2 k1")
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.TaskByID(ctx, "k9")
		kind(t, "no such task", err, errs.NotFound)
		of, err := tx.DocumentTasks(ctx, "d1")
		equal(t, "tasks of the letter", taskIDs(of), " k0 k3 k2 k1")
		return err
	})
	fileTasks(t, s)
}

func fileTasks(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.FinishTask(ctx, permit(access.DoTask, 3), store.Task{ID: "k4", Unit: 3, Version: 1, Done: true, DoneOn: day})
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		of, err := tx.FileTasks(ctx, "f1")
		equal(t, "tasks of a file, open ones first", taskIDs(of), " k5 k4")
		if err != nil {
			return err
		}
		none, err := tx.FileTasks(ctx, "f2")
		equal(t, "tasks of another file", len(none), 0)
		return err
	})
}

func sameTask(t *testing.T, s *store.Store, what string, want store.Task) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.TaskByID(ctx, want.ID)
		equal(t, what, fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
		return err
	})
}

func tasks(t *testing.T, s *store.Store, what string, units []org.UnitNo, roles []access.Role, limit int, want string) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.UnitTasks(ctx, units, roles, limit)
		equal(t, "tasks "+what, taskIDs(got), want)
		return err
	})
}

func taskIDs(all []store.Task) (ids string) {
	for _, k := range all {
		ids += " " + k.ID
	}
	return ids
}
