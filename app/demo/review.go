package demo

import (
	"context"

	"ketnap/date"
	"ketnap/org"
	"ketnap/source"
)

// reviewRounds are the reviews that are told of: that of last year, and of the first half
// of this one.
func (b *builder) reviewRounds() []struct {
	period string
	on     date.Date
} {
	return []struct {
		period string
		on     date.Date
	}{{b.yearDay(b.year-1, 1, 1).String()[:4], b.yearDay(b.year-1, 12, 2)}, {b.yearDay(b.year, 1, 1).String()[:4] + "-H1", b.yearDay(b.year, 6, 10)}}
}

// writeReviews records reviews of the source: last year's to the end, this year's as far
// as each unit has come. They stand before the judgements of the same bodies and say the
// same, so that ratings do not depend on them.
func (b *builder) writeReviews(ctx context.Context) error {
	if b.opt.Size == Province {
		return nil
	}
	for round, x := range b.reviewRounds() {
		if x.on.AddDays(6).After(b.opt.Today) {
			continue
		}
		period, err := date.ParsePeriod(x.period)
		if err != nil {
			return err
		}
		for i, base := range b.blocks[0].bases {
			if err := b.reviewBase(ctx, round, i, base, period, x.on); err != nil {
				return err
			}
		}
	}
	return nil
}

// reviewBase records what the branches of a base say, and the base itself where it has
// come so far.
func (b *builder) reviewBase(ctx context.Context, round, i int, x *base, period date.Period, on date.Date) error {
	d := b.throw("review", 100*round+i)
	done := round == 0 || x.trait == barren || d.percent(55)
	for n, p := range x.places {
		if p.code == x.code || round == 1 && d.percent(15) { // reviews as a base, or is late
			continue
		}
		if err := b.reviewUnit(ctx, p.no, p.code, p.helpers, period, on.AddDays(n%3), done); err != nil {
			return err
		}
	}
	if round == 1 && !done {
		return nil
	}
	r, err := b.drawReview(ctx, x.code, period)
	if err != nil {
		return err
	}
	r.Level, r.On, r.By = source.Confirmed, on.AddDays(5), b.heads[string(x.code)]
	b.barren(&r, x.trait == barren)
	if err := b.app.LoadReview(ctx, b.who, x.no, r, 0); err != nil || round == 1 {
		return err
	}
	r.Level, r.On, r.By = source.Checked, on.AddDays(6), b.heads["tổ chức K01"]
	return b.app.LoadReview(ctx, b.who, x.no, r, 1)
}

// reviewUnit records the review of a branch: declared, and confirmed where its base has
// come so far.
func (b *builder) reviewUnit(ctx context.Context, no org.UnitNo, unit org.Code, people []string, period date.Period, on date.Date, confirmed bool) error {
	r, err := b.drawReview(ctx, unit, period)
	if err != nil {
		return err
	}
	r.Level, r.On, r.By = source.Declared, on, b.heads[string(unit)]
	if r.By == "" && len(people) > 0 {
		r.By = people[0]
	}
	if err := b.app.LoadReview(ctx, b.who, no, r, 0); err != nil || !confirmed {
		return err
	}
	r.Level, r.On = source.Confirmed, on.AddDays(3)
	return b.app.LoadReview(ctx, b.who, no, r, 1)
}

// drawReview makes a review from the numbers of the register: those who are counted by
// nobody are invented, a few are corrected.
func (b *builder) drawReview(ctx context.Context, unit org.Code, period date.Period) (source.Review, error) {
	f, err := b.app.SourceReviewOf(ctx, b.who, string(unit), period)
	if err != nil {
		return source.Review{}, err
	}
	d := b.throw("layers "+period.String(), int(f.Unit.No))
	r := f.Begin()
	found, _ := r.At(source.Outstanding)
	for i, c := range r.Counts {
		switch {
		case c.Layer == source.UnionAge && c.Value == nil:
			n := *found.Value + d.between(0, 9)
			r.Counts[i].Value = &n
		case c.Layer == source.NonMembers && c.Origin != source.FromBranches:
			n := *found.Value + d.between(12, 40)
			if young, _ := f.Begin().At(source.UnionAge); young.Value != nil {
				n += *young.Value
			}
			r.Counts[i].Value = &n
		case c.Layer == source.ApplicationFiled && *c.Value > 1 && d.percent(12):
			n := *c.Value - 1
			r.Counts[i].Value, r.Counts[i].Reason = &n, "một người đã xin rút đơn, sổ chưa ghi"
		}
	}
	b.barren(&r, *found.Value == 0)
	return r, nil
}

// barren makes a review say that there is source, or why there is none.
func (b *builder) barren(r *source.Review, none bool) {
	r.Has, r.Reasons, r.Evidence, r.Despite = !none, nil, "", ""
	if none {
		r.Reasons = []source.Reason{source.HiringFreeze, source.NotWilling}
		r.Evidence = "Biên bản họp rà soát nguồn và danh sách quần chúng kèm theo."
	}
	if len(r.Contradictions()) > 0 {
		r.Despite = "Số còn lại đang đi học dài hạn hoặc đã xin thôi phấn đấu, đã có ý kiến của đoàn thanh niên."
	}
}
