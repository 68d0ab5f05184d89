// Fields that name a page: propositions while one types; choosing one puts its name in the field
// and its id beside it. Other words than that name go as they are typed: the site finds the page.

import { Combobox, element } from "../combobox.js";

/** Brings to life the fields of a form, or of a row that was just added. */
export function mountNaming(within) {
  for (const field of within.querySelectorAll("[data-kb-naming]")) {
    if ("kbAdds" in field.dataset) new Adding(field);
    else new Naming(field);
  }
}

class Naming extends Combobox {
  constructor(field) {
    const words = field.dataset;
    const input = field.querySelector("input:not([type=hidden])");
    super(input, { holder: field, words, address: words.kbNaming, id: `${input.id}_proposals` });
    this.hidden = field.querySelector("input[type=hidden]");
  }

  option(page, typed) {
    const link = super.option(page, typed);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.take(page);
      this.close();
      this.input.focus();
      this.tell();
    });
    return link;
  }

  /** The bar of the form, which stays in sight. */
  get covered() {
    return document.querySelector("form.edit > .bar")?.offsetHeight ?? 0;
  }

  take({ id, title }) {
    this.input.value = title;
    this.hidden.value = `${id} ${title}`;
  }

  /** The form watches for changes; for this field nothing is typed. */
  tell() {
    this.holder.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Enter chooses; it never sends the whole form from here. */
  key(event) {
    super.key(event);
    if (event.key === "Enter") event.preventDefault();
  }
}

/** Each page that is chosen is a box more, ticked. */
class Adding extends Naming {
  get asked() {
    return this.input.value.split(";").at(-1).trim().replace(/\s+/g, " ").slice(0, 255);
  }

  take({ id, title }) {
    const name = this.holder.dataset.kbAdds;
    const boxes = document.querySelector(`[data-kb-boxes="${name}"]`);
    const known = boxes.querySelector(`input[value="${id}"]`);
    const box = known ?? element("input", { type: "checkbox", name, value: id });
    if (!known) boxes.append(labelled(box, title));
    box.checked = true;
    const before = this.input.value.split(";").slice(0, -1);
    this.input.value = before.map((one) => `${one};`).join("");
  }
}

function labelled(box, title) {
  const label = element("label", { className: "option" });
  label.dataset.kbLine = "";
  label.append(box, ` ${title}`);
  return label;
}
