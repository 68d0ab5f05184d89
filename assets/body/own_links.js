// Links to addresses of this site become links to its pages, which no renaming breaks.

const MOST = 20; // addresses asked about after one paste

/**
 * Once something was pasted, ask the server, at `titles`, which pages stand at the addresses of
 * the site that it links to. Links that the text had before keep what they are.
 */
export function nameOwnLinks(editor, titles) {
  const before = ownAddresses(editor.state.doc);
  setTimeout(() => nameNewLinks(editor, titles, before));
}

async function nameNewLinks(editor, titles, before) {
  const found = [...ownAddresses(editor.state.doc)].filter((one) => !before.has(one));
  const addresses = found.slice(0, MOST);
  await Promise.all(
    addresses.map(async (address) => {
      const page = await pageAt(titles, address);
      if (page && !editor.isDestroyed) relink(editor, address, String(page.id));
    }),
  );
}

/** A place in a page (« #… ») or a question (« ?… ») has no page of its own. */
function ownAddresses(doc) {
  const found = new Set();
  doc.descendants((node) => {
    const href = linkOf(node)?.attrs.href ?? "";
    if (/^\/(?!\/)[^?#]*$/.test(href)) found.add(href);
  });
  return found;
}

const linkOf = (node) => node.marks.find(({ type }) => type.name === "link");

async function pageAt(titles, address) {
  try {
    const answer = await fetch(`${titles}?q=${encodeURIComponent(decodeURI(address))}`);
    const { pages } = await answer.json();
    return pages.find((page) => page.address.replace(/\/$/, "") === address.replace(/\/$/, ""));
  } catch {
    return null; // no network: the address leads there all the same
  }
}

function relink(editor, href, id) {
  const { tr, schema } = editor.state;
  const mark = schema.marks.link.create({ href: null, linktype: "page", id, title: null });
  tr.doc.descendants((node, pos) => {
    if (linkOf(node)?.attrs.href === href) tr.addMark(pos, pos + node.nodeSize, mark);
  });
  if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false));
}
