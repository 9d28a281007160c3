package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ketnap/admission"
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

// RecountCounters counts again and returns the figures that differ: the files at each
// stage, along the parents of the tree and not along the closure; and what happened in
// each month, by the acts and the lines that they were recorded under.
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
	return want, t.recountActs(ctx, realm, want)
}

// recountActs counts what happened by month: of each file the last act of a kind that was
// not voided, for the units of the line that it was recorded under. A file that moved, or
// a unit that was merged, leaves past figures where they were.
func (t *Tx) recountActs(ctx context.Context, realm int, want map[Delta]int) error {
	a := args{realm}
	counted := in(&a, []admission.Code{admission.Introduce, admission.Certify, admission.Decide, admission.Ceremony, admission.Annul, admission.Void})
	var of history
	err := t.Query(ctx, `SELECT file_id, id, act, on_day, detail, line FROM admission_act
		WHERE realm = $1 AND act IN `+counted+` ORDER BY file_id, seq`, a, func(r sqldb.Row) error {
		var file, detail string
		var act admission.Act
		if err := r.Scan(&file, &act.ID, &act.Code, &act.On, &detail, &act.Line); err != nil {
			return err
		}
		if act.Code == admission.Certify || act.Code == admission.Void {
			kept := act
			if err := json.Unmarshal([]byte(detail), &act); err != nil {
				return fmt.Errorf("act %s: %w", kept.ID, err)
			}
			act.ID, act.Code, act.On, act.Line = kept.ID, kept.Code, kept.On, kept.Line
		}
		if file != of.file {
			of.count(want)
			of = history{file: file}
		}
		of.acts = append(of.acts, act)
		return nil
	})
	of.count(want)
	return err
}

// history is the acts of one file that bear on the figures of months.
type history struct {
	file string
	acts []admission.Act
}

func (h history) count(want map[Delta]int) {
	voided, seen := map[string]bool{}, map[string]bool{}
	for _, a := range h.acts {
		for _, id := range a.TakesBack() {
			voided[id] = true
		}
	}
	for _, a := range slices.Backward(h.acts) {
		if a.Code == admission.Annul && !voided[a.ID] { // an annulled admission was none (ADM-82)
			seen[IndicatorDecided], seen[IndicatorAdmitted] = true, true
		}
		indicator, on := figureOf(a)
		if indicator == "" || voided[a.ID] || seen[indicator] {
			continue
		}
		seen[indicator] = true
		for word := range strings.SplitSeq(a.Line, "/") {
			if unit, err := strconv.Atoi(word); err == nil { // no number names no unit
				want[Delta{Unit: org.UnitNo(unit), Period: Month(on), Indicator: indicator}]++
			}
		}
	}
}

// figureOf names the figure in which an act is counted, and the day by which.
func figureOf(a admission.Act) (indicator string, on date.Date) {
	switch a.Code {
	case admission.Introduce:
		return IndicatorIntroduced, a.On
	case admission.Certify:
		if a.Issued.IsZero() {
			return IndicatorAwareness, a.On
		}
		return IndicatorAwareness, a.Issued
	case admission.Decide:
		return IndicatorDecided, a.On
	case admission.Ceremony:
		return IndicatorAdmitted, a.On
	}
	return "", date.Date{}
}

// recounted reports whether the recount knows an indicator; those of other nouns have
// their own.
func recounted(indicator string) bool {
	return slices.Contains([]string{IndicatorDecided, IndicatorAdmitted, IndicatorIntroduced, IndicatorAwareness}, indicator) ||
		strings.HasPrefix(indicator, stagePrefix)
}
