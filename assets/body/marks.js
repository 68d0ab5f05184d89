// What dresses words: links first, they hold all others in the canonical form.
import { Mark } from "@tiptap/core";

import { plain } from "./nodes.js";

const SCHEMES = /^(?:https?|mailto|tel):/i;
const HAS_SCHEME = /^[^/?#]*:/;

/** Addresses that the site stores; scripts and data are none. */
export function isSafe(href) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them from an address.
  const bare = href.replace(/[\u0000-\u0020]/g, "");
  return SCHEMES.test(bare) || !HAS_SCHEME.test(bare);
}

const ABSENT = { href: null, linktype: null, id: null, title: null };

/** Links as they are stored (`linktype`, `id`, `title`) and as they are shown (`data-…`). */
function linkOf(dom) {
  const shown = dom.dataset.linktype !== undefined;
  const read = (name) => dom.getAttribute(shown ? `data-${name}` : name);
  const attrs = Object.fromEntries(Object.keys(ABSENT).map((name) => [name, read(name)]));
  if (!shown && attrs.linktype === null) {
    return attrs.href !== null && isSafe(attrs.href) && { ...ABSENT, href: attrs.href };
  }
  return attrs;
}

export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: plain(ABSENT),
  parseHTML: () => [{ tag: "a", getAttrs: linkOf }],
  renderHTML({ mark: { attrs } }) {
    if (!attrs.linktype) return ["a", { href: attrs.href, rel: "noopener" }, 0];
    const data = Object.entries(attrs).map(([name, value]) => [`data-${name}`, value]);
    const look = attrs.linktype === "wanted" ? { class: "wanted" } : {};
    return ["a", { role: "link", ...look, ...Object.fromEntries(data) }, 0];
  },
});

function simple(name, tags, keys, styles = []) {
  return Mark.create({
    name,
    parseHTML: () => [...tags.map((tag) => ({ tag })), ...styles],
    renderHTML: () => [tags[0], 0],
    addKeyboardShortcuts() {
      const toggle = () => this.editor.commands.toggleMark(name);
      return Object.fromEntries(keys.map((key) => [key, toggle]));
    },
  });
}

export const MARKS = [
  Link,
  simple("strong", ["strong", "b"], ["Mod-b", "Mod-B"]),
  simple("em", ["em", "i"], ["Mod-i", "Mod-I"]),
  simple("sub", ["sub"], ["Mod-,"]).extend({ excludes: "sup" }),
  simple("sup", ["sup"], ["Mod-."]).extend({ excludes: "sub" }),
  simple("code", ["code"], ["Mod-e"]),
];
