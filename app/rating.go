package app

import (
	"context"
	"slices"
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
	Of          org.Unit
	Line        []org.Unit
	Today       date.Date
	Target      *target.Target    // the plan that counts
	History     []target.Target   // every figure of the year, oldest first
	Figures     []store.TargetRow // the same figures, with their documents
	Admissions  []store.FileRow   // of the year
	Source      []SourceFile      // people who are source on the day that counts
	Judgements  []store.JudgementRow
	Ceilings    []store.CeilingRow
	Years       []int        // of the document of the first ceiling, in order
	Outstanding int          // people whom unions or members introduced and who are not listed yet, today
	MaySee      bool         // the actor may see the people
	MayJudge    source.Level // the level at which the actor may judge the source; 0 for none
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
	p.MaySee = r.who.may(access.SeeFile, r.Today, line)
	f, err := a.factsOf(ctx, r, &p, line, year)
	if err != nil {
		return p, err
	}
	p.Rating = rating.Judge(f)
	p.MayJudge = judgeLevel(r.who, r.Today, line)
	return p, r.besideRating(ctx, &p)
}

// factsOf gathers what the rating of the page's unit is drawn from, onto the page too.
func (a *App) factsOf(ctx context.Context, r *reading, p *RatingPage, line []org.UnitNo, year int) (f rating.Facts, err error) {
	event, err := a.countingEvent(ctx, r.Tx, r.Today)
	if err != nil {
		return f, err
	}
	f = rating.Facts{Unit: string(p.Of.Code), Year: year, Today: r.Today, Event: target.Event(event)}
	for _, gather := range []func(context.Context, *reading, *RatingPage, *rating.Facts) error{gatherPlan, gatherAdmissions, a.gatherSource, gatherJudgements, gatherHead} {
		if err := gather(ctx, r, p, &f); err != nil {
			return f, err
		}
	}
	if p.Ceilings, err = r.Ceilings(ctx, line, year); err != nil {
		return f, err
	}
	f.Ceilings = ceilingsOf(p.Ceilings)
	return f, nil
}

// besideRating adds what the page says beside the judgement: the years of the letter, and
// the people who are introduced but not listed yet.
func (r *reading) besideRating(ctx context.Context, p *RatingPage) error {
	table, err := r.StageTable(ctx, store.Realm, []org.UnitNo{p.Of.No})
	if err != nil {
		return err
	}
	p.Outstanding = table[p.Of.No][string(admission.Outstanding)]
	if len(p.Ceilings) == 0 {
		return nil
	}
	rows, err := r.DocumentCeilings(ctx, p.Ceilings[0].Document)
	for _, c := range rows {
		if c.Clause == p.Ceilings[0].Clause && !slices.Contains(p.Years, c.Year) {
			p.Years = append(p.Years, c.Year)
		}
	}
	slices.Sort(p.Years)
	return err
}

func gatherPlan(ctx context.Context, r *reading, p *RatingPage, f *rating.Facts) error {
	rows, err := r.Tx.Targets(ctx, []org.UnitNo{p.Of.No}, f.Year)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if t := targetOf(row); t.Indicator == target.Admission {
			p.History, p.Figures = append(p.History, t), append(p.Figures, row)
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
	people, err := a.sourceFiles(ctx, r, p.Of.No, day, months)
	if err != nil {
		return err
	}
	for _, s := range people {
		if !source.Counts(s.Stage, f.Event) {
			continue
		}
		if !p.MaySee { // the count is a figure, the name is not
			s.ID, s.Name = "", "quần chúng"
		}
		f.Candidates = append(f.Candidates, source.Candidate{ID: s.ID, Name: s.Name, Stage: s.Stage})
		p.Source = append(p.Source, s)
	}
	return nil
}

// sourceStages are those that may count as source, whatever admissions are counted by.
var sourceStages = []admission.Stage{admission.Listed, admission.Certified, admission.Applying, admission.Verifying,
	admission.Verified, admission.Held, admission.Ready, admission.BranchResolved, admission.Appraised,
	admission.BaseResolved, admission.Decided}

// sourceFiles returns the files of a subtree with the stage they had on a day, why they
// were stuck then, and what they waited for.
func (a *App) sourceFiles(ctx context.Context, r *reading, unit org.UnitNo, day date.Date, months int) ([]SourceFile, error) {
	if !day.Before(r.Today) {
		rows, err := r.StageFiles(ctx, r.Scope, unit, sourceStages)
		out := make([]SourceFile, len(rows))
		for i, row := range rows {
			out[i] = sourceFile(row, row.Brief(), day, months)
		}
		return out, err
	}
	files, rows, err := a.filesOn(ctx, r, unit, day)
	if err != nil {
		return nil, err
	}
	book, err := a.rules(ctx, r.Tx)
	if err != nil {
		return nil, err
	}
	w := book.world(day, day)
	out := make([]SourceFile, len(rows))
	for i, f := range files {
		rows[i].Stage, rows[i].Since, rows[i].Last, rows[i].NextAct = f.Stage, f.Since, f.Last, ""
		out[i] = sourceFile(rows[i], f.Brief(w), day, months)
	}
	return out, nil
}

func sourceFile(row store.FileRow, b admission.Brief, day date.Date, months int) SourceFile {
	s := SourceFile{FileRow: row}
	switch reason, stuck := b.Stuck(day, months); {
	case stuck:
		s.Stuck = reason.Words()
	case !b.CertificateUntil.IsZero() && b.CertificateUntil.Before(day): // DL-20; TGT-28 leaves them out
		s.Stuck = "giấy chứng nhận lớp nhận thức về Đảng hết giá trị, phải học lại"
	}
	return s
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
