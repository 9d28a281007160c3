// Package browsertest drives a headless Chromium through the pages, for tests of package
// web and its components. It reaches only the address it is given. A page that writes an
// error to its console, or breaks the policy it was served under, fails the test.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one step may take before the test fails.
const patience = 30 * time.Second

// A Browser is one window. Its methods fail the test, naming the step, when a step
// cannot be done.
type Browser struct {
	tb      testing.TB
	ctx     context.Context
	base    string
	console console
}

// Open starts a browser for pages below baseURL and closes it with the test. Where no
// Chromium is installed it skips the test and says so, but fails it when CI or
// KETNAP_TEST_BROWSER=required is set. KETNAP_CHROMIUM names another program than the
// one in the path.
func Open(tb testing.TB, baseURL string) *Browser {
	tb.Helper()
	program, err := find(os.Getenv, exec.LookPath)
	if err != nil {
		absent(tb, err.Error())
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options(program)...)
	tb.Cleanup(stop)
	ctx, closeWindow := chromedp.NewContext(allocator)
	tb.Cleanup(closeWindow)

	b := &Browser{tb: tb, ctx: ctx, base: strings.TrimSuffix(baseURL, "/")}
	if err := b.listen(); err != nil {
		tb.Fatalf("start %s: %v", program, err)
	}
	tb.Cleanup(b.complain)
	b.Width(1280)
	return b
}

// NeedsBundle skips a test of how pages look when no style was bundled, which url shows by
// being empty; in CI it fails it.
func NeedsBundle(tb testing.TB, url string) {
	tb.Helper()
	if url == "" {
		absent(tb, "nothing is bundled: run make assets first")
	}
}

// absent ends a test that lacks what it needs. Only a person's own machine may lack it.
func absent(tb testing.TB, why string) {
	tb.Helper()
	if os.Getenv("CI") != "" || os.Getenv("KETNAP_TEST_BROWSER") == "required" {
		tb.Fatal(why)
	}
	tb.Skip(why)
}

// listen starts the browser and hears what its pages say.
func (b *Browser) listen() error {
	if err := chromedp.Listen(b.ctx, b.console.hear); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		return fmt.Errorf("hear answers: %w", err)
	}
	if _, err := chromedp.Call(b.ctx, log.Enable, cdp.Empty{}); err != nil {
		return fmt.Errorf("hear the console: %w", err)
	}
	return nil
}

func find(getenv func(string) string, look func(string) (string, error)) (string, error) {
	if named := getenv("KETNAP_CHROMIUM"); named != "" {
		return look(named)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := look(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium found: install the package chromium, or name the program in KETNAP_CHROMIUM")
}

// options keep the browser from calling anyone but the page under test.
func options(program string) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "vi"),
	)
	if os.Geteuid() == 0 { // Chromium's sandbox refuses root
		opts = append(opts, chromedp.NoSandbox)
	}
	return opts
}

// act runs the action of a step within patience and returns what it gives.
func act[T any](b *Browser, step string, action chromedp.Action[T]) T {
	b.tb.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.tb.Fatalf("%s: %v", step, err)
	}
	return v
}

// eval is act for a script of the page; a promise is waited for.
func eval[T any](b *Browser, step, script string) T {
	b.tb.Helper()
	return act(b, step, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
}

// command is act for a command of the browser itself.
func command[P any](b *Browser, step string, cmd cdp.Command[P, cdp.Empty], params P) {
	b.tb.Helper()
	act(b, step, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cmd, params)
		return chromedp.Void{}, err
	})
}

// follow runs the actions of a step that leads to another page, and waits for that page.
// It returns the status that the page was served with.
func (b *Browser) follow(step string, actions ...chromedp.Action[chromedp.Void]) int {
	b.tb.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, actions...)
	if err != nil {
		b.tb.Fatalf("%s: %v", step, err)
	}
	if response == nil {
		return 0
	}
	return int(response.Status)
}

// Visit opens path and returns the status of the page.
func (b *Browser) Visit(path string) int {
	b.tb.Helper()
	return b.follow("visit "+path, chromedp.Navigate(b.base+path))
}

// Follow presses what leads to another page, waits for it and returns its status.
func (b *Browser) Follow(selector string) int {
	b.tb.Helper()
	return b.follow("follow "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Submit sends the form that selector names or stands in, by its own submit button, and
// returns the status of the page that answers.
func (b *Browser) Submit(selector string) int {
	b.tb.Helper()
	script := fmt.Sprintf(`(() => { const e = document.querySelector(%q); (e.form || e.closest("form")).requestSubmit(); })()`, selector)
	return b.follow("submit "+selector, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[any](script)(ctx, t)
		return err
	}))
}

// Click presses what changes the page without leaving it.
func (b *Browser) Click(selector string) {
	b.tb.Helper()
	act(b, "click "+selector, chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Fill puts a value into a field, as typing would: dates as 2006-01-02, choices by value.
func (b *Browser) Fill(selector, value string) {
	b.tb.Helper()
	script := fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q;
		for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, {bubbles: true})); return e.value; })()`, selector, value)
	b.Await(selector)
	if got := eval[string](b, "fill "+selector, script); got != value {
		b.tb.Fatalf("fill %s: the field took %q as %q", selector, value, got)
	}
}

// Text returns the visible text of the first element that selector finds.
func (b *Browser) Text(selector string) string {
	b.tb.Helper()
	return strings.TrimSpace(act(b, "text of "+selector, chromedp.Text(chromedp.CSS(selector))))
}

// Has reports whether selector finds something that can be seen now.
func (b *Browser) Has(selector string) bool {
	b.tb.Helper()
	return eval[bool](b, "look for "+selector, fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.checkVisibility())`, selector))
}

// Count returns how many elements selector finds, hidden ones too.
func (b *Browser) Count(selector string) int {
	b.tb.Helper()
	return eval[int](b, "count "+selector, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}

// Path returns where the browser stands, without the query.
func (b *Browser) Path() string {
	b.tb.Helper()
	return eval[string](b, "path", `location.pathname`)
}

// Await waits until selector finds something that can be seen.
func (b *Browser) Await(selector string) {
	b.tb.Helper()
	act(b, "await "+selector, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// AwaitText waits until the first element that selector finds holds text.
func (b *Browser) AwaitText(selector, text string) {
	b.tb.Helper()
	script := fmt.Sprintf(`document.querySelector(%q)?.textContent.includes(%q) === true`, selector, text)
	act(b, "await "+text+" in "+selector, chromedp.Poll[bool](script, chromedp.WithPollingInterval(50*time.Millisecond)))
}

// Value returns what stands in a field.
func (b *Browser) Value(selector string) string {
	b.tb.Helper()
	return eval[string](b, "value of "+selector, fmt.Sprintf(`document.querySelector(%q).value`, selector))
}

// Width makes the window as wide as a phone (390) or a desk (1280).
func (b *Browser) Width(pixels int64) {
	b.tb.Helper()
	height := int64(900)
	if pixels < 600 {
		height = 844
	}
	act(b, "width", chromedp.EmulateViewport(pixels, height))
}

// Dark asks for the dark colours, or again for the light ones.
func (b *Browser) Dark(dark bool) {
	b.tb.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	command(b, "colours", emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// NoScript switches the scripts of pages off: everything must work without them.
func (b *Browser) NoScript() {
	b.tb.Helper()
	command(b, "no script", emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// Fits fails the test when the page is wider than the window.
func (b *Browser) Fits() {
	b.tb.Helper()
	wide := eval[string](b, "measure", `(() => {
		const room = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= room) return "";
		const out = [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > room + 1);
		return out.slice(-3).map((e) => e.tagName + "." + e.className).join(", ") || "the body";
	})()`)
	if wide != "" {
		b.tb.Errorf("%s is wider than the window: %s", b.path(), wide)
	}
}

// Screenshot writes the whole page as a PNG file.
func (b *Browser) Screenshot(path string) {
	b.tb.Helper()
	eval[bool](b, "load fonts", `document.fonts.ready.then(() => true)`)
	png := act(b, "screenshot", chromedp.FullScreenshot(100))
	if err := os.WriteFile(path, png, 0o600); err != nil {
		b.tb.Fatalf("screenshot: %v", err)
	}
}

func (b *Browser) path() string {
	return strings.TrimPrefix(eval[string](b, "address", `location.href`), b.base)
}

// complain fails the test with what the pages wrote to the console.
func (b *Browser) complain() {
	for _, fault := range b.console.faults() {
		b.tb.Errorf("console: %s", fault)
	}
}

// console collects the errors of every page of the window.
type console struct {
	mu        sync.Mutex
	documents map[string]bool // addresses of pages: a page may be a refusal
	said      []fault
}

type fault struct{ url, text string }

func (c *console) hear(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			if c.documents == nil {
				c.documents = map[string]bool{}
			}
			c.documents[e.Response.URL] = true
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			c.said = append(c.said, fault{e.Entry.URL, e.Entry.Text})
		}
	case *runtime.EventExceptionThrown:
		c.said = append(c.said, fault{text: e.ExceptionDetails.Text})
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			c.said = append(c.said, fault{text: fmt.Sprintf("%v", e.Args)})
		}
	}
}

// faults leaves out that a page was served with a refusal (422, 404): the browser calls
// that an error, the test decides.
func (c *console) faults() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, f := range c.said {
		if c.documents[f.url] && strings.HasPrefix(f.text, "Failed to load resource") {
			continue
		}
		all = append(all, strings.TrimSpace(f.url+" "+f.text))
	}
	return all
}
