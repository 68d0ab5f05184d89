// Elements made without any markup in strings: nothing that a title says can become a tag.

let count = 0;

/** A new id, unique in the page. */
export function newId(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** `h("p", { class: "soft" }, "Words")`; `on…` names are events, null and false are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}
