package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A Rehearsal is what a change of the regulation would do to the open files that the
// actor answers for: exact counts by rule and unit, and the first of the files.
type Rehearsal struct {
	Change   RuleChange
	State    RehearsalState
	Today    date.Date // the day on which the files were looked at
	Book     RuleBook  // as it is now
	Files    int       // open files looked at
	Affected int       // of which something would be otherwise
	Late     int       // of which a term would be overdue that is not now
	Rules    []RehearsalRule
	Units    []RehearsalUnit
	Rows     []RehearsalRow // the first, in the order of units
	Whole    bool           // the whole installation was looked at
	Manages  bool           // the actor may bring the change into force

	// Of a rehearsal that a job takes, as far as it has come in the whole installation.
	Looked, Total int
	Begun, Ended  date.Instant // zero where there is none, and Ended before its end
	Stopped       bool         // it has not come on for a while
	Outdated      bool         // the regulation became another one since
}

// A RehearsalState says whether the counts of a rehearsal are all there.
type RehearsalState string

// States of a rehearsal.
const (
	RehearsalDone    RehearsalState = "done"
	RehearsalRunning RehearsalState = "running"
	RehearsalNone    RehearsalState = "none" // of a draft that nobody tried yet
)

// A RehearsalRule counts the files that a rule speaks of otherwise.
type RehearsalRule struct {
	Rule  string
	Files int
}

// A RehearsalUnit counts the files of a branch that differ.
type RehearsalUnit struct {
	Unit  org.Unit
	Files int
}

// A RehearsalRow is a file that differs. Who sees no candidates gets neither id nor name.
type RehearsalRow struct {
	ID          string
	Name        string
	Unit        org.UnitNo
	UnitName    string
	Stage       admission.Stage
	Differences []admission.Difference
}

const (
	// maxRehearsal is how many files a rehearsal shows; counts are of all.
	maxRehearsal = 200
	// rehearsedOfUnit is how many files of each unit are kept beyond these, so that who
	// answers for a part sees examples of its own.
	rehearsedOfUnit = 3
	// usualAtOnce is how many open files are looked at within one request or one step.
	usualAtOnce = 2000
	// rehearsalStops is after how long without a step a rehearsal is said to stand still.
	rehearsalStops = 2 * time.Minute
)

// Rehearse tells what a draft would do to open files: what is due when, what is late and
// what the rules would say, before and after. Who manages the regulation sees the whole
// installation, without its people unless they are his to see; who sees files, those. A
// few files are looked at here and now; of many it tells what the job has counted so far.
// It writes nothing. It fails with NotFound where there is no draft.
func (a *App) Rehearse(ctx context.Context, who Actor, id string) (p Rehearsal, err error) {
	err = a.read(ctx, who, ruleReader, func(r *reading) error {
		if p.Change, err = r.Tx.RuleChange(ctx, id); err != nil {
			return err
		}
		seen, err := r.scopeFor(ctx, access.SeeFile)
		if err != nil {
			return err
		}
		p.Today, p.Manages = r.Today, r.managesRules()
		if !p.Manages && seen.Empty() || p.Change.State != store.RuleDraft && !p.Manages {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		book, err := a.rules(ctx, r.Tx)
		if err != nil {
			return err
		}
		p.Book = *book
		if p.Change.State != store.RuleDraft {
			return nil
		}
		all := seen
		if p.Manages {
			if all, err = a.everyFile(ctx, r.Tx, r.Today); err != nil {
				return err
			}
			p.Whole = true
		}
		open, err := r.CountOpenFiles(ctx, all)
		if err != nil {
			return err
		}
		if open <= a.atOnce {
			return r.rehearseNow(ctx, &p, book, all, seen)
		}
		return a.rehearsedSoFar(ctx, r, &p, all, seen)
	})
	return p, err
}

// rehearseNow looks at the files of all within this reading.
func (r *reading) rehearseNow(ctx context.Context, p *Rehearsal, book *RuleBook, all, seen access.Scope) error {
	h, err := newRehearser(book, p.Change, p.Today)
	if err != nil {
		return err
	}
	p.State = RehearsalDone
	var whole store.RehearsalStep
	for !whole.Done {
		s, err := h.portion(ctx, r.Tx, all, whole.Next, len(whole.Rows), usualAtOnce)
		if err != nil {
			return err
		}
		whole = store.RehearsalStep{Next: s.Next, Done: s.Done, Units: append(whole.Units, s.Units...),
			Rules: append(whole.Rules, s.Rules...), Rows: append(whole.Rows, s.Rows...)}
	}
	return r.fillRehearsal(ctx, p, whole, seen)
}

// rehearsedSoFar reads what the job has counted of the files of all.
func (a *App) rehearsedSoFar(ctx context.Context, r *reading, p *Rehearsal, all, seen access.Scope) error {
	kept, found, err := r.Tx.Rehearsal(ctx, p.Change.ID)
	if err != nil {
		return err
	}
	if p.State = RehearsalNone; !found {
		return nil
	}
	p.Today, p.Looked, p.Total, p.Begun, p.Outdated = kept.On, kept.Looked, max(kept.Total, kept.Looked), kept.Begun, kept.Book != p.Book.version
	if p.State = RehearsalRunning; kept.Done {
		p.State, p.Ended = RehearsalDone, kept.Stepped
	}
	p.Stopped = !kept.Done && a.now().Time().Sub(kept.Stepped.Time()) > rehearsalStops
	var s store.RehearsalStep
	if s.Units, err = r.RehearsalUnits(ctx, all, p.Change.ID); err != nil {
		return err
	}
	if s.Rules, err = r.RehearsalRules(ctx, all, p.Change.ID); err != nil {
		return err
	}
	if s.Rows, err = r.RehearsalRows(ctx, all, p.Change.ID, maxRehearsal); err != nil {
		return err
	}
	return r.fillRehearsal(ctx, p, s, seen)
}

// fillRehearsal adds up what was counted, the most touched first, and shows the first
// files as the actor may see them.
func (r *reading) fillRehearsal(ctx context.Context, p *Rehearsal, s store.RehearsalStep, seen access.Scope) error {
	rules, affected := map[string]int{}, map[org.UnitNo]int{}
	var nos []org.UnitNo
	for _, u := range s.Units {
		p.Files, p.Affected, p.Late = p.Files+u.Files, p.Affected+u.Affected, p.Late+u.Late
		if u.Affected > 0 {
			nos, affected[u.Unit] = append(nos, u.Unit), u.Affected
		}
	}
	for _, c := range s.Rules {
		rules[c.Rule] += c.Files
	}
	for id, n := range rules {
		p.Rules = append(p.Rules, RehearsalRule{Rule: id, Files: n})
	}
	slices.SortFunc(p.Rules, func(x, y RehearsalRule) int { return cmp.Or(y.Files-x.Files, cmp.Compare(x.Rule, y.Rule)) })
	units, err := r.UnitsByNo(ctx, nos)
	if err != nil {
		return err
	}
	for _, u := range units {
		p.Units = append(p.Units, RehearsalUnit{Unit: u, Files: affected[u.No]})
	}
	slices.SortFunc(p.Units, func(x, y RehearsalUnit) int {
		return cmp.Or(y.Files-x.Files, cmp.Compare(string(x.Unit.Code), string(y.Unit.Code)))
	})
	for _, row := range s.Rows[:min(len(s.Rows), maxRehearsal)] {
		shown, err := r.rehearsalRow(ctx, row, seen)
		if err != nil {
			return err
		}
		p.Rows = append(p.Rows, shown)
	}
	return nil
}

// rehearsalRow is a file as the actor may see it.
func (r *reading) rehearsalRow(ctx context.Context, f store.RehearsalRow, seen access.Scope) (RehearsalRow, error) {
	row := RehearsalRow{Unit: f.Unit, UnitName: f.UnitName, Stage: f.Stage}
	if err := json.Unmarshal([]byte(f.Detail), &row.Differences); err != nil {
		return row, fmt.Errorf("rehearsal of file %s: %w", f.File, err)
	}
	if seen.Empty() || f.Name == "" {
		return row, nil
	}
	line, err := r.Line(ctx, f.Unit)
	if err == nil && seen.Covers(line) {
		row.ID, row.Name = f.File, f.Name
	}
	return row, err
}

// A rehearser compares open files before a change and after it.
type rehearser struct {
	before, after admission.World
	walk          *branchWalk
}

func newRehearser(book *RuleBook, c RuleChange, day date.Date) (*rehearser, error) {
	then, err := book.with(c)
	if err != nil {
		return nil, err
	}
	return &rehearser{before: book.world(day, day), after: then.world(day, day), walk: newBranchWalk(day)}, nil
}

// portion looks at the files of all behind a unit, about atOnce of them, so that memory
// holds few at a time. kept is how many rows the portions before have kept.
func (h *rehearser) portion(ctx context.Context, tx *store.Tx, all access.Scope, last org.UnitNo, kept, atOnce int) (store.RehearsalStep, error) {
	s := store.RehearsalStep{Next: last}
	for s.Files < atOnce && !s.Done {
		files, next, err := tx.OpenFilesAfter(ctx, all, s.Next)
		if err != nil {
			return s, err
		}
		if s.Done = next == 0; s.Done {
			break
		}
		s.Next = next
		slices.SortFunc(files, func(x, y store.BranchFile) int {
			return cmp.Or(cmp.Compare(x.Row.Unit, y.Row.Unit), cmp.Compare(x.Row.ID, y.Row.ID))
		})
		if err := h.compare(ctx, tx, files, kept, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}

// compare adds files, which are in the order of units, to a step.
func (h *rehearser) compare(ctx context.Context, tx *store.Tx, files []store.BranchFile, kept int, s *store.RehearsalStep) error {
	over := make([]branchAbove, len(files))
	for i, f := range files {
		var err error
		if over[i], err = h.walk.at(ctx, tx, f.Row.Unit); err != nil {
			return err
		}
	}
	found := make([][]admission.Difference, len(files))
	onAllProcessors(len(files), func(i int) {
		found[i] = admission.Compare(files[i].File, over[i].in(h.before), over[i].in(h.after))
	})
	s.Files += len(files)
	rules, first := map[string]int{}, len(s.Rows)
	for i, f := range files {
		if i == 0 || files[i-1].Row.Unit != f.Row.Unit {
			s.Units = append(s.Units, store.RehearsalUnit{Unit: f.Row.Unit})
			rules, first = map[string]int{}, len(s.Rows)
		}
		unit := &s.Units[len(s.Units)-1]
		unit.Files++
		if len(found[i]) > 0 {
			countDifferences(unit, rules, found[i])
			if kept+len(s.Rows) < maxRehearsal || len(s.Rows)-first < rehearsedOfUnit {
				detail, err := json.Marshal(found[i])
				if err != nil {
					return fmt.Errorf("rehearsal of file %s: %w", f.Row.ID, err)
				}
				s.Rows = append(s.Rows, store.RehearsalRow{File: f.Row.ID, Unit: f.Row.Unit, Stage: f.Row.Stage, Detail: string(detail),
					Name: f.Row.Name, UnitName: f.Row.UnitName})
			}
		}
		if i+1 == len(files) || files[i+1].Row.Unit != f.Row.Unit {
			for id, n := range rules {
				s.Rules = append(s.Rules, store.RehearsalRule{Unit: f.Row.Unit, Rule: id, Files: n})
			}
		}
	}
	return nil
}

// countDifferences counts one file that differs.
func countDifferences(unit *store.RehearsalUnit, rules map[string]int, found []admission.Difference) {
	unit.Affected++
	once, late := map[string]bool{}, false
	for _, d := range found {
		once[d.Rule] = true
		late = late || d.Late && !d.WasLate
	}
	for id := range once {
		rules[id]++
	}
	if late {
		unit.Late++
	}
}
