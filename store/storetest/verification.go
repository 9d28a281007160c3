package storetest

import (
	"context"
	"reflect"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

// verificationSteps are one of each kind that has fields of its own.
func verificationSteps() []admission.VerificationStep {
	steps := []admission.VerificationStep{
		{Kind: admission.StepSubject, Relation: admission.Father, Name: "Nguyễn Văn Hùng"},
		{Kind: admission.StepRequest, Subject: admission.Applicant, Place: "Đại sứ quán tại Lào", Abroad: true, Way: admission.ByPost},
		{Kind: admission.StepSend, Request: "v2", Number: "12-CV/ĐU", Stamped: true, Carried: true, Act: "f1-8", Own: true},
		{Kind: admission.StepAnswer, Request: "v2", Number: "3-PTL", Dated: date.Must("2024-06-18")},
		{Kind: admission.StepUndo, Undoes: "v1", Note: "ghi nhầm"},
	}
	for i := range steps {
		s := &steps[i]
		s.ID, s.On, s.Actor, s.ActorName, s.Recorded = "v"+string(rune('1'+i)), day.AddDays(i), "a", "Lê Thị Hoa", at(i)
	}
	return steps
}

// verifyingFile opens a file and takes it along its road, so many acts.
func verifyingFile(t *testing.T, s *store.Store, id string, acts int) admission.File {
	t.Helper()
	f := opened(id, "K01.01", "Nguyễn Thị Ánh Lan")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	for _, a := range road(f)[:acts] {
		f = advance(t, f, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveFile(ctx, permit(access.RecordBranch, 3), 3, f, stateOf(f, 3))
		})
	}
	return f
}

func testVerification(t *testing.T, s *store.Store) {
	Block(t, s)
	f := verifyingFile(t, s, "f1", 8)
	steps := verificationSteps()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.AddVerificationSteps(ctx, permit(access.RecordBranch, 3), "f1", 0, steps[:2]),
			tx.AddVerificationSteps(ctx, permit(access.RecordBase, 3), "f1", 2, steps[2:]))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.VerificationSteps(ctx, scope(2), "f1")
		if !reflect.DeepEqual(got, steps) {
			t.Errorf("the steps:\n got %+v\nwant %+v", got, steps)
		}
		_, foreign := tx.VerificationSteps(ctx, scope(4), "f1")
		kind(t, "steps out of scope", foreign, errs.NotFound)
		_, none := tx.VerificationSteps(ctx, scope(2), "f\x00")
		kind(t, "steps of no file", none, errs.NotFound)
		all, errAll := tx.VerificationFiles(ctx, scope(1), 0, []admission.Stage{admission.Applying, admission.Verifying}, 10)
		if len(all) != 1 || !reflect.DeepEqual(all[0].Steps, steps) {
			t.Fatalf("files under verification: %+v", all)
		}
		sameFile(t, "the file of the list", all[0].File, f)
		sameRow(t, "its row", all[0].Row, f)
		other, errOther := tx.VerificationFiles(ctx, scope(5), 0, []admission.Stage{admission.Verifying}, 10)
		equal(t, "files of another scope", len(other), 0)
		applying, errApplying := tx.VerificationFiles(ctx, scope(1), 0, []admission.Stage{admission.Applying}, 10)
		equal(t, "files of another stage", len(applying), 0)
		return firstOf(err, errAll, errOther, errApplying)
	})
}

func testVerificationWrites(t *testing.T, s *store.Store) {
	Block(t, s)
	verifyingFile(t, s, "f1", 8)
	steps := verificationSteps()
	add := func(p access.Permit, file string, read int) error {
		return s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddVerificationSteps(t.Context(), p, file, read, steps[:1])
		})
	}
	for _, p := range []access.Permit{{}, permit(access.SeeFile, 3), permit(access.RecordBoard, 3), permit(access.RecordBranch, 4)} {
		kind(t, "a step without its permit", add(p, "f1", 0), errs.Internal)
	}
	kind(t, "a step of no file", add(permit(access.RecordBranch, 3), "f9", 0), errs.NotFound)
	if err := add(permit(access.RecordBranch, 3), "f1", 0); err != nil {
		t.Fatal(err)
	}
	kind(t, "a step behind those of before", add(permit(access.RecordBranch, 3), "f1", 0), errs.Stale)
	kind(t, "a step ahead of them", add(permit(access.RecordBranch, 3), "f1", 2), errs.Stale)
}
