// Pictures and signs of special fonts that stand for a sign: the sign itself is pasted.
import { look } from "./looks.js";

const PICTURED = /^[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u;
const SIGN = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const KIND = /emoji|emoticon|smil(?:ey|ie)|goomoji/i;
const CODES = /(?:^|[/_u-])((?:[0-9a-f]{4,6})(?:[-_][0-9a-f]{2,6})*)(?:@\dx)?(?:\/\d+)?\.(?:png|svg|gif|webp)/i;
const SAID = ["alt", "data-emoji", "data-plain-text", "goomoji", "aria-label", "title"];

/** The signs of the fonts Wingdings, by the letter that Word writes. */
const WINGDINGS = {
  J: "🙂", K: "😐", L: "🙁", "(": "☎", ")": "✆", "*": "✉", à: "→", ß: "←", á: "↑", â: "↓",
  è: "➔", ð: "⇨", Ø: "➢", ü: "✓", û: "✗", ý: "☒", x: "☒", þ: "☑", "¨": "☐", o: "☐", q: "☐", r: "☐",
  "§": "▪", n: "■", l: "●", v: "❖", "·": "•",
}; // prettier-ignore
const WINGDINGS_2 = { "£": "☐", "*": "☐", R: "☑", P: "✓", O: "✗", S: "☒", T: "☒", Q: "☒" };

export function spellSigns(body) {
  for (const picture of body.querySelectorAll("img")) {
    const sign = signOf(picture);
    if (sign) picture.replaceWith(sign);
  }
  for (const element of body.querySelectorAll("[role=img][aria-label], .emoji[title]")) {
    const label = element.getAttribute("aria-label") ?? element.title;
    if (isSign(label) && !element.textContent.trim()) element.replaceWith(label);
  }
  spellFonts(body);
}

const isSign = (text) => PICTURED.test(text) && SIGN.test(text);

/** The sign that a picture draws; its short name when no other is known; "" for a true picture. */
function signOf(picture) {
  const said = SAID.map((name) => picture.getAttribute(name)?.trim() ?? "");
  const sign = said.find((text) => text && isSign(text));
  if (sign) return sign;
  const src = picture.getAttribute("src") ?? "";
  const known = KIND.test(`${picture.className} ${src} ${picture.getAttribute("itemtype")}`);
  if (!known && !picture.hasAttribute("goomoji")) return "";
  return fromCodes(src) || said.find((text) => text && text.length <= 30) || "";
}

/** `…/1f468-200d-1f33e.png` is 👨‍🌾: most sites name the picture by its code points. */
function fromCodes(src) {
  const codes = src.match(CODES)?.[1] ?? src.match(/\/([0-9a-f]{4,6})\/\d+\.\w+$/i)?.[1];
  const points = (codes ?? "").split(/[-_]/).map((code) => Number.parseInt(code, 16));
  if (!codes || points.some((point) => !(point <= 0x10ffff))) return "";
  const sign = String.fromCodePoint(...points);
  return isSign(sign) ? sign : "";
}

function spellFonts(body) {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const font = /[^\s]/.test(text.data) ? fontOf(text, body) : "";
    const signs = /wingdings\W*2/.test(font) ? WINGDINGS_2 : WINGDINGS;
    if (font.includes("wingdings")) text.data = spelled(text.data, signs);
    else if (/[\uf020-\uf0ff]/.test(text.data))
      text.data = text.data.replace(/[\uf020-\uf0ff]/g, (one) => spelled(one, signs));
  }
}

function spelled(text, signs) {
  return [...text]
    .map((one) => (one >= "\uf020" && one <= "\uf0ff" ? lower(one) : one))
    .map((one) => signs[one] ?? one)
    .join("");
}

const lower = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xf000);

function fontOf(text, body) {
  for (let element = text.parentElement; element !== body; element = element.parentElement) {
    const font =
      look(element, "mso-symbol-font-family") ||
      look(element, "font-family") ||
      look(element, "font") ||
      element.getAttribute("face")?.toLowerCase();
    if (font) return font;
  }
  return "";
}
