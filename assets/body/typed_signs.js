// What the signs typed at the beginning of a line become: « - » a list, « ## » a title…
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { canJoin, findWrapping } from "@tiptap/pm/transform";

import { liftItem } from "./lifting.js";

const BULLET = /^\s*[-+*•‣◦▪·–‐‑−]\s$/;
const NUMBER = /^\s*([1-9]\d?)[.)]\s$/;
const BOX = /^\s*(?:\[([ xX]?)\]|([☐☑]))\s$/;
const TITLE = /^\s*(#{1,6})\s$/;
const QUOTE = /^\s*>\s$/;
// Phones and Macs make « — » of two dashes.
const RULE = /^\s*(?:---|—-|–-|\*\*\*|___)\s$/;

/** A sign of a list names it, and says the number or the tick of its item. */
const listSign = (find, read) => [find, (line, match) => inList(line, read(match))];

const SIGNS = [
  listSign(BULLET, () => ({ name: "bulletList" })),
  listSign(NUMBER, ([, number]) => ({ name: "orderedList", number: Number(number) })),
  listSign(BOX, ([, cross, box]) => ({ name: "checkList", done: box === "☑" || isX(cross) })),
  [TITLE, (line, [, signs]) => title(line, Math.min(Math.max(signs.length, 2), 4))],
  [QUOTE, quote],
  [RULE, rule],
];

const isX = (cross) => /x/i.test(cross ?? "");

/** The line that begins with signs: its text up to the caret, and where it stands. */
function lineOf(state) {
  const { empty, $from } = state.selection;
  const { parent } = $from;
  if (!empty || !["paragraph", "heading"].includes(parent.type.name)) return null;
  if ($from.marks().some(({ type }) => type.name === "code")) return null;
  const text = parent.textBetween(0, $from.parentOffset, null, "\ufffc");
  return { state, $from, text, begins: $from.start(), isTitle: parent.type.name === "heading" };
}

/** The change that signs just typed call for, or null when they are mere words. */
export function fromSigns(state) {
  const line = lineOf(state);
  if (!line || line.text.length > 8) return null;
  for (const [find, make] of SIGNS) {
    const match = line.text.match(find);
    if (match) return make(line, match);
  }
  return null;
}

/** The change that a whole beginning of a line, said or chosen in one piece, calls for: « - pain ». */
export function fromBeginning(state) {
  const line = lineOf(state);
  const [, sign, rest] = line?.text.match(/^(\s*\S{1,6}\s)(\S.*)$/) ?? [];
  if (!sign || !SIGNS.some(([find]) => find.test(sign))) return null;
  const tr = state.tr.delete(line.begins + sign.length, line.$from.pos);
  const made = fromSigns(state.apply(tr));
  if (!made) return null;
  for (const step of made.steps) tr.step(step);
  tr.setSelection(TextSelection.create(tr.doc, made.selection.head));
  return tr.insertText(rest);
}

/** Three dashes alone on their line are a rule as soon as one goes to the next line. */
export function ruleBeforeEnter(state) {
  const line = lineOf(state);
  const alone = line && line.$from.parentOffset === line.$from.parent.content.size;
  return alone && RULE.test(`${line.text} `) ? rule(line) : null;
}

function withoutSign({ state, $from, begins }) {
  return state.tr.delete(begins, $from.pos);
}

/** The list item whose first line this is, with its list. */
function itemOf({ $from }) {
  const depth = $from.depth - 1;
  if (depth < 1 || $from.node(depth).type.name !== "listItem" || $from.index(depth)) return null;
  const list = $from.node(depth - 1);
  return { list, item: $from.node(depth), pos: $from.before(depth), rank: $from.index(depth - 1) };
}

/** In a list its own sign goes on with it, another one turns the item; titles keep theirs. */
function inList(line, sign) {
  if (line.isTitle) return null;
  const own = itemOf(line);
  if (!own) return begun(line, sign);
  if (own.list.type.name !== sign.name) return turned(line, own, sign);
  return goesOn(own, sign) ? ticked(withoutSign(line), own.pos, sign) : null;
}

/** A number that is not the next one says something: it stays. */
function goesOn({ list, rank }, { number }) {
  return number === undefined || number === 1 || number === firstOf(list) + rank;
}

const firstOf = (list) => Number(list.attrs.start ?? 1);
const attrsOf = ({ number }) => (number > 1 ? { start: String(number) } : null);

function ticked(tr, itemPos, { done }) {
  const item = tr.doc.nodeAt(itemPos);
  const kept = done === undefined || item.attrs.done === done;
  return kept ? tr : tr.setNodeMarkup(itemPos, null, { ...item.attrs, done });
}

function begun(line, sign) {
  const tr = withoutSign(line);
  const range = tr.doc.resolve(line.begins).blockRange();
  const type = line.state.schema.nodes[sign.name];
  const wrapping = range && findWrapping(range, type, attrsOf(sign));
  if (!wrapping) return null;
  const list = range.start;
  ticked(tr.wrap(range, wrapping), list + 1, sign);
  return joined(tr, list, sign);
}

/** The item in a list of its own, of the other kind, between those that stay. */
function turned({ state, ...line }, { list, item, pos, rank }, sign) {
  const tr = withoutSign({ state, ...line });
  const end = pos + item.nodeSize - (line.$from.pos - line.begins);
  if (rank + 1 < list.childCount) splitList(tr, end, list, rank + 1);
  if (rank) tr.split(pos);
  const place = rank ? pos + 1 : pos - 1;
  tr.setNodeMarkup(place, state.schema.nodes[sign.name], attrsOf(sign));
  ticked(tr, place + 1, { done: sign.done ?? (sign.name === "checkList" ? false : null) });
  return joined(tr, place, sign);
}

/** The numbers of the items that stay after it do not change. */
function splitList(tr, pos, list, rank) {
  const start = String(firstOf(list) + rank);
  const numbered = list.type.name === "orderedList";
  tr.split(pos, 1, numbered ? [{ type: list.type, attrs: { ...list.attrs, start } }] : undefined);
}

/** Lists of one kind that now touch are one list, when the numbers go on. */
function joined(tr, pos, sign) {
  const list = tr.doc.nodeAt(pos);
  const before = tr.doc.resolve(pos).nodeBefore;
  const end = pos + list.nodeSize;
  if (!sign.number && tr.doc.nodeAt(end)?.type === list.type && canJoin(tr.doc, end)) tr.join(end);
  if (before?.type === list.type && canJoin(tr.doc, pos) && follows(before, sign)) tr.join(pos);
  return tr;
}

function follows(list, { number }) {
  return number === undefined || number === firstOf(list) + list.childCount;
}

/** Out of the lists that the line is an item of: neither titles nor rules are items. */
function outOfLists({ state, ...line }) {
  const tr = withoutSign({ state, ...line });
  while (itemOf(tr.selection)) {
    const { doc, selection } = tr; // a bare state: lifting counts on a transaction of its own
    const lifted = liftItem(EditorState.create({ doc, selection }), ({ steps }) => {
      for (const step of steps) tr.step(step);
    });
    if (!lifted) break;
  }
  return tr;
}

function title(line, level) {
  const tr = outOfLists(line);
  const { $from } = tr.selection;
  return tr.setBlockType($from.pos, $from.pos, line.state.schema.nodes.heading, { level });
}

function rule(line) {
  const tr = outOfLists(line);
  const { $from } = tr.selection;
  const [holder, rank] = [$from.node(-1), $from.index(-1)];
  const { horizontalRule } = line.state.schema.nodes;
  if (!holder.canReplaceWith(rank, rank, horizontalRule)) return null;
  return tr.insert($from.before(), horizontalRule.create());
}

function quote(line) {
  if (line.isTitle) return null;
  const tr = withoutSign(line);
  if (line.$from.node(-1).type.name === "blockquote") return tr;
  const range = tr.doc.resolve(line.begins).blockRange();
  const wrapping = findWrapping(range, line.state.schema.nodes.blockquote);
  if (!wrapping) return null;
  return joined(tr.wrap(range, wrapping), range.start, {});
}
