// Blocks that nobody touched keep their bytes; the others are written in the canonical form.
import { DOMParser } from "@tiptap/pm/model";

import { tagOf, tagsOf, words } from "./canonical.js";
import { pairs } from "./pairing.js";
import { completed } from "./short_rows.js";
import { opened, split } from "./source.js";

const LISTS = new Set(["bulletList", "orderedList", "checkList"]);
const BARE = new Set(["listItem", "tableCell", "tableHeader"]);
const SECTIONS = ["caption", "thead", "tbody"];
const NOTHING = { pieces: [], after: "" };

/** A stored body, and the documents made from it written back. */
export class Keeper {
  constructor(schema, html) {
    this.schema = schema;
    this.parser = DOMParser.fromSchema(schema);
    this.source = this.read(html);
  }

  /** The document that the editor shows. */
  get doc() {
    const nodes = this.source.pieces.flatMap((piece) => piece.nodes);
    const { doc, paragraph } = this.schema.nodes;
    return doc.create(null, nodes.length ? nodes : [paragraph.create()]);
  }

  /** The stored form of a document. Blank paragraphs that the source has not are left out. */
  write(doc) {
    const found = pairs([...doc.children], this.source.pieces);
    const said = (node, rank) => found[rank].same || !isBlank(node);
    const nodes = [...doc.children].filter(said);
    return nodes.length ? this.siblings(nodes, this.source, "\n") : "";
  }

  /** Pieces of `html` with the nodes each makes, inside `parent` between its two tags. */
  read(html, parent = this.schema.nodes.doc.create(), tags = ["", ""]) {
    const source = split(html) ?? { pieces: [{ before: "", html, tag: null }], after: "" };
    for (const piece of source.pieces) {
      piece.nodes = this.nodesOf(piece.html, parent, tags);
    }
    return source;
  }

  nodesOf(html, parent, [start, end]) {
    const template = document.createElement("template");
    template.innerHTML = start + html + end;
    const inside = start ? template.content.firstElementChild : template.content;
    const topNode = parent.type.create(parent.attrs);
    return this.parser.parse(inside, { topNode }).children.map(completed);
  }

  /** Nodes side by side, each with the bytes that the source has for it. */
  siblings(nodes, { pieces, after }, usual, wordsFirst = false) {
    const found = pairs(nodes, pieces);
    const between = usualBlank(pieces, usual);
    let [out, bare] = ["", false];
    nodes.forEach((node, rank) => {
      const { piece, same } = found[rank];
      if (same && piece.nodes[0] !== same) return;
      const kept = same && !(bare && piece.tag === "");
      const asWords = wordsFirst && rank === 0;
      out += rank ? blankBefore(piece, pieces, between) : (pieces[0]?.before ?? "");
      out += kept ? piece.html : this.one(node, piece, asWords);
      bare = kept ? piece.tag === "" : asWords;
    });
    return out + after;
  }

  one(node, piece, asWords) {
    if (node.type.name === "horizontalRule") return "<hr>";
    if (asWords) return words(node);
    if (node.isTextblock) return tagsOf(node).join(words(node));
    return this.container(node, originOf(node, piece));
  }

  /** A list, an item, a cell … that was touched: what it holds is compared in its turn. */
  container(node, origin) {
    const [start, inside, end] = origin ? opened(origin.html) : ["", "", ""];
    const tags = origin?.nodes[0].sameMarkup(node) ? [start, end] : tagsOf(node);
    if (node.type.name === "tableFigure") return tags.join(this.table(node, origin, inside));
    const source = origin ? this.read(inside, origin.nodes[0], [start, end]) : NOTHING;
    const wordsFirst = BARE.has(node.type.name) && beginsWithWords(node);
    return tags.join(this.siblings([...node.children], source, "", wordsFirst));
  }

  table(node, origin, inside) {
    const source = (origin && sectionsOf(inside)) ?? NOTHING;
    const section = (tag) => source.pieces.find((piece) => piece.tag === tag);
    const caption = node.childCount > 1 ? node.firstChild : null;
    const rows = [...node.lastChild.children];
    const body = rows.findIndex((row) => !row.attrs.head);
    const heads = body < 0 ? rows.length : body;
    return [
      caption ? this.caption(caption, origin, section("caption")) : "",
      this.section("thead", rows.slice(0, heads), section("thead")),
      this.section("tbody", rows.slice(heads), section("tbody")),
      source.after,
    ].join("");
  }

  caption(node, origin, piece) {
    const before = piece?.before ?? "";
    if (piece && origin.nodes[0].firstChild.eq(node)) return before + piece.html;
    return before + tagsOf(node).join(words(node));
  }

  section(tag, rows, piece) {
    if (!rows.length) return "";
    if (!piece) return `<${tag}>${this.siblings(rows, NOTHING, "")}</${tag}>`;
    const [start, inside, end] = opened(piece.html);
    const source = this.read(inside, this.schema.nodes.table.create(), [start, end]);
    return piece.before + start + this.siblings(rows, source, "") + end;
  }
}

function isBlank(node) {
  return node.type.name === "paragraph" && node.content.size === 0;
}

/** A paragraph alone, or before lists only, needs no tag of its own. */
function beginsWithWords(node) {
  const [first, ...others] = node.children;
  return first.type.name === "paragraph" && others.every(({ type }) => LISTS.has(type.name));
}

/** The piece that this node was made from, when it is the same element. */
function originOf(node, piece) {
  const from = piece?.nodes.length === 1 ? piece.nodes[0] : null;
  return from?.type === node.type && piece.tag === tagOf(from) ? piece : null;
}

/** The caption and the two sections of a table, when it has nothing else. */
function sectionsOf(inside) {
  const source = split(inside);
  const tags = source?.pieces.map((piece) => piece.tag) ?? [""];
  const known = tags.every((tag) => SECTIONS.includes(tag));
  return known && new Set(tags).size === tags.length ? source : null;
}

/** The blank that most often parts these pieces. */
function usualBlank(pieces, usual) {
  const seen = pieces.slice(1).map((piece) => piece.before);
  if (!seen.length) return usual === "" ? (pieces[0]?.before ?? "") : usual;
  const counts = new Map();
  for (const blank of seen) counts.set(blank, (counts.get(blank) ?? 0) + 1);
  return [...counts].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

function blankBefore(piece, pieces, between) {
  return piece && piece !== pieces[0] ? piece.before : between;
}
