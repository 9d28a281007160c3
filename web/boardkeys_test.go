package web

import (
	"net/http"
	"strings"
	"testing"

	"ketnap/access"
)

// The list is worked from end to end without a mouse; the board, the forms about many and
// the registers are for everybody.
func TestTheListByKeys(t *testing.T) {
	l := newLoop(t)
	b := l.browser
	l.as(access.BaseOffice)
	l.visit("/files")
	b.Press("jjx")
	b.AwaitText("[data-chosen]", "Đã chọn 1")
	b.Press("kx")
	b.AwaitText("[data-chosen]", "Đã chọn 2")
	if !b.Focused("tbody tr:first-child th a") {
		t.Error("k does not lead to the row before")
	}
	b.Press("/")
	if !b.Focused("#find") {
		t.Error("/ does not lead to the search")
	}
	b.Press("jx?")
	if !strings.HasSuffix(b.Value("#find"), "jx?") || b.Has(".keys-window") { // the driver types the / that the page has taken
		t.Errorf("keys act while one types %q", b.Value("#find"))
	}
	b.Click("main h1")
	b.Press("?")
	b.AwaitText(".keys-window", "Tắt phím tắt")
	b.Axe()
	b.Press("\x1b")
	if b.Has(".keys-window") {
		t.Error("the window of keys does not close")
	}
	b.Press("j")
	if status := b.Go("\r"); status != http.StatusOK || !b.Has(".timeline, .steps") {
		t.Error("Enter does not open the row")
	}
	if b.Go("gs"); b.Path() != "/registers" {
		t.Errorf("g s leads to %s", b.Path())
	}
	b.Go("gh")
	b.Click("[data-pick]")
	b.AwaitText("[data-chosen]", "Đã chọn 50")
	b.Follow(`button[formaction="/bulk/class"]`)
	b.AwaitText("main h1", "Danh sách đề nghị")
	for _, page := range []string{"/board", "/files?pick=all&sort=due", "/registers", "/registers/admitted?year=2024", "/registers/left?year=2024", "/registers/uses", "/keys"} {
		l.visit(page)
		for _, width := range []int64{390, 320, 1280} {
			b.Width(width)
			b.Fits()
		}
	}
	b.Follow(`a[href="/files"]`)
	b.Press("x")
	b.Click("tbody tr:first-child [name=file]")
	b.Follow(`button[formaction="/bulk/helper"]`)
	b.Axe()
	l.shoot("bulk-helper")
}
