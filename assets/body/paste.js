// What is pasted from Word, LibreOffice, web pages: only what a page may hold, said plainly.
import { readBoxes, writeBoxes } from "./boxes.js";
import { spellSigns } from "./emoji.js";
import { look, parsed } from "./looks.js";
import { isSafe } from "./marks.js";
import { ownPath, recogniseOwn } from "./own.js";
import { tidyLists } from "./pasted_lists.js";
import { dropHiddenColumns, tidyTables } from "./pasted_tables.js";
import { directAddress } from "./redirects.js";
import { listLines } from "./signed_lines.js";
import { dropUnsaid } from "./unsaid.js";
import { dropUnwritable, isDot } from "./unwritable.js";
import { listsFromWord } from "./word.js";

const GONE =
  "script,style,meta,link,title,xml,svg,math,iframe,object,video,audio,canvas,noscript,noframes,noembed,template,progress,meter,datalist,input:not([type=checkbox]),button:not([role=checkbox]),select,textarea,.Apple-interchange-newline";
const RENAMED = {
  H1: "h2",
  H5: "h4",
  H6: "h4",
  B: "strong",
  I: "em",
  PRE: "p",
  DT: "p",
  DD: "p",
  SUMMARY: "p",
  ADDRESS: "p",
  FIGCAPTION: "p",
  LEGEND: "p",
};
const KEPT = new Set(
  "H2 H3 H4 P UL OL LI BLOCKQUOTE HR BR DIV STRONG EM SUB SUP CODE A TABLE CAPTION THEAD TBODY TFOOT TR TD TH".split(
    " ",
  ),
);
const ATTRIBUTES = {
  A: ["href"],
  OL: ["start", "type"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan", "scope"],
};
const OWN_CLASSES = { DIV: /^note( warn| eg)?$/, UL: /^check$/, LI: /^done$/ };
const LOOKS = [
  ["font-weight", /^(?:bold|[6-9]00)/, "strong"],
  ["font-style", /^(?:italic|oblique)/, "em"],
  ["vertical-align", /^super/, "sup"],
  ["vertical-align", /^sub/, "sub"],
];
const NOT_BOLD = /^(?:normal|400)/;
const BLOCKS = "p, div, ul, ol, table, blockquote, hr, h1, h2, h3, h4, h5, h6";
const BLANKABLE = "p, div, ul, ol, li, blockquote, h2, h3, h4, strong, em, sub, sup";
const BLANK = /^[\s\u00a0]*$/;

const PARTS = new Set(
  "SECTION ARTICLE HEADER FOOTER MAIN NAV ASIDE FIGURE FORM FIELDSET DETAILS CENTER".split(" "),
);
/** What the editor writes on its own pieces: they come back as they went. */
export const OWN_SLICE = "data-kb-slice";
const OWN_PIECE = new RegExp(`<[a-z][^>]* ${OWN_SLICE}`, "i");

/**
 * Pasted HTML made clean. `left` says how many pictures, struck or hidden passages, comments
 * and notes were left behind.
 */
export function cleanPaste(html) {
  if (OWN_PIECE.test(html)) return { html, left: {} };
  const body = parsed(html);
  recogniseOwn(body);
  const left = dropUnwritable(body);
  for (const element of body.querySelectorAll(GONE)) element.remove();
  spellSigns(body);
  readItems(body);
  Object.assign(left, dropUnsaid(body));
  left.hidden += dropHiddenColumns(body);
  left.pictures = dropPictures(body);
  listsFromWord(body);
  tidyLists(body);
  tidyTables(body);
  for (const cell of body.querySelectorAll("td")) dressCell(cell);
  for (const element of [...body.querySelectorAll("*")].reverse()) cleanElement(element);
  dropBlank(body);
  return { html: body.innerHTML, left };
}

/** Items of lists, with their boxes, whatever the source draws them with. */
function readItems(body) {
  readBoxes(body);
  listLines(body);
  writeBoxes(body);
}

/** Gives how many pictures of the text do not follow; dots that count readers are none. */
function dropPictures(body) {
  const pictures = [...body.querySelectorAll("img, picture, embed")];
  const foreign = pictures.filter((picture) => !picture.dataset.picture);
  const shown = foreign.filter((one) => one.localName === "img" && !isDot(one));
  for (const picture of foreign) picture.replaceWith(...picture.querySelectorAll("img[data-picture]"));
  return shown.length;
}

function cleanElement(element) {
  if (look(element, "mso-spacerun")) element.textContent = " ";
  const bold = ["B", "STRONG"].includes(element.nodeName);
  const plain = bold && NOT_BOLD.test(look(element, "font-weight"));
  dress(element);
  if (plain || !isKept(element)) return unwrap(element);
  rename(element);
}

/** Bold, italic, raised and lowered that only a style says. */
function dress(element) {
  const block = element.matches("p,div,li,td,th,tr,table,ul,ol,body,h1,h2,h3,h4,h5,h6");
  if (block || element.closest("h1,h2,h3,h4,h5,h6,th,caption") || BLANK.test(element.textContent)) return;
  for (const [property, pattern, tag] of LOOKS) {
    if (pattern.test(look(element, property))) dressAll(element, tag);
  }
}

function dressAll(element, tag) {
  const mark = element.ownerDocument.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Spreadsheets say on the cell itself that its words are bold; its height is no look of words. */
function dressCell(cell) {
  if (BLANK.test(cell.textContent)) return;
  const inside = [...cell.querySelectorAll("*")];
  const blocks = inside.filter((one) => one.matches(BLOCKS));
  const lines = blocks.filter((one) => one.matches("p, div") && !one.querySelector(BLOCKS));
  for (const [property, pattern, tag] of LOOKS.slice(0, 2)) {
    const other = inside.some((one) => look(one, property));
    if (other || !pattern.test(look(cell, property))) continue;
    for (const line of blocks.length ? lines : [cell]) dressAll(line, tag);
  }
}

function isKept(element) {
  if (element.nodeName === "A") return leadsInside(element) || goesSomewhere(element);
  if (["STRONG", "B"].includes(element.nodeName) && element.closest("h1,h2,h3,h4,h5,h6,th,caption"))
    return false;
  return element.nodeName in RENAMED || KEPT.has(element.nodeName) || element.nodeName === "IMG";
}

/** A link to a page, a file or a page to write, known by more than its address. */
function leadsInside(link) {
  return Boolean(link.dataset.linktype) && !BLANK.test(link.textContent);
}

function goesSomewhere(link) {
  const href = link.getAttribute("href") ?? "";
  return (
    href !== "" &&
    !href.startsWith("#") &&
    !href.startsWith("file:") &&
    isSafe(href) &&
    !BLANK.test(link.textContent)
  );
}

function unwrap(element) {
  if (PARTS.has(element.nodeName)) return replace(element, "div");
  element.replaceWith(...element.childNodes);
}

function rename(element) {
  const name = RENAMED[element.nodeName];
  if (element.nodeName === "PRE") linesOf(element);
  if (name) return replace(element, name);
  if (element.nodeName === "A" && element.dataset.linktype) return element.removeAttribute("href");
  const allowed = ATTRIBUTES[element.nodeName] ?? [];
  const own = element.nodeName === "IMG" || OWN_CLASSES[element.nodeName]?.test(element.className);
  for (const { name: attribute } of [...element.attributes]) {
    if (!own && !allowed.includes(attribute)) element.removeAttribute(attribute);
  }
  if (element.nodeName === "A") leadStraight(element);
}

/** To the address that a link leads to in the end; words that say the first one say it too. */
function leadStraight(link) {
  const href = link.getAttribute("href");
  const direct = directAddress(href);
  if (direct !== href && link.textContent.trim() === href) link.textContent = direct;
  link.setAttribute("href", ownPath(direct));
}

function linesOf(element) {
  const lines = element.textContent.split("\n");
  const { ownerDocument } = element;
  element.replaceChildren(
    ...lines.flatMap((line, rank) => (rank ? [ownerDocument.createElement("br"), line] : [line])),
  );
}

function replace(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

function dropBlank(body) {
  for (const line of body.querySelectorAll("br")) {
    if (["previousSibling", "nextSibling"].some((side) => isBlock(neighbour(line, side)))) line.remove();
  }
  for (const element of body.querySelectorAll(BLANKABLE)) {
    const blank = BLANK.test(element.textContent) && !element.querySelector("img, table, hr");
    if (!blank) continue;
    const inline = !element.matches(BLOCKS) && element.nodeName !== "LI";
    if (inline) element.replaceWith(element.textContent);
    else if (!["TD", "TH"].includes(element.parentNode?.nodeName)) element.remove();
  }
}

const isBlock = (node) => node?.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS);

/** What stands before or after a node, blanks aside. */
function neighbour(node, side) {
  let other = node[side];
  while (other?.nodeType === Node.TEXT_NODE && BLANK.test(other.data)) other = other[side];
  return other;
}
