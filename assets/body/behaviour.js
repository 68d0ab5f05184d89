// Keys, undoing, and what keeps the text in order.
import { Extension } from "@tiptap/core";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { history, redo, undo } from "@tiptap/pm/history";
import { Plugin } from "@tiptap/pm/state";

import { around, setHeading, toggleList, toggleQuote } from "./actions.js";
import { readPending } from "./internals.js";
import { joinNext, joinPrevious } from "./joining.js";
import { COMPOSED, PhoneKeys } from "./phone_keys.js";
import { beforeEnter, giveSignsBack, linkLast } from "./typing.js";

function inItem(editor) {
  return around(editor.state, "listItem") !== null;
}

/** Backspace at the beginning of an item, a quotation or a callout takes out of it. */
function stepOut(editor) {
  const { empty, $from } = editor.state.selection;
  if (!empty || $from.parentOffset || $from.depth < 2) return false;
  const holder = $from.node(-1);
  if ($from.index(-1) !== 0) return false;
  if (holder.type.name === "listItem") return editor.commands.liftListItem("listItem");
  if (["blockquote", "callout"].includes(holder.type.name))
    return editor.commands.lift(holder.type.name);
  return false;
}

/** Enter in an item without words takes it one level up, and out of the outermost list. */
function leaveItem(editor) {
  const { empty, $from } = editor.state.selection;
  if (!empty || $from.parent.content.size || $from.depth < 3) return false;
  const item = $from.node(-1);
  if (item.type.name !== "listItem") return false;
  if (item.childCount === 1) return editor.commands.liftListItem("listItem");
  return $from.index(-1) === item.childCount - 1 && itemFromLast(editor);
}

/** A blank line at the end of an item begins the next one. */
function itemFromLast(editor) {
  return editor.commands.command(({ tr }) => {
    const { $from } = tr.selection;
    const { type, attrs } = $from.node(-1);
    const done = attrs.done === null ? null : false;
    tr.split($from.before(), 1, [{ type, attrs: { ...attrs, done } }]).scrollIntoView();
    return true;
  });
}

function splitItem(editor) {
  const item = around(editor.state, "listItem");
  if (!item) return false;
  const overrides = item.node.attrs.done === null ? {} : { done: false };
  return editor.commands.splitListItem("listItem", overrides);
}

function tick(editor) {
  const item = around(editor.state, "listItem");
  if (!item || item.node.attrs.done === null) return false;
  return editor.commands.updateAttributes("listItem", { done: !item.node.attrs.done });
}

function breakLine(editor) {
  linkLast(editor);
  return editor.commands.command(({ tr, state }) => {
    if (!state.selection.$from.parent.inlineContent) return false;
    tr.replaceSelectionWith(state.schema.nodes.hardBreak.create()).scrollIntoView();
    return true;
  });
}

/** Enter in a caption goes to the first cell. */
function leaveCaption(editor) {
  const caption = around(editor.state, "caption");
  return Boolean(caption) && editor.commands.focus(caption.pos + caption.node.nodeSize + 4);
}

/** A key acts where the caret is seen: a busy browser tells of the caret's move after the next
    key only, and Enter would cut the line at the place before. */
function readCaret(view, event) {
  if (!view.composing && !event.isComposing && event.keyCode !== COMPOSED) readPending(view);
  return false;
}

function domKeys() {
  const phone = new PhoneKeys();
  return {
    keydown: (view, event) => readCaret(view, event) || phone.keydown(event),
    beforeinput: (view, event) => phone.beforeinput(view, event),
  };
}

export const Keys = Extension.create({
  name: "keys",
  addProseMirrorPlugins: () => [new Plugin({ props: { handleDOMEvents: domKeys() } })],
  addKeyboardShortcuts() {
    const { editor } = this;
    const list = (name) => () => toggleList(editor, name);
    const back = () => giveSignsBack(editor) || stepOut(editor) || joinPrevious(editor);
    const forward = () => joinNext(editor);
    return {
      Enter: () =>
        leaveCaption(editor) || beforeEnter(editor) || leaveItem(editor) || splitItem(editor),
      "Shift-Enter": () => breakLine(editor),
      "Mod-Enter": () => tick(editor),
      Backspace: back,
      "Mod-Backspace": back,
      "Shift-Backspace": back,
      Delete: forward,
      "Mod-Delete": forward,
      Tab: () => inItem(editor) && (editor.commands.sinkListItem("listItem") || true),
      "Shift-Tab": () => inItem(editor) && editor.commands.liftListItem("listItem"),
      "Mod-Alt-0": () => setHeading(editor, 0),
      "Mod-Alt-2": () => setHeading(editor, 2),
      "Mod-Alt-3": () => setHeading(editor, 3),
      "Mod-Alt-4": () => setHeading(editor, 4),
      "Mod-Shift-7": list("orderedList"),
      "Mod-Shift-8": list("bulletList"),
      "Mod-Shift-9": list("checkList"),
      "Mod-Shift-b": () => toggleQuote(editor),
    };
  },
});

export const Undoing = Extension.create({
  name: "undoing",
  addProseMirrorPlugins: () => [history()],
  addCommands: () => ({
    undo:
      () =>
      ({ state, dispatch }) =>
        undo(state, dispatch),
    redo:
      () =>
      ({ state, dispatch }) =>
        redo(state, dispatch),
  }),
  addKeyboardShortcuts() {
    const { commands } = this.editor;
    const [back, again] = [() => this.editor.commands.undo(), () => this.editor.commands.redo()];
    return commands && { "Mod-z": back, "Shift-Mod-z": again, "Mod-y": again };
  },
});

const CHECKED = { true: true, false: false, null: false };

/** Items have a box in check-lists and there only; one can always write after the last block. */
function tidy(transactions, _old, state) {
  if (!transactions.some(({ docChanged }) => docChanged)) return null;
  const { tr, schema } = state;
  state.doc.descendants((node, pos, parent) => {
    if (node.type.name === "listItem") boxed(tr, node, pos, parent.type.name === "checkList");
    return !node.isTextblock;
  });
  if (state.doc.lastChild.type.name !== "paragraph") {
    tr.insert(tr.doc.content.size, schema.nodes.paragraph.create());
  }
  return tr.docChanged ? tr : null;
}

function boxed(tr, node, pos, wanted) {
  const done = wanted ? CHECKED[node.attrs.done] : null;
  if (done !== node.attrs.done) tr.setNodeMarkup(pos, null, { ...node.attrs, done });
}

export const tidying = () => new Plugin({ appendTransaction: tidy });

export const Tidying = Extension.create({
  name: "tidying",
  addProseMirrorPlugins: () => [tidying(), gapCursor()],
});

/** A document as the editor opens it: one can write after its last block. */
export function withTail(doc) {
  if (doc.lastChild?.type.name === "paragraph") return doc;
  return doc.copy(doc.content.addToEnd(doc.type.schema.nodes.paragraph.create()));
}
