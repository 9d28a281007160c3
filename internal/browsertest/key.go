package browsertest

import (
	"strconv"

	"github.com/chromedp/chromedp"
)

// Press presses keys one after the other, wherever the page has its focus. Enter is "\r".
func (b *Browser) Press(keys string) {
	b.tb.Helper()
	act(b, "press "+keys, chromedp.KeyEvent(keys))
}

// Go presses keys that lead to another page, and waits for that page.
func (b *Browser) Go(keys string) int {
	b.tb.Helper()
	return b.follow("go by "+keys, chromedp.KeyEvent(keys))
}

// Focused reports whether the focus stands on the element that selector finds, or in it.
func (b *Browser) Focused(selector string) bool {
	b.tb.Helper()
	return eval[bool](b, "focus on "+selector, `document.activeElement.closest(`+strconv.Quote(selector)+`) !== null`)
}
