package knd

import (
	"regexp"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/rule"
)

// forms38 is the day of 38-HD/BTCTW, which changed the forms within RS-2021 (RS-2021F),
// and forms2025 the day of the CV without the district level (DOC-31).
var (
	forms38   = date.Must("2024-10-31") //nolint:gochecknoglobals // a date never changes
	forms2025 = date.Must("2025-07-01") //nolint:gochecknoglobals // a date never changes
	// single2026 is the day from which there is one name, chi bộ (ORG-03, RS-2026B).
	single2026 = date.Must("2026-07-26") //nolint:gochecknoglobals // a date never changes
)

const guidance38 = "HD 38-HD/BTCTW (31/10/2024)"

// documentName takes "QĐ 24-QĐ/TW (30/7/2021)" apart.
var documentName = regexp.MustCompile(`^(QĐ|HD|CV) (\S+) \((\d{1,2}/\d{1,2}/\d{4})\)$`)

// citedInFull names a document of the Centre as papers cite it; what is not of the known
// shape stays as it is.
func citedInFull(name string) string {
	m := documentName.FindStringSubmatch(name)
	if m == nil {
		return name
	}
	number := m[2] + " ngày " + m[3]
	switch {
	case m[1] == "QĐ" && strings.HasSuffix(m[2], "-QĐ/TW"):
		return "Quy định số " + number + " của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng"
	case m[1] == "HD" && strings.HasSuffix(m[2], "-HD/TW"):
		return "Hướng dẫn số " + number + " của Ban Bí thư về một số vấn đề cụ thể thi hành Điều lệ Đảng"
	case m[1] == "HD":
		return "Hướng dẫn số " + number + " của Ban Tổ chức Trung ương về nghiệp vụ công tác đảng viên"
	}
	return "Công văn số " + number + " của Ban Tổ chức Trung ương"
}

// bases are the charter's article, the regulation and the Secretariat's guidance in
// force on the day of the paper (ADM-00), as the paper cites them.
func bases(set rule.Set, article string) []document.Block {
	out := []document.Block{basis("Căn cứ " + article + " Điều lệ Đảng Cộng sản Việt Nam;")}
	for _, name := range set.Documents {
		if strings.Contains(name, "-QĐ/TW") || strings.Contains(name, "-HD/TW") {
			out = append(out, basis("Căn cứ "+citedInFull(name)+";"))
		}
	}
	return out
}

func basis(text string) document.Block {
	return document.Block{Kind: document.Basis, Text: document.Plain("- " + text)}
}

// formsGuidance is the guidance whose forms hold on a day: that of the set in force, or
// of the nearest earlier one that names any.
func formsGuidance(sets rule.Sets, day date.Date) string {
	found := ""
	for _, s := range sets {
		if !s.From.IsZero() && s.From.After(day) {
			break
		}
		for _, name := range s.Documents {
			if strings.HasPrefix(name, "HD ") && strings.Contains(name, "/BTCTW") {
				found = name
			}
		}
	}
	if on := sets.On(day); on.ID == "RS-2021" && !day.Before(forms38) {
		return guidance38
	}
	return found
}

// citeOf is a clause of the documents of a day: kind is "QĐ" or "HD".
func citeOf(set rule.Set, kind, clause string) string {
	for _, name := range set.Documents {
		m := documentName.FindStringSubmatch(name)
		if m != nil && m[1] == kind && strings.HasSuffix(m[2], "-"+kind+"/TW") {
			return kind + " " + m[2] + ", " + clause
		}
	}
	return clause
}

func regulation(sets rule.Sets) rule.Sets {
	if len(sets) == 0 {
		return admission.Regulation()
	}
	return sets
}

// guidanceInFull is the Secretariat's guidance of a set, which a letter carries out.
func guidanceInFull(set rule.Set) string {
	for _, name := range set.Documents {
		if strings.Contains(name, "-HD/TW") {
			return citedInFull(name)
		}
	}
	return "quy định về thi hành Điều lệ Đảng"
}
