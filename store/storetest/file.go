package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// permit is for a right on a unit. Whose roles give it is for package access to say.
func permit(right access.Right, unit org.UnitNo) access.Permit {
	return access.SystemPermit(right, unit)
}

// scope covers the subtrees of units.
func scope(units ...org.UnitNo) access.Scope { return access.SystemScope(units...) }

func world() admission.World {
	return admission.World{
		Today: date.Must("2026-11-23"), Sets: admission.Regulation(), Calendar: date.Builtin(),
		Over: admission.Over{Base: true}, Counts: admission.Counts{Branch: 20, Base: 9, Standing: 9},
	}
}

// stateOf is what lists keep of a file.
func stateOf(f admission.File, unit org.UnitNo) store.FileState {
	st := store.FileState{Unit: unit, Brief: f.Brief(world())}
	if next := f.Next(world()); len(next) > 0 {
		st.Next = next[0]
	}
	st.Press, _ = f.Pressing(world())
	return st
}

func opened(id, unit, name string) admission.File {
	return admission.Replay(admission.File{ID: id, Unit: unit, Name: name, Birth: date.Must("2000-03-01"), Sex: "female", Version: 1})
}

// road is the first half of a candidate's way, with a certificate that was recorded by
// mistake and a move to the other branch.
func road(f admission.File) []admission.Act {
	votes := &admission.Votes{Members: 20, Present: 19, For: 18, Against: 1}
	papers := map[admission.PaperCode]date.Date{}
	for _, p := range admission.DossierPapers(admission.YouthUnion) {
		papers[p] = date.Must("2024-06-01")
	}
	acts := []admission.Act{
		{Code: admission.Introduce, By: admission.YouthUnion, Number: "12-NQ/ĐTN"}, {Code: admission.List, Number: "3-NQ/CB"},
		{Code: admission.AssignHelper, Helper: "Trần Văn Bình"}, {Code: admission.Certify, Number: "9", Issued: date.Must("2024-02-01")},
		{Code: admission.Void, Note: "ghi nhầm người"}, {Code: admission.Certify, Number: "8", Issued: date.Must("2024-01-15")},
		{Code: admission.Apply}, {Code: admission.SendVerification, To: "Đảng ủy xã Quảng Phú"}, {Code: admission.ReceiveRequest},
		{Code: admission.ConcludeVerification, Result: admission.ResultClear}, {Code: admission.Transfer, Unit: "K01.02"},
		{Code: admission.CompleteDossier, Papers: papers}, {Code: admission.BranchResolution, Number: "5-NQ/CB", Votes: votes},
	}
	for i := range acts {
		acts[i].ID, acts[i].On = f.ID+"-"+strconv.Itoa(i+1), date.Must("2024-06-10").AddDays(i)
		acts[i].Actor, acts[i].ActorName, acts[i].Line, acts[i].Recorded = "a", "Lê Thị Hoa", "3/2/1", at(i)
		if acts[i].Code == admission.Void {
			acts[i].ActID = acts[i-1].ID
		}
	}
	return acts
}

func advance(t *testing.T, f admission.File, a admission.Act) admission.File {
	t.Helper()
	next, _, findings := admission.Advance(f, a, world())
	if rule.Blocked(findings) {
		t.Fatalf("%s: %v", a.Code, findings)
	}
	return next
}

// sameFile compares all that there is of two files; an act without rules may have none
// or an empty list of them.
func sameFile(t *testing.T, what string, got, want admission.File) {
	t.Helper()
	for _, f := range []*admission.File{&got, &want} {
		f.Acts = append([]admission.Act(nil), f.Acts...)
		for i := range f.Acts {
			if len(f.Acts[i].Rules) == 0 {
				f.Acts[i].Rules = nil
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// unitOf is the number of a branch in Block.
func unitOf(code string) org.UnitNo {
	return map[string]org.UnitNo{"K01.01": 3, "K01.02": 4}[code]
}

// sameRow compares what a list says of a file with what its acts made of it.
func sameRow(t *testing.T, what string, r store.FileRow, f admission.File) {
	t.Helper()
	st := stateOf(f, unitOf(f.Unit))
	equal(t, what+": the brief", r.Brief(), st.Brief)
	equal(t, what+": the row", fmt.Sprint(r.ID, r.Unit, r.UnitCode, r.Name, r.Birth, r.Sex, r.Stage, r.Since, r.Version, r.Last, r.Helper, r.DecidedOn, r.AdmittedOn),
		fmt.Sprint(f.ID, st.Unit, f.Unit, f.Name, f.Birth, f.Sex, f.Stage, f.Since, f.Version, f.Last, f.Helper, f.Decided, f.Ceremony))
	equal(t, what+": the next step", fmt.Sprint(r.NextAct, r.NextWho, r.NextRule, r.NextDue), fmt.Sprint(st.Next.Act, st.Next.Who, st.Next.Rule, st.Next.Due))
}

func testFile(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Ánh Lan")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	for _, a := range road(f) {
		next := advance(t, f, a)
		was := unitOf(f.Unit)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveFile(ctx, permit(access.RecordBranch, was), was, next, stateOf(next, unitOf(next.Unit)))
		})
		f = next
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, row, err := tx.File(ctx, scope(2), "f1")
			sameFile(t, string(a.Code), got, f)
			sameFile(t, string(a.Code)+" replayed", admission.Replay(got), got)
			sameRow(t, string(a.Code), row, f)
			return err
		})
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, sc := range []access.Scope{scope(), scope(3), scope(5), scope(6)} {
			_, _, err := tx.File(ctx, sc, "f1")
			kind(t, "a file out of scope", err, errs.NotFound)
		}
		_, _, err := tx.File(ctx, scope(1), "f2")
		kind(t, "no such file", err, errs.NotFound)
		_, err = tx.FileUnit(ctx, "f2")
		kind(t, "the unit of no file", err, errs.NotFound)
		no, err := tx.FileUnit(ctx, "f1")
		equal(t, "the unit of the file", no, 4)
		return err
	})
}

func testFileVersion(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Lan")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	acts := road(f)
	next := advance(t, f, acts[0])
	save := func(p access.Permit, was org.UnitNo, f admission.File) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveFile(t.Context(), p, was, f, stateOf(f, was)) })
	}
	if err := save(permit(access.RecordBranch, 3), 3, next); err != nil {
		t.Fatal(err)
	}
	again := acts[0]
	again.ID = "other"
	kind(t, "two who read the same version", save(permit(access.RecordBranch, 3), 3, advance(t, f, again)), errs.Stale)
	third := advance(t, next, acts[1])
	kind(t, "a permit for a unit where the file is not", save(permit(access.RecordBranch, 4), 4, third), errs.Stale)
	third.Version++
	kind(t, "a version that never was", save(permit(access.RecordBranch, 3), 3, third), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, _, err := tx.File(ctx, scope(3), "f1")
		sameFile(t, "the file of the first", got, next)
		return err
	})
}

func testFilePermits(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Lan")
	open := func(p access.Permit, unit org.UnitNo) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.OpenFile(t.Context(), p, f, stateOf(f, unit), at(0)) })
	}
	bulk := func(p access.Permit, units ...org.UnitNo) error {
		var files []store.BulkFile
		for i, u := range units {
			b := opened(fmt.Sprint("b", i), "K01.01", "Lê An")
			files = append(files, store.BulkFile{File: b, Name: nameOf(t, b.Name), State: stateOf(b, u)})
		}
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.BulkFiles(t.Context(), p, files, at(0)) })
	}
	save := func(p access.Permit, was org.UnitNo) error {
		next := advance(t, f, road(f)[0])
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveFile(t.Context(), p, was, next, stateOf(next, was)) })
	}
	if err := open(permit(access.OpenFile, 3), 3); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		err  error
	}{
		{"opening without a permit", open(access.Permit{}, 3)},
		{"opening by another right", open(permit(access.SeeFile, 3), 3)},
		{"opening on another unit", open(permit(access.OpenFile, 4), 3)},
		{"opening below the unit of the permit", open(permit(access.OpenFile, 2), 3)},
		{"loading without a permit", bulk(access.Permit{}, 3)},
		{"loading by another right", bulk(permit(access.SeeFile, 2), 3)},
		{"loading beside the unit of the permit", bulk(permit(access.OpenFile, 2), 3, 4, 5)},
		{"loading above the unit of the permit", bulk(permit(access.OpenFile, 3), 3, 2)},
		{"saving without a permit", save(access.Permit{}, 3)},
		{"saving by a right of readers", save(permit(access.SeeFile, 3), 3)},
		{"saving by a right of the installation", save(permit(access.ManageUnit, 3), 3)},
		{"saving with a permit for another unit", save(permit(access.RecordBranch, 4), 3)},
	} {
		if c.err == nil || errs.KindOf(c.err) != errs.Internal {
			t.Errorf("%s: %v", c.name, c.err)
		}
	}
	if err := bulk(permit(access.OpenFile, 1), 3, 4, 5, 3); err != nil {
		t.Errorf("loading below the unit of the permit: %v", err)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, _, err := tx.File(ctx, scope(3), "f1")
		sameFile(t, "the file after all that", got, f)
		return err
	})
}

func nameOf(t *testing.T, full string) person.Name {
	t.Helper()
	n, err := person.Parse(full)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// testBulkFile saves one way act by act and the same way at once.
func testBulkFile(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Trần Thị Bích Đào")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	twin := opened("f2", "K01.01", "Trần Thị Bích Đào")
	twins := road(twin)
	for i, a := range road(f) {
		was := unitOf(f.Unit)
		f, twin = advance(t, f, a), advance(t, twin, twins[i])
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveFile(ctx, permit(access.RecordBranch, was), was, f, stateOf(f, unitOf(f.Unit)))
		})
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.BulkFiles(ctx, permit(access.OpenFile, 2), []store.BulkFile{{File: twin, Name: nameOf(t, twin.Name), State: stateOf(twin, unitOf(twin.Unit))}}, at(0))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		one, oneRow, err := tx.File(ctx, scope(2), "f1")
		if err != nil {
			return err
		}
		two, twoRow, err := tx.File(ctx, scope(2), "f2")
		for i := range two.Acts {
			two.Acts[i].ID = one.Acts[i].ID
			if two.Acts[i].ActID != "" {
				two.Acts[i].ActID = one.Acts[i].ActID
			}
		}
		two.ID, twoRow.ID = one.ID, oneRow.ID
		sameFile(t, "the file that was loaded", two, one)
		equal(t, "its row", twoRow, oneRow)
		if err != nil {
			return err
		}
		for _, query := range []string{"bich", "đào", "tran"} {
			rows, _, err := tx.Files(ctx, scope(2), store.FileFilter{Query: query, Limit: 9})
			equal(t, "found by "+query, len(rows), 2)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func testBadIDs(t *testing.T, s *store.Store) {
	Block(t, s)
	for _, id := range []string{"", "none", "a\x00b", "\xff", "é\xc3", strings.Repeat("a", 5000)} {
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, _, file := tx.File(ctx, scope(1), id)
			_, fileUnit := tx.FileUnit(ctx, id)
			_, _, document := tx.Document(ctx, id)
			_, documentUnit := tx.DocumentUnit(ctx, id)
			_, task := tx.TaskByID(ctx, id)
			for what, err := range map[string]error{"file": file, "unit of a file": fileUnit, "document": document, "unit of a document": documentUnit, "task": task} {
				kind(t, fmt.Sprintf("%s %.20q", what, id), err, errs.NotFound)
			}
			return nil
		})
	}
}
