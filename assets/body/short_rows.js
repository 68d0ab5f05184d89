// Rows with fewer cells than their table has columns get blank ones at their end, where a browser
// shows them; prosemirror-tables, which comes next, would put some of them in front.
import { Fragment } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { TableMap } from "@tiptap/pm/tables";

/** How many cells each row lacks: `[{ row, n }]`. */
function shortRows(table) {
  const problems = TableMap.get(table).problems ?? [];
  return problems.filter(({ type, n }) => type === "missing" && n > 0);
}

/** Blank cells for the end of a row: titles where all its cells are. */
function blanks(row, count) {
  const { tableCell, tableHeader } = row.type.schema.nodes;
  const titles = row.childCount > 1 && row.children.every(({ type }) => type === tableHeader);
  const type = row.attrs.head || titles ? tableHeader : tableCell;
  const scope = type === tableHeader ? { scope: row.lastChild?.attrs.scope } : null;
  return Array.from({ length: count }, () => type.createAndFill(scope));
}

/** A node with all rows of its tables completed; the same one when none was short. */
export function completed(node) {
  if (node.isTextblock || node.isLeaf) return node;
  const children = node.children.map(completed);
  if (node.type.name === "table") {
    for (const { row, n } of shortRows(node)) {
      const short = children[row];
      children[row] = short.copy(short.content.append(Fragment.from(blanks(short, n))));
    }
  }
  const same = children.every((child, rank) => child === node.child(rank));
  return same ? node : node.copy(Fragment.from(children));
}

function complete(transactions, _old, state) {
  if (!transactions.some(({ docChanged }) => docChanged)) return null;
  const { tr } = state;
  state.doc.descendants((node, pos) => {
    if (node.type.name === "table") completeAt(tr, node, pos);
    return !node.isTextblock;
  });
  return tr.docChanged ? tr : null;
}

function completeAt(tr, table, pos) {
  const lacking = new Map(shortRows(table).map(({ row, n }) => [row, n]));
  table.forEach((row, offset, rank) => {
    if (!lacking.has(rank)) return;
    const end = pos + 1 + offset + row.nodeSize - 1;
    tr.insert(tr.mapping.map(end), blanks(row, lacking.get(rank)));
  });
}

export const completing = () => new Plugin({ appendTransaction: complete });
