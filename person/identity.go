package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Field is one thing that is asked of a person beside name, birth and sex.
type Field string

// Fields, by the names under which forms send them.
const (
	FieldNumber          Field = "id_number"
	FieldBirthPlace      Field = "birth_place"
	FieldHometown        Field = "hometown"
	FieldResidence       Field = "residence"
	FieldEthnicity       Field = "ethnicity"
	FieldReligion        Field = "religion"
	FieldSchooling       Field = "schooling"
	FieldProfession      Field = "professional"
	FieldTitle           Field = "title"
	FieldTheory          Field = "theory"
	FieldLanguages       Field = "languages"
	FieldComputing       Field = "computing"
	FieldOccupation      Field = "occupation"
	FieldOccupationGroup Field = "occupation_group"
)

// Fields returns every field, in the order of the form.
func Fields() []Field {
	return []Field{FieldNumber, FieldBirthPlace, FieldHometown, FieldResidence, FieldEthnicity, FieldReligion, FieldSchooling,
		FieldProfession, FieldTitle, FieldTheory, FieldLanguages, FieldComputing, FieldOccupation, FieldOccupationGroup}
}

// Valid reports whether f is a field.
func (f Field) Valid() bool { return slices.Contains(Fields(), f) }

// Sensitive reports whether the law calls the field sensitive (LAW-04).
func (f Field) Sensitive() bool { return f == FieldEthnicity || f == FieldReligion }

// Details are what is kept of a person beside name, birth and sex: places and free words
// as they were written, the rest by the codes of the lists. They are comparable with ==.
type Details struct {
	Number                          Number
	BirthPlace, Hometown, Residence Place
	Ethnicity                       string // code of EthnicGroups
	Religion                        string // code of a religion
	Schooling                       Schooling
	Professional                    string // code of ProfessionalLevels
	Title                           string // code of AcademicTitles
	Theory                          string // code of PoliticalTheories
	Languages                       string // free words (IDN-28)
	Computing                       string // free words (IDN-28)
	Occupation                      string // free words, as the paper has them
	OccupationGroup                 string // code of OccupationGroups
}

// value is what a field holds, for comparing.
func (d Details) value(f Field) any {
	switch f {
	case FieldNumber:
		return d.Number
	case FieldBirthPlace:
		return d.BirthPlace
	case FieldHometown:
		return d.Hometown
	case FieldResidence:
		return d.Residence
	case FieldEthnicity:
		return d.Ethnicity
	case FieldReligion:
		return d.Religion
	case FieldSchooling:
		return d.Schooling
	case FieldProfession:
		return d.Professional
	case FieldTitle:
		return d.Title
	case FieldTheory:
		return d.Theory
	case FieldLanguages:
		return d.Languages
	case FieldComputing:
		return d.Computing
	case FieldOccupation:
		return d.Occupation
	}
	return d.OccupationGroup
}

// Changed returns the fields in which two details differ.
func (d Details) Changed(e Details) []Field {
	return slices.DeleteFunc(Fields(), func(f Field) bool { return d.value(f) == e.value(f) })
}

// Filled returns the fields in which something stands.
func (d Details) Filled() []Field { return d.Changed(Details{}) }

// With returns the details with those fields taken from e that the form carried.
func (d Details) With(e Details, fields []Field) Details {
	for _, f := range fields {
		switch f {
		case FieldNumber:
			d.Number = e.Number
		case FieldBirthPlace:
			d.BirthPlace = e.BirthPlace
		case FieldHometown:
			d.Hometown = e.Hometown
		case FieldResidence:
			d.Residence = e.Residence
		case FieldEthnicity:
			d.Ethnicity = e.Ethnicity
		case FieldReligion:
			d.Religion = e.Religion
		case FieldSchooling:
			d.Schooling = e.Schooling
		case FieldProfession:
			d.Professional = e.Professional
		case FieldTitle:
			d.Title = e.Title
		case FieldTheory:
			d.Theory = e.Theory
		case FieldLanguages:
			d.Languages = e.Languages
		case FieldComputing:
			d.Computing = e.Computing
		case FieldOccupation:
			d.Occupation = e.Occupation
		case FieldOccupationGroup:
			d.OccupationGroup = e.OccupationGroup
		}
	}
	return d
}

// An Identity is details as a paper prints them. What is not known is "".
type Identity struct {
	IDNumber                        string
	BirthPlace, Hometown, Residence string
	Ethnicity, Religion             string
	Education                       string // "12/12; đại học; lý luận chính trị trung cấp"
	Schooling, Professional         string
	Title, Theory                   string
	Languages, Computing            string
	Occupation                      string
}

// Print puts details into words. religions is the list of the day, for it grows (IDN-23).
func (d Details) Print(religions List) Identity {
	p := Identity{IDNumber: d.Number.Digits, BirthPlace: d.BirthPlace.Text, Hometown: d.Hometown.Text, Residence: d.Residence.Text,
		Ethnicity: EthnicGroups().Name(d.Ethnicity), Religion: religions.Name(d.Religion), Schooling: d.Schooling.String(),
		Professional: ProfessionalLevels().Name(d.Professional), Title: AcademicTitles().Name(d.Title),
		Theory: PoliticalTheories().Name(d.Theory), Languages: d.Languages, Computing: d.Computing, Occupation: d.Occupation}
	var parts []string
	for _, part := range []string{p.Schooling, strings.ToLower(p.Professional), strings.ToLower(p.Title)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if p.Theory != "" {
		parts = append(parts, "lý luận chính trị "+strings.ToLower(p.Theory))
	}
	p.Education = strings.Join(parts, "; ")
	return p
}

// A Warning is what seems wrong with what was entered, in a sentence for the user. It
// names its rule and never blocks (IDN-05).
type Warning struct {
	Rule  string
	Field Field
	Text  string
}

// maxWords is the most characters of a free text.
const maxWords = 200

// Why free words are refused.
var (
	errLong = textError("Dài quá 200 ký tự; xin ghi gọn lại.")
	errText = textError("Có ký tự không đọc được; xin gõ lại bằng bảng mã Unicode.")
)

type textError string

func (e textError) Error() string { return string(e) }

// FreeText returns free words in NFC with single spaces; it fails, with the sentence for
// the user, on more than 200 characters and on what is no text.
func FreeText(s string) (string, error) {
	if len(s) > 8*maxWords {
		return "", errLong
	}
	if !utf8.ValidString(s) {
		return "", errText
	}
	s = strings.Join(strings.Fields(norm.NFC.String(strings.Map(visible, s))), " ")
	if utf8.RuneCountInString(s) > maxWords {
		return "", errLong
	}
	return s, nil
}

// visible drops what nobody sees and turns breaks into spaces.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return -1
	}
	return r
}
