package demo

import (
	"context"
	"slices"

	"ketnap/app"
	"ketnap/date"
	"ketnap/watch"
)

// gatheringTopics are what gatherings of the demonstration were about, with a conclusion.
var gatheringTopics = [][3]string{
	{"Tạo nguồn kết nạp đảng viên trong đoàn viên, thanh niên", "Mỗi chi đoàn giới thiệu ít nhất hai đoàn viên ưu tú", "Ban Chấp hành Đoàn cơ sở"},
	{"Bồi dưỡng, giúp đỡ quần chúng ưu tú", "Phân công đảng viên chính thức giúp đỡ từng cảm tình đảng", "Chi ủy"},
	{"Kết nạp đảng viên là học sinh, sinh viên", "Chọn học sinh, sinh viên dự lớp nhận thức về Đảng trước kỳ nghỉ", "Chi bộ và Đoàn trường"},
	{"Rà soát nguồn và chỉ tiêu kết nạp cả năm", "Lập danh sách người đủ hồ sơ, họp xét trong quý", "Bí thư chi bộ"},
	{"Nâng cao chất lượng kết nạp đảng viên trong người lao động", "Đối thoại với người lao động trẻ ở các phòng, đội", "Công đoàn cơ sở"},
}

// obstacleSketches are obstacles of the demonstration: what, remedy, owner.
var obstacleSketches = [][3]string{
	{"Đơn vị không còn chi đoàn, không có nơi giới thiệu đoàn viên ưu tú", "Ghép chi đoàn với đơn vị cùng khối; công đoàn giới thiệu người ngoài tuổi đoàn", "Chi ủy, Ban Chấp hành Đoàn Khối"},
	{"Lịch ca kíp làm người lao động không dự được lớp nhận thức về Đảng", "Đề nghị mở lớp vào thứ Bảy, Chủ nhật", "Ban Tuyên giáo"},
	{"Nơi thẩm tra ở xa, trả lời chậm", "Cử người đến tận nơi, gửi công văn nhắc sau 20 ngày làm việc", "Văn phòng đảng ủy cơ sở"},
	{"Sinh viên năm cuối ra trường trước khi xong thủ tục", "Chọn từ năm thứ hai; lên lịch lớp và thẩm tra từ đầu năm học", "Chi bộ khoa"},
	{"Nhiều năm không tuyển dụng, người chưa vào Đảng đều trên 50 tuổi", "Gặp từng người còn nguyện vọng; báo cáo đảng ủy về nguồn", "Bí thư chi bộ"},
}

// writeGatherings records gatherings of the last two years and obstacles of units that are
// behind.
func (b *builder) writeGatherings(ctx context.Context) error {
	if b.opt.Size == Province {
		return nil
	}
	for i, x := range b.blocks[0].bases {
		d := b.throw("gathering", i)
		for n := range d.between(0, 2) {
			if err := b.writeGathering(ctx, x, d, n); err != nil {
				return err
			}
		}
		if d.percent(25) {
			if err := b.writeObstacle(ctx, x, d); err != nil {
				return err
			}
		}
	}
	return b.setAside(ctx)
}

// setAside sets some of the stuck files aside, so that the page shows how that looks.
func (b *builder) setAside(ctx context.Context) error {
	p, err := b.app.Stuck(ctx, b.who, string(b.blocks[0].code), date.Date{})
	if err != nil {
		return err
	}
	if err := b.noteHelpers(ctx); err != nil {
		return err
	}
	reasons := []string{"Đang đi học dài hạn, về trong quý tới", "Đã đăng ký lớp nhận thức về Đảng khai giảng tháng sau", "Nghỉ thai sản"}
	for i, reason := range reasons {
		if i*7 >= len(p.Files) {
			break
		}
		f := p.Files[i*7]
		if _, err := b.app.SetAside(ctx, b.who, app.Hushed{File: f.ID, Unit: string(f.Unit)}, reason, b.opt.Today.AddDays(30+20*i)); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) writeGathering(ctx context.Context, x *base, d dice, n int) error {
	on := b.yearDay(b.year-n, d.between(1, 9), d.between(3, 27))
	if on.After(b.opt.Today) {
		return nil
	}
	topic := pick(d, gatheringTopics)
	head := b.heads[string(x.code)]
	due := on.AddDays(d.between(30, 120))
	c := watch.Conclusion{Text: topic[1], Owner: topic[2], Due: due}
	if done := due.AddDays(-d.between(1, 20)); !done.After(b.opt.Today) && d.percent(70) {
		c.Done = done
	}
	invited := d.between(18, 60)
	g := watch.Gathering{On: on, Kind: pick(d, watch.GatheringKinds()), Topic: topic[0], Led: head + ", Bí thư", Invited: invited, Attended: invited - d.between(0, 7), Conclusions: []watch.Conclusion{c}}
	return b.app.LoadGathering(ctx, b.who, x.no, g, head)
}

func (b *builder) writeObstacle(ctx context.Context, x *base, d dice) error {
	on := b.yearDay(b.year, d.between(1, 8), d.between(3, 27))
	if on.After(b.opt.Today) {
		return nil
	}
	sketch := pick(d, obstacleSketches)
	o := watch.Obstacle{Text: sketch[0], Remedy: sketch[1], Owner: sketch[2], Due: on.AddDays(d.between(40, 160)), State: watch.Open}
	switch {
	case d.percent(20):
		o.State, o.Note = watch.Solved, "Đã làm xong, chi bộ đã báo cáo."
	case d.percent(10):
		o.State, o.Note, o.Due = watch.Dropped, "Đơn vị đã sáp nhập, theo dõi ở đơn vị mới.", date.Date{}
	}
	return b.app.LoadObstacle(ctx, b.who, x.no, o, on, b.heads[string(x.code)])
}

// noteHelpers enters what most helpers said in the last months.
func (b *builder) noteHelpers(ctx context.Context) error {
	p, err := b.app.Idle(ctx, b.who, string(b.blocks[0].code), date.Date{})
	if err != nil {
		return err
	}
	for i, row := range p.Rows {
		d := b.throw("helper", i)
		if row.ID == "" || !slices.ContainsFunc(row.Idle, func(n app.IdleNote) bool { return n.Reason == watch.HelperSilent }) || d.percent(15) {
			continue
		}
		outcome := watch.Progressing
		if d.percent(20) {
			outcome = watch.NeedsHelp
		}
		if _, err := b.app.NoteHelper(ctx, b.who, row.ID, b.opt.Today.AddDays(-d.between(5, 120)), outcome); err != nil {
			return err
		}
	}
	return nil
}
