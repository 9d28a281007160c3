package app

import (
	"context"
	"runtime"
	"strconv"
	"sync"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A branchWalk gathers, for files that are met unit by unit, what the state machine must
// know of each unit: what stands over it and how many vote there today.
type branchWalk struct {
	today date.Date
	above map[org.UnitNo]branchAbove
	count map[org.UnitNo]map[org.CountKind]int
}

type branchAbove struct {
	over   admission.Over
	counts admission.Counts
}

func newBranchWalk(today date.Date) *branchWalk {
	return &branchWalk{today: today, above: map[org.UnitNo]branchAbove{}, count: map[org.UnitNo]map[org.CountKind]int{}}
}

// at returns what stands over a branch, read once.
func (b *branchWalk) at(ctx context.Context, tx *store.Tx, branch org.UnitNo) (branchAbove, error) {
	if known, ok := b.above[branch]; ok {
		return known, nil
	}
	line, err := tx.LineUnits(ctx, branch)
	if err != nil {
		return branchAbove{}, err
	}
	above := org.AboveOf(line)
	var fresh []org.UnitNo
	for _, no := range []org.UnitNo{branch, above.Base, above.Competent} {
		if _, ok := b.count[no]; !ok {
			fresh = append(fresh, no)
		}
	}
	counts, err := tx.CountsOn(ctx, fresh, b.today)
	if err != nil {
		return branchAbove{}, err
	}
	for _, no := range fresh {
		b.count[no] = counts[no]
	}
	a := branchAbove{over: admission.Over{Sectional: above.Sectional != 0, Base: above.Base != 0}, counts: admission.Counts{
		Branch: b.count[branch][org.OfficialMembers], Base: b.count[above.Base][org.CommitteeMembers], Standing: b.count[above.Competent][org.StandingMembers]}}
	b.above[branch] = a
	return a, nil
}

// in lays a branch into a world.
func (a branchAbove) in(w admission.World) admission.World {
	w.Over, w.Counts = a.over, a.counts
	return w
}

// onAllProcessors calls fn for 0…n-1, at once where there are several processors: the
// rules ask nobody.
func onAllProcessors(n int, fn func(i int)) {
	var group sync.WaitGroup
	part := n/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < n; from += part {
		group.Go(func() {
			for i := from; i < min(from+part, n); i++ {
				fn(i)
			}
		})
	}
	group.Wait()
}

// A Redrawn says how far a redraw came. It goes on from Cursor until Done.
type Redrawn struct {
	Files   int    // open files looked at
	Changed int    // of which days were written anew
	Cursor  string // where the next step begins
	Done    bool
}

// redrawAtOnce is about how many files one transaction of a redraw takes.
const redrawAtOnce = 2000

// Redraw takes one step of drawing anew what lists keep of open files, after rules or
// calendar changed: their next steps, the days by which these are due, and until when
// papers are good. Both values of a day that becomes another one are kept. cursor is that
// of the step before, "" for the first; because names the change. A step is one
// transaction; broken off anywhere, it goes on from the last cursor, and taking a step
// twice changes nothing more.
func (a *App) Redraw(ctx context.Context, who Actor, because, cursor string) (r Redrawn, err error) {
	after := 0
	if cursor != "" {
		if after, err = strconv.Atoi(cursor); err != nil {
			return r, errs.E(errs.Invalid, "list.cursor").Because(err)
		}
	}
	err = a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		r = Redrawn{Cursor: cursor} // the transaction may be done again
		all, err := a.everyFile(ctx, w.Tx, w.Today)
		if err != nil {
			return record{}, err
		}
		book, err := a.rules(ctx, w.Tx)
		if err != nil {
			return record{}, err
		}
		walk, last := newBranchWalk(w.Today), org.UnitNo(after)
		for r.Files < redrawAtOnce && !r.Done {
			files, next, err := w.OpenFilesAfter(ctx, all, last)
			if err != nil {
				return record{}, err
			}
			if r.Done = next == 0; r.Done {
				break
			}
			last = next
			r.Files += len(files)
			n, err := w.redraw(ctx, book, walk, files, because)
			if err != nil {
				return record{}, err
			}
			r.Changed += n
		}
		r.Cursor = strconv.Itoa(int(last))
		return record{object: "rule/redraw", after: map[string]any{"because": because, "files": r.Files, "changed": r.Changed, "cursor": r.Cursor, "done": r.Done}}, nil
	})
	return r, err
}

// RedrawAll takes all steps of a redraw, one transaction each, and returns what was done.
// Where it fails, Cursor is from where another call of Redraw may go on.
func (a *App) RedrawAll(ctx context.Context, who Actor, because string) (Redrawn, error) {
	var sum Redrawn
	for !sum.Done {
		r, err := a.Redraw(ctx, who, because, sum.Cursor)
		if err != nil {
			return sum, err
		}
		sum = Redrawn{Files: sum.Files + r.Files, Changed: sum.Changed + r.Changed, Cursor: r.Cursor, Done: r.Done}
	}
	return sum, nil
}

// AskRedraw has the days of all open files drawn anew by a job.
func (a *App) AskRedraw(ctx context.Context, who Actor, because string) error {
	return a.write(ctx, who, a.ruleOrder(ctx, who), func(w *writing) (record, error) {
		return record{object: "rule/redraw", after: map[string]any{"because": because}}, w.Enqueue(ctx, redrawJob(because))
	})
}

// everyFile is the scope of the system over all files: what it works out of them goes
// back into them, or out as figures only.
func (a *App) everyFile(ctx context.Context, tx *store.Tx, today date.Date) (access.Scope, error) {
	return scope(ctx, tx, System("rule"), today, access.SeeFile)
}

// redraw draws files anew and returns how many became otherwise.
func (w *writing) redraw(ctx context.Context, book *RuleBook, walk *branchWalk, files []store.BranchFile, because string) (int, error) {
	base := book.world(w.Today, w.Today)
	worlds := make([]admission.World, len(files))
	for i, f := range files {
		above, err := walk.at(ctx, w.Tx, f.Row.Unit)
		if err != nil {
			return 0, err
		}
		worlds[i] = above.in(base)
	}
	states := make([]store.FileState, len(files))
	onAllProcessors(len(files), func(i int) { states[i] = stateOf(files[i].File, files[i].Row.Unit, worlds[i]) })
	changed := 0
	var moved []store.DeadlineChange
	for i, f := range files {
		if drawnAs(f.Row, states[i]) {
			continue
		}
		written, err := w.Tx.Redraw(ctx, w.Permit, f.Row, states[i])
		if err != nil {
			return 0, err
		}
		if !written {
			continue
		}
		changed++
		for _, d := range movedDays(f, states[i], worlds[i]) {
			d.Because, d.At = because, w.At
			moved = append(moved, d)
		}
	}
	return changed, w.AddDeadlineChanges(ctx, w.Permit, moved)
}

// drawnAs reports whether a row holds a state already.
func drawnAs(r store.FileRow, s store.FileState) bool {
	return r.CertificateUntil == s.Brief.CertificateUntil && r.PapersUntil == s.Brief.PapersUntil && r.AnswerDue == s.Brief.AnswerDue &&
		r.NextAct == s.Next.Act && r.NextWho == s.Next.Who && r.NextRule == s.Next.Rule && r.NextDue == s.Next.Due &&
		r.Press == store.Pressing{Act: s.Press.Act, Who: s.Press.Who, Rule: s.Press.Rule, Due: s.Press.Due} && r.VoteFrom == s.Vote
}

// movedDays are the days of a file that became others, each rule once.
func movedDays(f store.BranchFile, s store.FileState, w admission.World) []store.DeadlineChange {
	var out []store.DeadlineChange
	seen := map[string]bool{}
	add := func(rule string, was, due date.Date) {
		if was == due || rule == "" || seen[rule] {
			return
		}
		seen[rule] = true
		out = append(out, store.DeadlineChange{File: f.Row.ID, Rule: rule, From: startOf(f, rule, w), WasDue: was, Due: due})
	}
	add("DL-20", f.Row.CertificateUntil, s.Brief.CertificateUntil)
	add("DL-40", f.Row.AnswerDue, s.Brief.AnswerDue)
	if s.Next.Act == f.Row.NextAct {
		add(s.Next.Rule, f.Row.NextDue, s.Next.Due)
	}
	add("DL-30", f.Row.PapersUntil, s.Brief.PapersUntil)
	if s.Press.Rule == f.Row.Press.Rule {
		add(s.Press.Rule, f.Row.Press.Due, s.Press.Due)
	}
	return out
}

// startOf is the day from which a term of the file runs; the day on which the file came
// to its stage where it has no term of that rule.
func startOf(f store.BranchFile, rule string, w admission.World) date.Date {
	for _, d := range f.File.Deadlines(w) {
		if d.Rule == rule {
			return d.From
		}
	}
	if f.File.Since.IsZero() {
		return w.Today
	}
	return f.File.Since
}

// A DeadlineChange is a term of a file that was drawn anew: both of its days.
type DeadlineChange = store.DeadlineChange

// DeadlineChanges returns what became of the days of a file when the regulation or the
// calendar changed, the newest first.
func (a *App) DeadlineChanges(ctx context.Context, who Actor, id string) (out []DeadlineChange, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		out, err = r.Tx.DeadlineChanges(ctx, r.Scope, id)
		return err
	})
	return out, err
}
