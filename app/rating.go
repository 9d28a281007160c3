package app

import (
	"context"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rating"
	"ketnap/source"
	"ketnap/store"
	"ketnap/target"
)

// A RatingPage is a rating with what stands behind each of its nouns.
type RatingPage struct {
	rating.Rating
	Of         org.Unit
	Line       []org.Unit
	Today      date.Date
	Target     *target.Target  // the plan that counts
	History    []target.Target // every figure of the year, oldest first
	Admissions []store.FileRow // of the year
	Source     []SourceFile    // people who are source on the day that counts
	Judgements []store.JudgementRow
	Ceilings   []store.CeilingRow
}

// A SourceFile is one who is source, with the reason where the file is stuck.
type SourceFile struct {
	store.FileRow
	Stuck string // in words; "" where it moves
}

// Rating judges a unit's year: the best level still open, and why.
func (a *App) Rating(ctx context.Context, who Actor, unit string, year int) (p RatingPage, err error) {
	if year < 2000 || year > 2100 {
		return p, errs.E(errs.NotFound, "rating.year")
	}
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		p, err = a.rating(ctx, r, unit, year)
		return err
	})
	return p, err
}

func (a *App) rating(ctx context.Context, r *reading, unit string, year int) (p RatingPage, err error) {
	var line []org.UnitNo
	if p.Of, line, err = r.unit(ctx, unit); err != nil {
		return p, err
	}
	if p.Line, err = r.LineUnits(ctx, p.Of.No); err != nil {
		return p, err
	}
	p.Today = r.Today
	event, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return p, err
	}
	f := rating.Facts{Unit: string(p.Of.Code), Year: year, Today: r.Today, Event: target.Event(event)}
	for _, gather := range []func(context.Context, *reading, *RatingPage, *rating.Facts) error{gatherPlan, gatherAdmissions, a.gatherSource, gatherJudgements, gatherHead} {
		if err := gather(ctx, r, &p, &f); err != nil {
			return p, err
		}
	}
	if p.Ceilings, err = r.Ceilings(ctx, line, year); err != nil {
		return p, err
	}
	f.Ceilings = ceilingsOf(p.Ceilings)
	p.Rating = rating.Judge(f)
	return p, nil
}

func gatherPlan(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	rows, err := r.Tx.Targets(ctx, []org.UnitNo{p.Of.No}, f.Year)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if t := targetOf(row); t.Indicator == target.Admission {
			p.History = append(p.History, t)
		}
	}
	if plan, ok := target.Plan(p.History, f.Year); ok {
		p.Target, f.Plan = &plan, &plan
	}
	return nil
}

// gatherAdmissions counts by the counters, which stand by the line of their day, and
// lists the people of today's subtree.
func gatherAdmissions(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	figure := admitted(f.Event)
	sums, err := r.Counters(ctx, store.Realm, []org.UnitNo{p.Of.No}, f.Year*100+1, f.Year*100+12, []string{figure})
	if err != nil {
		return err
	}
	f.Admitted = sums[store.Figure{Unit: p.Of.No, Indicator: figure}]
	year, err := date.ParsePeriod(strconv.Itoa(f.Year))
	if err != nil {
		return err
	}
	p.Admissions, err = r.AdmittedFiles(ctx, r.Scope, p.Of.No, f.Event == target.ByCeremony, year.From, year.To)
	return err
}

// gatherSource finds the people who are source on 31 December, or on the business day
// where that is earlier.
func (a *App) gatherSource(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	day := rating.Day(f.Year, r.Today)
	months, err := a.stuckMonths(ctx, r.Tx, day)
	if err != nil {
		return err
	}
	rows, err := a.sourceRows(ctx, r, p.Of.No, day)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if !source.Counts(row.Stage, f.Event) {
			continue
		}
		f.Candidates = append(f.Candidates, source.Candidate{ID: row.ID, Name: row.Name, Stage: row.Stage})
		s := SourceFile{FileRow: row}
		if reason, stuck := row.Brief().Stuck(day, months); stuck {
			s.Stuck = reason.Words()
		}
		p.Source = append(p.Source, s)
	}
	return nil
}

// sourceStages are those that may count as source, whatever admissions are counted by.
var sourceStages = []admission.Stage{admission.Listed, admission.Certified, admission.Applying, admission.Verifying,
	admission.Verified, admission.Held, admission.Ready, admission.BranchResolved, admission.Appraised,
	admission.BaseResolved, admission.Decided}

// sourceRows returns the files of a subtree with the stage they had on a day.
func (a *App) sourceRows(ctx context.Context, r *reading, unit org.UnitNo, day date.Date) ([]store.FileRow, error) {
	if !day.Before(r.Today) {
		return r.StageFiles(ctx, r.Scope, unit, sourceStages)
	}
	files, rows, err := a.filesOn(ctx, r, unit, day)
	for i, f := range files {
		rows[i].Stage, rows[i].Since, rows[i].Last = f.Stage, f.Since, f.Last
	}
	return rows, err
}

func gatherJudgements(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	var err error
	if p.Judgements, err = r.Tx.Judgements(ctx, []org.UnitNo{p.Of.No}, f.Year); err != nil {
		return err
	}
	for _, j := range p.Judgements {
		f.Judgements = append(f.Judgements, judgementOf(j, f.Unit))
	}
	return nil
}

func judgementOf(j store.JudgementRow, unit string) source.Judgement {
	return source.Judgement{Unit: unit, Year: j.Year, Level: source.Level(j.Level), HasSource: j.HasSource,
		Reason: source.Reason(j.Reason), On: j.On, By: j.By}
}

func ceilingsOf(rows []store.CeilingRow) []rating.Ceiling {
	out := make([]rating.Ceiling, len(rows))
	for i, c := range rows {
		out[i] = rating.Ceiling{Document: c.Symbol, Clause: c.Clause, Year: c.Year, Denies: rating.Level(c.Denies), Condition: c.Condition}
	}
	return out
}

func gatherHead(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	head, ok, err := r.HeadOn(ctx, p.Of.No, rating.Day(f.Year, r.Today))
	if ok {
		f.Head = &rating.Head{Name: head.Name, From: head.From, To: head.To}
	}
	return err
}

// JudgeSource records whether a unit has source, at the highest level that the actor
// holds there: the superior checks, the base confirms, the branch declares (TGT-25).
func (a *App) JudgeSource(ctx context.Context, who Actor, unit string, year int, has bool, reason string) error {
	level := source.Declared
	find := func(tx *store.Tx) (order, error) {
		o, err := atCode(ctx, access.DeclareSource, access.SeeRating, unit)(tx)
		if err != nil {
			return o, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return o, err
		}
		line, err := tx.Line(ctx, o.unit)
		for _, l := range []source.Level{source.Confirmed, source.Checked} {
			if who.may(levelRight[l], today, line) {
				level, o.right = l, levelRight[l]
			}
		}
		return o, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		j := source.Judgement{Unit: unit, Year: year, Level: level, HasSource: has, Reason: source.Reason(reason), On: w.Today, By: w.who.Name}
		if err := j.Validate(); err != nil {
			return record{}, errs.E(errs.Invalid, "source.reason").On("reason").Because(err)
		}
		row := store.JudgementRow{ID: newID(), Unit: w.Permit.Unit(), Year: year, Level: int(level), HasSource: has,
			Reason: reason, On: w.Today, By: w.who.Name, At: w.At}
		return record{object: "source/" + row.ID, after: map[string]any{"year": year, "level": level.String(), "has_source": has}, rules: "TGT-25 TGT-26"}, w.AddJudgement(ctx, w.Permit, row)
	})
}

var levelRight = map[source.Level]access.Right{
	source.Declared: access.DeclareSource, source.Confirmed: access.ConfirmSource, source.Checked: access.CheckSource,
}
