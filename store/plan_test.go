package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// planned enters a committee, a base committee, two branches, and counters that say how
// many files there are.
func planned(t *testing.T, files int) *Store {
	t.Helper()
	ctx := t.Context()
	s, err := Open(ctx, sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	err = s.Write(ctx, func(tx *Tx) error {
		for i, typ := range []org.Type{org.Committee, org.BaseCommittee, org.Branch, org.Branch} {
			code := org.Code(fmt.Sprint("K", i))
			u := org.Unit{ID: org.UnitID(code), Code: code, Name: "Chi bộ", Type: typ, Parent: org.UnitNo(min(i, 2))}
			if _, err := tx.CreateUnit(ctx, NewUnit{Unit: u, From: date.Must("2010-01-01")}); err != nil {
				return err
			}
		}
		return tx.AddCounters(ctx, Realm, []Delta{{Unit: 1, Indicator: StageIndicator(admission.Ready), Value: files}}, 0)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// steps returns what SQLite will do for a page of a list.
func steps(ctx context.Context, tx *Tx, f FileFilter) (string, error) {
	s := access.ScopeOf([]access.Grant{{Role: access.StandingCommittee, Unit: 1, From: date.Must("2020-01-01")}}, date.Must("2024-05-27"), access.SeeFile)
	text, a, err := tx.pageText(ctx, s, f, 50)
	if err != nil {
		return "", err
	}
	var out []string
	err = tx.Query(ctx, `EXPLAIN QUERY PLAN `+text, a, func(r sqldb.Row) error {
		var id, parent, notUsed int
		var detail string
		err := r.Scan(&id, &parent, &notUsed, &detail)
		out = append(out, detail)
		return err
	})
	return strings.Join(out, "\n"), err
}

func TestPagesOfFilesAreFoundByTheirIndexes(t *testing.T) {
	t.Parallel()
	next := cursor{Given: []byte{1}, Rest: []byte{}, ID: "a"}.String()
	one, two := []admission.Stage{admission.Ready}, []admission.Stage{admission.Ready, admission.Listed}
	const (
		byUnit  = "SEARCH f USING INDEX admission_file_unit (realm=? AND unit_no=? AND stage=?"
		bySome  = " (realm=? AND unit_no=? AND stage=?)" // two indexes begin so, and serve alike
		byStage = "SEARCH f USING INDEX admission_file_stage (realm=? AND stage=?"
		byName  = "SEARCH f USING INDEX admission_file_name (realm=?"
		byID    = "SEARCH f USING INDEX sqlite_autoindex_admission_file_1 (realm=? AND id=?)"
		anyUnit = " (realm=? AND unit_no=?" // two indexes begin so, and serve alike
	)
	for _, c := range []struct {
		name  string
		files int
		f     FileFilter
		way   string
		sorts bool
	}{
		{"a branch at one stage", 0, FileFilter{Unit: 3, Stages: one}, byUnit, false},
		{"the next page of a branch at one stage", 0, FileFilter{Unit: 3, Stages: one, Cursor: next}, byUnit, false},
		{"a branch", 0, FileFilter{Unit: 3}, anyUnit, true},
		{"the next page of a branch", 0, FileFilter{Unit: 3, Cursor: next}, anyUnit, true},
		{"a branch at some stages", 0, FileFilter{Unit: 3, Stages: two}, bySome, true},
		{"the files of a desk at a branch", 0, FileFilter{Unit: 3, Desk: []admission.Desk{admission.DeskBranch}}, anyUnit, true},
		{"few files below a committee at one stage", wideFrom - 1, FileFilter{Stages: one}, bySome, true},
		{"the next page of few files at one stage", wideFrom - 1, FileFilter{Stages: one, Cursor: next}, bySome, true},
		{"few files below a committee", wideFrom - 1, FileFilter{}, anyUnit, true},
		{"the next page of few files", wideFrom - 1, FileFilter{Cursor: next}, anyUnit, true},
		{"many files below a committee at one stage", wideFrom, FileFilter{Stages: one}, byStage, false},
		{"the next page of many files at one stage", wideFrom, FileFilter{Unit: 1, Stages: one, Cursor: next}, byStage, false},
		{"many files below a committee", wideFrom, FileFilter{}, byName, false},
		{"the next page of many files", wideFrom, FileFilter{Cursor: next}, byName, false},
		{"many files below a committee at some stages", wideFrom, FileFilter{Stages: two}, byName, false},
		{"names", wideFrom, FileFilter{Query: "tran an"}, byID, true},
		{"the next page of names", wideFrom, FileFilter{Query: "tran", Stages: one, Cursor: next}, byID, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := planned(t, c.files).Read(t.Context(), func(tx *Tx) error {
				plan, err := steps(t.Context(), tx, c.f)
				if !strings.Contains(plan, c.way) || strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") != c.sorts || strings.Contains(plan, "SCAN f") {
					t.Errorf("wants %s, sorts %t:\n%s", c.way, c.sorts, plan)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
