// « [[a title]] » is a link to that page, however it came: typed, pasted, several at once.
import { addressesIn } from "./addresses.js";
import { changed } from "./composing.js";
import { pageLink, wantedLink } from "./titles.js";

const PART = /([^\s#])#[\p{L}\p{N}].*/u; // « Titre#partie »
const CLOSED = /\[\[([^[\]\n\ufffc]{1,120})\]\]/g;
const MOST_ASKED = 20; // titles that one paste makes the server look for

/** Closed brackets in the lines that were changed, the last ones first. */
function closedIn(before, after) {
  const place = changed(before, after)?.after;
  const found = [];
  if (!place) return found;
  after.nodesBetween(place.start, place.end, (node, pos) => {
    if (node.isTextblock) found.push(...closedInLine(node, pos + 1));
    return !node.isTextblock;
  });
  return found.reverse();
}

function closedInLine(line, start) {
  const text = line.textBetween(0, line.content.size, null, (leaf) =>
    leaf.type.name === "hardBreak" ? "\n" : "\ufffc",
  );
  return [...text.matchAll(CLOSED)]
    .map(({ 0: all, 1: inside, index }) => ({
      from: start + index,
      to: start + index + all.length,
      ...bracketed(inside),
    }))
    .filter(({ from, to, title, words }) => {
      if (!title || addressesIn(`${title} ${words}`).length) return false;
      const { link, code } = line.type.schema.marks;
      return ![link, code].some((mark) => rangeHas(line, from - start, to - start, mark));
    });
}

/** The title and the words of « Titre », « Titre|mots », « Titre#partie », as wiki/rendering/autolinks.py
    reads them. */
function bracketed(inside) {
  const [before, ...others] = inside.split("|");
  const after = others.join("|").trim();
  const title = before.trim().replace(PART, "$1") || after;
  return { title: title.replace(/\s+/g, " "), words: after || title };
}

function rangeHas(line, from, to, mark) {
  let has = false;
  line.nodesBetween(from, to, (node) => {
    has ||= Boolean(mark.isInSet(node.marks));
  });
  return has;
}

/** The change that makes links of closed brackets, with the titles that no page is known for. */
export function closing(before, state, titles) {
  const found = closedIn(before, state.doc);
  if (!found.length) return null;
  const { link } = state.schema.marks;
  const { tr } = state;
  for (const { from, to, title, words } of found) {
    const page = titles.exactly(title);
    const mark = link.create(page ? pageLink(page) : wantedLink(title));
    const marks = tr.doc.resolve(from + 2).marks();
    tr.replaceWith(from, to, state.schema.text(words, mark.addToSet(marks)));
  }
  const unknown = found.map(({ title }) => title).filter((title) => !titles.exactly(title));
  return { tr: tr.removeStoredMark(link), unknown };
}

/** Ask the server for the pages of these titles; links to pages to write become links to them. */
export async function lookFor(unknown, titles, view) {
  for (const title of [...new Set(unknown)].slice(0, MOST_ASKED)) {
    const page = await titles.page(title);
    if (page && !view.isDestroyed && !view.composing) lead(view, title, page);
  }
}

function lead(view, title, page) {
  const { tr, doc, schema } = view.state;
  const mark = schema.marks.link.create(pageLink(page));
  doc.descendants((node, pos) => {
    const wanted = node.marks.find(({ attrs }) => attrs.linktype === "wanted");
    if (wanted?.attrs.title === title) tr.addMark(pos, pos + node.nodeSize, mark);
  });
  if (tr.docChanged) view.dispatch(tr.setMeta("addToHistory", false));
}
