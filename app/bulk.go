package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"sync"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// A History is a person with the acts of the past, to be loaded as they happened.
type History struct {
	Name  person.Name
	Birth date.Date
	Sex   person.Sex
	Unit  org.UnitNo
	Acts  []admission.Act // without ids; recorded in this order
}

// A HistoryError says which of the loaded people a rule refused, at which act.
type HistoryError struct {
	Row      int
	Act      admission.Code
	Findings []rule.Finding
}

// Error names the row and what the first rule said.
func (e *HistoryError) Error() string {
	return fmt.Sprintf("row %d: %s: %s (%s)", e.Row, e.Act, e.Findings[0].Message, e.Findings[0].Rule)
}

// LoadHistories writes many people with their histories under one unit, each act judged
// as if it had been recorded on its day. All or nothing: the first refusal ends it. The
// audit keeps one row, with the hash of all that was loaded.
func (a *App) LoadHistories(ctx context.Context, who Actor, under org.UnitNo, people []History) error {
	return a.write(ctx, who, at(access.OpenFile, access.SeeFile, under), func(w *writing) (record, error) {
		l, err := newLoader(ctx, a, w)
		if err != nil {
			return record{}, err
		}
		files, err := l.judge(ctx, people)
		if err != nil {
			return record{}, err
		}
		sum := sha256.New()
		for _, b := range files {
			fmt.Fprintf(sum, "%s %d %s\n", b.File.ID, len(b.File.Acts), b.File.Stage)
		}
		if err := w.BulkFiles(ctx, w.Permit, files, w.At); err != nil {
			return record{}, err
		}
		if err := w.AddCounters(ctx, store.Realm, l.deltas(), 0); err != nil {
			return record{}, err
		}
		return record{object: "load", after: map[string]any{"files": len(files), "hash": hex.EncodeToString(sum.Sum(nil))}}, nil
	})
}

// loader keeps what many people share: the regulation, and of each branch its line and its
// counts of all days, so that no act asks the store.
type loader struct {
	w        *writing
	book     *RuleBook
	branches map[org.UnitNo]*branchWorld
	counts   map[org.UnitNo][]store.CountRow
	figures  map[store.Delta]int // by a delta without its value
}

type branchWorld struct {
	world admission.World
	code  string
	line  []org.UnitNo
	text  string
	above org.Above
}

func newLoader(ctx context.Context, a *App, w *writing) (*loader, error) {
	l := &loader{w: w, branches: map[org.UnitNo]*branchWorld{}, counts: map[org.UnitNo][]store.CountRow{}, figures: map[store.Delta]int{}}
	var err error
	l.book, err = a.rules(ctx, w.Tx)
	return l, err
}

func (l *loader) branch(ctx context.Context, unit org.UnitNo) (*branchWorld, error) {
	if b, ok := l.branches[unit]; ok {
		return b, nil
	}
	line, err := l.w.LineUnits(ctx, unit)
	if err != nil {
		return nil, err
	}
	if !line[0].Type.IsBranch() {
		return nil, errs.E(errs.Invalid, "file.unit_no_branch", "unit", line[0].Name)
	}
	b := &branchWorld{code: string(line[0].Code), line: numbers(line), above: org.AboveOf(line)}
	b.text = lineText(b.line)
	if err := l.readCounts(ctx, unit, b.above.Base, b.above.Competent); err != nil {
		return nil, err
	}
	b.world = l.book.world(l.w.Today, l.w.Today)
	b.world.Over = admission.Over{Sectional: b.above.Sectional != 0, Base: b.above.Base != 0}
	b.world.Closed, b.world.NoCompetent = line[0].ClosedOn, b.above.Competent == 0
	b.world.Counts = l.countsOn(unit, b, l.w.Today)
	l.branches[unit] = b
	return b, nil
}

// readCounts reads the counts of units that are not known yet.
func (l *loader) readCounts(ctx context.Context, units ...org.UnitNo) error {
	var fresh []org.UnitNo
	for _, u := range units {
		if _, known := l.counts[u]; !known && u != 0 {
			fresh = append(fresh, u)
			l.counts[u] = nil
		}
	}
	rows, err := l.w.CountHistory(ctx, fresh)
	for _, r := range rows {
		l.counts[r.Unit] = append(l.counts[r.Unit], r)
	}
	return err
}

func (l *loader) countsOn(unit org.UnitNo, b *branchWorld, day date.Date) admission.Counts {
	return admission.Counts{Branch: countOn(l.counts[unit], org.OfficialMembers, day),
		Base: countOn(l.counts[b.above.Base], org.CommitteeMembers, day), Standing: countOn(l.counts[b.above.Competent], org.StandingMembers, day)}
}

// countOn returns the last figure that began by a day; rows are the earliest first.
func countOn(rows []store.CountRow, kind org.CountKind, day date.Date) int {
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Kind == kind && !rows[i].From.After(day) {
			return rows[i].Value
		}
	}
	return 0
}

// judge draws the files of all people, on all processors: rules ask nobody. Of several
// refusals the first row's is returned.
func (l *loader) judge(ctx context.Context, people []History) ([]store.BulkFile, error) {
	for _, h := range people {
		if _, err := l.branch(ctx, h.Unit); err != nil {
			return nil, err
		}
	}
	files, refused := make([]store.BulkFile, len(people)), make([]error, len(people))
	ids := newIDs(people)
	var group sync.WaitGroup
	part := len(people)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(people); from += part {
		group.Go(func() {
			for i := from; i < min(from+part, len(people)); i++ {
				files[i], refused[i] = l.history(i, people[i], ids[i])
			}
		})
	}
	group.Wait()
	for i, err := range refused {
		if err != nil {
			return nil, err
		}
		l.count(l.branches[people[i].Unit], files[i].File)
	}
	return files, nil
}

// newIDs makes the ids of files and their acts beforehand, in the order of the rows:
// keys that grow are written faster.
func newIDs(people []History) [][]string {
	out := make([][]string, len(people))
	for i, h := range people {
		out[i] = make([]string, 1+len(h.Acts))
		for k := range out[i] {
			out[i][k] = newID()
		}
	}
	return out
}

var noTransfer = rule.Finding{Rule: "ADM-114", Cite: "QĐ 24-QĐ/TW, 3.3", Severity: rule.Block,
	Message: "Không nạp được việc chuyển đơn vị; ghi việc này sau khi nạp."}

// history draws one file; ids are its own and those of its acts.
func (l *loader) history(row int, h History, ids []string) (store.BulkFile, error) {
	b := l.branches[h.Unit]
	f := admission.Replay(admission.File{ID: ids[0], Unit: b.code, Name: h.Name.Full(), Birth: h.Birth, Sex: string(h.Sex), Version: 1})
	w := b.world
	for i, act := range h.Acts {
		w.Counts, w.Decided = l.countsOn(h.Unit, b, act.On), l.book.Decisions.On(act.On)
		if act.Code == admission.Transfer { // its receiving unit lies outside what is loaded
			return store.BulkFile{}, &HistoryError{Row: row, Act: act.Code, Findings: []rule.Finding{noTransfer}}
		}
		if act.Code == admission.Void { // a void names the act before it, whose id is only known here
			last, _ := f.LastAct()
			act.ActID = last.ID
		}
		act.ID, act.Actor, act.ActorName, act.Recorded, act.Line = ids[i+1], l.w.who.ID, l.w.who.Name, l.w.At, b.text
		next, _, findings := admission.Advance(f, act, w)
		if rule.Blocked(findings) {
			return store.BulkFile{}, &HistoryError{Row: row, Act: act.Code, Findings: findings}
		}
		f = next
	}
	return store.BulkFile{File: f, Name: h.Name, State: stateOf(f, h.Unit, b.world)}, nil
}

// count adds a file to the figures of all units of its line.
func (l *loader) count(b *branchWorld, f admission.File) {
	for _, u := range b.line {
		l.figures[store.Delta{Unit: u, Period: store.Now, Indicator: store.StageIndicator(f.Stage)}]++
	}
	for _, d := range eventsOf(f, 1) {
		n := d.Value
		d.Value = 0
		l.figures[d] += n
	}
}

func (l *loader) deltas() []store.Delta {
	out := make([]store.Delta, 0, len(l.figures))
	for d, n := range l.figures {
		d.Value = n
		out = append(out, d)
	}
	return out
}
