package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"ketnap/access"
	"ketnap/org"
	"ketnap/store"
)

func testCounters(t *testing.T, s *store.Store) {
	Block(t, s)
	ready, decided := store.StageIndicator("ready"), store.IndicatorDecided
	for slot, deltas := range [][]store.Delta{
		{{Unit: 3, Indicator: ready, Value: 1}, {Unit: 2, Indicator: ready, Value: 1}, {Unit: 1, Indicator: ready, Value: 1}},
		{{Unit: 1, Indicator: ready, Value: 2}, {Unit: 1, Indicator: ready, Value: 3}, {Unit: 2, Indicator: ready}},
		{{Unit: 1, Period: 202405, Indicator: decided, Value: 7}, {Unit: 1, Period: 202406, Indicator: decided, Value: 1}},
		{{Unit: 1, Period: 202405, Indicator: decided, Value: -2}, {Unit: 2, Period: 202405, Indicator: decided, Value: 4}},
		{{Unit: 3, Indicator: ready, Value: -1}},
		nil,
	} {
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddCounters(ctx, store.Realm, deltas, slot*7) })
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name        string
			units       []org.UnitNo
			first, last int
			indicators  []string
			want        string
		}{
			{"a month", []org.UnitNo{1, 2, 3}, 202405, 202405, []string{decided}, "map[{1 decided}:5 {2 decided}:4]"},
			{"a year", []org.UnitNo{1}, 202401, 202412, []string{decided, ready}, "map[{1 decided}:6]"},
			{"a state", []org.UnitNo{1, 2, 3}, store.Now, store.Now, []string{ready}, "map[{1 stage:ready}:6 {2 stage:ready}:1]"},
			{"another realm's are not ours", nil, store.Now, store.Now, []string{ready}, "map[]"},
			{"no indicators", []org.UnitNo{1}, 0, 999999, nil, "map[]"},
		} {
			got, err := tx.Counters(ctx, store.Realm, c.units, c.first, c.last, c.indicators)
			if err != nil {
				return err
			}
			equal(t, c.name, fmt.Sprint(got), c.want)
		}
		other, err := tx.Counters(ctx, store.Realm+1, []org.UnitNo{1}, 0, 999999, []string{decided, ready})
		equal(t, "another realm", len(other), 0)
		if err != nil {
			return err
		}
		series, err := tx.CounterSeries(ctx, store.Realm, []org.UnitNo{1}, 202401, 202412, []string{decided})
		equal(t, "series", fmt.Sprint(series), "[{1 202405 decided 5} {1 202406 decided 1}]")
		if err != nil {
			return err
		}
		table, err := tx.StageTable(ctx, store.Realm, []org.UnitNo{2, 3})
		equal(t, "stages", fmt.Sprint(table), "map[2:map[ready:1]]")
		if err != nil {
			return err
		}
		all, err := tx.StageTableOfAll(ctx, store.Realm)
		equal(t, "stages of all", fmt.Sprint(all), "map[1:map[ready:6] 2:map[ready:1]]")
		if err != nil {
			return err
		}
		empty, err := tx.StageTable(ctx, store.Realm, nil)
		equal(t, "no units, no stages", len(empty), 0)
		return err
	})
}

func testCountersTogether(t *testing.T, s *store.Store) {
	Block(t, s)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				deltas := []store.Delta{{Unit: 1, Indicator: "x", Value: 1}, {Unit: 2, Indicator: "x", Value: 1}}
				if w%2 == 0 {
					deltas[0], deltas[1] = deltas[1], deltas[0]
				}
				if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddCounters(t.Context(), store.Realm, deltas, i) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Counters(ctx, store.Realm, []org.UnitNo{1, 2}, store.Now, store.Now, []string{"x"})
		equal(t, "sum", fmt.Sprint(got), "map[{1 x}:40 {2 x}:40]")
		return err
	})
}

func withoutDisk(all []store.Finding) (out []store.Finding) {
	for _, f := range all {
		if f.Check != "disk" {
			out = append(out, f)
		}
	}
	return out
}

func testDoctor(t *testing.T, s *store.Store) {
	Block(t, s)
	insertFile(t, s, "f1", 3, "ready", "NULL", "NULL")
	insertFile(t, s, "f2", 3, "official", "'2024-05-27'", "'2024-06-15'")
	count := func() {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			var deltas []store.Delta
			for _, u := range []org.UnitNo{3, 2, 1} {
				deltas = append(deltas,
					store.Delta{Unit: u, Indicator: store.StageIndicator("ready"), Value: 1},
					store.Delta{Unit: u, Indicator: store.StageIndicator("official"), Value: 1},
					store.Delta{Unit: u, Period: 202405, Indicator: store.IndicatorDecided, Value: 1},
					store.Delta{Unit: u, Period: 202406, Indicator: store.IndicatorAdmitted, Value: 1})
			}
			return tx.AddCounters(ctx, store.Realm, deltas, 3)
		})
	}
	count()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		pdf := store.PaperPrint{Format: "pdf", Hash: sum("%PDF p1"), Bytes: []byte("%PDF p1")}
		return firstOf(tx.AddPapers(ctx, permit(access.RecordBoard, 3), []store.NewPaper{newPaper("p1", "f1", "a1", "", 1), newPaper("p2", "f2", "a2", "", 2)}),
			tx.KeepPrints(ctx, "p1", []store.PaperPrint{pdf}))
	})
	for _, c := range []struct {
		name, harm, mend string
		check, object    string
	}{
		{"all is well", "", "", "", ""},
		{"a pair that lacks in the closure", `DELETE FROM unit_closure WHERE ancestor_no = 1 AND unit_no = 3`,
			`INSERT INTO unit_closure (ancestor_no, unit_no, depth) VALUES (1, 3, 2)`, "closure", "unit_closure"},
		{"a wrong depth", `UPDATE unit_closure SET depth = 5 WHERE ancestor_no = 1 AND unit_no = 3`,
			`UPDATE unit_closure SET depth = 2 WHERE ancestor_no = 1 AND unit_no = 3`, "closure", "K > K01.01"},
		{"a pair that nobody walks", `INSERT INTO unit_closure (ancestor_no, unit_no, depth) VALUES (4, 3, 0)`,
			`DELETE FROM unit_closure WHERE ancestor_no = 4 AND unit_no = 3`, "closure", "K01.02 > K01.01"},
		{"parents in a circle", `UPDATE unit SET parent_no = 3 WHERE no = 2`, `UPDATE unit SET parent_no = 1 WHERE no = 2`, "tree", ""},
		{"a link that leads elsewhere", `UPDATE unit_parent SET parent_no = 5 WHERE unit_no = 3`,
			`UPDATE unit_parent SET parent_no = 2 WHERE unit_no = 3`, "link", "K01.01"},
		{"a figure that is too high", `UPDATE counter SET value = 2 WHERE unit_no = 2 AND indicator = 'decided'`,
			`UPDATE counter SET value = 1 WHERE unit_no = 2 AND indicator = 'decided'`, "counter", "K01 decided 202405"},
		{"a figure that lacks", `UPDATE counter SET value = 0 WHERE unit_no = 3 AND indicator = 'stage:ready'`,
			`UPDATE counter SET value = 1 WHERE unit_no = 3 AND indicator = 'stage:ready'`, "counter", "K01.01 stage:ready 0"},
		{"an act without a file", `INSERT INTO admission_word (realm, word, file_id) SELECT 1, word, 'gone' FROM unit_word WHERE unit_no = 1`,
			`DELETE FROM admission_word WHERE file_id = 'gone'`, "orphan", "admission_word"},
		{"content of a paper that was altered", `UPDATE paper SET content = '{}' WHERE id = 'p1'`,
			`UPDATE paper SET content = '{"issuer":"ĐẢNG ỦY"}' WHERE id = 'p1'`, "paper", "p1"},
		{"a file of a paper that was altered", `UPDATE paper_print SET hash = 'other' WHERE paper_id = 'p1'`,
			`DELETE FROM paper_print WHERE paper_id = 'p1'`, "paper", "p1.pdf"},
		{"a schema of another release", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`,
			`DELETE FROM goose_db_version WHERE version_id = 9999`, "schema", ""},
	} {
		if c.harm != "" {
			sql(t, s, c.harm)
		}
		all, err := s.Doctor(t.Context())
		if err != nil {
			t.Fatal(c.name, err)
		}
		found := withoutDisk(all)
		switch {
		case c.check == "" && len(found) > 0, c.check != "" && len(found) == 0:
			t.Errorf("%s: %v", c.name, found)
		case c.check != "" && (found[0].Check != c.check || c.object != "" && found[0].Object != c.object):
			t.Errorf("%s: %v", c.name, found)
		}
		if c.mend != "" {
			sql(t, s, c.mend)
		}
	}
}

// insertFile enters a file past the rules: the doctor asks only what is counted of it.
func insertFile(t *testing.T, s *store.Store, id string, unit org.UnitNo, stage, decided, admitted string) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for seq, a := range []struct{ code, on string }{{"decide", decided}, {"ceremony", admitted}} {
			if a.on == "NULL" {
				continue
			}
			if _, err := tx.Exec(ctx, `INSERT INTO admission_act (realm, file_id, seq, id, act, on_day, number, detail, rule_set, rules, line,
				actor, actor_name, recorded_at) VALUES ($1, $2, $3, $4, $5, `+a.on+`, '', '{}', '', '', '3/2/1', '', '', $6)`,
				store.Realm, id, seq+1, id+a.code, a.code, at(0)); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO admission_file (realm, id, unit_no, name, birth_date, sex, sort_given, sort_rest, stage,
			version, opened_at, helper, decided_on, admitted_on, next_act, next_who, next_rule)
			VALUES ($1, $2, $3, 'Trần Thị Đào', $4, 'female', $5, $5, $6, 1, $7, '', `+decided+`, `+admitted+`, '', '', '')`,
			store.Realm, id, unit, day, []byte{1}, stage, at(0))
		return err
	})
}
