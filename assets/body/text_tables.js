// Tables that a plain text draws, with tabs between cells or with bars around them.

const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const BAR = /(?:^|[^\\])\|/;

/** The lines, those that draw a table gathered as `{ rows, headed }`. `isItem`: lines of lists. */
export function tablesIn(lines, isItem) {
  const parts = [];
  for (let at = 0; at < lines.length; ) {
    const table = barsFrom(lines, at) ?? tabsFrom(lines, at, isItem);
    parts.push(table ?? lines[at]);
    at += table?.taken ?? 1;
  }
  return parts;
}

/** A row of headings, a rule under it, and the rows that follow. */
function barsFrom(lines, at) {
  const rule = lines[at + 1] ?? "";
  if (!BAR.test(lines[at]) || !rule.includes("|") || !RULE.test(rule)) return null;
  const width = cellsOf(lines[at]).length;
  if (cellsOf(rule).length !== width) return null;
  let end = at + 2;
  while (end < lines.length && BAR.test(lines[end])) end += 1;
  const rows = [lines[at], ...lines.slice(at + 2, end)].map(cellsOf);
  const most = Math.max(...rows.map((row) => row.length));
  return { rows: rows.map((row) => filled(row, most)), headed: true, taken: end - at };
}

function cellsOf(line) {
  const inside = line.trim().replace(/^\|/, "").replace(/([^\\])\|$/, "$1");
  return inside.replace(/\\\|/g, "\ue000").split("|").map((cell) => cell.replace(/\ue000/g, "|").trim());
}

const filled = (row, width) => [...row, ...Array(width - row.length).fill("")];

/** Two lines or more that have as many tabs; those that only begin with one are no rows. */
function tabsFrom(lines, at, isItem) {
  const tabs = (line) => (line === undefined || isItem(line) ? 0 : line.split("\t").length - 1);
  const count = tabs(lines[at]);
  let end = at + 1;
  while (count && tabs(lines[end]) === count) end += 1;
  const rows = lines.slice(at, end).map((line) => line.split("\t"));
  if (rows.length < 2 || rows.every(([first]) => !first.trim())) return null;
  return { rows, headed: false, taken: end - at };
}
