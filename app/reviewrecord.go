package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/source"
	"ketnap/store"
)

// A ReviewForm is the review of one unit in a period, with all that was said before.
type ReviewForm struct {
	ReviewLine
	Line    []org.Unit
	Period  date.Period
	Today   date.Date
	Members *int            // party members of the unit, where known
	History []source.Review // newest first
	Seq     int             // of the review that stands, so that a form knows when it is stale
	Level   source.Level    // at which the actor may review; 0 for none
	Closed  bool            // a higher committee has spoken: the actor can only read
	MaySee  bool            // the actor may see the people behind the numbers
}

// Begin is the review with which a form starts: what stands, else what was counted. Where
// nobody counted, a base begins with the sum of what its branches say.
func (f ReviewForm) Begin() source.Review {
	r := source.Review{Unit: string(f.Unit.Code), Period: f.Period, Level: f.Level, Counts: slices.Clone(f.Counted)}
	if f.Review != nil {
		r = *f.Review
		r.Level, r.Despite = f.Level, ""
		r.Counts = make([]source.Count, len(f.Counted))
		for i, c := range f.Counted {
			said, _ := f.Review.At(c.Layer)
			c.Value, c.Reason = said.Value, said.Reason
			r.Counts[i] = c
		}
	}
	return r
}

// SourceReviewOf returns the review of one unit in a period.
func (a *App) SourceReviewOf(ctx context.Context, who Actor, unit string, period date.Period) (f ReviewForm, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		f, err = r.reviewForm(ctx, unit, period)
		return err
	})
	return f, err
}

func (r *reading) reviewForm(ctx context.Context, unit string, period date.Period) (f ReviewForm, err error) {
	f.Period, f.Today = period, r.Today
	if err := reviewPeriod(period, r.Today); err != nil {
		return f, err
	}
	u, line, err := r.unit(ctx, unit)
	if err != nil {
		return f, err
	}
	if f.Line, err = r.LineUnits(ctx, u.No); err != nil {
		return f, err
	}
	f.Level, f.MaySee = judgeLevel(r.who, r.Today, line), r.who.may(access.SeeFile, r.Today, line)
	lines, err := r.reviewLines(ctx, []org.Unit{u}, period)
	if err != nil {
		return f, err
	}
	f.ReviewLine = lines[0]
	f.Counted = withBranches(f.Counted, f.Below)
	counts, err := r.UnitCounts(ctx, u.No, r.Today)
	if n, ok := counts[org.Members]; ok {
		f.Members = &n
	}
	if err != nil {
		return f, err
	}
	rows, err := r.Tx.ReviewHistory(ctx, u.No, period.String())
	for _, row := range rows {
		f.History, f.Seq = append(f.History, reviewOf(row, u, period)), max(f.Seq, row.Seq)
	}
	f.Closed = f.Level < f.ReviewLine.Level()
	return f, err
}

// withBranches fills the layers that nobody counted with what the units below say.
func withBranches(counts []source.Count, below store.ReviewSum) []source.Count {
	out := append([]source.Count(nil), counts...)
	for i, c := range out {
		if n, ok := below.Layers[string(c.Layer)]; ok && c.Counted == nil {
			out[i].Counted, out[i].Value, out[i].Origin = &n, &n, source.FromBranches
		}
	}
	return out
}

// RecordReview records what the actor's committee says of the source of a unit, at the
// highest level that the actor holds there; the judgement in it is the one that ratings
// read (TGT-25, TGT-26). seq is that of the review on which the actor decided. With
// findings nothing was written: they block, or they warn and the review does not say why
// it is so in spite of them (TGT-27). It fails with Conflict where a higher committee has
// spoken, and with Stale when another review was written since.
func (a *App) RecordReview(ctx context.Context, who Actor, said source.Review, seq int) (findings []rule.Finding, err error) {
	level := source.Declared
	find := func(tx *store.Tx) (order, error) {
		o, err := atCode(ctx, access.DeclareSource, access.SeeRating, said.Unit)(tx)
		if err != nil {
			return o, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return o, err
		}
		line, err := tx.Line(ctx, o.unit)
		if l := judgeLevel(who, today, line); l != 0 {
			level, o.right = l, levelRight[l]
		}
		return o, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		r := &reading{Tx: w.Tx, Today: w.Today, who: who}
		if r.Scope, err = scope(ctx, w.Tx, who, w.Today, access.SeeRating); err != nil {
			return record{}, err
		}
		form, err := r.reviewForm(ctx, said.Unit, said.Period)
		if err != nil {
			return record{}, err
		}
		if form.Seq != seq {
			return record{}, errs.E(errs.Stale, "review.stale")
		}
		if form.ReviewLine.Level() > level {
			return record{}, errs.E(errs.Conflict, "review.closed", "level", form.Review.Level.Words(), "day", form.Review.On.VN())
		}
		review := counted(said, form)
		review.Level, review.On, review.By = level, w.Today, w.who.Name
		if findings = review.Check(form.Review); len(findings) > 0 {
			return record{}, errUnwritten
		}
		warnings := review.Contradictions()
		if len(warnings) > 0 && review.Despite == "" {
			findings = warnings
			return record{}, errUnwritten
		}
		row := reviewRow(review, w, seq, len(warnings))
		return record{object: "source_review/" + row.ID, before: reviewFacts(form.Review), after: reviewFacts(&review), rules: "TGT-23 TGT-25 TGT-26 TGT-27"},
			w.AddReview(ctx, w.Permit, row)
	})
	return findings, unwritten(err, findings)
}

// errUnwritten ends a write that findings stopped; who asked gets the findings instead.
var errUnwritten = errs.E(errs.Invalid, "review.unwritten")

// counted puts today's counts beside what a committee says, layer by layer. What the form
// does not name is not known.
func counted(said source.Review, form ReviewForm) source.Review {
	out := said
	out.Evidence, out.Despite = strings.TrimSpace(said.Evidence), strings.TrimSpace(said.Despite)
	out.Counts = make([]source.Count, len(form.Counted))
	for i, c := range form.Counted {
		x, _ := said.At(c.Layer)
		c.Value, c.Reason = x.Value, strings.TrimSpace(x.Reason)
		out.Counts[i] = c
	}
	if said.Has {
		out.Reasons = nil
	}
	return out
}

func reviewRow(r source.Review, w *writing, seq, warnings int) store.ReviewRow {
	j := r.Judgement()
	row := store.ReviewRow{ID: newID(), Unit: w.Permit.Unit(), Period: r.Period.String(), EndsOn: r.Period.To, Seq: seq, Evidence: r.Evidence, Despite: r.Despite, Warnings: warnings,
		Judgement: store.JudgementRow{ID: newID(), Unit: w.Permit.Unit(), Year: j.Year, Level: int(j.Level), HasSource: j.HasSource,
			Reason: string(j.Reason), On: j.On, By: j.By, At: w.At}}
	codes := make([]string, len(r.Reasons))
	for i, x := range r.Reasons {
		codes[i] = string(x)
	}
	row.Reasons = strings.Join(codes, " ")
	for _, c := range r.Counts {
		row.Layers = append(row.Layers, store.ReviewLayer{Layer: string(c.Layer), Counted: c.Counted, Origin: string(c.Origin), Value: c.Value, Reason: c.Reason})
	}
	return row
}

// reviewFacts is what the audit keeps of a review.
func reviewFacts(r *source.Review) any {
	if r == nil {
		return nil
	}
	values := map[string]*int{}
	for _, c := range r.Counts {
		values[string(c.Layer)] = c.Value
	}
	return map[string]any{"period": r.Period, "level": r.Level.String(), "has_source": r.Has, "reasons": r.Reasons, "despite": r.Despite != "", "values": values}
}

// LoadReview records a review of the past, at its own level and day.
func (a *App) LoadReview(ctx context.Context, who Actor, unit org.UnitNo, r source.Review, seq int) error {
	return a.write(ctx, who, at(levelRight[r.Level], access.SeeRating, unit), func(w *writing) (record, error) {
		if err := r.Judgement().Validate(); err != nil {
			return record{}, errs.E(errs.Invalid, "source.reason").On("reason").Because(err)
		}
		row := reviewRow(r, w, seq, len(r.Contradictions()))
		return record{object: "source_review/" + row.ID, after: reviewFacts(&r), rules: "TGT-25 TGT-26"}, w.AddReview(ctx, w.Permit, row)
	})
}
