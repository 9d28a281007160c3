package demo

import (
	"context"
	"fmt"

	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
)

// writeClasses gives the block its classes: two that were held, a survey that is half
// answered, and a proposal with two options.
func (b *builder) writeClasses(ctx context.Context) error {
	if b.opt.Size != Block {
		return nil
	}
	for _, write := range []func(context.Context) error{b.writePastClasses, b.writeClassSurvey, b.writeClassProposal} {
		if err := write(ctx); err != nil {
			return fmt.Errorf("lớp bồi dưỡng: %w", err)
		}
	}
	return nil
}

// Past classes: months before the business day, and how long certificates took to come.
const (
	firstClassBefore  = 14
	secondClassBefore = 5
	certificatesIn    = 60 // days
	classSeats        = 60
)

// writePastClasses enters a class of last year and one of this year, with people whose
// certificates are of those months.
func (b *builder) writePastClasses(ctx context.Context) error {
	k := b.blocks[0]
	for i, months := range []int{firstClassBefore, secondClassBefore} {
		first := monday(b.opt.Today.AddMonths(-months))
		c := class.Class{Kind: class.Awareness, Title: fmt.Sprintf("Lớp bồi dưỡng nhận thức về Đảng đợt %d năm %d", i+1, first.Year()), Host: class.ByCommittee,
			Place: "Hội trường Đảng ủy Khối", From: first, To: first.AddDays(4), HalfDays: 10, Seats: classSeats, State: class.Running,
			Number: fmt.Sprintf("%d-QĐ/ĐUK", 31+i*9), DecidedOn: first.AddDays(-15), DecidedBy: b.heads[string(k.code)], Head: "Trịnh Quang Khải", Registrar: "Nguyễn Thị Thu Hà"}
		id, _, err := b.app.LoadClass(ctx, b.who, string(k.code), c, c.To, c.To.AddDays(certificatesIn))
		if err != nil {
			return err
		}
		if err := b.writeLesson(ctx, id, c, fmt.Sprintf("%d-QĐ/ĐUK", 44+i*9)); err != nil {
			return err
		}
	}
	return nil
}

// monday is the first Monday on or after a day.
func monday(d date.Date) date.Date {
	for d.Weekday() != 1 {
		d = d.AddDays(1)
	}
	return d
}

// writeClassSurvey asks the bases, of which every other one has answered.
func (b *builder) writeClassSurvey(ctx context.Context) error {
	k := b.blocks[0]
	id, found, err := b.app.IssueClassSurvey(ctx, b.who, string(k.code), class.Survey{Kind: class.Awareness, Title: fmt.Sprintf("Khảo sát nhu cầu học lớp nhận thức về Đảng, cuối năm %d", b.year),
		Number: "57-CV/BTG", Due: b.opt.Today.AddDays(6), Question: "Đơn vị muốn học vào dịp nào, trong giờ làm việc hay thứ Bảy, tại Đảng ủy hay tại đơn vị?"})
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("khảo sát: %s", found[0].Message)
	}
	seasons := []string{"Tháng tới, trong giờ làm việc", "Các ngày thứ Bảy", "Sau kỳ thi", ""}
	for i, x := range k.bases {
		if i%2 == 1 {
			continue
		}
		p, err := b.app.ClassAnswer(ctx, b.who, id, string(x.code))
		if err != nil {
			return err
		}
		ask := app.ClassAnswerAsk{Season: seasons[i/2%len(seasons)], Send: i%6 != 4, Without: map[class.Group]int{}}
		for _, l := range p.People {
			if l.Ticked {
				ask.Files = append(ask.Files, l.File)
			}
		}
		if i%4 == 2 {
			ask.Without[class.Staff], ask.Place = 1, "Tại đơn vị"
		}
		if _, err := b.app.AnswerClassSurvey(ctx, b.who, id, string(x.code), ask); err != nil {
			return err
		}
	}
	return nil
}

// writeClassProposal lays a class for new members before the standing committee, with a
// class in the block and one at a centre to choose from.
func (b *builder) writeClassProposal(ctx context.Context) error {
	k := b.blocks[0]
	id, err := b.app.NewClassProposal(ctx, b.who, string(k.code), class.NewMember, "")
	if err != nil {
		return err
	}
	p, err := b.app.ClassProposal(ctx, b.who, id)
	if err != nil {
		return err
	}
	first := monday(b.opt.Today.AddDays(25))
	typed := p.Proposal.Proposal
	typed.Number, typed.On = "12-TTr/BTG", b.opt.Today
	typed.Sheet = class.Sheet{Reason: "Nhiều đảng viên dự bị đã qua nửa thời gian dự bị mà chưa học lớp đảng viên mới.", Options: []class.Option{
		{Title: "Một lớp cho toàn Khối", Reach: class.ForAll, Host: class.ByCommittee, Place: "Hội trường Đảng ủy Khối", From: first, To: first.AddDays(5), HalfDays: 12, Seats: 90},
		{Title: "Lớp cho các đơn vị có nhiều người, tại trung tâm chính trị", Reach: class.ForLarge, Least: 3, Host: class.ByCentre, Place: "Trung tâm chính trị thành phố",
			From: first.AddDays(21), To: first.AddDays(26), HalfDays: 12, Seats: 60},
	}}
	found, err := b.app.SaveClassProposal(ctx, b.who, typed, true)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("tờ trình: %s", found[0].Message)
	}
	return err
}
