// Lists of boxes to tick, whatever the source draws its boxes with.
import { isStruck, struckIn } from "./unsaid.js";

const BOXES = "input[type=checkbox], [role=checkbox], img, .checkbox";
const INNER = "li, ul, ol, table, blockquote";
const SIGNS = /[☐☑☒🗹🗷🗸⬜🔲▢◻□❏❑✅✓✔]/gu;
const OPEN = /^\s*(?:[☐⬜🔲▢◻□❏❑]\ufe0f?|\[\s?\](?=\s))\s*/u;
const TICKED = /^\s*(?:[☑☒🗹🗷]\ufe0f?|\[[xX]\](?=\s))\s*/u;
const TICK = /^\s*[✅✓✔🗸]\ufe0f?\s*/u;
const PICTURED = /^(?:(un|non[ -]?|not )?(?:checked|coch[ée]e?)|(case (?:vide|à cocher)|to.?do|à faire))$/i;

/** Items that have a box are said `data-box`, `done` or `open`; no sign of the box is left. */
export function readBoxes(body) {
  for (const item of body.querySelectorAll("div[role=listitem]")) makeItem(item);
  for (const list of body.querySelectorAll("ul, ol, menu, dir")) boxItems([...list.children]);
  for (const item of body.querySelectorAll("li:not(:is(ul, ol, menu, dir) > li)")) boxItems([item]);
}

/** Boxes that no item has are written as signs. */
export function writeBoxes(body) {
  for (const input of body.querySelectorAll("input[type=checkbox]"))
    input.replaceWith(input.hasAttribute("checked") ? " ☑ " : " ☐ ");
}

function makeItem(element) {
  const item = element.ownerDocument.createElement("li");
  Object.assign(item.dataset, element.dataset);
  item.append(...element.childNodes);
  element.replaceWith(item);
}

function boxItems(items) {
  const found = items.filter(({ localName }) => localName === "li");
  boxAll(found.filter((item) => !item.dataset.box));
  for (const item of found) if (item.dataset.box === "done") unstrike(item);
}

/** A tick means a box among boxes only: alone it is a bullet. */
export function boxAll(blocks) {
  const states = blocks.map((block) => ({ block, state: stateOf(block) }));
  const boxes = states.some(({ state }) => state === "done" || state === "open");
  for (const { block, state } of states) {
    if (!state || (state === "tick" && !boxes)) continue;
    takeBox(block);
    block.dataset.box = state === "open" ? "open" : "done";
  }
}

function stateOf(block) {
  return drawnState(block) ?? (severalSigns(block) ? null : writtenIn(block));
}

/** The state of a box that is more than a sign among the words; null without any. */
export function drawnState(block) {
  return saidBy(block) ?? drawnBy(leading(block));
}

/** What the attributes of an item say. */
function saidBy(item) {
  const { list, checked, tag = "", style = "" } = item.dataset;
  const said =
    (item.matches("[role=checkbox]") ? item.getAttribute("aria-checked") : null) ??
    checked ??
    { checked: "true", unchecked: "false" }[list] ??
    { "to-do": "false", "to-do:completed": "true" }[tag] ??
    style.match(/--en-checked:\s*(true|false)/)?.[1];
  return said == null ? saidByClass(item) : stateFor(said);
}

/** Our own pages, and wikis that name their tasks. */
function saidByClass(item) {
  const done = item.matches("ul.check > .done, .checked[data-inline-task-id]");
  if (done) return "done";
  return item.matches("ul.check > li, [data-inline-task-id]") ? "open" : null;
}

const stateFor = (said) => (["true", ""].includes(said) ? "done" : "open");

/** The box that stands before any word, if one does. */
function drawnBy(node) {
  if (!node || node.nodeType === Node.TEXT_NODE) return null;
  if (node.localName === "input") return node.hasAttribute("checked") ? "done" : "open";
  if (node.matches("[role=checkbox]")) return stateFor(node.getAttribute("aria-checked"));
  if (node.matches(".checkbox")) return node.matches(".checkbox-on, .checked") ? "done" : "open";
  const [pictured, not, empty] = node.alt?.trim().match(PICTURED) ?? [];
  return pictured ? (not || empty ? "open" : "done") : null;
}

function writtenIn(block) {
  const first = leading(block);
  if (first?.nodeType !== Node.TEXT_NODE) return null;
  return stateAt(wordsOf(block));
}

function stateAt(words) {
  for (const [state, pattern] of Object.entries({ open: OPEN, done: TICKED, tick: TICK }))
    if (pattern.test(words) && words.replace(pattern, "").trim()) return state;
  return null;
}

/** What the one sign of a box, before all other words, says: `open`, `done`, `tick`, or null. */
export function writtenState(words) {
  return holdsSeveral(words) ? null : stateAt(words);
}

const holdsSeveral = (words) => (words.match(SIGNS) ?? []).length > 1;

function severalSigns(block) {
  const drawn = block.querySelectorAll("input[type=checkbox]").length;
  return drawn > 1 || holdsSeveral(wordsOf(block));
}

/** The first thing that a block says or draws, without the lists in it. */
function leading(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE ? node.data.trim() : node.matches(BOXES)) return node;
    if (node.nodeType !== Node.TEXT_NODE && node.matches(INNER)) return null;
  }
  return null;
}

/** The words of a block, without those of the lists in it. */
function wordsOf(block) {
  const copy = block.cloneNode(true);
  for (const inner of copy.querySelectorAll(INNER)) inner.remove();
  return copy.textContent;
}

function takeBox(block) {
  const first = leading(block);
  if (drawnBy(first)) return first.replaceWith(...(isLabelled(first) ? first.childNodes : []));
  if (first?.nodeType !== Node.TEXT_NODE) return;
  const pattern = [OPEN, TICKED, TICK].find((one) => one.test(first.data));
  if (pattern) first.data = first.data.replace(pattern, "");
  else if (/^\s*\S{1,2}\s*$/u.test(first.data) && SIGNS.test(first.data)) first.remove();
}

/** Some boxes hold the words that they tick. */
const isLabelled = (box) => /[\p{L}\p{N}]/u.test(box.textContent);

/** Words that are struck because they are ticked are not words taken away. */
export function unstrike(item) {
  const struck = struckIn(item).filter((one) => one.closest("li") === item);
  const outer = struck.filter((one) => !struck.some((other) => other !== one && other.contains(one)));
  const said = outer.map((one) => wordsOf(one)).join("");
  if (!isStruck(item) && squeezed(said) !== squeezed(wordsOf(item))) return;
  for (const one of [item, ...struck]) soften(one);
}

const squeezed = (text) => text.replace(/\s+/g, "");

function soften(element) {
  element.dataset.style = `${element.dataset.style ?? ""};text-decoration:none;text-decoration-line:none`;
  element.removeAttribute("class");
  if (element.matches("del, s, strike")) element.replaceWith(...element.childNodes);
}
