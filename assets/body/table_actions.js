// Rows, columns, headings and caption of the table around the caret.
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  isInTable,
  selectedRect,
  TableMap,
} from "@tiptap/pm/tables";
import { TextSelection } from "@tiptap/pm/state";

import { around } from "./actions.js";

export function run(editor, command) {
  editor.commands.focus();
  return command(editor.state, editor.view.dispatch);
}

export const COMMANDS = {
  row_above: addRowBefore,
  row_below: addRowAfter,
  column_before: addColumnBefore,
  column_after: addColumnAfter,
  delete_row: deleteRow,
  delete_column: deleteColumn,
  toggle_head_row: toggleHeadRow,
  toggle_head_column: toggleHeadColumn,
  toggle_caption: toggleCaption,
  delete_table: deleteTable,
};

export const inTable = isInTable;

export function hasHeadRow(state) {
  return Boolean(around(state, "table")?.node.firstChild.attrs.head);
}

export function hasHeadColumn(state) {
  const table = around(state, "table")?.node;
  return (
    Boolean(table) &&
    [...table.children].every((row) => row.firstChild?.type.name === "tableHeader")
  );
}

export function hasCaption(state) {
  return around(state, "tableFigure")?.node.firstChild.type.name === "caption";
}

/** The first row becomes heads of columns, in `<thead>`, or plain cells again. */
function toggleHeadRow(state, dispatch) {
  const found = around(state, "table");
  if (!found) return false;
  const { tr } = state;
  const row = found.node.firstChild;
  const start = found.pos + 1;
  tr.setNodeMarkup(start, null, { ...row.attrs, head: !row.attrs.head });
  const scope = row.attrs.head ? null : "col";
  row.forEach((cell, offset) => void dress(tr, start + 1 + offset, cell, scope));
  dispatch?.(tr);
  return true;
}

function toggleHeadColumn(state, dispatch) {
  const found = around(state, "table");
  if (!found) return false;
  const { tr } = state;
  const off = hasHeadColumn(state);
  found.node.forEach((row, offset) => {
    const first = row.firstChild;
    if (first && !row.attrs.head) dress(tr, found.pos + 2 + offset, first, off ? null : "row");
  });
  dispatch?.(tr);
  return true;
}

/** Make a cell a heading of this scope, or a plain cell. */
function dress(tr, pos, cell, scope) {
  const { tableCell, tableHeader } = tr.doc.type.schema.nodes;
  const { colspan, rowspan } = cell.attrs;
  if (scope) tr.setNodeMarkup(pos, tableHeader, { colspan, rowspan, scope });
  else tr.setNodeMarkup(pos, tableCell, { colspan, rowspan });
}

function toggleCaption(state, dispatch) {
  const figure = around(state, "tableFigure");
  if (!figure) return false;
  const { tr } = state;
  const start = figure.pos + 1;
  const first = figure.node.firstChild;
  if (first.type.name === "caption") tr.delete(start, start + first.nodeSize);
  else
    tr.insert(start, state.schema.nodes.caption.create()).setSelection(
      TextSelection.create(tr.doc, start + 1),
    );
  dispatch?.(tr.scrollIntoView());
  return true;
}

function deleteTable(state, dispatch) {
  const figure = around(state, "tableFigure");
  if (!figure) return false;
  dispatch?.(state.tr.delete(figure.pos, figure.pos + figure.node.nodeSize).scrollIntoView());
  return true;
}

/** Deleting the last row or column deletes the table. */
export function isWhole(state, way) {
  const rect = selectedRect(state);
  const map = TableMap.get(rect.table);
  return way === "row"
    ? rect.top === 0 && rect.bottom === map.height
    : rect.left === 0 && rect.right === map.width;
}
