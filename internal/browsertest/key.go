package browsertest

import (
	"strconv"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that no letter writes, for Press.
const (
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
	Left   = kb.ArrowLeft
	Right  = kb.ArrowRight
	Delete = kb.Delete
	F2     = kb.F2
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

// Chord presses a key while Ctrl is held.
func (b *Browser) Chord(key string) {
	b.tb.Helper()
	act(b, "press Ctrl+"+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// Paste focuses an element and gives it what a spreadsheet leaves to be pasted.
func (b *Browser) Paste(selector, text string) {
	b.tb.Helper()
	eval[any](b, "paste into "+selector, `(() => { const e = document.querySelector(`+strconv.Quote(selector)+`); e.focus();
		const data = new DataTransfer(); data.setData("text/plain", `+strconv.Quote(text)+`);
		e.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); })()`)
}
