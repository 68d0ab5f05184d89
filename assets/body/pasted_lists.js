// Lists as a page holds them: items in lists, each with the number and the box of its source.
import { look } from "./looks.js";
import { typeOf } from "./outline.js";

const LISTS = ":is(ul, ol, menu, dir)";
const COUNTED = /^(?:decimal|(?:lower|upper)-(?:alpha|latin|roman))/;

/** Before anything is cleaned: numbers, kinds and boxes of lists are written plainly. */
export function tidyLists(body) {
  gatherOrphans(body);
  nestLists(body);
  for (const list of body.querySelectorAll(LISTS)) gatherStrays(list);
  for (const list of [...body.querySelectorAll(LISTS)].reverse()) cut(list);
  for (const list of body.querySelectorAll("ul.check + ul.check")) join(list);
}

/** Items without a list are those of a list of bullets. */
function gatherOrphans(body) {
  for (const item of body.querySelectorAll("li")) {
    if (item.parentElement.matches(LISTS)) continue;
    const list = body.ownerDocument.createElement("ul");
    item.before(list);
    while (list.nextSibling && isOrphan(list.nextSibling)) list.append(list.nextSibling);
  }
}

function isOrphan(node) {
  return node.nodeName === "LI" || (node.nodeName === "#text" && !node.data.trim());
}

/** Lists that stand in a list, beside its items, belong to the item before. */
function nestLists(body) {
  for (const list of body.querySelectorAll(`${LISTS} > ${LISTS}`)) {
    const item = list.previousElementSibling;
    if (item?.nodeName === "LI") item.append(list);
    else list.replaceWith(...list.childNodes);
  }
}

/** Words and blocks that stand between items belong to the item before. */
function gatherStrays(list) {
  for (const node of [...list.childNodes]) {
    if (isOrphan(node) || node.nodeName === "#comment") continue;
    const item = node.previousElementSibling ?? list.ownerDocument.createElement("li");
    if (!item.isConnected) node.before(item);
    item.append(node);
  }
}

/** Boxes that the source writes as lists of one. */
function join(list) {
  const before = list.previousElementSibling;
  for (let node = list.previousSibling; node !== before; node = node.previousSibling)
    if (node.nodeValue?.trim()) return;
  before.append(...list.childNodes);
  list.remove();
}

/** A list becomes as many as it has kinds of items and rows of numbers. */
function cut(list) {
  const items = [...list.children].filter(({ localName }) => localName === "li");
  const numbers = numbersOf(list, items);
  const type = typeOf(list);
  const runs = [];
  items.forEach((item, rank) => {
    const kind = item.dataset.box ? "check" : numbers ? "ol" : "ul";
    const last = runs.at(-1);
    const goes = last?.kind === kind && (kind !== "ol" || numbers[rank] === numbers[rank - 1] + 1);
    if (goes) last.items.push(item);
    else runs.push({ kind, items: [item], start: numbers?.[rank], type });
  });
  list.replaceWith(...runs.map((run) => made(run, list.ownerDocument)));
}

/** The number of each item, as the source counts them; null for a list of bullets. */
function numbersOf(list, items) {
  if (list.localName !== "ol" && !COUNTED.test(look(list, "list-style-type"))) return null;
  const step = list.hasAttribute("reversed") ? -1 : 1;
  let number = whole(list.getAttribute("start")) ?? (step < 0 ? items.length : 1);
  return items.map((item) => {
    number = whole(item.getAttribute("value")) ?? number;
    number += step;
    return number - step;
  });
}

function whole(text) {
  return /^\d{1,9}$/.test(text ?? "") ? Number(text) : null;
}

function made({ kind, items, start, type }, document) {
  const list = document.createElement(kind === "ol" ? "ol" : "ul");
  if (kind === "check") list.className = "check";
  if (kind === "ol" && start !== 1) list.setAttribute("start", start);
  if (kind === "ol" && type) list.setAttribute("type", type);
  for (const item of items) {
    item.className = item.dataset.box === "done" ? "done" : "";
    list.append(item);
  }
  return list;
}
