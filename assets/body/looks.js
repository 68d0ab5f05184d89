// What styles say of pasted elements: their own, and those that a style sheet gives to classes.
// `data-style` holds them: the page's policy forbids `style`, and nothing pasted may apply one.

const SHEET = /<style[^>]*>([\s\S]*?)<\/style>/gi;
const ASIDE = /<!--|-->|\/\*[\s\S]*?\*\/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi;
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const FRAME = /<\/?(?:html|body|head|meta)\b[^>]*>/gi;
const BARE_ROWS = /^\s*<(?:tr|td|th|tbody|thead)\b/i;
const TELLING =
  /(?:display|visibility|opacity|hide|element|font|decoration|vertical-align|list|position|clip)[\w-]*\s*:/i;

/** Pasted HTML parsed, with the styles of its sheets written on its elements. */
export function parsed(html) {
  const rules = rulesIn(html);
  const { body } = new DOMParser().parseFromString(whole(withoutStyles(html)), "text/html");
  for (const { selector, look } of rules) {
    for (const element of found(body, selector))
      element.dataset.style = `${look};${element.dataset.style ?? ""}`;
  }
  return body;
}

/** Rows or cells alone are those of a table. */
function whole(html) {
  const inside = html.replace(FRAME, "");
  return BARE_ROWS.test(inside) ? `<table>${inside}</table>` : html;
}

/** Last rules first: what stands later in `data-style` wins. */
function rulesIn(html) {
  const sheets = [...html.matchAll(SHEET)].map(([, sheet]) => sheet.replace(ASIDE, ""));
  return [...sheets.join("\n").matchAll(RULE)]
    .map(([, selector, look]) => ({ selector: selector.trim(), look: look.trim() }))
    .filter(({ selector, look }) => !selector.startsWith("@") && TELLING.test(look))
    .reverse();
}

function found(body, selector) {
  try {
    return body.querySelectorAll(selector);
  } catch {
    return []; // a selector of Word's own
  }
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

/** The value that an element's styles give to a property, in small letters; "" without any. */
export function look(element, property) {
  const styles = element.dataset?.style;
  if (!styles?.toLowerCase().includes(property)) return "";
  const values = styles
    .split(";")
    .map((one) => one.split(/:(.*)/s))
    .filter(([name]) => name.trim().toLowerCase() === property);
  return (values.at(-1)?.[1] ?? "").replace(/!\s*important/i, "").trim().toLowerCase();
}

/** Elements, outermost first, whose styles name the property. */
export function dressed(body, property) {
  return [...body.querySelectorAll("[data-style]")].filter((one) => look(one, property));
}
