// The grid of marks: arrows and Enter walk through a column, and a block pasted from a
// spreadsheet fills the cells from where one stands. Without script one types, or pastes
// into the field beneath the grid.
const cells = (grid) => [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".lesson-mark")]);

function place(rows, input) {
  const row = rows.findIndex((inputs) => inputs.includes(input));
  return { row, column: columnOf(input) };
}

const columnOf = (input) => (input.name.endsWith(".2") ? 1 : 0);
const at = (inputs, column) => inputs.find((input) => columnOf(input) === column);

function walk(grid, input, by) {
  const rows = cells(grid);
  const { row, column } = place(rows, input);
  for (let i = row + by; i >= 0 && i < rows.length; i += by) {
    const next = at(rows[i], column);
    if (next) {
      next.focus();
      next.select();
      return true;
    }
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  if (!grid || !event.target.matches(".lesson-mark") || event.isComposing) return;
  const by = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault(); // Enter goes on to the next learner; the button saves
  walk(grid, event.target, by);
});

document.addEventListener("paste", (event) => {
  const grid = event.target.closest?.("[data-grid]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  if (!grid || !event.target.matches(".lesson-mark") || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const rows = cells(grid);
  const { row, column } = place(rows, event.target);
  const lines = text.split("\n");
  let left = 0;
  lines.forEach((line, i) => {
    line.split("\t").forEach((value, k) => {
      const input = rows[row + i] && at(rows[row + i], column + k);
      if (input) {
        input.value = value.trim();
        input.removeAttribute("aria-invalid");
      } else if (value.trim() !== "") left++;
    });
  });
  const said = grid.closest("form").querySelector("[data-grid-said]");
  said.hidden = left === 0;
  said.textContent = left > 0 ? grid.dataset.long.replace("{n}", left) : "";
});
