package admission

// Words returns the relation as the CV calls it.
func (r Relation) Words() string { return relationWords[r] }

var relationWords = map[Relation]string{
	Self: "người xin vào Đảng", Father: "cha đẻ", Mother: "mẹ đẻ", Guardian: "người nuôi dưỡng", Spouse: "vợ hoặc chồng",
	SpouseFather: "cha vợ (chồng)", SpouseMother: "mẹ vợ (chồng)", SpouseGuardian: "người nuôi dưỡng vợ (chồng)",
	Child: "con đủ năng lực hành vi dân sự",
}

// Words names a subject: the relation, and the name where it was given.
func (s Subject) Words() string {
	if s.Name == "" {
		return s.Relation.Words()
	}
	return s.Relation.Words() + " " + s.Name
}

// Words returns the state as one says it of a place.
func (s RequestState) Words() string { return requestWords[s] }

var requestWords = map[RequestState]string{
	RequestDrafted: "chưa gửi", RequestSent: "đã gửi, chưa rõ ngày nhận", RequestReceived: "đã nhận, chưa trả lời",
	RequestAnswered: "đã có phiếu trả lời", RequestWithdrawn: "đã rút, không hỏi nữa",
}

// Words returns the reason as the form asks for it.
func (e Exemption) Words() string { return exemptionWords[e] }

var exemptionWords = map[Exemption]string{
	ExemptMember:   "đang là đảng viên, lý lịch đã khai đầy đủ, rõ ràng",
	ExemptDeceased: "đã mất từ lâu",
	ExemptOther:    "lý do khác",
}

// Words returns the way as the form asks for it.
func (w Way) Words() string { return wayWords[w] }

var wayWords = map[Way]string{ByPost: "gửi công văn", ByMembers: "cử đảng viên đi"}

// Words returns the step as a person would ask for it.
func (k StepKind) Words() string { return kindWords[k] }

var kindWords = map[StepKind]string{ //nolint:gosec // G101: words of a form, no secret
	StepSubject: "Thêm người phải thẩm tra", StepExempt: "Ghi miễn thẩm tra", StepRequest: "Thêm nơi hỏi",
	StepSend: "Ghi đã gửi", StepReceive: "Ghi nơi hỏi đã nhận", StepRemind: "Ghi đã nhắc", StepAnswer: "Ghi đã có phiếu trả lời",
	StepWithdraw: "Rút, không hỏi nữa", StepUndo: "Hủy bước ghi nhầm",
}
