// A table that lands in a cell fills cells that are free, else stands under the table.
import { Fragment, Slice } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";
import { cellAround, CellSelection, handlePaste, TableMap } from "@tiptap/pm/tables";

import { dispatch, joined, paste, wordsIn } from "./slices.js";
import { say } from "./words.js";

const BETWEEN = " · "; // cells of a row that becomes a line

/** `slice` holds a table, and the selection is in a cell. */
export function landInCell(view, slice, tell) {
  const figure = onlyTable(slice);
  const table = figure?.lastChild;
  const chosen = view.state.selection instanceof CellSelection;
  if (table && (chosen || (figure.childCount === 1 && isFree(view.state, table))))
    return fill(view, table);
  if (chosen) return handlePaste(view, null, flat(slice));
  return figure ? putAfter(view, figure, tell) : paste(view, flat(slice));
}

/** The one table of a slice that holds nothing else. */
function onlyTable({ content }) {
  const said = content.content.filter((node) => !node.isTextblock || node.content.size);
  return said.length === 1 && said[0].type.name === "tableFigure" ? said[0] : null;
}

function fill(view, table) {
  const fitted = dressedAs(table, view.state);
  return handlePaste(view, null, new Slice(Fragment.from(fitted), 0, 0));
}

/** The cells that a pasted table would take, from the caret on: none is written yet. */
function isFree(state, table) {
  const { map, around, left, top } = target(state);
  const { width, height } = TableMap.get(table);
  const [right, bottom] = [Math.min(map.width, left + width), Math.min(map.height, top + height)];
  const cells = map.cellsInRect({ left, top, right, bottom });
  return cells.every((pos) => around.nodeAt(pos).content.size <= 2);
}

function target({ selection }) {
  const $cell = cellAround(selection.$from);
  const around = $cell.node(-1);
  const map = TableMap.get(around);
  return { map, around, ...map.findCell($cell.pos - $cell.start(-1)) };
}

/** Cells pasted on headings become headings, the others plain cells. */
function dressedAs(table, state) {
  const { map, around, left, top } = target(state);
  const pasted = TableMap.get(table);
  const rows = table.children.map((row, y) => {
    let offset = 0;
    for (let above = 0; above < y; above++) offset += table.child(above).nodeSize;
    const cells = row.children.map((cell) => {
      const place = pasted.findCell(offset + 1);
      offset += cell.nodeSize;
      const column = Math.min(left + place.left, map.width - 1);
      const model = map.map[(top + place.top) * map.width + column];
      return model === undefined ? cell : likeCell(cell, around.nodeAt(model));
    });
    return row.copy(Fragment.from(cells));
  });
  return table.copy(Fragment.from(rows));
}

function likeCell({ attrs, content }, { type, attrs: { scope } }) {
  const { colspan, rowspan } = attrs;
  return type.create({ colspan, rowspan, ...(scope && { scope }) }, content);
}

function putAfter(view, figure, tell) {
  const { state } = view;
  const { $from } = state.selection;
  let depth = $from.depth;
  while ($from.node(depth).type.name !== "tableFigure") depth -= 1;
  const place = $from.after(depth);
  const tr = state.tr.insert(place, figure);
  tr.setSelection(Selection.near(tr.doc.resolve(place + 1)));
  tell(say("table_after"));
  return dispatch(view, tr);
}

/** Tables of a slice as lines: a cell holds no table. Words around are not glued to lists or rows. */
function flat({ content }) {
  const { content: lines, openStart, openEnd } = Slice.maxOpen(flattened(content));
  const [first, last] = [content.firstChild, content.lastChild].map(standsApart);
  return new Slice(lines, first ? 0 : openStart, last ? 0 : openEnd);
}

function standsApart(node) {
  return node.type.isInGroup("list") || node.type.name === "tableFigure" || wrapsTables(node);
}

function flattened(content) {
  const nodes = content.content.flatMap((node) => {
    if (node.type.name === "tableFigure") return linesOf(node);
    if (wrapsTables(node)) return node.children.flatMap(linesOf);
    return node.isLeaf || node.isTextblock ? [node] : [node.copy(flattened(node.content))];
  });
  return Fragment.from(nodes);
}

/** A quotation that ProseMirror made to put tables beside paragraphs. */
function wrapsTables(node) {
  const quotes = node.type.name === "blockquote";
  return quotes && node.children.every(({ type }) => type.name === "tableFigure");
}

function linesOf(figure) {
  const { paragraph } = figure.type.schema.nodes;
  const parts = figure.children.flatMap((part) =>
    part.type.name === "caption" ? [part.content] : part.children.map(lineOf),
  );
  return parts.filter(({ size }) => size).map((words) => paragraph.create(null, words));
}

function lineOf(row) {
  const cells = row.children.map((cell) => wordsIn(cell.content)).filter(({ size }) => size);
  return cells.reduce((line, words) => joined(line, words, BETWEEN), Fragment.empty);
}
