package main

import (
	"fmt"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
)

// papersDoc is the table of all forms, on a day of each layout set.
func papersDoc() string {
	var b strings.Builder
	b.WriteString(generated + "# Mẫu giấy tờ\n\nChương trình viết các mẫu sau từ hồ sơ. «Điền từ hồ sơ» là văn bản của tổ chức, in DOCX và PDF; «mẫu hướng dẫn» là giấy người xin vào Đảng viết tay.\n")
	for _, day := range []date.Date{date.Must("2024-08-15"), date.Must("2026-11-24")} {
		fmt.Fprintf(&b, "\n## Ngày %s: bộ %s, thể thức %s\n\n| Mẫu | Tên | Người lập | Số | Việc | Giá trị | In | Căn cứ |\n|---|---|---|---|---|---|---|---|\n",
			day.VN(), admission.Regulation().On(day).ID, document.LayoutOn(day))
		for _, f := range knd.Forms(day) {
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", f.Code, f.Name, f.By, dash(f.Kind), dash(actWords(f.Act)), dash(f.Term), printWords(f), dash(f.Cite))
		}
	}
	b.WriteString("\n## Ba mẫu đã in\n\n![Quyết định kết nạp, thể thức 05-HD/VPTW](../guide/papers/9-knd.png)\n\n" +
		"![Nghị quyết của chi bộ, thể thức 36-HD/VPTW](../guide/papers/6-knd.png)\n\n![Biên bản họp chi bộ](../guide/papers/bb-cb.png)\n")
	return b.String()
}

func actWords(c admission.Code) string {
	if c == "" {
		return ""
	}
	return c.Words()
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func printWords(f knd.Form) string {
	if f.Hand {
		return "mẫu hướng dẫn"
	}
	return "điền từ hồ sơ"
}
