// Package storetest is the conformance suite of package store: what must hold on every
// engine, run by the tests of store on each. It is for those tests alone.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// Run runs the suite. open returns an empty store, which it closes when the test ends.
func Run(t *testing.T, open func(t *testing.T) *store.Store) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, *store.Store)
	}{
		{"units stand under their parents and are found", testUnits},
		{"units entered together are as those entered singly", testBulkUnits},
		{"units entered at the same moment get their own numbers", testUnitsTogether},
		{"units are paged in the order of their codes", testUnitPages},
		{"units are found by the beginnings of their words", testSearchUnits},
		{"head counts and posts are those of the day", testCountsAndPosts},
		{"accounts and grants", testAccounts},
		{"failures to log in are counted for a while", testLoginFailures},
		{"tokens are good until they end or are revoked", testTokens},
		{"an answer is kept for a day", testAnswers},
		{"sessions end", testSessions},
		{"settings and holidays are dated", testSettings},
		{"changes of the regulation are drafts until they are applied", testRuleChanges},
		{"open files are drawn anew, both values kept", testRedraw},
		{"a rehearsal is counted in steps, each once", testRehearsal},
		{"counters add up over slots and periods", testCounters},
		{"writers of the same counters do not lose any", testCountersTogether},
		{"the record of acts is a chain per stream", testAudit},
		{"tampering with the record is found", testTamper},
		{"a checkpoint keeps the end of a stream", testCheckpoint},
		{"writers of one stream make one chain", testAuditTogether},
		{"the doctor finds what ought not to be", testDoctor},
		{"a file is read as its acts made it", testFile},
		{"of two who saw the same version of a file one writes", testFileVersion},
		{"no file is written without its permit", testFilePermits},
		{"a file loaded at once is as one saved act by act", testBulkFile},
		{"names are listed as Vietnamese do", testFileOrder},
		{"lists of files show what the filter lets through, each once", testFileLists},
		{"lists of many files show the same", testWideFileLists},
		{"a cursor that is not one is refused", testBadCursor},
		{"what is no id names nothing", testBadIDs},
		{"quiet and admitted files", testFilesByDay},
		{"all acts of many files", testAllFiles},
		{"a draft is corrected, confirmed or taken back", testDocuments},
		{"documents are listed newest first", testDocumentList},
		{"a meeting is drafted, recorded once and listed", testMeetings},
		{"files are read together by their ids", testFilesByID},
		{"a class is prepared, opened and seen from below", testClasses},
		{"people of a class are listed for their units and counted once", testLearners},
		{"a survey of units is answered, each answer with its version", testClassSurveys},
		{"a person is named for a class once in a survey", testNamedLearners},
		{"a proposal is kept as it was typed", testClassProposals},
		{"files that bear on a class are found", testClassFiles},
		{"half-days of a class have their rolls", testSessionsOfClass},
		{"marks of a class are corrected until they are frozen", testMarksOfClass},
		{"certificates stand in a register, each number once", testCertificates},
		{"nothing of a class is written without its permit", testClassWrites},
		{"who issues certificates writes them into files", testCertificateIntoFile},
		{"tasks are done at their unit", testTasks},
		{"targets are a history", testTargets},
		{"figures given at the same moment do not both count", testTargetsTogether},
		{"figures of terms, quarters and parts are no plans", testTargetSpans},
		{"what unit and superior say of a figure is kept in order", testTargetMoves},
		{"a plan and its measures are kept with their versions", testUnitPlans},
		{"a closed unit keeps its past", testCloseUnit},
		{"unions are seen over their own line or beside a unit", testUnionsSeen},
		{"a union's campaign is asked, answered, returned and closed", testUnionCampaign},
		{"who was introduced waits with a branch, and is settled once", testUnionPeople},
		{"the register is read for who introduced", testUnionTraces},
		{"movements and opinions stand with the file", testUnionMovements},
		{"working sessions keep their figures and conclusions", testUnionSessions},
		{"ratings of unions are kept", testUnionRatings},
		{"ceilings hold below their unit", testCeilings},
		{"judgements are kept by level", testJudgements},
		{"reviews stand one behind the other", testReviews},
		{"certificates that ended are counted by unit", testExpiredCertificates},
		{"gatherings are corrected and struck out with a reason", testGatherings},
		{"obstacles keep every form they had", testObstacles},
		{"files and lists that stand still are found", testIdle},
		{"what is set aside comes back", testSilences},
		{"numbers are taken without a gap", testNumbers},
		{"numbers taken at the same moment are different ones", testNumbersTogether},
		{"numbers run within the term of the nearest committee", testTerms},
		{"issued papers stay as they were", testPapers},
		{"the steps of a verification are read as they were written", testVerification},
		{"no step of a verification is written without its permit, or late", testVerificationWrites},
		{"where papers are kept is known", testKeeping},
		{"files lent and handed over stand in a register", testLendings},
		{"scans are kept and taken out", testAttachments},
		{"a person's data are kept with their version", testIdentity},
		{"consent and its withdrawal are rows", testConsent},
		{"the list of religions grows", testReligions},
		{"who opened a person's data is found over chains", testReadings},
		{"files of one person are found, and told of within scope", testTwins},
		{"what is due is listed and counted by day, desk, rule and unit", testDueLists},
		{"a duty beside the next step is at its own desk", testPressingBeside},
		{"nobody is reminded of the same twice, nor of what was done", testReminders},
		{"reminders go to whom they concern and who wants them", testReminderChoices},
		{"the board shows of each stage the first", testBoard},
		{"the big list has its orders and filters", testListOrders},
		{"who left stands in a register", testLeft},
		{"who read and took away data is listed within scope", testUses},
		{"filters are kept for their account", testSavedFilters},
		{"the forecast reads open files within scope", testForecastRows},
		{"what stands over a unit is known", testOverUnits},
		{"usual times are replaced as a whole", testPaces},
		{"the ways of files are walked without what was voided", testStays},
		{"units are pinned for their account", testPins},
		{"who is in a class and when a session was held is known", testTableBesides},
		{"jobs are kept until somebody looks at the dead ones", testJobs},
		{"a write that fails leaves nothing", testAllOrNothing},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, open(t))
		})
	}
}

var day = date.Must("2024-05-27") //nolint:gochecknoglobals // the day of the letter, never changed

func at(minutes int) date.Instant {
	return date.At(time.Date(2024, 5, 27, 1, 0, 0, 123456000, time.UTC).Add(time.Duration(minutes) * time.Minute))
}

func write(t *testing.T, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s *store.Store, fn func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// sql runs statements past the methods of the store, as somebody would who opens the file.
func sql(t *testing.T, s *store.Store, statements ...string) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, text := range statements {
			if _, err := tx.Exec(ctx, text); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
		}
		return nil
	})
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func kind(t *testing.T, what string, err error, want errs.Kind) {
	t.Helper()
	if err == nil || errs.KindOf(err) != want {
		t.Errorf("%s: got %v, want kind %d", what, err, want)
	}
}

// unit makes a unit to be entered.
func unit(code, name string, typ org.Type, parent org.UnitNo) store.NewUnit {
	return store.NewUnit{
		Unit: org.Unit{ID: org.UnitID("id-" + code), Code: org.Code(code), Name: name, Type: typ, Parent: parent, OpenedOn: date.Must("2010-01-01")},
		From: date.Must("2010-01-01"),
	}
}

// Block enters a small block: 1 the committee, 2 a base committee with branches 3 and 4,
// 5 a base branch, 6 the youth union beside 1.
func Block(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		school := unit("K01", "Đảng ủy Trường Đại học Quảng Bình", org.BaseCommittee, 1)
		school.Kind = org.University
		youth := unit("D", "Đoàn Khối các cơ quan tỉnh", org.Union, 0)
		youth.Beside = 1
		branch := unit("K01.01", "Chi bộ Khoa Sư phạm", org.Branch, 2)
		branch.Counts = map[org.CountKind]int{org.OfficialMembers: 20, org.Members: 22}
		for i, n := range []store.NewUnit{
			unit("K", "Đảng ủy Khối các cơ quan tỉnh", org.Committee, 0), school, branch,
			unit("K01.02", "Chi bộ Khoa Kỹ thuật", org.Branch, 2),
			unit("K02", "Chi bộ cơ sở Đài Phát thanh", org.BaseBranch, 1), youth,
		} {
			u, err := tx.CreateUnit(ctx, n)
			if err != nil {
				return err
			}
			if u.No != org.UnitNo(i+1) {
				return fmt.Errorf("unit %s has number %d", u.Code, u.No)
			}
		}
		return nil
	})
}

func testAllOrNothing(t *testing.T, s *store.Store) {
	boom := errors.New("boom")
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.CreateUnit(t.Context(), unit("K", "Khối", org.Committee, 0)); err != nil {
			return err
		}
		if err := tx.AppendAudit(t.Context(), store.Entry{Stream: "K", At: at(0)}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.UnitByCode(ctx, "K")
		kind(t, "the unit", err, errs.NotFound)
		return nil
	})
	rows, bad, err := s.VerifyAudit(t.Context())
	if rows != 0 || bad != "" || err != nil {
		t.Errorf("the record: %d, %q, %v", rows, bad, err)
	}
}
