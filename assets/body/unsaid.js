// What the source hides, strikes or annotates is not what it says: it is left behind.
import { dressed, look } from "./looks.js";

const BLANK = /^[\s\u00a0]*$/;
const BLOCKS = "p, div, li, td, th, h1, h2, h3, h4, h5, h6, body";
const UNSHOWN = "[hidden], dialog:not([open]), .d-none, .hidden, .is-hidden";
const SHOWN_WIDE = /(?:^|[\s:-])(?:block|inline|flex|grid|table|inline-block|contents)(?:\s|$)/;
const HEARD =
  /^(?:(?:fr-|u-|is-|a11y-)?(?:sr-only|visually-?hidden|hidden-visually|hidden-accessible)|screen-?reader(?:-text|-only)?|assistive-text|off-?screen|vh)$/i;
const CUT = /(?:^|[^\d])(?:rect\((?:[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%)/;
const STRUCK = "del, s, strike, [role=deletion]";
const STRIKING = /^strike(?:-?through|d)?$|strike-?through|line-?through|^struck$|deletion$|^(?:is-)?deleted$|^mso(?:del|movefrom)$/i;

const COMMENTS =
  "comment, .msocomanchor, .MsoCommentReference, .MsoCommentText, .MsoCommentSubject, .msocomtxt, .msocomoff, " +
  'a[href*="#_msocom"], a[href*="#_msoanchor"], a[href*="#cmnt"]';
const NOTES =
  ".footnotes, ol.references, .mw-references-wrap, .MsoFootnoteText, .MsoEndnoteText, " +
  ":is(div, p, li):is([id^=sdfootnote], [id^=sdendnote]), [role=doc-endnotes], [role=doc-footnote]";
const CALLS =
  'a[href*="#"], a[data-style*="note-id"], .MsoFootnoteReference, .MsoEndnoteReference, ' +
  ".FootnoteReference, .EndnoteReference, [role=doc-noteref], [role=doc-backlink], sup.reference";
const NOTE_HREF = /#_?(?:user-content-)?(?:fn|ftn|edn|sdfootnote|sdendnote|cite_|footnote|endnote|note)/i;
const MARK = /^[\s[(]*(?:(?:note|réf|nb|n)\.?\s*)?(?:[\w*†‡§¹²³↑↩^.]|\u{fe0e}){1,5}[\])\s]*$/u;
const IN_BRACKETS = /^\s*\[(?:\d+|[a-z*†‡]|(?:note|réf|nb|n)\.?\s*\d+)\]\s*$/i;
const ASIDE = "rp, rt, .EOP, .mw-editsection, .noprint.Inline-Template";

/** Take it out of `body`; gives how many times each kind of thing was left behind. */
export function dropUnsaid(body) {
  const left = { hidden: 0, struck: 0, comments: 0, notes: 0 };
  const drop = (kind, elements) => {
    for (const element of elements) left[kind] += leave(element);
  };
  drop("comments", [...wholeComments(body), ...body.querySelectorAll(COMMENTS)]);
  drop("notes", [...wholeNotes(body), ...body.querySelectorAll(NOTES), ...callsIn(body)]);
  strikeSuggested(body);
  drop("struck", struckIn(body));
  drop("hidden", hiddenIn(body));
  left.hidden += dropWithout(body, "visibility", /^(?:hidden|collapse)/);
  left.hidden += dropWithout(body, "font-size", /^(?:0+(?:\.0+)?[a-z%]*|1px)$/);
  for (const element of [...body.querySelectorAll(ASIDE), ...heardOnly(body)]) element.remove();
  return left;
}

/** 1 when the element held words, and stood there still. */
function leave(element) {
  const counts = element.isConnected && !BLANK.test(element.textContent) ? 1 : 0;
  if (counts) closeGap(element);
  element.remove();
  return counts;
}

/** One blank of the two around words that go, or that before a comma. */
function closeGap(element) {
  const block = element.parentElement.closest(BLOCKS);
  const texts = block ? textsIn(block).filter((text) => !element.contains(text)) : [];
  const place = Node.DOCUMENT_POSITION_PRECEDING;
  const before = texts.findLast((text) => element.compareDocumentPosition(text) & place);
  const after = texts[texts.indexOf(before) + 1];
  if (before && /[\s\u00a0]$/.test(before.data) && /^(?:[\s\u00a0,.)]|$)/.test(after?.data ?? ""))
    before.data = before.data.slice(0, -1);
}

const elementsOf = (body, kind) =>
  dressed(body, "mso-element").filter((one) => kind.test(look(one, "mso-element")));

/** What was said in the margin, with all that stands around it. */
function wholeComments(body) {
  const answers = [...body.querySelectorAll('a[href*="#cmnt_ref"]')];
  const blocks = answers.map((link) => link.closest("div, li, p") ?? link);
  return [...elementsOf(body, /^comment/), ...blocks.filter((block) => block !== body)];
}

function wholeNotes(body) {
  const answers = [...body.querySelectorAll('a[href*="#ftnt_ref"], a[href*="#_ftnref"]')];
  const blocks = answers.map((link) => link.closest("div, li, p") ?? link);
  return [...elementsOf(body, /^(?:foot|end)note/), ...blocks.filter((one) => one !== body)];
}

/** The small figure that calls a note: not a link with words of its own. */
function callsIn(body) {
  return [...body.querySelectorAll(CALLS)].filter((call) => {
    if (!MARK.test(call.textContent)) return false;
    if (call.localName !== "a" || look(call, "mso-footnote-id") || look(call, "mso-endnote-id"))
      return true;
    const href = call.getAttribute("href") ?? "";
    if (!href.includes("#")) return true; // it says by its role or its class what it is
    const raised = call.closest("sup") ?? call.querySelector("sup");
    return NOTE_HREF.test(href) || Boolean(raised) || IN_BRACKETS.test(call.textContent);
  });
}

/** Words between two marks by which an editor suggests to take them away. */
function strikeSuggested(body) {
  for (const start of body.querySelectorAll('suggestion-start[name^="deletion"]')) {
    const ends = [...body.querySelectorAll("suggestion-end")];
    const end = ends.find((one) => one.getAttribute("name") === start.getAttribute("name"));
    if (!end) continue;
    for (const text of textsIn(body)) {
      const follows = start.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      const precedes = end.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING;
      if (follows && precedes) strike(text);
    }
  }
}

function strike(text) {
  const struck = text.ownerDocument.createElement("del");
  text.replaceWith(struck);
  struck.append(text);
}

export function isStruck(element) {
  const lines = `${look(element, "text-decoration")} ${look(element, "text-decoration-line")}`;
  const double = look(element, "text-line-through");
  return (
    element.matches(STRUCK) ||
    lines.includes("line-through") ||
    (double !== "" && double !== "none") ||
    [...element.classList].some((name) => STRIKING.test(name))
  );
}

export function struckIn(body) {
  return [...body.querySelectorAll("*")].filter(isStruck);
}

function hiddenIn(body) {
  const unshown = [...body.querySelectorAll(UNSHOWN)].filter(
    ({ className }) => !SHOWN_WIDE.test(className),
  );
  const styled = [...body.querySelectorAll("[data-style]:not(col, colgroup)")].filter(isHidden);
  return [...unshown, ...styled];
}

function isHidden(element) {
  return (
    look(element, "display") === "none" ||
    look(element, "mso-hide") === "all" ||
    look(element, "content-visibility") === "hidden" ||
    /^0*(?:\.0+)?%?$/.test(look(element, "opacity") || "1") ||
    (/^0(?:px)?$/.test(look(element, "max-height")) && look(element, "overflow") === "hidden")
  );
}

/** A property that what stands inside may set again: only the words that do not are hidden. */
function dropWithout(body, property, hiding) {
  let count = 0;
  for (const element of dressed(body, property)) {
    if (!hiding.test(look(element, property))) continue;
    const texts = textsIn(element).filter((text) => decides(element, text, property));
    if (texts.some(({ data }) => !BLANK.test(data))) count += 1;
    for (const text of texts) text.remove();
  }
  return count;
}

function textsIn(element) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

function decides(element, text, property) {
  let holder = text.parentElement;
  while (holder !== element && !look(holder, property)) holder = holder.parentElement;
  return holder === element;
}

/** Words for those who hear the page, and pictures of words for those who see it. */
function heardOnly(body) {
  const heard = [...body.querySelectorAll("*")].filter(isHeardOnly);
  const shown = [...body.querySelectorAll('[aria-hidden="true"]')].filter(
    (element) =>
      /[\p{L}\p{N}]/u.test(element.textContent) &&
      !heard.some((other) => other.parentNode === element.parentNode),
  );
  const rest = body.cloneNode(true);
  for (const copy of rest.querySelectorAll('[aria-hidden="true"]')) copy.remove();
  return BLANK.test(rest.textContent) ? heard : [...heard, ...shown];
}

function isHeardOnly(element) {
  if ([...element.classList].some((name) => HEARD.test(name))) return true;
  const away = `${look(element, "left")} ${look(element, "text-indent")}`;
  const clip = `${look(element, "clip")} ${look(element, "clip-path")}`;
  return CUT.test(clip) || /-\d{3,}(?:\.\d+)?(?:px|em|rem)/.test(away);
}
