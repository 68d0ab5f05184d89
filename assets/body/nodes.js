// The blocks of a body: everything that the stored HTML may hold, and nothing else.
import { mergeAttributes, Node } from "@tiptap/core";

import { say } from "./words.js";

const BLOCKS = "(block | tableFigure)+";

/** Attributes that neither read nor write the DOM by themselves: each node's rules do. */
export function plain(defaults) {
  const quiet = (value) => ({ default: value, rendered: false, parseHTML: () => null });
  return () =>
    Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, quiet(value)]));
}

export const Doc = Node.create({ name: "doc", topNode: true, content: BLOCKS });

export const Text = Node.create({ name: "text", group: "inline" });

export const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", { dir: "auto" }, 0],
});

const LEVELS = [2, 3, 4];

export const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: plain({ level: 2 }),
  parseHTML: () => LEVELS.map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node }) => [`h${node.attrs.level}`, { dir: "auto" }, 0],
});

export const Blockquote = Node.create({
  name: "blockquote",
  group: "block",
  content: BLOCKS,
  defining: true,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
});

const LABELS = { note: "remember", "note warn": "beware", "note eg": "example" };
export const CALLOUTS = Object.keys(LABELS);

export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: BLOCKS,
  defining: true,
  addAttributes: plain({ kind: "note" }),
  parseHTML: () => [
    {
      tag: "div.note",
      getAttrs: (dom) => CALLOUTS.includes(dom.className) && { kind: dom.className },
    },
  ],
  renderHTML({ node: { attrs: { kind } } }) {
    return ["div", { class: kind, "data-label": say(LABELS[kind]) }, 0];
  },
});

export const HorizontalRule = Node.create({
  name: "horizontalRule",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
});

export const HardBreak = Node.create({
  name: "hardBreak",
  group: "inline",
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
});

/** `done` is null outside check-lists: it says by itself whether the item has a box. */
export const ListItem = Node.create({
  name: "listItem",
  content: BLOCKS,
  defining: true,
  addAttributes: plain({ done: null }),
  parseHTML: () => [
    {
      tag: "li",
      getAttrs: (dom) => ({
        done: dom.parentNode?.className === "check" ? dom.className === "done" : null,
      }),
    },
  ],
  renderHTML: ({ node }) => ["li", node.attrs.done ? { class: "done" } : {}, 0],
});

export const CheckList = Node.create({
  name: "checkList",
  priority: 110,
  group: "block list",
  content: "listItem+",
  parseHTML: () => [{ tag: "ul.check", priority: 60 }],
  renderHTML: () => ["ul", { class: "check" }, 0],
});

export const BulletList = Node.create({
  name: "bulletList",
  group: "block list",
  content: "listItem+",
  parseHTML: () => [{ tag: "ul" }],
  renderHTML: () => ["ul", 0],
});

export const OrderedList = Node.create({
  name: "orderedList",
  group: "block list",
  content: "listItem+",
  addAttributes: plain({ start: null, type: null }),
  parseHTML: () => [{ tag: "ol", getAttrs: numbering }],
  renderHTML: ({ node: { attrs } }) => ["ol", said(attrs), 0],
});

function numbering(dom) {
  return { start: dom.getAttribute("start"), type: dom.getAttribute("type") };
}

function said(attrs) {
  return Object.fromEntries(Object.entries(attrs).filter(([, value]) => value));
}

/** A picture of the site, known by its id; `photos` is the address of the folder that shows it. */
export const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  draggable: true,
  addOptions: () => ({ photos: "/photos/" }),
  addAttributes: plain({ id: "", alt: "", format: null, url: null }),
  parseHTML: () => [
    { tag: 'embed[embedtype="image"]', getAttrs: pictureOf },
    { tag: "img[data-picture]", getAttrs: pictureShown },
  ],
  renderHTML({ node, HTMLAttributes }) {
    const { id, alt, format } = node.attrs;
    const src = `${this.options.photos}${encodeURIComponent(id)}/`;
    return [
      "img",
      mergeAttributes(HTMLAttributes, { src, alt, "data-picture": id, "data-format": format }),
    ];
  },
  renderText: ({ node }) => node.attrs.alt,
});

function pictureOf(dom) {
  const { id, alt, format, url } = attributesOf(dom);
  return { id: id ?? "", alt: alt ?? "", format: format ?? null, url: url ?? null };
}

function pictureShown(dom) {
  return { id: dom.dataset.picture, alt: dom.alt, format: dom.dataset.format || null };
}

function attributesOf(dom) {
  return Object.fromEntries([...dom.attributes].map(({ name, value }) => [name, value]));
}

export const NODES = [
  Doc,
  Text,
  Paragraph,
  Heading,
  Blockquote,
  Callout,
  HorizontalRule,
  HardBreak,
  ListItem,
  CheckList,
  BulletList,
  OrderedList,
];
