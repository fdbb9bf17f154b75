// Arrow keys move through the cells of an overview; Tab goes from link to link as it does without.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function within(number, length) {
  return Math.min(Math.max(number, 0), length - 1);
}

function aim(event, rows, row, column) {
  const step = STEPS[event.key];
  if (step) return [row + step[0], column + step[1]];
  const far = event.ctrlKey;
  if (event.key === "Home") return [far ? 0 : row, 0];
  if (event.key === "End") return [far ? rows.length - 1 : row, rows[row].cells.length - 1];
  return null;
}

function enter(cell) {
  const link = cell.querySelector("a.question, a.line");
  const target = link || cell;
  if (!link) cell.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function move(event) {
  const cell = event.target.closest("tbody th, tbody td");
  const steps = event.key in STEPS;
  if (!cell || event.altKey || event.metaKey || event.shiftKey || (event.ctrlKey && steps)) return;
  const rows = cell.closest("tbody").rows;
  const row = cell.parentElement.sectionRowIndex;
  const found = aim(event, rows, row, cell.cellIndex);
  if (!found) return;
  event.preventDefault();
  const next = rows[within(found[0], rows.length)];
  enter(next.cells[within(found[1], next.cells.length)]);
}

for (const table of document.querySelectorAll("table.matrix")) {
  table.addEventListener("keydown", move);
}
