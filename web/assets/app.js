// What makes the pages smoother. No page needs it: every form and link here works
// without script, and everything below only spares a wait or a second click.
import htmx from "htmx.org/dist/htmx.esm.js";

// The pages are served under `default-src 'self'`: no inline style, no eval.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold people's data: none is kept in local storage
// Whatever the server answers is a page in our words, a refusal too: show it.
htmx.config.responseHandling = [{ code: "204", swap: false }, { code: ".*", swap: true }];

const slowAfter = 1000; // milliseconds: "anything above one second shows progress"
let slow;

function busy() {
  if (slow || document.querySelector(".busy")) return;
  slow = setTimeout(() => {
    const line = document.createElement("div");
    line.className = "busy";
    line.setAttribute("role", "progressbar");
    line.setAttribute("aria-label", document.body.dataset.busy || "");
    document.body.append(line);
  }, slowAfter);
}

function ready() {
  clearTimeout(slow);
  slow = undefined;
  document.querySelectorAll(".busy").forEach((line) => line.remove());
  document.querySelectorAll("button[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

// A form that writes is sent once: a second press while the first is under way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const button = event.submitter || form.querySelector("button[type=submit]");
  if (button?.getAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  button?.setAttribute("aria-busy", "true");
  busy();
});
document.addEventListener("htmx:beforeRequest", busy);
document.addEventListener("htmx:afterRequest", ready);
window.addEventListener("pageshow", ready); // also when "back" brings the page from memory

// Elements that are of use only with script come hidden and are shown here.
function reveal(root) {
  root.querySelectorAll("[data-print][hidden]").forEach((button) => (button.hidden = false));
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
htmx.onLoad(reveal);

// What went wrong is read first.
document.querySelector(".problem[tabindex]")?.focus();

// A browser writes a day its own way, 10/05 for the fifth of October or of May: beneath
// the field of a form it stands in ours, with its weekday.
const longDay = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "vi", {
  weekday: "long", day: "2-digit", month: "numeric", year: "numeric", timeZone: "UTC",
});
function sayDay(input) {
  let words = input.nextElementSibling;
  if (!words?.classList.contains("day")) {
    words = document.createElement("small");
    words.className = "day";
    input.after(words);
  }
  words.textContent = input.valueAsDate ? longDay.format(input.valueAsDate) : "";
}
document.querySelectorAll("form:not(.tools) input[type=date]").forEach((input) => {
  sayDay(input);
  input.addEventListener("input", () => sayDay(input));
});
