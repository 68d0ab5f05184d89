/* What no reader should see on a screen or on paper, as [kind, what] pairs: a page wider than its
   window, texts on one another, text cut off, headings over nothing or away from their text,
   pictures that do not load, forms without their token. One expression: a function. */
() => {
  const faults = [];
  const say = (kind, what) => faults.push([kind, what]);
  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const style = (e) => getComputedStyle(e);
  const up = function* (e) { for (; e; e = e.parentElement) yield e; };
  const paper = matchMedia("print").matches;
  const HIDDEN = "dialog:not([open]), [hidden], option, datalist, .vh, .skip";
  const main = document.querySelector("main") || document.body;

  // As `.vh` does it, at some widths only.
  const forTheEar = (s) => s.position === "absolute" && s.clipPath === "inset(50%)";
  const shut = (e, box) => box.tagName === "DETAILS" && !box.open &&
    getComputedStyle(box, "::details-content").contentVisibility !== "visible" &&
    !box.querySelector("summary")?.contains(e);
  const visible = (e) => [...up(e)].every((x) => {
    const s = style(x);
    return s.visibility !== "hidden" && s.display !== "none" && +s.opacity > 0 &&
      !x.matches(HIDDEN) && !forTheEar(s) && !shut(e, x);
  }) && (!e.checkVisibility || e.checkVisibility({ contentVisibilityAuto: true }));
  const floats = (e) => [...up(e)].some((x) => ["fixed", "sticky"].includes(style(x).position));
  const framed = (e) => [...up(e)].some((x) => /auto|scroll/.test(style(x).overflowX));

  // Every line of text, as a box a fifth smaller than its line above and below.
  const lines = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const e = node.parentElement;
    if (!node.data.trim() || e.closest("script, style, noscript, template, svg, textarea, select")) continue;
    if (!visible(e) || floats(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width <= 3 || r.height <= 3 || r.right <= 0) continue;
      const slack = r.height / 5;
      lines.push({ rank: lines.length, left: r.left, right: r.right, top: r.top + slack,
        bottom: r.bottom - slack, e, text: words(node.data) });
    }
  }

  const window_ = document.documentElement.clientWidth;
  const tooWide = document.documentElement.scrollWidth - window_;
  if (tooWide > 1) {
    const out = [...document.querySelectorAll("body *")].filter((e) =>
      e.getBoundingClientRect().right > window_ + 1 && visible(e) && !framed(e.parentElement));
    const who = out.at(-1);
    say("wider than the window", `${tooWide} px: ${who ? `<${who.localName} class="${who.getAttribute("class") || ""}"> ${words(who.textContent)}` : ""}`);
  }

  const told = new Set();
  const sorted = [...lines].sort((a, b) => a.top - b.top);
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length && sorted[j].top < a.bottom; j++) {
      const b = sorted[j], both = `${a.text} | ${b.text}`;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 4 && height > 3 && !told.has(both)) { told.add(both); say("one text on another", both); }
    }
  });

  for (const e of document.querySelectorAll("body *")) {
    if (!e.clientWidth || !e.textContent.trim() || e.matches("textarea, select, svg *") || !visible(e)) continue;
    const s = style(e), cuts = paper ? /hidden|clip|auto|scroll/ : /hidden|clip/;
    if (cuts.test(s.overflowX) && e.scrollWidth - e.clientWidth > 2 && s.textOverflow !== "ellipsis")
      say("text cut off", words(e.textContent));
  }

  for (const e of document.querySelectorAll("a.btn, button, .tools button")) {
    if (!visible(e) || floats(e)) continue;
    const box = e.getBoundingClientRect();
    if (lines.some((l) => e.contains(l.e) && (l.right > box.right + 2 || l.left < box.left - 2)))
      say("words out of their button", words(e.textContent));
  }

  // A heading that is a link is a list's own.
  const headings = [...main.querySelectorAll("h2, h3, h4")].filter((h) =>
    visible(h) && !h.closest("[contenteditable=true]") && !h.querySelector("a[href]"));
  headings.forEach((h, i) => {
    const range = document.createRange(), next = headings[i + 1];
    range.setStartAfter(h);
    if (next && +next.tagName[1] > +h.tagName[1]) return;
    if (next) range.setEndBefore(next); else range.setEndAfter(main.lastChild);
    const part = range.cloneContents();
    if (!part.textContent.trim() && !part.querySelector("img, svg, input, select, textarea, button, table"))
      say("heading over nothing", words(h.textContent));
  });
  const things = [...main.querySelectorAll("img, svg, table")].filter(visible);
  for (const h of headings) {
    const last = Math.max(...lines.filter((l) => h.contains(l.e)).map((l) => l.rank));
    const first = lines.find((l) => l.rank > last), box = h.getBoundingClientRect();
    if (!first || !main.contains(first.e) || headings.some((o) => o.contains(first.e))) continue;
    const between = things.some((t) => (h.compareDocumentPosition(t) & 4) && (first.e.compareDocumentPosition(t) & 2));
    if (!between && (first.top < box.top - 24 || first.top > box.bottom + 90))
      say("heading away from its text", `${words(h.textContent)} | ${first.text}`);
  }

  for (const image of document.images)
    if (visible(image) && image.complete && !image.naturalWidth && image.loading !== "lazy")
      say("picture missing", image.getAttribute("src") || "");
  for (const form of document.forms)
    if (form.method === "post" && !form.querySelector("[name=csrfmiddlewaretoken]"))
      say("form without its token", form.getAttribute("action") || "");
  return faults;
}
