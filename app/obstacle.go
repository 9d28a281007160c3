package app

import (
	"context"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
	"ketnap/watch"
)

// maxObstacles is how many obstacles a list shows.
const maxObstacles = 500

// An ObstaclesPage is the obstacles of a unit's subtree.
type ObstaclesPage struct {
	Line  []org.Unit
	Today date.Date
	List  []store.ObstacleRow // open ones first, overdue ones before the rest
	More  bool
	May   bool // the actor may record one for the unit
}

// Obstacles lists the obstacles of a unit's subtree; state "" lists all.
func (a *App) Obstacles(ctx context.Context, who Actor, unit string, state watch.ObstacleState) (p ObstaclesPage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		p.Today, p.May = r.Today, who.may(access.HoldSession, r.Today, line)
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		p.List, err = r.Tx.Obstacles(ctx, r.Scope, u.No, string(state), maxObstacles+1)
		p.More = len(p.List) > maxObstacles
		p.List = p.List[:min(len(p.List), maxObstacles)]
		return err
	})
	return p, err
}

// An ObstaclePage is one obstacle with every form it had.
type ObstaclePage struct {
	store.ObstacleRow
	Line    []org.Unit
	Today   date.Date
	History []store.ObstacleRow // newest first
	May     bool
}

// Obstacle returns one obstacle. It fails with NotFound.
func (a *App) Obstacle(ctx context.Context, who Actor, id string) (p ObstaclePage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		if p.History, err = r.Tx.Obstacle(ctx, r.Scope, id); err != nil {
			return err
		}
		p.ObstacleRow, p.Today = p.History[0], r.Today
		if p.Line, err = r.LineUnits(ctx, p.Unit); err != nil {
			return err
		}
		p.May = who.may(access.HoldSession, r.Today, numbers(p.Line))
		return nil
	})
	return p, err
}

// ObstacleOf is an obstacle as the rules read it.
func ObstacleOf(o store.ObstacleRow) watch.Obstacle {
	return watch.Obstacle{Text: o.Text, Remedy: o.Remedy, Owner: o.Owner, Due: o.Due, State: watch.ObstacleState(o.State), Note: o.Note}
}

// AddObstacle records an obstacle of a unit and returns its id. With findings nothing was
// written.
func (a *App) AddObstacle(ctx context.Context, who Actor, unit string, o watch.Obstacle) (id string, findings []rule.Finding, err error) {
	err = a.write(ctx, who, atCode(ctx, access.HoldSession, access.SeeRating, unit), func(w *writing) (record, error) {
		o = trimmed(o)
		if findings = o.Check(w.Today, nil); len(findings) > 0 {
			return record{}, errUnwritten
		}
		row := w.obstacleRow(o)
		row.ID, row.Unit, row.EnteredOn = newID(), w.Permit.Unit(), w.Today
		id = row.ID
		return record{object: "obstacle/" + id, after: obstacleFacts(row), rules: "MON-04"}, w.Tx.AddObstacle(ctx, w.Permit, row)
	})
	return id, findings, unwritten(err, findings)
}

// ChangeObstacle records how an obstacle stands now; seq is that of the form on which the
// actor decided. With findings nothing was written.
func (a *App) ChangeObstacle(ctx context.Context, who Actor, id string, seq int, o watch.Obstacle) (findings []rule.Finding, err error) {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.ObstacleUnit(ctx, id)
		return order{right: access.HoldSession, see: access.SeeRating, unit: unit, none: "obstacle.none"}, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		seen, err := scope(ctx, w.Tx, who, w.Today, access.SeeRating)
		if err != nil {
			return record{}, err
		}
		history, err := w.Tx.Obstacle(ctx, seen, id)
		if err != nil {
			return record{}, err
		}
		o = trimmed(o)
		was := ObstacleOf(history[0])
		if findings = o.Check(w.Today, &was); len(findings) > 0 {
			return record{}, errUnwritten
		}
		row := w.obstacleRow(o)
		row.ID, row.Unit, row.Seq, row.EnteredOn = id, w.Permit.Unit(), seq, history[0].EnteredOn
		return record{object: "obstacle/" + id, before: obstacleFacts(history[0]), after: obstacleFacts(row), rules: "MON-04"}, w.Tx.ChangeObstacle(ctx, w.Permit, row)
	})
	return findings, unwritten(err, findings)
}

func trimmed(o watch.Obstacle) watch.Obstacle {
	o.Text, o.Remedy, o.Owner, o.Note = strings.TrimSpace(o.Text), strings.TrimSpace(o.Remedy), strings.TrimSpace(o.Owner), strings.TrimSpace(o.Note)
	return o
}

func (w *writing) obstacleRow(o watch.Obstacle) store.ObstacleRow {
	return store.ObstacleRow{Text: o.Text, Remedy: o.Remedy, Owner: o.Owner, Due: o.Due, State: string(o.State), Note: o.Note, ChangedOn: w.Today, ChangedBy: w.who.Name}
}

func obstacleFacts(o store.ObstacleRow) any {
	return map[string]any{"text": o.Text, "remedy": o.Remedy, "owner": o.Owner, "due": o.Due, "state": o.State, "note": o.Note}
}

// LoadGathering records a gathering of the past for a unit.
func (a *App) LoadGathering(ctx context.Context, who Actor, unit org.UnitNo, g watch.Gathering, by string) error {
	return a.write(ctx, who, at(access.HoldSession, access.SeeRating, unit), func(w *writing) (record, error) {
		row, conclusions := w.gatheringRow(g)
		row.EnteredOn, row.EnteredBy = g.On, by
		for i, c := range g.Conclusions {
			if conclusions[i].DoneOn = c.Done; !c.Done.IsZero() {
				conclusions[i].DoneBy = by
			}
		}
		return record{object: "gathering/" + row.ID, after: gatheringFacts(g, row), rules: "TGT-02"}, w.AddGathering(ctx, w.Permit, row, conclusions)
	})
}

// LoadObstacle records an obstacle that was entered on a past day.
func (a *App) LoadObstacle(ctx context.Context, who Actor, unit org.UnitNo, o watch.Obstacle, on date.Date, by string) error {
	return a.write(ctx, who, at(access.HoldSession, access.SeeRating, unit), func(w *writing) (record, error) {
		row := w.obstacleRow(o)
		row.ID, row.Unit, row.EnteredOn, row.ChangedOn, row.ChangedBy = newID(), unit, on, on, by
		return record{object: "obstacle/" + row.ID, after: obstacleFacts(row), rules: "MON-04"}, w.Tx.AddObstacle(ctx, w.Permit, row)
	})
}
