// What the buttons and the keys do to the text.
import { NodeRange } from "@tiptap/pm/model";
import { AllSelection, Selection, TextSelection } from "@tiptap/pm/state";
import { findWrapping, liftTarget } from "@tiptap/pm/transform";

import { addressOf } from "./addresses.js";

/** The innermost node of this type around the selection: `{ node, pos, depth }` or null. */
export function around(state, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type.name === name) return { node, pos: $from.before(depth), depth };
  }
  return null;
}

/** « Select all » means what is written, without the blank paragraph kept at the end. */
function written({ tr }) {
  const { doc, selection } = tr;
  if (!(selection instanceof AllSelection)) return true;
  const last = doc.lastChild;
  const tail = doc.childCount > 1 && last.isTextblock && !last.content.size ? last.nodeSize : 0;
  const end = Selection.near(doc.resolve(doc.content.size - tail), -1);
  tr.setSelection(TextSelection.between(Selection.atStart(doc).$from, end.$to));
  return true;
}

/** Commands on the selection, the focus in the text. */
function onText(editor) {
  return editor.chain().focus().command(written);
}

export function setHeading(editor, level) {
  const chain = onText(editor);
  return level ? chain.setNode("heading", { level }).run() : chain.setNode("paragraph").run();
}

export function toggleList(editor, name) {
  return onText(editor).toggleList(name, "listItem").run();
}

export function toggleQuote(editor) {
  if (around(editor.state, "blockquote")) return unwrap(editor, "blockquote");
  return wrap(editor, "blockquote");
}

/** Put in a callout, change its kind, or take out of it when `kind` is null. */
export function setCallout(editor, kind) {
  if (!around(editor.state, "callout")) return kind && wrap(editor, "callout", { kind });
  if (!kind) return unwrap(editor, "callout");
  return editor.chain().focus().updateAttributes("callout", { kind }).run();
}

/** How deep the outermost list around the selection stands; 0 without any. */
function listDepth($from) {
  for (let depth = 1; depth <= $from.depth; depth++) {
    if ($from.node(depth).type.isInGroup("list")) return depth;
  }
  return 0;
}

/** Put the selected blocks, whole lists, in a quotation or a callout. */
function wrap(editor, name, attrs) {
  return onText(editor)
    .command(({ tr, state }) => {
      const { $from, $to } = tr.selection;
      const depth = listDepth($from);
      const inside = depth && depth <= $from.sharedDepth($to.pos);
      const range = inside ? new NodeRange($from, $to, depth - 1) : $from.blockRange($to);
      const wrapping = range && findWrapping(range, state.schema.nodes[name], attrs);
      if (wrapping) tr.wrap(range, wrapping);
      return Boolean(wrapping);
    })
    .run();
}

/** Take all that a quotation or a callout holds out of it. */
function unwrap(editor, name) {
  return onText(editor)
    .command(({ tr, state }) => {
      const { node, pos, depth } = around(state, name);
      const end = tr.doc.resolve(pos + node.nodeSize - 1);
      const range = new NodeRange(tr.doc.resolve(pos + 1), end, depth);
      const target = liftTarget(range);
      if (target !== null) tr.lift(range, target);
      return target !== null;
    })
    .run();
}

/** Put a block at the selection, or after the list around it; the caret inside or after it. */
export function insertBlock(editor, node) {
  return editor
    .chain()
    .focus()
    .command(({ tr }) => {
      const { $from } = tr.selection;
      const depth = listDepth($from) || finishedLine(tr.selection);
      const from = depth ? $from.after(depth) : $from.pos;
      if (depth) tr.insert(from, node);
      else tr.replaceSelectionWith(node);
      if (node.isLeaf) ensureTextAfter(tr, tr.mapping.map(from));
      else tr.setSelection(firstTextInside(tr.doc, from, node));
      tr.scrollIntoView();
      return true;
    })
    .run();
}

/** The depth of a line with words at whose end the caret stands: what is inserted goes after it. */
function finishedLine({ empty, $from }) {
  const { parent, parentOffset, depth } = $from;
  const { size } = parent.content;
  return empty && parent.isTextblock && size && parentOffset === size ? depth : 0;
}

function firstTextInside(doc, from, node) {
  let place = null;
  doc.nodesBetween(Math.max(0, from - 1), doc.content.size, (other, pos) => {
    if (!place && other.eq(node)) place = pos;
    return place === null;
  });
  return Selection.near(doc.resolve((place ?? from) + 1), 1);
}

/** A paragraph below to go on in: what one types next is no part of a heading. */
function ensureTextAfter(tr, pos) {
  const $pos = tr.doc.resolve(Math.min(pos, tr.doc.content.size));
  const next = $pos.nodeAfter;
  if (next?.type.name !== "paragraph" && $pos.parent.type.spec.content !== "inline*") {
    tr.insert($pos.pos, tr.doc.type.schema.nodes.paragraph.create());
  }
  tr.setSelection(Selection.near(tr.doc.resolve($pos.pos), 1));
}

/** A picture stands in a paragraph of its own, the caret goes on below it. */
export function insertPicture(editor, attrs) {
  const { picture, paragraph } = editor.schema.nodes;
  return editor
    .chain()
    .focus()
    .command(({ tr }) => {
      const { $to } = tr.selection;
      const block = paragraph.create(null, picture.create(attrs));
      const caption =
        around({ selection: tr.selection }, "tableFigure") && $to.parent.type.name === "caption";
      const depth = caption ? $to.depth - 1 : $to.depth;
      const blank = $to.parent.type.name === "paragraph" && !$to.parent.content.size;
      const place = blank ? $to.before() : depth ? $to.after(depth) : $to.pos;
      if (blank) tr.replaceWith(place, $to.after(), block);
      else tr.insert(place, block);
      ensureTextAfter(tr, place + block.nodeSize);
      tr.scrollIntoView();
      return true;
    })
    .run();
}

/** Words with a link, in the place of `range` or of the selection; `apart`: with a blank after
    the word before. */
export function insertLink(editor, { attrs, words, range, apart = false }) {
  const { schema } = editor;
  return editor
    .chain()
    .focus()
    .command(({ tr }) => {
      const { from, to } = range ?? tr.selection;
      const marks = tr.doc
        .resolve(from)
        .marks()
        .filter(({ type }) => type.name !== "link");
      const link = schema.marks.link.create(attrs);
      const glued = apart && /\S$/.test(tr.doc.resolve(from).nodeBefore?.text ?? "");
      const pieces = glued ? [schema.text(" ", marks)] : [];
      tr.replaceWith(from, to, [...pieces, schema.text(words, link.addToSet(marks))]);
      tr.setSelection(TextSelection.create(tr.doc, from + pieces.length + words.length));
      tr.removeStoredMark(schema.marks.link).scrollIntoView();
      return true;
    })
    .run();
}

/** Make a link of the selected words, whatever else dresses them. */
export function linkSelection(editor, attrs) {
  return editor.chain().focus().setMark("link", attrs).run();
}

/** Take the link at the selection away. Publishing makes links of bare addresses: one that must
    lead nowhere, as that of a trap, stays as code. */
export function removeLink(editor) {
  return editor
    .chain()
    .focus()
    .extendMarkRange("link")
    .command(({ tr, state }) => {
      const { from, to } = tr.selection;
      const { link, code } = state.schema.marks;
      tr.removeMark(from, to, link);
      if (addressOf(tr.doc.textBetween(from, to))) tr.addMark(from, to, code.create());
      tr.setSelection(TextSelection.create(tr.doc, to)).setStoredMarks([]);
      return true;
    })
    .run();
}

export function newTable(schema, { rows, columns, head }) {
  const { tableFigure, table, tableRow, tableCell, tableHeader } = schema.nodes;
  const cells = (type, attrs) => Array.from({ length: columns }, () => type.createAndFill(attrs));
  const body = Array.from({ length: head ? rows - 1 : rows }, () =>
    tableRow.create(null, cells(tableCell)),
  );
  const first = head ? [tableRow.create({ head: true }, cells(tableHeader, { scope: "col" }))] : [];
  return tableFigure.create(null, table.create(null, [...first, ...body]));
}
