package app

import (
	"context"
	"sync"
	"time"

	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/target"
)

// A tallyMemo keeps the figures of branches that were worked out, so that of a province
// only those are worked out anew whose files have changed. It is right as long as the mark
// of a branch stands; what no mark shows, such as usual times drawn anew, comes through
// when an entry is tallyFresh old.
type tallyMemo struct {
	mu   sync.Mutex
	kept map[tallyKey]map[org.UnitNo]tallyEntry
}

// tallyFresh is how long a figure is kept at most, tallyKinds for how many kinds.
const (
	tallyFresh = 5 * time.Minute
	tallyKinds = 8
)

// A tallyKey is what figures of all branches hang on.
type tallyKey struct {
	year  int
	today date.Date
	event target.Event
	rules string
}

type tallyEntry struct {
	mark  store.BranchMark
	at    time.Time
	tally target.Tally
}

// find returns the figures that still hold, and the branches of which there are none.
func (m *tallyMemo) find(key tallyKey, marks map[org.UnitNo]store.BranchMark, now time.Time) (map[org.UnitNo]target.Tally, []org.UnitNo) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out, kept := make(map[org.UnitNo]target.Tally, len(marks)), m.kept[key]
	var stale []org.UnitNo
	for no, mark := range marks {
		if e, ok := kept[no]; ok && e.mark == mark && now.Sub(e.at) < tallyFresh {
			out[no] = e.tally
			continue
		}
		stale = append(stale, no)
	}
	return out, stale
}

func (m *tallyMemo) keep(key tallyKey, units []org.UnitNo, marks map[org.UnitNo]store.BranchMark, tallies map[org.UnitNo]target.Tally, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || m.kept[key] == nil && len(m.kept) >= tallyKinds {
		m.kept = map[tallyKey]map[org.UnitNo]tallyEntry{}
	}
	if m.kept[key] == nil {
		m.kept[key] = map[org.UnitNo]tallyEntry{}
	}
	for _, no := range units {
		m.kept[key][no] = tallyEntry{mark: marks[no], at: now, tally: tallies[no]}
	}
}

// fewStale is up to how many branches are read one by one; of more the whole subtree is.
const fewStale = 300

// tallies adds up today's open files of a subtree by branch. One walk over an index tells
// which branches have changed since they were added up last; only those are read.
func (a *App) tallies(ctx context.Context, r *reading, fc *forecasting, unit org.Unit, line []org.UnitNo) (map[org.UnitNo]target.Tally, map[org.UnitNo]store.BranchMark, error) {
	marks, err := r.BranchMarks(ctx, r.Scope, unit.No)
	if err != nil {
		return nil, nil, err
	}
	key := tallyKey{year: fc.year, today: fc.Today, event: fc.Event, rules: fc.book.version}
	now := a.clock()
	out, stale := a.tallied.find(key, marks, now)
	if len(stale) == 0 {
		return out, marks, nil
	}
	rows, err := a.staleRows(ctx, r, fc, unit, line, stale)
	if err != nil {
		return nil, nil, err
	}
	fresh := map[org.UnitNo]target.Tally{}
	for _, row := range rows {
		t := fresh[row.Unit]
		t.Add(row.Candidate, fc.outlook(row.Unit, row.Candidate), fc.end)
		fresh[row.Unit] = t
	}
	for _, no := range stale {
		out[no] = fresh[no]
	}
	a.tallied.keep(key, stale, marks, fresh, now)
	return out, marks, nil
}

// staleRows reads the open files of some branches of a subtree, and what stands over them.
func (a *App) staleRows(ctx context.Context, r *reading, fc *forecasting, unit org.Unit, line []org.UnitNo, stale []org.UnitNo) ([]store.ForecastRow, error) {
	inside, ok := store.Inside(r.Scope, unit, line)
	if !ok || len(stale) > fewStale {
		if err := a.knowSubtree(ctx, r, fc, unit.No); err != nil {
			return nil, err
		}
		return r.ForecastRows(ctx, r.Scope, unit.No, fc.stages())
	}
	if err := a.knowUnits(ctx, r, fc, stale); err != nil {
		return nil, err
	}
	return r.ForecastRowsOf(ctx, inside, stale, fc.stages())
}
