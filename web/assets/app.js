// What makes the pages smoother. No page needs it: every form and link here works
// without script, and everything below only spares a wait or a second click.
import htmx from "htmx.org/dist/htmx.esm.js";
import "./grid.js";
import "./lesson.js";

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

// Who is chosen from a list is counted over it, and a whole page is chosen without loading it anew.
function sayChosen(form) {
  const say = form.querySelector("[data-chosen]");
  const n = form.querySelectorAll("[name=file]:checked").length;
  if (!say) return;
  say.dataset.none ??= say.textContent;
  say.textContent = n > 0 ? say.dataset.chosen.replace("{n}", n) : say.dataset.none;
}
document.addEventListener("change", (event) => {
  const form = event.target.closest("form.chosen");
  if (form) sayChosen(form);
});
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-pick]");
  if (!all) return;
  event.preventDefault();
  const boxes = [...all.closest("form").querySelectorAll("[name=file]")];
  const pick = boxes.some((box) => !box.checked);
  boxes.forEach((box) => (box.checked = pick));
  sayChosen(all.closest("form"));
});
htmx.onLoad((root) => root.querySelectorAll("form.chosen").forEach(sayChosen));

// Keys, for whoever works without a mouse; the page /keys says what they do. None acts
// while one types, with a modifier, or when they were turned off.
const places = {
  v: "/", t: "/overview", h: "/files", c: "/meetings", l: "/verification", k: "/targets", d: "/documents",
  n: "/table", m: "/deadlines", b: "/reports", s: "/registers", x: "/ratings", q: "/rules", a: "/admin", y: "/audit",
  o: "/source", p: "/classes", u: "/unions",
};
const keysOff = () => localStorage.getItem("keys") === "off";
const types = (target) => target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
const patience = 1500; // milliseconds between g and its letter
let going = 0;

const rows = () => [...document.querySelectorAll("main .data-table tbody tr, main [data-row], main .task")]
  .map((row) => ({ row, link: row.querySelector("a") })).filter(({ link }) => link?.checkVisibility());

function step(by) {
  const all = rows();
  const here = all.findIndex(({ row }) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
  all[next]?.link.focus();
}

function pick() {
  const box = document.activeElement.closest("tr")?.querySelector("[name=file]");
  if (document.activeElement !== box) box?.click(); // a box of its own has the space bar
}

async function sayKeys() {
  let ask = document.querySelector(".keys-window");
  if (!ask) {
    const answer = await fetch("/keys");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page.querySelector("#keys-text");
    if (!answer.ok || !text) return;
    ask = document.createElement("div");
    ask.className = "ask keys-window";
    ask.popover = "auto";
    ask.tabIndex = -1;
    ask.setAttribute("role", "dialog");
    ask.setAttribute("aria-labelledby", "keys-title");
    const title = document.createElement("h2");
    title.id = "keys-title";
    title.textContent = page.querySelector("main h1").textContent;
    text.removeAttribute("id");
    ask.append(title, text);
    document.body.append(ask);
    offer(ask);
  }
  ask.togglePopover();
  if (ask.matches(":popover-open")) ask.focus();
}

const keys = {
  "/": () => document.querySelector("#find")?.checkVisibility() ? document.querySelector("#find").focus() : document.querySelector("main [type=search]")?.focus(),
  "?": sayKeys,
  j: () => step(1),
  k: () => step(-1),
  x: pick,
  n: () => document.querySelector("a[href='/files/new']")?.click(),
  g: () => (going = Date.now()),
};
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key === "g") return;
  if (keysOff() || types(event.target) || document.querySelector(":popover-open:not(.keys-window)")) return;
  const place = Date.now() - going < patience && document.querySelector(`.side a[href="${places[event.key]}"]`);
  const act = place ? () => place.click() : keys[event.key];
  if (event.key !== "g") going = 0;
  if (!act) return;
  event.preventDefault();
  act();
});

// Keys can be turned off, for who speaks to the machine or strays onto them.
function offer(root) {
  root.querySelectorAll("[data-keys]").forEach((button) => {
    button.hidden = false;
    button.textContent = keysOff() ? button.dataset.on : button.dataset.off;
  });
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys]")) return;
  if (keysOff()) localStorage.removeItem("keys");
  else localStorage.setItem("keys", "off");
  offer(document);
});
htmx.onLoad(offer);
