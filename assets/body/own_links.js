// Links to addresses of this site become links to its pages, which no renaming breaks. The server
// does the same for what it publishes (wiki/rendering/own_links.py).
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

import { afterChanges, changed } from "./composing.js";

const MOST = 20; // addresses asked about after one change

/**
 * Ask the server, at `titles`, which pages stand at the addresses of the site that were just
 * typed or pasted. Links that the text had before keep what they are.
 */
export const ownLinks = (titles) =>
  Extension.create({
    name: "ownLinks",
    addProseMirrorPlugins: () => [
      new Plugin(afterChanges((before, { doc }, view) => nameNew(before, doc, view, titles))),
    ],
  });

function nameNew(before, doc, view, titles) {
  const place = changed(before, doc);
  if (!place) return null;
  const known = ownAddresses(before, place.before);
  const found = [...ownAddresses(doc, place.after)].filter((one) => !known.has(one));
  for (const href of found.slice(0, MOST)) setTimeout(() => nameOne(view, titles, href));
  return null;
}

function ownAddresses(doc, { start, end }) {
  const found = new Set();
  const last = doc.content.size;
  doc.nodesBetween(Math.max(0, start - 1), Math.min(end + 1, last), (node) => {
    const href = hrefOf(node);
    if (href && ownPath(href)) found.add(href);
  });
  return found;
}

const hrefOf = (node) => node.marks.find(({ type }) => type.name === "link")?.attrs.href;

/** What follows the name of the site; null for a place in a page (« #… ») or a question (« ?… »),
    which have no page of their own. */
export function ownPath(href) {
  if (!/^(?:\/(?!\/)|https?:\/\/)[^?#]*$/i.test(href)) return null;
  try {
    const { host, pathname } = new URL(href, location.href);
    return host === location.host ? decodeURI(pathname) : null;
  } catch {
    return null;
  }
}

async function nameOne(view, titles, href) {
  const page = await pageAt(titles, ownPath(href));
  if (page && !view.isDestroyed) relink(view, href, String(page.id));
}

async function pageAt(titles, path) {
  try {
    const answer = await fetch(`${titles}?q=${encodeURIComponent(path)}`);
    const { pages } = await answer.json();
    return pages.find(({ address }) => bare(address) === bare(path));
  } catch {
    return null; // no network: the address leads there all the same
  }
}

const bare = (address) => decodeURI(address).replace(/\/$/, "");

function relink(view, href, id) {
  const { tr, schema } = view.state;
  const mark = schema.marks.link.create({ href: null, linktype: "page", id, title: null });
  tr.doc.descendants((node, pos) => {
    if (hrefOf(node) === href) tr.addMark(pos, pos + node.nodeSize, mark);
  });
  if (tr.docChanged) view.dispatch(tr.setMeta("addToHistory", false));
}
