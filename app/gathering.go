package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/watch"
)

// maxGatherings is how many gatherings a list shows.
const maxGatherings = 500

// A Gathering is a gathering of a unit as it is recorded.
type Gathering struct {
	watch.Gathering
	Row store.GatheringRow
}

// A GatheringsPage is the gatherings of a unit's subtree in a year.
type GatheringsPage struct {
	Line  []org.Unit
	Year  int
	Today date.Date
	List  []Gathering // latest first, those that were struck out included
	None  []org.Unit  // units that held none
	More  bool
	May   bool // the actor may record one for the unit
}

// Gatherings lists the gatherings of a unit's subtree in a year, and who held none.
func (a *App) Gatherings(ctx context.Context, who Actor, unit string, year int) (p GatheringsPage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Year, p.Today, p.May = year, r.Today, who.may(access.HoldSession, r.Today, line)
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		span, err := date.ParsePeriod(strconv.Itoa(year))
		if err != nil {
			return errs.E(errs.Invalid, "gathering.year").On("year").Because(err)
		}
		rows, err := r.Tx.Gatherings(ctx, r.Scope, u.No, span.From, span.To, maxGatherings+1)
		if err != nil {
			return err
		}
		p.More = len(rows) > maxGatherings
		rows = rows[:min(len(rows), maxGatherings)]
		ids := make([]string, len(rows))
		for i, g := range rows {
			ids[i] = g.ID
		}
		conclusions, err := r.Conclusions(ctx, ids)
		if err != nil {
			return err
		}
		for _, g := range rows {
			p.List = append(p.List, gatheringOf(g, conclusions))
		}
		p.None, err = r.UnitsWithoutGathering(ctx, u.No, reviewingTypes(), span.From, span.To)
		return err
	})
	return p, err
}

func gatheringOf(g store.GatheringRow, all []store.ConclusionRow) Gathering {
	out := Gathering{Row: g, Gathering: watch.Gathering{On: g.On, Kind: watch.GatheringKind(g.Kind), Topic: g.Topic, Led: g.Led, Invited: g.Invited, Attended: g.Attended}}
	for _, c := range all {
		if c.Gathering == g.ID {
			out.Conclusions = append(out.Conclusions, watch.Conclusion{ID: c.ID, Text: c.Text, Owner: c.Owner, Due: c.Due, Done: c.DoneOn})
		}
	}
	return out
}

// A GatheringPage is one gathering.
type GatheringPage struct {
	Gathering
	Line  []org.Unit
	Today date.Date
	May   bool // the actor may correct it and mark its conclusions
}

// Gathering returns one gathering. It fails with NotFound.
func (a *App) Gathering(ctx context.Context, who Actor, id string) (p GatheringPage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		row, conclusions, err := r.Tx.Gathering(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		p.Gathering, p.Today = gatheringOf(row, conclusions), r.Today
		if p.Line, err = r.LineUnits(ctx, row.Unit); err != nil {
			return err
		}
		p.May = !row.Voided && who.may(access.HoldSession, r.Today, numbers(p.Line))
		return nil
	})
	return p, err
}

// HoldGathering records a gathering of a unit and returns its id. With findings nothing
// was written.
func (a *App) HoldGathering(ctx context.Context, who Actor, unit string, g watch.Gathering) (id string, findings []rule.Finding, err error) {
	err = a.write(ctx, who, atCode(ctx, access.HoldSession, access.SeeRating, unit), func(w *writing) (record, error) {
		g = tidied(g)
		if findings = g.Check(w.Today); len(findings) > 0 {
			return record{}, errUnwritten
		}
		row, conclusions := w.gatheringRow(g)
		id = row.ID
		return record{object: "gathering/" + row.ID, after: gatheringFacts(g, row), rules: "TGT-02"}, w.AddGathering(ctx, w.Permit, row, conclusions)
	})
	return id, findings, unwritten(err, findings)
}

// unwritten is nil where findings, and nothing else, stopped a write.
func unwritten(err error, findings []rule.Finding) error {
	if len(findings) > 0 && err != nil && errs.As(err).Key == errUnwritten.Key {
		return nil
	}
	return err
}

func tidied(g watch.Gathering) watch.Gathering {
	g.Topic, g.Led = strings.TrimSpace(g.Topic), strings.TrimSpace(g.Led)
	g.Conclusions = slices.Clone(g.Conclusions)
	for i, c := range g.Conclusions {
		g.Conclusions[i].Text, g.Conclusions[i].Owner = strings.TrimSpace(c.Text), strings.TrimSpace(c.Owner)
	}
	return g
}

func (w *writing) gatheringRow(g watch.Gathering) (store.GatheringRow, []store.ConclusionRow) {
	row := store.GatheringRow{ID: newID(), Unit: w.Permit.Unit(), On: g.On, Kind: string(g.Kind), Topic: g.Topic, Led: g.Led, Invited: g.Invited, Attended: g.Attended,
		EnteredOn: w.Today, EnteredBy: w.who.Name}
	return row, conclusionRows(row.ID, g.Conclusions, nil)
}

// conclusionRows are the conclusions as they are kept; those that were there keep their
// ids and whether they are done.
func conclusionRows(gathering string, conclusions []watch.Conclusion, was []store.ConclusionRow) []store.ConclusionRow {
	out := make([]store.ConclusionRow, len(conclusions))
	for i, c := range conclusions {
		row := store.ConclusionRow{ID: newID(), Gathering: gathering}
		if k := slices.IndexFunc(was, func(x store.ConclusionRow) bool { return x.ID == c.ID }); k >= 0 {
			row = was[k]
		}
		row.Seq, row.Text, row.Owner, row.Due = i+1, c.Text, c.Owner, c.Due
		out[i] = row
	}
	return out
}

// gatheringFacts is what the audit keeps of a gathering.
func gatheringFacts(g watch.Gathering, row store.GatheringRow) any {
	type line struct {
		Text  string    `json:"text"`
		Owner string    `json:"owner"`
		Due   date.Date `json:"due,omitzero"`
		Done  date.Date `json:"done,omitzero"`
	}
	lines := make([]line, len(g.Conclusions))
	for i, c := range g.Conclusions {
		lines[i] = line{c.Text, c.Owner, c.Due, c.Done}
	}
	return map[string]any{"on": g.On, "kind": g.Kind, "topic": g.Topic, "led_by": g.Led, "invited": g.Invited, "attended": g.Attended,
		"conclusions": lines, "voided": row.Voided, "reason": row.Reason}
}

// atGathering is the order of a write to a gathering that is recorded.
func (a *App) atGathering(ctx context.Context, id string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.GatheringUnit(ctx, id)
		return order{right: access.HoldSession, see: access.SeeRating, unit: unit, none: "gathering.none"}, err
	}
}

// CorrectGathering writes a gathering anew, with the reason; version is the one on which
// the actor decided. With findings nothing was written.
func (a *App) CorrectGathering(ctx context.Context, who Actor, id string, version int, g watch.Gathering, reason string) (findings []rule.Finding, err error) {
	err = a.changeGathering(ctx, who, id, version, &findings, func(w *writing, row *store.GatheringRow, was []store.ConclusionRow) ([]store.ConclusionRow, watch.Gathering) {
		g = tidied(g)
		findings = append(g.Check(w.Today), watch.Reason(reason)...)
		row.On, row.Kind, row.Topic, row.Led, row.Invited, row.Attended = g.On, string(g.Kind), g.Topic, g.Led, g.Invited, g.Attended
		row.Reason = strings.TrimSpace(reason)
		return conclusionRows(id, g.Conclusions, was), g
	})
	return findings, err
}

// VoidGathering strikes a gathering out, with the reason. With findings nothing was written.
func (a *App) VoidGathering(ctx context.Context, who Actor, id string, version int, reason string) (findings []rule.Finding, err error) {
	err = a.changeGathering(ctx, who, id, version, &findings, func(_ *writing, row *store.GatheringRow, was []store.ConclusionRow) ([]store.ConclusionRow, watch.Gathering) {
		findings = watch.Reason(reason)
		row.Voided, row.Reason = true, strings.TrimSpace(reason)
		return was, gatheringOf(*row, was).Gathering
	})
	return findings, err
}

func (a *App) changeGathering(ctx context.Context, who Actor, id string, version int, findings *[]rule.Finding,
	change func(*writing, *store.GatheringRow, []store.ConclusionRow) ([]store.ConclusionRow, watch.Gathering)) error {
	err := a.write(ctx, who, a.atGathering(ctx, id), func(w *writing) (record, error) {
		seen, err := scope(ctx, w.Tx, who, w.Today, access.SeeRating)
		if err != nil {
			return record{}, err
		}
		row, conclusions, err := w.Tx.Gathering(ctx, seen, id)
		if err != nil {
			return record{}, err
		}
		if row.Voided || row.Version != version {
			return record{}, errs.E(errs.Stale, "gathering.stale")
		}
		before := gatheringFacts(gatheringOf(row, conclusions).Gathering, row)
		row.ChangedOn, row.ChangedBy = w.Today, w.who.Name
		rows, g := change(w, &row, conclusions)
		if len(*findings) > 0 {
			return record{}, errUnwritten
		}
		return record{object: "gathering/" + id, before: before, after: gatheringFacts(g, row), rules: "TGT-02"}, w.ChangeGathering(ctx, w.Permit, row, rows)
	})
	return unwritten(err, *findings)
}

// FinishConclusion marks a conclusion of a gathering as done today, or opens it again.
func (a *App) FinishConclusion(ctx context.Context, who Actor, gathering, conclusion string, done bool) error {
	return a.write(ctx, who, a.atGathering(ctx, gathering), func(w *writing) (record, error) {
		c := store.ConclusionRow{ID: conclusion, Gathering: gathering}
		if done {
			c.DoneOn, c.DoneBy = w.Today, w.who.Name
		}
		return record{object: "gathering/" + gathering, before: map[string]any{"conclusion": conclusion, "done": !done}, after: map[string]any{"conclusion": conclusion, "done": done}, rules: "TGT-02"},
			w.Tx.FinishConclusion(ctx, w.Permit, c)
	})
}
