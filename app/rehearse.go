package app

import (
	"cmp"
	"context"
	"slices"

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
	Today    date.Date
	Book     RuleBook // as it is now
	Files    int      // open files looked at
	Affected int      // of which something would be otherwise
	Late     int      // of which a term would be overdue that is not now
	Rules    []RehearsalRule
	Units    []RehearsalUnit
	Rows     []RehearsalRow // the first, in the order of units
	Whole    bool           // the whole installation was looked at
	Manages  bool           // the actor may bring the change into force
}

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

// maxRehearsal is how many files a rehearsal shows; counts are of all.
const maxRehearsal = 200

// Rehearse plays a draft over all open files: what is due when, what is late and what the
// rules would say today, before and after. Who manages the regulation sees the whole
// installation, without its people unless they are his to see; who sees files, those. It
// writes nothing. It fails with NotFound where there is no draft.
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
		then, err := book.with(p.Change)
		if err != nil {
			return err
		}
		all := seen
		if p.Manages {
			if all, err = a.everyFile(ctx, r.Tx, r.Today); err != nil {
				return err
			}
			p.Whole = true
		}
		return newRehearser(&p, book, then).play(ctx, r, all, seen)
	})
	return p, err
}

// A rehearser walks over open files and adds up how they differ.
type rehearser struct {
	out           *Rehearsal
	before, after admission.World
	walk          *branchWalk
	rules         map[string]int
	units         map[org.UnitNo]int
}

func newRehearser(out *Rehearsal, book, then *RuleBook) *rehearser {
	return &rehearser{out: out, before: book.world(out.Today, out.Today), after: then.world(out.Today, out.Today),
		walk: newBranchWalk(out.Today), rules: map[string]int{}, units: map[org.UnitNo]int{}}
}

// play takes the files of all in portions, so that memory holds one portion at a time.
func (p *rehearser) play(ctx context.Context, r *reading, all, seen access.Scope) error {
	for last, done := org.UnitNo(0), false; !done; {
		files, next, err := r.OpenFilesAfter(ctx, all, last)
		if err != nil {
			return err
		}
		last, done = next, next == 0
		if err := p.compare(ctx, r, files, seen); err != nil {
			return err
		}
	}
	return p.close(ctx, r)
}

func (p *rehearser) compare(ctx context.Context, r *reading, files []store.BranchFile, seen access.Scope) error {
	over := make([]branchAbove, len(files))
	for i, f := range files {
		var err error
		if over[i], err = p.walk.at(ctx, r.Tx, f.Row.Unit); err != nil {
			return err
		}
	}
	found := make([][]admission.Difference, len(files))
	onAllProcessors(len(files), func(i int) {
		found[i] = admission.Compare(files[i].File, over[i].in(p.before), over[i].in(p.after))
	})
	p.out.Files += len(files)
	for i, f := range files {
		if len(found[i]) == 0 {
			continue
		}
		p.count(f.Row.Unit, found[i])
		if len(p.out.Rows) < maxRehearsal {
			row, err := rehearsalRow(ctx, r, f, seen)
			if err != nil {
				return err
			}
			row.Differences = found[i]
			p.out.Rows = append(p.out.Rows, row)
		}
	}
	return nil
}

func (p *rehearser) count(unit org.UnitNo, found []admission.Difference) {
	p.out.Affected++
	p.units[unit]++
	rules, late := map[string]bool{}, false
	for _, d := range found {
		rules[d.Rule] = true
		late = late || d.Late && !d.WasLate
	}
	for id := range rules {
		p.rules[id]++
	}
	if late {
		p.out.Late++
	}
}

// rehearsalRow is a file as the actor may see it.
func rehearsalRow(ctx context.Context, r *reading, f store.BranchFile, seen access.Scope) (RehearsalRow, error) {
	row := RehearsalRow{Unit: f.Row.Unit, UnitName: f.Row.UnitName, Stage: f.Row.Stage}
	if seen.Empty() {
		return row, nil
	}
	line, err := r.Line(ctx, f.Row.Unit)
	if err == nil && seen.Covers(line) {
		row.ID, row.Name = f.Row.ID, f.Row.Name
	}
	return row, err
}

// close sorts what was counted: the most touched first.
func (p *rehearser) close(ctx context.Context, r *reading) error {
	for id, n := range p.rules {
		p.out.Rules = append(p.out.Rules, RehearsalRule{Rule: id, Files: n})
	}
	slices.SortFunc(p.out.Rules, func(x, y RehearsalRule) int { return cmp.Or(y.Files-x.Files, cmp.Compare(x.Rule, y.Rule)) })
	nos := make([]org.UnitNo, 0, len(p.units))
	for no := range p.units {
		nos = append(nos, no)
	}
	slices.Sort(nos)
	units, err := r.UnitsByNo(ctx, nos)
	for _, u := range units {
		p.out.Units = append(p.out.Units, RehearsalUnit{Unit: u, Files: p.units[u.No]})
	}
	slices.SortFunc(p.out.Units, func(x, y RehearsalUnit) int {
		return cmp.Or(y.Files-x.Files, cmp.Compare(string(x.Unit.Code), string(y.Unit.Code)))
	})
	return err
}
