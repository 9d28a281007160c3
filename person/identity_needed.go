package person

import (
	"slices"

	"ketnap/date"
)

// Needed returns the fields that a paper needs, by its code, in the order of the form
// (DOC-30, DOC-31, DOC-70, RPT-05); none for a paper that needs no more than the name.
// What no paper needs is not asked for (LAW-09).
func Needed(paper string) []Field {
	var fields []Field
	switch paper {
	case "1-KNĐ":
		fields = []Field{FieldBirthPlace, FieldHometown, FieldResidence, FieldEthnicity, FieldReligion, FieldSchooling,
			FieldProfession, FieldOccupation}
	case "2-KNĐ":
		fields = slices.DeleteFunc(Fields(), func(f Field) bool { return f == FieldOccupationGroup })
	case "9-KNĐ", "16-KNĐ":
		fields = []Field{FieldHometown, FieldOccupation}
	case "RPT-05":
		fields = []Field{FieldEthnicity, FieldReligion, FieldSchooling, FieldProfession, FieldTheory, FieldOccupationGroup}
	}
	return fields
}

// NeededBy returns the codes of the papers that need a field.
func NeededBy(f Field) []string {
	var out []string
	for _, paper := range []string{"1-KNĐ", "2-KNĐ", "9-KNĐ", "16-KNĐ", "RPT-05"} {
		if slices.Contains(Needed(paper), f) {
			out = append(out, paper)
		}
	}
	return out
}

// Adult is the age, in years, below which sensitive fields are not asked for (LAW-17).
const Adult = 18

// A Moment is what decides whether a field may be entered.
type Moment struct {
	Applied bool // the application was handed in: the papers need the data
	Agreed  bool // the person's consent is recorded and not withdrawn (LAW-06)
	Birth   date.Date
	Today   date.Date
}

// Minor reports whether the person is not of age on the day.
func (m Moment) Minor() bool { return m.Birth.AddMonths(12 * Adult).After(m.Today) }

// Closed reports whether a field may not be entered yet, and why. Before the application
// no paper needs the sensitive fields; the others need the person's consent (LAW-09).
func (m Moment) Closed(f Field) (Warning, bool) {
	switch {
	case m.Applied:
		return Warning{}, false
	case f.Sensitive() && m.Minor():
		return Warning{"LAW-17", f, "Người này chưa đủ 18 tuổi và chưa nộp đơn xin vào Đảng, nên chưa thu thập dân tộc, tôn giáo."}, true
	case f.Sensitive():
		return Warning{"LAW-09", f, "Dân tộc, tôn giáo chỉ ghi từ khi người này nộp đơn xin vào Đảng, vì trước đó chưa giấy tờ nào cần đến."}, true
	case !m.Agreed:
		return Warning{"LAW-09", f, "Người này chưa nộp đơn xin vào Đảng, cũng chưa ghi nhận việc đồng ý cung cấp thông tin. Trước đó hồ sơ chỉ giữ họ tên, ngày sinh, giới tính và đơn vị."}, true
	}
	return Warning{}, false
}

// Ask returns what stands against keeping the sensitive fields that are filled in: no
// consent on record (LAW-06, LAW-08). It warns.
func (m Moment) Ask(filled []Field) []Warning {
	if m.Agreed || !slices.ContainsFunc(filled, Field.Sensitive) {
		return nil
	}
	return []Warning{{"LAW-06", "", "Chưa ghi nhận việc người này đồng ý cho thu thập thông tin nhạy cảm. Xin ghi ngày và hình thức đồng ý."}}
}
