// Tables that only lay out a page are none; a table in a table becomes lines of its cell.
import { look } from "./looks.js";

const BLANK = /^[\s\u00a0]*$/;
const CELLS = ":scope > td, :scope > th";
const BETWEEN = " · "; // cells of a row that becomes a line

export function tidyTables(body) {
  for (const table of body.querySelectorAll("table")) if (laysOut(table)) lay(table);
  for (const table of [...body.querySelectorAll("table table")].reverse()) flatten(table);
}

function rowsOf(table) {
  return [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
}

/** Its author says so, it is a frame around one cell, or no row of it sets two cells side by side. */
function laysOut(table) {
  if (table.matches("[role=presentation], [role=none]")) return true;
  const rows = rowsOf(table).map((row) => [...row.querySelectorAll(CELLS)]);
  if (rows.some((cells) => cells.filter(says).length > 1)) return false;
  if (table.querySelector("table")) return true;
  return rows.length <= 1 && rows.flat().length <= 1 && !table.querySelector("th");
}

function says(cell) {
  return !BLANK.test(cell.textContent) || cell.querySelector("img") !== null;
}

/** The cells of a table one below the other, without it. */
function lay(table) {
  const parts = [...table.querySelectorAll("caption, td, th")].filter(
    (part) => part.closest("table") === table,
  );
  table.replaceWith(...parts.filter(says).map((part) => framed("div", [...part.childNodes], part)));
}

function framed(tag, nodes, { ownerDocument }) {
  const frame = ownerDocument.createElement(tag);
  frame.append(...nodes);
  return frame;
}

/** One line a row. */
function flatten(table) {
  const lines = rowsOf(table).map((row) => {
    const cells = [...row.querySelectorAll(CELLS)].filter(says);
    return framed("p", cells.flatMap((cell, rank) => wordsOf(cell, rank)), row);
  });
  const caption = table.querySelector(":scope > caption");
  if (caption) lines.unshift(framed("p", [...caption.childNodes], caption));
  table.replaceWith(...lines);
}

/** What a cell says, in one line: its paragraphs one after the other. */
function wordsOf(cell, rank) {
  for (const block of cell.querySelectorAll("p, div, li, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, hr")) {
    if (block.nextSibling) block.append(" ");
    block.replaceWith(...block.childNodes);
  }
  return rank ? [BETWEEN, ...cell.childNodes] : [...cell.childNodes];
}

/** Columns that a spreadsheet hides are in what it copies; gives how many tables had some. */
export function dropHiddenColumns(body) {
  const tables = [...body.querySelectorAll("table")].filter((table) => columnsOf(table).includes(true));
  for (const table of tables) {
    const [hidden, held] = [columnsOf(table), []];
    for (const row of rowsOf(table)) narrow(row, hidden, held);
  }
  return tables.length;
}

/** Whether each column is hidden. */
function columnsOf(table) {
  const columns = [...table.querySelectorAll(":scope > col, :scope > colgroup > col")];
  return columns.flatMap((column) => {
    const hidden = look(column, "display") === "none" || look(column, "visibility") === "collapse";
    return Array(Math.min(Number(column.getAttribute("span")) || 1, 1000)).fill(hidden);
  });
}

/** `held`: for each column, how many rows more a cell above takes. */
function narrow(row, hidden, held) {
  let at = 0;
  for (const cell of row.querySelectorAll(CELLS)) {
    while (held[at] > 0) held[at++] -= 1;
    const [wide, high] = [Math.min(cell.colSpan, 1000), cell.rowSpan];
    const kept = Array.from({ length: wide }, (_, n) => !hidden[at + n]).filter(Boolean).length;
    for (let n = 0; n < wide; n++) held[at++] = high - 1;
    if (!kept) cell.remove();
    else if (kept < wide) cell.colSpan = kept;
  }
  while (at < held.length) held[at] = Math.max(0, (held[at++] ?? 0) - 1);
}
