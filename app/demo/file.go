package demo

import (
	"context"

	"ketnap/app"
	"ketnap/date"
)

// blockFiles is how many files the block has.
const blockFiles = 1200

// loadAtOnce is how many files go into one transaction.
const loadAtOnce = 5000

// writeFiles loads all files, block by block.
func (b *builder) writeFiles(ctx context.Context) error {
	if b.opt.Size == Province {
		return b.writeProvinceFiles(ctx)
	}
	l := &loading{builder: b, block: b.blocks[0]}
	for i, told := range b.blockStories() {
		s := b.begin("file", i, told.place)
		told.tell(s)
		if err := l.add(ctx, s.history()); err != nil {
			return err
		}
	}
	return l.flush(ctx)
}

// loading gathers the histories of one block to the size of a load.
type loading struct {
	*builder
	block  *committee
	people []app.History
}

func (l *loading) add(ctx context.Context, h app.History) error {
	l.people = append(l.people, h)
	if len(l.people) < loadAtOnce {
		return nil
	}
	return l.flush(ctx)
}

func (l *loading) flush(ctx context.Context) error {
	if len(l.people) == 0 {
		return nil
	}
	if err := l.app.LoadHistories(ctx, l.who, l.block.no, l.people); err != nil {
		return err
	}
	l.files += len(l.people)
	l.people = l.people[:0]
	return nil
}

// begin opens the story of a candidate of a branch.
func (b *builder) begin(part string, number int, p *place) *story {
	s := &story{dice: b.throw(part, number), b: b, place: p}
	s.learner = p.students && s.percent(75) || p.pupils && s.percent(75)
	s.grown = !s.learner && s.percent(12)
	return s
}

// told is a story to be told, and of whom.
type told struct {
	place *place
	tell  func(*story)
}

// blockStories are all files of the block: those decided in three years by the plans of
// the bases, those on the road, and outstanding people up to the whole number.
func (b *builder) blockStories() []told {
	d := b.throw("stories", 0)
	var out []told
	for _, year := range b.planYears() {
		for i, n := range b.admissionsOf(b.blocks[0], year) {
			for range n {
				day := b.decisionDay(d, year)
				out = append(out, told{pick(d, b.blocks[0].bases[i].chances()), func(s *story) { s.decided(day) }})
			}
		}
	}
	for _, p := range b.secretaryPlaces() {
		for _, c := range secretaryScenarios() {
			for range c.files {
				out = append(out, told{p, c.tell})
			}
		}
	}
	for _, c := range memberScenarios() {
		for range c.files {
			out = append(out, told{b.anyPlace(d, c.needs, false), c.tell})
		}
	}
	for _, c := range sourceScenarios() {
		for range c.files {
			out = append(out, told{b.anyPlace(d, c.needs, true), c.tell})
		}
	}
	for _, x := range b.blocks[0].bases { // who proposes nobody has people who wait
		if x.trait == idle {
			for range 2 {
				out = append(out, told{pick(d, x.chances()), until("certify", 100, 200)}, told{pick(d, x.chances()), until("complete_dossier", 95, 180)})
			}
		}
	}
	for len(out) < blockFiles {
		out = append(out, told{b.anyPlace(d, anywhere, true), until("introduce", 4, 150)})
	}
	return out
}

// yearReach is how much of a plan was decided by 15 October of this year, in percent.
const yearReach, yearReachDays = 65, 289

// admissionsOf are the decisions of a year, base by base. This year the whole block
// stands where the year would have it, those who are told apart included.
func (b *builder) admissionsOf(k *committee, year int) []int {
	out := make([]int, len(k.bases))
	days := min(b.opt.Today.Sub(b.yearDay(year, 1, 1)), yearReachDays)
	plan, total := 0, 0
	for i, x := range k.bases {
		out[i] = b.admissions(b.throw("admissions", year*1000+i), x, year, days)
		plan, total = plan+x.plans[year], total+out[i]
	}
	switch year {
	case b.year:
		b.even(k, out, total, plan*yearReach*days/yearReachDays/100-2*len(b.secretaryPlaces()))
	case b.year - 1:
		apart := len(b.secretaryPlaces())
		for _, c := range memberScenarios() {
			apart += c.files
		}
		b.even(k, out, total, total-apart)
	}
	return out
}

// even brings the sum of the decisions to a goal, one at a time, where nothing marks a base.
func (b *builder) even(k *committee, out []int, total, goal int) {
	for changed := true; changed && total != goal; {
		changed = false
		for i, x := range k.bases {
			switch {
			case x.trait != normal:
			case total < goal && out[i] < x.plans[b.year]:
				out[i], total, changed = out[i]+1, total+1, true
			case total > goal && out[i] > 0:
				out[i], total, changed = out[i]-1, total-1, true
			}
		}
	}
}

// admissions are the decisions on people of a base in a year, by its plan and its trait.
func (b *builder) admissions(d dice, x *base, year, days int) int {
	if x.trait == barren || x.trait == idle && year == b.year {
		return 0
	}
	reach := d.between(85, 112)
	if year == b.year {
		reach = d.between(58, 94)
		switch x.trait {
		case ahead:
			reach = d.between(102, 128)
		case behind:
			reach = d.between(20, 40)
		}
		reach = reach * days / yearReachDays
	}
	n := x.plans[year] * reach
	whole := n / 100
	if d.percent(n % 100) {
		whole++
	}
	return whole
}

// decisionDay is a day of a year, not after the business day.
func (b *builder) decisionDay(d dice, year int) date.Date {
	first, last := b.yearDay(year, 1, 10), b.yearDay(year, 12, 28)
	if last.After(b.opt.Today) {
		last = b.opt.Today.AddDays(-1)
	}
	if !last.After(first) {
		return b.opt.Today
	}
	return first.AddDays(d.IntN(last.Sub(first) + 1))
}

// chances are the branches of a base, those with many young people more often.
func (x *base) chances() []*place {
	var out []*place
	for _, p := range x.places {
		for range 1 + p.youth/4 {
			out = append(out, p)
		}
	}
	return out
}

// anyPlace is a branch of the block in which a scenario can happen. Only source falls to
// bases that propose nobody.
func (b *builder) anyPlace(d dice, n needs, isSource bool) *place {
	for {
		x := pick(d, b.blocks[0].bases)
		if d.IntN(60) > x.youth || x.trait == barren || x.trait == idle && !isSource {
			continue
		}
		if p := pick(d, x.chances()); n.fits(p) {
			return p
		}
	}
}

// secretaryPlaces are the branches whose secretaries have accounts.
func (b *builder) secretaryPlaces() []*place {
	var out []*place
	for _, seat := range b.seats() {
		for _, p := range b.places {
			if string(p.code) == seat.Unit && p.base.voters > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}
