// Words and tags in the form that is stored.
import { written } from "./tables.js";

const TEXT = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const VALUE = { ...TEXT, '"': "&quot;" };

const escapeText = (text) => text.replace(/[&<>]/g, (sign) => TEXT[sign]);
const escapeValue = (text) => String(text).replace(/[&<>"]/g, (sign) => VALUE[sign]);

function open(tag, attrs = {}) {
  const said = Object.entries(attrs).filter(([, value]) => value != null);
  return `<${tag}${said.map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join("")}>`;
}

const ELEMENTS = {
  paragraph: () => ["p"],
  heading: ({ level }) => [`h${level}`],
  blockquote: () => ["blockquote"],
  callout: ({ kind }) => ["div", { class: kind }],
  bulletList: () => ["ul"],
  checkList: () => ["ul", { class: "check" }],
  orderedList: ({ start, type }) => ["ol", { start, type }],
  listItem: ({ done }) => ["li", { class: done ? "done" : null }],
  tableFigure: () => ["table"],
  caption: () => ["caption"],
  tableRow: () => ["tr"],
  tableCell: (attrs) => ["td", written(attrs)],
  tableHeader: (attrs) => ["th", written(attrs)],
};

/** The element that stores a node, and its opening and closing tags. */
export function tagOf(node) {
  return ELEMENTS[node.type.name](node.attrs)[0];
}

export function tagsOf(node) {
  const [tag, attrs] = ELEMENTS[node.type.name](node.attrs);
  return [open(tag, attrs), `</${tag}>`];
}

const MARKS = {
  link: ({ linktype, href, id, title }) => {
    if (linktype === "wanted") return open("a", { linktype, title });
    return open("a", linktype ? { linktype, id, title } : { href, title });
  },
};

const openMark = ({ type, attrs }) => MARKS[type.name]?.(attrs) ?? `<${type.name}>`;
const closeMark = ({ type }) => (type.name === "link" ? "</a>" : `</${type.name}>`);

const LEAVES = {
  hardBreak: () => "<br>",
  picture: ({ attrs: { id, alt, format, url } }) =>
    open("embed", { embedtype: "image", id, alt, format, url }),
};

/** The words of a paragraph, a heading or a caption, with their marks nested. */
export function words(parent) {
  let out = "";
  let active = [];
  for (const { node, text } of runs(parent)) {
    const same = shared(active, node.marks);
    out += closing(active.slice(same)) + node.marks.slice(same).map(openMark).join("");
    active = node.marks;
    out += node.isText ? escapeText(text) : LEAVES[node.type.name](node);
  }
  return out + closing(active);
}

/** Texts and pictures in a row, without the blanks that HTML does not show. */
function runs(parent) {
  const found = [];
  let edge = true; // no blank is shown here: a line begins, or a blank stands before
  for (const node of parent.children) {
    const text = node.isText ? blanksIn(node.text, edge) : null;
    if (node.type.name === "hardBreak") trimEnd(found);
    if (text !== "") found.push({ node, text });
    if (text) edge = text.endsWith(" ");
    else if (text === null) edge = node.type.name === "hardBreak";
  }
  trimEnd(found);
  return found;
}

function blanksIn(text, edge) {
  const single = text.replace(/[ \t\n\r\f]+/g, " ");
  return edge ? single.replace(/^ /, "") : single;
}

function trimEnd(found) {
  const last = found.at(-1);
  if (!last?.text?.endsWith(" ")) return;
  last.text = last.text.slice(0, -1);
  if (!last.text) found.pop();
}

function shared(active, marks) {
  let count = 0;
  while (count < active.length && count < marks.length && active[count].eq(marks[count])) count++;
  return count;
}

function closing(marks) {
  return [...marks].reverse().map(closeMark).join("");
}
