// Lines that begin with the sign of an item, as one types them by hand: real lists are made of them.
import { boxAll, drawnState, unstrike, writtenState } from "./boxes.js";
import { look } from "./looks.js";
import { numbersIn, Outline } from "./outline.js";

const BLOCKS = "p, div, ul, ol, li, table, blockquote, h1, h2, h3, h4, h5, h6, section, article";
const FRAMES = `${BLOCKS}, hr, pre, dl, form, figure, header, footer, main, nav, aside, td, th, tr`;
const HOLDERS = "p, div, td, blockquote, section, article";
const BLANK = /^[\s\u00a0]*$/;
const BULLET =
  /^[\s\u00a0]*(?:([•‣◦▪●\uf0b7\uf0a7])[\s\u00a0]*|([-*·–‐‑−○■➢➤►▸]|o(?=\t))[\s\u00a0]+)(?=[^\s\u00a0])/;
const NUMBER =
  /^[\s\u00a0]*([1-9]\d{0,2}(?:[.)]|[/-](?=[\s\u00a0]+[^\s\d]))|(?:[a-z]|[ivx]{2,4})\))[\s\u00a0]+(?=[^\s\u00a0])/i;
const DEPTHS = { "◦": 1, o: 1, "○": 1, "▪": 2, "■": 2, "\uf0a7": 2 };

/** The sign before the words of a line: `cut` signs to take away, and what they say. */
export function signIn(text) {
  const [bullet, number] = [text.match(BULLET), text.match(NUMBER)];
  const box = writtenState(bullet ? text.slice(bullet[0].length) : text);
  if (!box && !bullet && !number) return null;
  return {
    box,
    tickOnly: box === "tick" && !bullet,
    cut: (bullet ?? number)?.[0].length ?? 0,
    depth: DEPTHS[bullet?.[1] ?? bullet?.[2]] ?? 0,
    numbers: number ? numbersIn(number[1]) : [],
  };
}

/** Neighbours with signs become items; one line alone stays words. */
export function listLines(body) {
  for (const block of [body, ...body.querySelectorAll(`:is(${HOLDERS}):has(br)`)]) frameLoose(block);
  for (const block of [body, ...body.querySelectorAll(HOLDERS)]) cutLines(block);
  const lines = [...body.querySelectorAll("p, div")].filter(isLine);
  for (const run of runsOf(lines)) for (const row of rowsOf(run)) listOf(row);
}

function isLine(element) {
  const free = !element.closest("li") && !element.querySelector(BLOCKS);
  return free && !/mso-list/.test(element.dataset.style);
}

/** Lines that stand beside blocks go in a paragraph of their own. */
function frameLoose(block) {
  if (!block.querySelector(BLOCKS) || block.closest("li")) return;
  for (const nodes of looseIn(block)) {
    if (!nodes.some(({ nodeName }) => nodeName === "BR")) continue;
    const place = block.ownerDocument.createComment("");
    nodes[0].before(place);
    place.replaceWith(framed(block, nodes));
  }
}

/** Nodes in a row that are no blocks. */
function looseIn(block) {
  const rows = [[]];
  for (const node of block.childNodes) {
    const isBlock = node.nodeType === Node.ELEMENT_NODE && (node.matches(FRAMES) || node.querySelector(FRAMES));
    if (isBlock) rows.push([]);
    else rows.at(-1).push(node);
  }
  return rows.filter((nodes) => nodes.some(({ textContent }) => !BLANK.test(textContent)));
}

/** Lines that only a break parts stand in paragraphs of their own where they have signs. */
function cutLines(block) {
  if (block.closest("li") || block.querySelector(BLOCKS)) return;
  const breaks = [...block.querySelectorAll("br")];
  if (!breaks.length) return;
  const signed = signedIn(textsOf(block));
  const cuts = breaks.filter((_, rank) => signed[rank] || signed[rank + 1]);
  if (!cuts.length) return;
  const parts = [...cuts.map((line) => partBefore(block, line)), framed(block, block.childNodes)];
  for (const part of parts) trimBreaks(part);
  if (block.localName === "p") block.replaceWith(...parts);
  else block.replaceChildren(...parts);
}

function textsOf(block) {
  const copy = block.cloneNode(true);
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\ue000");
  return copy.textContent.split("\ue000");
}

/** Whether each text has a sign as its neighbour has, blank ones aside. */
function signedIn(texts) {
  const said = texts.filter((text) => !BLANK.test(text));
  const signs = said.map((text) => Boolean(signIn(text)));
  const kept = new Set(said.filter((_, n) => signs[n] && (signs[n - 1] || signs[n + 1])));
  return texts.map((text) => kept.has(text));
}

function partBefore(block, line) {
  const range = block.ownerDocument.createRange();
  range.setStart(block, 0);
  range.setEndBefore(line);
  const part = framed(block, [range.extractContents()]);
  line.remove();
  return part;
}

function framed({ ownerDocument }, nodes) {
  const part = ownerDocument.createElement("p");
  part.append(...nodes);
  return part;
}

function trimBreaks(part) {
  while (part.firstChild?.nodeName === "BR") part.firstChild.remove();
  while (part.lastChild?.nodeName === "BR") part.lastChild.remove();
}

/** Lines cut into rows of neighbours. */
function runsOf(lines) {
  const runs = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run && nextOf(run.at(-1)) === line) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

function nextOf(line) {
  let next = line.nextElementSibling;
  while (next?.localName === "br") next = next.nextElementSibling;
  return next;
}

/** The rows of items in a run of lines: a sign alone is none, a box that is drawn is one. */
function rowsOf(run) {
  const said = run.filter((line) => line.dataset.tag || !isBlank(line)).map(readLine);
  const boxes = said.some(({ drawn, sign }) => drawn || ["open", "done"].includes(sign?.box));
  const rows = [[]];
  for (const line of said) {
    const item = line.drawn || (line.sign && goes(line, said) && (boxes || !line.sign.tickOnly));
    if (item) rows.at(-1).push(line);
    else rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0]?.drawn);
}

const isBlank = (line) => BLANK.test(line.textContent) && !line.querySelector("img, input, [role]");

function readLine(line) {
  return { line, drawn: drawnState(line), sign: signIn(line.textContent), width: widthOf(line) };
}

/** How far from the edge a line begins. */
function widthOf(line) {
  if (line.dataset.width) return Number(line.dataset.width);
  const blanks = line.textContent.match(/^[\s\u00a0]*/)[0].match(/\u00a0/g)?.length ?? 0;
  return blanks + (parseFloat(look(line, "margin-left")) || 0);
}

/** A number counts when the one before or after it stands at the same depth. */
function goes({ sign, width }, all) {
  if (!sign.numbers.length) return true;
  const others = all.filter((one) => one.sign && one.sign !== sign && one.width === width);
  return others.some((one) => one.sign.numbers.some((other) => isNear(other, sign.numbers)));
}

function isNear(other, numbers) {
  const near = ({ value }) => Math.abs(value - other.value) === 1 || value + other.value === 2;
  return numbers.some((one) => one.type === other.type && near(one));
}

function listOf(row) {
  const lines = row.map(({ line }) => line);
  const place = lines[0].ownerDocument.createComment("");
  lines[0].before(place);
  const [outline, depths, counts] = [new Outline(place), [], []];
  for (const { line, drawn, sign } of row) if (!drawn) cutStart(line, sign.cut);
  boxAll(lines);
  for (const { line, sign, width } of row) {
    const level = levelIn(depths, width + (sign?.depth ?? 0) / 4);
    outline.add(itemOf(line), { level, numbers: counted(counts, level, sign?.numbers ?? []) });
  }
  place.remove();
}

/** `depths`: those of the items around, outermost first. */
function levelIn(depths, width) {
  while (depths.length && depths.at(-1) > width) depths.pop();
  if (!depths.length || depths.at(-1) < width) depths.push(width);
  return depths.length;
}

/** Some write « 1. » before each of the items. */
function counted(counts, level, numbers) {
  const [first] = numbers;
  counts.length = level;
  if (first?.value === 1 && counts[level - 1]) numbers = [{ ...first, value: counts[level - 1] + 1 }];
  counts[level - 1] = numbers[0]?.value;
  return numbers;
}

function cutStart(line, count) {
  const walker = line.ownerDocument.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let left = count; left > 0 && walker.nextNode(); ) {
    const text = walker.currentNode;
    const taken = Math.min(left, text.data.length);
    text.deleteData(0, taken);
    left -= taken;
  }
}

function itemOf(line) {
  const item = line.ownerDocument.createElement("li");
  if (line.dataset.box) item.dataset.box = line.dataset.box;
  item.append(...line.childNodes);
  line.remove();
  if (item.dataset.box === "done") unstrike(item);
  return item;
}
