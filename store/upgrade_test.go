package store

import (
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/internal/sqldb"
	"ketnap/internal/testpg"
)

// firstSchema is the schema of the first release: its one migration.
func firstSchema(t *testing.T) fs.FS {
	t.Helper()
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(all, "0001_init.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"0001_init.sql": {Data: text}}
}

// release1 is what an office had recorded with the first release.
var release1 = []string{
	`INSERT INTO unit (no, id, code, code_key, name, type, kind, tree) VALUES (1, 'u1', 'K', 'K', 'Đảng ủy Khối', 'committee', '', 'party')`,
	`INSERT INTO unit (no, id, code, code_key, name, type, kind, tree, parent_no) VALUES (2, 'u2', 'K1', 'K1', 'Chi bộ cơ sở', 'base_branch', '', 'party', 1)`,
	`INSERT INTO unit_closure (ancestor_no, unit_no, depth) VALUES (1, 1, 0), (1, 2, 1), (2, 2, 0)`,
	`INSERT INTO admission_file (realm, id, unit_no, name, birth_date, sex, sort_given, sort_rest, stage, since, version, opened_at, last_on, helper, next_act, next_who, next_rule)
		VALUES (1, 'f1', 2, 'Trần Thị Lan', '1999-03-14', 'female', 'lan', 'tran thi', 'outstanding', '2024-01-15', 2, '2024-01-15T01:00:00.000000Z', '2024-01-15', '', 'list', 'branch', 'ADM-10')`,
	`INSERT INTO admission_act (realm, file_id, seq, id, act, on_day, number, detail, rule_set, rules, line, actor, actor_name, recorded_at)
		VALUES (1, 'f1', 1, 'a1', 'introduce', '2024-01-15', '18-NQ/ĐTN', '{"by":"youth_union"}', 'RS-2021', '', 'K1 K', 'x', 'Hoa', '2024-01-15T01:00:00.000000Z')`,
}

// A store of the first release is brought up to this one, and what it held is there.
func TestAStoreOfTheFirstReleaseIsUpgraded(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]func(*testing.T) sqldb.Config{
		"SQLite":     func(t *testing.T) sqldb.Config { return sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")} },
		"PostgreSQL": func(t *testing.T) sqldb.Config { return sqldb.Config{URL: testpg.URL(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, c := t.Context(), config(t)
			db, err := sqldb.Open(ctx, c)
			must(t, err)
			must(t, db.Migrate(ctx, firstSchema(t)))
			must(t, db.Write(ctx, func(tx *sqldb.Tx) error {
				for _, text := range release1 {
					if _, err := tx.Exec(ctx, text); err != nil {
						return err
					}
				}
				return nil
			}))
			must(t, db.Close())

			s, err := Open(ctx, c)
			must(t, err)
			defer func() { must(t, s.Close()) }()
			must(t, s.Read(ctx, func(tx *Tx) error {
				f, row, err := tx.File(ctx, access.SystemScope(1), "f1")
				if err != nil {
					return err
				}
				if f.Stage != admission.Outstanding || row.Name != "Trần Thị Lan" || f.Acts[0].By != admission.YouthUnion {
					t.Errorf("%+v", row)
				}
				papers, err := tx.FilePapers(ctx, "f1")
				if len(papers) > 0 {
					t.Error("papers from nowhere")
				}
				return err
			}))
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
