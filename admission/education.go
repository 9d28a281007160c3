package admission

import "slices"

// An Education is the level of general education, or the highest above it.
type Education string

// Levels of education, rising.
const (
	EducationNone           Education = "none"
	EducationLiterate       Education = "literate" // reads and writes
	EducationPrimary        Education = "primary"
	EducationLowerSecondary Education = "lower_secondary"
	EducationUpperSecondary Education = "upper_secondary"
	EducationVocational     Education = "vocational"
	EducationCollege        Education = "college"
	EducationUniversity     Education = "university"
	EducationPostgraduate   Education = "postgraduate"
)

// Educations returns every level, rising.
func Educations() []Education {
	return []Education{EducationNone, EducationLiterate, EducationPrimary, EducationLowerSecondary, EducationUpperSecondary,
		EducationVocational, EducationCollege, EducationUniversity, EducationPostgraduate}
}

// Words returns the level for a reader.
func (e Education) Words() string { return educationWords[e] }

var educationWords = map[Education]string{
	EducationNone: "chưa biết chữ", EducationLiterate: "biết đọc, biết viết", EducationPrimary: "tiểu học", EducationLowerSecondary: "trung học cơ sở",
	EducationUpperSecondary: "trung học phổ thông", EducationVocational: "trung cấp", EducationCollege: "cao đẳng", EducationUniversity: "đại học",
	EducationPostgraduate: "sau đại học",
}

// An Area says whether the exceptions of ELI-04 hold where the person lives and works.
type Area string

// Areas: mountains, border, islands, minority areas, very hard areas, fishing at sea are special.
const (
	AreaOrdinary Area = "ordinary"
	AreaSpecial  Area = "special"
)

// educationTyped judges what an application says of schooling and place.
func (j *judge) educationTyped() {
	a := j.act
	if a.Education != "" && !slices.Contains(Educations(), a.Education) {
		j.block("ELI-03", "", "education", "Chọn trình độ học vấn trong danh sách.")
	}
	if a.Area != "" && a.Area != AreaOrdinary && a.Area != AreaSpecial {
		j.block("ELI-04", "", "area", "Chọn nơi cư trú, làm việc: bình thường, hoặc thuộc diện đặc thù.")
	}
}

const citeEducation = "HD 01-HD/TW, 1.2"

// education judges the schooling on the day of the branch's vote (ELI-03) with the
// exceptions of special areas (ELI-04). What was not recorded is not judged.
func (j *judge) education() {
	f := j.file
	level := slices.Index(Educations(), f.Education)
	lower := slices.Index(Educations(), EducationLowerSecondary)
	switch {
	case level < 0 || level >= lower:
	case f.Area == AreaSpecial && f.Education == EducationPrimary:
	case f.Area == AreaSpecial && f.Education == EducationLiterate && f.Consents["ELI-04"] != "":
	case f.Area == AreaSpecial && f.Education == EducationLiterate:
		j.block("ELI-04", citeEducation, "on", "Người mới biết đọc, biết viết ở địa bàn đặc thù: cần văn bản đồng ý của ban thường vụ cấp ủy trực thuộc Trung ương trước khi chi bộ xét.")
	default:
		j.block("ELI-03", "", "on", "Trình độ học vấn %s: phải có bằng tốt nghiệp trung học cơ sở trở lên; ở địa bàn đặc thù ít nhất là tiểu học.", f.Education.Words())
	}
}
