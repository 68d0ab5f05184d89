// Lists, quotations and callouts follow the direction of their first line; lines find their own.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

const RIGHT_TO_LEFT = // the first letter is of Hebrew, Arabic, or their like
  /^[^\p{L}]*[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /\p{L}/u;
const HOLDERS = new Set(["listItem", "blockquote", "callout", "caption"]);

/** The words by which one knows the direction of a block. */
function firstWords(node) {
  let words = "";
  node.descendants((inner) => {
    if (inner.isText && !words && LETTER.test(inner.text)) words = inner.text;
    return !words;
  });
  return words;
}

const directionOf = (words) => (RIGHT_TO_LEFT.test(words) ? "rtl" : "ltr");

/** Left to right is what the page does by itself; but for an item in a list that does not. */
function turned({ doc }) {
  const found = [];
  doc.descendants((node, pos, parent) => {
    const holder = HOLDERS.has(node.type.name) || node.type.isInGroup("list");
    const words = holder ? firstWords(node) : "";
    const dir = directionOf(words);
    const around = node.type.name === "listItem" ? directionOf(firstWords(parent)) : "ltr";
    if (words && (dir === "rtl" || around === "rtl"))
      found.push(Decoration.node(pos, pos + node.nodeSize, { dir }));
    return !node.isTextblock;
  });
  return DecorationSet.create(doc, found);
}

export const Direction = Extension.create({
  name: "direction",
  addProseMirrorPlugins: () => [
    new Plugin({
      state: {
        init: (_config, state) => turned(state),
        apply: (tr, known, _old, state) => (tr.docChanged ? turned(state) : known),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});
