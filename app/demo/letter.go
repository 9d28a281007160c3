package demo

import (
	"context"
	_ "embed"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/target"
)

//go:embed letter.txt
var letterText string

// letterDay is the day of the directive: of the year of the business day, or of the year
// before where that has not come yet.
func (b *builder) letterDay() date.Date {
	day := b.yearDay(b.year, 1, 15)
	if day.AddDays(2).After(b.opt.Today) {
		day = b.yearDay(b.year-1, 1, 15)
	}
	return day
}

// enterLetter brings the directive in as a person would: read, decide, confirm, mark the
// goals of schools as assigned, and then the tasks that were done.
func (b *builder) enterLetter(ctx context.Context) error {
	year := b.letterDay().Year()
	text := strings.NewReplacer("{year}", strconv.Itoa(year), "{last}", strconv.Itoa(year-1),
		"{signer}", b.heads["phó bí thư K01"]).Replace(letterText)
	id, err := b.app.EnterLetter(ctx, b.who, "K01", text)
	if err != nil {
		return err
	}
	page, err := b.app.Document(ctx, b.who, id)
	if err != nil {
		return err
	}
	accepted, rejected := sort(page.Proposals)
	if err := b.app.DecideProposal(ctx, b.who, id, page.Version, accepted, app.ProposalAccepted, nil); err != nil {
		return err
	}
	if err := b.app.DecideProposal(ctx, b.who, id, page.Version+1, rejected, app.ProposalRejected, nil); err != nil {
		return err
	}
	if err := b.app.ConfirmLetter(ctx, b.who, id, page.Version+2); err != nil {
		return err
	}
	if _, err := b.app.AssignGoals(ctx, b.who, "K01", year, target.Admission); err != nil {
		return err
	}
	tasks, err := b.app.DocumentTasks(ctx, b.who, id)
	if err != nil {
		return err
	}
	return b.finishTasks(ctx, tasks)
}

// sort accepts what the reader found, but for the sentences that are a target and no task.
func sort(all []app.Proposal) (accepted, rejected []int) {
	for _, p := range all {
		isTarget := false
		for _, q := range all {
			isTarget = isTarget || p.Task != nil && q.Target != nil && p.Clause == q.Clause && p.From <= q.From && q.To <= p.To
		}
		if isTarget {
			rejected = append(rejected, p.Seq)
		} else {
			accepted = append(accepted, p.Seq)
		}
	}
	return accepted, rejected
}

// finishTasks marks most of the tasks whose day has come as done, some of them late; the
// rest is what the board has to urge.
func (b *builder) finishTasks(ctx context.Context, tasks []app.Task) error {
	d := b.throw("task", 0)
	for _, k := range tasks {
		late := d.percent(15)
		if k.Due.IsZero() || k.Due.After(b.opt.Today) || d.percent(14) {
			continue
		}
		k.DoneOn = b.workday(k.Due.AddDays(-d.between(1, 12)))
		if late {
			k.DoneOn = b.workday(k.Due.AddDays(d.between(3, 20)))
		}
		if k.DoneOn.After(b.opt.Today) {
			continue
		}
		k.DoneBy = b.heads[string(k.UnitCode)]
		k.Evidence = "Văn bản số " + strconv.Itoa(d.between(3, 60)) + ", ngày " + k.DoneOn.VN()
		if err := b.app.LoadDone(ctx, b.who, k); err != nil {
			return err
		}
	}
	return nil
}

// workday is the day, or the last working day before it.
func (b *builder) workday(day date.Date) date.Date {
	for range 12 {
		if working, _, err := b.cal.IsWorking(day); working || err != nil {
			return day
		}
		day = day.AddDays(-1)
	}
	return day
}
