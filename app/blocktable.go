package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

// A TableRow is one unit of the table of a committee. Figures that nobody recorded are nil.
type TableRow struct {
	ForecastLine
	Members *int
	Youth   *int
	Stages  map[admission.Stage]int
	Source  int // files that count as source today
	Next    date.Date
	Class   *int      // on the list of an awareness class; nil where no class was ever entered
	Session date.Date // the last gathering or working session; none where none is recorded
	Pinned  bool
}

// At adds up the files at some stages.
func (r TableRow) At(stages ...admission.Stage) int {
	n := 0
	for _, s := range stages {
		n += r.Stages[s]
	}
	return n
}

// A TableState is what a rule says of a unit in the table; "" where none says anything.
type TableState string

// States of a unit in the table.
const (
	TableBehind TableState = "behind" // with what is to be expected it misses its plan (EVAL-20)
	TableIdle   TableState = "idle"   // has source and proposed nobody this year (TGT-28, MON-05)
	TableNone   TableState = "none"   // has no source
)

// proposed are the stages of files on which a branch has resolved.
var proposed = []admission.Stage{admission.BranchResolved, admission.Appraised, admission.BaseResolved, admission.Decided}

// State says what a rule says of the unit, the heaviest first.
func (r TableRow) State() TableState {
	switch onTrack := r.OnTrack(); {
	case r.Source > 0 && r.Admitted == 0 && r.At(proposed...) == 0 && (r.Plan == nil || *r.Plan > 0):
		return TableIdle
	case onTrack != nil && !*onTrack:
		return TableBehind
	case r.Source == 0 && r.At(admission.Outstanding) == 0:
		return TableNone
	}
	return ""
}

// A BlockTable is the table of a committee: a row for each unit directly below.
type BlockTable struct {
	Unit   org.Unit
	Line   []org.Unit
	Year   int
	Today  date.Date
	Event  target.Event
	Rows   []TableRow
	Total  TableRow // the committee's own figures, its whole subtree
	MaySee bool     // the actor may see the people behind the figures
}

// BlockTable returns the table of a unit's children for a year. It asks the store a fixed
// number of questions, however many they are.
func (a *App) BlockTable(ctx context.Context, who Actor, unit string, year int) (t BlockTable, err error) {
	if year < 2017 || year > 2049 {
		return t, errs.E(errs.NotFound, "forecast.year")
	}
	err = a.read(ctx, who, access.SeeFigures, func(r *reading) error {
		t = BlockTable{Year: year, Today: r.Today}
		if t.Unit, err = r.partyUnit(ctx, unit); err != nil {
			return err
		}
		if t.Line, err = r.LineUnits(ctx, t.Unit.No); err != nil {
			return err
		}
		people, err := r.scopeFor(ctx, access.SeeFile)
		if err != nil {
			return err
		}
		t.MaySee = people.Covers(numbers(t.Line))
		children, err := r.partyChildren(ctx, t.Unit)
		if err != nil {
			return err
		}
		return a.fillTable(ctx, r, &t, append([]org.Unit{t.Unit}, children...))
	})
	return t, err
}

// fillTable makes the rows; the unit itself comes first of all.
func (a *App) fillTable(ctx context.Context, r *reading, t *BlockTable, units []org.Unit) error {
	fc, err := a.forecasting(ctx, r, t.Year, r.Today)
	if err != nil {
		return err
	}
	t.Event = fc.Event
	tallies, marks, err := a.tallies(ctx, r, fc, t.Unit, numbers(t.Line))
	if err != nil {
		return err
	}
	lines, err := a.forecastLines(ctx, r, fc, units, tallies, nil)
	if err != nil {
		return err
	}
	rows := make([]TableRow, len(units))
	for i, l := range lines {
		rows[i].ForecastLine = l
	}
	for _, fill := range []func(context.Context, *reading, []TableRow) error{fillStages, fillCounts, fillPins} {
		if err := fill(ctx, r, rows); err != nil {
			return err
		}
	}
	if err := fillDuties(ctx, r, rows, marks); err != nil {
		return err
	}
	for i := range rows {
		for stage, n := range rows[i].Stages {
			if source.Counts(stage, t.Event) {
				rows[i].Source += n
			}
		}
	}
	t.Total, t.Rows = rows[0], rows[1:]
	return nil
}

func unitsOfRows(rows []TableRow) []org.UnitNo {
	out := make([]org.UnitNo, len(rows))
	for i, r := range rows {
		out[i] = r.Unit.No
	}
	return out
}

func fillStages(ctx context.Context, r *reading, rows []TableRow) error {
	table, err := r.StageTable(ctx, store.Realm, unitsOfRows(rows))
	for i := range rows {
		rows[i].Stages = map[admission.Stage]int{}
		for stage, n := range table[rows[i].Unit.No] {
			rows[i].Stages[admission.Stage(stage)] = n
		}
	}
	return err
}

// fillCounts takes the head counts that were recorded of each unit itself.
func fillCounts(ctx context.Context, r *reading, rows []TableRow) error {
	counts, err := r.CountsOn(ctx, unitsOfRows(rows), r.Today)
	for i := range rows {
		of := counts[rows[i].Unit.No]
		if n, ok := of[org.Members]; ok {
			rows[i].Members = &n
		}
		if n, ok := of[org.Youth]; ok {
			rows[i].Youth = &n
		}
	}
	return err
}

// fillDuties finds of each unit the duty that is due first in its subtree, who is in a
// class and when there was a session last.
func fillDuties(ctx context.Context, r *reading, rows []TableRow, marks map[org.UnitNo]store.BranchMark) error {
	owners, err := r.Owners(ctx, unitsOfRows(rows[1:]))
	if err != nil {
		return err
	}
	learners, recorded, err := r.ClassCounts(ctx, rows[0].Unit.No)
	if err != nil {
		return err
	}
	sessions, err := r.Tx.LastSessions(ctx, rows[0].Unit.No, r.Today)
	if err != nil {
		return err
	}
	at := map[org.UnitNo]int{}
	for i := range rows {
		at[rows[i].Unit.No] = i
		if recorded {
			rows[i].Class = new(int)
		}
	}
	each := func(no org.UnitNo, fn func(*TableRow)) {
		fn(&rows[0])
		if i, ok := at[owners[no]]; ok && i > 0 {
			fn(&rows[i])
		}
	}
	for branch, m := range marks {
		if !m.Duty.IsZero() {
			each(branch, func(r *TableRow) { r.Next = sooner(r.Next, m.Duty) })
		}
	}
	for no, n := range learners {
		each(no, func(r *TableRow) { *r.Class += n })
	}
	for no, day := range sessions {
		each(no, func(r *TableRow) {
			if day.After(r.Session) {
				r.Session = day
			}
		})
	}
	return nil
}

func sooner(a, b date.Date) date.Date {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

func fillPins(ctx context.Context, r *reading, rows []TableRow) error {
	pins, err := r.Pins(ctx, r.who.ID)
	for i := range rows {
		rows[i].Pinned = pins[rows[i].Unit.No]
	}
	return err
}

// PinUnit keeps a unit at the top of the actor's table, or lets it go again.
func (a *App) PinUnit(ctx context.Context, who Actor, unit string, on bool) error {
	return a.write(ctx, who, atCode(ctx, access.SeeFigures, access.SeeFigures, unit), func(w *writing) (record, error) {
		return record{object: "table/pin", after: map[string]any{"unit": unit, "pinned": on}}, w.Pin(ctx, who.ID, w.Permit.Unit(), on)
	})
}
