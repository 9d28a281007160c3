package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A Miscount is a figure that the recount does not give.
type Miscount struct {
	Figure    Delta // its Value is what the counter says
	Recounted int
}

func (t *Tx) checkCounters(ctx context.Context) ([]Finding, error) {
	tree, err := t.UnitTree(ctx)
	if err != nil {
		return nil, nil //nolint:nilerr // checkTree has told it; without a tree there is nothing to count along
	}
	wrong, err := t.RecountCounters(ctx, Realm, tree)
	if err != nil {
		return nil, err
	}
	l := &list{check: "counter"}
	for _, m := range wrong {
		l.add(fmt.Sprintf("%s %s %d", codeOf(tree, m.Figure.Unit), m.Figure.Indicator, m.Figure.Period),
			strconv.Itoa(m.Recounted), strconv.Itoa(m.Figure.Value))
	}
	return l.found, nil
}

// RecountCounters counts the files again, along the parents of the tree and not along
// the closure, and returns the figures that differ: files at each stage, and decisions
// and ceremonies of each month.
func (t *Tx) RecountCounters(ctx context.Context, realm int, tree *org.Tree) ([]Miscount, error) {
	want, err := t.recount(ctx, realm, tree)
	if err != nil {
		return nil, err
	}
	have, err := t.AllCounters(ctx, realm)
	if err != nil {
		return nil, err
	}
	var wrong []Miscount
	for _, h := range have {
		k := h
		k.Value = 0
		if want[k] != h.Value && recounted(h.Indicator) {
			wrong = append(wrong, Miscount{Figure: h, Recounted: want[k]})
		}
		delete(want, k)
	}
	for k, n := range want {
		wrong = append(wrong, Miscount{Figure: k, Recounted: n})
	}
	slices.SortFunc(wrong, func(a, b Miscount) int { return a.Figure.compare(b.Figure) })
	return wrong, nil
}

// recount returns the figures that there should be; the keys have the value 0.
func (t *Tx) recount(ctx context.Context, realm int, tree *org.Tree) (map[Delta]int, error) {
	want := map[Delta]int{}
	add := func(unit org.UnitNo, period int, indicator string, n int) {
		for _, above := range tree.Line(unit) {
			want[Delta{Unit: above, Period: period, Indicator: indicator}] += n
		}
	}
	err := t.Query(ctx, `SELECT unit_no, stage, COUNT(*) FROM admission_file WHERE realm = $1 GROUP BY unit_no, stage`, []any{realm},
		func(r sqldb.Row) error {
			var (
				unit  org.UnitNo
				stage string
				n     int
			)
			if err := r.Scan(&unit, &stage, &n); err != nil {
				return err
			}
			add(unit, Now, StageIndicator(stage), n)
			return nil
		})
	if err != nil {
		return nil, err
	}
	for _, c := range []struct{ column, indicator string }{{"decided_on", IndicatorDecided}, {"admitted_on", IndicatorAdmitted}} {
		err := t.Query(ctx, `SELECT unit_no, `+c.column+`, COUNT(*) FROM admission_file
			WHERE realm = $1 AND `+c.column+` IS NOT NULL GROUP BY unit_no, `+c.column, []any{realm}, func(r sqldb.Row) error {
			var (
				unit org.UnitNo
				on   date.Date
				n    int
			)
			if err := r.Scan(&unit, &on, &n); err != nil {
				return err
			}
			add(unit, Month(on), c.indicator, n)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return want, nil
}

// recounted reports whether the recount knows an indicator; those of other nouns have
// their own.
func recounted(indicator string) bool {
	return indicator == IndicatorDecided || indicator == IndicatorAdmitted ||
		len(indicator) > len(stagePrefix) && indicator[:len(stagePrefix)] == stagePrefix
}
