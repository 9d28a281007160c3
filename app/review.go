package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
)

// A ReviewLine is the review of one unit in the table of a period.
type ReviewLine struct {
	Unit     org.Unit
	Counted  []source.Count    // as things are today, in the order of the layers
	Review   *source.Review    // the one that stands; nil where nobody reviewed yet
	Warnings int               // contradictions of Review
	Before   *source.Review    // the last one of an earlier period; nil without one
	Below    store.ReviewSum   // what the units directly below say together
	Ruling   *source.Judgement // that ratings of the year read; nil without one
}

// Value is the number of a layer that the table shows, and whether a committee said it.
func (l ReviewLine) Value(layer source.Layer) (value *int, said bool) {
	if l.Review != nil {
		c, _ := l.Review.At(layer)
		return c.Value, true
	}
	for _, c := range l.Counted {
		if c.Layer == layer {
			return c.Counted, false
		}
	}
	return nil, false
}

// Change is how much a layer grew since the review before; nil where that is
// not known.
func (l ReviewLine) Change(layer source.Layer) *int {
	if l.Before == nil {
		return nil
	}
	now, said := l.Value(layer)
	before, _ := l.Before.At(layer)
	if !said {
		return nil
	}
	return source.Change(now, before.Value)
}

// Level is how far the review has come; 0 for not at all.
func (l ReviewLine) Level() source.Level {
	if l.Review == nil {
		return 0
	}
	return l.Review.Level
}

// A ReviewPage is the review of a unit and of those directly below it in a period.
type ReviewPage struct {
	Line   []org.Unit // the unit with those above it
	Above  []org.Unit // of the line, those that the actor may see; the nearest first
	Period date.Period
	Today  date.Date
	Own    ReviewLine
	Lines  []ReviewLine // the units directly below, in the order of their codes
	Due    ReviewState  // of all units below, how many wait for what
	MaySee bool         // the actor may see the people behind the numbers
	Level  source.Level // at which the actor may review the unit; 0 for none
}

// Total adds up what the units of the table show, layer by layer.
func (p ReviewPage) Total() map[source.Layer]*int {
	out := map[source.Layer]*int{}
	for _, l := range source.Layers() {
		for _, line := range p.Lines {
			if v, _ := line.Value(l); v != nil {
				if out[l] == nil {
					out[l] = new(int)
				}
				*out[l] += *v
			}
		}
	}
	return out
}

// A ReviewState counts units by what their review waits for.
type ReviewState struct{ Missing, Declared, Confirmed, Checked int }

// reviewPeriod refuses a period that is not reviewed.
func reviewPeriod(p date.Period, today date.Date) error {
	if !source.Reviewable(p, today) {
		return errs.E(errs.Invalid, "review.period", "period", p.String()).On("period")
	}
	return nil
}

// SourceReview returns the table of a unit in a period.
func (a *App) SourceReview(ctx context.Context, who Actor, unit string, period date.Period) (p ReviewPage, err error) {
	err = a.read(ctx, who, access.SeeRating, func(r *reading) error {
		p.Period, p.Today = period, r.Today
		if err := reviewPeriod(period, r.Today); err != nil {
			return err
		}
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		p.Above, p.MaySee = r.seenAbove(p.Line), who.may(access.SeeFile, r.Today, line)
		p.Level = judgeLevel(who, r.Today, line)
		children, err := r.partyChildren(ctx, u)
		if err != nil {
			return err
		}
		lines, err := r.reviewLines(ctx, append([]org.Unit{u}, children...), period)
		if err != nil {
			return err
		}
		p.Own, p.Lines = lines[0], lines[1:]
		due, err := r.ReviewsDue(ctx, u.No, reviewingTypes(), period.String())
		p.Due = reviewState(due)
		return err
	})
	return p, err
}

// reviewingTypes are the units that review their own source: who has people of their own.
func reviewingTypes() []org.Type { return []org.Type{org.Branch, org.BaseBranch, org.BaseCommittee} }

func reviewState(due []store.ReviewDue) (s ReviewState) {
	for _, d := range due {
		switch source.Level(d.Level) {
		case source.Declared:
			s.Declared++
		case source.Confirmed:
			s.Confirmed++
		case source.Checked:
			s.Checked++
		default:
			s.Missing++
		}
	}
	return s
}

// reviewLines gathers for units what the table shows of each.
func (r *reading) reviewLines(ctx context.Context, units []org.Unit, period date.Period) ([]ReviewLine, error) {
	nos := numbers(units)
	counts, err := r.layerCounts(ctx, units)
	if err != nil {
		return nil, err
	}
	now, err := r.StandingReviews(ctx, nos, period.String())
	if err != nil {
		return nil, err
	}
	before, err := r.ReviewsBefore(ctx, nos, period.To)
	if err != nil {
		return nil, err
	}
	sums, err := r.ReviewSums(ctx, nos, period.String())
	if err != nil {
		return nil, err
	}
	rulings, err := r.rulings(ctx, units, period.Year())
	if err != nil {
		return nil, err
	}
	lines := make([]ReviewLine, len(units))
	for i, u := range units {
		l := ReviewLine{Unit: u, Counted: counts[u.No], Below: sums[u.No]}
		if row, ok := now[u.No]; ok {
			review := reviewOf(row, u, period)
			l.Review, l.Warnings = &review, len(review.Contradictions())
		}
		if row, ok := before[u.No]; ok {
			past, err := date.ParsePeriod(row.Period)
			if err != nil {
				return nil, err
			}
			review := reviewOf(row, u, past)
			l.Before = &review
		}
		if j, ok := rulings[u.No]; ok {
			l.Ruling = &j
		}
		lines[i] = l
	}
	return lines, nil
}

// rulings returns for each unit the judgement of its source in a year that counts.
func (r *reading) rulings(ctx context.Context, units []org.Unit, year int) (map[org.UnitNo]source.Judgement, error) {
	rows, err := r.Tx.Judgements(ctx, numbers(units), year)
	if err != nil {
		return nil, err
	}
	of := map[org.UnitNo][]source.Judgement{}
	for _, row := range rows {
		of[row.Unit] = append(of[row.Unit], judgementOf(row, ""))
	}
	out := map[org.UnitNo]source.Judgement{}
	for no, all := range of {
		if j, ok := source.Ruling(all); ok {
			out[no] = j
		}
	}
	return out, nil
}

// reviewOf is a stored review; its layers stand in their order, those that the store does
// not have without a number.
func reviewOf(row store.ReviewRow, u org.Unit, period date.Period) source.Review {
	r := source.Review{Unit: string(u.Code), Period: period, Level: source.Level(row.Judgement.Level), Has: row.Judgement.HasSource,
		Evidence: row.Evidence, Despite: row.Despite, On: row.Judgement.On, By: row.Judgement.By}
	for _, code := range strings.Fields(row.Reasons) {
		r.Reasons = append(r.Reasons, source.Reason(code))
	}
	for _, l := range source.Layers() {
		c := source.Count{Layer: l}
		if i := slices.IndexFunc(row.Layers, func(x store.ReviewLayer) bool { return x.Layer == string(l) }); i >= 0 {
			x := row.Layers[i]
			c.Counted, c.Origin, c.Value, c.Reason = x.Counted, source.Origin(x.Origin), x.Value, x.Reason
		}
		r.Counts = append(r.Counts, c)
	}
	return r
}
