// Word writes its lists as paragraphs with a painted sign, Word online and messengers as lists in
// a row that say how deep they stand: real lists are made of them.
import { look } from "./looks.js";
import { numbersIn, Outline, typeOf } from "./outline.js";

const LEVEL = /level(\d+)/;
const DEEP =
  ":is(ul, ol):is([data-indent], :has(> [data-list]), :has(> [class*=ql-indent-])) > li";
const BOXES = { "☐": "open", "☑": "done", "☒": "done" };

export function listsFromWord(body) {
  gather([...body.querySelectorAll("p[data-style]")].filter(levelOf), fromParagraph);
  const online = [...body.querySelectorAll("li[data-aria-level]")];
  gather(
    online.filter((item) => !item.parentElement.closest("li")),
    fromOnline,
  );
  const counts = [];
  gather([...body.querySelectorAll(DEEP)], (item) => fromDeep(item, counts));
}

const levelOf = (paragraph) => Number(look(paragraph, "mso-list").match(LEVEL)?.[1] ?? 0);

/** One outline for each row of items that nothing parts. */
function gather(items, read) {
  for (const run of runsOf(items)) {
    const place = run[0].ownerDocument.createComment("");
    const frames = new Set(run.map(frameOf));
    frameOf(run[0]).before(place);
    const outline = new Outline(place);
    for (const [item, place] of run.map(read)) outline.add(item, place);
    for (const frame of frames) frame.remove();
    place.remove();
  }
}

function runsOf(items) {
  const runs = [];
  for (const item of items) {
    const last = runs.at(-1)?.at(-1);
    const frames = [last, item].map((one) => one && frameOf(one));
    if (last && (frames[0] === frames[1] || frames[0].nextElementSibling === frames[1]))
      runs.at(-1).push(item);
    else runs.push([item]);
  }
  return runs;
}

/** What stands in the text for an item: its paragraph, or its list of one. */
function frameOf(item) {
  if (item.localName === "p") return item;
  return item.closest(".ListContainerWrapper") ?? item.parentElement;
}

function fromParagraph(paragraph) {
  const level = levelOf(paragraph);
  const sign = takeSign(paragraph).trim();
  const item = paragraph.ownerDocument.createElement("li");
  const box = paragraph.dataset.box ?? BOXES[sign];
  if (box) item.dataset.box = box;
  item.append(...paragraph.childNodes);
  return [item, { level, numbers: numbersIn(sign) }];
}

/** The painted sign, taken out. */
function takeSign(paragraph) {
  const sign = [...paragraph.querySelectorAll("[data-style]")].find(
    (one) => look(one, "mso-list") === "ignore",
  );
  const text = sign?.textContent ?? "";
  sign?.remove();
  return text;
}

function fromOnline(item) {
  const list = item.parentElement;
  const level = Number(item.dataset.ariaLevel) || 1;
  const value = Number(list.getAttribute("start") ?? 1) + [...list.children].indexOf(item);
  return [item, { level, numbers: list.localName === "ol" ? [{ type: typeOf(list), value }] : [] }];
}

/** `counts`: the last number at each depth. */
function fromDeep(item, counts) {
  const list = item.parentElement;
  const depth = list.dataset.indent ?? item.className.match(/ql-indent-(\d)/)?.[1] ?? 0;
  const level = Number(depth) + 1;
  counts.length = level;
  const numbered = list.localName === "ol" && (item.dataset.list ?? "ordered") === "ordered";
  const begins = item === list.firstElementChild && list.hasAttribute("start");
  if (!numbered) counts[level - 1] = 0;
  else counts[level - 1] = begins ? list.start : (counts[level - 1] ?? 0) + 1;
  return [item, { level, numbers: numbered ? [{ type: typeOf(list), value: counts[level - 1] }] : [] }];
}
