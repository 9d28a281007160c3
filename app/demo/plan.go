package demo

import (
	"context"
	"fmt"
	"slices"

	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
	"ketnap/source"
	"ketnap/target"
)

// blockPlans are what the province gave to the block: for the year before last, last
// year, and this year.
var blockPlans = [3]int{140, 150, 155}

// goalOf is what the directive asks of a school of a kind; nothing of the others.
func goalOf(k org.Kind) int {
	switch k {
	case org.UpperSecondary:
		return 4
	case org.College, org.University:
		return 6
	}
	return 0
}

// spread hands a sum out by weights, one at least to everyone where that is possible.
// Who has no weight gets nothing.
func spread(sum int, weights []int) []int {
	claims := make([]target.Claim, len(weights))
	some := 0
	for i, w := range weights {
		claims[i] = target.Claim{Code: fmt.Sprintf("%04d", i), Weight: w}
		if w > 0 {
			some++
		}
	}
	for i := range claims {
		if weights[i] > 0 && some <= sum {
			claims[i].Min = 1
		}
	}
	out, err := target.SpreadSum(sum, claims)
	if err != nil { // nobody to give to
		return make([]int, len(weights))
	}
	return out
}

// drawPlans decides the plans of a block's bases for a year. This year schools have the
// goals of the directive, the others share what remains.
func (b *builder) drawPlans(k *committee, year, sum int) {
	schools := year == b.year && b.opt.Size == Block && b.letterDay().Year() == year
	var weights []int
	for _, x := range k.bases {
		w := 6 + x.youth
		if schools && goalOf(x.kind) > 0 {
			w = 0
			x.plans[year], x.assigned = goalOf(x.kind), false
			sum -= goalOf(x.kind)
		}
		weights = append(weights, w)
	}
	for i, n := range spread(sum, weights) {
		if weights[i] > 0 {
			k.bases[i].plans[year] = n
			k.bases[i].assigned = true
		}
	}
}

// writePlans records the plans of three years, those of the block and of its bases, with
// some changes in the course of the year, and this year's of the branches.
func (b *builder) writePlans(ctx context.Context) error {
	for _, k := range b.blocks {
		var rows []app.LoadedTarget
		for i, year := range b.planYears() {
			sum := blockPlans[i]
			if b.opt.Size == Province {
				sum = 3 * len(k.bases) * 2
			}
			b.drawPlans(k, year, sum)
			rows = append(rows, b.assign(k.no, year, sum, "Ban Thường vụ Tỉnh ủy", b.yearDay(year, 1, 9), ""))
			for n, x := range k.bases {
				rows = append(rows, b.basePlan(n, x, year)...)
			}
		}
		rows = slices.DeleteFunc(rows, func(r app.LoadedTarget) bool { return r.SetOn.After(b.opt.Today) })
		if err := b.app.LoadTargets(ctx, b.who, k.no, rows); err != nil {
			return err
		}
	}
	return nil
}

// planYears are the years for which there are plans.
func (b *builder) planYears() []int {
	return []int{b.year - 2, b.year - 1, b.year}
}

func (b *builder) assign(no org.UnitNo, year, n int, by string, on date.Date, reason string) app.LoadedTarget {
	return app.LoadedTarget{No: no, Target: target.Target{Year: year, Indicator: target.Admission, Min: n, Max: &n, State: target.Assigned, SetOn: on, SetBy: by, Reason: reason}}
}

// basePlan is the plan of a base with its history. Those of schools came with the letter.
func (b *builder) basePlan(number int, x *base, year int) []app.LoadedTarget {
	d := b.throw("plan", year*1000+number)
	n, by, on := x.plans[year], "Ban Thường vụ "+short(x.block.name), b.yearDay(year, 1, 26)
	var rows []app.LoadedTarget
	fromLetter := year == b.year && !x.assigned
	switch {
	case fromLetter:
	case n > 1 && d.percent(20): // the plan was another one at first
		first, reason := n+1, pick(d, cuts)
		if d.percent(40) {
			first, reason = n-1, pick(d, raises)
		}
		rows = append(rows, b.assign(x.no, year, first, by, on, ""),
			b.assign(x.no, year, n, by, b.yearDay(year, d.between(4, 7), d.between(2, 26)), reason))
	default:
		rows = append(rows, b.assign(x.no, year, n, by, on, ""))
	}
	if year == b.year {
		rows = append(rows, b.branchPlans(x, n)...)
	}
	return rows
}

// branchPlans are what a base committee gives on to its branches this year.
func (b *builder) branchPlans(x *base, n int) []app.LoadedTarget {
	if x.voters == 0 || b.opt.Size == Province {
		return nil
	}
	weights := make([]int, len(x.places))
	for i, p := range x.places {
		weights[i] = p.youth * p.youth
	}
	shares := spread(n, crop(weights, n))
	var rows []app.LoadedTarget
	for i, p := range x.places {
		if shares[i] > 0 {
			rows = append(rows, b.assign(p.no, b.year, shares[i], "Ban Thường vụ Đảng ủy "+x.name, b.yearDay(b.year, 2, 6), ""))
		}
	}
	return rows
}

// crop leaves the n largest weights, so that no more branches get a plan than there is.
func crop(weights []int, n int) []int {
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return weights[b] - weights[a] })
	out := make([]int, len(weights))
	for _, i := range order[:min(n, len(order))] {
		out[i] = weights[i]
	}
	return out
}

// short is the name of a block without its province.
func short(name string) string {
	if name == "Đảng ủy Khối các cơ quan tỉnh Hải Sơn" {
		return "Đảng ủy Khối"
	}
	return name
}

// writeJudgements records what was judged of the source of last year, by the board, and
// of this year by half of the bases themselves.
func (b *builder) writeJudgements(ctx context.Context) error {
	if b.opt.Size == Province {
		return nil
	}
	for i, x := range b.blocks[0].bases {
		d := b.throw("judgement", i)
		last := source.Judgement{Year: b.year - 1, Level: source.Checked, HasSource: x.trait != barren, On: b.yearDay(b.year-1, 12, d.between(11, 20)), By: b.heads["tổ chức K01"]}
		half := source.Judgement{Year: b.year, Level: source.Confirmed, HasSource: x.trait != barren, On: b.yearDay(b.year, 6, d.between(17, 28)), By: b.heads[string(x.code)]}
		if x.trait == barren {
			last.Reason, half.Reason = source.HiringFreeze, source.AllMembers
		}
		for _, j := range []source.Judgement{last, half} {
			if j.On.After(b.opt.Today) || j.Year == b.year && x.trait != barren && d.percent(50) {
				continue
			}
			if err := b.app.LoadJudgement(ctx, b.who, x.no, j); err != nil {
				return err
			}
		}
	}
	return nil
}
