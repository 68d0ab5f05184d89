// What no page may hold, and that words cannot replace: formulas, videos, drawings.
import { look } from "./looks.js";

const FORMULAS = ".katex, .MathJax, mjx-container, math";
const MEDIA = "iframe, video, audio, object, embed[src]";

/** Take it out of `body`; gives how many of each kind readers of the source saw. */
export function dropUnwritable(body) {
  return {
    formulas: drop(body, FORMULAS, isSeen),
    media: drop(body, MEDIA, (one) => isSeen(one) && !isDot(one)),
    drawings: drop(body, "svg", (one) => isSeen(one) && holdsWords(one)),
  };
}

function drop(body, selector, counts) {
  const found = [...body.querySelectorAll(selector)].filter(counts);
  const outer = found.filter((one) => !one.parentElement.closest(selector));
  for (const element of found) element.remove();
  return outer.length;
}

function isSeen(element) {
  return !element.closest("[hidden], noscript, template") && look(element, "display") !== "none";
}

/** Dots count readers: they show nothing. */
export function isDot(element) {
  return [element.getAttribute("width"), element.getAttribute("height")].some((side) =>
    /^[0-2](?:px)?$/.test(side ?? ""),
  );
}

function holdsWords(drawing) {
  return [...drawing.querySelectorAll("text, foreignObject")].some((one) => one.textContent.trim());
}
