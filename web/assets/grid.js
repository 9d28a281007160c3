// The grid of targets by keyboard: arrows, Enter and Tab move, typing or F2 edits, Esc
// takes back, Delete empties, a block is pasted from a spreadsheet, Ctrl+Z and Ctrl+Y undo
// and redo. The form does without: the server reads and checks every cell again.

const dot = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");

// count reads "5" and "1.235"; null is no count.
function count(text) {
  const s = text.trim();
  if (!/^(\d+|\d{1,3}(\.\d{3})+)$/.test(s)) return null;
  return Number(s.replaceAll(".", ""));
}

// read says what a cell asks for at least, or the key of what is wrong with it.
function read(text, base) {
  const s = text.normalize("NFC").replaceAll("\u00a0", " ").trim().toLowerCase();
  if (s === "" || s === "–" || s === "-") return { least: 0 };
  const share = s.match(/^(\d+)(?:[.,](\d{1,2}))?\s*%$/);
  if (share) {
    const hundredths = Number(share[1]) * 100 + Number((share[2] || "0").padEnd(2, "0"));
    if (hundredths < 1 || hundredths > 10000) return { wrong: "percent" };
    return base === "" ? { wrong: "base" } : { least: Math.ceil((hundredths * Number(base)) / 10000) };
  }
  const open = s.match(/^(?:≥|>=)\s*(.+)$/) || s.match(/^(?:từ\s+)?(.+?)\s*(?:trở lên|\+)$/);
  const ends = open ? [open[1]] : s.replace(/^từ (?=.*đến)/, "").split(/–|—|-|đến/);
  const numbers = ends.map(count);
  if (numbers.length > 2 || numbers.includes(null)) return { wrong: "number" };
  if (numbers.some((n) => n > 1000000)) return { wrong: "large" };
  if (numbers.length === 2 && numbers[1] < numbers[0]) return { wrong: "order" };
  return { least: numbers[0] };
}

function grid(form) {
  const cells = () => [...form.querySelectorAll(".grid-table tbody tr")].map((row) => [...row.querySelectorAll("td.cell")]
    .filter((td) => td.checkVisibility()).map((td) => td.querySelector("input:not([type=hidden])"))).filter((row) => row.some(Boolean));
  const all = [...form.querySelectorAll(".grid-table input[data-column]")];
  const first = new Map(all.map((input) => [input, input.value]));
  const was = (input) => input.nextElementSibling.value.replace(/^\d+\|/, "");
  const done = [];
  let undone = [];
  let editing = null; // the cell that is being typed in
  let start = ""; // what stood there before

  // — what the cells say together —
  function balance(column) {
    const people = (text, at) => read(text, at.closest("tr").dataset.base).least || 0;
    const fixed = [...form.querySelectorAll(`[data-fixed="${column}"]`)].reduce((n, span) => n + people(span.textContent, span), 0); // of units that were closed
    const sum = all.filter((i) => i.dataset.column === column).reduce((n, i) => n + people(i.value, i), fixed);
    form.querySelectorAll(`[data-sum="${column}"]`).forEach((at) => (at.textContent = dot(sum)));
    form.querySelectorAll(`[data-balance="${column}"]`).forEach((at) => {
      if (at.dataset.own === "") return;
      const diff = sum - Number(at.dataset.own);
      at.textContent = diff < 0 ? `${form.dataset.short} ${dot(-diff)}` : diff > 0 ? `${form.dataset.over} ${dot(diff)}` : form.dataset.even;
    });
  }
  function mark(input) {
    const { wrong } = read(input.value, input.closest("tr").dataset.base);
    const say = document.getElementById(`${input.id}/say`);
    const changed = input.value.trim() !== was(input);
    input.toggleAttribute("data-changed", changed);
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    say.classList.toggle("error", Boolean(wrong));
    say.textContent = wrong ? form.dataset[wrong] : changed ? "" : say.dataset.note;
  }
  function tell() {
    const changed = all.filter((i) => i.value.trim() !== was(i));
    const why = form.querySelector(".grid-why");
    why.hidden = !changed.some((i) => i.dataset.planned) && !why.querySelector("[aria-invalid]");
    form.querySelector("#grid-say").textContent = changed.length ? form.dataset.changed.replace("{n}", changed.length) : "";
  }
  function settle(inputs) {
    inputs.forEach(mark);
    new Set(inputs.map((i) => i.dataset.column)).forEach(balance);
    tell();
  }

  // — changes, one step each —
  function change(steps) {
    const real = steps.filter((s) => s.from !== s.to);
    if (!real.length) return;
    done.push(real);
    undone = [];
    real.forEach((s) => (s.input.value = s.to));
    settle(real.map((s) => s.input));
  }
  function back(from, to, side) {
    const steps = from.pop();
    if (!steps) return;
    to.push(steps);
    steps.forEach((s) => (s.input.value = s[side]));
    settle(steps.map((s) => s.input));
    go(steps[0].input);
  }
  function commit() {
    if (!editing) return;
    const input = editing;
    const to = input.value;
    editing = null;
    input.removeAttribute("data-editing");
    input.value = start;
    change([{ input, from: start, to }]);
  }
  function edit(input) {
    editing = input;
    start = input.value;
    input.setAttribute("data-editing", "");
  }
  function go(input) {
    input?.focus();
    input?.select();
  }
  function move(input, down, right) {
    const rows = cells();
    const y = rows.findIndex((row) => row.includes(input));
    const x = rows[y]?.indexOf(input) ?? 0;
    const row = rows[Math.min(Math.max(y + down, 0), rows.length - 1)];
    go(row[Math.min(Math.max(x + right, 0), row.length - 1)]);
  }

  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!all.includes(input) || event.isComposing || event.altKey) return;
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      commit();
      back(done, undone, "from");
    } else if (held && (event.key.toLowerCase() === "y" || event.shiftKey && event.key.toLowerCase() === "z")) {
      event.preventDefault();
      commit();
      back(undone, done, "to");
    } else if (held) {
      return;
    } else if (event.key === "Enter") {
      event.preventDefault(); // the form is sent by its button
      commit();
      move(input, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === "Escape" && editing) {
      event.preventDefault();
      input.value = start;
      editing = null;
      input.removeAttribute("data-editing");
      settle([input]);
      input.select();
    } else if (event.key === "F2" && !editing) {
      event.preventDefault();
      edit(input);
      input.setSelectionRange(input.value.length, input.value.length);
    } else if (arrows[event.key] && (!editing || event.key === "ArrowUp" || event.key === "ArrowDown") && !event.shiftKey) {
      event.preventDefault();
      commit();
      move(input, ...arrows[event.key]);
    } else if (event.key === "Delete" && !editing) {
      event.preventDefault();
      change([{ input, from: input.value, to: "" }]);
    } else if (event.key === "Backspace" && !editing) {
      edit(input);
      input.select();
    } else if (event.key.length === 1 && !editing) {
      edit(input);
      input.select(); // what is typed takes the place of what stood there
    }
  });
  form.addEventListener("keypress", (event) => event.key === "Enter" && all.includes(event.target) && event.preventDefault());
  form.addEventListener("input", (event) => {
    const input = event.target;
    if (!all.includes(input)) return;
    if (!editing) { // put in by something else than keys
      editing = input;
      start = first.get(input);
    }
    mark(input);
    balance(input.dataset.column);
  });
  form.addEventListener("focusin", (event) => {
    if (!all.includes(event.target) || event.target === editing) return;
    commit();
    first.set(event.target, event.target.value);
    event.target.select();
  });
  form.addEventListener("focusout", (event) => all.includes(event.target) && commit());
  form.addEventListener("dblclick", (event) => all.includes(event.target) && !editing && edit(event.target));

  // — a block from a spreadsheet: rows by lines, cells by tabs —
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!all.includes(input) || editing && !/[\t\n]/.test(text)) return;
    event.preventDefault();
    commit();
    const rows = cells();
    const y = rows.findIndex((row) => row.includes(input));
    const x = rows[y].indexOf(input);
    const steps = [];
    text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").forEach((line, dy) => line.split("\t").forEach((value, dx) => {
      const cell = rows[y + dy]?.[x + dx];
      if (cell) steps.push({ input: cell, from: cell.value, to: value.trim().slice(0, 60) });
    }));
    change(steps);
  });

  // — handing out: the server reckons, the cells show it, one step back undoes it —
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "spread") {
      commit();
      return;
    }
    event.preventDefault();
    commit();
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#spread");
    if (!fresh) {
      form.submit(); // logged out, say: the page itself tells why
      return;
    }
    form.querySelector("#spread").replaceWith(document.importNode(fresh, true));
    if (answer.ok) change(all.map((input) => ({ input, from: input.value, to: page.getElementById(input.id)?.value ?? input.value })));
    const say = form.querySelector("#spread-say");
    say.textContent = String(say.textContent); // said anew
    (form.querySelector("#spread [aria-invalid]") || form.querySelector("#spread button"))?.focus();
  }, true);

  form.querySelector(".grid-undo").hidden = false;
  form.querySelector("[data-undo]").addEventListener("click", () => back(done, undone, "from"));
  form.querySelector("[data-redo]").addEventListener("click", () => back(undone, done, "to"));
  all.forEach((input) => input.toggleAttribute("data-changed", input.value.trim() !== was(input)));
  tell();
}

document.querySelectorAll("form#grid").forEach(grid);
