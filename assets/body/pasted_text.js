// Plain text that is pasted: what its signs draw (lists, boxes, tables, bold words) becomes real.
import { DOMParser as ModelParser, Fragment, Slice } from "@tiptap/pm/model";

import { isSafe } from "./marks.js";
import { tidyLists } from "./pasted_lists.js";
import { listLines, signIn } from "./signed_lines.js";
import { tablesIn } from "./text_tables.js";

const DRAWN = "ul, ol, table, strong, em, code, a";
const DRESSED =
  /`([^`]+)`|\*\*((?:(?!\*\*).)+)\*\*|\*([^*]+)\*|\[([^[\]]+)\]\(((?:https?:|mailto:|tel:)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/g;
const BEFORE = /[\s\u00a0([{«"“„'‘’—–-]/;
const AFTER = /[\s\u00a0)\]}»"”'’—–,.;:!?…-]/;
const BEGINS = /^[\p{L}\p{N}«"“'‘([{*`#@€/]/u;
const ENDS = /[\p{L}\p{N}»"”'’)\]}*`!?.…:%€°/]$/u;

/** The piece that a plain text draws; null when it is lines of words only, or goes in code. */
export function sliceOfText(text, schema, context) {
  const marks = context.marks();
  const body = drawnIn(text);
  if (marks.some(({ type }) => type.name === "code") || !body.querySelector(DRAWN)) return null;
  const parser = ModelParser.fromSchema(schema);
  const slice = parser.parseSlice(body, { preserveWhitespace: true, context });
  return new Slice(withMarks(slice.content, marks), slice.openStart, slice.openEnd);
}

/** Words look as those at the caret do. */
function withMarks(fragment, marks) {
  const dress = (node) => node.mark(marks.reduce((all, mark) => mark.addToSet(all), node.marks));
  return Fragment.from(
    fragment.content.map((node) =>
      node.isText ? dress(node) : node.copy(withMarks(node.content, marks)),
    ),
  );
}

function drawnIn(text) {
  const { body } = document.implementation.createHTMLDocument("");
  const lines = text.split(/(?:\r\n?|\n)+/).filter((line, rank, all) => line || (rank && all[rank + 1]));
  for (const part of tablesIn(lines, isItem)) body.append(made(part, body.ownerDocument));
  listLines(body);
  tidyLists(body);
  return body;
}

/** « •<tab>un » is an item, « 1.<tab>Dupont<tab>Tours » a row. */
function isItem(line) {
  const sign = signIn(line);
  return Boolean(sign?.cut) && !line.slice(sign.cut).includes("\t");
}

function made(part, document) {
  return part.rows ? tableOf(part, document) : lineOf(part, document);
}

/** How far it begins from the edge is said beside it: parsing would take blanks for words. */
function lineOf(text, document) {
  const line = element(document, "p", dressed(text, document));
  line.dataset.width = columns(text.match(/^[\s\u00a0]*/)[0]);
  return line;
}

const columns = (blanks) => [...blanks].reduce((total, one) => total + (one === "\t" ? 4 : 1), 0);

function tableOf({ rows, headed }, document) {
  const lines = rows.map((row, rank) => {
    const tag = headed && !rank ? "th" : "td";
    const cells = row.map((cell) => element(document, tag, dressed(cell.trim(), document)));
    for (const cell of cells) if (tag === "th") cell.setAttribute("scope", "col");
    return element(document, "tr", cells);
  });
  const head = headed ? [element(document, "thead", lines.slice(0, 1))] : [];
  return element(document, "table", [...head, element(document, "tbody", lines.slice(head.length))]);
}

function element(document, tag, nodes) {
  const made = document.createElement(tag);
  made.append(...nodes);
  return made;
}

/** The words of a line, with the looks and links that pairs of signs around words give them. */
function dressed(text, document) {
  const nodes = [];
  let done = 0;
  DRESSED.lastIndex = 0;
  for (let match = DRESSED.exec(text); match; match = DRESSED.exec(text)) {
    const { index } = match;
    const end = index + match[0].length;
    DRESSED.lastIndex = sticks(text, index, end, match) ? end : index + 1;
    if (DRESSED.lastIndex !== end) continue;
    const place = DRESSED.lastIndex;
    nodes.push(text.slice(done, index), markOf(match, document));
    done = DRESSED.lastIndex = place;
  }
  return [...nodes, text.slice(done)];
}

/** Both signs touch the words inside, and no word outside. */
function sticks(text, from, to, [, code, bold, italic, words, href]) {
  const inside = code ?? bold ?? italic ?? words;
  if (from && !BEFORE.test(text[from - 1])) return false;
  if (to < text.length && !AFTER.test(text[to])) return false;
  if (code) return code.trim() === code;
  return BEGINS.test(inside) && ENDS.test(inside) && (!href || isSafe(href));
}

function markOf([, code, bold, italic, words, href], document) {
  if (code) return element(document, "code", [code]);
  if (bold) return element(document, "strong", dressed(bold, document));
  if (italic) return element(document, "em", dressed(italic, document));
  const link = element(document, "a", dressed(words, document));
  link.setAttribute("href", href);
  return link;
}
