// Package union is what the mass organizations do in the admission of members: the yearly
// count of young people, introductions by resolution, movements, the working sessions of
// committee and union, and the criterion by which a union's part is judged. It is for the
// application and its pages. It must not know of a person more than the union itself
// wrote down, and it gives nobody points.
package union

import (
	"ketnap/admission"
	"ketnap/org"
)

// Words names the kind of a union; a union of no kind is called just that.
func Words(k org.Kind) string {
	switch k {
	case org.YouthUnion:
		return "Đoàn Thanh niên"
	case org.TradeUnion:
		return "Công đoàn"
	case org.WomenUnion:
		return "Hội Liên hiệp Phụ nữ"
	case org.Veterans:
		return "Hội Cựu chiến binh"
	}
	return "Đoàn thể"
}

// Introduces returns as whom unions of a kind introduce people to the Party; false for
// those that only give opinions (UNI-14).
func Introduces(k org.Kind) (admission.Introducer, bool) {
	switch k {
	case org.YouthUnion:
		return admission.YouthUnion, true
	case org.TradeUnion:
		return admission.TradeUnion, true
	}
	return "", false
}

// Paper returns the paper by which unions of a kind introduce (DOC-51); "" where they do not.
func Paper(k org.Kind) admission.PaperCode {
	switch k {
	case org.YouthUnion:
		return admission.PaperYouth
	case org.TradeUnion:
		return admission.PaperTrade
	}
	return ""
}

// Counts reports whether unions of a kind count young people: the youth union does
// (UNI-02).
func Counts(k org.Kind) bool { return k == org.YouthUnion }
