package web

import (
	"net/http"
	"strings"
	"testing"

	"ketnap/access"
)

// TestAReviewGoesFromTheBranchToTheBoardInABrowser declares, confirms and checks a review
// as three people do, the first of them on a phone.
func TestAReviewGoesFromTheBranchToTheBoardInABrowser(t *testing.T) {
	t.Parallel()
	l := newStory(t, "2024-10-15")
	const form, path = `form[action="/source/D01.B1/2024-H2"]`, "/source/D01.B1/2024-H2"
	l.as(access.BranchSecretary)
	l.browser.Width(390)
	l.says("/source?unit=D01.B1", "Rà soát nguồn", "Chưa rà soát")
	l.visit(path)
	l.browser.Fill(`input[name="value-non_members"]`, "9")
	l.browser.Fill(`input[name="value-union_age"]`, "12")
	l.browser.Click(`input[name="has"][value="no"]`)
	if status := l.browser.Submit(form); status != http.StatusUnprocessableEntity || !strings.Contains(l.browser.Text("main"), "Chưa ghi vì sao không còn nguồn") {
		t.Fatalf("no source without a reason: %d", status)
	}
	if l.browser.Value(`input[name="value-non_members"]`) != "9" {
		t.Error("what was typed is kept")
	}
	l.browser.Click(`input[name="reasons"][value="not_willing"]`)
	if status := l.browser.Submit(form); status != http.StatusUnprocessableEntity || !strings.Contains(l.browser.Text("main"), "12 quần chúng trong độ tuổi đoàn") ||
		!strings.Contains(l.browser.Text("main"), "nhiều hơn quần chúng") {
		t.Fatalf("the contradictions are shown first: %d, %s", status, l.browser.Text("main"))
	}
	l.browser.Fill(`textarea[name="despite"]`, "đã hỏi từng người")
	l.send(form)
	l.says(path, "Chi bộ đã khai", "đã hỏi từng người")

	l.browser.Width(1280)
	l.as(access.BaseOffice)
	l.browser.Width(1280)
	l.says("/source/due?unit=D01&period=2024-H2&state=declared", "Đảng ủy cơ sở xác nhận")
	l.visit(path)
	l.browser.Fill(`input[name="value-non_members"]`, "15")
	l.browser.Fill(`input[name="why-non_members"]`, "chi bộ đếm sót tổ hợp đồng")
	l.browser.Click(`input[name="has"][value="yes"]`)
	l.send(form)
	l.says("/source?unit=D01&period=2024-H2", "Còn nguồn", "Đảng ủy cơ sở đã xác nhận, 15/10/2024", "15")

	l.browser.Width(1280)
	l.as(access.OrgBoard)
	l.visit(path)
	l.send(form)
	l.says(path, "Cấp trên đã kiểm tra", "chi bộ đếm sót tổ hợp đồng", "Đang dùng khi xếp loại năm 2024")

	l.as(access.BranchSecretary)
	l.says(path, "đã có ý kiến của cấp trên")
	if l.browser.Has(form) {
		t.Error("the branch only reads now")
	}
}
