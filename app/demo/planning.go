package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
	"ketnap/target"
)

// writePlanning records what is said about this year's figures beside them: figures of the
// term and the quarters, what the bases proposed and answered, what the unions introduce,
// and the plans with their measures. A block has them; the province is for measuring.
func (b *builder) writePlanning(ctx context.Context) error {
	if b.opt.Size != Block {
		return nil
	}
	k := b.blocks[0]
	figures := append(b.termFigures(k), b.unionFigures(k)...)
	figures = slices.DeleteFunc(figures, func(g app.LoadedTarget) bool { return g.SetOn.After(b.opt.Today) })
	if err := b.app.LoadTargets(ctx, b.who, k.no, figures); err != nil {
		return err
	}
	moves := slices.DeleteFunc(b.moves(k), func(m app.LoadedMove) bool { return m.On.After(b.opt.Today) })
	if err := b.app.LoadMoves(ctx, b.who, k.no, moves); err != nil {
		return err
	}
	return b.app.LoadPlans(ctx, b.who, k.no, b.plans(k))
}

// termFigures are those of the term that the year lies in, of the years that are left of
// it, and of this year's quarters and parts.
func (b *builder) termFigures(k *committee) []app.LoadedTarget {
	const termYears = 5
	first := b.year - b.year%termYears
	by := "Ban Chấp hành Đảng bộ Khối"
	figure := func(x app.LoadedTarget, least int, most *int, year int, span target.Span, document string, on date.Date) app.LoadedTarget {
		x.Target = target.Target{Year: year, Indicator: target.Admission, Min: least, Max: most, State: target.Assigned, Span: span, Document: document, SetOn: on, SetBy: by}
		return x
	}
	own := app.LoadedTarget{No: k.no}
	out := []app.LoadedTarget{figure(own, 140, nil, first, target.Span{Until: first + termYears, PerYear: true}, "Nghị quyết Đại hội Đảng bộ Khối", b.yearDay(first, 8, 21))}
	if from := first + 2; b.year >= from {
		high := 160
		out = append(out, figure(own, 145, &high, from, target.Span{Until: first + termYears, PerYear: true}, "42-KH/ĐUK", b.yearDay(from, 5, 16)))
	}
	sum := blockPlans[2]
	for i, n := range spread(sum, []int{15, 30, 25, 30}) {
		out = append(out, figure(own, n, &n, b.year, target.Span{Quarter: i + 1}, "11-KH/ĐUK", b.yearDay(b.year, 1, 26)))
	}
	for part, hundredth := range map[target.Part]int{target.Youth: 70, target.Women: 45} {
		out = append(out, figure(own, sum*hundredth/100, nil, b.year, target.Span{Part: part}, "11-KH/ĐUK", b.yearDay(b.year, 1, 26)))
	}
	slices.SortStableFunc(out, func(x, y app.LoadedTarget) int { return cmp.Compare(x.Part, y.Part) })
	for i, x := range k.bases {
		if i%9 != 4 || x.voters == 0 { // some had a share of their members in the term
			continue
		}
		g := figure(app.LoadedTarget{No: x.no}, 0, nil, first, target.Span{Until: first + termYears, PerYear: true}, "Nghị quyết Đại hội Đảng bộ Khối", b.yearDay(first, 8, 21))
		if share, err := target.NewShare(250, x.members-x.members/30, b.yearDay(first, 1, 1)); err == nil {
			g.Share, g.Min = share, share.People()
			out = append(out, g)
		}
	}
	return out
}

// unionFigures are what the union of the block asks its lower unions to introduce (TGT-15).
func (b *builder) unionFigures(k *committee) []app.LoadedTarget {
	var out []app.LoadedTarget
	sum := 0
	for i, x := range k.bases {
		no, ok := b.nos[code("D01.%02d", i+1)]
		if !ok {
			continue
		}
		n := 1 + x.plans[b.year]*3/2
		sum += n
		out = append(out, b.introduces(no, n))
	}
	if no, ok := b.nos["D01"]; ok {
		out = append(out, b.introduces(no, sum+4))
	}
	return out
}

func (b *builder) introduces(no org.UnitNo, n int) app.LoadedTarget {
	return app.LoadedTarget{No: no, Target: target.Target{Year: b.year, Indicator: target.Introduction, Min: n, Max: &n, State: target.Assigned,
		Document: "05-KH/ĐTNK", SetOn: b.yearDay(b.year, 2, 2), SetBy: "Ban Thường vụ Đoàn Khối"}}
}

// moves are what bases proposed in January and answered in February; one asks for another
// figure and waits, one was told that its figure stays; in the last quarter some propose
// for the next year (TGT-08).
func (b *builder) moves(k *committee) []app.LoadedMove {
	var out []app.LoadedMove
	asks, kept := false, false
	for i, x := range k.bases {
		d := b.throw("move", i)
		if !x.assigned || x.trait == barren {
			continue
		}
		n := x.plans[b.year]
		move := func(kind target.MoveKind, year, figure int, on date.Date, by, reason string) {
			m := app.LoadedMove{No: x.no, Move: target.Move{Year: year, Indicator: target.Admission, Kind: kind, On: on, By: by, Reason: reason}}
			if figure > 0 {
				r := target.Exactly(figure)
				m.Range = &r
			}
			out = append(out, m)
		}
		head := b.heads[string(x.code)]
		if d.percent(65) {
			move(target.Proposed, b.year, max(1, n+d.between(-1, 1)), b.yearDay(b.year, 1, d.between(8, 18)), head, pick(d, proposes))
		}
		late := b.yearDay(b.year, 7, 29) // after every change in the course of the year
		switch {
		case n > 2 && !asks && i > 8:
			asks = true
			move(target.Countered, b.year, n-1, late.AddDays(i%5+1), head, pick(d, cuts))
		case n > 2 && !kept && i > 20:
			kept = true
			move(target.Countered, b.year, n-1, late, head, pick(d, cuts))
			move(target.Kept, b.year, 0, late.AddDays(9), b.heads["tổ chức K01"], "Đơn vị còn nguồn đã có chứng nhận; Ban Thường vụ giữ chỉ tiêu và cử cấp ủy viên giúp.")
		case d.percent(70):
			move(target.Accepted, b.year, 0, late.AddDays(3), head, "")
		}
		if d.percent(30) {
			move(target.Proposed, b.year+1, max(1, n+d.between(-1, 2)), b.yearDay(b.year, 10, d.between(1, 12)), head, pick(d, proposes))
		}
	}
	return out
}

// plans are those of this year: most bases sent one, some were sent back, some have none.
func (b *builder) plans(k *committee) []app.LoadedPlan {
	out := []app.LoadedPlan{b.plan(k.no, "Ban Thường vụ Đảng ủy Khối", target.PlanDraft, 0, 4)}
	for i, x := range k.bases {
		d := b.throw("unit plan", i)
		state := target.PlanApproved
		switch roll := d.IntN(100); {
		case roll < 20:
			continue
		case roll < 28:
			state = target.PlanDraft
		case roll < 40:
			state = target.PlanSent
		case roll < 46:
			state = target.PlanReturned
		}
		out = append(out, b.plan(x.no, b.heads[string(x.code)], state, i, d.between(2, 4)))
	}
	return slices.DeleteFunc(out, func(p app.LoadedPlan) bool { return p.On.After(b.opt.Today) })
}

func (b *builder) plan(no org.UnitNo, by string, state target.PlanState, number, measures int) app.LoadedPlan {
	p := app.LoadedPlan{No: no, Year: b.year, State: state, By: by, On: b.yearDay(b.year, 2, 5+number%20)}
	if state == target.PlanApproved || state == target.PlanReturned {
		p.AnsweredBy, p.AnsweredOn = b.heads["tổ chức K01"], b.yearDay(b.year, 3, 4+number%10)
		if p.AnsweredOn.After(b.opt.Today) {
			p.State, p.AnsweredBy, p.AnsweredOn = target.PlanSent, "", date.Date{}
		}
	}
	if p.State == target.PlanReturned {
		p.Note = "Nêu rõ người chịu trách nhiệm và thời hạn của từng biện pháp."
	}
	for i := range measures {
		w := works[(number+i)%len(works)]
		m := target.PlanMeasure{Year: b.year, Text: w.text, Owner: w.owner, Due: b.yearDay(b.year, w.month, 28), State: target.MeasureOpen}
		if i == 0 && !b.letterDay().After(p.On) || i == 1 {
			m.Origin = fmt.Sprintf("Nghị quyết chuyên đề công tác đảng viên năm %d", b.year)
		}
		if m.Due.Before(b.opt.Today) && (number+i)%5 != 0 {
			m.State = target.MeasureDone
			p.MeasuresEnd = b.opt.Today
			if end := m.Due.AddDays(-2); end.Before(p.MeasuresEnd) {
				p.MeasuresEnd = end
			}
		}
		p.Measures = append(p.Measures, m)
	}
	return p
}
