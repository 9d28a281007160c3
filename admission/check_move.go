package admission

import "slices"

// competence refuses what is recorded under a branch that no longer exists, and what
// nobody over it may decide (ORG-07).
func (j *judge) competence() {
	w := j.world
	if !w.Closed.IsZero() && j.act.On.After(w.Closed) && j.act.Code != Transfer && j.act.Code != Close {
		j.block("ORG-07", j.row.cite, "on", "Chi bộ đã kết thúc hoạt động ngày %s nên không ghi việc ngày %s được. Chuyển hồ sơ đến chi bộ khác trước.", w.Closed.VN(), j.act.On.VN())
	}
	if w.NoCompetent && slices.Contains([]Code{Decide, Refuse, Recognize, Remove, Annul}, j.act.Code) {
		j.block("ORG-07", "QĐ 24-QĐ/TW, 4.3.2", "act", "Trên chi bộ này không có cấp ủy có thẩm quyền quyết định. Xem lại sơ đồ tổ chức.")
	}
}

// school blocks the vote of a branch whose competence ended when the person left the
// school (ADM-112).
func (j *judge) school() {
	if left := j.file.LeftSchool; !left.IsZero() {
		j.block("ADM-112", "HD 01-HD/TW, 6.2", "act", "Người này đã ra trường ngày %s: chi bộ nhà trường không xét kết nạp nữa. Chuyển hồ sơ đến nơi mới.", left.VN())
	}
}

// togetherMonths is how long introducer and person must have been in one place (ELI-20).
const togetherMonths = 12

const citeTogether = "QĐ 24-QĐ/TW, 3.2.1"

// together judges since when the introducer works or lives in the same place. Who took
// another's place, or was assigned after a transfer, needs no such time (ADM-13, ADM-114).
func (j *judge) together() {
	since, on := j.act.TogetherSince, j.act.On
	switch {
	case since.IsZero():
	case since.After(on):
		j.block("ELI-20", citeTogether, "together_since", "Ngày %s sau ngày %s.", since.VN(), on.VN())
	case j.file.HelperExempt:
	case since.AddMonths(togetherMonths).After(on):
		j.block("ELI-20", citeTogether, "together_since", "Người giới thiệu cùng công tác hoặc cư trú từ %s, chưa đủ %d tháng; đủ từ ngày %s.", since.VN(), togetherMonths, since.AddMonths(togetherMonths).VN())
	}
}

// received judges the taking in by the receiving branch (ADM-115).
func (j *judge) received() {
	f := j.file
	if f.Transfer.IsZero() {
		j.block("ADM-115", j.row.cite, "act", "Đảng viên dự bị này không chuyển sinh hoạt đảng.")
		return
	}
	if j.once(f.Received, "ADM-115", "Đã ghi tiếp nhận ngày %s."); !f.Received.IsZero() {
		return
	}
	if d := f.deadline(j.world, termTransfer, f.Transfer); !d.Due.IsZero() && j.act.On.After(d.Due) {
		j.warn("ADM-115", d.Cite, "on", "Tiếp nhận chậm: hạn là %s (%d ngày làm việc từ %s).", d.Due.VN(), d.Amount, d.From.VN())
	}
}

// memberCV judges the filing of the member's curriculum vitae (DL-82).
func (j *judge) memberCV() {
	f := j.file
	if j.once(f.MemberCV, "DL-82", "Đã ghi lập lý lịch đảng viên ngày %s."); !f.MemberCV.IsZero() {
		return
	}
	if d := f.deadline(j.world, termMemberCV, f.Ceremony); !d.Due.IsZero() && j.act.On.After(d.Due) {
		j.warn("DL-82", d.Cite, "on", "Lập lý lịch đảng viên chậm: hạn là %s.", d.Due.VN())
	}
}

// ConsentRules returns the rules on which a consent from above may be recorded at the
// file's stage: a late ceremony while it waits for one; age, schooling and readmission
// before the branch meets; readmission still until the decision.
func (f File) ConsentRules() []string {
	switch {
	case f.Stage == Decided:
		return []string{termCeremony}
	case f.Stage.order() <= Ready.order():
		return []string{"ELI-02", "ELI-04", termReadmission}
	case f.Again() && slices.Contains(withUpper, f.Stage):
		return []string{termReadmission}
	}
	return nil
}
