package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/watch"
)

// An IdleRow is a file, or the list of a whole unit, that stands still: why, since when,
// whose turn it is, and who set it aside.
type IdleRow struct {
	StuckFile            // with no ID for the list of a unit
	Idle      []IdleNote // beside the reason of the contract, Reason, which may be none
	Files     int        // of the list of a unit
	Silence   *store.Silence
	MayHush   bool // the actor may set it aside
	MayNote   bool // the actor may enter what the helper said

	unit    org.UnitNo
	version int
}

// An IdleNote is a reason for standing still, with the days it speaks of.
type IdleNote struct {
	Reason watch.IdleReason
	Since  date.Date // from when it stands still; of certificates the last good day
	Vote   date.Date // of certificates: the earliest day of a vote
}

// Ready reports whether a complete file waits for nothing but the branch's vote.
func (r IdleRow) Ready() bool { return r.Stage == admission.Ready && r.Reason != "" }

// An IdlePage is what stands still in a unit's subtree today.
type IdlePage struct {
	StuckPage              // the stuck files of the contract, silenced or not
	Rows         []IdleRow // complete files first, then who has waited longest
	HelperMonths int
	AnswerDays   int // DL-40
}

// Idle lists what stands still in a unit's subtree: the stuck files of the contract, as
// Stuck counts them, and what only advises: people introduced long ago, certificates that
// end too soon, silent helpers, lists without movement. On a past day it is Stuck alone.
func (a *App) Idle(ctx context.Context, who Actor, unit string, on date.Date) (p IdlePage, err error) {
	if p.StuckPage, err = a.Stuck(ctx, who, unit, on); err != nil {
		return p, err
	}
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		g := idleGather{rows: map[string]*IdleRow{}}
		for _, f := range p.Files {
			g.rows[f.ID] = &IdleRow{StuckFile: f}
			g.order = append(g.order, f.ID)
		}
		if p.On == r.Today {
			err = a.gatherIdle(ctx, r, &p, &g)
		} else {
			err = a.hush(ctx, r, &p, &g)
		}
		if err != nil {
			return err
		}
		for _, id := range g.order {
			p.Rows = append(p.Rows, *g.rows[id])
		}
		p.mayDo(who)
		slices.SortStableFunc(p.Rows, func(x, y IdleRow) int {
			return cmp.Or(-compareBool(x.Ready(), y.Ready()), x.Since.Compare(y.Since), cmp.Compare(x.ID, y.ID))
		})
		return nil
	})
	return p, err
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}

// idleGather collects rows by their files, so that nobody stands in the list twice.
type idleGather struct {
	rows  map[string]*IdleRow
	order []string
}

func (g *idleGather) add(f store.FileRow, n IdleNote) {
	row, ok := g.rows[f.ID]
	if !ok {
		since := n.Since
		if n.Reason == watch.CertificateEnds || n.Reason == watch.CertificateEnded {
			since = f.Last
		}
		row = &IdleRow{StuckFile: stuckFile(f, f.Stage, since, "", f.NextAct, f.NextWho)}
		g.rows[f.ID] = row
		g.order = append(g.order, f.ID)
	}
	row.unit, row.version = f.Unit, f.Version
	row.Idle = append(row.Idle, n)
}

// gatherIdle adds what only advises, and who was set aside.
func (a *App) gatherIdle(ctx context.Context, r *reading, p *IdlePage, g *idleGather) error {
	since := r.Today.AddMonths(-p.Months)
	if err := a.gatherCertificates(ctx, r, p, g); err != nil {
		return err
	}
	waiting, err := r.WaitingFiles(ctx, r.Scope, p.Unit.No, admission.Outstanding, since)
	if err != nil {
		return err
	}
	for _, f := range waiting {
		g.add(f, IdleNote{Reason: watch.NotTakenUp, Since: f.Last})
	}
	if p.HelperMonths, err = a.helperMonths(ctx, r.Tx, r.Today); err != nil {
		return err
	}
	silent, err := r.SilentHelpers(ctx, r.Scope, p.Unit.No, r.Today.AddMonths(-p.HelperMonths))
	if err != nil {
		return err
	}
	for _, h := range silent {
		g.add(h.FileRow, IdleNote{Reason: watch.HelperSilent, Since: h.Reported})
	}
	units, err := r.IdleUnits(ctx, r.Scope, p.Unit.No, since)
	if err != nil {
		return err
	}
	for _, u := range units {
		key := unitKey(u.Unit)
		g.order = append(g.order, key)
		g.rows[key] = &IdleRow{StuckFile: StuckFile{Unit: u.Code, UnitName: u.Name, Since: u.Last, Who: admission.DeskBranch}, Files: u.Files,
			Idle: []IdleNote{{Reason: watch.ListIdle, Since: u.Last}}, unit: u.Unit}
	}
	return a.hush(ctx, r, p, g)
}

func unitKey(no org.UnitNo) string { return "unit/" + strconv.Itoa(int(no)) }

// gatherCertificates adds those whose certificate ends before the branch can vote.
func (a *App) gatherCertificates(ctx context.Context, r *reading, p *IdlePage, g *idleGather) error {
	book, err := a.rules(ctx, r.Tx)
	if err != nil {
		return err
	}
	w := book.world(r.Today, r.Today)
	term, err := w.Sets.Term("DL-40", r.Today)
	if err != nil {
		return err
	}
	p.AnswerDays = term.Amount
	horizon, err := w.Calendar.AddWorking(r.Today, 3*term.Amount) // an answer from abroad may take so long
	if err != nil {
		return err
	}
	files, err := r.EndingCertificates(ctx, r.Scope, p.Unit.No, horizon.Due)
	if err != nil {
		return err
	}
	for _, f := range files {
		vote, err := watch.EarliestVote(f.Stage, f.AnswerDue, r.Today, term.Amount, w.Calendar)
		if err != nil {
			return err
		}
		if reason := watch.CertificateIn(f.CertificateUntil, vote, r.Today); reason != "" {
			g.add(f, IdleNote{Reason: reason, Since: f.CertificateUntil, Vote: vote})
		}
	}
	return nil
}

// hush says of each row whether it is set aside on the day of the page. An act since then
// has ended that.
func (a *App) hush(ctx context.Context, r *reading, p *IdlePage, g *idleGather) error {
	all, err := r.Silences(ctx, r.Scope, p.Unit.No, p.On)
	if err != nil || len(all) == 0 {
		return err
	}
	ids := make([]string, 0, len(all))
	for _, s := range all {
		if s.File != "" {
			ids = append(ids, s.File)
		}
	}
	seen, err := r.FileVersions(ctx, ids)
	if err != nil {
		return err
	}
	for _, s := range all {
		row, ok := g.rows[cmp.Or(s.File, unitKey(s.Unit))]
		if !ok || s.On.After(p.On) {
			continue
		}
		if s.File != "" && strconv.Itoa(seen[s.File]) == s.Seen || s.File == "" && row.Since.String() == s.Seen {
			row.Silence = &s
		}
	}
	return nil
}

// mayDo says what the actor may do about each row: a right held on the unit of the page
// holds below it.
func (p *IdlePage) mayDo(who Actor) {
	line := numbers(p.Line)
	hush, note := who.may(access.HoldSession, p.Today, line), who.may(access.RecordBranch, p.Today, line)
	for i, row := range p.Rows {
		right, ok := desks[row.Who]
		p.Rows[i].MayAct = ok && row.Next != "" && who.may(right, p.Today, line)
		p.Rows[i].MayHush, p.Rows[i].MayNote = hush && p.On == p.Today, note
	}
}
