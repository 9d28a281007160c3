package source

import "ketnap/admission"

// A Layer is one depth at which people of a unit are counted on their way to admission
// (TGT-23). Each takes in the deeper ones.
type Layer string

// The layers, the shallowest first.
const (
	NonMembers       Layer = "non_members"
	UnionAge         Layer = "union_age"
	Outstanding      Layer = "outstanding"
	SentToClass      Layer = "sent_to_class"
	CertificateValid Layer = "certificate_valid"
	ApplicationFiled Layer = "application_filed"
	VerificationDone Layer = "verification_done"
	FileComplete     Layer = "file_complete"
)

// Layers lists the layers in the order of a form.
func Layers() []Layer {
	return []Layer{NonMembers, UnionAge, Outstanding, SentToClass, CertificateValid, ApplicationFiled, VerificationDone, FileComplete}
}

// Valid reports whether l is one of the layers.
func (l Layer) Valid() bool {
	for _, known := range Layers() {
		if l == known {
			return true
		}
	}
	return false
}

// Words returns the layer as a form words it, and the text itself where it is none.
func (l Layer) Words() string {
	switch l {
	case NonMembers:
		return "quần chúng chưa vào Đảng"
	case UnionAge:
		return "trong độ tuổi đoàn"
	case Outstanding:
		return "quần chúng ưu tú được giới thiệu"
	case SentToClass:
		return "đã cử đi học lớp nhận thức về Đảng"
	case CertificateValid:
		return "có giấy chứng nhận còn giá trị"
	case ApplicationFiled:
		return "đã có đơn xin vào Đảng"
	case VerificationDone:
		return "đã thẩm tra lý lịch xong"
	case FileComplete:
		return "đã đủ hồ sơ"
	}
	return string(l)
}

// Short returns the heading of the layer's column.
func (l Layer) Short() string {
	switch l {
	case NonMembers:
		return "Quần chúng"
	case UnionAge:
		return "Tuổi đoàn"
	case Outstanding:
		return "Ưu tú"
	case SentToClass:
		return "Cử đi học"
	case CertificateValid:
		return "Có GCN"
	case ApplicationFiled:
		return "Có đơn"
	case VerificationDone:
		return "Thẩm tra xong"
	case FileComplete:
		return "Đủ hồ sơ"
	}
	return string(l)
}

// Note says what the layer takes in, so that all count alike.
func (l Layer) Note() string {
	switch l {
	case NonMembers:
		return "Mọi người trong đơn vị chưa là đảng viên, kể cả người chưa đủ điều kiện."
	case UnionAge:
		return "Đoàn viên và thanh niên chưa vào đoàn, chưa là đảng viên."
	case Outstanding:
		return "Từ khi được giới thiệu đến trước khi có quyết định kết nạp."
	case SentToClass:
		return "Đã được cử đi học, kể cả người học xong."
	case CertificateValid:
		return "Trừ người có giấy chứng nhận đã hết giá trị."
	case ApplicationFiled:
		return "Đã nộp đơn xin vào Đảng, kể cả người đang thẩm tra lý lịch."
	case VerificationDone:
		return "Đã có kết luận lý lịch để xét kết nạp."
	case FileComplete:
		return "Đủ giấy tờ để chi bộ họp xét, đến trước khi có quyết định."
	}
	return ""
}

// Stages returns the stages of a file at which it belongs to the layer; none for the
// layers of which no file is kept.
func (l Layer) Stages() []admission.Stage {
	var from, skip admission.Stage
	switch l {
	case Outstanding:
		from = admission.Outstanding
	case CertificateValid:
		from = admission.Certified
	case ApplicationFiled:
		from = admission.Applying
	case VerificationDone:
		from, skip = admission.Verified, admission.Held
	case FileComplete:
		from = admission.Ready
	default:
		return nil
	}
	var out []admission.Stage
	inside := false
	for _, s := range road() {
		inside = inside || s == from
		if inside && s != skip {
			out = append(out, s)
		}
	}
	return out
}

// road are the stages from the introduction to the eve of the decision, in their order.
func road() []admission.Stage {
	return []admission.Stage{admission.Outstanding, admission.Listed, admission.Certified, admission.Applying, admission.Verifying,
		admission.Verified, admission.Held, admission.Ready, admission.BranchResolved, admission.Appraised, admission.BaseResolved}
}

// An Origin says where a counted value comes from.
type Origin string

// The origins.
const (
	Unknown      Origin = ""         // nobody counted
	FromRegister Origin = "register" // files, by their stages
	FromUnion    Origin = "union"    // the union's statistics
	FromClass    Origin = "class"    // lists of classes
	FromLast     Origin = "last"     // the review of the period before
	FromBranches Origin = "branches" // what the branches declared, added up
)

// Words returns the origin as a form words it.
func (o Origin) Words() string {
	switch o {
	case FromRegister:
		return "sổ theo dõi hồ sơ"
	case FromUnion:
		return "thống kê của đoàn thanh niên"
	case FromClass:
		return "danh sách lớp"
	case FromLast:
		return "lần rà soát trước"
	case FromBranches:
		return "cộng số các chi bộ"
	}
	return "chưa có số"
}
