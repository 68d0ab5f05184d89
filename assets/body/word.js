// Word writes its lists as paragraphs with a painted sign: real lists are made of them.

const LEVEL = /mso-list:\s*\S+\s+level(\d+)/i;
const NUMBER = /^\s*\(?(?:\d+|[a-z]{1,4})[.)]/i;

export function listsFromWord(body) {
  const items = [...body.querySelectorAll("p[data-style]")];
  let run = [];
  for (const paragraph of items.filter((item) => LEVEL.test(item.dataset.style))) {
    const last = run.at(-1);
    if (last && last.nextElementSibling !== paragraph) {
      build(run);
      run = [];
    }
    run.push(paragraph);
  }
  build(run);
}

/** One list, and lists in its items, from paragraphs in a row. */
function build(run) {
  if (!run.length) return;
  const place = run[0].ownerDocument.createComment("");
  run[0].before(place);
  const open = []; // one list a level
  for (const paragraph of run) put(paragraph, open, place);
  place.remove();
}

function put(paragraph, open, place) {
  const level = Math.min(Number(paragraph.dataset.style.match(LEVEL)[1]), open.length + 1);
  const tag = NUMBER.test(takeSign(paragraph)) ? "ol" : "ul";
  open.length = Math.min(open.length, level);
  if (level === 1 && open[0] && open[0].localName !== tag) open.length = 0;
  if (open.length < level) open.push(begin(tag, open.at(-1), place));
  const item = paragraph.ownerDocument.createElement("li");
  item.append(...paragraph.childNodes);
  open.at(-1).append(item);
  paragraph.remove();
}

function begin(tag, above, place) {
  const list = place.ownerDocument.createElement(tag);
  if (above) above.lastElementChild.append(list);
  else place.before(list);
  return list;
}

/** The painted sign, taken out. */
function takeSign(paragraph) {
  const sign = [...paragraph.querySelectorAll("[data-style]")].find(({ dataset }) =>
    /mso-list:\s*ignore/i.test(dataset.style),
  );
  const text = sign?.textContent ?? "";
  sign?.remove();
  return text;
}
