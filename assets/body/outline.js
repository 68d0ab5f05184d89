// Lists in lists, made of items that say how deep they stand and with what number.

import { look } from "./looks.js";

const TYPES = {
  "lower-alpha": "a",
  "lower-latin": "a",
  "upper-alpha": "A",
  "upper-latin": "A",
  "lower-roman": "i",
  "upper-roman": "I",
};

/** How a list is numbered: `a`, `A`, `i`, `I`, or "" for figures. */
export function typeOf(list) {
  const first = list.querySelector(":scope > li");
  const style = look(list, "list-style-type") || look(list, "list-style") || (first ? look(first, "list-style-type") : "");
  const type = list.getAttribute("type") ?? first?.getAttribute("type") ?? "";
  return TYPES[style.split(/\s/)[0]] ?? (/^[aAiI]$/.test(type) ? type : "");
}

/** The next number of a list that is being made. */
const next = new WeakMap();

export class Outline {
  /** The lists stand before `place`, a node of the text. */
  constructor(place) {
    Object.assign(this, { place, open: [] });
  }

  /** `numbers`: what the number of the item may be, as `{ type, value }`; none for a bullet. */
  add(item, { level, numbers = [] }) {
    const depth = Math.min(level, this.open.length + 1);
    this.open.length = Math.min(this.open.length, depth);
    const number = this.follows(this.open[depth - 1], numbers);
    if (!number) this.begin(depth, numbers[0]);
    const list = this.open[depth - 1];
    list.append(item);
    next.set(list, (next.get(list) ?? 0) + 1);
  }

  /** Whether the item goes on the list: with a bullet, or with the number that comes next. */
  follows(list, numbers) {
    if (!list) return false;
    if (list.localName === "ul") return !numbers.length;
    return numbers.some(({ type, value }) => (list.getAttribute("type") ?? "") === type && next.get(list) === value);
  }

  begin(depth, number) {
    const list = this.place.ownerDocument.createElement(number ? "ol" : "ul");
    if (number?.type) list.setAttribute("type", number.type);
    if (number && number.value !== 1) list.setAttribute("start", number.value);
    next.set(list, number?.value ?? 0);
    const above = this.open[depth - 2]?.lastElementChild;
    this.open.length = depth - 1;
    if (above) above.append(list);
    else this.place.before(list);
    this.open.push(list);
  }
}

const ROMAN = /^(?=.)(?:x{0,3})(?:ix|iv|v?i{0,3})$/i;
const VALUES = { i: 1, v: 5, x: 10 };

/** What a painted sign may number: « 3. », « b) », « (iv) »; the likeliest first. */
export function numbersIn(sign) {
  const digits = sign.match(/(\d+)[^\p{L}\d]*$/u);
  if (digits) return [{ type: "", value: Number(digits[1]) }];
  const letters = sign.match(/^[^\p{L}]*([a-z]{1,5})\s*[.)\]/:°-]/iu)?.[1];
  if (!letters) return [];
  const upper = letters === letters.toUpperCase();
  const latin = { type: upper ? "A" : "a", value: latinValue(letters.toLowerCase()) };
  if (!ROMAN.test(letters)) return [latin];
  const roman = { type: upper ? "I" : "i", value: romanValue(letters.toLowerCase()) };
  return /^(?:i|..+)$/i.test(letters) ? [roman, latin] : [latin, roman];
}

function latinValue(letters) {
  return [...letters].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 96, 0);
}

function romanValue(letters) {
  const values = [...letters].map((letter) => VALUES[letter]);
  return values.reduce((total, one, at) => total + (one < (values[at + 1] ?? 0) ? -one : one), 0);
}
