package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// Now is the period of a figure that states how things are, not what happened in a month.
const Now = 0

// Indicators of the counters.
const (
	stagePrefix       = "stage:"
	IndicatorDecided  = "decided"  // decisions of the month, by the day of the decision
	IndicatorAdmitted = "admitted" // ceremonies of the month, by the day of the ceremony
	// Introductions by the day of the act, certificates of the awareness class by their issue.
	IndicatorIntroduced = "introduced"
	IndicatorAwareness  = "awareness"
)

// StageIndicator names the figure of the files that stand at a stage.
func StageIndicator[S ~string](stage S) string { return stagePrefix + string(stage) }

// Month returns the period of the month in which a day lies: year*100 + month.
func Month(d date.Date) int { return d.Year()*100 + d.Month() }

// A Delta is a change of one figure of one unit. Whoever records an act gives one for
// the unit and one for each unit above it.
type Delta struct {
	Unit      org.UnitNo
	Period    int // Now, or Month
	Indicator string
	Value     int
}

func (d Delta) compare(e Delta) int {
	return cmp.Or(cmp.Compare(d.Unit, e.Unit), cmp.Compare(d.Period, e.Period), cmp.Compare(d.Indicator, e.Indicator))
}

// merged sorts deltas by key and adds up those of one figure. All writers take rows in
// this order, so none waits for another in a circle.
func merged(deltas []Delta) []Delta {
	sorted := slices.SortedFunc(slices.Values(deltas), Delta.compare)
	out := sorted[:0]
	for _, d := range sorted {
		if n := len(out); n > 0 && out[n-1].compare(d) == 0 {
			out[n-1].Value += d.Value
			continue
		}
		out = append(out, d)
	}
	return slices.DeleteFunc(out, func(d Delta) bool { return d.Value == 0 })
}

// AddCounters adds deltas to the figures, in the rows of one slot. A slot is any number
// from 0, the same for all acts of one file; it is cut to the slots that the engine has.
func (t *Tx) AddCounters(ctx context.Context, realm int, deltas []Delta, slot int) error {
	var rows []any
	for _, d := range merged(deltas) {
		rows = append(rows, realm, int(d.Unit), d.Period, d.Indicator, slot%t.Slots(), d.Value)
	}
	return t.insert(ctx, "counter", "realm, unit_no, period, indicator, slot, value",
		" ON CONFLICT (realm, unit_no, period, indicator, slot) DO UPDATE SET value = counter.value + excluded.value", rows)
}

// A Figure names a sum over a stretch of months.
type Figure struct {
	Unit      org.UnitNo
	Indicator string
}

// Counters returns the sums of indicators over the periods from first to last, both
// included. A figure that nobody counted is absent, which reads as 0.
func (t *Tx) Counters(ctx context.Context, realm int, units []org.UnitNo, first, last int, indicators []string) (map[Figure]int, error) {
	series, err := t.CounterSeries(ctx, realm, units, first, last, indicators)
	if err != nil {
		return nil, err
	}
	out := make(map[Figure]int, len(series))
	for _, d := range series {
		out[Figure{d.Unit, d.Indicator}] += d.Value
	}
	return out, nil
}

// CounterSeries returns the figures of each period from first to last, both included, by
// unit, period and indicator; figures of 0 are left out.
func (t *Tx) CounterSeries(ctx context.Context, realm int, units []org.UnitNo, first, last int, indicators []string) ([]Delta, error) {
	if len(indicators) == 0 {
		return nil, nil
	}
	var out []Delta
	err := inChunks(ints(units), func(part []int) error {
		a := args{realm, first, last}
		rows, err := collect(ctx, t, `SELECT unit_no, period, indicator, SUM(value) FROM counter
			WHERE realm = $1 AND unit_no IN `+in(&a, part)+` AND period >= $2 AND period <= $3 AND indicator IN `+in(&a, indicators)+`
			GROUP BY unit_no, period, indicator HAVING SUM(value) <> 0`, a, scanDelta)
		out = append(out, rows...)
		return err
	})
	slices.SortFunc(out, Delta.compare)
	return out, err
}

func scanDelta(r sqldb.Row) (d Delta, err error) {
	err = r.Scan(&d.Unit, &d.Period, &d.Indicator, &d.Value)
	return d, err
}

// StageTable returns for each of the units how many files of its subtree stand at each
// stage. A unit without files is absent.
func (t *Tx) StageTable(ctx context.Context, realm int, units []org.UnitNo) (map[org.UnitNo]map[string]int, error) {
	out := map[org.UnitNo]map[string]int{}
	err := inChunks(ints(units), func(part []int) error {
		a := args{realm}
		return t.stages(ctx, ` AND unit_no IN `+in(&a, part), a, out)
	})
	return out, err
}

// StageTableOfAll is StageTable for all units of the realm.
func (t *Tx) StageTableOfAll(ctx context.Context, realm int) (map[org.UnitNo]map[string]int, error) {
	out := map[org.UnitNo]map[string]int{}
	return out, t.stages(ctx, "", args{realm}, out)
}

func (t *Tx) stages(ctx context.Context, where string, a args, out map[org.UnitNo]map[string]int) error {
	return t.Query(ctx, `SELECT unit_no, period, indicator, SUM(value) FROM counter
		WHERE realm = $1 AND period = 0`+where+` GROUP BY unit_no, period, indicator`, a, func(r sqldb.Row) error {
		d, err := scanDelta(r)
		if err != nil {
			return err
		}
		stage, isStage := strings.CutPrefix(d.Indicator, stagePrefix)
		if !isStage || d.Value == 0 {
			return nil
		}
		if out[d.Unit] == nil {
			out[d.Unit] = map[string]int{}
		}
		out[d.Unit][stage] = d.Value
		return nil
	})
}

// AllCounters returns every figure of a realm, for the recount.
func (t *Tx) AllCounters(ctx context.Context, realm int) ([]Delta, error) {
	return collect(ctx, t, `SELECT unit_no, period, indicator, SUM(value) FROM counter
		WHERE realm = $1 GROUP BY unit_no, period, indicator HAVING SUM(value) <> 0`, []any{realm}, scanDelta)
}
