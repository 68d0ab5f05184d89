// Tables: rows and cells as prosemirror-tables knows them, in a figure that may hold a caption.
import { callOrReturn, getExtensionField, Node } from "@tiptap/core";
import { DOMParser, Fragment } from "@tiptap/pm/model";
import { addRowAfter, goToNextCell, isInTable, tableEditing } from "@tiptap/pm/tables";

import { plain } from "./nodes.js";
import { completing } from "./short_rows.js";

/** `<table>` as it is stored: its caption, then its rows, whatever sections hold them. */
function insideOf(dom, schema) {
  const parser = DOMParser.fromSchema(schema);
  const caption = dom.querySelector(":scope > caption");
  const { caption: captionType, table } = schema.nodes;
  const rows = parser.parse(dom, { topNode: table.create() });
  const parts = caption ? [parser.parse(caption, { topNode: captionType.create() })] : [];
  return Fragment.from([...parts, rows]);
}

export const TableFigure = Node.create({
  name: "tableFigure",
  content: "caption? table",
  isolating: true,
  parseHTML: () => [
    { tag: "figure.table", priority: 70 },
    { tag: "table", getContent: insideOf },
  ],
  renderHTML: () => ["figure", { class: "table" }, 0],
});

export const Caption = Node.create({
  name: "caption",
  content: "inline*",
  isolating: true,
  selectable: false,
  parseHTML: () => [{ tag: "figcaption" }, { tag: "caption", ignore: true }],
  renderHTML: () => ["figcaption", 0],
});

export const Table = Node.create({
  name: "table",
  tableRole: "table",
  content: "tableRow+",
  isolating: true,
  parseHTML: () => [{ tag: "table", context: "tableFigure/", priority: 70 }],
  renderHTML: () => ["div", { class: "scroll", tabindex: "0" }, ["table", ["tbody", 0]]],
  extendNodeSchema(extension) {
    const context = {
      name: extension.name,
      options: extension.options,
      storage: extension.storage,
    };
    return { tableRole: callOrReturn(getExtensionField(extension, "tableRole", context)) };
  },
  addProseMirrorPlugins: () => [completing(), tableEditing()],
  addKeyboardShortcuts() {
    const { editor } = this;
    const go = (direction) => goToNextCell(direction)(editor.state, editor.view.dispatch);
    const addRow = () => isInTable(editor.state) && addRowAfter(editor.state, editor.view.dispatch);
    // From the last cell one goes on in a new row, as everywhere; Alt+F10 leaves the text.
    return { Tab: () => go(1) || (addRow() && go(1)), "Shift-Tab": () => go(-1) };
  },
});

/** `head`: the row stands in `<thead>`. */
export const TableRow = Node.create({
  name: "tableRow",
  tableRole: "row",
  content: "(tableCell | tableHeader)*",
  addAttributes: plain({ head: false }),
  parseHTML: () => [{ tag: "tr", getAttrs: (dom) => ({ head: isHead(dom) }) }],
  renderHTML: ({ node }) => ["tr", node.attrs.head ? { "data-head": "" } : {}, 0],
});

function isHead(row) {
  return row.parentNode?.nodeName === "THEAD" || row.hasAttribute("data-head");
}

const SPANS = ["colspan", "rowspan"];

function cell(name, tag, role, own) {
  return Node.create({
    name,
    tableRole: role,
    content: "block+",
    isolating: true,
    addAttributes: () => ({ ...spans(), ...own }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ node }) => [tag, written(node.attrs), 0],
  });
}

function spans() {
  return Object.fromEntries(
    SPANS.map((name) => [name, { default: 1, rendered: false, parseHTML: span(name) }]),
  );
}

function span(name) {
  return (dom) => Math.max(1, Math.min(100, Number.parseInt(dom.getAttribute(name), 10) || 1));
}

/** Attributes of a cell that say something. */
export function written({ scope, colspan, rowspan }) {
  const said = {
    scope,
    colspan: colspan > 1 ? colspan : null,
    rowspan: rowspan > 1 ? rowspan : null,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value != null));
}

const SCOPE = {
  scope: { default: null, rendered: false, parseHTML: (dom) => dom.getAttribute("scope") },
};

export const TABLES = [
  TableFigure,
  Caption,
  Table,
  TableRow,
  cell("tableCell", "td", "cell", {}),
  cell("tableHeader", "th", "header_cell", SCOPE),
];
