// What is pasted from Word, LibreOffice, web pages: only what a page may hold, said plainly.
import { isSafe } from "./marks.js";
import { listsFromWord } from "./word.js";

const GONE =
  "script,style,meta,link,title,xml,svg,math,iframe,object,video,audio,noscript,template,colgroup,input,button,select,textarea,.Apple-interchange-newline";
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
};
const KEPT = new Set(
  "H2 H3 H4 P UL OL LI BLOCKQUOTE HR BR DIV STRONG EM SUB SUP CODE A TABLE CAPTION THEAD TBODY TFOOT TR TD TH".split(
    " ",
  ),
);
const ATTRIBUTES = {
  A: ["href"],
  OL: ["start"],
  TD: ["colspan", "rowspan"],
  TH: ["colspan", "rowspan", "scope"],
};
const LOOKS = [
  [/(?:^|[;\s])font-weight:\s*(?:bold|[6-9]00)/i, "strong"],
  [/(?:^|[;\s])font-style:\s*italic/i, "em"],
  [/(?:^|[;\s])vertical-align:\s*super/i, "sup"],
  [/(?:^|[;\s])vertical-align:\s*sub\b/i, "sub"],
];
const NOT_BOLD = /(?:^|[;\s])font-weight:\s*(?:normal|400)/i;
const BLOCKS = "p, div, ul, ol, table, blockquote, hr, h1, h2, h3, h4, h5, h6";
const BLANK = /^[\s\u00a0]*$/;

/** Pasted HTML made clean; `pictures` says how many were left behind. */
export function cleanPaste(html) {
  if (html.includes("data-pm-slice")) return { html, pictures: 0 };
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const element of body.querySelectorAll(GONE)) element.remove();
  listsFromWord(body);
  const pictures = dropPictures(body);
  for (const element of [...body.querySelectorAll("*")].reverse()) cleanElement(element);
  nestLists(body);
  dropBlank(body);
  return { html: body.innerHTML, pictures };
}

/** Styles and handlers renamed before anything is parsed: the page's policy forbids them. */
function withoutStyles(html) {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/([\s/"'])(style|on[a-z]+)(?=\s*=)/gi, "$1 data-$2"),
    );
}

function dropPictures(body) {
  const pictures = [...body.querySelectorAll("img, picture, embed")];
  for (const picture of pictures) {
    if (!picture.dataset.picture) picture.remove();
  }
  return pictures.filter((picture) => !picture.dataset.picture && picture.nodeName === "IMG")
    .length;
}

function cleanElement(element) {
  const look = element.dataset.style ?? "";
  if (/mso-spacerun/i.test(look)) element.textContent = " ";
  const plain = ["B", "STRONG"].includes(element.nodeName) && NOT_BOLD.test(look);
  if (element.nodeName === "P" && element.className === "label") return element.remove();
  dress(element, look);
  if (plain || !isKept(element)) return unwrap(element);
  rename(element);
}

/** Bold, italic, raised and lowered that only a style says. */
function dress(element, look) {
  const block = element.matches("p,div,li,td,th,tr,table,ul,ol,body,h1,h2,h3,h4,h5,h6");
  if (block || element.closest("h1,h2,h3,h4,h5,h6,th") || BLANK.test(element.textContent)) return;
  for (const [pattern, tag] of LOOKS) {
    if (!pattern.test(look)) continue;
    const mark = element.ownerDocument.createElement(tag);
    mark.append(...element.childNodes);
    element.append(mark);
  }
}

function isKept(element) {
  if (element.nodeName === "A") return goesSomewhere(element);
  if (["STRONG", "B"].includes(element.nodeName) && element.closest("h1,h2,h3,h4,h5,h6,th"))
    return false;
  return element.nodeName in RENAMED || KEPT.has(element.nodeName) || element.nodeName === "IMG";
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
  const breaks = element.nodeName === "SECTION" || element.nodeName === "ARTICLE";
  if (breaks) return replace(element, "div");
  element.replaceWith(...element.childNodes);
}

function rename(element) {
  const name = RENAMED[element.nodeName];
  if (element.nodeName === "PRE") linesOf(element);
  if (name) return replace(element, name);
  const allowed = ATTRIBUTES[element.nodeName] ?? [];
  const own =
    element.nodeName === "IMG" ||
    (element.nodeName === "DIV" && /^note( warn| eg)?$/.test(element.className));
  for (const { name: attribute } of [...element.attributes]) {
    if (!own && !allowed.includes(attribute)) element.removeAttribute(attribute);
  }
  if (element.nodeName === "A") element.setAttribute("href", ownPath(element.getAttribute("href")));
}

/** Addresses of this very site, without its name. */
function ownPath(href) {
  return href.startsWith(`${location.origin}/`) ? href.slice(location.origin.length) : href;
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

/** Lists that stand in a list, beside its items, belong to the item before. */
function nestLists(body) {
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const item = list.previousElementSibling;
    if (item?.nodeName === "LI") item.append(list);
    else list.replaceWith(...list.childNodes);
  }
}

function dropBlank(body) {
  for (const line of body.querySelectorAll("br")) {
    if (line.previousElementSibling?.matches(BLOCKS) || line.nextElementSibling?.matches(BLOCKS))
      line.remove();
  }
  for (const element of body.querySelectorAll("p, div, li, h2, h3, h4, strong, em, sub, sup")) {
    const blank = BLANK.test(element.textContent) && !element.querySelector("img, table, hr");
    if (!blank) continue;
    const inline = !element.matches("p, div, li, h2, h3, h4");
    if (inline) element.replaceWith(element.textContent);
    else if (element.parentNode.nodeName !== "TD") element.remove();
  }
}

/** Pictures among files pasted or dropped; none when words came with them, as from Word. */
export function filesIn(data) {
  const files = [...(data?.files ?? [])];
  const words = data
    ?.getData("text/html")
    .replace(/<img[^>]*>|<meta[^>]*>|<!--[\s\S]*?-->|<\/?(?:html|body)[^>]*>/gi, "")
    .trim();
  return words ? [] : files;
}
