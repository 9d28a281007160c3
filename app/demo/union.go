package demo

import (
	"context"
	"fmt"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
	"ketnap/union"
)

// A youthUnion is a base union of the block with the base beside which it stands.
type youthUnion struct {
	code org.Code
	base *base
}

// addTradeUnions draws the trade unions beside the first bases.
func (b *builder) addTradeUnions(k *committee) {
	for i, x := range k.bases[:2] {
		d, c := b.throw("trade union", i), code("CD.%02d", i+1)
		b.units = append(b.units, app.LoadedUnit{Code: c, Name: "Công đoàn " + x.name, Type: org.Union, Kind: org.TradeUnion, Beside: x.code, Opened: b.opened(),
			Posts: b.terms(d, c, "Chủ tịch Công đoàn")})
	}
}

// youthUnions are the base unions, in the order of their codes.
func (b *builder) youthUnions() []youthUnion {
	var out []youthUnion
	for i, x := range b.blocks[0].bases {
		if x.trait != barren && x.youth >= 8 {
			out = append(out, youthUnion{code("D01.%02d", i+1), x})
		}
	}
	return out
}

// by is the system under the name of who would have done it.
func (b *builder) by(name string) app.Actor {
	who := b.who
	who.Name = name
	return who
}

// writeUnions writes what the unions of the block did: the campaign of last year, closed,
// and that of this year, half answered; introductions in each state; movements; sessions.
func (b *builder) writeUnions(ctx context.Context) error {
	if b.opt.Size != Block {
		return nil
	}
	all, last := b.youthUnions(), b.yearDay(b.year-1, 3, 5)
	if err := b.campaign(ctx, all, b.year-1, last, last.AddDays(30), 100); err != nil {
		return err
	}
	if err := b.campaign(ctx, all, b.year, b.workday(b.opt.Today.AddDays(-40)), b.opt.Today.AddDays(-10), 52); err != nil {
		return err
	}
	if err := b.unionSessions(ctx); err != nil {
		return err
	}
	if err := b.freeze(ctx, b.opt.Today); err != nil {
		return err
	}
	for i, u := range all[:min(len(all), introducing)] {
		if err := b.introduced(ctx, b.throw("introduce", i), u, i); err != nil {
			return err
		}
	}
	return b.unionRatings(ctx, all)
}

// introducing is how many base unions send introductions through the program.
const introducing = 8

// campaign issues the count of a year and answers it in the given share, most in time. A
// whole one is closed after its due day; in the other one answer comes back for correction.
func (b *builder) campaign(ctx context.Context, all []youthUnion, year int, issued, due date.Date, share int) error {
	if err := b.freeze(ctx, issued); err != nil {
		return err
	}
	officer := b.by(b.heads["D01"])
	id, err := b.app.IssueCampaign(ctx, officer, "D01", union.Campaign{Year: year, Symbol: strconv.Itoa(20+year%7) + "-HD/ĐTN", Issued: issued, Due: due,
		Text: "Rà soát, thống kê quần chúng trong độ tuổi đoàn tại từng cơ sở đoàn để chủ động công tác phát triển đảng viên."})
	if err != nil {
		return err
	}
	var early, late []youthUnion
	d := b.throw("campaign", year)
	for i, u := range all {
		switch {
		case i == 0 && share < 100: // the base union that has an account is still to answer
		case !d.percent(share):
		case d.percent(88):
			early = append(early, u)
		default:
			late = append(late, u)
		}
	}
	for _, part := range []struct {
		day    date.Date
		unions []youthUnion
	}{{due.AddDays(-4), early}, {due.AddDays(3), late}} {
		if err := b.freeze(ctx, part.day); err != nil {
			return err
		}
		for i, u := range part.unions {
			if err := b.answer(ctx, b.throw("count "+string(u.code), year), id, u); err != nil {
				return fmt.Errorf("count %d of %s: %w", i, u.code, err)
			}
		}
	}
	if share == 100 {
		if err := b.freeze(ctx, due.AddDays(20)); err != nil {
			return err
		}
		return b.app.CloseCampaign(ctx, officer, id)
	}
	if len(early) == 0 {
		return nil
	}
	return b.app.ReturnUnionCount(ctx, officer, id, string(early[len(early)-1].code), 2, "Số đoàn viên nhiều hơn danh sách đã gửi đầu năm, đề nghị rà lại.")
}

// answer submits the count of a base union: what the register knows, and the rest in
// proportion.
func (b *builder) answer(ctx context.Context, d dice, campaign string, u youthUnion) error {
	who := b.by(b.heads[string(u.code)])
	p, err := b.app.UnionCount(ctx, who, campaign, string(u.code))
	if err != nil {
		return err
	}
	n := union.Figures{}
	for c, v := range p.Known {
		n[c] = v
	}
	age := n[union.OfAge]
	n[union.Total] = age + max(age*d.between(30, 90)/100, n[union.Introduced]+n[union.Certified]+n[union.Admitted])
	n[union.Members], n[union.PartyOfAge] = age*d.between(75, 95)/100, age*d.between(8, 20)/100
	n[union.Outstanding] = min(n[union.Members], n[union.Introduced]+d.between(0, 3))
	n[union.Class] = min(n[union.Total], n[union.Certified]+d.between(0, 2))
	s := union.Sheet{Typed: map[union.Column]string{}, Why: map[union.Column]string{}}
	if d.percent(20) { // the register is behind: somebody came or left
		n[union.OfAge]++
		s.Why[union.OfAge] = "Mới tiếp nhận một đoàn viên."
	}
	for c, v := range n {
		s.Typed[c] = strconv.Itoa(v)
	}
	if n[union.Introduced] == 0 {
		s.Reason = "Cơ quan ít tuyển dụng mới, phần lớn cán bộ trẻ đã là đảng viên."
	}
	out, err := b.app.SaveUnionCount(ctx, who, campaign, string(u.code), p.Version, s, true)
	if err == nil && !out.Written {
		return fmt.Errorf("refused: %v", out.Findings)
	}
	return err
}

// introduced sends the introductions of a base union: people whose files have come some
// way, each joined to its file, and people who wait; and records a movement with them.
func (b *builder) introduced(ctx context.Context, d dice, u youthUnion, at int) error {
	known, err := b.knownYouth(ctx, u)
	if err != nil {
		return err
	}
	who := b.by(b.heads[string(u.code)])
	var parts []union.Participant
	for _, x := range known {
		id, err := b.introduce(ctx, who, u, x.Acts[0].Number, x.Acts[0].On, app.NewIntroduced{Branch: x.Unit, Name: x.Name, Birth: x.Birth, Sex: x.Sex})
		if err != nil {
			return err
		}
		if _, err := b.app.TakeIntroduced(ctx, b.who, id, x.ID); err != nil {
			return err
		}
		parts = append(parts, union.Participant{Introduced: id, Role: pick(d, []string{"đội trưởng", "đội viên", "ban tổ chức"}), Result: pick(d, []string{"hoàn thành tốt", "hoàn thành xuất sắc", "tích cực"})})
	}
	if err := b.waitingYouth(ctx, d, who, u, at); err != nil {
		return err
	}
	if len(parts) == 0 {
		return nil
	}
	from := b.opt.Today.AddDays(-d.between(30, 100))
	_, err = b.app.RecordMovement(ctx, who, string(u.code), union.Movement{Name: pick(d, []string{"Mùa hè xanh", "Hiến máu tình nguyện", "Ngày chủ nhật xanh", "Tiếp sức mùa thi"}), From: from, To: from.AddDays(d.between(0, 6)),
		Count: len(parts) + d.between(10, 60), Result: "Đạt kế hoạch đề ra.", Evidence: pick(d, []union.EvidenceKind{union.Commended, union.Attested, union.Blood}), Kept: "Văn phòng Đoàn", People: parts})
	return err
}

// knownYouth are files of the base whose first act is the introduction of the youth union
// this year or last, a few of each step.
func (b *builder) knownYouth(ctx context.Context, u youthUnion) ([]admission.File, error) {
	var out []admission.File
	for _, stages := range [][]admission.Stage{{admission.Outstanding}, {admission.Listed, admission.Certified}, {admission.Applying, admission.Verifying, admission.Ready}, {admission.Probationary}} {
		rows, _, err := b.app.Files(ctx, b.who, app.FileQuery{Unit: string(u.base.code), Stages: stages, Limit: 6})
		if err != nil {
			return nil, err
		}
		taken := 0
		for _, row := range rows {
			p, err := b.app.File(ctx, b.who, row.ID)
			if err != nil {
				return nil, err
			}
			f := p.File
			if f.By == admission.YouthUnion && f.Acts[0].Code == admission.Introduce && f.Acts[0].On.Year() >= b.year-1 && taken < 2 {
				out, taken = append(out, f), taken+1
			}
		}
	}
	return out, nil
}

// introduce records a resolution with one person and returns the id of the introduction.
func (b *builder) introduce(ctx context.Context, who app.Actor, u youthUnion, number string, on date.Date, n app.NewIntroduced) (string, error) {
	resolution, err := b.app.Introduce(ctx, who, string(u.code), union.Resolution{Number: number, On: on, Present: 9, For: 9}, []app.NewIntroduced{n})
	if err != nil {
		return "", err
	}
	in, err := b.app.UnionInbox(ctx, b.who)
	for _, row := range in.Rows {
		if row.Resolution == resolution {
			return row.ID, err
		}
	}
	return "", err
}

// waitingYouth introduces people who wait with a branch: of the first union those of the
// branch whose secretary has an account. One waits too long, one is declined.
func (b *builder) waitingYouth(ctx context.Context, d dice, who app.Actor, u youthUnion, at int) error {
	branch := u.base.places[0].code
	people := 1
	if at == 0 {
		branch, people = b.branchNamed(u.base, secretaryBranch), 3
	}
	for i := range people {
		days := d.between(3, 20)
		if at == 1 {
			days = union.InboxDays + 9
		}
		sex := d.sex()
		birth := b.opt.Today.AddMonths(-12 * d.between(19, 27)).AddDays(-d.IntN(300))
		id, err := b.introduce(ctx, who, u, fmt.Sprintf("%d-NQ/ĐTN", 60+i), b.workday(b.opt.Today.AddDays(-days)), app.NewIntroduced{Branch: string(branch), Name: d.name(sex).Full(), Birth: birth, Sex: string(sex)})
		if err != nil {
			return err
		}
		if at == 2 {
			if err := b.app.DeclineIntroduced(ctx, b.who, id, "Đã chuyển công tác sang đơn vị khác từ tháng trước."); err != nil {
				return err
			}
		}
	}
	return nil
}

// unionSessions are the working sessions of the block and of the university with their
// youth unions, with conclusions done, open and overdue.
func (b *builder) unionSessions(ctx context.Context) error {
	k, university := string(b.blocks[0].code), b.blocks[0].bases[0]
	for _, x := range []struct {
		unit, chair, with string
		days              int
	}{{k, b.heads[k], "D01", 150}, {string(university.code), b.heads[string(university.code)], "D01.01", 210}} {
		on := b.workday(b.opt.Today.AddDays(-x.days))
		if err := b.freeze(ctx, on); err != nil {
			return err
		}
		id, err := b.app.RecordUnionSession(ctx, b.by(x.chair), x.unit, union.Session{On: on, Chair: x.chair, Problems: "Nhiều đoàn viên ưu tú chưa được cử đi học lớp bồi dưỡng nhận thức về Đảng.",
			Conclusions: []union.Conclusion{{Text: "Rà soát đoàn viên ưu tú, gửi danh sách đến các chi bộ.", Owner: "Ban Thường vụ Đoàn", Due: on.AddDays(30)},
				{Text: "Đề nghị mở lớp bồi dưỡng nhận thức về Đảng cho đoàn viên.", Owner: "Văn phòng cấp ủy", Due: on.AddDays(90)},
				{Text: "Báo cáo kết quả giới thiệu sáu tháng.", Owner: "Ban Thường vụ Đoàn", Due: b.opt.Today.AddDays(40)}}}, []string{x.with})
		if err != nil {
			return err
		}
		if err := b.freeze(ctx, on.AddDays(25)); err != nil {
			return err
		}
		if err := b.app.FinishUnionConclusion(ctx, b.by(x.chair), id, 0, "Đã gửi danh sách đến các chi bộ."); err != nil {
			return err
		}
	}
	return nil
}

// unionRatings are last year's ratings of the first base unions.
func (b *builder) unionRatings(ctx context.Context, all []youthUnion) error {
	for i, u := range all[:min(len(all), 5)] {
		level := []union.Level{union.Excellent, union.Good, union.Good, union.Fulfilled, union.Good}[i]
		g := union.Rating{Year: b.year - 1, Level: level, By: "Ban Thường vụ Đoàn Khối", On: b.yearDay(b.year-1, 12, 20)}
		if err := b.app.RateUnion(ctx, b.by(b.heads["D01"]), string(u.code), g); err != nil {
			return err
		}
	}
	return nil
}

// unionSeats are the accounts of base unions, after all others.
func (b *builder) unionSeats() []app.NewAccount {
	role := access.UnionOfficer
	return []app.NewAccount{
		{Login: "doan.daihoc", Name: b.heads["D01.01"], Role: role, Unit: "D01.01"},
		{Login: "congdoan.daihoc", Name: b.heads["CD.01"], Role: role, Unit: "CD.01"},
	}
}
