package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

// A LoadedUnit is a unit of the past: what is known of it since when.
type LoadedUnit struct {
	Code   org.Code
	Name   string
	Type   org.Type
	Kind   org.Kind
	Parent org.Code // "" at the top
	Beside org.Code // of a union: the party unit beside it
	Opened date.Date
	Counts []LoadedCount
	Posts  []org.Post // Unit is filled in
}

// A LoadedCount is a head count from a day on.
type LoadedCount struct {
	Kind  org.CountKind
	From  date.Date
	Value int
}

// LoadUnits enters many units at once, in any order, with their counts and posts, and
// returns their numbers by code. Only the system may: units at the top are among them. It
// fails with Conflict where a code is taken and Invalid where they form no tree.
func (a *App) LoadUnits(ctx context.Context, who Actor, units []LoadedUnit) (numbers map[org.Code]org.UnitNo, err error) {
	find := func(*store.Tx) (order, error) {
		return order{right: access.ManageUnit, see: access.ManageUnit}, topOnly(who)
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		l, err := newUnitLoad(ctx, w, units)
		if err != nil {
			return record{}, err
		}
		numbers = l.numbers
		if err := w.BulkUnits(ctx, l.party); err != nil {
			return record{}, err
		}
		if err := w.BulkUnits(ctx, l.unions); err != nil { // they name the party units beside them
			return record{}, err
		}
		for _, c := range l.later {
			if err := w.SetUnitCount(ctx, c.unit, c.Kind, c.From, c.Value); err != nil {
				return record{}, err
			}
		}
		if err := w.BulkPosts(ctx, l.postIDs, l.posts); err != nil {
			return record{}, err
		}
		return record{object: "load", after: map[string]any{"units": len(units), "posts": len(l.posts), "hash": hex.EncodeToString(l.sum.Sum(nil))}}, nil
	})
	return numbers, err
}

// unitLoad is what units become as rows of the store.
type unitLoad struct {
	numbers map[org.Code]org.UnitNo
	party   []store.NewUnit
	unions  []store.NewUnit
	later   []laterCount
	posts   []org.Post
	postIDs []string
	sum     hash.Hash
}

// A laterCount is one that holds from a later day than the first counts of its unit.
type laterCount struct {
	LoadedCount
	unit org.UnitNo
}

func newUnitLoad(ctx context.Context, w *writing, units []LoadedUnit) (*unitLoad, error) {
	next, err := w.NextUnitNo(ctx)
	if err != nil {
		return nil, err
	}
	l := &unitLoad{numbers: make(map[org.Code]org.UnitNo, len(units)), sum: sha256.New()}
	types := make(map[org.Code]org.Type, len(units))
	for i, u := range units {
		l.numbers[u.Code], types[u.Code] = next+org.UnitNo(i), u.Type
	}
	for _, u := range units {
		if !u.Type.MayStandUnder(types[u.Parent]) || !u.Type.MayBe(u.Kind) {
			return nil, errs.E(errs.Invalid, "unit.placement", "type", string(u.Type), "parent", string(types[u.Parent])).On("parent")
		}
		l.add(u)
	}
	return l, nil
}

func (l *unitLoad) add(u LoadedUnit) {
	no := l.numbers[u.Code]
	n := store.NewUnit{From: u.Opened, Counts: map[org.CountKind]int{}, Unit: org.Unit{No: no, ID: org.UnitID(newID()),
		Code: u.Code, Name: u.Name, Type: u.Type, Kind: u.Kind, Parent: l.numbers[u.Parent], Beside: l.numbers[u.Beside], OpenedOn: u.Opened}}
	for _, c := range u.Counts {
		if c.From == u.Opened {
			n.Counts[c.Kind] = c.Value
		} else {
			l.later = append(l.later, laterCount{c, no})
		}
		fmt.Fprintf(l.sum, "%d %s %s %d\n", no, c.Kind, c.From, c.Value)
	}
	if u.Type == org.Union {
		l.unions = append(l.unions, n)
	} else {
		l.party = append(l.party, n)
	}
	fmt.Fprintf(l.sum, "%d %s %s %s %s %d %d\n", no, u.Code, u.Name, u.Type, u.Kind, n.Parent, n.Beside)
	for _, p := range u.Posts {
		p.Unit = no
		l.posts, l.postIDs = append(l.posts, p), append(l.postIDs, newID())
		fmt.Fprintf(l.sum, "%d %s %s %t %s %s\n", no, p.Title, p.Name, p.Head, p.From, p.To)
	}
}

// Empty reports whether the store holds no unit yet.
func (a *App) Empty(ctx context.Context) (empty bool, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		tops, err := tx.TopUnits(ctx)
		empty = len(tops) == 0
		return err
	})
	return empty, err
}

// FreezeDay lets the business day stand still for a demonstration. Audit, log-ins and
// jobs go on by the real clock.
func (a *App) FreezeDay(ctx context.Context, who Actor, day date.Date, reason string) error {
	find := func(*store.Tx) (order, error) {
		return order{right: access.ManageSetting, see: access.ManageSetting}, nil
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		s := store.Setting{ID: settingBusinessDay, From: firstSettingDay, Value: day.String(), Reason: reason}
		return record{object: "setting/" + s.ID, before: w.Today, after: day}, w.SetSetting(ctx, s)
	})
}

// firstSettingDay is before any real day, so that the day stands still at once.
var firstSettingDay = date.Must("2000-01-01")

// A LoadedTarget is a figure that was assigned in the past.
type LoadedTarget struct {
	target.Target // Unit is ignored
	No            org.UnitNo
}

// LoadTargets writes figures of past years under one unit, in the order given. The audit
// keeps one row.
func (a *App) LoadTargets(ctx context.Context, who Actor, under org.UnitNo, figures []LoadedTarget) error {
	return a.write(ctx, who, at(access.AssignTarget, access.SeeFigures, under), func(w *writing) (record, error) {
		sum := sha256.New()
		for _, g := range figures {
			if err := g.Validate(); err != nil {
				return record{}, errs.E(errs.Invalid, "target.figure").On("min").Because(err)
			}
			row := store.TargetRow{ID: newID(), Unit: g.No, Year: g.Year, Indicator: string(g.Indicator), State: string(g.State),
				Min: g.Min, Max: g.Max, SetOn: g.SetOn, SetBy: g.SetBy, Reason: g.Reason}
			if err := w.AddTarget(ctx, w.Permit, row); err != nil {
				return record{}, err
			}
			fmt.Fprintf(sum, "%d %d %s %s %d %s\n", g.No, g.Year, g.Indicator, g.State, g.Min, g.SetOn)
		}
		return record{object: "load", after: map[string]any{"targets": len(figures), "hash": hex.EncodeToString(sum.Sum(nil))}, rules: "TGT-05 TGT-09"}, nil
	})
}

// LoadJudgement records a judgement of the past about the source of a unit.
func (a *App) LoadJudgement(ctx context.Context, who Actor, unit org.UnitNo, j source.Judgement) error {
	if err := j.Validate(); err != nil {
		return errs.E(errs.Invalid, "source.reason").On("reason").Because(err)
	}
	return a.write(ctx, who, at(levelRight[j.Level], access.SeeRating, unit), func(w *writing) (record, error) {
		row := store.JudgementRow{ID: newID(), Unit: unit, Year: j.Year, Level: int(j.Level), HasSource: j.HasSource,
			Reason: string(j.Reason), On: j.On, By: j.By, At: w.At}
		return record{object: "source/" + row.ID, after: map[string]any{"year": j.Year, "level": j.Level.String(), "has_source": j.HasSource}, rules: "TGT-25 TGT-26"}, w.AddJudgement(ctx, w.Permit, row)
	})
}

// LoadDone marks a task as done by somebody on a past day, with what shows it.
func (a *App) LoadDone(ctx context.Context, who Actor, k store.Task) error {
	return a.write(ctx, who, at(access.DoTask, access.SeeDocument, k.Unit), func(w *writing) (record, error) {
		k.Done = true
		return record{object: "task/" + k.ID, before: map[string]bool{"done": false}, after: map[string]any{"done": true, "evidence": k.Evidence}}, w.FinishTask(ctx, w.Permit, k)
	})
}

// DocumentTasks lists the tasks that a document opened, by clause and unit.
func (a *App) DocumentTasks(ctx context.Context, who Actor, document string) (tasks []Task, err error) {
	err = a.read(ctx, who, access.SeeDocument, func(r *reading) error {
		all, err := r.DocumentTasks(ctx, document)
		if err != nil {
			return err
		}
		owners, err := r.Owners(ctx, r.Scope.Roots())
		for _, k := range all {
			if _, in := owners[k.Unit]; in {
				tasks = append(tasks, k)
			}
		}
		return err
	})
	return tasks, err
}
