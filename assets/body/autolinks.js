// Addresses typed or pasted become links. The server does the same for what it publishes.
import { Extension } from "@tiptap/core";
import { Fragment, Slice } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";

import { addressesIn, addressOf } from "./addresses.js";
import { afterChanges, changed } from "./composing.js";

const LONGEST = 2100; // signs before the caret that are looked at
const NO_WORD = /^[^\p{L}\p{N}]{0,4}$/u;

/** The change that makes a link of the address just before the caret, or null. */
export function linksBeforeCaret(state) {
  const { empty, $from } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const skipped = Math.max(0, $from.parentOffset - LONGEST);
  const text = textOf($from.parent).slice(skipped);
  const before = (to) => text.slice(to, $from.parentOffset - skipped);
  const last = addressesIn(text).findLast(({ to }) => to <= $from.parentOffset - skipped);
  if (!last || !NO_WORD.test(before(last.to))) return null;
  const start = $from.start() + skipped;
  return linking(state, start + last.from, start + last.to, last.href);
}

const textOf = (node) => node.textBetween(0, node.content.size, null, "\ufffc");
const takesNoLink = ({ marks }) => marks.some(({ type }) => ["link", "code"].includes(type.name));

function linking(state, from, to, href) {
  const { link } = state.schema.marks;
  const nodes = [];
  state.doc.nodesBetween(from, to, (node) => void (node.isInline && nodes.push(node)));
  const made = nodes.filter((node) => takesNoLink(node) && !isAutolink(node));
  if (made.length || nodes.every((node) => hrefOf(node) === href)) return null;
  if (nodes.length > 1 && !nodes.some(isAutolink)) return null; // dressed in part: not one word
  return state.tr
    .removeMark(from, to, link)
    .addMark(from, to, link.create({ href }))
    .removeStoredMark(link);
}

const hrefOf = ({ marks }) => marks.find(({ type }) => type.name === "link")?.attrs.href ?? null;

/** A link that was made of the beginning of an address, while the rest was still to be typed. */
function isAutolink(node) {
  const href = hrefOf(node);
  return href !== null && addressOf(node.text ?? "") === href;
}

/** A text with its addresses made links, as it is pasted. */
export function linkedFragment(fragment, schema) {
  if (!fragment.firstChild?.isInline) {
    return Fragment.from(
      fragment.content.map((node) =>
        node.isLeaf ? node : node.copy(linkedFragment(node.content, schema)),
      ),
    );
  }
  const text = fragment.textBetween(0, fragment.size, null, "\ufffc");
  return Fragment.from(linkedNodes(fragment, addressesIn(text), schema));
}

/** Texts in a row, cut where an address stands whole in one of them. */
function linkedNodes(fragment, addresses, schema) {
  const out = [];
  fragment.forEach((node, offset) => {
    const inside = ({ from, to }) => from >= offset && to <= offset + node.nodeSize;
    const own = node.isText && !takesNoLink(node) ? addresses.filter(inside) : [];
    let done = 0;
    for (const { from, to, href } of own) {
      if (from > offset + done) out.push(node.cut(done, from - offset));
      const link = schema.marks.link.create({ href });
      out.push(node.cut(from - offset, to - offset).mark(link.addToSet(node.marks)));
      done = to - offset;
    }
    if (done < node.nodeSize) out.push(done ? node.cut(done) : node);
  });
  return out;
}

function linkedSlice(slice, { state }) {
  const content = linkedFragment(slice.content, state.schema);
  return new Slice(content, slice.openStart, slice.openEnd);
}

/** The web links at a range: `{ from, to, href, text }`, whatever dresses them. */
function webLinks(doc, { start, end }) {
  const found = [];
  doc.nodesBetween(start, Math.min(end, doc.content.size), (node, pos) => {
    if (!node.isTextblock) return true;
    node.forEach((child, offset) => void gather(found, child, pos + 1 + offset));
    return false;
  });
  return found.filter(({ from, to }) => from <= end && to >= start);
}

function gather(found, node, from) {
  const href = hrefOf(node);
  const last = found.at(-1);
  if (href === null) return;
  if (last?.href === href && last.to === from) {
    last.to += node.nodeSize;
    last.text += node.text ?? "\ufffc";
  } else found.push({ from, to: from + node.nodeSize, href, text: node.text ?? "\ufffc" });
}

/** A link that was the address it leads to follows its words, else it would say another one. */
function follow(before, state) {
  const place = changed(before, state.doc);
  const own = place ? webLinks(before, place.before) : [];
  const bare = own.filter(({ href, text }) => addressOf(text) === href);
  const known = new Set(bare.map(({ href }) => href));
  if (!known.size) return null;
  const { link } = state.schema.marks;
  const { tr } = state;
  for (const { from, to, href, text } of webLinks(state.doc, place.after)) {
    const now = addressOf(text);
    if (!known.has(href) || now === href) continue;
    tr.removeMark(from, to, link);
    if (now) tr.addMark(from, to, link.create({ href: now }));
  }
  return tr.docChanged ? tr : null;
}

export const Autolinks = Extension.create({
  name: "autolinks",
  addProseMirrorPlugins: () => [
    new Plugin({ props: { transformPasted: linkedSlice } }),
    new Plugin(afterChanges(follow)),
  ],
});
